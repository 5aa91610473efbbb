"""A cover where there is none: hillforts (piliakalniai) above the Nemunas, drawn from the page's own title."""

import hashlib

WIDTH, HEIGHT = 320, 180
BANNER_WIDTH, BANNER_HEIGHT = 1440, 200


class Draw:
    """An endless row of numbers out of a text: the same text gives the same row for ever."""

    def __init__(self, text):
        self._bytes = iter(hashlib.shake_256(text.encode()).digest(256))

    def between(self, low, high):
        """The next number, a whole one from `low` to `high`."""
        return low + next(self._bytes) * (high - low) // 255


def ridge(draw, width, bottom, low, high, steps):
    """A rolling line of hills across the picture, closed at the bottom: SVG path data."""
    span = width // steps
    heights = [draw.between(low, high) for _ in range(steps + 1)]
    points = f"M0 {heights[0]}"
    for step, height in enumerate(heights[1:], 1):
        x, middle = step * span, step * span - span // 2
        points += f"C{middle} {heights[step - 1]} {middle} {height} {x} {height}"
    return f"{points}V{bottom}H0Z"


def mound(draw, left, right, bottom, low, high):
    """A hillfort: steep sides, a terrace on one of them, a flat top. It stands somewhere between `left` and `right`."""
    top = draw.between(low, high)
    height = bottom - top
    flat, side = draw.between(height // 2, height), draw.between(height * 7 // 10, height * 6 // 5)
    x = draw.between(left, max(left, right - flat - 2 * side))
    shoulder, step = top + height * 2 // 5, side // 3
    crown = f"C{x + side // 2} {bottom} {x + side * 3 // 4} {top} {x + side} {top}h{flat}"
    # Down the far side: half way a terrace, as those who fortified the hill left it.
    return (
        f"M{x} {bottom}{crown}l{step} {shoulder - top}h{step // 2}"
        f"q{step} {(bottom - shoulder) // 4} {side} {bottom - shoulder}Z"
    )


def hills(title):
    """
    A card's picture in a 320×180 box: a dict with the SVG path data `far`, `fort`, `near`, `river` and the sun's `cx`,
    `cy`, `r`.
    """
    draw = Draw(title)
    far = ridge(draw, WIDTH, HEIGHT, 78, 122, 5)
    fort = mound(draw, -10, WIDTH + 10, 150, 62, 96)
    near = ridge(draw, WIDTH, HEIGHT, 128, 150, 4)
    bend, rise = draw.between(60, 260), draw.between(-5, 5)
    river = f"M0 {162 - rise}Q{bend} {156 + rise} {WIDTH} {164 + rise}V{HEIGHT}H0Z"
    return {
        "far": far,
        "fort": fort,
        "near": near,
        "river": river,
        "cx": draw.between(36, 284),
        "cy": draw.between(30, 74),
        "r": draw.between(13, 28),
    }


def horizon(title):
    """A page's skyline in a 1440×200 box: a dict with the SVG path data `far`, `fort`, `near`."""
    draw = Draw(title)
    far = ridge(draw, BANNER_WIDTH, BANNER_HEIGHT, 40, 130, 8)
    fort = mound(draw, 500, BANNER_WIDTH - 40, BANNER_HEIGHT, 52, 88)
    fort += mound(draw, -60, 620, BANNER_HEIGHT, 96, 128)
    near = ridge(draw, BANNER_WIDTH, BANNER_HEIGHT, 138, 186, 6)
    return {"far": far, "fort": fort, "near": near}
