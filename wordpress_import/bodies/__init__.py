"""
Bodies: what WordPress keeps of a text becomes blocks, pure functions without a database.

One way through the modules: `markup` reads tags and comments; `block_comments` and `shortcodes` translate what
WordPress would have, `autop` makes paragraphs of a classic text; `cleaning` leaves well-formed HTML of few elements;
`flow` walks its `tree` and builds `items`, with `inline` for lines, `tables` and `embeds`; `assembling` makes blocks of
them. `words` compares what was to be read before with what is now.

Safety stands on the last but one step: nothing is passed on, everything is built, so only what `inline.html` and
`assembling` write can come out.
"""

from dataclasses import dataclass

from . import words
from .assembling import blocks_of, rich
from .block_comments import has_blocks, unfolded, with_reusable
from .characters import possible, written
from .cleaning import cleaned
from .flow import Flow
from .inline import Run, Style, set_well
from .inline import plain as text_of
from .items import Context, Figure, Heading, Listing, Paragraph, Piece, Video
from .markup import without_unreadable
from .places import Picture, Places, Target
from .remarks import Remark
from .shortcodes import readable, translate
from .teaser import teaser
from .tree import tree
from .words import Words

__all__ = ["Body", "Picture", "Places", "Remark", "Target", "Words", "convert", "plain", "rich_text"]


@dataclass(frozen=True)
class Body:
    """
    A text, moved.

    blocks: the stored form of a `core.blocks.BodyBlock`. remarks: what somebody should look at. words: the comparison.
    teaser: the first words, at most 300 signs.
    """

    blocks: list[dict]
    remarks: list[Remark]
    words: Words
    teaser: str


def convert(html: str, places: Places, title: str, classic: bool | None = None) -> Body:
    """
    The blocks of a text of WordPress.

    html: `content:encoded` as it is. title: the item's, for what must have a name. classic: whether paragraphs are made
    of empty lines everywhere; by default where there are no comments of the block editor. Raises nothing for any text.
    """
    context = Context(places, title)
    items, before = _items(html, context, classic)
    blocks = blocks_of(items, context)
    return Body(
        blocks, context.remarks.told(), _compared(before, words.words_of_blocks(blocks), context), teaser(items)
    )


def rich_text(html: str, places: Places) -> str:
    """
    A text as rich text of paragraphs and lists alone, for fields that are no bodies (an intro).

    Headings become bold, rows of tables paragraphs; of pictures only captions are left.
    """
    items, _ = _items(html, Context(places, ""), None)
    return "".join(rich(line) for item in items for line in _as_lines(item))


def plain(html: str) -> str:
    """The words of a piece of HTML in one line, for titles and excerpts: no tags, typography as it should be."""
    text = " ".join(written(words.shown(possible(html))).split())
    return text_of(set_well([Run(text, Style())]))


def _items(html, context, classic):
    text = possible(html)
    if "<script" in text.lower():
        context.remarks.add("script", "<script>")
    text = without_unreadable(with_reusable(without_unreadable(text), context.places, context.remarks))
    before = words.words_of_html(readable(text))
    if classic is None:
        classic = not has_blocks(text)
    text = unfolded(without_unreadable(translate(text, context.remarks)), classic, context.remarks)
    return Flow(context).gather(tree(cleaned(text, context.remarks))), before


def _compared(before, after, context):
    given, held = ([word for text in texts for word in words.words_of(text)] for texts in (context.given, context.held))
    return words.compared(before, after, given, held)


def _as_lines(item):
    if isinstance(item, Paragraph | Listing):
        yield item
    elif isinstance(item, Heading):
        yield Paragraph([Run(item.text, Style(bold=True))])
    elif isinstance(item, Video):
        yield Paragraph([Run(item.title or item.url, Style(link=("href", item.url)))])
    elif isinstance(item, Figure):
        if item.caption:
            yield Paragraph([Run(item.caption, Style())])
    elif isinstance(item, Piece):
        yield from _lines_of_piece(item.kind, item.value)


def _lines_of_piece(kind, value):
    if kind == "gallery":
        for figure in value["images"]:
            yield from _as_lines(figure)
    elif kind == "quote":
        for text in (f"„{value['text']}“", value["source"]):
            if text:
                yield Paragraph([Run(text, Style())])
    elif kind == "button":
        link = ("page", value["page"]) if value["page"] else ("href", value["url"])
        yield Paragraph([Run(value["label"], Style(link=link))])
    elif kind == "table":
        for row in [[column["heading"] for column in value["columns"]], *(row["values"] for row in value["rows"])]:
            cells = [plain(cell) for cell in row]
            if any(cells):
                yield Paragraph([Run(" – ".join(filter(None, cells)), Style())])
    elif kind == "documents":
        for pk in value["documents"]:
            yield Paragraph([Run("Dokumentas", Style(link=("document", pk)))])
