"""Dates of the calendar and of the register, in Lithuanian.

In the expected texts "_" stands for a no-break space, so that a reader of the test sees where each one is.
"""

import calendar
import time as clock
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lithuanian import dates
from lithuanian.dates import InvalidDate, Precision, edtf_bounds, edtf_to_text, precision

properties = settings(deadline=None, max_examples=25)  # reading a date for the first time is slow


def seen(text: str) -> str:
    return text.replace("\u00a0", "_")


# The value, its text, its first and last day, its precision. First come the dates of the register.
STORED = [
    ("2022-01-11", "2022_m. sausio 11_d.", "2022-01-11", "2022-01-11", "day"),
    ("2022-07", "2022_m. liepos_mėn.", "2022-07-01", "2022-07-31", "month"),
    ("2021-07-14", "2021_m. liepos 14_d.", "2021-07-14", "2021-07-14", "day"),
    ("2021", "2021_m.", "2021-01-01", "2021-12-31", "year"),
    ("2020-05-13", "2020_m. gegužės 13_d.", "2020-05-13", "2020-05-13", "day"),
    ("2019-10-14", "2019_m. spalio 14_d.", "2019-10-14", "2019-10-14", "day"),
    ("2018-08", "2018_m. rugpjūčio_mėn.", "2018-08-01", "2018-08-31", "month"),
    ("2018-05-15", "2018_m. gegužės 15_d.", "2018-05-15", "2018-05-15", "day"),
    ("2017-11-23", "2017_m. lapkričio 23_d.", "2017-11-23", "2017-11-23", "day"),
    ("2016-11-30", "2016_m. lapkričio 30_d.", "2016-11-30", "2016-11-30", "day"),
    ("2015-12-09", "2015_m. gruodžio 9_d.", "2015-12-09", "2015-12-09", "day"),
    ("2015-10-01/..", "nuo 2015_m. spalio 1_d.", "2015-10-01", None, "since"),
    ("2015-06-15", "2015_m. birželio 15_d.", "2015-06-15", "2015-06-15", "day"),
    ("2014-12-17", "2014_m. gruodžio 17_d.", "2014-12-17", "2014-12-17", "day"),
    ("2014-09-15", "2014_m. rugsėjo 15_d.", "2014-09-15", "2014-09-15", "day"),
    ("2012-01-24/2012-01-26", "2012_m. sausio 24–26_d.", "2012-01-24", "2012-01-26", "range"),
    ("2011-09-09", "2011_m. rugsėjo 9_d.", "2011-09-09", "2011-09-09", "day"),
    ("2010-02-05", "2010_m. vasario 5_d.", "2010-02-05", "2010-02-05", "day"),
    ("2009-10-30", "2009_m. spalio 30_d.", "2009-10-30", "2009-10-30", "day"),
    ("2009-10-23", "2009_m. spalio 23_d.", "2009-10-23", "2009-10-23", "day"),
    ("2022-23", "2022_m. ruduo", "2022-09-01", "2022-11-30", "season"),
    ("2017/2018", "2017–2018_m.", "2017-01-01", "2018-12-31", "range"),
    (
        "2020-02-20/2022-02-20",
        "2020_m. vasario 20_d. – 2022_m. vasario 20_d.",
        "2020-02-20",
        "2022-02-20",
        "range",
    ),
    # Seasons: meteorological; winter runs into the next year and says so.
    ("2022-21", "2022_m. pavasaris", "2022-03-01", "2022-05-31", "season"),
    ("2022-22", "2022_m. vasara", "2022-06-01", "2022-08-31", "season"),
    ("2022-24", "2022–2023_m. žiema", "2022-12-01", "2023-02-28", "season"),
    ("2023-24", "2023–2024_m. žiema", "2023-12-01", "2024-02-29", "season"),
    # Open ends; only a season shows its genitive.
    ("../2015", "iki 2015_m.", None, "2015-12-31", "until"),
    ("../2015-10", "iki 2015_m. spalio_mėn.", None, "2015-10-31", "until"),
    ("../2015-10-01", "iki 2015_m. spalio 1_d.", None, "2015-10-01", "until"),
    ("../2022-23", "iki 2022_m. rudens", None, "2022-11-30", "until"),
    ("2022-21/..", "nuo 2022_m. pavasario", "2022-03-01", None, "since"),
    ("2022-22/..", "nuo 2022_m. vasaros", "2022-06-01", None, "since"),
    ("2022-24/..", "nuo 2022–2023_m. žiemos", "2022-12-01", None, "since"),
    ("2015/..", "nuo 2015_m.", "2015-01-01", None, "since"),
    # Intervals: what both ends share is said once.
    ("2019-05-30/2019-06-02", "2019_m. gegužės 30_d. – birželio 2_d.", "2019-05-30", "2019-06-02", "range"),
    (
        "2021-12-30/2022-01-02",
        "2021_m. gruodžio 30_d. – 2022_m. sausio 2_d.",
        "2021-12-30",
        "2022-01-02",
        "range",
    ),
    ("2014/2020", "2014–2020_m.", "2014-01-01", "2020-12-31", "range"),
    ("2022-07/2022-08", "2022_m. liepos–rugpjūčio_mėn.", "2022-07-01", "2022-08-31", "range"),
    ("2021-12/2022-01", "2021_m. gruodžio_mėn. – 2022_m. sausio_mėn.", "2021-12-01", "2022-01-31", "range"),
    ("2022-21/2022-23", "2022_m. pavasaris–ruduo", "2022-03-01", "2022-11-30", "range"),
    ("2021-23/2022-21", "2021_m. ruduo – 2022_m. pavasaris", "2021-09-01", "2022-05-31", "range"),
    ("2022-23/2022-24", "2022_m. ruduo – 2022–2023_m. žiema", "2022-09-01", "2023-02-28", "range"),
    # An interval from a date to itself says no more than the date.
    ("2022-01-11/2022-01-11", "2022_m. sausio 11_d.", "2022-01-11", "2022-01-11", "day"),
    ("2015/2015", "2015_m.", "2015-01-01", "2015-12-31", "year"),
    # Ends of different precision.
    ("2022-07/2023", "2022_m. liepos_mėn. – 2023_m.", "2022-07-01", "2023-12-31", "range"),
    ("2022-01-11/2022-07", "2022_m. sausio 11_d. – liepos_mėn.", "2022-01-11", "2022-07-31", "range"),
    ("2022-07/2022-09-05", "2022_m. liepos_mėn. – rugsėjo 5_d.", "2022-07-01", "2022-09-05", "range"),
    ("2021-07/2022-09-05", "2021_m. liepos_mėn. – 2022_m. rugsėjo 5_d.", "2021-07-01", "2022-09-05", "range"),
    ("2022-23/2023", "2022_m. ruduo – 2023_m.", "2022-09-01", "2023-12-31", "range"),
    # An end may lie inside the start: it bounds what the start leaves open.
    ("2022-07/2022-07-03", "2022_m. liepos_mėn. – liepos 3_d.", "2022-07-01", "2022-07-03", "range"),
    ("2022/2022-03", "2022_m. – 2022_m. kovo_mėn.", "2022-01-01", "2022-03-31", "range"),
    # Approximate ~, uncertain ?, both %.
    ("2015~", "apie 2015_m.", "2015-01-01", "2015-12-31", "year"),
    ("2015?", "2015_m. (spėjama)", "2015-01-01", "2015-12-31", "year"),
    ("2015%", "apie 2015_m. (spėjama)", "2015-01-01", "2015-12-31", "year"),
    ("2022-07~", "apie 2022_m. liepos_mėn.", "2022-07-01", "2022-07-31", "month"),
    ("2022-01-11?", "2022_m. sausio 11_d. (spėjama)", "2022-01-11", "2022-01-11", "day"),
    ("2015~/..", "maždaug nuo 2015_m.", "2015-01-01", None, "since"),
    ("../2015%", "maždaug iki 2015_m. (spėjama)", None, "2015-12-31", "until"),
    ("2015/2016?", "2015_m. – 2016_m. (spėjama)", "2015-01-01", "2016-12-31", "range"),
    ("2015~/2016?", "apie 2015_m. – 2016_m. (spėjama)", "2015-01-01", "2016-12-31", "range"),
    ("2022-23~/2023", "apie 2022_m. rudenį – 2023_m.", "2022-09-01", "2023-12-31", "range"),
    ("2020-02-29", "2020_m. vasario 29_d.", "2020-02-29", "2020-02-29", "day"),
]


