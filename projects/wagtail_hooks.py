"""The register of programmes in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet

from core.viewsets import NAME_PANELS, RegisterViewSet
from projects.models import Programme


class ProgrammeViewSet(RegisterViewSet):
    """Programmes with their measures and the words their publicity rules ask for."""

    model = Programme
    icon = "tag"
    menu_label = "Programos"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "period"]
    panels = [
        *NAME_PANELS,
        FieldPanel("short_name"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("fund")]),
        FieldPanel("publicity_statement"),
        FieldPanel("show_eu_emblem"),
        InlinePanel("measures", heading="Priemonės", label="Priemonė"),
    ]


register_snippet(ProgrammeViewSet)
