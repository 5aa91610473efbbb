"""Dates in Lithuanian: of the calendar, and of a register that is as precise as its source and no more.

The register's dates are EDTF text; what it may be, and which months a season has, says ``stored_dates``. How
a day, month or period is written, and where its no-break spaces stand, says ``calendar_text``. Here the two
meet:
``edtf_bounds`` gives the days a stored date can mean, ``edtf_to_text`` says it, ``precision`` tells what kind
it is.
"""

from datetime import date

from .calendar_text import (
    MONTHS_GENITIVE,
    MONTHS_NOMINATIVE,
    MONTHS_SHORT,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    format_date,
    format_month,
    format_period,
    format_time,
    format_time_range,
    from_to,
    weekday_name,
    year_text,
)
from .characters import EN_DASH, NBSP
from .stored_dates import WINTER, InvalidDate, Point, Precision, read_stored_date

__all__ = [
    "MONTHS_GENITIVE",
    "MONTHS_NOMINATIVE",
    "MONTHS_SHORT",
    "WEEKDAYS",
    "WEEKDAYS_SHORT",
    "InvalidDate",
    "Precision",
    "edtf_bounds",
    "edtf_to_text",
    "format_date",
    "format_month",
    "format_period",
    "format_time",
    "format_time_range",
    "precision",
    "weekday_name",
]

_SEASON_NOMINATIVE = {21: "pavasaris", 22: "vasara", 23: "ruduo", WINTER: "žiema"}
_SEASON_GENITIVE = {21: "pavasario", 22: "vasaros", 23: "rudens", WINTER: "žiemos"}
_SEASON_ACCUSATIVE = {21: "pavasarį", 22: "vasarą", 23: "rudenį", WINTER: "žiemą"}


def edtf_bounds(value: str) -> tuple[date | None, date | None]:
    """The earliest and the latest day the date can mean; None at an end that is open ("..").

    "2022-07" → 1 and 31 July; "2022-24" → 1 December 2022 and 28 February 2023; "2015-10-01/.." → (1 October,
    None). Markers of doubt (?, ~, %) do not widen the bounds: how far they reach the source does not say.
    Raises InvalidDate, and nothing else, for whatever is not a date this site can say.
    """
    return read_stored_date(value).bounds


def precision(value: str) -> Precision:
    """What kind of date it is: DAY for "2022-01-11" … SINCE for "2015-10-01/..", UNTIL for "../2015".

    An interval of two ends is a RANGE, whatever the precision of its ends. Raises InvalidDate, and nothing
    else.
    """
    return read_stored_date(value).precision


def edtf_to_text(value: str) -> str:
    """The date in Lithuanian: "2022 m. liepos mėn.", "2012 m. sausio 24–26 d.", "nuo 2015 m. spalio 1 d.".

    Winter is said with both its years, "2022–2023 m. žiema", since "2022 m. žiema" could be either of two.
    ``~`` (approximate) is said "apie 2015 m.", ``?`` (uncertain) "2015 m. (spėjama)", ``%`` "apie 2015 m.
    (spėjama)".
    Raises InvalidDate, and nothing else, for whatever is not a date this site can say.
    """
    stored = read_stored_date(value)
    start, end = stored.start, stored.end
    if end is None:
        return _after_preposition("nuo", start)
    if start is None:
        return _after_preposition("iki", end)
    if start == end:
        return _phrase(start)
    if start.marker or end.marker:
        return from_to(_phrase(start), _phrase(end))
    return _interval(start, end)


def _phrase(point: Point) -> str:
    """A point as a phrase of its own. "Apie" governs the accusative."""
    name = f"apie {_name(point, _SEASON_ACCUSATIVE)}" if point.approximate else _name(point)
    return name + _doubt(point)


def _after_preposition(preposition: str, point: Point) -> str:
    """After "nuo" or "iki", which govern the genitive. "Nuo apie" would be two prepositions in a row."""
    adverb = "maždaug " if point.approximate else ""
    return f"{adverb}{preposition} {_name(point, _SEASON_GENITIVE)}{_doubt(point)}"


def _doubt(point: Point) -> str:
    return " (spėjama)" if point.uncertain else ""


def _name(point: Point, seasons: dict[int, str] = _SEASON_NOMINATIVE) -> str:
    """A point without its marker. Only a season shows its case: the rest end in abbreviations."""
    match point.precision:
        case Precision.DAY:
            return format_date(point.earliest)
        case Precision.MONTH:
            return format_month(point.year, point.month)
        case Precision.YEAR:
            return year_text(point.year)
    years = f"{point.year}{EN_DASH}{point.year + 1}" if point.season == WINTER else point.year
    return f"{year_text(years)} {seasons[point.season]}"


def _interval(start: Point, end: Point) -> str:
    """Two points without markers; what they share is said once."""
    same_year = start.year == end.year
    match start.precision, end.precision:
        case Precision.DAY, Precision.DAY:
            return format_period(start.earliest, end.earliest)
        case Precision.YEAR, Precision.YEAR:
            return year_text(f"{start.year}{EN_DASH}{end.year}")
        case Precision.MONTH, Precision.MONTH if same_year:
            months = f"{MONTHS_GENITIVE[start.month - 1]}{EN_DASH}{MONTHS_GENITIVE[end.month - 1]}"
            return f"{year_text(start.year)} {months}{NBSP}mėn."
        case Precision.SEASON, Precision.SEASON if same_year and end.season != WINTER:
            return f"{_name(start)}{EN_DASH}{_SEASON_NOMINATIVE[end.season]}"
        case ((Precision.DAY | Precision.MONTH), (Precision.DAY | Precision.MONTH)) if same_year:
            return from_to(_name(start), _name(end).removeprefix(f"{year_text(end.year)} "))
    return from_to(_name(start), _name(end))
