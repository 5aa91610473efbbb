"""The shared shape of a register's screens in the admin."""

from collections import defaultdict

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, UsageView

from core.admin.deletion import RowDeleteView, kind_of
from core.admin.editing import RowCreateView, RowEditView
from core.filters import TextFilter, folded_contains
from core.imports import views as imports
from core.models.registers import free_slug
from core.uses import BINDING, identity, uses_of
from lithuanian.folding import fold
from lithuanian.sorting import sort_key

NAME_PANELS = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug")]


# --- The list ---------------------------------------------------------------------------------------------------------


class FoldedSearch:
    """Lets a list be searched by folded columns: "zydinti" finds „Žydinti“, on any database."""

    def search_queryset(self, queryset):
        """The rows in which every typed word occurs in one of `search_fields`."""
        if not self.is_searching:
            return queryset
        return TextFilter(*map(folded_contains, self.search_fields)).narrow(queryset, self.search_query)


class RegisterIndexView(FoldedSearch, IndexView):
    """
    The list of a register.

    `orderings` says by what expressions (or functions that return one) a column is sorted, where its own values stand
    in no order that people know; `table` is the register's table (`core.imports`), which the export writes.
    """

    orderings = {}
    table = None
    import_url_name = None

    def order_queryset(self, queryset):
        """By the clicked column in Lithuanian order, then as the register always is."""
        if not isinstance(self.ordering, str):
            return super().order_queryset(queryset)
        name = self.ordering.removeprefix("-")
        ordered = []
        for expression in self.orderings.get(name, [name]):
            if isinstance(expression, str):
                expression = F(expression)
            elif callable(expression):
                expression = expression()
            is_falling = self.ordering.startswith("-")
            ordered.append(expression.desc(nulls_last=True) if is_falling else expression.asc(nulls_last=True))
        return queryset.order_by(*ordered, *(self.default_ordering or ()), "pk")

    def _get_title_column(self, *args, **kwargs):
        """The first column is sorted by the name also where that is no field."""
        column = super()._get_title_column(*args, **kwargs)
        if column.sort_key is None and "name" in self.orderings:
            column.sort_key = "name"
        return column

    def to_row_dict(self, item):
        """The cells of a row as the import would read them."""
        if self.table is None:
            return super().to_row_dict(item)
        return {field.heading: field.write(item) for field in exported_fields(self.table)}

    @cached_property
    def header_buttons(self):
        """The way to the import, for who may use it."""
        buttons = super().header_buttons
        if self.import_url_name and imports.may_import(self.permission_policy, self.request.user):
            url = reverse(self.import_url_name)
            buttons = [*buttons, HeaderButton("Importuoti", url=url, icon_name="upload")]
        return buttons


def exported_fields(table):
    """The columns that the export writes."""
    return [*table.fields, *table.also_exported]


def by_label(field, labels):
    """An order by what the values of `field` are called, in Lithuanian order; `labels` is a dict value → name."""
    ordered = sorted(labels, key=lambda value: sort_key(str(labels[value])))
    whens = [When(**{field: value}, then=Value(place)) for place, value in enumerate(ordered)]
    return Case(*whens, default=Value(len(ordered)))


# A column that a phone's list leaves out (static/css/admin.css).
WIDE = "only-wide"


class UsageColumn(Column):
    """In how many places a row is used, and the way there. The list's queryset is `with_usage`."""

    cell_template_name = "core/admin/usage_cell.html"

    def __init__(self):
        super().__init__("usage_count", label="Naudojama", sort_key="usage_count", classname=WIDE)

    def get_cell_context_data(self, instance, parent_context):
        """Add where it is told."""
        usage_url = reverse(type(instance).snippet_viewset.get_url_name("usage"), args=[instance.pk])
        return super().get_cell_context_data(instance, parent_context) | {"usage_url": usage_url}


def with_usage(queryset):
    """The rows with `usage_count`: by Wagtail's index, and by the relations that it passes over (`core.uses`)."""
    count = ReferenceIndex.usage_count_subquery(queryset.model)
    for relation in queryset.model._meta.related_objects:
        if relation.many_to_many or (relation.one_to_one and relation.on_delete in BINDING):
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{name: OuterRef("pk")}).order_by().values(name)
            count += Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
    return queryset.annotate(usage_count=count)


class RowUsageView(UsageView):
    """Where a row is used: what Wagtail's index knows with the fields there, and what only `core.uses` finds."""

    def get_queryset(self):
        """Pairs of who uses it and the references by which: a list."""
        fields = defaultdict(list)
        for reference in super().get_queryset().qs:
            model = ContentType.objects.get_for_id(reference.base_content_type_id).model_class()
            fields[identity(model(pk=int(reference.object_id)))].append(reference)
        sources = uses_of([self.object], trashed_too=True).get(self.object.pk, [])
        return [(source, fields[identity(source)]) for source in sources]

    @cached_property
    def columns(self):
        """Wagtail's, of which the second asks the index."""
        name, _, field = super().columns
        return [name, Column("kind", label="Rūšis", accessor=lambda row: kind_of(row["object"])), field]


