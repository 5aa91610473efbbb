"""What can be found, and by which words: how each kind of thing becomes an entry."""

from datetime import date
from functools import singledispatch
from typing import NamedTuple

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from core.content_checks.reading import read
from core.models import BasePage, CustomDocument
from events.models import EventPage
from home.models import HomePage
from lithuanian.dates import InvalidDate, edtf_to_text, format_date
from lithuanian.word_forms import LONGEST_WORD, stem_sequence, words_in
from members.models import Member
from news.models import NewsPage
from partners.models import CooperationAgreementPage, Organisation
from projects.models import ProjectPage
from search.models import SearchEntry, SearchKind, SearchWord

# Longer texts are cut: nobody looks for the thousandth page of one, and an index has its bounds.
TEXT_AT_MOST = 200_000


class Said(NamedTuple):
    """
    What can be found of a thing.

    names: what else it is called; texts: all else; day: what "newer" goes by; date_text: when it is from, in words;
    days: further words for when it is, by which it is found.
    """

    kind: str
    title: str
    names: list
    texts: list
    day: object = None
    date_text: str = ""
    days: tuple = ()


@singledispatch
def said_of(thing):
    """What can be found of a thing: `Said`, or None where it is nothing that is searched for."""


@said_of.register
def _(page: BasePage):
    return Said(SearchKind.PAGE, page.title, [], texts_of(page))


@said_of.register
def _(page: HomePage):
    """Everything on it stands somewhere else."""


@said_of.register
def _(page: NewsPage):
    topics = [topic.name for topic in page.topics.all()]
    return Said(SearchKind.NEWS, page.title, [], [*texts_of(page), *topics], page.date_latest, in_words(page.date))


@said_of.register
def _(page: EventPage):
    dates = list(page.dates.all())
    venues = dict.fromkeys(filter(None, [page.venue, *(date.venue for date in dates)]))
    places = [text for venue in venues for text in (venue.name, venue.address, str(venue.eldership or ""))]
    last = max((date.over_at for date in dates), default=None)
    texts = [*texts_of(page), *places, page.get_kind_display()]
    days = tuple(dict.fromkeys(format_date(timezone.localdate(date.start)) for date in dates))
    return Said(SearchKind.EVENT, page.title, [], texts, last and timezone.localdate(last), days=days)


@said_of.register
def _(page: ProjectPage):
    organisations = [partner.organisation for partner in page.partners.all()]
    organisations += [who for who in (page.lead, page.funder) if who]
    texts = [*texts_of(page), page.programme.name if page.programme else "", *names_of(organisations)]
    return Said(SearchKind.PROJECT, page.title, [], texts, page.period_latest, in_words(page.period))


@said_of.register
def _(page: CooperationAgreementPage):
    organisations = [party.organisation for party in page.parties.all()]
    texts = [*texts_of(page), page.get_kind_display(), *names_of(organisations)]
    return Said(SearchKind.AGREEMENT, page.title, [], texts, page.date_latest, in_words(page.date))


@said_of.register
def _(organisation: Organisation):
    names = [organisation.short_name, *organisation.aliases.splitlines(), organisation.code]
    texts = [organisation.get_kind_display(), organisation.country.name]
    return Said(SearchKind.ORGANISATION, organisation.name, names, texts)


@said_of.register
def _(member: Member):
    if not member.filed_as:  # a person who has not agreed to be named
        return None
    names = member.organisation.words()[1:] if member.organisation else []
    texts = [member.get_sector_display(), str(member.eldership or "")]
    return Said(SearchKind.MEMBER, member.name, names, texts)


@said_of.register
def _(document: CustomDocument):
    added = timezone.localdate(document.created_at)
    return Said(SearchKind.DOCUMENT, document.title, [], [document.filename], added, format_date(added))


def all_things():
    """Everything that may have an entry: a queryset for each model, by number."""
    for model in apps.get_models():
        if issubclass(model, BasePage) and model is not HomePage:
            yield prefetched(model.objects.order_by("pk"))
    for model in OWN_MODELS:
        yield prefetched(model.everything.order_by("pk"))


# What `said_of` asks of a thing, read for many at once.
_ASKED_OF = {
    NewsPage: ((), ("topics",)),
    EventPage: (("venue__eldership",), ("dates__venue__eldership",)),
    ProjectPage: (("lead", "funder", "programme"), ("partners__organisation",)),
    CooperationAgreementPage: ((), ("parties__organisation",)),
    Member: (("organisation", "eldership"), ()),
}


