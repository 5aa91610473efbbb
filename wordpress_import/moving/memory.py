"""What was brought before: `ImportedItem` rows of one old site, read once, written only where something is new."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.visibility import TRASH_PATH
from wordpress_import.addresses import folded
from wordpress_import.models import ImportedItem, Verdict

# Of a row: what does not by itself make it worth writing.
NOT_NEWS = ("imported_at",)


def remark(code, text):
    """A sentence for the editor, as `ImportedItem.remarks` keeps it."""
    return {"code": code, "text": text}


class Memory:
    """The items of one old site that are known, by kind and number."""

    def __init__(self, source):
        self.source = source
        self._rows = {(row.kind, row.number): row for row in ImportedItem.objects.of(source)}
        self.written = 0

    def row(self, kind, number):
        """What is known of an item; None if it was never met."""
        return self._rows.get((kind, number))

    def rows(self):
        """All that is known."""
        return self._rows.values()

    def of_item(self, item):
        """The row of an item, new ones not yet written; what the export says of it is entered."""
        row = self.row(item.kind, item.number) or ImportedItem(source=self.source, kind=item.kind, number=item.number)
        row.status, row.title = item.status[:50], item.title or ""
        row.old_address = item.link or ""
        row.old_path = folded(row.old_address)
        return row

    def keep(self, row):
        """Write a row if anything in it is new. Within the transaction of what it tells of."""
        stored = ImportedItem.objects.filter(pk=row.pk).first() if row.pk else None
        if stored is not None and not _differ(row, stored):
            return False
        row.imported_at = timezone.now()
        if stored is not None and (stored.verdict, stored.remarks, stored.digest) != (
            row.verdict,
            row.remarks,
            row.digest,
        ):
            row.checked_at = row.checked_by = None  # what was ticked off has changed
        row.save()
        self.written += 1
        key = (row.kind, row.number)
        self._rows[key] = row
        return True

    def forget_changes(self, kind, number):
        """After a transaction that was undone: what the database says of this item."""
        stored = ImportedItem.objects.filter(source=self.source, kind=kind, number=number).first()
        if stored is None:
            self._rows.pop((kind, number), None)
        else:
            self._rows[kind, number] = stored
        return stored

    def fail(self, item, error_remark):
        """Remember that an item could not be brought, in a transaction of its own."""
        self.forget_changes(item.kind, item.number)
        row = self.of_item(item)
        row.verdict, row.remarks, row.digest = Verdict.FAILED, [error_remark], ""
        with transaction.atomic():
            self.keep(row)
        return row


def _differ(row, stored):
    return any(
        getattr(row, field.attname) != getattr(stored, field.attname)
        for field in ImportedItem._meta.concrete_fields
        if field.name not in NOT_NEWS
    )


def thing_of(row):
    """What an item has become, as it is stored now; None if that is nothing, was deleted or is in the trash."""
    if row is None or row.object_id is None or row.content_type_id is None:
        return None
    thing = row.content_type.model_class()._base_manager.filter(pk=row.object_id).first()
    hidden = thing.url_path.startswith(TRASH_PATH) if isinstance(thing, Page) else getattr(thing, "trash_id", None)
    return None if hidden else thing


def page_of(row):
    """The page that an item has become, as its own type; None if that is none, was deleted or is in the trash."""
    thing = thing_of(row)
    return thing if isinstance(thing, Page) else None


def was_deleted(row):
    """Whether what an item had become was deleted since by somebody."""
    return row is not None and row.object_id is not None and thing_of(row) is None


def is_touched(page, row):
    """
    Whether somebody has changed the page since it was brought: written in it, locked, withdrawn or published it.

    Where it stands and what stands around it are not the import's to say.
    """
    if page.latest_revision_id != row.revision or page.locked or page.current_workflow_state:
        return True
    stands = row.left_as
    if stands.get("own"):
        return page.has_unpublished_changes
    restrictions = list(page.view_restrictions.values_list("restriction_type", flat=True))
    if row.verdict == Verdict.BEGUN:
        return page.live or bool(restrictions)
    if bool(stands.get("live")) != page.live and not (stands.get("scheduled") and page.live):
        return True
    return restrictions != (["password"] if stands.get("password") else [])
