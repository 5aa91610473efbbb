"""The shared shape of a register's screens in the admin."""

from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from core.filters import TextFilter, folded_contains

NAME_PANELS = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug")]


class FoldedSearch:
    """Lets a list be searched by folded columns: "zydinti" finds „Žydinti“, on any database."""

    def search_queryset(self, queryset):
        """The rows in which every typed word occurs in one of `search_fields`."""
        if not self.is_searching:
            return queryset
        return TextFilter(*map(folded_contains, self.search_fields)).narrow(queryset, self.search_query)


class FoldedIndexView(FoldedSearch, IndexView):
    """The list of a register."""


class FoldedFilterForm(SearchFilterMixin, BaseFilterForm):
    """The search of a chooser, by the folded column of a named row."""

    def filter(self, objects):
        """The rows in which every typed word occurs."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return TextFilter(folded_contains("folded")).narrow(objects, self.search_query or "")


class RegisterChooseView(ChooseView):
    filter_form_class = FoldedFilterForm


class RegisterChooseResultsView(ChooseResultsView):
    filter_form_class = FoldedFilterForm


class RegisterChooserViewSet(SnippetChooserViewSet):
    """Choosing a named row."""

    choose_view_class = RegisterChooseView
    choose_results_view_class = RegisterChooseResultsView


class RegisterViewSet(SnippetViewSet):
    """A register of named rows: found by name, in Lithuanian order, with history and export."""

    index_view_class = FoldedIndexView
    chooser_viewset_class = RegisterChooserViewSet
    search_fields = ["folded"]
    search_backend_name = None
    add_to_admin_menu = False
    list_display = ["name"]
    list_export = ["name", "slug"]
    export_headings = {"name": "Pavadinimas", "slug": "Adreso dalis"}
    ordering = ["sort_key"]
    list_per_page = 50
    copy_view_enabled = False
    panels = NAME_PANELS


class PlainRegisterViewSet(RegisterViewSet):
    """A register whose rows have no name of their own: each says by which folded columns it is searched."""

    chooser_viewset_class = SnippetChooserViewSet
    search_fields = []
    ordering = None
    list_display = ["__str__"]
    list_export = []
    export_headings = {}
