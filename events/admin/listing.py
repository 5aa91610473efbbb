"""What the staff's lists of registrations count, narrow and order."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Max, Min, Q, Sum
from django.utils import timezone

from core.filters import Facet, Listing, TextFilter, folded_contains
from events.models import ACTIVE, HOLDING, EventPage, Registration, RegistrationMode, RegistrationState
from events.registration import occasions

# The states as the staff look for them: value in the address → its name and the states it holds.
GROUPS = {
    "ateis": ("Turi vietą", HOLDING),
    "laukia": ("Laukia vietos", (RegistrationState.WAITING,)),
    "atsaukta": ("Atšaukta", tuple(state for state in RegistrationState if state not in ACTIVE)),
}
# Value in the address → the order's name and columns; the first is the usual one.
ORDERS = {
    "": ("Naujausios viršuje", ["-created_at", "-pk"]),
    "seniausios": ("Seniausios viršuje", ["created_at", "pk"]),
    "pavarde": ("Pagal pavardę", ["sort_key", "pk"]),
    "eile": ("Laukiančiųjų eilė", [F("queued_at").asc(nulls_last=True), "pk"]),
}


@dataclass
class Tally:
    """How many people come, wait and have been cancelled."""

    coming: int
    waiting: int
    cancelled: int

    @classmethod
    def of(cls, people):
        """From the number of people by state: a Counter."""
        return cls(*(sum(people[state] for state in states) for _, states in GROUPS.values()))


def tallies_of(events):
    """The people of each of some events: a dict of Tally by the event's key. One query, whatever their number."""
    people = {event.pk: Counter() for event in events}
    rows = Registration.objects.filter(event__in=list(people)).order_by()
    for event, state, number in rows.values_list("event", "state").annotate(Sum("people")):
        people[event][state] = number
    return {event: Tally.of(counter) for event, counter in people.items()}


def events_with_registration():
    """The events that one registers for or has registered for, with `next_start` and `last_start`: next first."""
    comes = Q(dates__over_at__gte=timezone.now())
    return (
        EventPage.objects.filter(
            ~Q(registration=RegistrationMode.NONE) | Q(pk__in=Registration.objects.order_by().values("event"))
        )
        .annotate(next_start=Min("dates__start", filter=comes), last_start=Max("dates__start"))
        .order_by(F("next_start").asc(nulls_last=True), F("last_start").desc(nulls_last=True), "pk")
    )


def tallied_occasions(event):
    """All that one can register for at an event, each with its Tally: a list of pairs."""
    return [(occasion, Tally.of(occasion.tally)) for occasion in occasions(event)]


class StateFacet(Facet):
    """Whether they come, wait or were cancelled."""

    def condition(self, value):
        """The registrations in one of the states that the value stands for."""
        return Q(state__in=GROUPS[value][1])

    def counts(self, rows):
        """Number of registrations by group."""
        found = super().counts(rows)
        return {value: sum(found.get(state, 0) for state in states) for value, (_, states) in GROUPS.items()}


def registration_listing(event, query, path):
    """The registrations of an event as narrowed by `query`, a query string as a dict."""
    facets = [StateFacet("busena", "Būsena", "state", {value: name for value, (name, _) in GROUPS.items()}, "Visos")]
    if event.registration == RegistrationMode.DATE:
        dates = {str(date.pk): date.when_text for date in event.ordered_dates}
        facets.insert(0, Facet("data", "Data", "date", dates, "Visos"))
    return Listing(
        rows=event.registrations.select_related("date"),
        query=query,
        path=path,
        facets=facets,
        text=TextFilter(folded_contains("folded")),
    )