class ConditionFilter(django_filters.ChoiceFilter):
    """A filter whose choices each stand for a condition: value → (label, a Q or a function that returns one)."""

    def __init__(self, label, conditions):
        choices = [(value, text) for value, (text, _) in conditions.items()]
        super().__init__(label=label, choices=choices, widget=forms.RadioSelect, empty_label="Visi")
        self.conditions = conditions

    def filter(self, queryset, value):
        """The rows that meet the chosen condition."""
        if not value:
            return queryset
        condition = self.conditions[value][1]
        return queryset.filter(condition() if callable(condition) else condition)


class NamedFilter(django_filters.ModelChoiceFilter):
    """A filter by a row of another register, in its order."""

    def __init__(self, label, model, **kwargs):
        rows = lambda request: model.objects.order_by("sort_key")  # noqa: E731 asked at each request
        super().__init__(label=label, queryset=rows, empty_label="Visi", **kwargs)


class RegisterFilterSet(WagtailFilterSet):
    """What narrows the list of a register."""


# --- Choosing ---------------------------------------------------------------------------------------------------------


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


class RegisterChooserCreateView(SnippetCreateView):
    """A new row while choosing, where the register has a form for it: Wagtail calls the form unasked."""

    def can_create(self):
        """Nobody may where there is no form."""
        return self.get_creation_form_class() is not None and super().can_create()


class NewRowForm(WagtailAdminModelForm):
    """A new row while choosing: nothing but what it cannot be without. Its address part is made of its name."""

    def clean_name(self):
        """Refuse what is in the register already, in whatever case it is written."""
        name = self.cleaned_data["name"]
        model = self._meta.model
        key = fold(name)
        for row in model.objects.filter(folded__contains=key) if key else ():
            if fold(row.name) == key:
                raise forms.ValidationError(f"Registre jau yra „{row}“: raskite skirtuke „Ieškoti“.")
        return name

    def save(self, commit=True):
        """With an address part."""
        self.instance.slug = free_slug(type(self.instance), self.instance.name)
        return super().save(commit)


class RegisterChooserViewSet(SnippetChooserViewSet):
    """Choosing a named row."""

    choose_view_class = RegisterChooseView
    choose_results_view_class = RegisterChooseResultsView
    create_view_class = RegisterChooserCreateView


# --- The register -----------------------------------------------------------------------------------------------------


class RegisterViewSet(SnippetViewSet):
    """A register of named rows: found by name, in Lithuanian order, with history, usage, export, maybe import."""

    index_view_class = RegisterIndexView
    add_view_class = RowCreateView
    edit_view_class = RowEditView
    delete_view_class = RowDeleteView
    usage_view_class = RowUsageView
    chooser_viewset_class = RegisterChooserViewSet
    search_fields = ["folded"]
    search_backend_name = None
    add_to_admin_menu = False
    list_display = ["name", UsageColumn()]
    list_export = ["name", "slug"]
    export_headings = {"name": "Pavadinimas", "slug": "Adreso dalis"}
    ordering = ["sort_key"]
    # What a column is sorted by, where not by its own values.
    orderings = {}
    list_per_page = 50
    copy_view_enabled = False
    panels = NAME_PANELS
    # The register's table (`core.imports`): written by the export, read by the import.
    table = None

    def get_queryset(self, request):
        """With what a row of the list shows."""
        return with_usage(self.model.objects.all())

    def get_index_view_kwargs(self, **kwargs):
        """Tell the list its orders and its table."""
        kwargs["orderings"] = {"name": ["sort_key"]} | self.orderings
        if self.table:
            kwargs["table"] = self.table
            kwargs["list_export"] = [field.heading for field in exported_fields(self.table)]
            kwargs["export_filename"] = self.table.file_name
            kwargs["import_url_name"] = self.get_url_name("import")
        return super().get_index_view_kwargs(**kwargs)

    def get_urlpatterns(self):
        """The import beside the rest."""
        return super().get_urlpatterns() + (self.import_urlpatterns() if self.table else [])

    def import_urlpatterns(self):
        """The screens of the import."""
        names = {name: self.get_url_name(name) for name in ("import", "import_columns", "import_check")}
        names["template"] = self.get_url_name("import_template")

        def view(view_class):
            return self.construct_view(view_class, table=self.table, names=names)

        return [
            path("importas/", view(imports.UploadView), name="import"),
            path("importas/sablonas.<str:kind>", view(imports.TemplateFileView), name="import_template"),
            path("importas/<int:pk>/stulpeliai/", view(imports.ColumnsView), name="import_columns"),
            path("importas/<int:pk>/", view(imports.CheckView), name="import_check"),
        ]


class PlainRegisterViewSet(RegisterViewSet):
    """A register whose rows have no name of their own: each says by which folded columns it is searched."""

    search_fields = []
    ordering = None
    list_display = ["__str__"]
    list_export = []
    export_headings = {}

    def get_queryset(self, request):
        """All of it."""
        return self.model.objects.all()

    def register_chooser_viewset(self):
        """None: nothing points at such rows by a chooser, which would show them to everybody in the admin."""
