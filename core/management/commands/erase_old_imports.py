"""`manage.py erase_old_imports`: tables that were uploaded to import and never imported (daily, deploy/)."""

from django.core.management.base import BaseCommand

from core.models import PendingImport
from core.models.imports import KEPT_FOR


class Command(BaseCommand):
    """An uploaded table may hold personal data: it is kept no longer than somebody may come back to it."""

    help = f"Erase uploaded tables that were not imported within {KEPT_FOR}."

    def handle(self, **options):
        """Erase, and say how many."""
        erased, _ = PendingImport.objects.outdated().delete()
        self.stdout.write(f"Ištrinta nebaigtų importų: {erased}")
