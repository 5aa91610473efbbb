"""
Draws the pictures that must be bitmaps into `static/img/`: `python scripts/draw_images.py ["Name of the LAG"]`.

* `og.png` 1200×630, what a shared link shows where the page has no cover: the hills of the name above the sash;
* `logo.png` 512×512 and `apple-touch-icon.png` 180×180, the mark of `favicon.svg`.

A LAG that takes the site over changes `favicon.svg` and runs this once.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.silhouette import WIDTH, hills  # noqa: E402

IMAGES = ROOT / "static" / "img"
SVG = "{http://www.w3.org/2000/svg}"
SMOOTH = 4  # everything is drawn this many times larger and then made smaller: no jagged edges
CURVE_STEPS = 24
SHORE = 168  # how far down the hills' box the sash begins: a strip of the river stays

# The colours of static/css/components.css (.silhouette, .sash) in light.
SKY_TOP, SKY_BOTTOM = (207, 226, 234), (248, 244, 234)
SUN, FAR, FORT, NEAR, RIVER = "#eebb62", "#a9c7bd", "#4f8a6c", "#1c4c39", "#3d81a3"
LINEN, PINE, AMBER, RED = "#f4efe2", "#1c4c39", "#dc9627", "#b3402f"

TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
POINTS_OF = {"M": 1, "L": 1, "Q": 2, "S": 2, "C": 3}


def polygons(path):
    """The shapes of SVG path data (M, L, H, V, C, S, Q, Z, large and small letters) as lists of points."""
    tokens = TOKEN.findall(path)
    shapes, here, mirrored, command = [], (0, 0), (0, 0), ""

    def number():
        return float(tokens.pop(0))

    def point(start):
        x, y = number(), number()
        return (start[0] + x, start[1] + y) if command.islower() else (x, y)

    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        kind = command.upper()
        if kind == "Z":
            here = shapes[-1][0]
        elif kind in "HV":
            along, value = "HV".index(kind), number()
            moved = list(here)
            moved[along] = value + (here[along] if command.islower() else 0)
            here = tuple(moved)
            shapes[-1].append(here)
        else:
            controls = [here, *([mirrored] if kind == "S" else []), *(point(here) for _ in range(POINTS_OF[kind]))]
            here = controls[-1]
            mirrored = (2 * here[0] - controls[-2][0], 2 * here[1] - controls[-2][1])
            if kind == "M":
                shapes.append([here])
                command = "l" if command.islower() else "L"
            else:
                steps = CURVE_STEPS if len(controls) > 2 else 1
                shapes[-1] += [bezier(controls, step / steps) for step in range(1, steps + 1)]
    return shapes


def bezier(controls, t):
    """The point at `t` (0–1) of the curve with these control points."""
    while len(controls) > 1:
        controls = [
            (x + (next_x - x) * t, y + (next_y - y) * t)
            for (x, y), (next_x, next_y) in zip(controls, controls[1:], strict=False)
        ]
    return controls[0]


def fill(draw, path, colour, scale, down=0):
    """Fill SVG path data, `scale` times larger and moved `down`."""
    for shape in polygons(path):
        draw.polygon([(x * scale, y * scale + down) for x, y in shape], fill=colour)


def share_picture(name, width=1200, height=630, sash=40):
    """The hills of `name` above the sash."""
    wide, high, band = width * SMOOTH, height * SMOOTH, sash * SMOOTH
    picture = Image.new("RGB", (wide, high))
    draw = ImageDraw.Draw(picture)
    for y in range(high):
        share = min(1, y / (high * 0.75))
        colour = tuple(round(a + (b - a) * share) for a, b in zip(SKY_TOP, SKY_BOTTOM, strict=True))
        draw.line([(0, y), (wide, y)], fill=colour)
    shapes, scale = hills(name), wide / WIDTH
    down = high - band - SHORE * scale
    x, y, r = (shapes[key] * scale for key in ("cx", "cy", "r"))
    draw.ellipse([x - r, y + down - r, x + r, y + down + r], fill=SUN)
    for key, colour in (("far", FAR), ("fort", FORT), ("near", NEAR), ("river", RIVER)):
        fill(draw, shapes[key], colour, scale, down)
    draw_sash(draw, wide, high - band, band)
    return picture.resize((width, height), Image.LANCZOS)


def draw_sash(draw, width, top, height):
    """A woven band: amber edges, light diamonds on pine, a pair of red bars between every eight."""
    edge = height // 8
    draw.rectangle([0, top, width, top + height], fill=AMBER)
    draw.rectangle([0, top + edge, width, top + height - edge], fill=PINE)
    middle, half = top + height // 2, height // 2 - edge
    for place, left in enumerate(range(0, width, 2 * half)):
        if place % 8 == 7:
            for bar in (half // 2, half * 5 // 4):
                draw.rectangle([left + bar, top + edge, left + bar + half // 3, top + height - edge], fill=RED)
        else:
            x = left + half
            draw.polygon([(x - half, middle), (x, middle - half), (x + half, middle), (x, middle + half)], fill=LINEN)


def mark(size, rounded):
    """The mark of `favicon.svg`, its corners `rounded` or filled."""
    svg = ElementTree.parse(IMAGES / "favicon.svg").getroot()  # noqa: S314 - our own file
    scale = size * SMOOTH / float(svg.get("viewBox").split()[2])
    picture = Image.new("RGBA", (size * SMOOTH, size * SMOOTH))
    draw = ImageDraw.Draw(picture)
    for path in svg.iter(f"{SVG}path"):
        fill(draw, path.get("d"), path.get("fill"), scale)
    if rounded:
        mask = Image.new("L", picture.size)
        radius = float(svg.find(f".//{SVG}rect").get("rx")) * scale
        ImageDraw.Draw(mask).rounded_rectangle([0, 0, *picture.size], radius, fill=255)
        picture.putalpha(mask)
    picture = picture.resize((size, size), Image.LANCZOS)
    return picture if rounded else picture.convert("RGB")


def main(name="Alytaus rajono vietos veiklos grupė"):
    """Draw all three."""
    share_picture(name).save(IMAGES / "og.png", optimize=True)
    mark(512, rounded=True).save(IMAGES / "logo.png", optimize=True)
    mark(180, rounded=False).save(IMAGES / "apple-touch-icon.png", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
