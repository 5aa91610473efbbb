"""The search in the admin: what was not found, and what is put first."""

from django.urls import include, path
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, PageChooserPanel, TitleFieldPanel
from wagtail.snippets.models import register_snippet

from core.viewsets import RegisterViewSet
from search.models import PromotedResult
from search.reports import menu_item, urlpatterns


@hooks.register("register_admin_urls")
def report_urls():
    """The report."""
    return [path("paieska/nerasta/", include((urlpatterns, "search_admin")))]


@hooks.register("register_reports_menu_item")
def report_menu_item():
    """Among the reports."""
    return menu_item()


class PromotedResultViewSet(RegisterViewSet):
    """What is shown first to who searches by certain words."""

    model = PromotedResult
    icon = "pick"
    menu_label = "Siūlomi radiniai"
    menu_order = 232
    add_to_admin_menu = True
    export_filename = "siulomi-radiniai"
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("others"),
        PageChooserPanel("page"),
        FieldPanel("sentence"),
        FieldPanel("slug"),
    ]


register_snippet(PromotedResultViewSet)
