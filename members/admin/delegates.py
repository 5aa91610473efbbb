"""Delegates in the admin: inviting them, one by one and from the list of members, and ending it."""

import django_filters
from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from core.viewsets import WIDE, FoldedSearch
from lithuanian.plurals import counted
from members import delegates
from members.admin import KeptPolicy
from members.models import Delegate, DelegateState, Member


def current_members():
    """Those that somebody can act for, in Lithuanian order."""
    return Member.objects.exclude(Member.withheld_from(None)).select_related("organisation").by_name()


class DelegatesPanel(Panel):
    """The delegates of a member, on the member's form."""

    class BoundPanel(Panel.BoundPanel):
        """For one member and one reader."""

        template_name = "members/admin/delegates_panel.html"

        def get_context_data(self, parent_context=None):
            """Add the delegates, and whether this reader may see them and invite more."""
            user, member = self.request.user, self.instance
            return super().get_context_data(parent_context) | {
                "member": member,
                "may_see": bool(member.pk) and user.has_perm("members.change_delegate"),
                "may_invite": bool(member.pk) and not member.has_left and user.has_perm("members.add_delegate"),
                "delegates": member.delegates.select_related("user") if member.pk else [],
            }


class DelegateFilters(WagtailFilterSet):
    """Narrow the list to a state or a member."""

    state = django_filters.ChoiceFilter(
        label="Būklė", choices=DelegateState.choices, method="narrow_to_state", widget=forms.RadioSelect
    )
    member = django_filters.ModelChoiceFilter(
        label="Narys", queryset=lambda request: Member.objects.select_related("organisation").by_name()
    )

    class Meta:
        model = Delegate
        fields = ["state", "member"]

    def narrow_to_state(self, queryset, name, value):
        """Those in the chosen state."""
        return queryset.in_state(value)


class DelegateIndexView(FoldedSearch, generic.IndexView):
    """All delegates, the last invited first."""

    add_item_label = "Pakviesti atstovą"
    filterset_class = DelegateFilters
    list_display = [
        "__str__",
        Column("email", label="El. paštas", accessor="user.email", classname=WIDE),
        Column("member", label="Narys", accessor="member"),
        StatusTagColumn(
            "state",
            label="Būklė",
            accessor=lambda delegate: delegate.state.label,
            primary=lambda delegate: delegate.state == DelegateState.SIGNED_IN,
        ),
        DateColumn(
            "last_login",
            label="Prisijungė",
            accessor="user.last_login",
            sort_key="user__last_login",
            classname=WIDE,
        ),
        DateColumn("invited_at", label="Pakviestas", sort_key="invited_at", classname=WIDE),
    ]

    def get_base_queryset(self):
        """With what a row shows."""
        return Delegate.objects.select_related("user", "member__organisation")

    @cached_property
    def header_buttons(self):
        """The way to invite many comes beside the one to invite one."""
        if not self.add_url:
            return []
        many = HeaderButton("Kviesti iš narių sąrašo", url=reverse("delegates:invite_many"), icon_name="mail")
        return [self.add_button, many]


