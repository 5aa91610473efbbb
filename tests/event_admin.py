"""What the admin's form of an event sends."""

from tests.factories import VILNIUS

ASKS = ("asks_organisation", "asks_phone", "asks_people", "asks_note")


def edit_form(event, rows, action="action-publish", **changes):
    """
    The fields of a form that saves `event` with the dates `rows`.

    A row is an EventDate that stays as it is, or a dict of the fields of a new one. `action` is the name of the button
    that was pressed; "" saves a draft.
    """
    old = [row for row in rows if not isinstance(row, dict)]
    data = {
        "title": event.title,
        "slug": event.slug,
        "kind": event.kind,
        "venue": event.venue_id or "",
        "online_url": event.online_url,
        "audience": event.audience,
        "summary": event.summary,
        "registration": event.registration,
        "registration_audience": event.registration_audience,
        "registration_opens": typed(event.registration_opens),
        "registration_closes": typed(event.registration_closes),
        "capacity": event.capacity or "",
        "retention_days": str(event.retention_days),
        "body-count": "0",
        "dates-TOTAL_FORMS": str(len(rows)),
        "dates-INITIAL_FORMS": str(len(old)),
    }
    data |= {name: "on" for name in ASKS if getattr(event, name)}
    for name in ("materials", "questions", "related_page_links"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    if action:
        data[action] = action
    for number, row in enumerate(rows):
        fields = {"id": "", "ORDER": str(number + 1), "DELETE": "", "status": "scheduled"}
        fields |= row if isinstance(row, dict) else as_typed(row)
        data |= {f"dates-{number}-{name}": value for name, value in fields.items()}
    return data | changes


def as_typed(date):
    """A date that stays as it is."""
    moments = ("start", "end", "registration_opens", "registration_closes")
    return {"id": date.pk, "capacity": date.capacity or ""} | {name: typed(getattr(date, name)) for name in moments}


def typed(moment):
    """A moment as it stands in a field."""
    return f"{moment.astimezone(VILNIUS):%Y-%m-%d %H:%M}" if moment else ""
