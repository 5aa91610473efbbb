"""Dates as precise as their source and no more: reading what is stored.

A date is stored as EDTF text (Extended Date/Time Format, https://www.loc.gov/standards/datetime/, the profile
of ISO 8601-2:2019), levels 0 and 1: a day, month, year or season, or an interval of these with one end open.
The ``edtf`` library reads the grammar; this module refuses what it lets through and this site cannot use:

* 29 February of a common year, which is no day;
* an interval that ends before it starts;
* an *unknown* end ("2015/"), for which the library would guess ten years;
* times, years before 1, unspecified digits ("201X"), sets and lists: EDTF, but not dates this site can say.

Seasons. ISO 8601-2 numbers them (21 spring … 24 winter) and leaves their months open. Here they are the
meteorological seasons of the northern hemisphere, as Lithuania counts them: spring March–May, summer
June–August, autumn September–November, winter December–February. EDTF puts winter last in its year, so winter
2022-24 begins in December 2022 and ends in February 2023. (The library would give it December alone.)
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from edtf import EDTFParseException, parse_edtf
from edtf.parser.parser_classes import (
    Date,
    EDTFObject,
    Interval,
    Season,
    UncertainOrApproximate,
    UnspecifiedIntervalSection,
)

EXAMPLES = "Pavyzdžiai: 2022-01-11, 2022-07, 2021, 2012-01-24/2012-01-26, 2015-10-01/.., 2022-23 (ruduo)."

# The longest value there is: two days with a marker each, "2012-01-24?/2012-01-26?".
MAX_LENGTH = 23

WINTER = 24
_SEASON_FIRST_MONTH = {21: 3, 22: 6, 23: 9, WINTER: 12}


class Precision(StrEnum):
    """How much a stored date says; each equals its own lower-case name ("day", "month" …)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SEASON = "season"
    RANGE = "range"
    SINCE = "since"
    UNTIL = "until"


class InvalidDate(ValueError):
    """A date the site cannot store; the message is Lithuanian, for the person who typed it.

    reason: what is wrong, one or two sentences. The whole message adds examples of what is right.
    """

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return f"{self.reason} {EXAMPLES}"


