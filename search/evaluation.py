"""How well the search finds what people look for: cases, tried."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from search.finding import find

FIRST = 5
# Of every kind of case so many in a hundred must be found, and so many of all.
OF_A_KIND, OF_ALL = 90, 95


class Case(NamedTuple):
    """A search, what one of the first titles must contain, and what the case is an example of."""

    query: str
    wanted: str
    kind: str


class BadCase(ValueError):
    """A line that is no case; its number and text."""


@dataclass
class Evaluation:
    """What came of cases: `tried` and `found` by kind; `shown` and `misses` as (case, the titles that came first)."""

    tried: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    shown: list = field(default_factory=list)
    misses: list = field(default_factory=list)

    @property
    def is_good(self):
        """Whether enough is found, of each kind and of all."""
        each = all(self.found[kind] * 100 >= OF_A_KIND * tried for kind, tried in self.tried.items())
        return each and self.found.total() * 100 >= OF_ALL * self.tried.total()


def read_cases(lines):
    """Cases of a file: query, wanted, kind with tabs between; empty lines and those that begin with # are no cases."""
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.rstrip("\n").split("\t")
        if len(parts) != len(Case._fields) or not all(part.strip() for part in parts):
            raise BadCase(f"{number}: {line.rstrip()}")
        cases.append(Case(*parts))
    return cases


def first_titles(query, request=None):
    """The titles that a reader sees first, best first: a list. Spaces that hold words together are plain ones here."""
    return [" ".join(entry.title.split()) for entry in find(query, request).entries[:FIRST]]


def evaluate(cases):
    """Try cases as a reader of whom nothing is known."""
    result = Evaluation()
    for case in cases:
        titles = first_titles(case.query)
        result.tried[case.kind] += 1
        result.shown.append((case, titles))
        if any(case.wanted in title for title in titles):
            result.found[case.kind] += 1
        else:
            result.misses.append((case, titles))
    return result