@pytest.mark.parametrize(("value", "text", "first", "last", "kind"), STORED)
def test_a_stored_date_is_said_bounded_and_named(value, text, first, last, kind):
    assert seen(edtf_to_text(value)) == text
    assert edtf_bounds(value) == (first and date.fromisoformat(first), last and date.fromisoformat(last))
    assert precision(value) == kind == Precision(kind)


REFUSED = {
    "Data neįrašyta": ["", None, 2022, ["2022"], date(2022, 1, 1)],
    "Data per ilga": ["2022-01-11/2022-01-12-2022", "1" * 100_000, "Y" + "9" * 50_000 + "E9"],
    "Datoje negali būti tarpų": [
        " 2022", "2022 ", "2022-07\n", "2022 -07", "2012 / 2013",
        "2022\u00a0", "2022\u2009-07", " ",
    ],
    "be valandos": ["2015-10-01T10:00:00", "2015-10-01T10:00:00Z"],
    "Kelių datų sąrašas": ["[2021,2022]", "{2021..2022}", "2021,2022"],
    "nežinomais skaitmenimis": ["201X", "2015-XX", "2015-01-xx"],
    "Datos dalis skiria brūkšnelis": ["2022–07", "2022—07", "2022.07.01", "2022−07"],
    "Laikotarpį sudaro dvi datos": ["2012/2013/2014", "2012//2013", "//"],
    "trūksta pradžios arba pabaigos": ["2015/", "/2015", "/", "../", "/.."],
    "Laikotarpiui reikia bent vienos datos": ["../..", ".."],
    "rašoma tik datos gale": ["2004-06~-11", "?2004", "2004?-06", "2004-~06"],
    "dviem skaitmenimis": ["2022-7", "2022-7-1", "2022-07-1", "2022-7/2022-08"],
    "kalendoriuje nėra": [
        "2022-02-30", "2022-02-29", "1900-02-29", "2022-06-31", "2022-13", "2022-00", "2022-01-00",
        "2022-25", "2022-41", "0000", "0000-01-01", "9999-24", "2022-02-29/2022-03-01",
        "2022-02-01/2022-02-30", "2022-02-29?",
    ],
    "Metų laikas su žyma": ["2022-23?", "2022-21~", "2022-24%"],
    "baigiasi anksčiau": [
        "2014/2012", "2012-01-26/2012-01-24", "2022-07/2022-06-30", "2023/2022-23", "2022-24/2022-11",
    ],
    "nepavyko perskaityti": [
        "rytoj", "2022m.", "22", "20220111", "-0001", "Y20150", "2015S2", "2022-23^s", "2015??", "..?/2015",
        "２０２２", "٢٠٢٢", "2022-1١", "२०२२", "2022-07-01-", "2021..2022", "2015/...",
        "-", "%s", "\x00", "\ud800", "💥",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "value"), [(reason, value) for reason, values in REFUSED.items() for value in values]
)
def test_what_is_not_a_date_is_refused_with_a_reason_and_examples(reason, value, capsys):
    for function in (edtf_bounds, edtf_to_text, precision):
        with pytest.raises(InvalidDate) as refusal:
            function(value)
        assert reason in refusal.value.reason
        assert str(refusal.value).startswith(refusal.value.reason)
        assert "Pavyzdžiai: 2022-01-11, 2022-07, 2021, 2012-01-24/2012-01-26, 2015-10-01/.., 2022-23 (ruduo)" in str(
            refusal.value
        )
    assert capsys.readouterr().out == ""  # the parser has a habit of printing


