"""The desk in the admin: the first screen, the reports, the look of the menu."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.home import RecentEditsPanel

from core.reports import addresses_of
from desk import menu, views  # noqa: F401  the menu joins itself
from desk.guide import GuideView
from desk.home import DeskPanel
from desk.labels import label_forms
from desk.people import may_change
from desk.reports import REPORTS

label_forms()

urlpatterns = [path("<slug:name>/", views.LineView.as_view(), name="line")]
for report in REPORTS:
    urlpatterns += addresses_of(report, f"ataskaitos/{report.name}/")


@hooks.register("register_admin_urls")
def desk_urls():
    """The desk's own screens."""
    return [
        path("darbai/", include((urlpatterns, "desk"))),
        path("vadovas/", GuideView.as_view(), name="guide"),
    ]


@hooks.register("construct_homepage_panels", order=1000)
def the_desk(request, panels):
    """The desk instead of Wagtail's panels, which ask the database for every row; what one last edited stays."""
    panels[:] = [DeskPanel(), *(panel for panel in panels if isinstance(panel, RecentEditsPanel))]


@hooks.register("insert_global_admin_css")
def look_of_the_house():
    """The colours of the house, and the desk's own styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("before_bulk_action")
def only_superusers_touch_superusers(request, action_type, objects, action):
    """What is done to many accounts at once stops at those that one may not change."""
    if action.models == [get_user_model()] and not all(may_change(request.user, person) for person in objects):
        raise PermissionDenied("A superuser's account")
