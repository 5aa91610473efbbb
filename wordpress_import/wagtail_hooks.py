"""The import's report in the admin: its addresses, its place in the menu, who may see it."""

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks

from wordpress_import.views import menu_item, urlpatterns


@hooks.register("register_admin_urls")
def report_urls():
    """The report and its ticks."""
    return [path("perkelimas/", include((urlpatterns, "wordpress_import")))]


@hooks.register("register_reports_menu_item")
def report_menu_item():
    """Among the reports."""
    return menu_item()


@hooks.register("register_permissions")
def report_permissions():
    """What a group may be allowed: to see the report, to tick. Nobody adds or deletes what was brought over."""
    codenames = ["view_importeditem", "change_importeditem"]
    return Permission.objects.filter(content_type__app_label="wordpress_import", codename__in=codenames)
