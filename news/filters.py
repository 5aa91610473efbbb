"""Filters of the news: topic, year, words."""

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains
from news import models


def topics():
    """Slug → name of every topic, in Lithuanian order."""
    return dict(models.Topic.objects.values_list("slug", "name"))


def news_listing(news, request, path):
    """The news as narrowed by the request's query string."""
    return Listing(
        rows=news,
        query=request.GET,
        path=path,
        facets=[
            Facet("tema", "Tema", "topics__slug", topics, "Visos"),
            YearFacet("metai", "Metai", "date"),
        ],
        text=TextFilter(folded_contains("folded")),
    )
