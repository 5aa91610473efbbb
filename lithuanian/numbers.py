"""Numbers, sums of money and shares as Lithuanian writes them.

Source: CLDR 48, locale ``lt``: decimal comma; groups of three parted by a no-break space, four-digit numbers
too (minimumGroupingDigits is 1: "1 234"); the minus is U+2212; a unit or "%" follows after a no-break space.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from .characters import MINUS, NBSP


def exact_decimal(value: int | float | Decimal) -> Decimal:
    """The number as it reads: 0.1 is "0.1" and not its nearest binary fraction; 62.0 is 62.

    A Decimal keeps its own digits ("5178.00" has two), a float has none to keep beyond its value.
    Raises ValueError for what is not a finite number: such a value has no Lithuanian form.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"Not a finite number: {value!r}")
    if isinstance(value, float) and number == number.to_integral_value():
        return number.to_integral_value()
    return number


def format_number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """``178327.3, 2`` → "178 327,30" (the space is a no-break space).

    decimals: how many digits after the comma, rounded half up as money is; None keeps the number's own
    digits.
    """
    number = exact_decimal(value)
    pattern = ",f" if decimals is None else f",.{decimals}f"
    with localcontext(rounding=ROUND_HALF_UP):
        digits = format(number.copy_abs(), pattern)  # abs() would round to the precision of the context
    # Rounded to nothing, a number has no sign: "0,00", not "−0,00".
    negative = number < 0 and any(digit in digits for digit in "123456789")
    return (MINUS if negative else "") + digits.replace(",", NBSP).replace(".", ",")


def format_euros(amount: int | float | Decimal) -> str:
    """``Decimal("178327.30")`` → "178 327,30 €": always with cents, as in funding agreements."""
    return f"{format_number(amount, 2)}{NBSP}€"


def format_percent(share: int | float | Decimal) -> str:
    """``Decimal("95.00")`` → "95 %", ``Decimal("48.4")`` → "48,4 %".

    share: per cent, not a fraction of one. Zeros that end the decimals are dropped: a column of fixed scale
    has them, the rules of a programme do not.
    """
    text = format_number(share)
    if "," in text:
        text = text.rstrip("0").rstrip(",")
    return f"{text}{NBSP}%"
