"""Quotation marks, dashes and no-break spaces in plain text that people typed or pasted.

Sources: Lithuanian punctuation (quotation marks „…“; a dash between words has spaces, between numbers none)
and the usage of typesetters (a line does not break between a number and its unit).
"""

import re
from typing import NamedTuple

from .calendar_text import MONTHS_GENITIVE
from .characters import CLOSING_QUOTE, EN_DASH, NBSP, OPENING_QUOTE


def tidy(text: str) -> str:
    """The text as a Lithuanian editor would set it; tidying twice changes nothing.

    * Pairs of quotation marks of any kind, nested ones too, become „…“. An apostrophe inside a word, a mark
      without its pair and an inch stay as they are.
    * A hyphen or long dash between spaces becomes an en dash; so does one between numbers that make a range:
      2007–2013 m., 24–26 d., 10:00–12:30. Dates such as 2022-07-01, phone, house and project numbers, e-mail
      and web addresses keep their hyphens.
    * Runs of spaces become one space; line breaks stay.
    * A no-break space holds a number to what belongs to it: "2022 m.", "11 d.", "17 val.", "95 %", "100 Eur",
      "Nr. 14", "Pulko g. 21", and groups of digits before a unit of money. Other no-break spaces become plain
      ones.

    text: plain text of any length, not HTML; letters and digits are never changed.
    """
    for _ in range(_MOST_ROUNDS):
        tidied = _hold_together(_dashes(_quotation_marks(_spaces(text))))
        if tidied == text:
            break
        text = tidied
    return text


# What one rule changes may be what another one waited for. Two rounds are usual; the bound is against a
# mistake here.
_MOST_ROUNDS = 10


# --- Spaces ---

_GAP = r" \t\u00a0\u2000-\u200a\u202f\u3000"
# A no-break space that groups digits was put there on purpose; nothing else tells it from a space between
# numbers.
_SPACES = re.compile(rf"(?<=\d)(?P<grouping>[\u00a0\u2007\u2009\u202f])(?=\d{{3}}(?!\d))|[{_GAP}]+")


def _spaces(text: str) -> str:
    return _SPACES.sub(lambda run: NBSP if run["grouping"] else " ", text)


# --- Quotation marks ---

_DOUBLE = '„“”‟"«»'
_SINGLE = "‚‘’‛'‹›"
_MARK = re.compile(rf",,(?=\w)|[{_DOUBLE}{_SINGLE}]")
_BEFORE_OPENING = "([{/–—-"  # "" is in every text: the start of a line counts, too


class _Opened(NamedTuple):
    start: int
    end: int
    single: bool


def _quotation_marks(text: str) -> str:
    # By lines, so that a mark left open does not turn those of the next paragraph about.
    return "\n".join(map(_quotation_marks_of_line, text.split("\n")))


def _quotation_marks_of_line(line: str) -> str:
    replacements: list[tuple[int, int, str]] = []  # where a paired mark starts and ends, and what stands for it
    opened: list[_Opened] = []  # innermost last
    after_opening = 0  # where the last opening mark ended: what follows at once opens, too
    for mark in _MARK.finditer(line):
        single = mark.group() in _SINGLE
        before, after = line[max(0, mark.start() - 1) : mark.start()], line[mark.end() : mark.end() + 1]
        if single and before.isalnum() and after.isalnum():
            continue  # an apostrophe
        may_open = before in _BEFORE_OPENING or before.isspace() or after_opening == mark.start()
        if mark.group() in {",,", "„", "‚"} or (may_open and after and not after.isspace()):
            opened.append(_Opened(*mark.span(), single))
            after_opening = mark.end()
            continue
        # A single mark that was left open inside double ones was an apostrophe, as in "’90".
        while opened and opened[-1].single and not single:
            opened.pop()
        if opened and opened[-1].single == single:
            opening = opened.pop()
            replacements.append((opening.start, opening.end, OPENING_QUOTE))
            replacements.append((*mark.span(), CLOSING_QUOTE))
    return _replaced(line, replacements)