class InviteForm(forms.ModelForm):
    """Whom to invite, for which member."""

    given_name = forms.CharField(label="Vardas", max_length=150)
    surname = forms.CharField(label="Pavardė", max_length=150)
    email = forms.EmailField(
        label="El. paštas", max_length=254, help_text="Šiuo adresu ateis kvietimas, vėliau – prisijungimo nuorodos."
    )

    class Meta:
        model = Delegate
        fields = ["member"]

    field_order = ["member", "given_name", "surname", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = current_members()

    def clean(self):
        """Say beside the address who signs in by it already."""
        cleaned = super().clean()
        if cleaned.get("email") and cleaned.get("member"):
            try:
                delegates.check_address(cleaned["email"], cleaned["member"])
            except delegates.AddressTaken as error:
                self.add_error("email", str(error))
        return cleaned


class InviteView(generic.CreateView):
    """Invite one; `?narys=` names the member."""

    form_class = InviteForm
    page_title = "Kvietimas"
    submit_button_label = "Pakviesti"
    submit_button_active_label = "Kviečiama…"
    success_message = "Kvietimas parašytas ir netrukus išeis: %(object)s."
    error_message = "Nepakviesta: pataisykite, kas pažymėta."

    def get_page_subtitle(self):
        """As the button says that leads here."""
        return "Pakviesti atstovą"

    def get_breadcrumbs_items(self):
        """The list, then this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Atstovai"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_initial(self):
        """The member in the address."""
        return {"member": self.request.GET.get("narys")}

    def save_instance(self):
        """Invite."""
        fields = {name: self.form.cleaned_data[name] for name in ("member", "email", "given_name", "surname")}
        return delegates.invite(by=self.request.user, **fields)

    def form_valid(self, form):
        """Told beside the field too where somebody was quicker by a moment."""
        try:
            return super().form_valid(form)
        except delegates.AddressTaken as error:
            form.add_error("email", str(error))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_buttons(self):
        """None: the list is where one is led."""
        return []


class InviteManyView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Members with an address of their own and no delegate: tick, and they are invited at that address."""

    permission_required = "add"
    template_name = "members/admin/invite_many.html"
    page_title = "Kviesti iš narių sąrašo"
    header_icon = "mail"
    index_url_name = None

    def get_breadcrumbs_items(self):
        """The list, then this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Atstovai"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add the members."""
        return super().get_context_data(**kwargs) | {"members": delegates.without_delegates()}

    def post(self, request, *args, **kwargs):
        """Invite the ticked; say of each that could not be why."""
        chosen = {pk for pk in request.POST.getlist("member") if pk.isdecimal()}
        invited = 0
        for member in delegates.without_delegates():
            if str(member.pk) not in chosen:
                continue
            names = {"given_name": member.given_name, "surname": member.surname}
            try:
                delegates.invite(member, member.email, request.user, **names)
                invited += 1
            except delegates.AddressTaken as error:
                messages.warning(request, f"Nepakviesta: {member}. {error}")
        if invited:
            messages.success(request, f"Išsiųsta: {counted(invited, 'kvietimas', 'kvietimai', 'kvietimų')}.")
        elif not chosen:
            messages.error(request, "Pažymėkite bent vieną narį.")
            return self.get(request, *args, **kwargs)
        return redirect(self.index_url_name)


class DelegateView(generic.InspectView):
    """One delegate, and what can be done."""

    any_permission_required = None
    permission_required = "change"
    template_name = "members/admin/delegate.html"
    page_title = "Atstovas"
    history_url_name = None

    def get_edit_url(self):
        """None: this is the page."""

    def get_delete_url(self):
        """None: delegates are revoked."""

    def get_object(self, queryset=None):
        """With whom it is shown."""
        rows = Delegate.objects.select_related("user", "member__organisation", "invited_by")
        return get_object_or_404(rows, pk=self.pk)

    def get_context_data(self, **kwargs):
        """Add the delegate by its name."""
        context = super().get_context_data(**kwargs)
        return context | {
            "delegate": self.object,
            "history_url": reverse(self.history_url_name, args=[self.object.pk]),
        }


class ActionView(PermissionCheckedMixin, View):
    """A button of the delegate's page."""

    permission_required = "change"
    http_method_names = ["post"]
    edit_url_name = None
    action = done = not_done = None

    def post(self, request, pk):
        """Do it, say so, and lead back."""
        delegate = get_object_or_404(Delegate.objects.select_related("user", "member__organisation"), pk=pk)
        if self.action(delegate, request.user):
            messages.success(request, self.done % delegate)
        else:
            messages.warning(request, self.not_done % delegate)
        return redirect(self.edit_url_name, pk)


class DelegateViewSet(ModelViewSet):
    """Delegates: invited, revoked, never deleted."""

    model = Delegate
    name = "delegates"
    icon = "group"
    menu_label = "Atstovai"
    index_view_class = DelegateIndexView
    add_view_class = InviteView
    edit_view_class = DelegateView
    search_fields = ["folded", "member__organisation__folded", "member__person_folded"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    permission_policy = KeptPolicy(Delegate)

    def get_form_class(self, for_update=False):
        """The form that invites."""
        return InviteForm

    def get_edit_view_kwargs(self, **kwargs):
        """The page of a delegate is no form."""
        return kwargs

    def get_urlpatterns(self):
        """Only what is used: no deleting, no usage."""
        kept = {"index", "index_results", "add", "edit", "history", "history_results"}
        actions = {
            "invite_again": (
                delegates.invite_again,
                "Kvietimas išsiųstas dar kartą: %s.",
                "%s jau yra prisijungęs arba atšauktas: kvietimo nebereikia.",
            ),
            "revoke": (delegates.revoke, "Atšaukta: %s nebeprisijungs.", "%s jau buvo atšauktas."),
            "restore": (delegates.restore, "Teisės grąžintos: %s vėl gali prisijungti.", "%s nebuvo atšauktas."),
        }
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("kviesti/", self.construct_view(InviteManyView), name="invite_many"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.construct_view(ActionView, action=act, done=done, not_done=not_done),
                    name=name,
                )
                for name, (act, done, not_done) in actions.items()
            ),
        ]
