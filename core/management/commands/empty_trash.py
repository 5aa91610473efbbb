"""`manage.py empty_trash`: away for good with what has been in the trash for thirty days."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import ProtectedError

from core import trash
from core.models import TrashEntry


class Command(BaseCommand):
    """Oldest first, so that what uses something goes before it. What is still needed waits for the next time."""

    help = "Delete for good what has been in the trash for 30 days."

    def handle(self, *, verbosity, **options):
        """Each by itself: one that cannot go holds up none of the others."""
        gone = 0
        for entry in TrashEntry.objects.outdated():
            try:
                with transaction.atomic():
                    trash.purge(entry)
                gone += 1
            except ProtectedError as error:
                self.stderr.write(f"Liko „{entry.label}“: {error.args[0]}")
        if verbosity:
            self.stdout.write(f"Ištrinta galutinai: {gone}.")