@dataclass(frozen=True)
class Point:
    """A date that is not an interval, or one end of an interval: a year and what the source adds to it.

    month, and day within it, or season (21–24), or neither. marker: "" or "?" (uncertain), "~" (approximate),
    "%" (both). Raises ValueError if the calendar has no such day, or a season runs past the year 9999.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    marker: str = ""

    def __post_init__(self):
        # A point is made only if both its ends are days: whoever holds one need not check again.
        _ = self.earliest, self.latest

    @property
    def precision(self) -> Precision:
        if self.season:
            return Precision.SEASON
        if self.day:
            return Precision.DAY
        return Precision.MONTH if self.month else Precision.YEAR

    @property
    def earliest(self) -> date:
        month = _SEASON_FIRST_MONTH[self.season] if self.season else self.month or 1
        return date(self.year, month, self.day or 1)

    @property
    def latest(self) -> date:
        if self.day:
            return date(self.year, self.month, self.day)
        year, month = self.year, self.month or 12
        if self.season:
            month = _SEASON_FIRST_MONTH[self.season] + 2
            if month > 12:
                year, month = year + 1, month - 12
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def approximate(self) -> bool:
        return self.marker in {"~", "%"}

    @property
    def uncertain(self) -> bool:
        return self.marker in {"?", "%"}


@dataclass(frozen=True)
class StoredDate:
    """From ``start`` to ``end``; one of them None if open; equal points if the date is not an interval."""

    start: Point | None
    end: Point | None

    @property
    def precision(self) -> Precision:
        """An interval of two ends is a RANGE, whatever the precision of its ends."""
        if self.end is None:
            return Precision.SINCE
        if self.start is None:
            return Precision.UNTIL
        return Precision.RANGE if self.start != self.end else self.start.precision

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        return (self.start and self.start.earliest, self.end and self.end.latest)


def read_stored_date(value: str) -> StoredDate:
    """The date behind the EDTF text. Raises InvalidDate, and nothing else, for anything that is not one."""
    if not isinstance(value, str) or not value:
        raise InvalidDate("Data neįrašyta.")
    # Before any search in the text, and before the cache, which would keep it.
    if len(value) > MAX_LENGTH:
        raise InvalidDate(f"Data per ilga: čia {len(value)} ženkl., o daugiausia gali būti {MAX_LENGTH}.")
    return _read(value)


# One reading takes the library about ten milliseconds, and a list shows the same dates on every request.
@lru_cache(maxsize=4096)
def _read(value: str) -> StoredDate:
    _check_shape(value)
    try:
        parsed = parse_edtf(value)
    except EDTFParseException:
        raise InvalidDate(_SEASON_MARKER if _SEASON_WITH_MARKER.fullmatch(value) else _NO_SUCH_DATE) from None
    if not isinstance(parsed, Interval):
        point = _point(parsed)
        return StoredDate(point, point)
    start, end = _end(parsed.lower), _end(parsed.upper)
    if start and end and end.latest < start.earliest:
        raise InvalidDate("Laikotarpis baigiasi anksčiau, negu prasideda. Sukeiskite datas vietomis.")
    return StoredDate(start, end)


def _end(parsed: EDTFObject) -> Point | None:
    return None if isinstance(parsed, UnspecifiedIntervalSection) else _point(parsed)


def _point(parsed: EDTFObject) -> Point:
    marker = ""
    if isinstance(parsed, UncertainOrApproximate):
        marker, parsed = str(parsed.ua or ""), parsed.date
    # The exact types: a subclass is level 2, which divides a year into 41 parts with numbers of their own.
    if type(parsed) not in {Date, Season}:
        raise InvalidDate(_NO_SUCH_DATE)
    try:
        if type(parsed) is Season:
            return Point(int(parsed.year), season=int(parsed.season), marker=marker)
        month, day = (part and int(part) for part in (parsed.month, parsed.day))
        return Point(int(parsed.year), month, day, marker=marker)
    except ValueError:
        raise InvalidDate(_NO_SUCH_DATE) from None


# --- The shape of a date, and what is wrong with it ---

_END = re.compile(r"\.\.|[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[?~%]?")
_SEASON_WITH_MARKER = re.compile(r"[0-9]{4}-2[1-4][?~%]")
_SHORT_NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?[?~%]?")
_MARKER_BEFORE_DIGIT = re.compile(r"[?~%]-?[0-9]")
_OTHER_SEPARATOR = re.compile(
    "[0-9]([.]|\N{EN DASH}|\N{EM DASH}|\N{HYPHEN}|\N{NON-BREAKING HYPHEN}|\N{MINUS SIGN})[0-9]"
)

_NO_SUCH_DATE = "Tokios datos kalendoriuje nėra: patikrinkite metus, mėnesį ir dieną."
_SEASON_MARKER = "Metų laikas su žyma „?“, „~“ arba „%“ nerašomas: palikite metų laiką arba metus su žyma."


def _check_shape(value: str) -> None:
    """One or two ends that look like dates, or else InvalidDate, before the library sees them.

    The library reads over some spaces, guesses unknown ends, prints to the console about others, and takes much
    that this site cannot say.
    """
    ends = value.split("/")
    if len(ends) <= 2 and all(map(_END.fullmatch, ends)) and set(ends) != {".."}:
        return
    raise InvalidDate(_what_is_wrong(value, ends))


def _what_is_wrong(value: str, ends: list[str]) -> str:
    """The one thing to put right first, by the mistakes people make; the examples say the rest."""
    if any(character.isspace() for character in value):
        return "Datoje negali būti tarpų."
    if "T" in value and ":" in value:
        return "Čia rašoma tik data, be valandos."
    if set(value) & set("[]{},"):
        return "Kelių datų sąrašas čia nerašomas. Rašykite vieną datą arba laikotarpį."
    if set(value) & set("Xx"):
        return "Data su nežinomais skaitmenimis (X) čia nerašoma. Rašykite tik tai, kas žinoma."
    if _OTHER_SEPARATOR.search(value):
        return "Datos dalis skiria brūkšnelis „-“, o laikotarpio datas – pasvirasis brūkšnys „/“."
    if len(ends) > 2:
        return "Laikotarpį sudaro dvi datos, o tarp jų – vienas pasvirasis brūkšnys „/“."
    if "" in ends:
        return "Laikotarpiui trūksta pradžios arba pabaigos. Jei ji neribota, rašykite du taškus „..“."
    if set(ends) == {".."}:
        return "Laikotarpiui reikia bent vienos datos: pradžios arba pabaigos."
    if _MARKER_BEFORE_DIGIT.search(value):
        return "Žyma „?“, „~“ arba „%“ rašoma tik datos gale ir galioja jai visai."
    if any(map(_SHORT_NUMBER.fullmatch, ends)):
        return "Mėnuo ir diena rašomi dviem skaitmenimis."
    return "Datos nepavyko perskaityti. Rašykite metus, mėnesį ir dieną skaitmenimis su brūkšneliais."