def _replaced(line: str, replacements: list[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, replacement in sorted(replacements):
        pieces += line[done:start], replacement
        done = end
    return "".join(pieces) + line[done:]


# --- Dashes ---

_DASH = "[-\u2010\u2013\u2014\u2015]"
_SPACED_DASH = re.compile(rf"(?<=\S) (?:{_DASH}|--|---) (?=\S)")
_YEARS = re.compile(rf"(?<![\w.,/-])(\d{{4}}) ?{_DASH} ?(\d{{4}})(?= ?m\.)")
_YEARS_SAID_TWICE = re.compile(rf"(?<=\d[ \u00a0]m\.) ?{_DASH} ?(?=\d{{4}}[ \u00a0]?m\.)")

# A range is all there is between two spaces, but for punctuation: so the hyphens of dates, codes and
# addresses, which are parts of something longer, are never met.
_RANGE = re.compile(r"(?<![^\s(„])(?P<first>\d+(?:[,.:]\d+)?)-(?P<last>\d+(?:[,.:]\d+)?)(?=[%€]?[.,;:!?)“]*(?:\s|$))")
# After these, "5-12" is a house and a flat, an item of a numbered act, or the rest of a phone number.
_BEFORE_CODE = re.compile(r"(?:(?<!\w)(?:Nr|g|pr|al|pl|k|kab|tel|faks|mob)\.|\d\)?)\s$")


def _dashes(text: str) -> str:
    text = _YEARS.sub(rf"\1{EN_DASH}\2", text)
    text = _YEARS_SAID_TWICE.sub(f" {EN_DASH} ", text)
    text = _SPACED_DASH.sub(f" {EN_DASH} ", text)
    return _RANGE.sub(_range, text)


def _range(match: re.Match) -> str:
    first, last = match["first"], match["last"]
    if _BEFORE_CODE.search(match.string[max(0, match.start() - 8) : match.start()]) or not _is_range(first, last):
        return match.group()
    return f"{first}{EN_DASH}{last}"


def _is_range(first: str, last: str) -> bool:
    """From less to more, and alike: two years, clock times, decimals, or numbers of up to three digits."""
    kinds = [re.sub(r"\d+", "0", number) for number in (first, last)]
    if kinds[0] != kinds[1]:
        return False
    if kinds[0] != "0":
        return True
    if len(first) > 3 or len(last) > 3:
        return len(first) == len(last) == 4 and first < last  # "2022-07" is a month, "20150-20160" no year
    return int(first) < int(last) and not (first == "8" and len(last) == 3)  # "8-315" is dialled


# --- No-break spaces ---

_AFTER_NUMBER = (
    r"(?:m|d|val|min|sek|proc|mėn|sav|tūkst|mln|mlrd|vnt|psl|kv)\.(?!\w)"
    r"|(?:Eur|EUR|eur|ha|km|kg|cm|mm|m|g|l|t)(?![\w.])"
    r"|[%€](?!\w)"
)
_UNIT = re.compile(rf"(?<=\d) (?={_AFTER_NUMBER})")
# "95%" wants its space; "%20" in an address does not.
_SIGN_WITHOUT_SPACE = re.compile(r"(?<![^\s(„–-])(\d+(?:[.,–]\d+)*)(?=[%€](?![\w%]))")
_MONTH = re.compile(rf"(?<!\w)({'|'.join(MONTHS_GENITIVE)}) (?=mėn\.)")
_BEFORE_NUMBER = re.compile(r"(?<!\w)((?:Nr|nr|g|pr|al|pl|str|psl|pav|lent)\.|№) (?=\d)")
_GROUPS_OF_MONEY = re.compile(r"(?<![\d\u00a0])\d{1,3}(?: \d{3})+(?=(?:,\d+)?[ \u00a0](?:Eur|EUR|eur|€))")


def _hold_together(text: str) -> str:
    text = _SIGN_WITHOUT_SPACE.sub(rf"\1{NBSP}", text)
    text = _UNIT.sub(NBSP, text)
    text = _MONTH.sub(rf"\1{NBSP}", text)
    text = _BEFORE_NUMBER.sub(rf"\1{NBSP}", text)
    return _GROUPS_OF_MONEY.sub(lambda amount: amount.group().replace(" ", NBSP), text)
