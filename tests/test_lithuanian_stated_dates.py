"""Dates as Lithuanian prose states them, read to EDTF. "_" stands for a no-break space."""

import calendar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lithuanian.dates import InvalidDate, edtf_bounds, edtf_to_text
from lithuanian.stated_dates import find_stated_dates, read_stated_date

STATED = [
    # Days: with all that is usual, with less, with other spaces and endings.
    ("2021 m. kovo 9 d.", "2021-03-09"),
    ("2021_m. kovo 9_d.", "2021-03-09"),
    ("2021_m._kovo__9__d.", "2021-03-09"),
    ("2021 m.\u202fkovo\u20099\u202fd.", "2021-03-09"),
    ("2021m. kovo 9d.", "2021-03-09"),
    ("2021 kovo 9 d.", "2021-03-09"),
    ("2021 kovo 9", "2021-03-09"),
    ("2021 m. kovo 09 d.", "2021-03-09"),
    ("2021 m. Kovo 9 d.", "2021-03-09"),
    ("2021 m., kovo 9 d.", "2021-03-09"),
    ("2021 m. kovo mėn. 9 d.", "2021-03-09"),
    ("2021 m. kovo 9 dieną", "2021-03-09"),
    ("2021-ųjų kovo 9-ąją", "2021-03-09"),
    ("2021-ųjų metų kovo 9-osios", "2021-03-09"),
    ("2021 metų kovo 9 d.", "2021-03-09"),
    ("2020 m. vasario 29 d.", "2020-02-29"),
    ("2021-03-09", "2021-03-09"),
    ("2021.03.09", "2021-03-09"),
    ("2021 03 09", "2021-03-09"),
    ("2021-03-09 d.", "2021-03-09"),
    # Months in their cases.
    ("2021 m. kovas", "2021-03"),
    ("2021 m. kovo mėn.", "2021-03"),
    ("2021 m. kovo mėnesį", "2021-03"),
    ("2021 m. kovą", "2021-03"),
    ("2021 m. kove", "2021-03"),
    ("2021-ųjų gegužę", "2021-05"),
    ("2021 m. rugpjūtį", "2021-08"),
    ("2021 m. gruodyje", "2021-12"),
    ("2021 m. liepoje", "2021-07"),
    ("2021 liepa", "2021-07"),
    ("2021-07", "2021-07"),
    # Years and seasons.
    ("2021 m.", "2021"),
    ("2021_m.", "2021"),
    ("2021 metais", "2021"),
    ("2021-aisiais", "2021"),
    ("2021-aisiais metais", "2021"),
    ("2021 m. pavasarį", "2021-21"),
    ("2021 m. vasara", "2021-22"),
    ("2021 m. rudenį", "2021-23"),
    ("2021-2022 m. žiemą", "2021-24"),
    # Which of two winters it was is not said.
    ("2021 m. žiemą", "2021"),
    # Periods of years, six ways and more.
    ("2016 -2019", "2016/2019"),
    ("2016 – 2019", "2016/2019"),
    ("2016 m. – 2019 m.", "2016/2019"),
    ("2016-2019", "2016/2019"),
    ("2016–2019", "2016/2019"),
    ("2016 m. -2019 m.", "2016/2019"),
    ("2016—2019 metų", "2016/2019"),
    ("2016–2019_m.", "2016/2019"),
    ("nuo 2016 m. iki 2019 m.", "2016/2019"),
    # Other periods.
    ("2013 m. gegužės 6-8 d.", "2013-05-06/2013-05-08"),
    ("2013 m. gegužės 6–8_d.", "2013-05-06/2013-05-08"),
    ("2013 m. gegužės 6 d. – 8 d.", "2013-05-06/2013-05-08"),
    ("2013 m. gegužės 30 d. – birželio 2 d.", "2013-05-30/2013-06-02"),
    ("2013 m. gruodžio 30 d. – 2014 m. sausio 2 d.", "2013-12-30/2014-01-02"),
    ("nuo 2013 m. gegužės 6 d. iki 2014 m. sausio 2 d.", "2013-05-06/2014-01-02"),
    ("nuo 2013 m. gegužės 6 d. iki liepos 2 d.", "2013-05-06/2013-07-02"),
    ("2013 m. sausio–kovo mėn.", "2013-01/2013-03"),
    ("2013 m. pavasaris–ruduo", "2013-21/2013-23"),
    ("2013–2014 m. kovo mėn.", "2013/2014-03"),
    # Open ends.
    ("nuo 2013 m. gegužės 6 d.", "2013-05-06/.."),
    ("Nuo 2013 m.", "2013/.."),
    ("iki 2013 m. gegužės mėn.", "../2013-05"),
    # Doubt.
    ("apie 2013 m.", "2013~"),
    ("maždaug 2013 m. gegužę", "2013-05~"),
    ("2013 m. (spėjama)", "2013?"),
    ("apie 2013 m. rudenį", "2013~"),
    ("maždaug nuo 2013 m.", "2013~/.."),
    ("Apie 2013 m. – apie 2015 m. (spėjama)", "2013~/2015%"),
]

