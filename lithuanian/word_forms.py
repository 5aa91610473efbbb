"""Which words are forms of one another: what a search compares instead of letters.

Lithuanian nouns have fourteen forms and adjectives some thirty, and half of those who search type without
diacritics. So a word is known by several keys, all of them plain ASCII, and two words are taken for forms of
one when they share a key:

* ``exact``: the word without case and diacritics, ``sutarčių`` → "sutarciu";
* ``stems``: what is left without its ending. One stem is Snowball's of the word as it stands; the other is
  `lithuanian.stems`, of the folded word, since Snowball's Lithuanian rules go by letters that somebody who types
  "sutarciu" leaves out. Where the two differ, both count: each misses what the other one finds;
* ``root``: the stem of a verb and of the noun made from it, ``mokymai`` and ``mokyti`` → "mok".

Sources: Snowball's `lithuanian` (https://snowballstem.org/algorithms/lithuanian/stemmer.html) for the first
stem; the declensions and the softening of *t* and *d* before *i* (sutartis, sutarčių; žodis, žodžių) as the
grammars give them for the second.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from anyascii import anyascii

from .folding import fold
from .stems import SHORTEST_STEM, stem_of_folded

# Of a verb and of the name of its action: mokyti, mokymas; rengti, rengimas; remti, rėmimas; vystymasis.
_ACTION = re.compile(r"(?<=\w{3})(?:[iy]mas|[iy]m)$")
_INFINITIVE = re.compile(r"(?<=\w{3})(?:yti|eti|oti|uoti|auti|ti)(?:s)?$")

_snowball = snowballstemmer.stemmer("lithuanian").stemWord
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Longer "words" are addresses and codes; nobody types them whole.
LONGEST_WORD = 60

# What says nothing alone: left out of a search, unless there is nothing else in it.
_SAYS_NOTHING = """
    ir su i is del apie ar bei uz po prie per nuo iki kaip kad tai o bet yra buvo bus cia ten taip pat ant be
    ant pagal tarp pas kas kur kada kuris kuri kurie kurios sis si sie sios tas ta tie tos jis ji jie jos mes
    jus musu jusu m d val nr
"""
STOP_WORDS = frozenset(_SAYS_NOTHING.split())
# "Nr." and "m." are asked for with a number beside them, so they count where a number follows (`significant`).
_BEFORE_NUMBER = frozenset({"nr", "m"})


class Keys(NamedTuple):
    """What a word is known by: ASCII texts. `stems` holds one or two; `root` is "" where it says no more."""

    exact: str
    stems: frozenset
    root: str

    def all(self):
        """Every key once: a set. Keys of different kinds may meet: a stem may be a word."""
        return {self.exact, *self.stems} | ({self.root} if self.root else set())


class Word(NamedTuple):
    """A word of a text, and where it stands in it: text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def keys(self):
        """What it is known by."""
        return keys_of(self.text)


def words_in(text: str) -> list[Word]:
    """The words and numbers of a text, in their order. An apostrophe inside a word belongs to it."""
    return [Word(match.group(), *match.span()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def keys_of(word: str) -> Keys:
    """What a word is known by, whatever its script: "Sutarčių" → exact "sutarciu", stems {"sutart"}."""
    word = word[:LONGEST_WORD]
    exact = _ascii(word)
    if not exact or any(character.isdigit() for character in exact):
        return Keys(exact, frozenset({exact}), "")
    snowball = _ascii(_snowball(word.lower()))
    folded = stem_of_folded(exact)
    stems = frozenset(stem for stem in (snowball, folded) if len(stem) >= SHORTEST_STEM) or frozenset({exact})
    root = _INFINITIVE.sub("", exact) if _INFINITIVE.search(exact) else _ACTION.sub("", folded)
    return Keys(exact, stems, "" if root in stems or len(root) < SHORTEST_STEM else root)


def significant(words: list[Word]) -> list[Word]:
    """Those of a search's words that say something; all of them where none does."""
    kept = []
    for place, word in enumerate(words):
        exact = word.keys.exact
        number_follows = place + 1 < len(words) and words[place + 1].text.isdigit()
        if exact and (exact not in STOP_WORDS or (exact in _BEFORE_NUMBER and number_follows)):
            kept.append(word)
    return kept or [word for word in words if word.keys.exact]


def stem_sequence(text: str) -> str:
    """
    A text as the folded stems of its words, with a space at both ends: where phrases are looked for.

    „Žydinti Lietuva“ and „Žydinčios Lietuvos“ give the same or nearly so; " zyd lietuv " stands in either.
    """
    return f" {' '.join(stem_of_folded(exact) for word in words_in(text) if (exact := word.keys.exact))} "


def _ascii(text: str) -> str:
    """Folded, and letters of other scripts in Latin ones, so that no database's alphabet matters."""
    return "".join(character for character in anyascii(fold(text)).lower() if character.isalnum())
