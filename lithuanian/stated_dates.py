"""Dates as Lithuanian prose states them, read to EDTF: the counterpart of ``dates``.

"2022 m. liepos mėn." is 2022-07, "2015 birželio 15 d." 2015-06-15, "nuo 2015 m. spalio 1 d." 2015-10-01/..,
"2012 m. sausio 24-26 d." 2012-01-24/2012-01-26. What is read is as precise as what is said and no more. So
these are no dates here:

* a quarter or half of a year ("2022 m. II ketv."), which EDTF has no value for at levels 0 and 1;
* a day that the calendar does not have, a period that ends before it starts;
* a month, day or season without its year.

A single winter ("2022 m. žiemą") may be at either end of its year: it is read as the year alone. Said with both
its years ("2022–2023 m. žiema") it is that winter. "Apie" means "about" at the beginning of a sentence and of a
whole text only: inside a sentence it may as well be "concerning".
"""

import re
from dataclasses import dataclass

from .stored_dates import WINTER, InvalidDate, read_stored_date

# The cases of the calendar's words: nominative, genitive, accusative, locative, instrumental.
_MONTH_FORMS = (
    "sausis sausio sausį sausyje sausiu", "vasaris vasario vasarį vasaryje vasariu", "kovas kovo kovą kove kovu",
    "balandis balandžio balandį balandyje balandžiu", "gegužė gegužės gegužę gegužėje geguže",
    "birželis birželio birželį birželyje birželiu", "liepa liepos liepą liepoje",
    "rugpjūtis rugpjūčio rugpjūtį rugpjūtyje rugpjūčiu", "rugsėjis rugsėjo rugsėjį rugsėjyje rugsėju",
    "spalis spalio spalį spalyje spaliu", "lapkritis lapkričio lapkritį lapkrityje lapkričiu",
    "gruodis gruodžio gruodį gruodyje gruodžiu",
)  # fmt: skip
_SEASON_FORMS = {
    21: "pavasaris pavasario pavasarį pavasaryje",
    22: "vasara vasaros vasarą vasaroje",
    23: "ruduo rudens rudenį rudenyje",
    WINTER: "žiema žiemos žiemą žiemoje",
}
_MONTHS = {form: number for number, forms in enumerate(_MONTH_FORMS, 1) for form in forms.split()}
_SEASONS = {form: number for number, forms in _SEASON_FORMS.items() for form in forms.split()}

_S = r"\s*"
_DASH = r"[-\u2010-\u2015\u2212]"
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)"
_SEASON = rf"(?:{'|'.join(sorted(_SEASONS, key=len, reverse=True))})(?!\w)"
# What stands after the number of a year: "m.", "metai" in any case, an ending ("2015-ųjų", "2015-aisiais metais").
_YEAR_ENDING = r"-(?:ųjų|aisiais|ieji|uosius|iesiems)"
_M = rf"(?:{_S}m\.|{_S}m(?=\s)|{_S}met(?:ai|ų|us|ais|ams|uose)(?!\w)|{_YEAR_ENDING}(?:{_S}met(?:ų|ais|ai|us)(?!\w))?)"
_D = r"(?:\s*d\.|\s*d(?!\w)|\s*dien(?:a|os|ą|oje)(?!\w)|-(?:ąją|osios|oji|ą)(?:\s*dien(?:a|os|ą|oje))?(?!\w))"
_ENDS = r"(?=\s*(?:$|[.,;:)\n]))"
_DAY_NUMBER = r"[0-3]?[0-9](?!\d)"
_MONTH_WORD = r"(?:\s*mėn(?:\.|(?!\w)|es(?:is|io|į|yje)(?!\w)))"

