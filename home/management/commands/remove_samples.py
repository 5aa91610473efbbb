"""`manage.py remove_samples`: away with the made-up events, members and their organisations."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError

from events.models import EventPage
from members.models import Member
from partners.models import Organisation

MARK = "(pavyzdys)"


class Command(BaseCommand):
    """
    A sample is what is flagged as one and still says so: an entry whose name an editor has made a real one stays. So
    does a sample that something real hangs on: an organisation in a register, an event that people have registered for,
    a member for whom somebody acts.
    """

    help = "Remove the sample events, members and organisations. Nothing real is touched."

    def add_arguments(self, parser):
        """Whether to ask first."""
        parser.add_argument("--yes", action="store_true", help="do not ask")

    @transaction.atomic
    def handle(self, *, yes, **options):
        """Count, ask, remove, tell."""
        events = EventPage.objects.filter(is_sample=True, title__contains=MARK)
        members = [member for member in Member.objects.filter(is_sample=True) if MARK in str(member)]
        organisations = Organisation.objects.filter(is_sample=True, name__contains=MARK)
        found = f"renginių {events.count()}, narių {len(members)}, organizacijų {organisations.count()}"
        if not any((events, members, organisations)):
            self.stdout.write("Pavyzdžių nėra.")
            return
        if not yes and not self.agreed(f"Pašalinti pavyzdžius ({found})? [t/N] "):
            raise CommandError("Nothing was removed.")
        gone = [sum(map(remove_unless_used, rows)) for rows in (events, members, organisations)]
        self.stdout.write("Pašalinta: renginių {}, narių {}, organizacijų {}.".format(*gone))
        for event in EventPage.objects.filter(is_sample=True, title__contains=MARK):
            self.stdout.write(f"Liko „{event.title}“: į jį yra užsiregistravusių.")
        for member in Member.objects.filter(is_sample=True).exclude(delegates=None):
            self.stdout.write(f"Liko „{member}“: turi atstovų.")

    def agreed(self, question):
        """Whether the person at the terminal says yes. Where there is none, nobody does."""
        if not sys.stdin.isatty():
            raise CommandError("There is nobody to ask: say --yes.")
        return input(question).strip().lower() in ("t", "taip", "y", "yes")


def remove_unless_used(row):
    """Delete a row, unless one that stays refers to it. Returns whether it is gone."""
    try:
        with transaction.atomic():
            row.purge() if hasattr(row, "purge") else row.delete()
    except ProtectedError:
        return False
    return True
