"""
How an imported item is told to people: by the screen, its spreadsheet and the report's file alike.

Everything here comes from a file that a stranger may have written: it is told as text, never as markup, and an address
becomes a link only where it is one of the web.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from core.uses import is_in_trash
from lithuanian.plurals import counted
from wordpress_import.models import Verdict

# What WordPress calls a thing, and what we call one of them and many. Other kinds, of its plugins, keep their names.
KINDS = {
    "post": ("įrašas", "įrašai"),
    "page": ("puslapis", "puslapiai"),
    "attachment": ("failas", "failai"),
    "category": ("kategorija", "kategorijos"),
    "post_tag": ("žyma", "žymos"),
    "wp_block": ("kartojamas blokas", "kartojami blokai"),
    "nav_menu_item": ("meniu punktas", "meniu punktai"),
    "revision": ("ankstesnė versija", "ankstesnės versijos"),
}
STATUSES = {
    "publish": "vieša",
    "private": "privatu",
    "draft": "juodraštis",
    "auto-draft": "pradėtas juodraštis",
    "pending": "laukė peržiūros",
    "future": "turėjo pasirodyti vėliau",
    "trash": "šiukšlinėje",
}
# Why something stayed behind, where no remark says it.
REASONS = {
    "trash": "Senojoje svetainėje buvo šiukšlinėje.",
    "auto-draft": "Pradėta ir niekada neišsaugota.",
    "revision": "Ankstesnė versija: perkeliama tik paskutinė.",
    "nav_menu_item": "Meniu sudaro pati svetainė iš puslapių.",
}
VERDICTS = dict(Verdict.choices)


def kind_name(kind, many=False):
    """What a kind of WordPress's is called: „įrašas“, „įrašai“; the kind's own name where it is a plugin's."""
    return KINDS[kind][many] if kind in KINDS else kind


@dataclass(frozen=True)
class Told:
    """
    An imported item in words.

    `old_url` is the old address where it may be a link, "" otherwise; `became`, `title` and `state` say what it is here
    (all "" where it is nothing), `edit_url` and `url` lead there (None or "" where nobody is led); `sentences` are the
    remarks; `lost` and `gained` the words that are missing or new, `before` and `after` how many there were and are
    (None where nothing was counted).
    """

    kind: str
    status: str
    old_url: str
    verdict: str
    became: str
    title: str
    state: str
    edit_url: str | None
    url: str
    sentences: list[str] = field(default_factory=list)
    before: int | None = None
    after: int | None = None
    lost: list[str] = field(default_factory=list)
    gained: list[str] = field(default_factory=list)

    @property
    def lost_count(self):
        """„3 žodžiai“."""
        return counted(len(self.lost), "žodis", "žodžiai", "žodžių")

    @property
    def gained_count(self):
        """The same of the new ones."""
        return counted(len(self.gained), "žodis", "žodžiai", "žodžių")


def told(item, finder=None, request=None):
    """
    An `ImportedItem` in words: a `Told`. `finder` says where somebody edits things (`AdminURLFinder`); without one,
    where anybody would.
    """
    thing = item.thing
    return Told(
        kind=kind_name(item.kind),
        status=STATUSES.get(item.status, ""),
        old_url=item.old_address if item.old_address.startswith(("http://", "https://")) else "",
        verdict=VERDICTS.get(item.verdict, ""),
        became=str(thing._meta.verbose_name) if thing else "",
        title=_title(thing),
        state=_state(item, thing),
        edit_url=(finder or AdminURLFinder()).get_edit_url(thing) if thing and not is_in_trash(thing) else None,
        url=_url(thing, request),
        sentences=sentences(item),
        before=item.words.get("before"),
        after=item.words.get("after"),
        lost=item.words.get("lost", []),
        gained=item.words.get("gained", []),
    )


def sentences(item):
    """What is remarked about an item, and why it stayed behind: a list of sentences."""
    remarks = [remark["text"] for remark in item.remarks]
    if not remarks and item.verdict == Verdict.LEFT:
        remarks = [reason for key in (item.status, item.kind) if (reason := REASONS.get(key))][:1]
    if item.verdict == Verdict.BEGUN:
        remarks.append("Pradėta, bet nebaigta: dar vyksta arba perkėlimas nutrūko.")
    return remarks


def _title(thing):
    return (thing.draft_title if isinstance(thing, Page) else str(thing)) if thing else ""


def _state(item, thing):
    if thing is None:
        return "jau ištrinta" if item.object_id else ""
    if is_in_trash(thing):
        return "šiukšlinėje"
    if not isinstance(thing, Page):
        return ""
    if thing.live:
        return "publikuota"
    return "numatyta publikuoti" if thing.go_live_at else "juodraštis"


def _url(thing, request):
    if thing is None or is_in_trash(thing):
        return ""
    if isinstance(thing, Page):
        return (thing.get_url(request) or "") if thing.live else ""
    return thing.url if isinstance(thing, AbstractDocument) else ""


@dataclass(frozen=True)
class Totals:
    """How many items there are, by kind (as WordPress calls it) and verdict; and how many comments stayed behind."""

    counts: dict[str, Counter]
    comments: int

    @property
    def verdicts(self):
        """The verdicts that there are, in their order: (value, name)."""
        return [(value, name) for value, name in Verdict.choices if any(row[value] for row in self.counts.values())]

    @property
    def rows(self):
        """(kind, its name, its number by verdict in the order of `verdicts`, all of them) for each kind."""
        for kind, row in self.counts.items():
            numbers = [(value, row[value]) for value, _ in self.verdicts]
            yield kind, kind_name(kind, many=True), numbers, row.total()

    @property
    def by_verdict(self):
        """(verdict, number) over all kinds, in the order of `verdicts`."""
        return [(value, sum(row[value] for row in self.counts.values())) for value, _ in self.verdicts]

    @property
    def number(self):
        """All of them."""
        return sum(row.total() for row in self.counts.values())

    @property
    def begun(self):
        """How many were begun and not finished."""
        return sum(row[Verdict.BEGUN] for row in self.counts.values())


def totals_of(items):
    """The `Totals` of a queryset of imported items; one query. Kinds we have a word for first, in their order."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    counts, comments = {}, 0
    for kind, verdict, number, left in (
        items.order_by().values_list("kind", "verdict").annotate(number=Count("pk"), left=Sum("comments"))
    ):
        counts.setdefault(kind, Counter())[verdict] = number
        comments += left or 0
    kinds = sorted(counts, key=lambda kind: (order.get(kind, len(order)), kind))
    return Totals({kind: counts[kind] for kind in kinds}, comments)


def with_things(items):
    """A queryset of imported items with what they became: one query for each kind of thing, not for each item."""
    return items.prefetch_related("thing").select_related("checked_by")
