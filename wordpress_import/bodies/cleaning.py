"""
From whatever a text holds to well-formed HTML of the few elements that `flow` reads.

First each tag is written anew: its name translated or dropped, of its attributes those that say something; so what
repairs the markup (html5ever, in `nh3`) never meets what would make it slow: thousands of open elements within one
another, of attributes, of formatting marks to be opened again in each paragraph. `nh3` then closes what was left open
as a browser would and takes out what is not on the list once more.
"""

import re
from html import escape

import nh3

from .markup import BLOCKS, SCHEMES, attributes_of, scheme_of, tags

DEEPEST = 40

# What an element is called from here on; "" is dropped, its content stays.
_AS_IT_IS = (
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote figure figcaption pre a "
    "strong em cite br hr img sup sub details summary div x-caption x-embed x-files x-gallery x-more"
)
_NAMES = {name: name for name in _AS_IT_IS.split()}
_NAMES |= {"b": "strong", "i": "em", "dfn": "em", "q": "q", "span": "span", "image": "img", "xmp": "pre", "dir": "ul"}
_NAMES |= dict.fromkeys(("iframe", "frame", "object", "embed", "video", "audio", "source"), "x-embed")
_NAMES |= dict.fromkeys(("menu",), "ul")
_NAMES |= {name: "div" for name in BLOCKS if name not in _NAMES and name not in ("col", "colgroup", "body", "noscript")}
_EMPTY = {"br", "hr", "img"}
# These close by themselves where another one begins, so they never pile up.
_CLOSE_THEMSELVES = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "a", "strong", "em"}
_OF_TABLE = {"caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_CELLS = {"caption", "td", "th"}
_STYLED = {"span", "strong", "em"}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)

_CLASS = {"class"}
ATTRIBUTES = {
    "a": {"href", "class"},
    "img": {"src", "alt", "class", "width", "height", "data-src", "data-lazy-src", "data-orig-file", "data-full-url",
            "data-id", "data-original"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "table": {"role", "class"},
    "x-caption": {"title"},
    "x-embed": {"src", "title", "class"},
    "x-files": {"data-ids"},
    "x-gallery": {"data-ids", "data-order", "data-without"},
    "div": _CLASS,
    "figure": _CLASS,
    "ul": _CLASS,
    "p": _CLASS,
    "blockquote": _CLASS,
}  # fmt: skip
_TAGS = {name for name in _NAMES.values() if name not in ("q", "span")}
_HANDLERS = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)


def cleaned(text: str, remarks) -> str:
    """Well-formed HTML of `_TAGS` with `ATTRIBUTES`; what ran as a program is told to `remarks`."""
    return nh3.clean(
        _written_anew(text, remarks),
        tags=_TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=set(),
        link_rel=None,
        url_schemes=SCHEMES | {"data"},  # a picture that waits for its real address
    )


def _written_anew(text, remarks):
    pieces, place, writer = [], 0, _Writer(remarks)
    for tag in tags(text):
        name = tag["name"].lower()
        pieces.append(writer.text(text[place : tag.start()]))
        place = tag.end()
        pieces.append(writer.line_end(name))
        if name in _NAMES:
            pieces.append(writer.end(name) if tag["end"] else writer.start(name, tag["attributes"]))
    pieces.append(writer.text(text[place:]))
    return "".join(pieces)


