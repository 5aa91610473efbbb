"""News items and their topics."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import path
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import EDTFField, newest_first
from core.models import BaseIndexPage, ContentPage, NamedRow
from core.structured_data import absolute, organization, pruned
from core.visibility import visible
from news.feeds import news_feed
from news.filters import news_listing


class Topic(NamedRow):
    """What a news item is about."""

    class Meta(NamedRow.Meta):
        verbose_name = "tema"
        verbose_name_plural = "temos"


class NewsIndexPage(BaseIndexPage):
    """All news: by topic, by year, as RSS."""

    page_description = "Naujienų sąrašas su temomis, metais ir RSS."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    reserved_slugs = frozenset({"rss"})
    per_page = 12

    class Meta:
        verbose_name = "naujienų sąrašas"

    def news(self, request):
        """The news this reader may see, newest first."""
        return visible(NewsPage.objects.child_of(self), request).newest_first()

    @path("")
    def archive(self, request):
        """The list with its filters."""
        listing = news_listing(self.news(request), request, self.get_url(request))
        rows = self.paginate(request, listing.rows.for_cards())
        return self.render(request, context_overrides={"listing": listing, "page_of_rows": rows})

    @path("rss/")
    def rss(self, request):
        """The latest news as RSS 2.0."""
        return news_feed(self, request)


class NewsQuerySet(PageQuerySet):
    """The language of the news."""

    def newest_first(self):
        """By date, newest first; of one day, the one published later first."""
        return self.order_by(*newest_first("date"), "-first_published_at", "-pk")

    def for_cards(self):
        """With what a card shows: a fixed number of queries."""
        return self.select_related("cover").prefetch_related("topics", "cover__renditions")


def today_edtf():
    """Today in Vilnius, as a new news item's date."""
    return timezone.localdate().isoformat()


class NewsPage(ContentPage):
    """A news item."""

    page_description = "Naujiena: kas įvyko, kas prasideda, ką verta žinoti."
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    schema_type = "NewsArticle"

    date = EDTFField(
        "data",
        default=today_edtf,
        earliest="date_earliest",
        latest="date_latest",
        help_text="Paprastai diena, pvz., 2026-11-22. Jei perkeliate seną naujieną ir diena nežinoma – mėnuo ar metai.",
    )
    date_note = models.CharField("pastaba dėl datos", max_length=300, blank=True)
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False, db_index=True)
    topics = ParentalManyToManyField(Topic, verbose_name="temos", blank=True, related_name="news")
    source_url = models.URLField("šaltinio adresas", blank=True, max_length=500)

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *ContentPage.content_panels[:1],
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("topics"),
        ContentPage.cover_panel,
        FieldPanel("body"),
        ContentPage.related_panel,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Turinys"),
            ObjectList(ContentPage.promote_panels, heading="Reklama"),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("date_note"), FieldPanel("source_url")], heading="Šaltinis"),
                    *ContentPage.settings_panels,
                ],
                heading="Nustatymai",
            ),
        ]
    )
    search_fields = [*ContentPage.search_fields, index.FilterField("date_latest")]

    class Meta:
        verbose_name = "naujiena"
        verbose_name_plural = "naujienos"

    def neighbours(self, request):
        """
        The news item before and after this one by date, of those the reader may see: a pair (older, newer), None at an end.
        """
        order = visible(NewsPage.objects.sibling_of(self), request).newest_first()
        keys = list(order.values_list("pk", flat=True))
        place = keys.index(self.pk) if self.pk in keys else None
        if place is None:
            return None, None
        older = keys[place + 1] if place + 1 < len(keys) else None
        newer = keys[place - 1] if place else None
        found = NewsPage.objects.in_bulk([key for key in (older, newer) if key])
        return found.get(older), found.get(newer)

    def get_context(self, request, *args, **kwargs):
        """Add the neighbours by date."""
        context = super().get_context(request, *args, **kwargs)
        context["older"], context["newer"] = self.neighbours(request)
        return context

    def structured_data(self, request):
        """A schema.org NewsArticle, dated as precisely as we know."""
        return pruned(
            {
                "@type": "NewsArticle",
                "headline": self.title,
                "description": self.summary,
                "datePublished": self.date if self.date_earliest and len(self.date) <= 10 else "",
                "dateModified": self.last_published_at.isoformat() if self.last_published_at else "",
                "mainEntityOfPage": absolute(self.get_url(request) or "/"),
                "publisher": {"@id": organization(request)["@id"]},
                "author": {"@id": organization(request)["@id"]},
                "inLanguage": "lt",
            }
        )
