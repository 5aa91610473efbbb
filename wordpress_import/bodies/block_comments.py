"""
The comments in which WordPress's block editor keeps what each piece of a text is: `<!-- wp:name {…} -->`.

The HTML between them says nearly everything by itself. What it does not say is put in here: reusable blocks, the end of
the teaser, paragraphs of classic text outside of blocks; and blocks that the old site filled by itself are told of.
"""

import json
import re
from html import escape

from .autop import autop
from .markup import comments

_BLOCK = re.compile(r"\s*(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_/-]*)\s*(?P<data>\{.*\})?\s*(?P<void>/?)\s*", re.DOTALL)
MORE = "<x-more></x-more>"
# They hold no words of their own.
_NOTHING_TO_SAY = {"separator", "spacer", "nextpage", "more", "paragraph", "html", "group", "column", "columns"}
_CLASSIC = {"freeform", "classic", "shortcode", "core/freeform"}
_DEEPEST = 5


def has_blocks(text: str) -> bool:
    """Whether a text was written in the block editor."""
    return "<!-- wp:" in text


def with_reusable(text: str, places, remarks) -> str:
    """The text with its reusable blocks in place. One that holds itself is put in once."""
    return _with_reusable(text, places, remarks, ())


def _with_reusable(text, places, remarks, inside):
    if "wp:block" not in text:
        return text
    pieces = []
    for plain, comment in comments(text):
        pieces.append(plain)
        if comment is None:
            continue
        block = _BLOCK.fullmatch(comment)
        if not block or block["name"] not in ("block", "core/block") or block["end"]:
            pieces.append(f"<!--{comment}-->")
            continue
        number = _data(block).get("ref")
        if not isinstance(number, int) or number in inside or len(inside) >= _DEEPEST:
            continue
        held = places.reusable(number)
        if held is None:
            remarks.add("reusable-missing", f"wp_block {number}")
            continue
        held = _with_reusable(held, places, remarks, (*inside, number))
        pieces.append(held if has_blocks(held) else f"<!-- wp:freeform -->{held}<!-- /wp:freeform -->")
    return "".join(pieces)


def unfolded(text: str, classic: bool, remarks) -> str:
    """The text without comments, paragraphs made where the block editor did not mark any."""
    pieces, loose, inside = [], [], []

    def finish():
        said = "".join(loose)
        pieces.append(autop(said) if classic or not inside or inside[-1] in _CLASSIC else said)
        loose.clear()

    for plain, comment in comments(text):
        loose.append(plain)
        if comment is None:
            continue
        if comment == "more" or comment.startswith("more "):
            loose.append(MORE)
        block = _BLOCK.fullmatch(comment)
        if not block or classic:
            continue
        name = block["name"].removeprefix("core/")
        finish()
        if block["end"]:
            if inside:
                inside.pop()
        elif block["void"]:
            address = _data(block).get("url") if "embed" in name else None
            if address:
                loose.append(f'<x-embed src="{escape(str(address))}"></x-embed>')
            elif name not in _NOTHING_TO_SAY:
                remarks.add("dynamic-block", name)
        else:
            inside.append(name)
    finish()
    return "".join(pieces)


def _data(block):
    try:
        data = json.loads(block["data"] or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
