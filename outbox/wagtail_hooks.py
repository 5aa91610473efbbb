"""Letters of the site in the admin: what has gone, what has not and why, one button to try again."""

import django_filters
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from core.viewsets import WIDE
from outbox.delivery import hand_over
from outbox.models import Letter, LetterKind


class LetterPolicy(ModelPermissionPolicy):
    """Letters are written by what happens on the site, and erased in time."""

    def user_has_permission(self, user, action):
        """Looking and trying again, nothing else."""
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class LetterFilterSet(WagtailFilterSet):
    """By how a letter stands and what it is about."""

    STATES = {
        "failed": ("Nepavyko išsiųsti", Letter.objects.failed),
        "waiting": ("Laukia", Letter.objects.waiting),
        "sent": ("Išsiųsti", lambda: Letter.objects.filter(sent_at__isnull=False)),
        "late": ("Paseno neišsiųsti", Letter.objects.late),
    }

    state = django_filters.ChoiceFilter(
        label="Būklė", choices=[(value, label) for value, (label, _) in STATES.items()], method="by_state"
    )
    kind = django_filters.ChoiceFilter(label="Rūšis", choices=LetterKind.choices)

    class Meta:
        model = Letter
        fields = ["state", "kind"]

    def by_state(self, queryset, name, value):
        """The letters that stand so."""
        return queryset.filter(pk__in=self.STATES[value][1]().order_by().values("pk"))


class LetterIndexView(generic.IndexView):
    """All letters, newest first."""

    list_display = [
        "subject",
        Column("to", label="Kam"),
        Column("kind", label="Rūšis", accessor="get_kind_display", classname=WIDE),
        StatusTagColumn("state", label="Būklė", primary=lambda letter: bool(letter.gave_up_at)),
        DateColumn("created_at", label="Parašytas", sort_key="created_at", classname=WIDE),
        DateColumn("sent_at", label="Išsiųstas", sort_key="sent_at", classname=WIDE),
    ]
    filterset_class = LetterFilterSet

    def get_base_queryset(self):
        """Without the texts."""
        return Letter.objects.defer("text", "html", "calendar").order_by("-created_at", "-pk")


class LetterView(generic.InspectView):
    """One letter as it was written; a button where it could not be sent."""

    any_permission_required = None
    permission_required = "change"
    template_name = "outbox/admin/letter.html"
    page_title = "Laiškas"

    def get_edit_url(self):
        """None: a letter is not edited."""

    def get_delete_url(self):
        """None: letters are erased in time."""

    def get_context_data(self, **kwargs):
        """Add the letter; the text of one that is a key to an account is shown to nobody."""
        return super().get_context_data(**kwargs) | {"letter": self.object, "text_is_shown": not self.object.is_secret}

    def post(self, request, *args, **kwargs):
        """Try again, from the beginning; or leave it as it is."""
        letter = self.get_object()
        if "settle" in request.POST:
            letter.settle()
            messages.success(request, "Laiškas pažymėtas kaip sutvarkytas: jo nebesiųsime.")
            return redirect("letters:index")
        letter.try_again()
        hand_over(letter.pk)
        messages.success(request, "Bandome siųsti dar kartą. Po minutės pažiūrėkite, ar pavyko.")
        return redirect("letters:index")


class LetterViewSet(ModelViewSet):
    """The outbox."""

    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = "Siunčiami laiškai"
    menu_order = 255
    add_to_admin_menu = True
    index_view_class = LetterIndexView
    edit_view_class = LetterView
    search_fields = ["subject", "to"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    permission_policy = LetterPolicy(Letter)
    form_fields = ["subject"]


@hooks.register("register_admin_viewset")
def register_letters():
    """The screens of the outbox."""
    return LetterViewSet()
