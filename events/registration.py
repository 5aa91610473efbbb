"""
Registering for events: the only place that makes, changes, cancels and promotes registrations.

Every function here that writes holds the event's row locked, so that two people at the same moment come one after the
other, and writes the letters that tell of it in the same transaction. Within the lock the rules are few:

* a place is held by a registration that is registered or promoted, as many places as it brings people;
* who comes when no place is left, or while others wait, waits;
* as soon as places are free, those who wait get them in the order in which they came; nobody is passed by.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from core.models import Audience
from core.visibility import reads_members_content
from events import letters
from events.models import (
    HOLDING,
    EventDate,
    EventPage,
    EventStatus,
    Registration,
    RegistrationMode,
    RegistrationState,
)


class OccasionState(StrEnum):
    """Whether one can register now."""

    NOT_YET = "not_yet"
    OPEN = "open"
    FULL = "full"  # only for the waiting list
    CLOSED = "closed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    OVER = "over"


# One can register: for a place, or for the waiting list.
ACCEPTING = (OccasionState.OPEN, OccasionState.FULL)


class NotOpen(Exception):
    """Registration is not open (any more): `state` says why."""

    def __init__(self, state):
        super().__init__(state)
        self.state = state


class AlreadyRegistered(Exception):
    """This address is registered for the occasion already: `registration`."""

    def __init__(self, registration):
        super().__init__(registration.pk)
        self.registration = registration


class NoPlaces(Exception):
    """More places are asked for than there are, or than there ever will be: `remaining` can be had."""

    def __init__(self, remaining):
        super().__init__(remaining)
        self.remaining = remaining


@dataclass(frozen=True)
class Occasion:
    """
    What one registers for: an event, or one date of it (`date`, else None).

    `tally` is how many people there are by state, where that has been counted for all occasions of the event together;
    without it everything that depends on it is asked from the database each time.
    """

    event: EventPage
    date: EventDate | None = None
    tally: Counter | None = field(default=None, compare=False)

    @property
    def opens_at(self):
        """When registration opens; None: at once."""
        return (self.date and self.date.registration_opens) or self.event.registration_opens

    @property
    def closes_at(self):
        """When it closes: as the editor says, at the latest when it begins; None where nothing is known."""
        start = self.starts_at
        said = (self.date and self.date.registration_closes) or self.event.registration_closes
        return min(filter(None, [said, start]), default=None)

    @property
    def starts_at(self):
        """When it begins: the date's start, or the start of the event's first date that stands; None without dates."""
        standing = [date for date in self.dates if date.status == EventStatus.SCHEDULED]
        return min((date.start for date in standing or self.dates), default=None)

    @property
    def over_at(self):
        """When its last date is over; None without dates."""
        return max((date.ends_at for date in self.dates), default=None)

    @property
    def dates(self):
        """The dates that one registers for: a list."""
        return [self.date] if self.date else self.event.ordered_dates

    @property
    def capacity(self):
        """How many people there is room for; None: any number."""
        return (self.date and self.date.capacity) or self.event.capacity

    def taken(self):
        """How many places are held."""
        if self.tally is not None:
            return sum(self.tally[state] for state in HOLDING)
        return Registration.objects.of(self).holding().people()

    def has_queue(self):
        """Whether somebody waits."""
        if self.tally is not None:
            return self.tally[RegistrationState.WAITING] > 0
        return Registration.objects.of(self).waiting().exists()

    def remaining(self):
        """How many places are free; None: any number."""
        return None if self.capacity is None else max(self.capacity - self.taken(), 0)

    def state(self):
        """Whether one can register now: an OccasionState."""
        now = timezone.now()
        statuses = {date.status for date in self.dates}
        if not self.dates or self.over_at < now:
            return OccasionState.OVER
        if EventStatus.SCHEDULED not in statuses:
            return OccasionState.POSTPONED if EventStatus.POSTPONED in statuses else OccasionState.CANCELLED
        if self.opens_at and now < self.opens_at:
            return OccasionState.NOT_YET
        if self.closes_at and now >= self.closes_at:
            return OccasionState.CLOSED
        if self.remaining() == 0 or self.has_queue():
            return OccasionState.FULL
        return OccasionState.OPEN

    @property
    def is_ahead(self):
        """Whether some date that stands has not begun: only then is a place of use to anybody."""
        now = timezone.now()
        return any(date.status == EventStatus.SCHEDULED and date.start > now for date in self.dates)

    def is_for(self, request):
        """Whether the reader behind `request` is among those who may register."""
        return self.event.registration_audience == Audience.PUBLIC or reads_members_content(request)


def occasions(event):
    """All that one can register for at an event, nearest first: a list of `Occasion`, counted by one query."""
    if event.registration == RegistrationMode.NONE:
        return []
    tallies = {}
    rows = Registration.objects.filter(event=event.pk).order_by()
    for date, state, people in rows.values_list("date", "state").annotate(people=Sum("people")):
        tallies.setdefault(date, Counter())[state] = people
    if event.registration == RegistrationMode.EVENT:
        return [Occasion(event, None, tallies.get(None, Counter()))]
    # A date that is only typed, in a preview, has no number yet.
    return [Occasion(event, date, tallies.get(date.pk or 0, Counter())) for date in event.ordered_dates]


def occasion_of(registration):
    """The occasion that a registration is for."""
    return Occasion(registration.event, registration.date)


def promote_all(event):
    """Give the free places of every occasion that anybody waits for. Returns how many were promoted."""
    waited_for = Registration.objects.filter(event=event.pk).waiting().order_by().values_list("date", flat=True)
    dates = {date.pk: date for date in event.dates.all()}
    return sum(promote(Occasion(event, dates.get(key))) for key in set(waited_for))


def place_in_queue(registration):
    """How many stand in the queue up to this one: 1 is the next to get a place."""
    before = Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lte=registration.pk)
    return Registration.objects.of(occasion_of(registration)).waiting().filter(before).count()


@transaction.atomic
def register(occasion, details, *, form_token=None, user=None, by_staff=False, notify=True):
    """
    Register somebody; the letter that confirms it (unless `notify` is off) goes out after the commit.

    Returns the Registration. `details` are its fields: name, organisation, email, phone, people, note, answers,
    wants_reminder. By staff: also when registration is closed. Raises `NotOpen`, `AlreadyRegistered`, or `NoPlaces`
    where so many would never find room. The same `form_token` with the same address again returns what it made the
    first time; with another address it is somebody else, written on the same form.
    """
    occasion = _locked(occasion)
    if form_token and (made := Registration.objects.filter(form_token=form_token).first()):
        if made.email_key == details["email"].strip().lower():
            return made
        form_token = None
    if not by_staff:
        if (state := occasion.state()) not in ACCEPTING:
            raise NotOpen(state)
        if occasion.capacity is not None and details.get("people", 1) > occasion.capacity:
            raise NoPlaces(occasion.capacity)
    registration = Registration(
        event=occasion.event, date=occasion.date, form_token=form_token, user=user, by_staff=by_staff, **details
    )
    _refuse_twin(registration, occasion)
    _seat(registration, occasion)
    registration.save()
    if notify:
        letters.received(registration)
    return registration


@transaction.atomic
def change(registration, details, *, by_staff=False, notify=False):
    """
    Change what somebody has told: fields as for `register`. With `notify` the confirmation goes out anew.

    More people than there is room for, or while others wait: `NoPlaces`. More people when registration is closed, or
    anything when it is cancelled or over: `NotOpen`, unless by staff. An address that is registered already:
    `AlreadyRegistered`. Then nothing is changed. Fewer people: who waits moves up.
    """
    occasion = _locked_with(registration)
    state = occasion.state()
    if not by_staff and (state == OccasionState.OVER or not registration.is_active):
        raise NotOpen(state)
    more = details.get("people", registration.people) - registration.people
    if more > 0:
        if not by_staff and state not in ACCEPTING:
            raise NotOpen(state)
        _refuse_too_many(registration, occasion, more)
    if not by_staff and details.get("note", registration.note) != registration.note:
        registration.note_read_at = None
    for name, value in details.items():
        setattr(registration, name, value)
    if registration.is_active:
        _refuse_twin(registration, occasion)
    registration.save()
    if notify and registration.is_active:
        letters.received(registration)
    promote(occasion)


@transaction.atomic
def cancel(registration, *, by_staff=False, notify=True):
    """Give the place back, or leave the waiting list. Who waits moves up. Twice is once: returns whether it changed."""
    occasion = _locked_with(registration)
    if not registration.is_active:
        return False
    registration.state = RegistrationState.CANCELLED_BY_STAFF if by_staff else RegistrationState.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.save()
    if notify:
        letters.cancelled(registration)
    promote(occasion)
    return True


@transaction.atomic
def move(registration, target, *, notify=True):
    """
    Move a registration to another occasion of the same event: a place there if there is one, else the queue.

    Where it is already, or is cancelled, nothing is moved: returns whether it was.
    """
    left = _locked_with(registration)
    if not registration.is_active or registration.date_id == (target.date.pk if target.date else None):
        return False
    target = _locked(target)
    _refuse_twin(registration, target)
    registration.date = target.date
    _seat(registration, target)
    registration.save()
    if notify:
        letters.moved(registration)
    promote(left)
    return True


@transaction.atomic
def give_place(registration, *, notify=True):
    """
    Staff let somebody in from the waiting list out of turn, though it be one more than the room is for.

    Twice is once: returns whether it changed.
    """
    _locked_with(registration)
    if registration.state != RegistrationState.WAITING:
        return False
    _promote(registration, notify)
    return True


@transaction.atomic
def promote(occasion):
    """Give free places to those who wait, in their order; nobody is passed by. Returns how many were promoted."""
    occasion = _locked(occasion)
    if not (occasion.event.live and occasion.is_ahead):
        return 0
    remaining, promoted = occasion.remaining(), 0
    for registration in Registration.objects.of(occasion).waiting():
        if remaining is not None:
            if registration.people > occasion.capacity:  # they came when there was more room; it will not be again
                continue
            if registration.people > remaining:
                break
            remaining -= registration.people
        _promote(registration)
        promoted += 1
    return promoted


def _promote(registration, notify=True):
    registration.state = RegistrationState.PROMOTED
    registration.promoted_at = timezone.now()
    registration.save()
    if notify:
        letters.promoted(registration)


def _refuse_twin(registration, occasion):
    """Raise where the address has a registration for the occasion. Without an address (by staff) there is no twin."""
    key = registration.email.strip().lower()
    twins = Registration.objects.of(occasion).active().exclude(pk=registration.pk)
    if key and (twin := twins.filter(email_key=key).first()):
        raise AlreadyRegistered(twin)


def _refuse_too_many(registration, occasion, more):
    """Raise where `more` people than before find no room, now or (of who waits) ever."""
    if occasion.capacity is None:
        return
    if registration.holds_a_place:
        remaining = 0 if occasion.has_queue() else occasion.remaining()
        if more > remaining:
            raise NoPlaces(remaining)
    elif registration.people + more > occasion.capacity:
        raise NoPlaces(occasion.capacity - registration.people)


def _seat(registration, occasion):
    """A place where there is one and nobody waits for it, else the end of the queue. The event is locked."""
    remaining = occasion.remaining()
    queue = Registration.objects.of(occasion).waiting().exclude(pk=registration.pk)
    has_room = remaining is None or (registration.people <= remaining and not queue.exists())
    registration.state = RegistrationState.REGISTERED if has_room else RegistrationState.WAITING
    registration.queued_at = None if has_room else timezone.now()


def _locked(occasion):
    """The occasion as it is now, its event's row locked until the transaction ends."""
    return _occasion(_event_locked(occasion.event.pk), occasion.date and occasion.date.pk)


def _locked_with(registration):
    """The occasion that a registration is for now, locked like `_locked`; the registration is read anew."""
    event = _event_locked(registration.event_id)
    registration.refresh_from_db()
    return _occasion(event, registration.date_id)


def _event_locked(pk):
    return EventPage.objects.select_for_update(of=("self",)).get(pk=pk)


def _occasion(event, date):
    if date is None:
        return Occasion(event)
    found = event.dates.filter(pk=date).first()
    if found is None:
        raise NotOpen(OccasionState.CANCELLED)
    return Occasion(event, found)
