"""What a new event begins with in the editor."""

from django.dispatch import receiver
from wagtail.signals import init_new_page

from core.models import SiteSettings
from events.models import EventDate, EventPage


@receiver(init_new_page, dispatch_uid="new-event")
def begin(sender, page, parent, **kwargs):
    """
    We organise it, and there is a row for its first date. No place: a wrong one that nobody looked at costs more than
    choosing it.
    """
    if isinstance(page, EventPage):
        page.organiser = SiteSettings.of_the_site().name
        page.dates = [EventDate()]