def test_the_examples_of_the_message_are_themselves_accepted():
    examples = str(InvalidDate("")).partition("Pavyzdžiai: ")[2].rstrip(".").replace(" (ruduo)", "").split(", ")
    assert len(examples) == 6
    for example in examples:
        edtf_to_text(example)


def test_refusing_is_quick_whatever_the_length():
    started = clock.perf_counter()
    for value in ("[" * 1_000_000, "2022-" * 200_000, " " * 1_000_000, "Y" + "9" * 1_000_000 + "E9"):
        with pytest.raises(InvalidDate):
            edtf_bounds(value)
    assert clock.perf_counter() - started < 1


def test_a_date_seen_before_is_not_parsed_again():
    edtf_to_text("1987-03")
    started = clock.perf_counter()
    for _ in range(1000):
        edtf_to_text("1987-03")
    assert clock.perf_counter() - started < 1  # the parser needs about 10 s for as many


days = st.dates()
months = st.builds("{:04}-{:02}".format, st.integers(1, 9998), st.integers(1, 12))
years = st.integers(1, 9998).map("{:04}".format)
seasons = st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(21, 24))
markers = st.sampled_from(["", "?", "~", "%"])
plain_points = days.map(str) | months | years | seasons
points = st.builds("{}{}".format, days.map(str) | months | years, markers) | seasons
intervals = st.builds("{}/{}".format, points | st.just(".."), points | st.just(".."))


