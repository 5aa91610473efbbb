"""Filters of the events: kind, place, year, words."""

from django.db.models import Q
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404

from core.filters import Facet, Listing, TextFilter, folded_contains
from core.models import Eldership
from events import models


def elderships():
    """Slug → name of every eldership, in Lithuanian order."""
    return dict(Eldership.objects.values_list("slug", "name"))


class EldershipFacet(Facet):
    """Where: a date's own place counts before its event's."""

    def _with_place(self, rows):
        return rows.annotate(place_slug=Coalesce("venue__eldership__slug", "event__venue__eldership__slug"))

    def condition(self, value):
        """Dates held in the eldership."""
        own = Q(venue__eldership__slug=value)
        return own | Q(venue__isnull=True, event__venue__eldership__slug=value)

    def counts(self, rows):
        """Dates by eldership."""
        counts = {}
        for slug in self._with_place(rows.order_by()).values_list("place_slug", flat=True):
            counts[slug] = counts.get(slug, 0) + 1
        return counts


class StartYearFacet(Facet):
    """The year in which a date begins, in Vilnius."""

    def clean(self, raw):
        if raw and not (raw.isascii() and raw.isdigit() and len(raw) == 4 and raw != "0000"):
            raise Http404("No such year")
        return raw

    def condition(self, value):
        return Q(start__year=int(value))

    def counts(self, rows):
        counts = {}
        for year in rows.order_by().annotate(year=ExtractYear("start")).values_list("year", flat=True):
            counts[str(year)] = counts.get(str(year), 0) + 1
        return counts

    def options(self, rows):
        return [(year, year, n) for year, n in sorted(self.counts(rows).items(), reverse=True)]


def event_listing(dates, request, path, with_years):
    """The dates as narrowed by the request's query string."""
    facets = [
        Facet("rusis", "Rūšis", "event__kind", dict(models.EventKind.choices), "Visos"),
        EldershipFacet("seniunija", "Seniūnija", labels=elderships, any_label="Visos"),
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
