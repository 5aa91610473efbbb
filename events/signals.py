"""What follows when an event is published."""

from wagtail.signals import page_published

from events.models import EventPage, RegistrationMode
from events.registration import promote_all


def give_new_places(sender, instance, **kwargs):
    """An editor may have made more room, or let a cancelled date stand again: who waits gets the places."""
    if instance.registration != RegistrationMode.NONE:
        promote_all(instance)


page_published.connect(give_new_places, sender=EventPage)
