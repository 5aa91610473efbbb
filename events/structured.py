"""Events as schema.org sees them."""

from django.utils import timezone

from core.structured_data import absolute, organization, pruned

STATUSES = {
    "scheduled": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}


def event_structured_data(event, request):
    """One schema.org Event for every date of the event: a list of dicts."""
    return [date_structured_data(date, event, request) for date in event.ordered_dates()]


def date_structured_data(date, event, request):
    """One date as a schema.org Event."""
    place = date.place
    location = []
    if place:
        location.append(
            pruned(
                {
                    "@type": "Place",
                    "name": place.name,
                    "address": pruned(
                        {
                            "@type": "PostalAddress",
                            "streetAddress": place.address,
                            "addressLocality": place.name,
                            "addressRegion": place.eldership.municipality.name if place.eldership else "",
                        }
                    ),
                }
            )
        )
    if event.online_url:
        location.append({"@type": "VirtualLocation", "url": event.online_url})
    return pruned(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "startDate": moment(date.start, date.all_day),
            "endDate": moment(date.end, date.all_day) if date.end else "",
            "eventStatus": STATUSES[date.status],
            "eventAttendanceMode": attendance_mode(bool(place), bool(event.online_url)),
            "location": location,
            "url": absolute(event.get_url(request) or "/"),
            "organizer": {"@type": "Organization", "name": event.organiser}
            if event.organiser
            else {"@id": organization(request)["@id"]},
            "inLanguage": "lt",
        }
    )


def moment(at, all_day):
    """A moment in Vilnius time with its offset, or the bare day of an all-day date."""
    local = timezone.localtime(at)
    return local.date().isoformat() if all_day else local.isoformat()


def attendance_mode(has_place, is_online):
    """Where people take part, in schema.org's words."""
    if has_place and is_online:
        return "https://schema.org/MixedEventAttendanceMode"
    return "https://schema.org/" + ("OnlineEventAttendanceMode" if is_online else "OfflineEventAttendanceMode")
