"""
Paragraphs of a classic text, where an empty line parts them and a line's end breaks them: what WordPress's `wpautop`
does each time it shows the text.

The repair of the markup comes afterwards (`cleaning`), so nothing is balanced here.
"""

import re

from .markup import BLOCKS, tags

_TWO_BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n\s*\n")
# A break of one's own before the line's end is the same break.
_LINE_END = re.compile(r"(?:<br\s*/?>)?[ \t]*\n[ \t]*", re.IGNORECASE)
_AS_IT_IS = {"pre", "textarea"}


def autop(text: str) -> str:
    """The text with `<p>` around what stands between empty lines and block elements, `<br>` at other line ends."""
    pieces, line, place, as_it_is = [], [], 0, ""

    def finish():
        pieces.append(_paragraphs("".join(line)))
        line.clear()

    for tag in tags(text):
        (pieces if as_it_is else line).append(text[place : tag.start()])
        place = tag.end()
        name = tag["name"].lower()
        whole = tag[0] if tag[0].endswith(">") else f"{tag[0]}>"
        if as_it_is:
            pieces.append(whole)
            if tag["end"] and name == as_it_is:
                as_it_is = ""
        elif name in BLOCKS:
            finish()
            pieces.append(whole)
            if name in _AS_IT_IS and not tag["end"]:
                as_it_is = name
        else:
            line.append(whole.replace("\n", " "))
    (pieces if as_it_is else line).append(text[place:])
    finish()
    return "".join(pieces)


def _paragraphs(text):
    if not text.strip():
        return text
    parts = [part.strip() for part in _EMPTY_LINE.split(_TWO_BREAKS.sub("\n\n", text))]
    return "".join(f"<p>{_LINE_END.sub('<br>', part)}</p>\n" for part in parts if part)
