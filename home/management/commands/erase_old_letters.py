"""`erase_old_letters`: what the privacy page promises about letters from the contact form."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.models import ContactMessage

# The privacy page names the same number of days.
KEPT_DAYS = 90


class Command(BaseCommand):
    """Erase the letters that were received more than `KEPT_DAYS` days ago, sent on or not."""

    help = f"Erase letters from the contact form that are older than {KEPT_DAYS} days (daily, deploy/)."

    def handle(self, **options):
        """Erase, and say how many."""
        oldest_kept = timezone.now() - timedelta(days=KEPT_DAYS)
        erased, _ = ContactMessage.everything.filter(received_at__lt=oldest_kept).purge()
        self.stdout.write(f"Ištrinta laiškų (letters erased): {erased}")
