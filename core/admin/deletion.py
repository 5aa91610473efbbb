"""
Deleting in the admin, one or many: into the trash, with a way back in the message; what is in use is not offered.

Pages, pictures, documents and rows of registers share one screen that asks, and one message that answers.
"""

from dataclasses import dataclass

from django.db.models import ProtectedError
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.documents.views.bulk_actions.document_bulk_action import DocumentBulkAction
from wagtail.documents.views.documents import DeleteView as WagtailDocumentDeleteView
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction
from wagtail.images.views.images import DeleteView as WagtailImageDeleteView
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.permissions import get_permission_name
from wagtail.snippets.views.snippets import DeleteView as WagtailSnippetDeleteView

from core import trash, trash_pages
from core.uses import links_to, uses_of
from lithuanian.plurals import counted

TEMPLATE = "core/admin/delete.html"
SHOWN = 20


@dataclass(frozen=True)
class Named:
    """Something that a screen names: with what it is and, where the reader may go there, a link."""

    title: str
    kind: str
    url: str


@dataclass(frozen=True)
class ToDelete:
    """One thing that is to be deleted: who uses it, how many pages stand below it."""

    named: Named
    users: list[Named]
    more_users: int
    below: int = 0


def kind_of(thing):
    """What it is, in a word: „Naujiena“."""
    model = (thing.specific_class if isinstance(thing, Page) else None) or type(thing)
    return capfirst(model._meta.verbose_name)


def named(thing, finder):
    """A thing as screens name it."""
    return Named(str(thing), kind_of(thing), finder.get_edit_url(thing) or "")


def to_delete(things, user):
    """What a screen says of things of one kind before they are deleted: a list of `ToDelete`."""
    finder, pages = AdminURLFinder(user), bool(things) and isinstance(things[0], Page)
    uses = {page.pk: links_to(page) for page in things} if pages else uses_of(things)
    return [
        ToDelete(
            named(thing, finder),
            [named(user, finder) for user in uses.get(thing.pk, [])[:SHOWN]],
            max(len(uses.get(thing.pk, [])) - SHOWN, 0),
            thing.get_descendant_count() if pages else 0,
        )
        for thing in things
    ]


def question(request, things, back, kept=()):
    """The context of the screen that asks. What others use is not offered for deletion, pages excepted: they may go."""
    asked = to_delete(things, request.user)
    pages = bool(things) and isinstance(things[0], Page)
    blocked = [] if pages else [one for one in asked if one.users]
    return {
        "asked": asked,
        "pages": pages,
        "blocked": blocked,
        "kept": [str(thing) for thing in kept],
        "back": back,
        "header_title": "Ištrinti",
    }


def way_back(request, entries):
    """What is said once something is in the trash, with a button that brings it back."""
    if len(entries) == 1:
        said = f"Ištrinta: „{entries[0].label}“."
    else:
        said = f"Ištrinta: {counted(len(entries), 'įrašas', 'įrašai', 'įrašų')}."
    return format_html(
        '{} Dar 30 dienų galėsite grąžinti iš šiukšlinės. <form class="undo" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button class="button button-small button-secondary" type="submit">Atšaukti</button></form>',
        said,
        reverse("trash:restore"),
        get_token(request),
        format_html_join("", '<input type="hidden" name="entry" value="{}">', ((entry.pk,) for entry in entries)),
    )


# --- One --------------------------------------------------------------------------------------------------------------


class IntoTrash:
    """A delete view of Wagtail's that puts its object into the trash, or says who uses it."""

    template_name = TEMPLATE

    def get_template_names(self):
        """One screen for all."""
        return [TEMPLATE]

    def get_usage_url(self):
        """None: the screen itself says who uses it."""

    def get_context_data(self, **kwargs):
        """Add who uses it."""
        return super().get_context_data(**kwargs) | question(self.request, [self.object], self.get_success_url())

    def form_valid(self, form):
        """Delete, unless somebody has begun to use it since the screen asked."""
        if uses_of([self.object]):
            return self.render_to_response(self.get_context_data(form=form))
        entries = trash.put_away([self.object])
        if entries:
            messages.success(self.request, way_back(self.request, entries))
        return redirect(self.get_success_url())


