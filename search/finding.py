"""
Answering a search.

Wagtail's search backend says which entries hold what was asked for, through the gate; which of them come first is our
own reckoning, the same on every database. What is looked at closely are the newest entries with everything anywhere,
and the newest with everything in their title: `LOOKED_AT` of each. And nobody counts to the end of a long list:
`COUNTED` is enough to know. So a search costs about the same over two hundred pages and over twenty thousand.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cmp_to_key
from itertools import islice

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.models import CustomDocument
from core.visibility import visible
from lithuanian.folding import fold
from lithuanian.sorting import sort_key
from lithuanian.word_forms import stem_sequence, words_in
from members.models import Member
from partners.models import Organisation
from search.asking import Asked, ask, forms
from search.corrections import corrections
from search.models import SearchEntry, SearchKind
from search.synonyms import synonyms

LOOKED_AT, COUNTED = 200, 1000
SUGGESTED = 8
# What one word's find is worth, by the kind of its key, in the title and elsewhere.
WORTH = {"t": {"x": 10.0, "s": 7.0, "r": 4.0}, "a": {"x": 3.0, "s": 2.0, "r": 1.0}}
ALL_IN_TITLE, TOGETHER, WHOLE_TITLE, NEWEST, AHEAD = 5.0, 4.0, 4.0, 1.0, 1.5


@dataclass
class Answer:
    """
    What was found.

    asked: what the hits answer, the correction where there is one. total: how many there are, at least so many where
    `is_more`; counts: by kind, of all kinds, whichever is shown; None where nobody has counted. entries: those that are
    shown, best first, at most twice `LOOKED_AT`. corrected: whether something else than what was typed was searched
    for. relaxed: whether something of what was asked for is missing in each.
    """

    asked: Asked
    typed: str
    total: int = 0
    is_more: bool = False
    counts: dict = field(default_factory=dict)
    entries: list = field(default_factory=list)
    corrected: bool = False
    relaxed: bool = False


def find(typed, request, kind="", guess=True):
    """Answer what somebody typed. kind: of which kind alone to show hits, "" for all. guess: whether to correct it."""
    names = synonyms()
    asked = ask(typed, names)
    if not asked:
        return Answer(asked, asked.text)
    entries = visible_entries(request)
    if answer := _answer(asked, asked.query(), entries, kind):
        return answer
    for text in corrections(asked, entries) if guess else ():
        corrected = ask(text, names)
        if answer := _answer(corrected, corrected.query(), entries, kind, typed=asked.text, corrected=True):
            return answer
    nearly = None if asked.phrases else asked.nearly()
    relaxed = nearly and _answer(asked, nearly, entries, kind, relaxed=True)
    return relaxed or Answer(asked, asked.text)


def visible_entries(request):
    """The entries whose things this reader may see. A member with an own page as an organisation stands there alone."""
    organisations = Organisation.objects.taking_part(request).order_by().values("pk")
    members = visible(Member.objects.all(), request).exclude(organisation__in=organisations).order_by().values("pk")
    return SearchEntry.objects.filter(
        Q(page__in=visible(Page.objects.all(), request).order_by().values("pk"))
        | Q(organisation__in=organisations)
        | Q(member__in=members)
        | Q(document__in=visible(CustomDocument.objects.all(), request).order_by().values("pk"))
    )


def suggested(typed, request):
    """The entries whose title or name has words that begin as what was typed: at most `SUGGESTED`, best first."""
    words = fold(typed)
    if not words:
        return []
    newest = visible_entries(request).order_by("-day", "-id").defer("text", "keys", "sequence")
    found = get_search_backend().autocomplete(words, newest, order_by_relevance=False)[:LOOKED_AT]
    begins = sorted(found, key=lambda entry: not fold(entry.title).startswith(words))
    return list({entry.title: entry for entry in reversed(begins)}.values())[::-1][:SUGGESTED]


def _answer(asked, query, entries, kind, typed=None, **how):
    for phrase in asked.phrases:
        entries = entries.filter(sequence__contains=phrase)
    found = shown = _newest(query, entries, COUNTED + 1)
    if not found:
        return None
    is_all = len(found) <= COUNTED
    counts = Counter(found.values()) if is_all else dict.fromkeys(SearchKind.values)
    if kind:
        entries = entries.filter(kind=kind)
        shown = [pk for pk in found if found[pk] == kind] if is_all else _newest(query, entries, COUNTED + 1)
    keys = set(islice(shown, LOOKED_AT))
    if len(shown) > LOOKED_AT:
        keys.update(_newest(asked.query("t"), entries, LOOKED_AT))
    rows = SearchEntry.objects.filter(pk__in=keys).defer("text", "sequence")
    return Answer(
        asked,
        asked.text if typed is None else typed,
        total=min(len(shown), COUNTED),
        is_more=len(shown) > COUNTED,
        counts={one.value: counts[one.value] for one in SearchKind if one.value in counts},
        entries=_ordered(rows, asked),
        **how,
    )


def _newest(query, entries, number):
    """Key and kind of the newest entries that match, in their order: a dict."""
    return dict(entries.matching(query).values_list("pk", "kind")[:number])


def _ordered(rows, asked):
    """Best first; those that are as good in the order of Lithuanian, which takes too long to reckon of all."""

    def compare(one, other):
        if one[0] != other[0]:
            return -1 if one[0] > other[0] else 1
        keys = [(sort_key(entry.title), entry.kind, entry.pk) for _, entry in (one, other)]
        return -1 if keys[0] < keys[1] else 1

    scored = [(score(entry, asked), entry) for entry in rows]
    return [entry for _, entry in sorted(scored, key=cmp_to_key(compare))]


def score(entry, asked):
    """
    How well an entry answers: a number, more is better.

    What stands in the title counts more than what stands elsewhere, a word as it was typed more than another form of
    it, a title that says little else more than a long one, newer a little more than older, and what is ahead more yet.
    """
    keys = f" {entry.keys} "
    titles = [line for line in [entry.title, *entry.names.splitlines()] if line]
    return max(_score_of_title(title, asked, keys) for title in titles) + _score_of_day(entry.day)


def _score_of_title(title, asked, keys):
    title_words = [word.keys for word in words_in(title)]
    title_keys = {
        f" t{kind}{key} "
        for exact, stems, root in title_words
        for kind, group in (("x", {exact}), ("s", stems), ("r", {root} - {""}))
        for key in group
    }
    worth, in_title = 0.0, 0
    for unit in asked.units:
        best, best_in_title = 0.0, False
        for words in unit.alternatives:
            each = [_worth_of_word(word, title_keys, keys) for word in words]
            value = sum(each) / len(each)
            if value > best:
                best = value
                best_in_title = min(each) > max(WORTH["a"].values())
        worth += best
        in_title += best_in_title
    if in_title == len(asked.units):
        worth += ALL_IN_TITLE + WHOLE_TITLE * len(asked.words) / max(len(title_words), len(asked.words))
        if len(asked.words) > 1 and stem_sequence(" ".join(asked.words)) in stem_sequence(title):
            worth += TOGETHER
    return worth / len(asked.units) ** 0.5


def _worth_of_word(word, title_keys, keys):
    for place, where in (("t", title_keys), ("a", keys)):
        for kind, key in forms(word):
            if f" {place}{kind}{key} " in where:
                return WORTH[place][kind]
    return 0.0


def _score_of_day(day, today=None):
    today = today or timezone.localdate()
    if day == date.max or day >= today:
        return NEWEST + (AHEAD if day != date.max else 0.0)
    return NEWEST * max(0.0, 1 - (today - day).days / 3650)
