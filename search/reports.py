"""The report „Ko ieškota ir nerasta“: what people look for and the site does not say."""

from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.permissions import page_permission_policy

from core.reports import Report, ReportMenuItem, addresses_of
from lithuanian.dates import format_date
from search.missed import recent


class MissedReport(Report):
    """What was searched for in vain in the last 90 days, oftenest first."""

    space = "search_admin"
    name = "nerasta"
    page_title = "Ko ieškota ir nerasta"
    header_icon = "search"
    nothing = "Per 90 dienų viskas, ko ieškota, rasta."
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    columns = [
        Column("query", label="Ko ieškota"),
        NumberColumn("total", label="Kiek kartų"),
        Column("last", label="Paskutinįkart", accessor=lambda row: format_date(row["last"])),
    ]
    list_export = ["query", "total", "last"]
    export_headings = {"query": "Ko ieškota", "total": "Kiek kartų", "last": "Paskutinįkart"}

    def get_queryset(self):
        """A row for each search; nothing tells who it was."""
        return recent()


def menu_item():
    """The entry of the menu of reports."""
    return ReportMenuItem(MissedReport, order=40)


urlpatterns = addresses_of(MissedReport, "")
