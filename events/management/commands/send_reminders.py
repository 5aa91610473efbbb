"""`manage.py send_reminders`: write to those who come tomorrow (hourly, deploy/)."""

from django.core.management.base import BaseCommand
from django.db import transaction

from events.reminders import due, remind
from outbox.delivery import as_message


class Command(BaseCommand):
    """Each registration is reminded of each date once, whenever and however often this runs."""

    help = "Write the reminders that are due; the outbox sends them."

    def add_arguments(self, parser):
        """Whether to print instead."""
        parser.add_argument("--dry-run", action="store_true", help="print the reminders instead of writing them")

    def handle(self, *, dry_run, **options):
        """Write or print, and say how many."""
        written = 0
        for registration, date in due():
            with transaction.atomic():
                letter = remind(registration, date)
                written += letter is not None
                if letter and dry_run:
                    self.stdout.write(as_message(letter).message().as_string())
                transaction.set_rollback(dry_run)
        self.stdout.write(f"{'Būtų parašyta' if dry_run else 'Parašyta'} priminimų: {written}")