@properties
@given(days)
def test_a_day_is_its_own_bounds_and_reads_like_the_day(day):
    assert edtf_bounds(str(day)) == (day, day)
    assert edtf_to_text(str(day)) == dates.format_date(day)


@properties
@given(days, days)
def test_an_interval_of_days_is_bounded_by_them_and_reads_like_the_period(one, other):
    first, last = sorted((one, other))
    assert edtf_bounds(f"{first}/{last}") == (first, last)
    assert edtf_to_text(f"{first}/{last}") == dates.format_period(first, last)


@properties
@given(days, days)
def test_an_interval_that_ends_before_it_starts_is_refused(one, other):
    assume(one != other)
    with pytest.raises(InvalidDate, match="anksčiau, negu prasideda"):
        edtf_bounds(f"{max(one, other)}/{min(one, other)}")


@properties
@given(months)
def test_a_month_is_bounded_by_its_own_days(month):
    first, last = edtf_bounds(month)
    assert str(first) == f"{month}-01"
    assert str(last)[:7] == month
    assert (last + timedelta(days=1)).day == 1


@properties
@given(points, markers.filter(bool))
def test_a_marker_leaves_the_bounds_as_they_are(point, marker):
    bare = point.rstrip("?~%")
    assume(precision(bare) != "season")  # alone, EDTF has no marker for it
    assert edtf_bounds(bare + marker) == edtf_bounds(bare)
    assert precision(bare + marker) == precision(bare)


@properties
@given(plain_points | points | intervals)
def test_an_accepted_date_has_ordered_bounds_and_a_text_that_never_breaks_badly(value):
    try:
        first, last = edtf_bounds(value)
    except InvalidDate:
        start, end = value.split("/")  # of these values only an interval can be wrong
        assert start == end == ".." or edtf_bounds(f"../{end}")[1] < edtf_bounds(f"{start}/..")[0]
        return
    assert first or last
    assert not (first and last) or first <= last
    assert (first is None) == value.startswith("../")
    assert (last is None) == value.endswith("/..")
    text = edtf_to_text(value)
    for abbreviation in ("m.", "d.", "mėn."):
        assert f" {abbreviation}" not in text
    assert "  " not in text
    assert text == text.strip()
    assert text.count("(") == text.count(")") == value.count("?") + value.count("%") or "/" in value
    kind = precision(value)
    assert kind == {(True, False): "until", (False, True): "since"}.get((first is None, last is None), kind)


