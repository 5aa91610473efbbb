"""The register of members in the admin, with their delegates and the elderships they come from."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.models import Eldership, Municipality
from core.viewsets import NAME_PANELS, PlainRegisterViewSet, RegisterViewSet
from members.admin.delegates import DelegatesPanel, DelegateViewSet
from members.admin.proposals import ProposalViewSet
from members.models import Member


class MemberViewSet(PlainRegisterViewSet):
    """Members: organisations and natural persons."""

    model = Member
    icon = "user"
    menu_label = "Nariai"
    list_display = ["__str__", "sector", "eldership", "joined", "left_on"]
    list_filter = ["sector", "eldership"]
    search_fields = ["organisation__folded", "person_folded"]
    list_export = ["__str__", "sector", "eldership", "joined", "left_on"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldRowPanel([FieldPanel("given_name"), FieldPanel("surname")])],
            heading="Kas narys",
            help_text="Pasirinkite organizaciją arba įrašykite fizinio asmens vardą ir pavardę.",
        ),
        FieldRowPanel([FieldPanel("sector"), FieldPanel("eldership")]),
        FieldRowPanel([FieldPanel("joined"), FieldPanel("left_on")]),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("address")], heading="Ryšiai"),
        MultiFieldPanel(
            [
                FieldPanel("shows_name"),
                FieldPanel("shows_email"),
                FieldPanel("shows_phone"),
                FieldPanel("shows_address"),
            ],
            heading="Ką narys sutiko rodyti viešai",
        ),
        DelegatesPanel(heading="Atstovai"),
    ]

    def get_queryset(self, request):
        """In the order of the public list."""
        return Member.objects.in_order().select_related("organisation", "eldership")


class EldershipViewSet(RegisterViewSet):
    """Elderships of the territory."""

    model = Eldership
    icon = "site"
    menu_label = "Seniūnijos"
    list_display = ["name", "municipality"]
    panels = [*NAME_PANELS, FieldPanel("municipality")]


class MunicipalityViewSet(RegisterViewSet):
    """Municipalities of the territory."""

    model = Municipality
    icon = "site"
    menu_label = "Savivaldybės"


class MembersGroup(SnippetViewSetGroup):
    """Members in the admin's menu."""

    items = (MemberViewSet, DelegateViewSet, ProposalViewSet, EldershipViewSet, MunicipalityViewSet)
    menu_label = "Nariai"
    menu_icon = "user"
    menu_order = 200


register_snippet(MembersGroup)


@hooks.register("register_snippet_listing_buttons")
def invite_from_the_list(snippet, user, next_url=None):
    """Beside each member in the list: the way to invite somebody to act for it."""
    if isinstance(snippet, Member) and user.has_perm("members.add_delegate") and not snippet.has_left:
        url = f"{reverse('delegates:add')}?narys={snippet.pk}"
        yield Button("Pakviesti atstovą", url=url, icon_name="mail", priority=15)


@hooks.register("register_log_actions")
def name_what_is_done_with_delegates(actions):
    """What the history of a delegate says."""
    actions.register_action("members.invite", "Pakviesti", "Pakviestas")
    actions.register_action("members.invite_again", "Pakviesti dar kartą", "Kvietimas išsiųstas dar kartą")
    actions.register_action("members.revoke", "Atšaukti", "Atšauktas")
    actions.register_action("members.restore", "Grąžinti teises", "Teisės grąžintos")
