"""Filters of the news: topic, year, words."""

from core.filters import Listing, RowFacet, TextFilter, YearFacet, folded_contains
from news import models


def news_listing(news, request, path):
    """The news as narrowed by the request's query string."""
    return Listing(
        rows=news,
        query=request.GET,
        path=path,
        facets=[
            RowFacet("tema", "Tema", "topics", models.Topic, "Visos"),
            YearFacet("metai", "Metai", "date"),
        ],
        text=TextFilter(folded_contains("folded")),
    )
