"""Days that come again and again: what the editor's "repeat" helper counts. Days only; hours are the caller's."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from events.calendar import shifted

# More dates than this, the first among them, are a slip or an event nobody reviews date by date.
MOST = 60


class Rhythm(StrEnum):
    """How a day comes again."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_BY_DAY = "monthly_by_day"  # the 15th
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"  # the second Tuesday
    MONTHLY_BY_LAST_WEEKDAY = "monthly_by_last_weekday"  # the last Friday


class TooMany(Exception):
    """There would be more than `MOST` days."""


class NotTheLast(Exception):
    """The first day is not the last of its weekdays in its month."""


def repeated_days(first, rhythm, *, until=None, times=None):
    """
    The days that `first` comes again, as (days, skipped): `first` among the days; the months without such a day.

    Up to and including the day `until`, or `times` days in all; a skipped month, told as its first day, is none of
    them. Raises TooMany, or NotTheLast where the rhythm does not fit the first day.
    """
    if rhythm == Rhythm.MONTHLY_BY_LAST_WEEKDAY and (first + timedelta(days=7)).month == first.month:
        raise NotTheLast
    days, skipped = [], []
    for step in count():
        if rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
            day = month = first + timedelta(days=step * (7 if rhythm == Rhythm.WEEKLY else 14))
        else:
            month = shifted(first.replace(day=1), step)
            day = _day_of_month(month, first, rhythm)
        if len(days) == times or (until and (day or month) > until):
            break
        if day is None:
            skipped.append(month)
        elif len(days) == MOST:
            raise TooMany
        else:
            days.append(day)
    return days, skipped


def _day_of_month(month, first, rhythm):
    """The day in `month` (its first day) that stands where `first` stands in its own; None where there is none."""
    length = calendar.monthrange(month.year, month.month)[1]
    if rhythm == Rhythm.MONTHLY_BY_DAY:
        number = first.day
    elif rhythm == Rhythm.MONTHLY_BY_WEEKDAY:
        number = 1 + (first.weekday() - month.weekday()) % 7 + (first.day - 1) // 7 * 7
    else:
        last = date(month.year, month.month, length)
        number = length - (last.weekday() - first.weekday()) % 7
    return month.replace(day=number) if number <= length else None
