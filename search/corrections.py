"""What was meant, where nothing is found as it was typed."""

from itertools import islice, product

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from search.models import SearchWord

# For each word that occurs nowhere so many guesses are looked at, and so many combinations of guesses in all.
GUESSES, COMBINATIONS = 4, 6
SHORTEST = 4


def corrections(asked, entries):
    """
    Other searches that may have been meant, likeliest first: texts.

    Only words that occur in none of `entries` (those this reader may see) are guessed at, and only words that occur in
    them are guessed: what a reader may not see is no help to them.
    """
    known = None
    choices = []
    for unit in asked.units:
        typed = " ".join(word.exact for word in unit.typed)
        if len(unit.typed) > 1 or _occurs(unit.query(), entries):
            choices.append([typed])
            continue
        exact = unit.typed[0].exact
        if len(exact) < SHORTEST or not exact.isalpha():
            return
        if known is None:
            known = dict(SearchWord.objects.values_list("exact", "written"))
        guesses = [known[guess] for guess in _near(exact, known) if _occurs(PlainText(f"ax{guess}"), entries)]
        if not guesses:
            return
        choices.append(guesses)
    if known is not None:
        yield from (" ".join(words) for words in islice(product(*choices), COMBINATIONS))


def _occurs(query, entries):
    return bool(get_search_backend().search(query, entries.order_by(), order_by_relevance=False)[:1])


def _near(exact, known):
    """The known words that differ in the fewest letters: swapped neighbours count as one difference."""
    most = 1 if len(exact) <= 4 else 2 if len(exact) <= 7 else 3
    found = extract(exact, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=GUESSES)
    return [word for word, _, _ in found]
