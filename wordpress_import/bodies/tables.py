"""
Tables: cells in rows and columns without spans, with column headings, as the table block keeps them.

What is no table of facts (one cell, one row or one column, nothing but pictures) is what stands in it.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .inline import BREAK, Run, Style, html, in_bold, links, plain
from .items import LONGEST_CAPTION, Figure, Heading, Listing, Paragraph, Piece, galleries

_LONGEST_GUESSED_HEADING = 60
_WIDEST_SPAN = 20
# A table of so many places more than it has cells is no table: a cell that says it spans everything.
_MOST_EMPTY = 2000


@dataclass
class _Cell:
    lines: list = field(default_factory=list)  # runs of each paragraph
    lifted: list = field(default_factory=list)  # what no cell can hold
    items: list = field(default_factory=list)  # all, as it came
    heads: bool = False
    columns: int = 1
    rows: int = 1
    is_layout: bool = False

    @property
    def text(self):
        return " ".join(plain(runs).replace(BREAK, " ") for runs in self.lines)

    @property
    def is_rich(self):
        return len(self.lines) > 1 or any(BREAK in plain(runs) or not _all_alike(runs) for runs in self.lines)


_NONE = _Cell()
_NUMERIC = re.compile(r"[\W\d]+")


class _Place(NamedTuple):
    """A place of the grid: its cell; whether it is the cell's further column, or further row."""

    cell: _Cell
    is_across: bool = False
    is_repeated: bool = False

    @property
    def said(self):
        """What a row says here: what spans rows holds for each of them, what spans columns is said once."""
        return _NONE if self.is_across else self.cell


def _all_alike(runs):
    """Whether a plain cell says the same: nothing in it is a link, or bold or italic in part."""
    return not links(runs) and len({run.style for run in runs if run.text.strip()}) <= 1


def table(node, flow) -> list:
    """The items that a table becomes. `flow` gathers what stands in its cells."""
    caption, rows, in_head = [], [], []
    for part in node.elements():
        if part.tag == "caption":
            caption = flow.within(part)
        for row in [part] if part.tag == "tr" else part.elements():
            if row.tag == "tr":
                rows.append([_cell(cell, flow) for cell in row.elements() if cell.tag in ("td", "th")])
                in_head.append(part.tag == "thead")
    said = [item.runs for item in caption if isinstance(item, Paragraph)]
    others = [item for item in caption if not isinstance(item, Paragraph)]
    cells = [cell for row in rows for cell in row]
    if _is_layout(node, rows, cells):
        return [*(Paragraph(runs) for runs in said), *others, *_contents(cells)]
    grid = _grid(rows)
    if grid is None:
        return [*(Paragraph(runs) for runs in said), *others, *_contents(cells)]
    title = " ".join(plain(runs).replace(BREAK, " ") for runs in said)
    late = len(title) > LONGEST_CAPTION or any(map(links, said))
    made = _made(grid, in_head, "" if late else title, flow.context)
    return [made, *(Paragraph(runs) for runs in said if late), *others, *_pictures(cells)]


def _cell(node, flow):
    cell = _Cell(heads=node.tag == "th", columns=_span(node.get("colspan")), rows=_span(node.get("rowspan"), 1000))
    cell.items = flow.within(node)
    for item in cell.items:
        if isinstance(item, Paragraph):
            cell.lines.append(item.runs)
        elif isinstance(item, Heading):
            cell.lines.append(in_bold([Run(item.text, Style())]))
        elif isinstance(item, Listing):
            cell.lines += _lines(item)
        else:
            cell.lifted.append(item)
    return cell


def _lines(listing):
    """A list as lines of a cell, which has no place for lists."""
    for entry in listing.entries:
        yield [Run("– ", Style()), *entry.runs]
        for below in entry.below:
            yield from _lines(below)


def _span(text, most=_WIDEST_SPAN):
    return max(1, min(int(text), most)) if re.fullmatch(r"[0-9]{1,6}", text) else 1


def _is_layout(node, rows, cells):
    if node.get("role") == "presentation" or not any(cell.lines for cell in cells):
        return True
    filled = [[cell for cell in row if cell.lines] for row in rows]
    filled = [row for row in filled if row]
    if len(filled) == 1:
        return True
    return max(len(row) for row in rows) == 1 and not any(cell.heads for cell in cells)


