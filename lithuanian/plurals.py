"""The form of a Lithuanian noun after a number.

Source: CLDR 48 plural rules, locale ``lt``
(https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules):

* one:   n % 10 = 1 and n % 100 ≠ 11..19           1, 21, 101 narys
* few:   n % 10 = 2..9 and n % 100 ≠ 11..19        2, 9, 62 nariai
* many:  a visible fraction that is not zero       1,5 nario
* other: the rest                                  0, 10, 11, 20, 111 narių
"""

from decimal import Decimal

from .characters import NBSP
from .numbers import exact_decimal, format_number


def plural(n: int | float | Decimal, one: str, few: str, other: str, many: str | None = None) -> str:
    """The one of the given forms that follows ``n``; the sign of ``n`` does not matter.

    one, few, other: "narys", "nariai", "narių". many: the genitive singular "nario", needed only where a
    fraction can occur; without it a fraction takes ``other``, so that a page still says something.
    Raises ValueError for an infinite number or NaN.
    """
    number = exact_decimal(n).copy_abs()  # abs() would round to the precision of the context
    whole = int(number)
    if number != whole:
        return other if many is None else many
    units, teens = whole % 10, 11 <= whole % 100 <= 19
    if teens or units == 0:
        return other
    return one if units == 1 else few


def counted(n: int | float | Decimal, one: str, few: str, other: str, many: str | None = None) -> str:
    """The number and its noun, held together by a no-break space: "62 nariai", "1,5 nario"."""
    return f"{format_number(n)}{NBSP}{plural(n, one, few, other, many)}"
