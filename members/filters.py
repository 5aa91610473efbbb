"""Filters of the member list: sector, eldership, words."""

from django.db.models import Count, Q

from core.filters import Facet, Listing, TextFilter, folded_contains
from core.models import Eldership
from members import models


def elderships():
    """Slug → name of every eldership, in Lithuanian order."""
    return dict(Eldership.objects.values_list("slug", "name"))


class EldershipFacet(Facet):
    """Where a member is."""

    def options(self, rows):
        """(slug, name, count) in Lithuanian order. One query: the names come along with the counts."""
        found = rows.order_by().exclude(eldership=None).values_list("eldership__slug", "eldership__name")
        return list(found.annotate(n=Count("pk")).order_by("eldership__sort_key"))


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
            EldershipFacet("seniunija", "Seniūnija", "eldership__slug", elderships, "Visos"),
        ],
        text=TextFilter(folded_contains("organisation__folded"), person_named, label="Pavadinimas"),
    )
