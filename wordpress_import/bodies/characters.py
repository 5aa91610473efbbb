"""Characters of a text as they should have been written: entities decoded, invisible ones gone."""

import html
import re

# Soft hyphens and breaks that a browser would make by itself; the joiner inside an emoji stays.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]|(?<=\\w)\u200d|\u200d(?=\\w)")
# What XML and HTML have no place for; lone halves of a pair would not be stored.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def possible(text: str) -> str:
    """The text with line ends of one kind and no control characters."""
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))


def written(text: str) -> str:
    """A text of HTML, already decoded once: entities that were encoded twice, no invisible characters."""
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _INVISIBLE.sub("", possible(text))
