"""
Dates that change after others know of them: none is lost, and who has registered is told.

An event is saved from a form, a workflow, a schedule, an old revision, the event it is an alias of. Whatever the way:
`keep` runs before the save and `tell` after it, in its transaction (`EventPage.save`).
"""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import F
from django.utils import timezone

from core.structured_data import absolute
from events.ical import attachment
from events.letters import about, manage_url
from events.models import EventDate, EventPage, EventStatus, Registration
from outbox.models import LetterKind
from outbox.post import post


def keep(event):
    """
    Prepare `event` for being saved. Returns its dates as they are stored: {pk: EventDate}.

    Its row stays locked until the transaction ends, so that nobody registers meanwhile. Dates that come without their
    number (of an alias) get it back; one that may not be deleted comes back, cancelled unless it is over; where the
    place of all dates changes, calendars are told.
    """
    stored = EventPage.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
    if stored is None:
        return {}
    known = {date.pk: date for date in stored.ordered_dates}
    given = {date.uid: date for date in event.dates.all()}
    for date in known.values():
        if date.uid in given:
            given[date.uid].pk = date.pk
    now = timezone.now()
    for date in EventDate.objects.filter(event=stored).to_keep(now):
        if date.uid not in given:
            if date.ends_at >= now:
                date.status = EventStatus.CANCELLED
            event.dates.add(date)
    moved = [date.pk for date in known.values() if not date.venue_id] if event.venue_id != stored.venue_id else []
    if event.online_url != stored.online_url:
        moved = list(known)
    EventDate.objects.filter(pk__in=moved).update(sequence=F("sequence") + 1, changed_at=now)
    return known


def tell(event, known):
    """Write to everybody registered for a date of the saved `event` that is not what it was in `known` (see `keep`)."""
    registrations = Registration.objects.filter(event=event, erased_at=None).active().exclude(email="")
    if not event.live or not registrations.exists():
        return
    event, now = EventPage.objects.get(pk=event.pk), timezone.now()
    changes = [Change(known[date.pk], date) for date in event.ordered_dates if date.pk in known]
    changes = [change for change in changes if change.words and change.over_at >= now]
    for registration in registrations.select_related("user"):
        registration.event = event
        if not registration.may_be_told:
            continue
        if own := [change for change in changes if registration.date_id in (None, change.after.pk)]:
            _write(registration, event, own)


@dataclass(frozen=True)
class Change:
    """One date, before and after its event was saved."""

    before: EventDate
    after: EventDate

    @property
    def over_at(self):
        """When nobody needs to be told any more."""
        return max(self.before.ends_at, self.after.ends_at)

    @property
    def words(self):
        """What those who come must know: (word, what was, what will be) each; "" for a past that does not matter."""
        before, after = self.before, self.after
        if after.status != EventStatus.SCHEDULED:
            same = after.status == before.status
            return [] if same else [(after.get_status_display(), "", before.when_text)]
        found = []
        if before.status != EventStatus.SCHEDULED:
            found.append(("Vyks", "", after.when_text))
        elif before.when_text != after.when_text:
            found.append(("Pakeistas laikas", before.when_text, after.when_text))
        if before.place != after.place:
            places = [place.full_name if place else "dar nepaskelbta" for place in (before.place, after.place)]
            found.append(("Pakeista vieta", *places))
        if before.event.online_url != after.event.online_url:
            found.append(("Pakeistas prisijungimo adresas", "", after.event.online_url or "nuotoliu nebus"))
        return found


def _write(registration, event, changes):
    """The letter about these changes, once: a date that changes again has another number."""
    words = dict.fromkeys(word for change in changes for word, *_ in change.words)
    subject = f"{next(iter(words)) if len(words) == 1 else 'Pakeitimai'}: {event.title}"
    dates = [change.after for change in changes]
    versions = str([(date.pk, date.sequence) for date in dates])
    calendar = {}
    if registration.holds_a_place:  # who waits has nothing in the calendar
        calendar = {"calendar": attachment(dates), "calendar_name": f"{event.slug}.ics"}
    return post(
        LetterKind.CHANGE,
        registration.email,
        subject,
        "date_changed",
        {
            "registration": registration,
            "event": event,
            "changes": changes,
            "stands": any(date.status != EventStatus.CANCELLED for date in dates),
            "event_url": absolute(event.get_url() or "/"),
            "manage_url": manage_url(registration),
        },
        key=f"change:{registration.pk}:{sha256(versions.encode()).hexdigest()}",
        expires_at=max(change.over_at for change in changes),
        about=about(registration),
        **calendar,
    )