@properties
@given(st.text(max_size=30) | st.text("0123456789-/.?~%XT:Y []", max_size=24))
def test_any_text_is_a_date_or_an_invalid_date(text):
    try:
        assert edtf_to_text(text)
        assert edtf_bounds(text) != (None, None)
        assert precision(text)
    except InvalidDate as refusal:
        assert refusal.reason  # noqa: PT017 - both outcomes are right, each in its own way


def test_the_seasons_of_a_year_meet_without_a_gap():
    edges = [edtf_bounds(f"2022-{season}") for season in (21, 22, 23, 24)]
    for (_, last), (first, _) in zip(edges, edges[1:], strict=False):
        assert first - last == timedelta(days=1)
    assert edtf_bounds("2023-21")[0] - edges[-1][1] == timedelta(days=1)


# --- The calendar ---


def test_days_and_periods():
    assert seen(dates.format_date(date(2022, 1, 11))) == "2022_m. sausio 11_d."
    assert seen(dates.format_period(date(2022, 1, 11), date(2022, 1, 11))) == "2022_m. sausio 11_d."
    assert seen(dates.format_period(date(2012, 1, 24), date(2012, 1, 26))) == "2012_m. sausio 24–26_d."
    assert (
        seen(dates.format_period(date(2021, 5, 1), date(2022, 5, 3))) == "2021_m. gegužės 1_d. – 2022_m. gegužės 3_d."
    )


def test_a_period_that_ends_before_it_starts_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="before it starts"):
        dates.format_period(date(2022, 1, 2), date(2022, 1, 1))


def test_months():
    assert seen(dates.format_month(2026, 5)) == "2026_m. gegužės_mėn."
    assert seen(dates.format_month(2026, 5, case="nominative")) == "2026_m. gegužė"
    for month in (0, 13, -1):
        with pytest.raises(ValueError, match="No such month"):
            dates.format_month(2026, month)
    with pytest.raises(ValueError, match="No such case"):
        dates.format_month(2026, 5, case="dative")


def test_times():
    assert seen(dates.format_time(time(17, 30))) == "17:30_val."
    assert seen(dates.format_time(time(8))) == "08:00_val."
    assert seen(dates.format_time_range(time(10), time(12, 30))) == "10:00–12:30_val."
    assert seen(dates.format_time_range(time(10), time(10))) == "10:00_val."
    assert seen(dates.format_time_range(time(22), time(2))) == "22:00–02:00_val."


def test_weekdays_begin_on_monday():
    assert dates.weekday_name(date(2022, 8, 4)) == "ketvirtadienis"
    assert [dates.weekday_name(date(2022, 8, day)) for day in range(1, 8)] == list(dates.WEEKDAYS)
    assert dates.WEEKDAYS[calendar.SUNDAY] == "sekmadienis"
    assert dates.WEEKDAYS_SHORT == ("pr", "an", "tr", "kt", "pn", "št", "sk")
    assert len(set(dates.WEEKDAYS)) == 7


def test_the_names_of_a_month_belong_together():
    assert dates.MONTHS_NOMINATIVE[0] == "sausis"
    assert dates.MONTHS_GENITIVE[11] == "gruodžio"
    for nominative, genitive, short in zip(
        dates.MONTHS_NOMINATIVE, dates.MONTHS_GENITIVE, dates.MONTHS_SHORT, strict=True
    ):
        assert nominative.startswith(short.rstrip("."))
        assert genitive[:3] == nominative[:3]
        assert genitive != nominative
    assert len(set(dates.MONTHS_SHORT)) == 12
