"""The month as a table: real weeks, Monday first, bounded to the months that have something to show."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# The years that an address may name; beyond them lie typing errors and the ends of what a date can be.
YEARS = range(1900, 2201)
# How many empty months before today's and after it can be turned to: a calendar without end only feeds crawlers.
MONTHS_AROUND_TODAY = 12


@dataclass
class Day:
    """One cell: `dates` are the event dates that touch the day; a day of another month has none."""

    day: date
    in_month: bool
    is_today: bool
    dates: list


@dataclass
class Month:
    """A month's weeks, each of seven `Day`s, and the neighbouring months as first days, None past the bounds."""

    first: date
    weeks: list
    previous: date | None
    next: date | None
    is_empty: bool


def month_table(dates, year, month, today):
    """
    The month `year`-`month` filled from `dates` (an EventDate queryset), or None if it lies outside the bounds.

    Bounds: from the first to the last month with a date, stretched to `MONTHS_AROUND_TODAY` around `today`.
    """
    if year not in YEARS:
        return None
    first = date(year, month, 1)
    earliest, latest = bounds(dates, today)
    if not earliest <= first <= latest:
        return None
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    after = shifted(first, 1)
    by_day = {}
    for item in dates.between(moment(first), moment(after)):
        day = max(item.first_day, first)
        while day <= item.last_day and day < after:
            by_day.setdefault(day, []).append(item)
            day += timedelta(days=1)
    return Month(
        first=first,
        weeks=[[Day(day, day.month == month, day == today, by_day.get(day, [])) for day in week] for week in weeks],
        previous=shifted(first, -1) if first > earliest else None,
        next=after if first < latest else None,
        is_empty=not by_day,
    )


def bounds(dates, today):
    """First and last month that can be shown, as first days."""
    known = dates.order_by("start").values_list("start", flat=True).first()
    last = dates.order_by("-over_at").values_list("over_at", flat=True).first()
    this_month = today.replace(day=1)
    earliest, latest = shifted(this_month, -MONTHS_AROUND_TODAY), shifted(this_month, MONTHS_AROUND_TODAY)
    if known:
        earliest = min(earliest, timezone.localdate(known).replace(day=1))
        latest = max(latest, timezone.localdate(last).replace(day=1))
    return earliest, latest


def shifted(first, months):
    """The first day of the month `months` later (earlier if negative)."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def moment(day):
    """The first moment of a day in Vilnius."""
    return timezone.make_aware(datetime.combine(day, time()))
