"""`manage.py erase_outdated_letters`: what the outbox need not keep any longer (daily, deploy/)."""

from django.core.management.base import BaseCommand

from outbox.models import SENT_KEPT, UNSENT_KEPT, Letter


class Command(BaseCommand):
    """Letters hold names and addresses: they are kept as long as somebody may ask whether they went."""

    help = f"Erase letters {SENT_KEPT.days} days after they were sent, unsent ones after {UNSENT_KEPT.days} days."

    def handle(self, **options):
        """Erase, and say how many."""
        erased, _ = Letter.objects.outdated().delete()
        self.stdout.write(f"Ištrinta siųstų laiškų: {erased}")
