"""
Filters of a listing: facets that combine, work without JavaScript, show counts and live in the address.

A listing names its facets once; `Listing` reads them from the query string, narrows the rows, and tells for every
choice how many rows it would leave **given all the other filters**.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404
from django.utils.functional import cached_property

from lithuanian.folding import fold

MAX_TEXT = 100


@dataclass
class Choice:
    """One value of a facet: `count` rows would be left if it were chosen; `url` is the listing with it chosen."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


class Facet:
    """
    A filter with a closed list of values, one of which may be chosen.

    `name` is its word in the address, `field` the lookup it narrows by, `labels` a dict value → text (or a function
    returning one, called at most once); values are shown in the order of `labels`. A value that `labels` does not know
    is a 404. A facet serves one request.
    """

    def __init__(self, name, label, field=None, labels=None, any_label="Visi"):
        self.name, self.label, self.field, self.any_label = name, label, field, any_label
        self._labels = labels

    @cached_property
    def labels(self):
        """Value → text."""
        return self._labels() if callable(self._labels) else self._labels

    def text(self, value):
        """How a value is called."""
        return self.labels[value]

    def clean(self, raw):
        """The chosen value, "" for none; Http404 for one that does not exist."""
        if raw and raw not in self.labels:
            raise Http404(f"No such {self.name}")
        return raw

    def condition(self, value):
        """The rows that have `value`, as a Q."""
        return Q(**{self.field: value})

    def counts(self, rows):
        """Number of rows of a queryset by value: a dict. One query."""
        found = rows.order_by().values_list(self.field).annotate(n=Count("pk", distinct=True))
        return {str(value): n for value, n in found if value not in (None, "")}

    def options(self, rows):
        """(value, label, count) of what is worth offering, in order."""
        return self.in_order(self.counts(rows))

    def in_order(self, counts):
        """`counts` by value as options: (value, label, count), without what is not there."""
        return [(value, label, counts[value]) for value, label in self.labels.items() if counts.get(value)]


class RowFacet(Facet):
    """Rows of a register (`model`, a NamedRow) that the listed rows refer to by `field`; chosen by their slugs."""

    def __init__(self, name, label, field, model, any_label="Visi"):
        super().__init__(
            name, label, f"{field}__slug", lambda: dict(model.objects.values_list("slug", "name")), any_label
        )
        self.relation = field

    def options(self, rows):
        """(slug, name, count) in Lithuanian order. One query: the names come along with the counts."""
        found = rows.order_by().exclude(**{self.relation: None})
        found = found.values_list(f"{self.relation}__slug", f"{self.relation}__name")
        return list(found.annotate(n=Count("pk", distinct=True)).order_by(f"{self.relation}__sort_key"))


def years_touched(first, last):
    """
    The years from one derived day of an EDTF field to the other, as texts; none for an unknown date.

    Of a date with an open end only the known one: nobody can tell how far the other reaches.
    """
    if first is None:
        return []
    first, last = (last if first == date.min else first), (first if last == date.max else last)
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


class YearFacet(Facet):
    """
    The years that a date of stated precision touches (`years_touched`), newest first. `field` is the EDTF field's name.
    """

    def clean(self, raw):
        """The chosen year, "" for none; Http404 for what is no year of four digits."""
        if raw and not (raw.isascii() and raw.isdigit() and len(raw) == 4 and raw != "0000"):
            raise Http404("No such year")
        return raw

    def text(self, value):
        """A year is called by its number."""
        return value

    def condition(self, value):
        """The rows whose date touches the year."""
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        earliest, latest = f"{self.field}_earliest", f"{self.field}_latest"
        touches = Q(**{f"{earliest}__lte": last, f"{latest}__gte": first})
        both_known = Q(**{f"{earliest}__gt": date.min, f"{latest}__lt": date.max})
        since = Q(**{latest: date.max, f"{earliest}__range": (first, last)})
        until = Q(**{earliest: date.min, f"{latest}__range": (first, last)})
        return (touches & both_known) | since | until

    def counts(self, rows):
        """Number of rows by year; a row of several years counts in each."""
        days = rows.order_by().values_list(f"{self.field}_earliest", f"{self.field}_latest")
        return Counter(year for first, last in days for year in years_touched(first, last))

    def in_order(self, counts):
        """(year, year, count), newest first."""
        return [(year, year, n) for year, n in sorted(counts.items(), reverse=True) if n]


