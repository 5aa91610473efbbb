"""
Deleting as it is meant here: into the trash, back from it, and for good.

What is in use is not deleted (`core.uses`): whoever reads „naudojama čia“ decides what to do there first. What only
something in the trash uses may follow it there, and comes back with it. Pages are moved: `core.trash_pages`.
Everything is written into Wagtail's log; who does it is whom that log knows: the signed-in user in the admin, nobody in
a command.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.search import index

from core.history import tell
from core.models import Trashable, TrashEntry
from core.uses import is_in_trash, needs_of, uses_of
from lithuanian.folding import fold

__all__ = ["enter", "is_in_trash", "purge", "put_away", "restore", "restore_needs", "thing_of"]


@transaction.atomic
def put_away(rows):
    """
    Put rows of one model into the trash: all of them, or none and `ProtectedError` if one is in use.

    Returns their entries. A row that is there already is passed over.
    """
    if not rows:
        return []
    model = type(rows[0])
    rows = list(model.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows]))
    if uses := uses_of(rows):
        users = [user for users in uses.values() for user in users]
        raise ProtectedError(f"In use: {', '.join(str(row) for row in rows if row.pk in uses)}", users)
    entries = [enter(row) for row in rows]
    for row, entry in zip(rows, entries, strict=True):
        _set_entry(row, entry)
        row.withdraw()
        if isinstance(row, index.Indexed):
            index.remove_object(row)
        tell(row, "core.trash")
    return entries


def enter(thing, page_state=None):
    """A new entry for a row or a page."""
    label = str(thing)[:255]
    return TrashEntry.objects.create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        label=label,
        folded=fold(label)[:255],
        trashed_by=get_active_log_context().user,
        page_state=page_state,
    )


def thing_of(entry):
    """What the entry stands for: a row, a page; None if it is gone (deleted in the database, past us)."""
    model = entry.content_type.model_class()
    return model and model._base_manager.filter(pk=entry.object_id).first()


@transaction.atomic
def restore(row):
    """
    Bring a row back, with what it needs. Returns what came back, the row first: a list.

    `TrashEntry.DoesNotExist` if somebody else has brought it back a moment ago.
    """
    entry = TrashEntry.objects.select_for_update().get(pk=row.trash_id)
    _set_entry(row, None)
    entry.delete()
    if isinstance(row, index.Indexed):
        index.insert_or_update_object(row)
    tell(row, "core.untrash")
    return [row, *restore_needs(row)]


def restore_needs(thing):
    """Bring back what a row or page refers to, and what that refers to. Returns what came back: a list."""
    back = []
    for needed in needs_of(thing):
        back += restore(needed) if needed.trash_id else []
    return back


@transaction.atomic
def purge(entry):
    """Delete for good: the thing and its entry. `ProtectedError` if something, be it in the trash too, needs it."""
    thing = thing_of(entry)
    if isinstance(thing, Trashable):
        if uses := uses_of([thing], trashed_too=True):
            raise ProtectedError(f"In use: {thing}", uses[thing.pk])
        tell(thing, "core.purge", title=entry.label, deleted=True)
        thing.purge()
    elif isinstance(thing, Page):
        thing.purge()
    TrashEntry.objects.filter(pk=entry.pk).delete()


def _set_entry(row, entry):
    """Without saving the row: nothing else of it changes, not even what `save()` derives."""
    type(row).everything.filter(pk=row.pk).update(trash=entry)
    row.trash = entry
