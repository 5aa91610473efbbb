"""What the page tree and the admin are told by core."""

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from core.bulk import all_in_listing
from core.imports.plan import LOG_ACTION
from core.models import Audience
from core.visibility import may_download, reads_members_content


@hooks.register("before_serve_page")
def keep_what_is_not_for_this_reader(page, request, serve_args, serve_kwargs):
    """The gate at the door of the page itself: over is gone, what is for members is for members."""
    if page.expire_at and page.expire_at <= timezone.now():
        raise Http404("Expired")
    if getattr(page, "audience", None) == Audience.MEMBERS and not reads_members_content(request):
        raise PermissionDenied("For members")


@hooks.register("before_serve_document", order=1000)
def keep_files_from_those_they_are_not_for(document, request):
    """The gate at the door of a file. After Wagtail's own hook, which asks for a collection's password or sign-in."""
    if not may_download(document, request):
        raise PermissionDenied("For members")


class PlainPageLinkHandler(PageLinkHandler):
    """Links to pages in a text: the page tree knows every address, so one query does instead of Wagtail's two."""

    @classmethod
    def get_many(cls, attrs_list):
        """The pages behind the links, in order; None for one that is gone."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        pages = {str(page.pk): page for page in Page.objects.filter(pk__in=[key for key in keys if key.isdecimal()])}
        return [pages.get(key) for key in keys]


@hooks.register("register_rich_text_features", order=100)
def link_by_the_page_tree(features):
    """Replace Wagtail's handler of links to pages."""
    features.register_link_type(PlainPageLinkHandler)


@hooks.register("before_delete_snippet")
def keep_what_is_in_use(request, instances):
    """
    Refuse to delete a row that others need, and say which.

    Wagtail asks its index of references, which knows nothing of one-to-one relations; here the database's own rules are
    asked, which would otherwise answer with an error. For one row and for many.
    """
    try:
        Collector(using="default", origin=instances).collect(instances)
    except ProtectedError as error:
        # A row that belongs to a page is known to the editor by its page.
        users = sorted({str(getattr(row, "page", row)) for row in error.protected_objects})
        shown = ", ".join(f"„{user}“" for user in users[:5]) + (" ir kt." if len(users) > 5 else "")
        names = ", ".join(f"„{instance}“" for instance in instances)
        messages.error(request, f"Neištrinta: {names}. Dar naudojama čia: {shown}. Pirmiausia pakeiskite tuos įrašus.")
        return redirect(type(instances[0]).snippet_viewset.get_url_name("list"))


@hooks.register("register_log_actions")
def name_what_is_done_with_the_trash(actions):
    """What the history of a thing says."""
    actions.register_action("core.trash", "Ištrinti", "Ištrinta: perkelta į šiukšlinę")
    actions.register_action("core.untrash", "Grąžinti", "Grąžinta iš šiukšlinės")
    actions.register_action("core.purge", "Ištrinti galutinai", "Ištrinta galutinai")


@hooks.register("register_log_actions")
def name_imports(actions):
    """What the history says of a row that was imported."""

    @actions.register_action(LOG_ACTION)
    class ImportFormatter(LogFormatter):
        label = "Importuoti"

        def format_message(self, log_entry):
            """From which file, and whether it was new."""
            what = "Sukurta" if log_entry.data.get("new") else "Pakeista"
            return f"{what} importuojant failą „{log_entry.data.get('file', '')}“"


# Whatever acts on "all in the listing" of a register acts on what the list shows.
SnippetBulkAction.get_all_objects_in_listing_query = all_in_listing
