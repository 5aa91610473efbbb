"""Filters of the register: year, kind, country, kind of partner, words."""

from django.db.models import Count, Q
from django_countries import countries

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains
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

    def counts(self, rows):
        """Agreements by country, each counted once a country however many parties come from there."""
        pages = {}
        parties = models.AgreementParty.objects.filter(page__in=rows.order_by().values("pk"))
        for page, country in parties.values_list("page", "organisation__country").distinct():
            pages.setdefault(country, set()).add(page)
        unnamed = rows.order_by().exclude(unnamed_party_countries="").values_list("pk", "unnamed_party_countries")
        for page, codes in unnamed:
            for code in str(codes).split(","):
                pages.setdefault(code, set()).add(page)
        return {country: len(ids) for country, ids in pages.items()}


class PartnerKindFacet(Facet):
    """Kinds of the named parties."""

    def condition(self, value):
        """Agreements with a named party of the kind."""
        return Q(pk__in=models.AgreementParty.objects.filter(organisation__kind=value).values("page"))

    def counts(self, rows):
        """Agreements by kind of party, each counted once a kind."""
        parties = models.AgreementParty.objects.filter(page__in=rows.order_by().values("pk"))
        return dict(parties.order_by().values_list("organisation__kind").annotate(n=Count("page", distinct=True)))


def party_named(word):
    """Agreements with a party one of whose names contains the word."""
    return Q(pk__in=models.AgreementParty.objects.filter(organisation__folded__contains=word).values("page"))


def agreement_listing(agreements, request, path):
    """The register as narrowed by the request's query string."""
    return Listing(
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
