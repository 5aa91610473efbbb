"""What was meant, where nothing is found as it was typed."""

from itertools import islice, product
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from wagtail.search.query import And, PlainText

from lithuanian.word_forms import keys_of
from search.models import SearchWord

# So many guesses at a word, so many combinations of guesses, so many words guessed at, in searches so long: each costs
# a question to the database.
GUESSES, COMBINATIONS, GUESSED_AT, UNITS = 4, 5, 2, 5
SHORTEST, SOME = 4, 200
# What is compared closely: words that differ by so many letters more, since a guess may have another ending.
ENDING, COMPARED = 2, 60


class Part(NamedTuple):
    """A part of another search: `text` as it is shown, `words` that must occur, exact, for it to be shown at all."""

    text: str
    words: tuple = ()


def corrections(asked, entries):
    """
    Other searches that may have been meant, likeliest first: texts.

    Only words that occur in none of `entries` (those this reader may see) are guessed at, and only words that occur in
    them are guessed: what a reader may not see is no help to them.
    """
    if len(asked.units) > UNITS:
        return
    wrong = [unit for unit in asked.units if len(asked.units) == 1 or not _occurs(unit.query(), entries)]
    # In a fixed order: two databases guess alike.
    known = dict(SearchWord.objects.order_by("exact").values_list("exact", "written"))
    for parts in islice(_ways(asked.units, wrong, known), COMBINATIONS):
        words = [PlainText(f"ax{word}") for part in parts for word in part.words]
        if _occurs(And(words) if len(words) > 1 else words[0], entries):
            yield " ".join(part.text for part in parts)


def _occurs(query, entries):
    # Asked for a single row, PostgreSQL takes it for near and looks through all, newest first, instead of its index.
    return bool(list(entries.matching(query).values_list("pk")[:SOME]))


def _ways(units, wrong, known):
    """Searches to try: lists of parts, some with words to look for."""
    typed = [" ".join(known.get(word.exact, word.exact) for word in unit.typed) for unit in units]
    exacts = [unit.typed[0].exact if len(unit.typed) == 1 else "" for unit in units]
    as_typed = [Part(text) for text in typed]
    for place in range(len(units) - 1):  # one word, typed as two
        joined = exacts[place] + exacts[place + 1]
        if all(exacts[place : place + 2]) and joined in known:
            yield [*as_typed[:place], Part(known[joined], (joined,)), *as_typed[place + 2 :]]
    if not 0 < len(wrong) <= GUESSED_AT:
        return
    choices = [
        _guesses(exact, known) if unit in wrong else [part]
        for unit, exact, part in zip(units, exacts, as_typed, strict=True)
    ]
    # Those that are likeliest together first, not all of the first word's likeliest one.
    ways = product(*(list(enumerate(parts)) for parts in choices))
    for way in sorted(ways, key=lambda way: sum(place for place, _ in way)):
        yield [part for _, part in way]


def _guesses(exact, known):
    """What a word may have been meant as, likeliest first: parts, each of another stem."""
    if len(exact) < SHORTEST or not exact.isalpha():
        return []
    most = 1 if len(exact) <= 5 else 2 if len(exact) <= 9 else 3
    stem = _stem(exact)
    near = extract(exact, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most + ENDING, limit=COMPARED)
    ranked = sorted(
        (min(apart, DamerauLevenshtein.distance(stem, _stem(word)) + 0.5), word[0] != exact[0], apart, word)
        for word, apart, _ in near
    )
    guesses = {}
    for apart, _, _, word in ranked:
        if apart <= most:
            guesses.setdefault(_stem(word), Part(known[word], (word,)))
    begun = sorted((word for word in known if word.startswith(exact)), key=lambda word: (len(word), word))
    for word in begun[:GUESSES]:
        guesses.setdefault(_stem(word), Part(known[word], (word,)))
    for cut in range(SHORTEST, len(exact) - SHORTEST + 1):  # two words, typed as one
        first, second = exact[:cut], exact[cut:]
        if first in known and second in known:
            guesses = {exact: Part(f"{known[first]} {known[second]}", (first, second)), **guesses}
    return list(guesses.values())[:GUESSES]


def _stem(exact):
    return min(keys_of(exact).stems, key=lambda stem: (len(stem), stem))
