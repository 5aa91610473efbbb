"""
What our reports share: tables of what is worth looking after, with filters, and as files.

A report names itself and its room's `space` of addresses; `addresses_of` gives it two, `ReportMenuItem` its place in
the menu of reports, for whom it answers.
"""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView


class Report(ReportView):
    """A report: a name for the address and the file, and a kind word where there is nothing."""

    space = ""
    name = ""
    nothing = "Nieko nerasta."

    def get_index_url(self):
        """The report's address."""
        return reverse(f"{self.space}:{self.name}")

    def get_index_results_url(self):
        """The address of its table alone."""
        return reverse(f"{self.space}:{self.name}_results")

    def get_filename(self):
        """As it is called in its address, with the day."""
        return f"{self.name}-{timezone.localdate()}"

    @cached_property
    def no_results_message(self):
        """Kindly, unless a filter is the reason."""
        return "Pagal šiuos filtrus nieko nerasta." if self.is_filtering or self.is_searching else self.nothing


class ReportMenuItem(MenuItem):
    """A report of ours, for whom it answers."""

    def __init__(self, report, order):
        address = reverse(f"{report.space}:{report.name}")
        super().__init__(report.page_title, address, icon_name=report.header_icon, order=order)
        self.report = report

    def is_shown(self, request):
        """Whether the report would let them in."""
        policy, actions = self.report.permission_policy, self.report.any_permission_required
        return policy.user_has_any_permission(request.user, actions)


def addresses_of(report, route):
    """The addresses of a report below `route`: the screen, and its table alone for whoever filters it."""
    return [
        path(route, report.as_view(), name=report.name),
        path(f"{route}lentele/", report.as_view(results_only=True), name=f"{report.name}_results"),
    ]
