"""The register of members in the admin, with the elderships they come from."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.models import Eldership, Municipality
from core.viewsets import NAME_PANELS, PlainRegisterViewSet, RegisterViewSet
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

    items = (MemberViewSet, EldershipViewSet, MunicipalityViewSet)
    menu_label = "Nariai"
    menu_icon = "user"
    menu_order = 200


register_snippet(MembersGroup)