# A month with its day or days: "sausio 24-26 d.", "birželio 15 d.", "gegužės 22" at the end of something.
_MONTH_PART = (
    rf"(?P<month>{_MONTH}){_MONTH_WORD}?"
    rf"(?:{_S}(?P<day>{_DAY_NUMBER})(?:{_D}?{_S}{_DASH}{_S}(?P<day2>{_DAY_NUMBER})(?:{_D}|{_ENDS})|{_D}|{_ENDS}))?"
    rf"{_MONTH_WORD}?"
)
_FULL = re.compile(
    # A year alone wants its "m.", so that a number is not one; with a month it may go without.
    rf"(?P<iso>(?P<iy>[12][0-9]{{3}})(?P<sep>[-. ])(?P<im>[01][0-9])(?P=sep)(?P<id>[0-3][0-9])(?:{_S}d\.)?(?![\d-]))"
    rf"|(?P<wy>[0-9]{{4}}){_M}?{_S}{_DASH}{_S}(?P<wy2>[0-9]{{4}}){_M}{_S}žiem(?:a|os|ą|oje)(?!\w)"
    rf"|(?P<year>[0-9]{{4}})(?:{_M}?{_S},?{_S}(?:{_MONTH_PART}|(?P<season>{_SEASON}))|(?P<bare>{_M}))"
    rf"|(?P<isomonth>[12][0-9]{{3}}-(?:0[1-9]|1[0-2]))(?![\d-])",
    re.IGNORECASE,
)
# The other end of a period may leave its year unsaid.
_REST = re.compile(rf"{_MONTH_PART}|(?P<season>{_SEASON})|(?P<alone>{_DAY_NUMBER}){_D}", re.IGNORECASE)
_YEARS = re.compile(rf"(?P<first>[0-9]{{4}}){_S}{_DASH}{_S}(?P<last>[0-9]{{4}})(?:(?P<m>{_M})|(?![\d\w.,/-]))")
_JOIN = re.compile(rf"{_S}{_DASH}{_S}|\s+iki\s+(?P<until>)", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    rf"[0-9]{{4}}{_M}?{_S}(?:[IVX]+|[1-4])(?:-?\w{{0,4}})?{_S}(?:{_S}(?:ir|[-–]){_S}(?:[IVX]+|[1-4]))?{_S}"
    rf"(?:-?\w{{0,4}}\s+)?(?:ketv|pusm|trimestr)\w*\.?",
    re.IGNORECASE,
)
_START = re.compile(rf"(?<![\w.,/\-])(?=[0-9]{{4}}(?![0-9]))|(?<={_DASH})(?=[12][0-9]{{3}}(?:{_S}m\.))")
_BEFORE = re.compile(r"(?:^|(?<=\s)|(?<=[(„]))(?P<word>nuo|iki|maždaug|apie)\s+$", re.IGNORECASE)
_DOUBT = re.compile(r"\s*\(spėjama\)", re.IGNORECASE)
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?•\n])\s*$")


@dataclass(frozen=True)
class StatedDate:
    """A date found in a text: its EDTF value, the words that say it, and where they stand (``text[start:end]``)."""

    edtf: str
    words: str
    start: int
    end: int


def read_stated_date(text: str) -> str:
    """The EDTF value of a text that is one date and nothing else. Raises InvalidDate if it is not."""
    text = text.strip()
    found = find_stated_dates(text)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        raise InvalidDate("Datos nepavyko perskaityti.")
    return found[0].edtf


def find_stated_dates(text: str) -> list[StatedDate]:
    """All dates in a text, in their order; they do not overlap. What is said wrongly is not among them."""
    found, place = [], 0
    while start := _START.search(text, place):
        place = start.start()
        if part := _PART_OF_YEAR.match(text, place):
            place = part.end()
            continue
        value, end = _period_at(text, place)
        if not end:
            place += 4
            continue
        date = _with_words_around(text, place, end, value)
        # Words before a date may not reach into the date before it.
        if date and not (found and date.start < found[-1].end):
            found.append(date)
        place = max(end, date.end if date else 0)
    return found


# --- What stands around a date ---


def _with_words_around(text: str, start: int, end: int, value: str | None) -> StatedDate | None:
    """The date with "nuo", "iki", "apie" and "(spėjama)"; None if it is no date after all."""
    if value is None:
        return None
    uncertain = _DOUBT.match(text, end)
    prefix, begins = _prefix_before(text, start)
    if prefix == "apie" and not _BEGINS_SENTENCE.search(text[:begins]):
        prefix, begins = "", start
    approximate = prefix in {"apie", "maždaug nuo", "maždaug iki"}
    marker = {(True, True): "%", (True, False): "~", (False, True): "?", (False, False): ""}[
        approximate, bool(uncertain)
    ]
    ends = value.split("/")
    if uncertain and len(ends) == 1:
        end = uncertain.end()
    elif len(ends) > 1:
        marker = "" if not approximate else marker
    if len(ends) == 1:
        value = _marked(value, marker)
        if prefix.endswith("nuo"):
            value = f"{value}/.."
        elif prefix.endswith("iki"):
            value = f"../{value}"
    elif prefix == "iki":
        prefix, begins = "", start
    begins = begins if prefix else start
    try:
        read_stored_date(value)
    except InvalidDate:
        return None
    return StatedDate(value, text[begins:end], begins, end)


