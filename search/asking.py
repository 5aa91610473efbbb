"""What somebody typed into the search, and what it asks for."""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import combinations

from wagtail.search.query import And, Or, PlainText

from lithuanian.word_forms import Keys, significant, stem_sequence, words_in

QUERY_AT_MOST = 200
WORDS_AT_MOST = 12
_PHRASE = re.compile(r"[„“”\"«»]([^„“”\"«»]+)[“”\"«»]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class Unit:
    """
    One thing asked for: a word, or a name of several, with whatever means the same.

    alternatives: tuples of words' keys; the first is what was typed.
    """

    alternatives: tuple

    def query(self, place="a"):
        """For Wagtail's backend: all words of one alternative, each in any of its forms. place: see `SearchEntry`."""
        return _either([_all([_any_form(keys, place) for keys in words]) for words in self.alternatives])

    @property
    def typed(self):
        """The keys of the words that were typed: a tuple."""
        return self.alternatives[0]


@dataclass(frozen=True)
class Asked:
    """A search: `text` as it is shown again, `units` in their order, `phrases` as stems that must stand together."""

    text: str
    words: tuple = ()
    units: tuple = ()
    phrases: tuple = field(default=())

    def __bool__(self):
        return bool(self.units)

    def query(self, place="a"):
        """Everything asked for, for Wagtail's backend."""
        return _all([unit.query(place) for unit in self.units])

    def nearly(self):
        """All but one of the things asked for; None where there is one only."""
        if len(self.units) < 2:
            return None
        return _either(
            [_all([unit.query() for unit in some]) for some in combinations(self.units, len(self.units) - 1)]
        )


def cleaned(typed):
    """What was typed as one line that any database takes: no control characters, no runs of blanks, not endless."""
    text = "".join(
        " " if unicodedata.category(letter) in _INVISIBLE else letter for letter in typed[: QUERY_AT_MOST * 5]
    )
    return " ".join(text.split())[:QUERY_AT_MOST].strip()


def ask(typed, synonyms):
    """
    Read a search.

    typed: anything. synonyms: names that mean the same (`search.synonyms`). What is in quotation marks must stand
    together, in whatever form the words have.
    """
    text = cleaned(typed)
    words = significant(words_in(text))[:WORDS_AT_MOST]
    phrases = [sequence for part in _PHRASE.findall(text) if len((sequence := stem_sequence(part)).split()) > 1]
    return Asked(text, tuple(word.text for word in words), tuple(_units(words, synonyms)), tuple(phrases))


def _units(words, synonyms):
    longest = max(map(len, synonyms), default=1)
    stems = [tuple(stem_sequence(word.text).split()) for word in words]
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            names = synonyms.get(sum(stems[place : place + length], ()))
            if names or length == 1:
                typed = tuple(word.keys for word in words[place : place + length])
                others = (tuple(word.keys for word in significant(words_in(name))) for name in names or ())
                yield Unit(tuple(dict.fromkeys([typed, *filter(None, others)])))
                place += length
                break


def forms(keys: Keys):
    """The keys by which a word finds others: pairs of kind and key, best first."""
    roots = {*keys.stems, keys.root} - {""}
    yield "x", keys.exact
    for stem in sorted(roots):
        yield "s", stem
    for root in sorted(roots):
        yield "r", root


def _any_form(keys, place):
    return _either([PlainText(f"{place}{kind}{key}") for kind, key in forms(keys)])


def _all(queries):
    return queries[0] if len(queries) == 1 else And(queries)


def _either(queries):
    return queries[0] if len(queries) == 1 else Or(queries)
