"""Filters of the member list: sector, eldership, words."""

from django.db.models import Q

from core.filters import Facet, Listing, RowFacet, TextFilter, folded_contains
from core.models import Eldership
from members import models


def person_named(word):
    """Natural persons who agreed to show their name and whose name contains the word."""
    return Q(shows_name=True, person_folded__contains=word)


def member_listing(members, request, path):
    """The members as narrowed by the request's query string."""
    return Listing(
        rows=members,
        query=request.GET,
        path=path,
        facets=[
            Facet("sektorius", "Sektorius", "sector", dict(models.Sector.choices)),
            RowFacet("seniunija", "Seniūnija", "eldership", Eldership, "Visos"),
        ],
        text=TextFilter(folded_contains("organisation__folded"), person_named, label="Pavadinimas"),
    )
