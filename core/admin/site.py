"""Who the LAG is: one form with history, compare and revert, where Wagtail's form of a setting keeps none."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from wagtail.models import Site
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin.editing import RowEditView
from core.models import SiteSettings

# Of a register's screens those that one single row needs: it is neither added nor deleted.
SCREENS = {
    "edit",
    "history",
    "history_results",
    "preview_on_edit",
    "revisions_view",
    "revisions_revert",
    "revisions_compare",
}


def open_site_data(request, pk=None):
    """The form of a site's data: of the site `pk`, or of the one that is being visited."""
    site = Site.objects.filter(pk=pk).first() if pk else Site.find_for_request(request)
    if site is None:
        raise Http404("No such site")
    views = SiteSettings.snippet_viewset
    if not views.permission_policy.user_has_permission(request.user, "change"):
        raise PermissionDenied("The site's data")
    return redirect(views.get_url_name("edit"), SiteSettings.for_site(site).pk)


class SiteSettingsViewSet(SnippetViewSet):
    """
    The site's data, edited as rows of registers are, without being a register.

    Nothing chooses it, nothing lists it, no action on many rows finds it.
    """

    model = SiteSettings
    icon = "site"
    edit_view_class = RowEditView
    copy_view_enabled = False
    menu_item_is_registered = True  # by Wagtail, as a setting

    def get_edit_view_kwargs(self, **kwargs):
        """Without the ways to screens that there are not."""
        return super().get_edit_view_kwargs(delete_url_name=None, usage_url_name=None, **kwargs)

    def get_urlpatterns(self):
        """The screens of one row; in place of the list, the row itself."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in SCREENS]
        return [path("", open_site_data, name="list"), *kept]

    def register_chooser_viewset(self):
        """None."""

    def register_snippet_model(self):
        """Not among the registers."""
