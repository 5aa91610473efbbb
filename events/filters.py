"""Filters of the events: kind, place, year, words."""

from collections import Counter

from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.http import Http404

from core.filters import Facet, Listing, RowFacet, TextFilter, YearFacet, folded_contains
from core.models import Eldership
from events import models
from events.calendar import YEARS


class EldershipFacet(RowFacet):
    """Where: a date's own place counts before its event's."""

    def condition(self, value):
        """Dates held in the eldership."""
        own = Q(venue__eldership__slug=value)
        return own | Q(venue__isnull=True, event__venue__eldership__slug=value)

    def options(self, rows):
        """(slug, name, count) in Lithuanian order. One query: the names come along with the dates."""
        own, usual = (
            [f"{path}eldership__{name}" for name in ("sort_key", "slug", "name")]
            for path in ("venue__", "event__venue__")
        )
        counts = Counter(
            tuple(row[1:4] if row[0] else row[4:]) for row in rows.order_by().values_list("venue", *own, *usual)
        )
        counts.pop((None, None, None), None)
        return [(slug, name, count) for (_, slug, name), count in sorted(counts.items())]


class StartYearFacet(YearFacet):
    """The year in which a date begins, in Vilnius, newest first."""

    def clean(self, raw):
        """The chosen year, "" for none; Http404 for what is no year of the calendar."""
        if raw and raw not in map(str, YEARS):
            raise Http404("No such year")
        return raw

    def condition(self, value):
        """The dates that begin in the year."""
        return Q(start__year=int(value))

    def counts(self, rows):
        """Number of dates by year."""
        years = rows.order_by().annotate(year=ExtractYear("start")).values_list("year", flat=True)
        return Counter(map(str, years))


def event_listing(dates, request, path, with_years):
    """The dates as narrowed by the request's query string."""
    facets = [
        Facet("rusis", "Rūšis", "event__kind", dict(models.EventKind.choices), "Visos"),
        EldershipFacet("seniunija", "Seniūnija", "venue__eldership", Eldership, "Visos"),
    ]
    if with_years:
        facets.append(StartYearFacet("metai", "Metai"))
    return Listing(
        rows=dates,
        query=request.GET,
        path=path,
        facets=facets,
        text=TextFilter(
            folded_contains("event__folded"),
            folded_contains("event__venue__folded"),
            folded_contains("venue__folded"),
        ),
    )
