"""Numbers, and the noun after a number. "_" stands for a no-break space."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lithuanian.numbers import format_euros, format_number, format_percent
from lithuanian.plurals import counted, plural

properties = settings(deadline=None, max_examples=100)

MEMBERS = ("narys", "nariai", "narių", "nario")


def seen(text: str) -> str:
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1234, None, "1_234"),  # four digits are grouped, too
        (178327, None, "178_327"),
        (1234567, None, "1_234_567"),
        (Decimal("178327.30"), None, "178_327,30"),
        (178327.3, None, "178_327,3"),
        (62.0, None, "62"),
        (0.1, None, "0,1"),
        (1e21, None, "1_000_000_000_000_000_000_000"),
        (Decimal("1E+3"), None, "1_000"),
        (-5, None, "−5"),
        (Decimal("-1234.5"), 2, "−1_234,50"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("-0.00"), None, "0,00"),
        (Decimal("2.005"), 2, "2,01"),  # half up, not to even
        (Decimal("2.5"), 0, "3"),
        (Decimal("999.995"), 2, "1_000,00"),
        (10**40, 2, "10" + "_000" * 13 + ",00"),
    ],
)
def test_numbers(value, decimals, text):
    assert seen(format_number(value, decimals)) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity"), Decimal("NaN")])
def test_what_is_not_a_finite_number_has_no_form(value):
    for function in (format_number, format_euros, format_percent, lambda n: plural(n, *MEMBERS)):
        with pytest.raises(ValueError, match="Not a finite number"):
            function(value)


def test_money_and_shares():
    assert seen(format_euros(Decimal("178327.30"))) == "178_327,30_€"
    assert seen(format_euros(Decimal("178327.3"))) == "178_327,30_€"
    assert seen(format_euros(100)) == "100,00_€"
    assert seen(format_euros(Decimal("-575.335"))) == "−575,34_€"
    assert seen(format_percent(Decimal("95"))) == "95_%"
    assert seen(format_percent(Decimal("95.00"))) == "95_%"
    assert seen(format_percent(Decimal("48.40"))) == "48,4_%"
    assert seen(format_percent(100)) == "100_%"
    assert seen(format_percent(Decimal("1000.0"))) == "1_000_%"


@properties
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=2))
def test_a_number_reads_back_as_itself(number):
    text = format_number(number)
    assert Decimal(text.replace("\u00a0", "").replace(",", ".").replace("−", "-")) == number
    whole = text.lstrip("−").partition(",")[0].split("\u00a0")
    assert 1 <= len(whole[0]) <= 3
    assert all(len(group) == 3 for group in whole[1:])


# --- The noun after a number ---


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0_narių"),
        (1, "1_narys"),
        (2, "2_nariai"),
        (9, "9_nariai"),
        (10, "10_narių"),
        (11, "11_narių"),
        (12, "12_narių"),
        (19, "19_narių"),
        (20, "20_narių"),
        (21, "21_narys"),
        (22, "22_nariai"),
        (29, "29_nariai"),
        (30, "30_narių"),
        (31, "31_narys"),
        (62, "62_nariai"),
        (100, "100_narių"),
        (101, "101_narys"),
        (111, "111_narių"),
        (1.5, "1,5_nario"),
        (Decimal("1.5"), "1,5_nario"),
        (Decimal("0.1"), "0,1_nario"),
        (Decimal("1.0"), "1,0_narys"),
        (1.0, "1_narys"),
        (1011, "1_011_narių"),
        (-1, "−1_narys"),
        (10**30 + 1, "1" + "_000" * 9 + "_001_narys"),
    ],
)
def test_a_number_with_its_noun(n, text):
    assert seen(counted(n, *MEMBERS)) == text


def cldr_form(n: int) -> str:
    """The form of a whole number, from the last two digits as they are read aloud."""
    *_, tens, units = f"{n:02}"
    if units == "0" or tens == "1":
        return "narių"
    return "narys" if units == "1" else "nariai"


def test_all_whole_numbers_that_a_page_is_likely_to_count():
    for n in range(2001):
        assert plural(n, *MEMBERS) == plural(-n, *MEMBERS) == cldr_form(n), n


@properties
@given(st.fractions(min_value=-3000, max_value=3000, max_denominator=1000))
def test_a_fraction_takes_the_genitive_singular(fraction):
    number = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    expected = cldr_form(abs(int(number))) if Fraction(number).denominator == 1 else "nario"
    assert plural(number, *MEMBERS) == plural(float(number), *MEMBERS) == expected


def test_without_the_fourth_form_a_fraction_takes_the_third():
    assert plural(1.5, "narys", "nariai", "narių") == "narių"
    assert seen(counted(3, "narys", "nariai", "narių")) == "3_nariai"
