"""Proposals of delegates in the admin: what was, what is proposed, one button to approve."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.viewsets import FoldedSearch
from members import proposals
from members.admin import KeptPolicy
from members.models import MemberProposal


class ProposalPolicy(KeptPolicy):
    """Proposals are made on the site, and decided here."""

    def user_has_permission(self, user, action):
        """Everything but adding and deleting."""
        return action != "add" and super().user_has_permission(user, action)


class ProposalIndexView(FoldedSearch, generic.IndexView):
    """All proposals, those that wait first."""

    list_display = [
        "__str__",
        Column("proposer", label="Pasiūlė"),
        StatusTagColumn(
            "state", label="Būklė", accessor="get_state_display", primary=lambda proposal: proposal.is_pending
        ),
        DateColumn("created_at", label="Pasiūlyta", sort_key="created_at"),
        DateColumn("decided_at", label="Nuspręsta", sort_key="decided_at"),
    ]
    list_filter = ["state"]

    def get_base_queryset(self):
        """With what a row shows."""
        rows = MemberProposal.objects.select_related("user", "member__organisation")
        return rows.order_by(F("decided_at").desc(nulls_first=True), "-created_at", "-pk")


class DeclineForm(forms.Form):
    """Why not."""

    answer = forms.CharField(
        label="Kodėl nepatvirtinate",
        max_length=500,
        help_text="Vienas sakinys. Jį gaus atstovas.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalView(generic.InspectView):
    """One proposal, old beside new, and the decision."""

    any_permission_required = None
    permission_required = "change"
    template_name = "members/admin/proposal.html"
    page_title = "Siūlomas pakeitimas"

    def get_edit_url(self):
        """None: this is the page."""

    def get_delete_url(self):
        """None: proposals are kept."""

    def get_object(self, queryset=None):
        """With whom it is shown."""
        rows = MemberProposal.objects.select_related("user", "member__organisation", "decided_by")
        return get_object_or_404(rows, pk=self.pk)

    def get_context_data(self, **kwargs):
        """Add the proposal in words, and the seal of what is read."""
        changes = proposals.changes_of(self.object)
        return super().get_context_data(**kwargs) | {
            "proposal": self.object,
            "changes": changes,
            "overtaken": any(change.is_overtaken for change in changes),
            "seal": proposals.seal_of(self.object),
            "decline_form": kwargs.get("decline_form") or DeclineForm(),
            "member_url": reverse(
                type(self.object.member).snippet_viewset.get_url_name("edit"), args=[self.object.member_id]
            ),
        }

    def post(self, request, *args, **kwargs):
        """Approve, or decline with a sentence."""
        form = DeclineForm(request.POST) if "decline" in request.POST else None
        if form and not form.is_valid():
            return self.render_to_response(self.get_context_data(decline_form=form))
        try:
            if form:
                proposals.decline(self.object, request.user, form.cleaned_data["answer"])
                messages.success(request, "Nepatvirtinta. Atstovui parašyta, kodėl.")
            else:
                proposals.approve(self.object, request.user, request.POST.get("seal", ""))
                messages.success(request, f"Patvirtinta: {self.object.member}. Duomenys įrašyti, atstovui parašyta.")
        except proposals.EntryChanged:
            messages.warning(request, "Nieko neįrašyta: kol skaitėte, duomenys pasikeitė. Peržiūrėkite dar kartą.")
            return redirect("member_proposals:edit", self.object.pk)
        return redirect("member_proposals:index")


class ProposalViewSet(ModelViewSet):
    """What delegates propose to change."""

    model = MemberProposal
    name = "member_proposals"
    icon = "edit"
    menu_label = "Siūlomi pakeitimai"
    index_view_class = ProposalIndexView
    edit_view_class = ProposalView
    search_fields = ["member__organisation__folded", "member__person_folded"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = []
    permission_policy = ProposalPolicy(MemberProposal)

    def get_edit_view_kwargs(self, **kwargs):
        """The page of a proposal is no form of its fields."""
        return kwargs

    def get_urlpatterns(self):
        """Only what is used."""
        kept = {"index", "index_results", "edit"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