def prefetched(things):
    """A queryset of things, with all that `said_of` asks of them."""
    joined, further = _ASKED_OF.get(things.model, ((), ()))
    things = things.select_related(*joined) if joined else things
    return things.prefetch_related(*further)


def in_words(date):
    """A date of stated precision as text; "" where there is none, or none that can be read."""
    try:
        return edtf_to_text(date) if date else ""
    except InvalidDate:
        return ""


# What is said of a page elsewhere, or not to everybody who may see it.
_NOT_SAID = {"title", "cover_alt", "online_url", "thanks"}


def texts_of(page):
    """All that a page says beside its title: texts, in the order of its fields."""
    return [text for written in read(page) if written.field not in _NOT_SAID for text in written.texts]


def names_of(organisations):
    """Every name of each organisation: who looks for one of them means any."""
    return [name for organisation in organisations for name in organisation.words() if name]


def keys_in(title, text):
    """The keys of an entry (see `SearchEntry`): a text of ASCII words, each once."""
    keys = set()
    for places, part in (("ta", title), ("a", text)):
        for word in words_in(part):
            exact, stems, root = word.keys
            if not exact:
                continue
            for place in places:
                keys.add(f"{place}x{exact}")
                keys.update(f"{place}s{stem}" for stem in stems)
                if root:
                    keys.add(f"{place}r{root}")
    return " ".join(sorted(keys))


# The relation by which an entry is of a thing, by its model; every other thing is a page.
_OWNERS = {Organisation: "organisation", Member: "member", CustomDocument: "document"}
OWN_MODELS = tuple(_OWNERS)
_STORED = ("kind", "title", "names", "text", "date_text", "day", "keys", "sequence")


@transaction.atomic
def refresh(things, anew=False):
    """
    Bring the entries of things in step with what they say; where nothing is to be found, there is none.

    things: pages (of their own types) or rows of one model, as they stand in the database. All have their entry, drafts
    and what is in the trash too: whether it may be seen is the gate's to say, at every search. anew: whether those that
    are in step are written as well. Returns how many were. The number of queries grows with what `said_of` asks alone.
    """
    if not things:
        return 0
    owner = _OWNERS.get(type(things[0]), "page")
    rows = SearchEntry.objects.filter(**{f"{owner}__in": things}).values_list(owner, *_STORED)
    known = {} if anew else {key: values for key, *values in rows}
    written, gone = [], []
    for thing in things:
        said = said_of(thing)
        if said is None:
            gone.append(thing)
        elif (values := _values(said)) != dict(zip(_STORED, known.get(thing.pk, ()), strict=False)):
            written.append(SearchEntry(**values, **{f"{owner}_id": thing.pk}))
    if gone:
        SearchEntry.objects.filter(**{f"{owner}__in": gone}).delete()
    if written:
        SearchEntry.objects.bulk_create(
            written, update_conflicts=True, unique_fields=[owner], update_fields=_STORED, batch_size=100
        )
        get_search_backend().add_bulk(SearchEntry, written)
        remember_words(entry.words() for entry in written)
    return len(written)


def _values(said):
    names = "\n".join(filter(None, said.names))
    text = "\n".join(filter(None, said.texts))[:TEXT_AT_MOST]
    titles = f"{said.title}\n{names}"
    return {
        "kind": str(said.kind),
        "title": said.title,
        "names": names,
        "text": text,
        "date_text": said.date_text,
        "day": said.day or date.min,
        "keys": keys_in(titles, "\n".join([text, said.date_text, *said.days])),
        "sequence": stem_sequence(f"{titles}\n{text}"),
    }


# Shorter words are too like many others to be guessed.
_GUESSED_FROM = 4


def remember_words(texts):
    """Keep the words of texts to guess among: those with letters only."""
    words = {}
    for text in texts:
        for word in words_in(text):
            exact = word.keys.exact
            if exact.isalpha() and _GUESSED_FROM <= len(exact) <= LONGEST_WORD:
                words.setdefault(exact, word.text.lower()[:LONGEST_WORD])
    SearchWord.objects.bulk_create(
        [SearchWord(exact=exact, written=written) for exact, written in sorted(words.items())],
        ignore_conflicts=True,
        batch_size=400,
    )


def forget_words():
    """Give up the words that no entry has any more. Returns how many."""
    used = set()
    for keys in SearchEntry.objects.values_list("keys", flat=True).iterator():
        used.update(key[2:] for key in keys.split() if key.startswith("ax"))
    gone = [pk for pk, exact in SearchWord.objects.values_list("pk", "exact") if exact not in used]
    for start in range(0, len(gone), 500):
        SearchWord.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(gone)
