"""
The smallest pieces of HTML as people and plug-ins leave it: tags, attributes, comments.

Everything here takes time in proportion to the text, whatever stands in it: no expression looks further than the next
angle bracket without a quotation mark, and none tries a second way.
"""

import html
import re

# Quoted values may hold angle brackets; a tag that was left open ends before the next one. <name@host> is none.
TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]*)(?=[\s/>])"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>|[^<>]*+>|[^<>]*+(?=<|\Z))"
)
ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|[“”„]([^“”„]*)[“”„]|([^\s\"'<>`]+)))?", re.DOTALL
)
# Their content is no text.
UNREADABLE = ("script", "style", "template")
_OPENING = re.compile(rf"<!--|<(?P<name>{'|'.join(UNREADABLE)})(?=[\s/>])|<[!?](?!--)[^<>]*>", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE) for name in UNREADABLE}

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "ol", "optgroup",
    "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead",
    "tr", "ul", "x-caption", "x-embed", "x-files", "x-gallery", "x-more",
}  # fmt: skip
INLINE = {
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn",
    "em", "embed", "font", "frame", "i", "iframe", "image", "img", "input", "ins", "kbd", "label", "mark", "nobr",
    "object", "param", "picture", "q", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "svg",
    "time", "tt", "u", "var", "video", "wbr", "xmp",
}  # fmt: skip
# Where a link may lead at all.
SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag by their names in small letters, values decoded; of two with one name the first."""
    found = {}
    for match in ATTRIBUTE.finditer(text.removesuffix(">")):
        name = match[1].lower()
        if name not in found:
            found[name] = html.unescape(next((value for value in match.groups()[1:] if value is not None), ""))
    return found


def scheme_of(address: str) -> str:
    """What an address begins with, as a browser reads it: "javascript" for all its disguises, "" for a path."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address[:200]))
    return match[1].lower() if match else ""


def without_unreadable(text: str) -> str:
    """
    The text without scripts and styles and what is in them, and without declarations; comments stay.

    A script that is never closed ends with the text, as it does in a browser.
    """
    pieces, place, closed = [], 0, True
    for opening in _OPENING.finditer(text):
        if opening.start() < place:
            continue
        if opening[0] == "<!--":
            end = text.find("-->", opening.end()) if closed else -1
            closed = end >= 0
            if closed:
                pieces.append(text[place : end + 3])
                place = end + 3
            continue
        pieces.append(text[place : opening.start()])
        if not opening["name"]:
            place = opening.end()
            continue
        end = _CLOSING[opening["name"].lower()].search(text, opening.end())
        if not end:
            return "".join(pieces)
        place = end.end()
    return "".join(pieces) + text[place:]


def tags(text: str):
    """
    The tags of a text, as matches of `TAG`: without "<" of prose, which never ends or starts no element of HTML.
    """
    for tag in TAG.finditer(text):
        if tag["attributes"].endswith(">") or tag["name"].lower() in BLOCKS or tag["name"].lower() in INLINE:
            yield tag


def comments(text: str):
    """
    The text in pieces: yields (plain text, comment's content or None for the rest).

    A comment that is never closed is no comment: its mark alone goes.
    """
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        yield text[place:start], text[start + 4 : end]
        place = end + 3
    yield text[place:].replace("<!--", ""), None
