"""The order of names in Lithuanian, and the letter a name is filed under.

Source of the order: CLDR 48, collation ``lt`` (common/collation/lt.xml). It has three levels, each asked only
if the one before it cannot tell two texts apart:

1. letters: č, š and ž are letters of their own, after c, s and z; but ą is an a; ę and ė are an e; į and y
   are an i; ų and ū are a u; and a foreign letter with an accent is its plain letter;
2. accents: a < ä < ą, e < é < ę < ė, i < į < y, u < ų < ū: the letters of Lithuanian after foreign accents;
3. case: small before capital.

A register asks for a little more than CLDR: quotation marks and other punctuation do not count; a dash or
slash between words is a space; digits are read as whole numbers ("Nr. 2" before "Nr. 10"). As in CLDR, a
space comes before all letters, so that names are compared word by word, symbols stand before digits and
digits before letters. Letters of other scripts follow the Latin ones in the order of Unicode.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .folding import FOREIGN_LETTERS

ALPHABET = tuple("AĄBCČDEĘĖFGHIĮYJKLMNOPRSŠTUŲŪVZŽ")

INITIAL_OF_NUMBERS = "0–9"
INITIAL_OF_OTHERS = "#"

# A key is cut here, so that a column and its index can be sized. 255 Lithuanian letters, all of them capitals
# with an accent, take 2 × 255 + 255 + 255 digits and two between the levels: 1022. Only rarer texts of that
# length (numbers, other scripts) are cut, and a cut key still sorts by what it kept.
KEY_LENGTH = 1024


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A text whose plain order is the Lithuanian order of ``text``: at most KEY_LENGTH digits 0–9.

    Only digits, because their order is the one thing that bytes and the collations of every language agree on
    (letters already fail: "aa" is the last letter in Danish, "dd" and "ff" are letters in Welsh). So a stored
    and indexed column of keys sorts the same in any database. Texts that differ in punctuation alone have the
    same key, and a text without letters, digits or symbols the empty one: sort by a second column as well.
    """
    primary, secondary, tertiary = [], [], []
    for element in _elements(text):
        primary.append(element.letter)
        secondary.append(element.accent)
        tertiary.append(element.case)
    levels = ["".join(primary), _without_tail(secondary, _PLAIN), _without_tail(tertiary, _SMALL)]
    while levels and not levels[-1]:
        levels.pop()
    return _LEVEL_END.join(levels)[:KEY_LENGTH]


# Weights are digits, too. No weight begins as another one goes on, and none begins with the end of a level.
_LEVEL_END = "0"

_SPACE = "1"
_SYMBOL = "2"  # and the code point, seven digits
_NUMBER = "3"  # and the number of digits, three digits, and the digits
_LETTERS = {letter: str(40 + place) for place, letter in enumerate("abcčdefghijklmnopqrsštuvwxzž")}
_OTHER_LETTER = "9"  # and the code point, seven digits

_PLAIN = "1"
_TAILORED = {"ą": "2", "ę": "2", "ė": "3", "į": "2", "y": "3", "ų": "2", "ū": "3"}
# Foreign accents in the order of CLDR's root collation; any other mark: 9 and the code point, seven digits.
_MARKS = {
    mark: f"5{place:02}"
    for place, mark in enumerate(
        (
            "\N{COMBINING ACUTE ACCENT}",
            "\N{COMBINING GRAVE ACCENT}",
            "\N{COMBINING BREVE}",
            "\N{COMBINING CIRCUMFLEX ACCENT}",
            "\N{COMBINING CARON}",
            "\N{COMBINING RING ABOVE}",
            "\N{COMBINING DIAERESIS}",
            "\N{COMBINING DOUBLE ACUTE ACCENT}",
            "\N{COMBINING TILDE}",
            "\N{COMBINING DOT ABOVE}",
            "\N{COMBINING CEDILLA}",
            "\N{COMBINING OGONEK}",
            "\N{COMBINING MACRON}",
        )
    )
}
_FOREIGN = "8"  # ß is ss, ø is o, and so on, but after them

_SMALL = "1"
_CAPITAL = "2"

# Lithuanian writes the stress of an i or j over its dot: CLDR's lt reads the two marks as the stress alone.
_STRESSED_DOT = re.compile("\u0307(?=[\u0300\u0301\u0303])")
_TAILORED_PAIR = "[AEIUaeiu]\u0328|[Ee]\u0307|[Uu]\u0304|[CSZcsz]\u030c"
_PART = re.compile(rf"\d{{1,999}}|(?:{_TAILORED_PAIR})|.", re.DOTALL)


class _Element(NamedTuple):
    """One step of a comparison: its weights on the three levels, each "" where it has none."""

    letter: str = ""
    accent: str = ""
    case: str = ""


def _elements(text: str) -> Iterator[_Element]:
    decomposed = unicodedata.normalize("NFKD", text)
    counted = " ".join("".join(map(_without_punctuation, decomposed)).split())
    for match in _PART.finditer(counted):
        part = match.group()
        if part == " ":
            yield _Element(_SPACE, _PLAIN, _SMALL)
        elif part[0].isdecimal():
            yield _number(part)
        elif len(part) == 1 and unicodedata.combining(part):
            # Nothing is left of a dot that stood under a stress.
            if not _STRESSED_DOT.match(counted, match.start()):
                yield _Element(accent=_MARKS.get(part) or f"9{ord(part):07}")
        else:
            yield from _letter_or_symbol(part)


