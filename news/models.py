"""News items and their topics."""

import re

from django.db import models
from django.db.models import F, Q, Subquery
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields import EDTFField
from core.models import BaseIndexPage, ContentPage, NamedRow
from core.structured_data import absolute, organization, pruned, share_image
from core.visibility import visible
from lithuanian.dates import InvalidDate, edtf_bounds, edtf_to_text
from news.feeds import news_feed
from news.filters import news_listing
from news.panels import PatternsPanel

DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Topic(NamedRow):
    """What a news item is about."""

    class Meta(NamedRow.Meta):
        verbose_name = "tema"
        verbose_name_plural = "temos"


class NewsPattern(NamedRow):
    """
    How a news item of a common kind begins: its title, its headings, what to write under them.

    What is left to write stands in square brackets and begins with „įrašykite“: nothing is published with it.
    """

    title = models.CharField(
        "pavadinimo pradžia",
        max_length=200,
        blank=True,
        help_text="Pvz., „Kvietimas teikti vietos projektus Nr. [įrašykite]“.",
    )
    summary = models.CharField(
        "santraukos pradžia",
        max_length=300,
        blank=True,
        help_text="Pvz., „Paraiškas priimame iki [įrašykite dieną ir valandą].“",
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name="tema",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Bus pažymėta iš karto.",
    )
    body = StreamField(
        BodyBlock(),
        verbose_name="turinys",
        blank=True,
        help_text="Antraštės ir po jomis – kas rašytina: „[įrašykite, kas gali teikti paraiškas]“.",
    )

    class Meta(NamedRow.Meta):
        verbose_name = "naujienos šablonas"
        verbose_name_plural = "naujienų šablonai"

    def begin(self, page):
        """Fill in a new news item."""
        page.title, page.summary, page.body = self.title, self.summary, self.body
        if self.topic_id:
            page.topics = [self.topic]


class NewsIndexPage(BaseIndexPage):
    """All news: by topic, by year, as RSS."""

    page_description = "Naujienų sąrašas su temomis, metais ir RSS."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    reserved_slugs = frozenset({"rss"})
    feeds = (("rss/", "application/rss+xml", "Naujienų RSS"),)
    per_page = 12

    class Meta:
        verbose_name = "naujienų sąrašas"
        verbose_name_plural = "naujienų sąrašai"

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
    """
    The language of the news. Their one order: by date, newest first; of one date, the one published later first.

    The keys of that order all descend, and a key that is not known comes last.
    """

    order = ("date_latest", "date_earliest", "first_published_at", "pk")

    def newest_first(self):
        """In the order of the news."""
        return self.order_by(*(F(key).desc(nulls_last=True) for key in self.order))

    def older_than(self, item):
        """What comes after `item` in the order, nearest first."""
        return self._beyond(item, _lower).newest_first()

    def newer_than(self, item):
        """What comes before `item` in the order, nearest first."""
        return self._beyond(item, _higher).order_by(*(F(key).asc(nulls_first=True) for key in self.order))

    def _beyond(self, item, compare):
        """Rows that differ from `item` in some key by `compare`, and are equal in all the keys before it."""
        found, equal = Q(), Q()
        for key in self.order:
            value = getattr(item, key)
            found |= equal & compare(key, value)
            equal &= Q(**{f"{key}__isnull": True}) if value is None else Q(**{key: value})
        return self.filter(found)

    def for_cards(self):
        """With what a card shows: a fixed number of queries."""
        return self.select_related("cover").prefetch_related("topics", "cover__renditions")


def _lower(key, value):
    """Rows whose `key` stands after `value` in the order; nothing stands after the unknown."""
    return Q(pk__in=()) if value is None else Q(**{f"{key}__lt": value}) | Q(**{f"{key}__isnull": True})


def _higher(key, value):
    """Rows whose `key` stands before `value` in the order; all that is known stands before the unknown."""
    return Q(**{f"{key}__isnull": False}) if value is None else Q(**{f"{key}__gt": value})


def today_edtf():
    """Today in Vilnius, as a new news item's date."""
    return timezone.localdate().isoformat()


class NewsPage(ContentPage):
    """A news item."""

    page_description = "Naujiena: kas įvyko, kas prasideda, ką verta žinoti."
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    date = EDTFField(
        "data",
        default=today_edtf,
        earliest="date_earliest",
        latest="date_latest",
        help_text="Paprastai diena, pvz., 2026-11-22. Jei perkeliate seną naujieną ir diena nežinoma – mėnuo ar metai.",
    )
    date_note = models.CharField(
        "pastaba dėl datos", max_length=300, blank=True, help_text="Jei data netiksli – iš kur ji. Rodoma viešai."
    )
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False, db_index=True)
    topics = ParentalManyToManyField(
        Topic,
        verbose_name="temos",
        blank=True,
        related_name="news",
        help_text="Pagal jas skaitytojai atsirenka naujienas.",
    )
    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        max_length=500,
        help_text="Jei naujiena skelbta kitur: pvz., buvusioje svetainėje.",
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        PatternsPanel(heading="Pradėti nuo šablono"),
        *ContentPage.content_panels[:1],
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("topics", widget=CheckboxSelectMultiple)]),
        ContentPage.cover_panel,
        FieldPanel("body"),
        ContentPage.related_panel,
        MultiFieldPanel(
            [FieldPanel("date_note"), FieldPanel("source_url")],
            heading="Jei naujiena perkelta iš kitur",
            classname="collapsed",
        ),
    ]
    search_fields = [*ContentPage.search_fields, index.FilterField("date_latest")]

    class Meta:
        verbose_name = "naujiena"
        verbose_name_plural = "naujienos"

    def text_time(self, today):
        """A news item is read as of its own day: what lay ahead then may be told so."""
        try:
            return edtf_bounds(self.date)[0] or today, None
        except InvalidDate:
            return today, None

    def neighbours(self, request):
        """The news item before and after this one, of those the reader may see: (older, newer), None at an end."""
        if not self.pk:  # the preview of an item that was never saved
            return None, None
        others = visible(NewsPage.objects.sibling_of(self), request)
        older, newer = (
            Subquery(found.values("pk")[:1]) for found in (others.older_than(self), others.newer_than(self))
        )
        found = others.annotate(older_pk=older).filter(Q(pk=older) | Q(pk=newer))
        by_side = {page.pk == page.older_pk: page for page in found}
        return by_side.get(True), by_side.get(False)

    def get_context(self, request, *args, **kwargs):
        """Add the neighbours by date."""
        context = super().get_context(request, *args, **kwargs)
        context["older"], context["newer"] = self.neighbours(request)
        context["topics"] = list(self.topics.all())
        return context

    @property
    def card_meta(self):
        """The line of a card: the date and the topics."""
        return " · ".join(filter(None, [edtf_to_text(self.date), ", ".join(topic.name for topic in self.topics.all())]))

    def structured_data(self, request):
        """A schema.org NewsArticle; None where no day is known: engines ask for one, and none is invented."""
        if not DAY.fullmatch(self.date):
            return None
        own = organization(request)
        publisher = {key: own[key] for key in ("@type", "@id", "name", "url", "logo")}
        return pruned(
            {
                "@type": "NewsArticle",
                "headline": self.title,
                "description": self.summary,
                "image": share_image(self),
                "datePublished": self.date,
                "dateModified": timezone.localtime(self.last_published_at).isoformat()
                if self.last_published_at
                else "",
                "mainEntityOfPage": absolute(self.get_url(request) or "/"),
                "author": publisher,
                "publisher": publisher,
                "inLanguage": "lt",
            }
        )
