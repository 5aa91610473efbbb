"""Filters of the projects: year, scope, status, words."""

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains
from projects import models


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
        text=TextFilter(folded_contains("folded")),
    )
