"""What somebody has uploaded to import and has not imported yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# An upload may hold personal data: it is kept no longer than somebody may need to correct its columns.
KEPT_FOR = timedelta(hours=24)


class PendingImportQuerySet(models.QuerySet):
    """The language of uploads."""

    def outdated(self):
        """Those that nobody has come back to in time."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class PendingImport(models.Model):
    """
    A table on its way into a register (`core.imports`): read, shown as a dry run, gone once it is imported or given up.

    `register` is the label of the model. `rows` are pairs of a row's number in the file and its cells; `columns` says
    for each cell which field it is, "" for none. Its user alone sees it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="naudotojas", on_delete=models.CASCADE, related_name="+"
    )
    register = models.CharField("registras", max_length=100)
    file_name = models.CharField("failas", max_length=200)
    headings = models.JSONField("antraštės")
    rows = models.JSONField("eilutės")
    columns = models.JSONField("stulpeliai")
    created_at = models.DateTimeField("įkelta", default=timezone.now, db_index=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "nebaigtas importas"
        verbose_name_plural = "nebaigti importai"
        default_permissions = ()

    def __str__(self):
        return self.file_name
