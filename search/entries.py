"""What can be found, and by which words: how each kind of thing becomes an entry."""

from functools import singledispatch
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.content_checks.reading import read
from core.models import BasePage, CustomDocument
from core.visibility import TRASH_PATH
from events.models import EventPage
from home.models import HomePage
from lithuanian.dates import InvalidDate, edtf_to_text, format_date
from lithuanian.word_forms import stem_sequence, words_in
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

    names: what else it is called; texts: all else; day: what "newer" goes by; date_text: when it is from, in words.
    """

    kind: str
    title: str
    names: list
    texts: list
    day: object = None
    date_text: str = ""


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
    dates = list(page.dates.select_related("venue"))
    venues = {venue for venue in [page.venue, *(date.venue for date in dates)] if venue}
    places = [text for venue in venues for text in venue.words()]
    last = max((date.over_at for date in dates), default=None)
    texts = [*texts_of(page), *places, page.get_kind_display()]
    return Said(SearchKind.EVENT, page.title, [], texts, last and last.date())


@said_of.register
def _(page: ProjectPage):
    organisations = [*(partner.organisation for partner in page.partners.select_related("organisation"))]
    organisations += [who for who in (page.lead, page.funder) if who]
    texts = [*texts_of(page), *names_of(organisations)]
    return Said(SearchKind.PROJECT, page.title, [], texts, page.period_latest, in_words(page.period))


@said_of.register
def _(page: CooperationAgreementPage):
    organisations = [party.organisation for party in page.parties.select_related("organisation")]
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


def in_words(date):
    """A date of stated precision as text; "" where there is none, or none that can be read."""
    try:
        return edtf_to_text(date) if date else ""
    except InvalidDate:
        return ""


def texts_of(page):
    """All that a page says beside its title: texts, in the order of its fields."""
    texts = []
    for written in read(page):
        if written.field != "title":
            texts += [*(text for _, text in written.headings), *written.texts]
    return texts


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


def is_searched(thing):
    """Whether a thing is to be found at all: a page that is live, a row that is not in the trash."""
    if isinstance(thing, Page):
        return thing.live and not thing.url_path.startswith(TRASH_PATH)
    return getattr(thing, "trash_id", None) is None


def owner_of(thing):
    """The entry's relation to a thing."""
    if isinstance(thing, Page):
        return "page"
    return {Organisation: "organisation", Member: "member", CustomDocument: "document"}[type(thing)]


def refresh(thing):
    """
    Bring the entry of a thing in step with it as it stands in the database; take it away where nothing is to be found.

    thing: a page (its own type), an organisation, a member or a document, read from the database.
    """
    owner = owner_of(thing)
    # Two pages' tables have a row of one page: the entry refers to the page itself.
    key = {f"{owner}_id": thing.pk}
    said = said_of(thing) if is_searched(thing) else None
    with transaction.atomic():
        if said is None:
            SearchEntry.objects.filter(**key).delete()
            return
        names = "\n".join(filter(None, said.names))
        text = "\n".join(filter(None, said.texts))[:TEXT_AT_MOST]
        titles = f"{said.title}\n{names}"
        values = {
            "kind": said.kind,
            "title": said.title,
            "names": names,
            "text": text,
            "date_text": said.date_text,
            "day": said.day,
            "keys": keys_in(titles, text),
            "sequence": stem_sequence(f"{titles}\n{text}"),
        }
        entry = SearchEntry.objects.filter(**key).first()
        if entry and all(getattr(entry, name) == value for name, value in values.items()):
            return
        entry = entry or SearchEntry(**key)
        for name, value in values.items():
            setattr(entry, name, value)
        entry.save()
        remember_words(f"{titles}\n{text}")


def remember_words(text):
    """Keep the words of a text to guess among: those with letters only, from four letters on."""
    words = {}
    for word in words_in(text):
        exact = word.keys.exact
        if 4 <= len(exact) <= 60 and exact.isalpha():
            words.setdefault(exact, word.text.lower()[:60])
    SearchWord.objects.bulk_create(
        [SearchWord(exact=exact, written=written) for exact, written in sorted(words.items())], ignore_conflicts=True
    )
