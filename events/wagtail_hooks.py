"""The venues of events in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet

from core.viewsets import NAME_PANELS, RegisterViewSet
from events.models import Venue


class VenueViewSet(RegisterViewSet):
    """Places where events are held."""

    model = Venue
    icon = "home"
    menu_label = "Renginių vietos"
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["name", "address", "eldership"]
    panels = [
        *NAME_PANELS,
        FieldPanel("address"),
        FieldPanel("eldership"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]


register_snippet(VenueViewSet)
