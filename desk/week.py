"""The dates of the next seven days, day by day, with how full they are."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import page_permission_policy

from core.visibility import visible
from events.admin.views import LOOK, POLICY
from events.models import EventDate, EventStatus, Registration, RegistrationMode
from events.registration import Occasion

DAYS = 7


@dataclass(frozen=True)
class WeekDate:
    """One date with its occasion (None where nobody registers) and where its title leads to ("" nowhere)."""

    date: EventDate
    occasion: Occasion | None
    url: str

    @property
    def stands(self):
        """Whether it is neither cancelled nor postponed."""
        return self.date.status == EventStatus.SCHEDULED


def week_for(request):
    """What is on from today for a week: a list of (day, [WeekDate, …]). Four queries, whatever there is."""
    today = timezone.localdate()
    first = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    dates = list(visible(EventDate.objects.all(), request).for_lists().between(timezone.now(), _after(first)))
    tallies = _tallies({date.event_id for date in dates})
    looks = POLICY.user_has_any_permission(request.user, LOOK)
    edited = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    edited = set(edited.filter(pk__in={date.event_id for date in dates}).values_list("pk", flat=True))
    rows = [WeekDate(date, _occasion(date, tallies), _url(date, looks, date.event_id in edited)) for date in dates]
    return [(day, list(rows)) for day, rows in groupby(rows, key=lambda row: max(row.date.first_day, today))]


def _after(first):
    """The midnight that ends the week, as the clock on the wall says."""
    return timezone.make_aware((first + timedelta(days=DAYS)).replace(tzinfo=None))


def _tallies(events):
    """How many people there are: {(event, date or None): Counter by state}."""
    tallies = {}
    rows = Registration.objects.filter(event__in=events).order_by()
    for event, date, state, people in rows.values_list("event", "date", "state").annotate(people=Sum("people")):
        tallies.setdefault((event, date), Counter())[state] = people
    return tallies


def _occasion(date, tallies):
    mode = date.event.registration
    if mode == RegistrationMode.NONE:
        return None
    own = date if mode == RegistrationMode.DATE else None
    return Occasion(date.event, own, tallies.get((date.event_id, own and own.pk), Counter()))


def _url(date, looks, edits):
    """Who comes, for who may see it; else the page's editor."""
    if looks and date.event.registration != RegistrationMode.NONE:
        return reverse("registrations:event", args=[date.event_id])
    return reverse("wagtailadmin_pages:edit", args=[date.event_id]) if edits else ""