class _Writer:
    """Writes tags anew and knows how deep they stand."""

    def __init__(self, remarks):
        self.remarks, self.depth, self.left_out = remarks, 0, {}
        self.open, self.styles = {}, {name: [] for name in _STYLED}
        self.in_cell = []  # of each open table: whether a cell is open
        self.is_beside_cells = False  # whether there is text in a table that is in none of its cells

    def text(self, text):
        """Text as it is written into HTML."""
        self.is_beside_cells |= bool(self.in_cell and not self.in_cell[-1] and text.strip())
        return text.replace("<", "&lt;")

    def line_end(self, name):
        """
        What keeps the words before and after a tag apart, where it may be lost with the tag.

        In a table, repairs put all text that is in no cell before the table, in a row. In verbatim text they drop tags
        that close nothing.
        """
        if self.is_beside_cells and (name == "table" or name in _OF_TABLE):
            self.is_beside_cells = False
            return "<p></p>"
        return "<br>" if name in BLOCKS and self.open.get("pre") else ""

    def start(self, name, attributes):
        if _HANDLERS.search(attributes):
            self.remarks.add("script", f"<{name}> on…")
        plain = name
        name = _NAMES[name]
        found = attributes_of(attributes) if name in ATTRIBUTES or name in _STYLED else {}
        if name in _STYLED:
            return self._style(name, found.get("style", ""))
        if name == "q":
            return "„"
        if name == "x-embed":
            return self._embed(plain, found)
        scheme = scheme_of(found.get("href", "")) if name == "a" else ""
        if scheme and scheme not in SCHEMES:
            code = "script" if "script" in scheme else "link-dead"
            self.remarks.add(code, found.pop("href"))
        if name in _EMPTY:
            return f"<{name}{_attributes(name, found)}>"
        if name not in _CLOSE_THEMSELVES:
            if self.depth >= DEEPEST:
                self.left_out[name] = self.left_out.get(name, 0) + 1
                return "<p>"
            self.depth += 1
            self.open[name] = self.open.get(name, 0) + 1
        elif self._is_without_table(name) or (self.left_out and name not in ("a", "strong", "em")):
            return "<p>"  # its table or list was left out, or never there: what repairs would drop it
        if name == "table":
            self.in_cell.append(False)
        elif name in _OF_TABLE:
            self.in_cell[-1] = name in _CELLS
        return f"<{name}{_attributes(name, found)}>"

    def end(self, name):
        plain = name
        name = _NAMES[name]
        if name in _STYLED:
            made = self.styles[name].pop() if self.styles[name] else ""
            return "".join(f"</{style}>" for style in reversed(made.split()))
        if name == "q":
            return "“"
        if name in _EMPTY:
            return "<br>" if name == "br" else ""
        if name == "x-embed" and plain != "x-embed":
            return ""
        if name not in _CLOSE_THEMSELVES:
            if self.left_out.get(name):
                self.left_out[name] -= 1
                if not self.left_out[name]:
                    del self.left_out[name]
                return "<p>"
            if not self.open.get(name):
                return "<p>" if name in BLOCKS else ""
            self.open[name] -= 1
            self.depth -= 1
            if name == "table":
                self.in_cell.pop()
        elif self._is_without_table(name) or (self.left_out and name not in ("a",)):
            return "<p>"
        elif name in _OF_TABLE:
            self.in_cell[-1] = False
        return f"</{name}>"

    def _is_without_table(self, name):
        return name in _OF_TABLE and not self.in_cell

    def _style(self, name, style):
        made = "" if name == "span" else name
        if name == "strong" and _NOT_BOLD.search(style):
            made = ""
        if name == "span":
            made = " ".join(
                kind for kind, said in (("strong", _BOLD.search(style)), ("em", _ITALIC.search(style))) if said
            )
        self.styles[name].append(made)
        return "".join(f"<{style}>" for style in made.split())

    def _embed(self, plain, found):
        """A frame, player or plug-in; its fallback content comes after it."""
        if plain == "x-embed":
            if self.depth >= DEEPEST:
                self.left_out["x-embed"] = self.left_out.get("x-embed", 0) + 1
                return "<p>"
            self.depth += 1
            self.open["x-embed"] = self.open.get("x-embed", 0) + 1
            return f"<x-embed{_attributes('x-embed', found)}>"
        keys = ("src", "data", "data-src", "data-lazy-src")
        address = next((found[key] for key in keys if found.get(key) and found[key] != "about:blank"), "")
        if not address:
            return ""
        kept = {"src": address, "title": found.get("title", "")}
        if plain not in ("iframe", "frame"):
            kept["class"] = "media"
        return f"<x-embed{_attributes('x-embed', kept)}></x-embed>"


def _attributes(name, found):
    return "".join(
        f' {key}="{escape(value)}"' for key, value in found.items() if key in ATTRIBUTES.get(name, ()) and value
    )
