"""
Events as iCalendar (RFC 5545): one VEVENT per date, times in UTC, all-day dates as days.

UTC and not a VTIMEZONE: readers disagree about generated VTIMEZONE blocks on the two clock-change days, while all of
them agree about UTC (docs/decisions.md).

Nothing in a calendar depends on the moment of asking: the same dates give the same octets, so that a reader who comes
with the ETag of the last answer (Django's ConditionalGetMiddleware) is told 304.
"""

from dataclasses import dataclass
from datetime import UTC, timedelta

from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone, vDate, vDatetime, vDuration

from core.feeds import printable
from core.models import SiteSettings
from core.structured_data import absolute

PRODID = "-//Vietos veiklos grupe//Renginiai//LT"
STATUSES = {"scheduled": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
# Many programs show a subscribed calendar without its STATUS: whoever looks at the day must see it all the same.
SUMMARY_PREFIXES = {"cancelled": "Atšaukta: ", "postponed": "Atidėta: "}
REFRESH_EVERY = "PT6H"

# RFC 5545 3.6 asks for at least one component: an empty calendar has this one. The rules are the EU's since 1996.
VILNIUS = """BEGIN:VTIMEZONE
TZID:Europe/Vilnius
BEGIN:STANDARD
DTSTART:19961027T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Subscription:
    """A calendar that one can subscribe to: what it is called and its full address."""

    title: str
    url: str

    @property
    def webcal_url(self):
        """The address for a link: by `webcal:` a program subscribes, by `https:` it would take the file once."""
        return "webcal:" + self.url.partition(":")[2]


def calendar_response(dates, request, name, title):
    """`dates` (EventDate rows, event and places at hand) as a calendar called `title` in a file `name`.ics."""
    calendar = calendar_of(dates, request)
    calendar.add("x-wr-calname", printable(title))
    calendar.add("x-published-ttl", REFRESH_EVERY)
    calendar.add("refresh-interval", vDuration.from_ical(REFRESH_EVERY), parameters={"VALUE": "DURATION"})
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def attachment(dates):
    """`dates` as the text of an .ics file that goes along with a letter: the same UIDs as in the feeds."""
    return calendar_of(dates).to_ical().decode()


def calendar_of(dates, request=None):
    """`dates` as a bare Calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # No METHOD: it would make this a scheduling message, which must name an organiser's address (RFC 5546).
    for date in dates:
        calendar.add_component(vevent(date, request))
    if not calendar.subcomponents:
        calendar.add_component(Timezone.from_ical(VILNIUS.replace("\n", "\r\n")))
    return calendar


def feed_title(request, what="renginiai"):
    """The name under which a calendar program lists our events, or those of one kind."""
    return f"{SiteSettings.for_request(request).short_name}: {what}"


def vevent(date, request):
    """One date as a VEVENT."""
    event, place = date.event, date.place
    component = Event()
    component.add("uid", date.calendar_uid)
    # Stable between requests: when date or event last changed, or, of what nobody has touched, the date's own start.
    changed = max(filter(None, [date.changed_at, event.last_published_at]), default=date.start).astimezone(UTC)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", date.sequence)
    component.add("summary", printable(SUMMARY_PREFIXES.get(date.status, "") + event.title))
    if date.all_day:
        # RFC 5545: the end of an all-day event is the day after its last.
        for name, day in (("dtstart", date.first_day), ("dtend", date.last_day + timedelta(days=1))):
            component.add(name, vDate(day), parameters={"VALUE": "DATE"})
    else:
        component.add("dtstart", vDatetime(date.start.astimezone(UTC)))
        if date.end:
            component.add("dtend", vDatetime(date.end.astimezone(UTC)))
    component.add("status", STATUSES[date.status])
    if place or event.online_url:
        component.add("location", printable(place.full_name if place else event.online_url))
    if place and place.latitude is not None:
        component.add("geo", (float(place.latitude), float(place.longitude)))
    if description := "\n\n".join(filter(None, [date.note, event.summary, event.online_url])):
        component.add("description", printable(description))
    component.add("url", absolute(event.get_url(request)))
    return component
