"""Events as schema.org sees them."""

from django.utils import timezone

from core.structured_data import absolute, organization, pruned, share_image

STATUSES = {
    "scheduled": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}


def event_structured_data(event, request):
    """One schema.org Event for every date of the event: a list of dicts."""
    shared = pruned(
        {
            "name": event.title,
            "description": event.summary,
            "image": share_image(event),
            "url": absolute(event.get_url(request) or "/"),
            "organizer": organizer(event, request),
            "inLanguage": "lt",
        }
    )
    return [
        {"@type": "Event", **shared, **of_date(date, event), **places}
        for date, places in places_by_date(event, request)
    ]


def places_by_date(event, request):
    """
    Each date with how many places it has and has left, as far as the page tells this reader: (date, dict) pairs.

    Of a date that was moved nothing is said of when it was to be: the page does not know it any more.
    """
    from events.registration import OccasionState  # it knows the models, which know this

    found = {
        occasion.date and occasion.date.uid: {
            "maximumAttendeeCapacity": occasion.capacity,
            "remainingAttendeeCapacity": occasion.remaining(),
        }
        for occasion in event.occasions
        if occasion.capacity is not None and occasion.is_for(request) and occasion.state() != OccasionState.OVER
    }
    return [(date, found.get(date.uid) or found.get(None) or {}) for date in event.ordered_dates]


def of_date(date, event):
    """What one date alone has. Of an event without a place nothing is said of where; nothing is made up."""
    place = date.place
    locations = [place_structured_data(place)] if place else []
    if event.online_url:
        locations.append({"@type": "VirtualLocation", "url": event.online_url})
    return pruned(
        {
            "startDate": moment(date.start, date.all_day),
            "endDate": moment(date.end, date.all_day) if date.end else "",
            "eventStatus": STATUSES[date.status],
            "eventAttendanceMode": attendance_mode(bool(place), bool(event.online_url)),
            "location": locations[0] if len(locations) == 1 else locations,
        }
    )


def place_structured_data(place):
    """A venue as a schema.org Place; where its address is not known, its name is all the address there is."""
    address = {"@type": "PostalAddress", "streetAddress": place.address or place.name}
    if place.eldership:
        address |= {"addressRegion": place.eldership.municipality.name, "addressCountry": "LT"}
    facts = {"@type": "Place", "name": place.name, "address": address}
    if place.latitude is not None:
        facts["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    return facts


def organizer(event, request):
    """Who holds the event: another organisation by name, or the LAG itself."""
    if event.organiser:
        return {"@type": "Organization", "name": event.organiser}
    own = organization(request)
    return {key: own[key] for key in ("@type", "@id", "name", "url")}


def moment(at, all_day):
    """A moment in Vilnius time with its offset, or the bare day of an all-day date."""
    local = timezone.localtime(at)
    return local.date().isoformat() if all_day else local.isoformat()


def attendance_mode(has_place, is_online):
    """How people take part, in schema.org's words; "" if nobody has said."""
    if has_place and is_online:
        return "https://schema.org/MixedEventAttendanceMode"
    if has_place:
        return "https://schema.org/OfflineEventAttendanceMode"
    return "https://schema.org/OnlineEventAttendanceMode" if is_online else ""
