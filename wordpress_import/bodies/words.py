"""
The words of a text before and after it was moved.

A word is a run of letters and digits, without case; marks, dashes and spaces do not count, so what typography changes
is no difference. Compared are the words and how often each stands, then their order.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from html import unescape

from .characters import written
from .markup import BLOCKS, attributes_of, comments, tags, without_unreadable

_WORD = re.compile(r"[^\W_]+")
_APART = BLOCKS | {"br", "img", "iframe", "video", "audio", "object", "embed", "x-embed", "cite"}


@dataclass(frozen=True)
class Words:
    """
    How many words there were and are, which are lost and gained, each as often as it is, and how many stand elsewhere.

    What the move itself says (a link's label, a description out of the library) is not gained.
    """

    before: int = 0
    after: int = 0
    lost: list[str] = field(default_factory=list)
    gained: list[str] = field(default_factory=list)
    moved: int = 0

    def as_dict(self) -> dict:
        """For a JSON field."""
        return asdict(self)


def words_of(text: str) -> list[str]:
    """The words of a plain text."""
    text = unicodedata.normalize("NFKC", written(text).casefold())
    return _WORD.findall("".join(character for character in text if not unicodedata.combining(character)))


def words_of_html(text: str) -> list[str]:
    """The words that HTML shows: see `shown`."""
    return words_of(shown(text))


def shown(text: str) -> str:
    """The text that HTML shows, descriptions of pictures among it; not scripts, styles and comments."""
    pieces, place = [], 0
    text = "".join(plain for plain, _ in comments(without_unreadable(text)))
    for tag in tags(text):
        name = tag["name"].lower()
        pieces.append(text[place : tag.start()])
        place = tag.end()
        if name in _APART or "wp-block-file__button" in tag["attributes"]:
            pieces.append(" ")
        if name == "img":
            pieces.append(attributes_of(tag["attributes"]).get("alt", "").replace("&", "&amp;") + " ")
    pieces.append(text[place:])
    return unescape("".join(pieces))


def words_of_blocks(blocks: list[dict]) -> list[str]:
    """The words that blocks of a body show, in their order."""
    return [word for block in blocks for text in _texts(block["type"], block["value"]) for word in words_of(text)]


def _texts(kind, value):
    if kind in ("text", "rich_text"):
        yield _plain(value)
    elif kind == "heading":
        yield value["text"]
    elif kind == "figure":
        yield from (value["image"]["alt_text"], value["caption"])
    elif kind == "gallery":
        for item in value["images"]:
            yield from _texts("figure", item["value"])
    elif kind == "quote":
        yield from (value["text"], value["source"])
    elif kind == "table":
        yield value["caption"]
        yield from (column["heading"] for column in value["columns"])
        for row in value["rows"]:
            yield from map(_plain, row["values"])
    elif kind == "video":
        yield value["title"]
    elif kind == "button":
        yield value["label"]


def _plain(rich):
    """Text of our own rich text; a cell of plain text has its signs as they are, and no tags to lose."""
    rich = re.sub(r"<(?:/?(?:p|li|ul|ol)|br/)>", " ", rich)
    return unescape(re.sub(r"</?(?:a|b|i)(?: [^<>]*)?>", "", rich))


def compared(before: list[str], after: list[str], given: list[str], held: list[str]) -> Words:
    """
    What has become of the words.

    given: words that the move itself put in. held: words that stand elsewhere now, such as a document's title, or that
    were said twice.
    """
    missing = Counter(before) - Counter(after) - Counter(held)
    added = Counter(after) - Counter(before) - Counter(given)
    return Words(
        before=len(before),
        after=len(after),
        lost=_in_order(before, missing),
        gained=_in_order(after, added),
        moved=_moved(before, after),
    )


def _in_order(words, number):
    number, found = Counter(number), []
    # From the end: of a word that stands once less it is rather the later one that went.
    for word in reversed(words):
        if number[word] > 0:
            number[word] -= 1
            found.append(word)
    return found[::-1]


def _moved(before, after):
    """How many words of both are not in one order: all but the longest sequence that is (n log n, any length)."""
    places = defaultdict(list)
    for place, word in enumerate(after):
        places[word].append(place)
    met, order = Counter(), []
    for word in before:
        if met[word] < len(places.get(word, ())):
            order.append(places[word][met[word]])
        met[word] += 1
    ends = []
    for place in order:
        position = bisect_left(ends, place)
        ends[position : position + 1] = [place]
    return len(order) - len(ends)
