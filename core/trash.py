"""
Deleting as it is meant here: into the trash, back from it, and for good.

What is in use is not deleted (`core.uses`): whoever reads „naudojama čia“ decides what to do there first. What was in
use by something that is itself in the trash comes back with it. Everything is written into Wagtail's log.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.log_actions import get_active_log_context, log
from wagtail.search import index

from core.models import Trashable, TrashEntry
from core.uses import uses_of
from lithuanian.folding import fold


@transaction.atomic
def put_away(rows):
    """
    Put rows of one model into the trash: all of them, or none and `ProtectedError` if one is in use.

    Who does it is whom Wagtail's log knows: the signed-in user in the admin, nobody in a command.
    """
    if not rows:
        return
    model = type(rows[0])
    rows = list(model.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows]))
    used = {use.source for uses in uses_of(rows).values() for use in uses}
    if used:
        raise ProtectedError(f"In use: {', '.join(map(str, rows))}", used)
    for row in rows:
        _set_entry(row, enter(row))
        row.withdraw()
        if isinstance(row, index.Indexed):
            index.remove_object(row)
        log(row, "core.trash")


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


def in_trash(entry):
    """What the entry stands for; None if it is gone (deleted past us, in the database)."""
    model = entry.content_type.model_class()
    return model and model._base_manager.filter(pk=entry.object_id).first()


@transaction.atomic
def restore(entry):
    """Bring a row back, with what it refers to. Returns the row."""
    row = in_trash(entry)
    _set_entry(row, None)
    entry.delete()
    if isinstance(row, index.Indexed):
        index.insert_or_update_object(row)
    log(row, "core.untrash")
    return row


def _set_entry(row, entry):
    """Without saving the row: nothing else of it changes, not even by what `save()` derives."""
    type(row).everything.filter(pk=row.pk).update(trash=entry)
    row.trash = entry


def is_in_trash(thing):
    """Whether a row or page is in the trash."""
    return isinstance(thing, Trashable) and thing.trash_id is not None
