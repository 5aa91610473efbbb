"""The time line of the register: how many agreements each year, and the memberships beside them."""

from dataclasses import dataclass
from datetime import date

from lithuanian.dates import edtf_bounds


@dataclass
class Year:
    """A year of the line; `url` is the register narrowed to it, "" where it would be empty."""

    year: int
    count: int
    url: str
    selected: bool

    @property
    def marks(self):
        """Something to loop over, once for each agreement."""
        return range(self.count)


@dataclass
class Span:
    """A membership as a stretch of the line: `length` years from the year numbered `start` (the first is 0)."""

    membership: object
    start: int
    length: int
    is_since_known: bool


@dataclass
class Timeline:
    """The years without a gap, oldest first, and the memberships, oldest first."""

    years: list
    spans: list


def timeline(listing, memberships):
    """
    The time line of `listing` (a RegisterListing), with `memberships` beside it.

    The years are those of the whole register, so that the line keeps its length when the reader narrows it; the counts
    are what choosing a year would leave, as everywhere in the filters.
    """
    choices = next(choices for facet, choices in listing.choices if facet.name == "metai")
    by_year = {int(choice.value): choice for choice in choices if choice.count}
    known = {int(year) for year in listing.years} | {m.since_earliest.year for m in memberships if _has_start(m)}
    if not known:
        return Timeline([], [])
    first, last = min(known), max(known)
    return Timeline(
        [_year(year, by_year.get(year)) for year in range(first, last + 1)],
        sorted((_span(m, first, last) for m in memberships), key=lambda span: span.start),
    )


def _year(year, choice):
    return Year(year, choice.count, choice.url, choice.selected) if choice else Year(year, 0, "", False)


def _has_start(membership):
    return membership.since_earliest is not None and membership.since_earliest != date.min


def _span(membership, first, last):
    start = membership.since_earliest.year if _has_start(membership) else first
    end = edtf_bounds(membership.until)[1] if membership.until else None
    final = min(end.year, last) if end else last
    return Span(membership, start - first, max(final - start + 1, 0), _has_start(membership))
