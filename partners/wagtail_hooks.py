"""The registers of organisations and memberships in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import NAME_PANELS, PlainRegisterViewSet, RegisterViewSet
from partners.models import NetworkMembership, Organisation


class OrganisationViewSet(RegisterViewSet):
    """Organisations: described once, chosen everywhere."""

    model = Organisation
    icon = "group"
    menu_label = "Organizacijos"
    list_display = ["name", "kind", "country"]
    list_filter = ["kind", "country"]
    list_export = ["name", "short_name", "kind", "legal_form", "country", "website"]
    export_headings = {}
    panels = [
        *NAME_PANELS,
        FieldPanel("short_name"),
        FieldPanel("aliases"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("legal_form")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("country")]),
        FieldPanel("website"),
        FieldPanel("logo"),
        FieldPanel("note"),
    ]


class NetworkMembershipViewSet(PlainRegisterViewSet):
    """The networks the LAG is a member of."""

    model = NetworkMembership
    icon = "link"
    menu_label = "Narystės tinkluose"
    list_display = ["network", "since", "until"]
    search_fields = ["network__folded"]
    panels = [
        FieldPanel("network"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("since_as_stated"),
        FieldPanel("note"),
        FieldPanel("source_url"),
    ]


class PartnersGroup(SnippetViewSetGroup):
    """Partners in the admin's menu."""

    items = (OrganisationViewSet, NetworkMembershipViewSet)
    menu_label = "Partneriai"
    menu_icon = "group"
    menu_order = 210


register_snippet(PartnersGroup)
