"""The first words of a text, for lists."""

import re

from .inline import BREAK, plain
from .items import Heading, Listing, More, Paragraph

LONGEST = 300
_SENTENCE_END = re.compile(r"[.!?…][“”\")]*(?=\s)")


def teaser(items) -> str:
    """What stood before „more“, else the first sentences: at most 300 signs, ending with a sentence or a word."""
    marks = [place for place, item in enumerate(items) if isinstance(item, More)]
    if marks and (text := _text(items[: marks[0]])):
        return _cut(text)
    return _cut(_text(items))


def _text(items):
    said, length = [], 0
    for item in items:
        if isinstance(item, Paragraph) and not item.aside:
            said.append(plain(item.runs).replace(BREAK, " "))
        elif said and isinstance(item, Heading | Listing):
            break  # what comes under another heading is about something else
        length = sum(map(len, said))
        if length > 2 * LONGEST:
            break
    return " ".join(said)


def _cut(text):
    if len(text) <= LONGEST:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, LONGEST + 1) if match.end() <= LONGEST]
    if ends and ends[-1] >= LONGEST // 3:
        return text[: ends[-1]]
    start = text[:LONGEST]
    return (start.rpartition(" ")[0] or start[:-1]).rstrip(" ,;:–-") + "…"