def _contents(cells):
    """What stands in the cells of a table that is none; pictures alone stand side by side."""
    items = [item for cell in cells for item in cell.items]
    if len(items) > 1 and all(isinstance(item, Figure) for item in items):
        return galleries(items)
    return items


def _pictures(cells):
    lifted = [item for cell in cells for item in cell.lifted]
    figures = [item for item in lifted if isinstance(item, Figure)]
    return [*galleries(figures), *(item for item in lifted if not isinstance(item, Figure))]


def _grid(rows):
    """
    A list of rows of `_Place`, all equally long; None where spans claim far more places than there are cells.
    """
    grid, carried, places = [], {}, 0
    most = _WIDEST_SPAN * sum(map(len, rows)) + _MOST_EMPTY
    for row in rows:
        line, below, cells = [], {}, iter(row)
        while True:
            if held := carried.pop(len(line), None):
                cell, across, left = held
                if left > 1:
                    below[len(line)] = (cell, across, left - 1)
                line.append(_Place(cell, across, is_repeated=True))
                continue
            cell = next(cells, None)
            if cell is None and not carried:
                break
            for across in range(cell.columns if cell else 1):
                if cell and cell.rows > 1:
                    below[len(line)] = (cell, across > 0, cell.rows - 1)
                line.append(_Place(cell or _NONE, across > 0))
        carried = below
        places += len(line)
        if places > most:
            return None
        grid.append(line)
    width = max(map(len, grid))
    if width * len(grid) > most:
        return None
    return [line + [_Place(_NONE)] * (width - len(line)) for line in grid]


def _made(grid, in_head, caption, context):
    full = [number for number, line in enumerate(grid) if any(place.said.lines for place in line)]
    grid, in_head = [grid[number] for number in full], [in_head[number] for number in full]
    heads = _heading_rows(grid, in_head, context)
    columns = [
        column for column in range(len(grid[0])) if any(line[column].said.lines for line in grid[heads:])
        or any(line[column].cell.lines for line in grid[:heads])
    ]  # fmt: skip
    made, values = [], [[] for _ in grid[heads:]]
    for column in columns:
        places = [line[column] for line in grid[heads:]]
        is_rich = any(place.said.is_rich for place in places)
        heading = _heading([line[column] for line in grid[:heads]], context)
        made.append({"type": "rich_text" if is_rich else "text", "heading": heading})
        for row, place in zip(values, places, strict=True):
            row.append(_rich(place.said) if is_rich else place.said.text)
            if place.is_repeated:
                context.given.append(place.said.text)
    rows = [{"values": row} for row in values]
    return Piece("table", {"caption": caption, "columns": made, "rows": rows})


def _rich(cell):
    # A cell of rich text may not be empty.
    return "".join(f"<p>{html(runs)}</p>" for runs in cell.lines) or "<p>–</p>"


def _heading(places, context):
    said = []
    for place in places:
        text = place.cell.text
        if text and text not in said:
            said.append(text)
            if place.is_across:
                context.given.append(text)
    return " – ".join(said)


def _heading_rows(grid, in_head, context):
    """How many rows at the top are headings."""
    heads = next((number for number, is_head in enumerate(in_head) if not is_head), len(grid))
    if not heads and all(place.cell.heads for place in grid[0] if place.cell.lines):
        heads = 1
    if 0 < heads < len(grid):
        return heads
    if len(grid) > 1 and not any(place.cell.heads for place in grid[0]):
        if all(_is_bold(place.cell) for place in grid[0]):
            return 1
        if _may_be_headings(grid):
            context.remarks.add("table-heading", " | ".join(place.cell.text for place in grid[0]))
            return 1
    context.remarks.add("table-no-heading", " | ".join(place.cell.text for place in grid[0]))
    return 0


def _is_bold(cell):
    return bool(cell.lines) and all(run.style.bold for runs in cell.lines for run in runs if run.text.strip())


def _may_be_headings(grid):
    """Short, different words over each column, of what does not read like „Pavadinimas: …“."""
    texts = [place.cell.text for place in grid[0]]
    if any(place.is_across or place.cell.is_rich or place.cell.rows > 1 for place in grid[0]):
        return False
    if any(line[0].cell.text.endswith(":") for line in grid):
        return False
    return len(set(texts)) == len(texts) and all(
        0 < len(text) <= _LONGEST_GUESSED_HEADING and not _NUMERIC.fullmatch(text) for text in texts
    )