NO_DATES = [
    "",
    "2021",
    "kovo 9 d.",
    "2021 m. II ketv.",
    "2021 m. II ketvirtį",
    "2021 m. III ketvirtyje",
    "2021 m. I–II ketv.",
    "2021 m. 2 ketv.",
    "2021 m. 3-iasis ketvirtis",
    "2021 m. I pusmetį",
    "2021 m. vasario 29 d.",
    "2021 m. kovo 32 d.",
    "2021 m. birželio 31 d.",
    "2021-02-30",
    "2021-13-01",
    "2019–2016 m.",
    "2013 m. gegužės 8-6 d.",
    "tel. 8 315 20142",
    "44TT-KK-20-1-01762-PR001",
    "Nr. 2014/2020",
    "12021 m.",
    "1234-5678",
]


@pytest.mark.parametrize(("text", "edtf"), STATED, ids=lambda value: value)
def test_a_stated_date_is_as_precise_as_what_is_said(text, edtf):
    assert read_stated_date(text.replace("_", "\u00a0")) == edtf


@pytest.mark.parametrize("text", NO_DATES, ids=lambda value: value)
def test_what_is_no_date_is_not_read(text):
    assert find_stated_dates(text) == []
    with pytest.raises(InvalidDate):
        read_stated_date(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "2016 m. kovo 3 d. pasirašyta, o 2016 m. balandžio mėn. pateikta; vykdyta 2016 m. -2018 m.",
            ["2016-03-03", "2016-04", "2016/2018"],
        ),
        ("Pagal 2014 m. – 2020 m. programą iki 2022 m. vasario 20 d. baigta.", ["2014/2020", "../2022-02-20"]),
        ("2020 m. gegužės 13 d. – 9 asociacijos", ["2020-05-13"]),
        ("2020 m. gegužės 13 d.   9 asociacijos", ["2020-05-13"]),
        ("2020 m. gegužę 9 asociacijos", ["2020-05"]),
        ("2020 m. Marijampolės grupė", ["2020"]),
        ("2020 m. vasaros stovykla", ["2020-22"]),
        ("Kalbėta apie 2020 m. biudžetą.", ["2020"]),
        ("Pasibaigė. Apie 2020 m. vėl pradėta.", ["2020~"]),
        ("2021 m. kovo 9 d.; 2021 m. II ketv.; 2022 m.", ["2021-03-09", "2022"]),
        ("(2021 m. kovo 9 d.)", ["2021-03-09"]),
        ("Įkurta 2009-03-04, tel. +370 612 20145", ["2009-03-04"]),
        ("žr. 2021-03-09-posedis.pdf", []),
        ("2007-2013 metų LEADER, 2014–2020 m. KPP", ["2007/2013", "2014/2020"]),
    ],
)
def test_dates_are_found_in_prose(text, found):
    assert [date.edtf for date in find_stated_dates(text)] == found


def test_a_found_date_knows_its_words_and_its_place():
    text = "Sutartis galioja nuo 2013 m.\u00a0gegužės 6 d. iki galo."
    date = find_stated_dates(text)[0]
    assert (date.edtf, date.words) == ("2013-05-06/..", "nuo 2013 m.\u00a0gegužės 6 d.")
    assert text[date.start : date.end] == date.words


# --- What `edtf_to_text` says is read back ----------------------------------------------------------------------------

years = st.integers(1900, 2100)


@st.composite
def points(draw):
    """An EDTF point, a marker of doubt with it now and then."""
    year, shape = draw(years), draw(st.sampled_from(["year", "month", "day", "season"]))
    if shape == "season":
        return f"{year}-{draw(st.integers(21, 24))}"
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    text = {"year": f"{year}", "month": f"{year}-{month:02}", "day": f"{year}-{month:02}-{day:02}"}[shape]
    return text + draw(st.sampled_from(["", "", "", "?", "~", "%"]))


@st.composite
def stored(draw):
    """Any date that the register can hold."""
    shape = draw(st.sampled_from(["{0}", "{0}/..", "../{0}", "{0}/{1}"]))
    value = shape.format(draw(points()), draw(points()))
    try:
        edtf_bounds(value)
    except InvalidDate:
        assume(False)
    return value


@settings(deadline=None, max_examples=300)
@given(stored())
def test_what_is_said_is_read_back(value):
    said = edtf_to_text(value)
    read = read_stated_date(said)
    assert edtf_to_text(read) == said
    assert edtf_bounds(read) == edtf_bounds(value)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0129 m.d-–sausiolepžėn\u00a0,IV()", max_size=40))
def test_any_text_is_read_without_failing(text):
    found = find_stated_dates(text)
    for date in found:
        edtf_bounds(date.edtf)
        assert text[date.start : date.end] == date.words
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
