"""The register of programmes in the admin."""

from django.db.models import Count
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet

from core.bulk import ExportAction
from core.viewsets import NAME_PANELS, WIDE, RegisterViewSet, UsageColumn
from lithuanian.dates import edtf_to_text
from projects.models import Programme


class ProgrammeViewSet(RegisterViewSet):
    """Programmes with their measures and the words their publicity rules ask for."""

    model = Programme
    icon = "tag"
    menu_label = "Programos"
    menu_order = 220
    add_to_admin_menu = True
    list_display = [
        "name",
        Column(
            "period",
            label="Laikotarpis",
            accessor=lambda row: edtf_to_text(row.period) if row.period else "",
            sort_key="period_latest",
        ),
        Column("measures", label="Priemonių", accessor="measure_count", sort_key="measure_count", classname=WIDE),
        UsageColumn(),
    ]
    list_export = ["name", "short_name", "period", "fund", "publicity_statement", "show_eu_emblem", "measures_listed"]
    export_headings = {
        "name": "Pavadinimas",
        "show_eu_emblem": "Rodyti ES emblemą",
        "measures_listed": "Priemonės",
    }
    export_filename = "programos"
    panels = [
        *NAME_PANELS,
        FieldPanel("short_name"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("fund")]),
        FieldPanel("publicity_statement"),
        FieldPanel("show_eu_emblem"),
        InlinePanel("measures", heading="Priemonės", label="Priemonė"),
    ]

    def get_queryset(self, request):
        """With their measures."""
        rows = super().get_queryset(request).prefetch_related("measures")
        return rows.annotate(measure_count=Count("measures", distinct=True))


register_snippet(ProgrammeViewSet)


@hooks.register("register_bulk_action")
class ExportProgrammes(ExportAction):
    """Programmes as chosen."""

    models = [Programme]
