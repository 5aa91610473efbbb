"""When an event was, by the fields of WordPress's commonest plugins for events."""

from datetime import UTC, datetime, time

from django.utils import timezone

from events.calendar import YEARS
from events.models import EventDate


def date_of(item):
    """The date of an event as an unsaved `EventDate`; None where its fields do not say when it was."""
    for read in (_the_events_calendar, _events_manager, _modern_events_calendar, _eventon):
        start, end, all_day = read(item)
        if start and start.year in YEARS:
            end = end if end and end >= start and end.year in YEARS else None
            return EventDate(start=start, end=end, all_day=all_day)
    return None


def venue_number(item):
    """The number of the item that is the event's venue, or 0."""
    return _whole(item.first_meta("_EventVenueID") or item.first_meta("_location_id"))


def _the_events_calendar(item):
    return (
        _local(item.first_meta("_EventStartDate")),
        _local(item.first_meta("_EventEndDate")),
        _is_yes(item.first_meta("_EventAllDay")),
    )


def _events_manager(item):
    all_day = _is_yes(item.first_meta("_event_all_day"))
    start, end = (
        _local(f"{day} {item.first_meta(f'_event_{name}_time') or '00:00:00'}") if day else None
        for name in ("start", "end")
        for day in [item.first_meta(f"_event_{name}_date")]
    )
    return start, end, all_day


def _modern_events_calendar(item):
    all_day = _is_yes(item.first_meta("mec_allday"))

    def moment(name):
        day = _local(f"{item.first_meta(f'mec_{name}_date')} 00:00:00")
        seconds = _whole(item.first_meta(f"mec_{name}_day_seconds"))
        # By the clock on the wall: the day of a clock change has other seconds.
        minutes, seconds = divmod(min(seconds, 86399), 60)
        clock = time(*divmod(minutes, 60), seconds)
        return _at(timezone.localtime(day).date(), clock) if day else None

    return moment("start"), moment("end"), all_day


def _eventon(item):
    """Its moments are seconds since 1970 of a clock that shows local time."""

    def moment(name):
        seconds = _whole(item.first_meta(f"evcal_{name}"))
        if not 0 < seconds < 4_102_444_800:
            return None
        wall = datetime.fromtimestamp(seconds, UTC)
        return _at(wall.date(), wall.time())

    return moment("srow"), moment("erow"), _is_yes(item.first_meta("evcal_allday"))


def _local(text):
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return _at(moment.date(), moment.time().replace(tzinfo=None)) if moment.year in YEARS else None


def _at(day, clock):
    return timezone.make_aware(datetime.combine(day, time(clock.hour, clock.minute, clock.second)))


def _whole(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _is_yes(text):
    return text.strip().lower() in ("yes", "1", "true", "on")
