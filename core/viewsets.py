"""The shared shape of a register's screens in the admin."""

from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

NAME_PANELS = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug")]


class RegisterViewSet(SnippetViewSet):
    """A register of named rows: found by name, in Lithuanian order, with history and export."""

    add_to_admin_menu = False
    list_display = ["name"]
    list_export = ["name", "slug"]
    export_headings = {"name": "Pavadinimas", "slug": "Adreso dalis"}
    ordering = ["sort_key"]
    list_per_page = 50
    copy_view_enabled = False
    panels = NAME_PANELS


class PlainRegisterViewSet(RegisterViewSet):
    """A register whose rows have no name of their own."""

    ordering = None
    list_display = ["__str__"]
    list_export = []
    export_headings = {}
