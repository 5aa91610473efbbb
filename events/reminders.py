"""Reminding people of what they have registered for, the day before."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from events import letters
from events.models import HOLDING, EventDate, EventPage, EventStatus, Registration

# From this hour of the day before: nobody is woken, and there is time to tell that one cannot come.
FROM = time(9)


def begins_at(date):
    """From when on people are reminded of an EventDate: a moment."""
    return timezone.make_aware(datetime.combine(date.first_day - timedelta(days=1), FROM))


def due():
    """
    Whom to remind of what now: a list of (Registration, EventDate).

    A date that stands and is not over (an all-day one: not begun), of an event that is published; people who have a
    place, want to be reminded and had registered before the time of reminding: the others have just been written to.
    """
    now = timezone.now()
    dates = EventDate.objects.filter(
        event__live=True, status=EventStatus.SCHEDULED, start__gt=now, start__lt=now + timedelta(days=2)
    )
    return [
        (registration, date)
        for date in dates.select_related("event").in_order()
        if begins_at(date) <= now
        for registration in Registration.objects.filter(event=date.event_id, state__in=HOLDING)
        .filter(wants_reminder=True, erased_at=None, created_at__lt=begins_at(date))
        .exclude(email="")
        .exclude(promoted_at__gte=begins_at(date))
        .order_by("pk")
        if registration.date_id in (None, date.pk)
    ]


@transaction.atomic
def remind(registration, date):
    """Write the reminder, unless it was written before or things have changed since. Returns the Letter or None."""
    EventPage.objects.select_for_update(of=("self",)).get(pk=date.event_id)
    registration.refresh_from_db()
    date.refresh_from_db()
    if not (registration.holds_a_place and registration.wants_reminder and date.status == EventStatus.SCHEDULED):
        return None
    return letters.reminder(registration, date)
