"""The dates of events as open data."""

from core.open_data import Dataset
from core.structured_data import absolute
from core.visibility import visible
from events.structured import moment


def event_rows(request):
    """One dict a date, nearest last."""
    from events.models import EventDate

    for date in visible(EventDate.objects.all(), request).for_lists().in_order():
        place = date.place
        yield {
            "id": date.calendar_uid,
            "title": date.event.title,
            "kind": date.event.kind,
            "start": moment(date.start, date.all_day),
            "end": moment(date.end, date.all_day) if date.end else "",
            "all_day": date.all_day,
            "status": date.status,
            "note": date.note,
            "place": place.full_name if place else "",
            "eldership": place.eldership.name if place and place.eldership else "",
            "online": bool(date.event.online_url),
            "sample": date.event.is_sample,
            "url": absolute(date.event.get_url(request)),
        }


EVENTS = Dataset(
    name="renginiai",
    title="Renginiai",
    fields={
        "id": "Pastovus datos ženklas, tas pats kaip kalendoriaus UID",
        "title": "Renginio pavadinimas",
        "kind": "Rūšis: training, meeting, gathering, information, visit, signing, other",
        "start": "Pradžia Vilniaus laiku (ISO 8601); visos dienos – tik diena",
        "end": "Pabaiga Vilniaus laiku (ISO 8601)",
        "all_day": "Ar visą dieną",
        "status": "Būklė: scheduled, cancelled, postponed",
        "note": "Pastaba dėl šios datos",
        "place": "Vieta",
        "eldership": "Seniūnija",
        "online": "Ar galima dalyvauti nuotoliu",
        "sample": "Ar tai pavyzdinis, netikras renginys",
        "url": "Renginio puslapis",
    },
    rows=event_rows,
)
