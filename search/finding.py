"""
Answering a search.

Wagtail's search backend says which entries hold what was asked for, through the gate; which of them come first is our
own reckoning, the same on every database. What is looked at closely are the newest entries with everything in their
title, then the newest with everything anywhere: `LOOKED_AT` of each, so that a search costs the same over two hundred
pages and over twenty thousand.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q
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

LOOKED_AT = 200
SUGGESTED = 8
# What one word's find is worth, by the kind of its key, in the title and elsewhere.
WORTH = {"t": {"x": 10.0, "s": 7.0, "r": 4.0}, "a": {"x": 3.0, "s": 2.0, "r": 1.0}}
ALL_IN_TITLE, TOGETHER, WHOLE_TITLE, NEWEST, AHEAD = 5.0, 4.0, 4.0, 1.0, 1.5


@dataclass
class Answer:
    """
    What was found.

    asked: what the hits answer, the correction where there is one. total: how many there are, by kind in `counts` (of
    all kinds, whichever is shown); entries: those that are shown, best first, at most `LOOKED_AT` and a page's worth
    more of each. corrected: whether something else than what was typed was searched for. relaxed: whether something of
    what was asked for is missing in each.
    """

    asked: Asked
    typed: str
    total: int = 0
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
    newest = visible_entries(request).order_by(F("day").desc(nulls_last=True), "-id").defer("text", "keys", "sequence")
    found = get_search_backend().autocomplete(words, newest, order_by_relevance=False)[:LOOKED_AT]
    begins = sorted(found, key=lambda entry: not fold(entry.title).startswith(words))
    return list({entry.title: entry for entry in reversed(begins)}.values())[::-1][:SUGGESTED]


def matching(query, entries):
    """The entries that match a query of Wagtail's, newest first: results of its backend."""
    newest = entries.order_by(F("day").desc(nulls_last=True), "-id")
    return get_search_backend().search(query, newest, order_by_relevance=False)


def _answer(asked, query, entries, kind, typed=None, **how):
    for phrase in asked.phrases:
        entries = entries.filter(sequence__contains=phrase)
    entries = entries.select_related("organisation", "document").defer("text", "sequence")
    rows = list(matching(query, entries)[: LOOKED_AT + 1])
    if not rows:
        return None
    if len(rows) <= LOOKED_AT:  # that is all of it
        counts = Counter(row.kind for row in rows)
        rows = [row for row in rows if kind in ("", row.kind)]
    else:
        counts = matching(query, entries).facet("kind")
        shown = entries.filter(kind=kind) if kind else entries
        in_title = list(matching(asked.query("t"), shown)[:LOOKED_AT])
        anywhere = list(matching(query, shown)[:LOOKED_AT]) if kind else rows[:LOOKED_AT]
        rows = {row.pk: row for row in (*in_title, *anywhere)}.values()
    ordered = sorted(rows, key=lambda entry: (-score(entry, asked), sort_key(entry.title), entry.kind, entry.pk))
    total = counts.get(kind, 0) if kind else sum(counts.values())
    counts = {one.value: counts[one.value] for one in SearchKind if counts.get(one.value)}
    return Answer(asked, asked.text if typed is None else typed, total, counts, ordered, **how)


def score(entry, asked):
    """
    How well an entry answers: a number, more is better.

    What stands in the title counts more than what stands elsewhere, a word as it was typed more than another form of
    it, a title that says little else more than a long one, newer a little more than older, and what is ahead more yet.
    """
    keys = set(entry.keys.split())
    titles = [line for line in [entry.title, *entry.names.splitlines()] if line]
    return max(_score_of_title(title, asked, keys) for title in titles) + _score_of_day(entry.day)


def _score_of_title(title, asked, keys):
    title_words = [word.keys for word in words_in(title)]
    title_keys = {
        kind + key
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
            if (kind + key if place == "t" else f"a{kind}{key}") in where:
                return WORTH[place][kind]
    return 0.0


def _score_of_day(day, today=None):
    if day is None:
        return 0.0
    today = today or timezone.localdate()
    if day == date.max or day >= today:
        return NEWEST + (AHEAD if day != date.max else 0.0)
    return NEWEST * max(0.0, 1 - (today - day).days / 3650)
