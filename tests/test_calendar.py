"""The month as a table: real weeks, bounded, every event on each of its days."""

import re
from datetime import date, datetime

import pytest

from events.calendar import shifted
from events.models import EventDate
from tests.factories import VILNIUS, EventIndexPageFactory, EventPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=VILNIUS), tick=False)
    EventIndexPageFactory()


def add(title, start, end=None, **fields):
    """An event with one date; `start` and `end` are tuples, in Vilnius."""
    start, end = (datetime(*moment, tzinfo=VILNIUS) if moment else None for moment in (start, end))
    return EventDate.objects.create(event=EventPageFactory(title=title, dates=[]), start=start, end=end, **fields)


def days(client, month):
    """Day of the month → what its cell says."""
    response = client.get(f"/renginiai/{month}/")
    assert response.status_code == 200
    cells = re.findall(r"<td.*?</td>", response.content.decode(), re.DOTALL)
    assert len(cells) % 7 == 0
    text = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in cells]
    return {int(cell.split()[0]): cell for cell in text if cell}


def test_the_weeks_are_real_and_begin_on_monday(client):
    html = client.get("/renginiai/2026/12/").content.decode()
    heads = re.findall(r'<th scope="col"><span class="visually-hidden">(\w+)</span>', html)
    assert heads == [
        "pirmadienis", "antradienis", "trečiadienis", "ketvirtadienis", "penktadienis", "šeštadienis", "sekmadienis",
    ]  # fmt: skip
    assert "<caption>2026\N{NO-BREAK SPACE}m. gruodis</caption>" in html
    first_week = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1]
    cells = re.findall(r"<td.*?</td>", first_week, re.DOTALL)
    # 1 December 2026 is a Tuesday.
    assert "month__day--out" in cells[0]
    assert "2026\N{NO-BREAK SPACE}m. gruodžio 1\N{NO-BREAK SPACE}d., antradienis" in cells[1]


def test_every_day_of_the_month_is_there_once(client):
    assert list(days(client, "2026/12")) == list(range(1, 32))
    assert list(days(client, "2027/02")) == list(range(1, 29))


def test_an_event_stands_on_each_of_its_days(client):
    add("Mugė", (2026, 12, 30), (2027, 1, 2), all_day=True)
    assert [day for day, text in days(client, "2026/12").items() if "Mugė" in text] == [30, 31]
    assert [day for day, text in days(client, "2027/01").items() if "Mugė" in text] == [1, 2]


def test_what_ends_at_midnight_is_not_on_the_next_day(client):
    add("Šokiai", (2026, 12, 4, 20), (2026, 12, 5))
    assert [day for day, text in days(client, "2026/12").items() if "Šokiai" in text] == [4]


def test_days_are_those_of_vilnius(client):
    add("Po vidurnakčio", (2026, 12, 5, 0, 30))
    add("Prieš vidurnaktį", (2026, 12, 31, 23, 30))
    assert [day for day, text in days(client, "2026/12").items() if "vidurn" in text] == [5, 31]
    assert not any("vidurn" in text for text in days(client, "2027/01").values())


@pytest.mark.parametrize("day", [(2027, 3, 28), (2026, 10, 25)])
def test_the_days_when_the_clocks_change(client, day):
    add("Visą dieną", day, all_day=True)
    add("Rytą", (*day, 2, 30), (*day, 4, 30))
    found = [number for number, text in days(client, f"{day[0]}/{day[1]:02}").items() if "Visą dieną" in text]
    assert found == [day[2]]
    assert "02:30 Rytą" in days(client, f"{day[0]}/{day[1]:02}")[day[2]]


def test_what_will_not_be_says_so(client):
    add("Žygis", (2026, 12, 4, 10), status="cancelled")
    assert "Žygis (atšaukta)" in days(client, "2026/12")[4]


def test_today_is_marked(client):
    html = client.get("/renginiai/2026/11/").content.decode()
    [today] = re.findall(r'<td[^>]*aria-current="date">(.*?)</td>', html, re.DOTALL)
    assert ">22<" in today
    assert 'aria-current="date"' not in client.get("/renginiai/2026/12/").content.decode()


def test_an_empty_month_says_so(client):
    assert "Šį mėnesį renginių nėra" in client.get("/renginiai/2026/12/").content.decode()
    add("Žygis", (2026, 12, 4, 10))
    assert "Šį mėnesį renginių nėra" not in client.get("/renginiai/2026/12/").content.decode()


def test_the_months_go_as_far_as_the_events_and_a_year_around_today(client):
    add("Seniausias", (2012, 1, 24), (2012, 1, 26), all_day=True)
    add("Vėliausias", (2029, 12, 31), (2030, 1, 2), all_day=True)
    month, seen = "2012/01", []
    while month:
        html = client.get(f"/renginiai/{month}/").content.decode()
        seen.append(month)
        found = re.search(r'rel="next" href="/renginiai/(\d{4}/\d{2})/"', html)
        month = found[1] if found else None
    assert (seen[0], seen[-1], len(seen)) == ("2012/01", "2030/01", 18 * 12 + 1)
    assert 'rel="prev"' not in client.get("/renginiai/2012/01/").content.decode()
    for month in ("2011/12", "2030/02"):
        assert client.get(f"/renginiai/{month}/").status_code == 404


def test_without_events_the_months_go_a_year_around_today(client):
    for month, status in (("2025/11", 200), ("2025/10", 404), ("2027/11", 200), ("2027/12", 404)):
        assert client.get(f"/renginiai/{month}/").status_code == status


@pytest.mark.parametrize(
    "month",
    ["2026/13", "2026/00", "0000/01", "1850/01", "9999/12", "2026/1", "２０２６/12", "20266/01", "2026", "2026/12/01"],
)
def test_what_is_no_month_is_not_found(client, month):
    assert client.get(f"/renginiai/{month}/").status_code == 404


def test_months_are_counted_over_the_year():
    assert shifted(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert shifted(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert shifted(date(2026, 11, 1), -12) == date(2025, 11, 1)
