"""What an event must not be without."""

from core.content_checks import Finding, content_check
from core.content_checks.common import there_is_a_cover
from events.models import EventPage

content_check("cover", "Nėra viršelio", EventPage)(there_is_a_cover)


@content_check("event-date", "Renginys be datos", EventPage, reads=["dates"])
def there_is_a_date(event):
    """Without one it stands in no list and no calendar."""
    if not event.dates.all():
        yield Finding(
            "Renginys neturi nė vienos datos, todėl nepatektų nei į sąrašą, nei į kalendorių. Pridėkite datą arba kol "
            "kas išsaugokite juodraštį.",
            "dates",
            stops=True,
        )


@content_check("event-place", "Renginys be vietos", EventPage, reads=["dates"])
def there_is_a_place(event):
    """A place of the whole event, one of each date, or the way online."""
    if event.venue_id or event.online_url:
        return
    dates = list(event.dates.all())
    if not dates or not all(date.venue_id for date in dates):
        yield Finding(
            "Nenurodyta, kur vyks renginys. Pasirinkite vietą arba įrašykite nuotolinio prisijungimo adresą.",
            "venue",
            stops=True,
        )
