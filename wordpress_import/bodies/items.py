"""What a body is made of between the tree and the blocks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .inline import Run, Style, links, set_well
from .places import Picture, Places, Target
from .remarks import Remarks

LONGEST_CAPTION = 250
MOST_PICTURES = 40


class Paragraph(NamedTuple):
    """A line of text. aside: said by us about what stands before it, so never a caption."""

    runs: list
    aside: bool = False


class Entry(NamedTuple):
    """An item of a list with the lists below it."""

    runs: list
    below: list


class Listing(NamedTuple):
    """A list."""

    ordered: bool
    entries: list


class Heading(NamedTuple):
    """A heading of the level that it had, 1–6."""

    level: int
    text: str


class Figure(NamedTuple):
    """A picture as it will stand in a figure or a gallery."""

    pk: int
    alt: str = ""
    caption: str = ""


class Video(NamedTuple):
    """A video of a service that we can play. title: "" where nothing of the text names it."""

    url: str
    title: str = ""


class Piece(NamedTuple):
    """A block that is ready: its name, its value as it is stored (lists of items plain)."""

    kind: str
    value: dict


class More(NamedTuple):
    """Where the teaser ended."""


@dataclass
class Context:
    """What a whole body has in common while it is read."""

    places: Places
    title: str
    remarks: Remarks = field(default_factory=Remarks)
    # Texts that the move itself puts in, and texts that stand elsewhere from now on (see `words.compared`).
    given: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    _links: dict = field(default_factory=dict)
    _pictures: dict = field(default_factory=dict)

    def link(self, href: str) -> Target:
        """Where a link leads; asked once for each address."""
        if href not in self._links:
            self._links[href] = self.places.link(href)
        return self._links[href]

    def picture(self, src: str, number: int | None) -> Picture | None:
        """The picture of an address; asked once for each."""
        if (src, number) not in self._pictures:
            self._pictures[src, number] = self.places.image(src, number)
        return self._pictures[src, number]


def split(items, kind):
    """Items of a kind, and the others."""
    return [item for item in items if isinstance(item, kind)], [item for item in items if not isinstance(item, kind)]


def joined(lines, separator):
    """Lines, each set well, as one with a sign between them."""
    if len(lines) == 1:
        return lines[0]
    runs = []
    for line in lines:
        if runs and line:
            runs.append(Run(separator, Style()))
        runs += line
    return set_well(runs)


def fits_caption(runs, text):
    """Whether a line may be the caption of a picture or a table: plain text, not long."""
    return 0 < len(text) <= LONGEST_CAPTION and not links(runs)


def galleries(figures):
    """Pictures as galleries of 2–40; one alone as it is."""
    number = -(-len(figures) // MOST_PICTURES)
    if len(figures) < 2:
        return figures
    size, more = divmod(len(figures), number)
    made, place = [], 0
    for index in range(number):
        end = place + size + (index < more)
        made.append(Piece("gallery", {"images": figures[place:end]}))
        place = end
    return made
