"""`manage.py send_letters`: send what waits in the outbox (every minute, deploy/)."""

from django.core.management.base import BaseCommand

from outbox.delivery import as_message, deliver
from outbox.models import Letter


class Command(BaseCommand):
    """Letters that were not sent at once, and those whose next try is due."""

    help = "Send the letters that are due. Failures are kept and tried again later."

    def add_arguments(self, parser):
        """Whether to print instead."""
        parser.add_argument("--dry-run", action="store_true", help="print the letters instead of sending them")

    def handle(self, *, dry_run, **options):
        """Send or print, and say how many."""
        letters = list(Letter.objects.due())
        if dry_run:
            for letter in letters:
                self.stdout.write(as_message(letter).message().as_string())
            self.stdout.write(f"Būtų išsiųsta: {len(letters)}")
            return
        sent = sum(deliver(letter) for letter in letters)
        self.stdout.write(f"Išsiųsta: {sent} iš {len(letters)}")
