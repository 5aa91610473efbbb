"""A cover where there is none: hillforts (piliakalniai) drawn from the page's own title."""

import hashlib

WIDTH, HEIGHT = 320, 180


def hills(title):
    """
    The shapes of one picture: a dict with `far` and `near` (SVG path data in a 320×180 box) and the sun's `cx`, `cy`, `r`.

    Drawn from a hash of the title: the same title gives the same picture for ever.
    """
    seed = hashlib.sha256(title.encode()).digest()

    def between(index, low, high):
        return low + seed[index] * (high - low) // 255

    def ridge(start, low, high):
        heights = [between(start + step, low, high) for step in range(5)]
        points = f"M0 {heights[0]}"
        for step, height in enumerate(heights[1:], 1):
            x, middle = step * WIDTH // 4, (step * 2 - 1) * WIDTH // 8
            points += f"C{middle} {heights[step - 1]} {middle} {height} {x} {height}"
        return f"{points}V{HEIGHT}H0Z"

    return {
        "far": ridge(0, 70, 140),
        "near": ridge(5, 125, 165),
        "cx": between(10, 40, 280),
        "cy": between(11, 30, 70),
        "r": between(12, 14, 34),
    }