def _without_punctuation(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd" or character in "/\\_" or character.isspace():
        return " "
    return "" if category[0] == "P" or category in {"Cc", "Cf"} else character


def _number(digits: str) -> _Element:
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    significant = value.lstrip("0") or "0"
    # The shorter of two numbers without leading zeros is the smaller one.
    weight = f"{_NUMBER}{len(significant):03}{significant}"
    return _Element(weight, _PLAIN, _SMALL if value == significant else _CAPITAL)


def _letter_or_symbol(character: str) -> Iterator[_Element]:
    letter = unicodedata.normalize("NFC", character)
    small = letter.lower()
    case = _SMALL if letter == small else _CAPITAL
    if small in FOREIGN_LETTERS:
        first, *rest = FOREIGN_LETTERS[small]
        yield _Element(_LETTERS[first], _PLAIN + _FOREIGN, case)
        yield from (_Element(_LETTERS[following], _PLAIN, case) for following in rest)
    elif small in _TAILORED:
        plain = "i" if small == "y" else unicodedata.normalize("NFD", small)[0]
        yield _Element(_LETTERS[plain], _TAILORED[small], case)
    elif small in _LETTERS:
        yield _Element(_LETTERS[small], _PLAIN, case)
    elif unicodedata.category(letter)[0] in "LMN":
        yield from (_Element(f"{_OTHER_LETTER}{ord(part):07}", _PLAIN, case) for part in small.casefold())
    else:
        yield _Element(f"{_SYMBOL}{ord(letter):07}", _PLAIN, _SMALL)


def _without_tail(weights: list[str], commonest: str) -> str:
    """The weights of a level up to the last that says something: the commonest is also the lowest."""
    end = len(weights)
    while end and weights[end - 1] in {commonest, ""}:
        end -= 1
    return "".join(weights[:end])


# --- Names of organisations ---

_FORMS_IN_SHORT = (
    "VšĮ", "VŠĮ", "Všį", "BĮ", "VĮ", "SĮ", "IĮ", "UAB", "AB", "MB", "TŪB", "KŪB",
    "KB", "KŪ", "ŽŪB", "ŽŪK", "LPF",
)  # fmt: skip
_FORMS_IN_FULL = (
    "viešoji įstaiga",
    "biudžetinė įstaiga",
    "valstybės įmonė",
    "savivaldybės įmonė",
    "individuali įmonė",
    "uždaroji akcinė bendrovė",
    "akcinė bendrovė",
    "mažoji bendrija",
    "žemės ūkio bendrovė",
    "kooperatinė bendrovė",
    "labdaros ir paramos fondas",
)
# "Asociacija" may also be the first word of a name, but not before a name in quotation marks.
_FORM = rf"(?:{'|'.join(_FORMS_IN_SHORT)}|(?i:{'|'.join(_FORMS_IN_FULL)})|(?i:asociacija)(?=\s*[„“”\"«]))"
_FORM_FIRST = re.compile(rf"\s*{_FORM}(?=[\s„“”\"«])")
_FORM_LAST = re.compile(rf",\s*{_FORM}\s*$")
_QUOTES = re.compile(r"[„“”‟\"«»‹›‚]|(?<!\w)['‘’]|['‘’](?!\w)")


def name_for_sorting(text: str) -> str:
    """The name without its legal form and quotation marks: what an organisation is filed under.

    ``VšĮ „Devynios galybės“`` → "Devynios galybės", ``BĮ Alytaus rajono Daugų kultūros centras`` → "Alytaus
    rajono Daugų kultūros centras", ``„Nemunas“, UAB`` → "Nemunas". Only a legal form is left off: ``Jurbarko
    VVG „Nemunas“`` is "Jurbarko VVG Nemunas". A text that is nothing but a legal form or quotation marks
    stays as it is.
    """
    bare = _FORM_LAST.sub("", _FORM_FIRST.sub("", text, count=1), count=1)
    return " ".join(_QUOTES.sub("", bare).split()) or " ".join(text.split())


def surname_first(name: str) -> str:
    """A person's name as lists of people file it: ``Ona Petraitienė`` → "Petraitienė Ona".

    The last word is taken for the surname, as in a name that is written in Lithuanian order.
    """
    *given, surname = name.split() or [""]
    return " ".join([surname, *given])


def initial(text: str) -> str:
    """The capital an organisation is filed under in an alphabet bar: "D" for ``VšĮ „Devynios galybės“``.

    A letter of ALPHABET, or another script's own letter; a foreign letter stands under its plain one (Ä under
    A, W under W). A number is INITIAL_OF_NUMBERS, a text without letters and digits INITIAL_OF_OTHERS. Ą, Ę,
    Ė, Į, Y, Ų and Ū are headings of their own, although ``sort_key`` puts their names between those of the
    plain letter: group by this first.
    """
    for character in unicodedata.normalize("NFC", name_for_sorting(text)):
        if character.isdecimal():
            return INITIAL_OF_NUMBERS
        if character.isalpha():
            return _heading(character)
    return INITIAL_OF_OTHERS


def _heading(letter: str) -> str:
    capital = letter.upper()
    if capital in ALPHABET:
        return capital
    small = letter.lower()
    plain = FOREIGN_LETTERS.get(small) or unicodedata.normalize("NFKD", small)
    return plain[0].upper()[:1]
