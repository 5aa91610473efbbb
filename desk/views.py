"""The desk's own screens: all entries of one line."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from desk.lines import LINES


class LineView(ReportView):
    """Everything that one line of the desk counts, page by page; as a file too."""

    template_name = "desk/report.html"
    columns = [
        TitleColumn("title", label="Kas", get_url=lambda entry: entry.url),
        Column("note", label="Pastaba"),
    ]
    header_icon = "list-ul"
    list_export = ["title", "note"]
    export_headings = {"title": "Kas", "note": "Pastaba"}

    def dispatch(self, request, *args, **kwargs):
        """Only for whom the line concerns."""
        self.line = next((line for line in LINES if line.name == kwargs["name"]), None)
        if self.line is None:
            raise Http404("No such line")
        self.rows = self.line.rows(request.user)
        if self.rows is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        """What they are, in the plural."""
        return self.line.title

    @property
    def how_to_url(self):
        """Where the guide says what to do."""
        return self.line.how_to_url

    def get_filename(self):
        """As the line is called in its address."""
        return self.line.name

    def get_index_url(self):
        """This screen."""
        return self.line.url

    def get_queryset(self):
        """The rows of the line."""
        return self.rows

    def paginate_queryset(self, queryset, page_size):
        """One page of entries."""
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        return paginator, page, [self.line.entry(row) for row in rows], is_paginated

    def to_row_dict(self, row):
        """A row of the file."""
        return super().to_row_dict(self.line.entry(row))

    @property
    def no_results_message(self):
        """Kindly."""
        return "Nieko: viskas sutvarkyta."
