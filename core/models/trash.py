"""
What was deleted and can still be brought back: rows of registers, pictures, documents, pages.

A row in the trash stays in its table, with its number, its file and whatever refers to it, and carries its entry in
`trash`; the model's usual manager does not find it, `everything` does. A page is moved out of the site instead, since
the tables of pages are Wagtail's (`core.trash_pages`). What deleting, restoring and purging mean is said in
`core.trash`.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

# How long what was deleted can be brought back.
KEPT = timedelta(days=30)


class TrashEntryQuerySet(models.QuerySet):
    """The language of the trash."""

    def outdated(self):
        """What has been there long enough, oldest first."""
        return self.filter(trashed_at__lte=timezone.now() - KEPT).order_by("trashed_at", "pk")


class TrashEntry(models.Model):
    """
    One thing in the trash: what, since when, by whom.

    `page_state` is what a page needs to come back (`core.trash_pages`); None for everything else.
    """

    content_type = models.ForeignKey(ContentType, verbose_name="rūšis", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(editable=False)
    label = models.CharField("pavadinimas", max_length=255)
    folded = models.CharField(max_length=255, editable=False)
    trashed_at = models.DateTimeField("ištrinta", default=timezone.now, db_index=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ištrynė", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_state = models.JSONField(null=True, editable=False)

    objects = TrashEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ištrintas įrašas"
        verbose_name_plural = "ištrinti įrašai"
        default_permissions = ()
        permissions = [("purge_trashentry", "Gali ištrinti galutinai")]
        ordering = ["-trashed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="trash_entry_once")]

    def __str__(self):
        return self.label

    @property
    def who(self):
        """The name of who deleted it; "" for a command, and for somebody who is no more."""
        return self.trashed_by.get_full_name() or self.trashed_by.get_username() if self.trashed_by else ""

    @property
    def gone_on(self):
        """The moment after which it is purged."""
        return self.trashed_at + KEPT

    @property
    def days_left(self):
        """How many days it can still be restored: a whole number, 0 on the last day."""
        return max((self.gone_on - timezone.now()).days, 0)


class TrashableQuerySet(models.QuerySet):
    """Rows that are put into the trash instead of being deleted."""

    def delete(self):
        """Put them into the trash, one by one; none if one of them is in use. What Django's `delete()` returns."""
        from core import trash  # it knows the models

        rows = list(self)
        trash.put_away(rows)
        return len(rows), {self.model._meta.label: len(rows)}

    delete.alters_data = True
    delete.queryset_only = True

    def purge(self):
        """Delete them for good, files and all. What Django's `delete()` returns, without their entries in the trash."""
        entries = list(self.filter(trash__isnull=False).values_list("trash_id", flat=True))
        gone = super().delete()
        TrashEntry.objects.filter(pk__in=entries).delete()
        return gone

    purge.alters_data = True
    purge.queryset_only = True


class KeptManager(models.Manager.from_queryset(TrashableQuerySet)):
    """Finds what is not in the trash."""

    def get_queryset(self):
        """Rows without an entry in the trash."""
        return super().get_queryset().filter(trash__isnull=True)


class Trashable(models.Model):
    """A row that `delete()` puts into the trash, wherever it is called from; `purge()` deletes it for good."""

    trash = models.OneToOneField(TrashEntry, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")

    objects = KeptManager()
    everything = TrashableQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        """Put it into the trash; ProtectedError if it is in use. What Django's `delete()` returns."""
        from core import trash  # it knows the models

        trash.put_away([self])
        return 1, {self._meta.label: 1}

    def purge(self):
        """Delete it for good, files and all. What Django's `delete()` returns."""
        gone = super().delete()
        TrashEntry.objects.filter(pk=self.trash_id).delete()
        return gone

    def withdraw(self):
        """Take back what readers could still reach while it is in the trash."""

    def validate_unique(self, exclude=None):
        """
        Refuse, beside the field, what belongs to a row in the trash.

        Such a row keeps its address and its organisation, so that it can come back; Django asks the usual manager,
        which does not find it, and the database would answer with an error.
        """
        super().validate_unique(exclude)
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            if not field.unique or field.primary_key or value is None or field.name in (exclude or ()):
                continue
            taken = type(self).everything.exclude(pk=self.pk).filter(trash__isnull=False, **{field.attname: value})
            if row := taken.first():
                raise ValidationError(
                    {
                        field.name: f"Toks įrašas („{row}“) yra šiukšlinėje. Grąžinkite jį iš ten (meniu „Šiukšlinė“) "
                        "arba įrašykite kitą reikšmę."
                    },
                    code="in_trash",
                )
