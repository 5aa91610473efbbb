"""`manage.py erase_missed_searches`: what was searched for in vain more than 90 days ago (daily, deploy/)."""

from django.core.management.base import BaseCommand

from search.missed import erase_outdated


class Command(BaseCommand):
    """Only counts are kept, and those no longer than the report shows them."""

    help = "Erase counts of searches that found nothing more than 90 days ago."

    def handle(self, **options):
        """Erase, and say how many."""
        self.stdout.write(f"Ištrinta nerastų paieškų: {erase_outdated()}")
