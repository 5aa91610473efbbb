"""Filters of the projects: year, scope, status, words."""

from django.db.models import Q

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains
from projects import models


def partner_named(word):
    """Projects with a lead or partner one of whose names contains the word."""
    partners = models.ProjectPartner.objects.filter(organisation__folded__contains=word)
    return Q(lead__folded__contains=word) | Q(pk__in=partners.values("page"))


def project_listing(projects, request, path):
    """The projects as narrowed by the request's query string."""
    return Listing(
        rows=projects,
        query=request.GET,
        path=path,
        facets=[
            YearFacet("metai", "Metai", "period"),
            Facet("mastas", "Mastas", "scope", dict(models.ProjectScope.choices)),
            Facet("bukle", "Būklė", "status", dict(models.ProjectStatus.choices), "Visos"),
        ],
        text=TextFilter(folded_contains("folded"), partner_named),
    )
