"""Hits as the page of results shows them: address, date, an excerpt with the words that were asked for marked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.models import Page

from core.models import site_pages
from events.models import EventDate
from lithuanian.dates import format_date
from lithuanian.word_forms import words_in
from members.models import MemberListPage
from partners.models import CooperationIndexPage
from search.models import SearchEntry, SearchKind

EXCERPT_AT_MOST, BEFORE_MATCH = 240, 60
# A body is looked through so far for the place to show.
READ_AT_MOST = 20_000


@dataclass
class Hit:
    """One hit. title, excerpt: lists of (text, whether it was asked for)."""

    kind: str
    url: str
    title: list
    excerpt: list
    date_text: str


def hits(entries, asked, request):
    """The hits of one page of entries, in their order: a list. A fixed number of queries."""
    pages = _pages_of(entries)
    texts = dict(SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", "text"))
    dates = _next_dates([entry.page_id for entry in entries if entry.kind == SearchKind.EVENT])
    asked_for = keys_asked_for(asked)
    return [
        Hit(
            kind=entry.get_kind_display(),
            url=_address(entry, pages, request),
            title=marked(entry.title, asked_for),
            excerpt=excerpt(texts.get(entry.pk, ""), asked_for),
            date_text=dates.get(entry.page_id, entry.date_text),
        )
        for entry in entries
    ]


def links(entries, request):
    """Where entries lead: pairs of title and address, without those that lead nowhere."""
    pages = _pages_of(entries)
    found = ((entry.title, _address(entry, pages, request)) for entry in entries)
    return [(title, url) for title, url in found if url]


def keys_asked_for(asked):
    """The keys of all that was asked for, and of what means the same: a set."""
    return {key for unit in asked.units for words in unit.alternatives for word in words for key in word.all()}


def marked(text, asked_for):
    """A text in pieces: (piece, whether it is a word that was asked for)."""
    pieces, done = [], 0
    for word in words_in(text):
        if _is_asked_for(word, asked_for):
            if word.start > done:
                pieces.append((text[done : word.start], False))
            pieces.append((text[word.start : word.end], True))
            done = word.end
    return [*pieces, (text[done:], False)] if done < len(text) else pieces


def excerpt(text, asked_for):
    """The stretch of a text that holds most of what was asked for, in pieces; its beginning where it holds none."""
    text = " ".join(text[:READ_AT_MOST].split())
    places = [word.start for word in words_in(text) if _is_asked_for(word, asked_for)]
    first = max(places, key=lambda start: sum(start <= place < start + EXCERPT_AT_MOST for place in places), default=0)
    start = max(0, first - BEFORE_MATCH)
    if start:
        start = text.find(" ", start) + 1
    end = start + EXCERPT_AT_MOST
    if end < len(text):
        end = text.rfind(" ", start, end + 1) if " " in text[start : end + 1] else end
    piece = text[start:end].strip()
    return [
        *([("… ", False)] if start else []),
        *marked(piece, asked_for),
        *([(" …", False)] if end < len(text) else []),
    ]


def _is_asked_for(word, asked_for):
    return not asked_for.isdisjoint(word.keys.all())


def _next_dates(events):
    """When each event is next, or was last, in words: a dict by page. One query, none without events."""
    if not events:
        return {}
    now, found = timezone.now(), {}
    for date in EventDate.objects.filter(event__in=events).order_by("start"):
        before = found.get(date.event_id)
        if before is None or before.over_at < now:
            found[date.event_id] = date
    return {event: format_date(timezone.localdate(date.start)) for event, date in found.items()}


def _pages_of(entries):
    """The pages of entries by their numbers; organisations and documents, which have addresses too, are read along."""
    prefetch_related_objects(entries, "organisation", "document")
    return Page.objects.in_bulk([entry.page_id for entry in entries if entry.page_id])


def _address(entry, pages, request):
    if entry.page_id:
        return pages[entry.page_id].get_url(request) if entry.page_id in pages else ""
    if entry.document_id:
        return entry.document.url
    if entry.organisation_id:
        return f"{CooperationIndexPage.address(request)}partneriai/{entry.organisation.slug}/"
    lists = (page for page in site_pages(request) if issubclass(page.specific_class, MemberListPage))
    return next((f"{page.get_url(request)}?{urlencode({'q': entry.title})}" for page in lists), "")
