"""
Events as iCalendar (RFC 5545): one VEVENT per date, times in UTC, all-day dates as days.

UTC and not a VTIMEZONE: readers disagree about generated VTIMEZONE blocks on the two clock-change days, while all of
them agree about UTC (docs/decisions.md).
"""

from datetime import UTC, timedelta

from django.http import HttpResponse
from icalendar import Calendar, Event, vDate, vDatetime, vText

from core.models import SiteSettings
from core.structured_data import absolute

PRODID = "-//Vietos veiklos grupe//Renginiai//LT"
STATUSES = {"scheduled": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}


def calendar_response(dates, request, name):
    """`dates` (EventDate rows, event and places at hand) as a calendar file named `name`.ics."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{SiteSettings.for_request(request).short_name}: renginiai")
    for date in dates:
        calendar.add_component(vevent(date, request))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def vevent(date, request):
    """One date as a VEVENT."""
    event = date.event
    component = Event()
    component.add("uid", date.calendar_uid)
    changed = (event.last_published_at or event.first_published_at).astimezone(UTC)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("summary", event.title)
    if date.all_day:
        component["dtstart"] = vDate(date.first_day)
        # RFC 5545: the end of an all-day event is the day after its last.
        component["dtend"] = vDate(date.last_day + timedelta(days=1))
        for name in ("dtstart", "dtend"):
            component[name].params["VALUE"] = "DATE"
    else:
        component["dtstart"] = vDatetime(date.start.astimezone(UTC))
        if date.end:
            component["dtend"] = vDatetime(date.end.astimezone(UTC))
    component.add("status", STATUSES[date.status])
    if date.place:
        component.add("location", vText(date.place.full_name))
    component.add("description", "\n\n".join(filter(None, [date.note, event.summary])))
    component.add("url", absolute(event.get_url(request)))
    return component
