"""What people look for in the LAG's own content is found, and alike on every database."""

import json
from pathlib import Path

import pytest

from search.evaluation import evaluate, read_cases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

CASES = Path(__file__).with_name("search_cases.tsv")
# What each case shows first, as SQLite has it. To be made anew where the order is meant to change: remove the file.
FIRST_TITLES = Path(__file__).with_name("search_first_titles.json")


def test_the_cases_are_found_and_alike_on_every_database():
    cases = read_cases(CASES.read_text().splitlines())
    result = evaluate(cases)
    assert result.tried.total() >= 120
    assert result.is_good, result.misses
    shown = {case.query: titles for case, titles in result.shown}
    if not FIRST_TITLES.exists():
        FIRST_TITLES.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    kept = json.loads(FIRST_TITLES.read_text())
    assert {query: titles for query, titles in shown.items() if titles != kept.get(query)} == {}
