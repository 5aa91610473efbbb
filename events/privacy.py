"""Erasing what registrations know of people; that somebody came, and how many, is kept."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events import letters
from events import registration as service
from events.models import EventPage, Registration
from outbox.models import Letter


def overdue():
    """Registrations whose data are kept no longer: `retention_days` after the last date of their event. A list."""
    now = timezone.now()
    found = []
    kept = Registration.objects.filter(erased_at=None)
    for event in EventPage.objects.filter(pk__in=kept.values("event")).annotate(last=Max("dates__over_at")):
        days = timedelta(days=event.retention_days)
        # Of an event without dates nobody knows when it is over: then the days count from the registration.
        found += [one for one in kept.filter(event=event) if (event.last or one.created_at) + days < now]
    return found


@transaction.atomic
def erase(registration):
    """
    Blank the personal data of a registration and erase the letters about it.

    Where it still wants to come it is cancelled first, without a word, so that the place goes to who waits.
    """
    if service.occasion_of(registration).state() != service.OccasionState.OVER:
        service.cancel(registration, notify=False)
    Letter.objects.filter(about=letters.about(registration)).delete()
    registration.name = registration.organisation = registration.email = registration.phone = registration.note = ""
    registration.answers, registration.user, registration.form_token = [], None, None
    registration.erased_at = timezone.now()
    registration.save()
