"""What the page tree and the admin are told by core."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import register_snippet

from core.admin import deletion
from core.admin import trash as trash_screen
from core.admin.site import SiteSettingsViewSet, open_site_data
from core.bulk import all_in_listing
from core.content_checks import findings
from core.imports.plan import LOG_ACTION
from core.models import Audience, CustomDocument, CustomImage
from core.trash_pages import searchable_without_trash
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


@hooks.register("register_log_actions")
def name_what_is_done_to_things(actions):
    """What the history of a thing says."""
    actions.register_action("core.first_state", "Užfiksuoti pradinę būseną", "Užfiksuota, kaip buvo iki pirmo taisymo")
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


# --- The site's data --------------------------------------------------------------------------------------------------


register_snippet(SiteSettingsViewSet)


@hooks.register("register_admin_urls", order=-1)
def site_data_urls():
    """Wagtail's addresses of its form of this setting, to which its menu leads, open our form."""
    return [
        path("settings/core/sitesettings/", open_site_data, name="site_data"),
        path("settings/core/sitesettings/<int:pk>/", open_site_data, name="site_data"),
    ]


# --- Deleting and the trash -------------------------------------------------------------------------------------------


@hooks.register("register_admin_urls", order=-1)
def trash_urls():
    """The trash; and, before Wagtail's own addresses, deleting a picture or a document our way."""
    return [
        path("siuksline/", include((trash_screen.urlpatterns, "trash"))),
        path("images/<int:image_id>/delete/", deletion.ImageDeleteView.as_view(), name="delete_image"),
        path("documents/delete/<int:document_id>/", deletion.DocumentDeleteView.as_view(), name="delete_document"),
    ]


hooks.register("register_admin_menu_item", trash_screen.menu_item)
# After the refusals of other rooms.
hooks.register("before_delete_page", deletion.delete_page, order=1000)
for many in (deletion.DeletePages, deletion.DeleteImages, deletion.DeleteDocuments, deletion.DeleteRows):
    hooks.register("register_bulk_action", many, order=1000)


@hooks.register("construct_explorer_page_queryset")
def keep_the_trash_out_of_the_tree(parent, pages, request):
    """Its pages have a screen of their own."""
    return searchable_without_trash(pages)


@hooks.register("construct_page_chooser_queryset")
def keep_the_trash_out_of_choosers(pages, request):
    """Nobody links to what is in the trash."""
    return searchable_without_trash(pages)


@hooks.register("describe_collection_contents")
def count_what_is_in_the_trash(collection):
    """A collection is deleted with what is in it, so it is not empty while the trash holds something of it."""
    count = sum(
        model.everything.filter(collection=collection, trash__isnull=False).count()
        for model in (CustomImage, CustomDocument)
    )
    return {"count": count, "count_text": f"šiukšlinėje – {count}", "url": reverse("trash:index")} if count else None


# --- What a page still lacks ------------------------------------------------------------------------------------------


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_is_missing(request, page):
    """
    After saving: of a draft what would stop its publishing, of a published page what is worth mending.

    An autosave says nothing here: its findings stand in the side panel.
    """
    if not request.accepts("text/html"):
        return
    is_draft = not page.live or page.has_unpublished_changes
    told = [finding.message for finding in findings(page) if finding.stops == is_draft]
    if told:
        beginning = "Išsaugota. Kad galėtumėte publikuoti, dar reikia: " if is_draft else "Dar verta pataisyti: "
        items = format_html_join("", "<li>{}</li>", ((message,) for message in told))
        messages.warning(request, format_html("{}<ul>{}</ul>", beginning, items))


class ContentChecker(ContentCheckerItem):
    """Wagtail's checker of a previewed page, with more of axe's rules on what editors write."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", "link-in-text-block", "list", "table-duplicate-name"]
    axe_messages = ContentCheckerItem.axe_messages | {
        "image-alt": {
            "error_name": "Paveikslėlis be aprašymo",
            "help_text": "Parašykite, kas matyti, arba pažymėkite, kad paveikslėlis tik puošia",
        },
        "link-in-text-block": {
            "error_name": "Nuoroda tekste nepastebima",
            "help_text": "Nuorodą turi būti galima atskirti ne vien iš spalvos",
        },
        "list": {"error_name": "Sąrašas sudarytas netaisyklingai", "help_text": "Sąrašą darykite mygtuku „Sąrašas“"},
        "table-duplicate-name": {
            "error_name": "Lentelės pavadinimas kartojasi",
            "help_text": "Kiekvieną lentelę pavadinkite skirtingai",
        },
    }


@hooks.register("construct_wagtail_userbar")
def check_by_our_rules(request, items, page):
    """Put our checker in the place of Wagtail's."""
    items[:] = [ContentChecker(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]
