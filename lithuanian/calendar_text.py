"""Days, months and times of the calendar in Lithuanian.

No-break spaces stand before an abbreviation that cannot begin a line: "m.", "d.", "mėn.", "val.". All other
spaces are plain, so that a long date can still break between the year, the month and the day, and around a
dash.

Sources: month and weekday names, CLDR 48, locale ``lt``; short months, the usual Lithuanian abbreviations
(CLDR has only numbers for them); ranges, the rule that a dash has spaces between phrases and none between
single words or numbers.
"""

from datetime import date, time
from typing import Literal

from .characters import EN_DASH, NBSP

MONTHS_NOMINATIVE = (
    "sausis", "vasaris", "kovas", "balandis", "gegužė", "birželis",
    "liepa", "rugpjūtis", "rugsėjis", "spalis", "lapkritis", "gruodis",
)  # fmt: skip
MONTHS_GENITIVE = (
    "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio",
    "liepos", "rugpjūčio", "rugsėjo", "spalio", "lapkričio", "gruodžio",
)  # fmt: skip
MONTHS_SHORT = (
    "saus.", "vas.", "kov.", "bal.", "geg.", "birž.", "liep.", "rugp.", "rugs.", "spal.", "lapkr.", "gruod.",
)  # fmt: skip
WEEKDAYS = (
    "pirmadienis", "antradienis", "trečiadienis", "ketvirtadienis",
    "penktadienis", "šeštadienis", "sekmadienis",
)  # fmt: skip
WEEKDAYS_SHORT = ("pr", "an", "tr", "kt", "pn", "št", "sk")


def format_date(day: date) -> str:
    """``date(2022, 1, 11)`` → "2022 m. sausio 11 d."."""
    return f"{year_text(day.year)} {month_and_day(day)}"


def format_period(first: date, last: date) -> str:
    """From one day to another, both included, with nothing said twice.

    "2012 m. sausio 24–26 d.", "2019 m. gegužės 30 d. – birželio 2 d.", "2021 m. gruodžio 30 d. – 2022 m.
    sausio 2 d."; one day is said as a day. Raises ValueError if the period ends before it starts.
    """
    if last < first:
        raise ValueError(f"The period ends ({last}) before it starts ({first})")
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return format_date(first)
    if (first.year, first.month) == (last.year, last.month):
        days = f"{first.day}{EN_DASH}{last.day}"
        return f"{year_text(first.year)} {MONTHS_GENITIVE[first.month - 1]} {days}{NBSP}d."
    end = month_and_day(last) if first.year == last.year else format_date(last)
    return from_to(format_date(first), end)


def format_month(year: int, month: int, case: Literal["genitive", "nominative"] = "genitive") -> str:
    """``2026, 5`` → "2026 m. gegužės mėn.", for running text; nominative → "2026 m. gegužė", for headings.

    Raises ValueError for a month that is not 1–12 or another case.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"No such month: {month!r}")
    if case == "nominative":
        return f"{year_text(year)} {MONTHS_NOMINATIVE[month - 1]}"
    if case == "genitive":
        return f"{year_text(year)} {MONTHS_GENITIVE[month - 1]}{NBSP}mėn."
    raise ValueError(f"No such case of a month's name: {case!r}")


def format_time(moment: time) -> str:
    """``time(17, 30)`` → "17:30 val."; hours of a 24-hour day."""
    return f"{moment:%H:%M}{NBSP}val."


def format_time_range(start: time, end: time) -> str:
    """``time(10), time(12, 30)`` → "10:00–12:30 val."; an end before the start is past midnight."""
    if f"{start:%H:%M}" == f"{end:%H:%M}":
        return format_time(start)
    return f"{start:%H:%M}{EN_DASH}{format_time(end)}"


def weekday_name(day: date) -> str:
    """``date(2022, 8, 4)`` → "ketvirtadienis"."""
    return WEEKDAYS[day.weekday()]


def year_text(year: int | str) -> str:
    return f"{year}{NBSP}m."


def month_and_day(day: date) -> str:
    return f"{MONTHS_GENITIVE[day.month - 1]} {day.day}{NBSP}d."


def from_to(start: str, end: str) -> str:
    """Two phrases of more than one word: a dash with spaces, which between bare numbers has none."""
    return f"{start} {EN_DASH} {end}"
