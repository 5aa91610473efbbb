"""Filters of the register: year, kind, country, kind of partner, words."""

from collections import Counter

from django.db.models import Q
from django.utils.functional import cached_property
from django_countries import countries

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains, years_touched
from lithuanian.sorting import sort_key
from partners import models


def country_labels():
    """Country code → Lithuanian name, in Lithuanian order."""
    return dict(sorted(countries, key=lambda pair: sort_key(pair[1])))


class CountryFacet(Facet):
    """Countries of the parties, the unnamed ones' too."""

    def condition(self, value):
        """Agreements with a party from the country, named or not."""
        named = models.AgreementParty.objects.filter(organisation__country=value).values("page")
        return Q(pk__in=named) | Q(unnamed_party_countries__contains=value)


class PartnerKindFacet(Facet):
    """Kinds of the named parties."""

    def condition(self, value):
        """Agreements with a named party of the kind."""
        return Q(pk__in=models.AgreementParty.objects.filter(organisation__kind=value).values("page"))


def party_named(word):
    """Agreements with a party one of whose names contains the word."""
    return Q(pk__in=models.AgreementParty.objects.filter(organisation__folded__contains=word).values("page"))


class RegisterListing(Listing):
    """
    The register as narrowed by one request.

    A register of agreements is small, and its facets look at the same few columns: read once, they are counted here.
    """

    def __post_init__(self):
        self.agreements = self.rows
        super().__post_init__()

    @cached_property
    def values(self):
        """What every agreement of the whole register has of each facet: key of the agreement → facet's name → set."""
        columns = (
            "pk",
            "date_earliest",
            "date_latest",
            "kind",
            "unnamed_party_countries",
            "parties__organisation__country",
            "parties__organisation__kind",
        )
        found = {}
        for key, first, last, kind, unnamed, country, partner in self.agreements.order_by().values_list(*columns):
            row = found.setdefault(
                key,
                {
                    "metai": set(years_touched(first, last)),
                    "rusis": {kind},
                    "salis": set(str(unnamed).split(",")) if unnamed else set(),
                    "partneris": set(),
                },
            )
            row["salis"].add(country)
            row["partneris"].add(partner)
        return found

    @cached_property
    def keys_with_words(self):
        """Keys of the agreements in which the words occur."""
        return set(self._with_text.order_by().values_list("pk", flat=True)) if self.words else set(self.values)

    def options(self, facet):
        """As everywhere, but counted from the columns read once."""
        others = [(name, value) for name, value in self.chosen.items() if value and name != facet.name]
        return facet.in_order(
            Counter(
                value
                for key, row in self.values.items()
                if key in self.keys_with_words and all(value in row[name] for name, value in others)
                for value in row[facet.name]
            )
        )

    @property
    def years(self):
        """Every year of the whole register, whatever the reader chose: a set of texts."""
        return set().union(*(row["metai"] for row in self.values.values()))


def agreement_listing(agreements, request, path):
    """The register as narrowed by the request's query string."""
    return RegisterListing(
        rows=agreements,
        query=request.GET,
        path=path,
        facets=[
            YearFacet("metai", "Metai", "date"),
            Facet("rusis", "Rūšis", "kind", dict(models.AgreementKind.choices), "Visos"),
            CountryFacet("salis", "Šalis", labels=country_labels, any_label="Visos"),
            PartnerKindFacet("partneris", "Partnerio rūšis", labels=dict(models.OrganisationKind.choices)),
        ],
        text=TextFilter(folded_contains("folded"), party_named),
    )