def _prefix_before(text: str, start: int) -> tuple[str, int]:
    word = _BEFORE.search(text, 0, start)
    if not word:
        return "", start
    prefix, begins = word["word"].lower(), word.start("word")
    earlier = _BEFORE.search(text, 0, begins)
    if prefix in {"nuo", "iki"} and earlier and earlier["word"].lower() == "maždaug":
        return f"maždaug {prefix}", earlier.start("word")
    return ("apie" if prefix == "maždaug" else prefix), begins


def _marked(value: str, marker: str) -> str:
    """A point with its marker. A season can carry none: what is left is its year."""
    is_season = len(value) == 7 and int(value[5:]) > 12
    return value[:4] + marker if marker and is_season else value + marker


# --- Points and periods ---


def _period_at(text: str, start: int) -> tuple[str | None, int]:
    """The value at a place and where it ends: (None, end) for what is said there but is no date, (None, 0) else."""
    first = _FULL.match(text, start)
    years = _YEARS.match(text, start)
    if years and not (first and first["wy"]):
        return _years(text, years)
    if not first:
        return None, 0
    value, end = _point(first), first.end()
    if "/" in value:
        return _valid(value), end
    return _to_the_end(text, start, value, end)


def _years(text, years):
    """Two years; with a "m." of its own the second may have a month: then it is the end of a period."""
    later = _FULL.match(text, years.start("last"))
    if later and years["m"] and not later["bare"] and not later["wy"]:
        return _valid(f"{years['first']}/{_point(later)}"), later.end()
    if not years["m"] and not all(1900 <= int(years[name]) <= 2100 for name in ("first", "last")):
        return None, years.end()
    return _valid(f"{years['first']}/{years['last']}"), years.end()


def _to_the_end(text, start, value, end):
    """The rest of a period that has begun with a point; else the point itself."""
    doubt = _DOUBT.match(text, end)
    join = _JOIN.match(text, doubt.end() if doubt else end)
    if not join or (join["until"] is not None and not _prefix_before(text, start)[0].endswith("nuo")):
        return _valid(value), end
    at = join.end()
    if about := re.compile(r"apie\s+", re.IGNORECASE).match(text, at):
        at = about.end()
    later = _FULL.match(text, at)
    if later:
        second = _point(later)
    elif later := _REST.match(text, at):
        second = _unsaid_year(later, value)
    if not later or second is None or "/" in second:
        return _valid(value), end
    end = later.end()
    if _prefix_before(text, start)[0] == "apie" and _BEGINS_SENTENCE.search(text[: _prefix_before(text, start)[1]]):
        value = _marked(value, "%" if doubt else "~")
    elif doubt:
        value = _marked(value, "?")
    ends_doubted = _DOUBT.match(text, end)
    if about or ends_doubted:
        second = _marked(second, "%" if about and ends_doubted else "~" if about else "?")
        end = ends_doubted.end() if ends_doubted else end
    return _valid(f"{value}/{second}"), end


def _point(match: re.Match) -> str:
    """What a match of ``_FULL`` says: a point, or two days of one month."""
    if match["iso"]:
        return f"{match['iy']}-{match['im']}-{match['id']}"
    if match["isomonth"]:
        return match["isomonth"]
    if match["wy"]:
        follows = int(match["wy2"]) == int(match["wy"]) + 1
        return f"{match['wy']}-{WINTER}" if follows else f"{match['wy']}/{match['wy2']}"
    if match["season"]:
        season = _SEASONS[match["season"].lower()]
        return match["year"] if season == WINTER else f"{match['year']}-{season}"
    return _in_month(match["year"], match)


def _in_month(year: str, match: re.Match) -> str:
    if not match["month"]:
        return year
    month = f"{year}-{_MONTHS[match['month'].lower()]:02}"
    if not match["day"]:
        return month
    first = f"{month}-{int(match['day']):02}"
    return f"{first}/{month}-{int(match['day2']):02}" if match["day2"] else first


def _unsaid_year(match: re.Match, first: str) -> str | None:
    """The other end of a period whose year, or month, the first end has said; None where it has not."""
    if match["season"]:
        season = _SEASONS[match["season"].lower()]
        return None if season == WINTER else f"{first[:4]}-{season}"
    if match["month"]:
        return _in_month(first[:4], match)
    return f"{first[:7]}-{int(match['alone']):02}" if len(first) == 10 else None


def _valid(value: str) -> str | None:
    try:
        read_stored_date(value)
    except InvalidDate:
        return None
    return value