class ImageDeleteView(IntoTrash, WagtailImageDeleteView):
    """Pictures."""


class DocumentDeleteView(IntoTrash, WagtailDocumentDeleteView):
    """Documents."""


class RowDeleteView(IntoTrash, WagtailSnippetDeleteView):
    """Rows of registers."""


def delete_page(request, page):
    """The screen and the deed for a page, in place of Wagtail's (a `before_delete_page` hook)."""
    back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    if refusal := refused_pages(request, [page]):
        messages.error(request, refusal)
        return redirect(back)
    if request.method != "POST":
        return render(request, TEMPLATE, question(request, [page], back) | {"next": back})
    try:
        messages.success(request, way_back(request, [trash_pages.put_page_away(page)]))
    except ProtectedError:  # pressed twice
        messages.error(request, f"„{page.title}“ jau šiukšlinėje.")
    for_page = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return redirect(back if not back.startswith(for_page) else "wagtailadmin_explore_root")


def refused_pages(request, pages):
    """Why these pages may not be deleted; "" where they may."""
    for page in pages:
        if trash.is_in_trash(page):
            return f"„{page.title}“ jau šiukšlinėje."
        if page.is_site_root():
            return f"„{page.title}“ – svetainės pradžia. Jos ištrinti negalima."
        if locked := trash_pages.locked_for(page, request.user):
            names = ", ".join(f"„{one.title}“" for one in locked[:5])
            return f"Neištrinta: {names} užrakinta. Paprašykite, kad atrakintų tas, kas užrakino."
    return ""


# --- Many -------------------------------------------------------------------------------------------------------------


class ManyIntoTrash:
    """A bulk action of Wagtail's that puts what was ticked into the trash: all of it, or nothing and who uses it."""

    display_name = "Ištrinti"
    aria_label = "Ištrinti pažymėtus"
    action_type = "delete"
    action_priority = 100
    classes = {"serious"}  # noqa: RUF012
    template_name = TEMPLATE

    def get_context_data(self, **kwargs):
        """The same screen as for one."""
        things, without_access = self.get_actionable_objects()
        kept = without_access["items_with_no_access"]
        return question(self.request, list(things), self.next_url, kept) | {"next": self.next_url, **kwargs}

    def prepare_action(self, objects, objects_without_access):
        """Ask once more where something is in use by now."""
        if uses_of(objects):
            return self.render_to_response(self.get_context_data())
        return super().prepare_action(objects, objects_without_access)

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Put them into the trash."""
        kwargs["self"].entries = trash.put_away(objects)
        return len(objects), 0

    def get_execution_context(self):
        """Let the deed leave word for the message."""
        return super().get_execution_context() | {"self": self}

    def get_success_message(self, num_parent_objects, num_child_objects):
        """With the way back."""
        return way_back(self.request, self.entries) if self.entries else None


class DeleteImages(ManyIntoTrash, ImageBulkAction):
    """Pictures."""

    def check_perm(self, image):
        """Whether this one may be deleted."""
        return self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", image)


class DeleteDocuments(ManyIntoTrash, DocumentBulkAction):
    """Documents."""

    def check_perm(self, document):
        """Whether this one may be deleted."""
        return self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", document)


class DeleteRows(ManyIntoTrash, SnippetBulkAction):
    """Rows of registers."""

    def check_perm(self, row):
        """Whether rows of this register may be deleted."""
        return self.request.user.has_perm(get_permission_name("delete", self.model))


class DeletePages(ManyIntoTrash, PageBulkAction):
    """Pages, each with all below it."""

    aria_label = "Ištrinti pažymėtus puslapius"

    def check_perm(self, page):
        """Whether this one may be deleted."""
        return page.permissions_for_user(self.request.user).can_delete()

    def prepare_action(self, objects, objects_without_access):
        """Refuse what somebody has locked."""
        if refusal := refused_pages(self.request, objects):
            messages.error(self.request, refusal)
            return redirect(self.next_url)
        return None

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Put them into the trash."""
        kwargs["self"].entries = trash_pages.put_pages_away(objects)
        return len(objects), 0
