"""Filters of the news: topic, year, words."""

from django.db.models import Count

from core.filters import Facet, Listing, TextFilter, YearFacet, folded_contains
from news import models


def topics():
    """Slug → name of every topic, in Lithuanian order."""
    return dict(models.Topic.objects.values_list("slug", "name"))


class TopicFacet(Facet):
    """What the news are about."""

    def options(self, rows):
        """(slug, name, count) in Lithuanian order. One query: the names come along with the counts."""
        found = rows.order_by().exclude(topics=None).values_list("topics__slug", "topics__name")
        return list(found.annotate(n=Count("pk", distinct=True)).order_by("topics__sort_key"))


def news_listing(news, request, path):
    """The news as narrowed by the request's query string."""
    return Listing(
        rows=news,
        query=request.GET,
        path=path,
        facets=[
            TopicFacet("tema", "Tema", "topics__slug", topics, "Visos"),
            YearFacet("metai", "Metai", "date"),
        ],
        text=TextFilter(folded_contains("folded")),
    )
