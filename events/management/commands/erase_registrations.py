"""`manage.py erase_registrations`: what the form promises about personal data (daily, deploy/)."""

from django.core.management.base import BaseCommand

from events.privacy import erase, overdue


class Command(BaseCommand):
    """Each event says how many days after its last date; counts stay."""

    help = "Erase the personal data of registrations whose days are over."

    def handle(self, **options):
        """Erase, and say how many."""
        registrations = overdue()
        for registration in registrations:
            erase(registration)
        self.stdout.write(f"Ištrinta registracijų duomenų: {len(registrations)}")