class TextFilter:
    """
    Free text: every word must occur, whatever its case or diacritics, in what one of `conditions` looks at.

    A condition is a function from a folded word to a Q.
    """

    name = "q"

    def __init__(self, *conditions, label="Žodžiai"):
        self.conditions, self.label = conditions, label

    def clean(self, raw):
        """The text as typed, at most 100 characters of it; "" if nothing in it can be looked for."""
        text = "".join(c for c in raw if c.isprintable()).strip()[:MAX_TEXT]
        return text if fold(text) else ""

    def narrow(self, rows, text):
        """The rows in which every word of `text` occurs."""
        # Folding makes a text longer (one sign can stand for several words), so it is cut once more.
        for word in fold(text)[:MAX_TEXT].split():
            found = Q()
            for condition in self.conditions:
                found |= condition(word)
            rows = rows.filter(found)
        return rows


def folded_contains(lookup):
    """A condition for `TextFilter`: the folded column at `lookup` contains the word."""
    return lambda word: Q(**{f"{lookup}__contains": word})


@dataclass
class Listing:
    """The rows of a listing as narrowed by one request. `path` is the listing's own address."""

    rows: object
    query: dict
    path: str
    facets: list
    text: TextFilter | None = None
    chosen: dict = field(init=False)

    def __post_init__(self):
        self.chosen = {facet.name: facet.clean(self.query.get(facet.name, "")) for facet in self.facets}
        self.words = self.text.clean(self.query.get("q", "")) if self.text else ""
        if self.text:
            self.rows = self.text.narrow(self.rows, self.words)
        self._with_text = self.rows
        self.rows = self._narrowed()

    def _narrowed(self, without=None):
        rows = self._with_text
        for facet in self.facets:
            if facet is not without and (value := self.chosen[facet.name]):
                rows = rows.filter(facet.condition(value))
        return rows

    def url(self, **changes):
        """The listing's address with some filters changed ("" drops one); the page of results starts anew."""
        query = {**self.chosen, "q": self.words} | changes
        query = {name: value for name, value in query.items() if value}
        return f"{self.path}?{urlencode(query)}" if query else self.path

    @property
    def is_filtered(self):
        """Whether the reader chose anything."""
        return bool(self.words or any(self.chosen.values()))

    @property
    def query_string(self):
        """The chosen filters as a query string for the links between pages of results, without "?"."""
        return self.url().partition("?")[2]

    @cached_property
    def choices(self):
        """Every facet with its choices: a list of (facet, list of Choice)."""
        return [(facet, self._choices_of(facet)) for facet in self.facets]

    def options(self, facet):
        """What choosing in one facet would leave, given all the other filters: a list of (value, label, count)."""
        return facet.options(self._narrowed(without=facet))

    def _choices_of(self, facet):
        chosen = self.chosen[facet.name]
        options = self.options(facet)
        if chosen and chosen not in [value for value, _, _ in options]:
            # What the reader chose stays in sight even where the other filters leave nothing of it.
            options.append((chosen, facet.text(chosen), 0))
        return [
            Choice(value, label, count, value == chosen, self.url(**{facet.name: value}))
            for value, label, count in options
        ]

    def active(self):
        """What the reader chose: a list of (label, text, address without it)."""
        chips = [
            (facet.label, facet.text(value), self.url(**{facet.name: ""}))
            for facet in self.facets
            if (value := self.chosen[facet.name])
        ]
        return [*chips, (self.text.label, self.words, self.url(q=""))] if self.words else chips
