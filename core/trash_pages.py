"""
Pages in the trash: moved, with all below them, to a place outside the site, and back.

They keep their numbers, so that revisions, links to them, aliases, registrations and redirects survive. The place is a
page beside the home page, made when it is first needed; its address tells the gate what is below it
(`core.visibility.TRASH_PATH`), so that nothing there shows to anybody, whatever becomes of it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from treebeard.mp_tree import MP_MoveHandler
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move
from wagtail.coreutils import find_available_slug
from wagtail.locks import BaseLock
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision, Site

from core import trash
from core.history import tell
from core.visibility import TRASH_PATH


class TrashLock(BaseLock):
    """Nobody edits what is in the trash."""

    def for_user(self, user):
        """For everybody."""
        return True

    def get_message(self, user):
        """What stands above the form."""
        return "Šis puslapis – šiukšlinėje. Norėdami jį taisyti, pirmiausia grąžinkite (meniu „Šiukšlinė“)."

    def get_locked_by(self, user):
        """In place of somebody's name."""
        return "Šiukšlinėje"

    def get_description(self, user):
        """What the status panel says."""
        return "Grąžinkite puslapį iš šiukšlinės, tada galėsite taisyti."


class ParentGone(Exception):
    """The page that it stood below is gone, or in the trash itself."""


def without_trash(pages):
    """A queryset of pages narrowed to those that are not in the trash, nor its place."""
    return pages.exclude(url_path__startswith=TRASH_PATH)


def searchable_without_trash(pages):
    """The same for a queryset that is to be searched: Wagtail's index knows the tree, not the addresses."""
    place = Page.objects.filter(depth=2, slug=TRASH_PATH.strip("/")).values_list("path", flat=True).first()
    return pages.exclude(path__startswith=place) if place else pages


def trash_page():
    """The place of pages in the trash, made when it is first asked for."""
    root = Page.objects.select_for_update().get(depth=1)  # two who delete first at once make one place
    slug = TRASH_PATH.strip("/")
    place = Page.objects.filter(depth=2, slug=slug).first()
    return place or root.add_child(instance=Page(title="Šiukšlinė", slug=slug, live=False))


def locked_for(page, user):
    """The pages, of this one and those below it, that somebody else has locked: a list."""
    locked = page.get_descendants(inclusive=True).filter(locked=True).specific()
    return [one for one in locked if (lock := one.get_lock()) and lock.for_user(user)]


@transaction.atomic
def put_page_away(page):
    """
    Move a page with all below it into the trash. Returns its entry.

    What was live is live no more, what was to be published later will not be; both is remembered. `ProtectedError` for
    the home page of a site: without it there is none.
    """
    place = trash_page()
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.url_path.startswith(TRASH_PATH):
        raise ProtectedError("In the trash already", [page])
    below = page.get_descendants(inclusive=True)
    if sites := list(Site.objects.filter(root_page__in=below)):
        raise ProtectedError("The home page of a site", sites)
    keys = list(below.values_list("pk", flat=True))
    live = list(Page.objects.filter(pk__in=_with_aliases(keys), live=True).values_list("pk", flat=True))
    planned = Revision.page_revisions.filter(object_id__in=map(str, keys), approved_go_live_at__isnull=False)
    after = page.get_next_sibling()
    state = {
        "parent": page.get_parent().pk,
        "before": after and after.pk,
        "slug": page.slug,
        "url_path": page.url_path,
        "live": live,
        "planned": {str(revision.pk): revision.approved_go_live_at.isoformat() for revision in planned},
    }
    for one in Page.objects.filter(pk__in=keys).specific():
        if workflow := one.current_workflow_state:
            workflow.cancel(user=get_active_log_context().user)
    Page.objects.filter(pk__in=live).update(live=False)
    planned.update(approved_go_live_at=None)
    entry = trash.enter(page.specific, state)
    tell(page.specific, "core.trash", data={"pages": len(keys)})
    _move(page, place, slug=f"{page.pk}-{entry.pk}")
    return entry


@transaction.atomic
def put_pages_away(pages):
    """
    Move pages into the trash: all of them, or none and `ProtectedError`. Returns their entries.

    One that stands below another of them goes with it.
    """
    paths = {page.path for page in pages}
    tops = [
        page
        for page in pages
        if not any(page.path[:end] in paths for end in range(page.steplen, len(page.path), page.steplen))
    ]
    return [put_page_away(page) for page in tops]


def _with_aliases(keys):
    """These pages and their aliases elsewhere, which show the same and go and come with them."""
    found, aliases = set(keys), keys
    while aliases:
        aliases = list(Page.objects.filter(alias_of__in=aliases).exclude(pk__in=found).values_list("pk", flat=True))
        found |= set(aliases)
    return found


def old_parent(entry):
    """The page that it stood below; `ParentGone` if it is gone, or in the trash itself."""
    parent = without_trash(Page.objects.filter(pk=entry.page_state["parent"])).first()
    if parent is None:
        raise ParentGone
    return parent


@transaction.atomic
def restore_page(entry, parent=None, publish=True):
    """
    Move a page back below its old parent, or another, and make live what was if `publish`.

    If its address was taken meanwhile it gets another one. From its address below another parent readers are led on to
    the new one. Returns the page and what came back with it (a list). `TrashEntry.DoesNotExist` if somebody else has
    brought it back a moment ago.
    """
    state, page = entry.page_state, Page.objects.select_for_update().get(pk=entry.object_id)
    entry.refresh_from_db()  # who waited for the page's row may find that it is in the trash no more
    parent = parent or old_parent(entry)
    slug = find_available_slug(parent, state["slug"])
    before = Page.objects.child_of(parent).filter(pk=state["before"]).first()
    _move(page, before or parent, slug=slug, pos="left" if before else "last-child")
    Page.objects.filter(pk__in=state["live"] if publish else []).update(live=True)
    for pk, moment in state["planned"].items() if publish else ():
        if (at := datetime.fromisoformat(moment)) > timezone.now():
            Revision.objects.filter(pk=pk).update(approved_go_live_at=at)
    entry.delete()
    page = Page.objects.get(pk=page.pk).specific
    if slug != state["slug"] and page.latest_revision_id:
        # The editor opens the newest revision: it must not bring the taken address back.
        draft = Revision.objects.filter(pk=page.latest_revision_id)
        draft.update(content=draft.get().content | {"slug": slug})
    if parent.pk != state["parent"] and "url_path" in state:  # entries of earlier releases do not know their address
        autocreate_redirects_on_page_move(page, url_path_before=state["url_path"], url_path_after=page.url_path)
    back = []
    for one in page.get_descendants(inclusive=True).specific():
        back += trash.restore_needs(one)
    tell(page, "core.untrash")
    return page, back


def _move(page, target, slug, pos="last-child"):
    """Move in the tree under a new last part of the address, as Wagtail does, but without redirects from or to it."""
    old = page.url_path
    parent = target if pos == "last-child" else target.get_parent()
    MP_MoveHandler(page, target, pos).process()
    page = Page.objects.get(pk=page.pk)
    page.slug = slug
    page.set_url_path(parent)
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=page.url_path)
    page._update_descendant_url_paths(old, page.url_path)
