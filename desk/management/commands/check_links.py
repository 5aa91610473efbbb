"""`manage.py check_links`: look through all pages, then ask other sites whether they still answer (daily, deploy/)."""

from django.core.management.base import BaseCommand

from desk.findings import look_through_everything
from desk.links.checking import LIMIT, check_links
from desk.links.collecting import collect_everything


class Command(BaseCommand):
    """A link is asked at most once a day; it is called dead after failing on three days."""

    help = "Look through all published pages, collect their links, ask the external ones that are due."

    def add_arguments(self, parser):
        """How many at most."""
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"ask at most so many links (usually {LIMIT})")

    def handle(self, *, limit, **options):
        """Collect, ask, say how many."""
        look_through_everything()
        collect_everything()
        asked, failed = check_links(limit=limit)
        self.stdout.write(f"Patikrinta nuorodų: {asked}, neatsakė: {failed}")
