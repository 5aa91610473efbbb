"""
The walk through a text's tree, from element to item (`items`).

A `Flow` gathers one run of content: a whole body, a list's item, a cell, a caption. Whoever needs a part of the content
for itself lets another `Flow` gather it and takes what it can hold; the rest stands after it. So no text is lost, and
only what is built here can come out.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from . import tables
from .characters import written
from .cleaning import cleaned
from .embeds import label_of, name_of_video, video_address
from .inline import BREAK, Run, Style, in_bold, links, parts, plain, set_well, subscript, superscript
from .items import (
    LONGEST_CAPTION,
    Entry,
    Figure,
    Heading,
    Listing,
    More,
    Paragraph,
    Piece,
    Video,
    fits_caption,
    galleries,
    joined,
    split,
)
from .markup import SCHEMES, scheme_of
from .places import Picture, Target
from .tree import Node, tree
from .words import words_of

LONGEST_HEADING, LONGEST_SOURCE, LONGEST_LABEL, LONGEST_TITLE = 150, 150, 60, 150

_NUMBER = re.compile(r"wp-image-(\d{1,18})")
_DIGITS = re.compile(r"\d{1,18}")
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SMILEYS = {"emoji", "wp-smiley"}


class Flow:
    """Gathers the items of one run of content, in their order: `items`."""

    def __init__(self, context, in_quote=None):
        self.context, self.items = context, []
        self._line, self._before, self._after = [], [], []
        self._anchor = None
        self._verbatim = False
        self._sources = in_quote  # where a quotation's sources are gathered

    def gather(self, node: Node, style=Style()) -> list:  # noqa: B008, a NamedTuple
        """All that is in an element, as items."""
        self.walk(node, style)
        self.end_line()
        return self.items

    def within(self, node: Node, style=Style()) -> list:  # noqa: B008
        """All that is in an element, gathered apart from what stands around it."""
        flow = Flow(self.context, self._sources)
        flow._anchor, flow._verbatim = self._anchor, self._verbatim
        return flow.gather(node, style)

    # --- Lines --------------------------------------------------------------------------------------------------------

    def walk(self, node, style):
        """The children of an element, one after the other."""
        for child in node.children:
            if isinstance(child, str):
                self.say(child, style)
            else:
                _HANDLERS.get(child.tag, Flow._block)(self, child, style)

    def say(self, text, style):
        """Text of the current line."""
        text = written(text)
        self._line.append(Run(text if self._verbatim else text.replace("\n", " "), style))

    def end_line(self):
        """The current line becomes a paragraph, with pictures that stood in it before or after."""
        runs = set_well(self._line)
        before, after = self._before, self._after
        self._line, self._before, self._after = [], [], []
        self.items += before
        if runs:
            self._paragraphs(runs)
        self.items += after

    def add(self, *items):
        """Items of their own, after what the current line holds."""
        self.end_line()
        self.items += items

    def _paragraphs(self, runs):
        """A paragraph; an address alone on a line was shown as what it leads to."""
        if not any("://" in run.text for run in runs):
            self.items.append(Paragraph(runs))
            return
        lines = []
        for line in parts(runs, BREAK):
            text = plain(line).strip()
            if not (_BARE_ADDRESS.fullmatch(text) and not links(line)):
                lines.append(line)
            elif url := video_address(text):
                self._joined(lines)
                lines = []
                self.items.append(Video(url))
                self.context.held.append(text)
            else:
                lines.append([Run(text, Style(link=self._target(text, text)[0]))])
        self._joined(lines)

    def _joined(self, lines):
        if runs := joined(lines, BREAK):
            self.items.append(Paragraph(runs))

    # --- Elements -----------------------------------------------------------------------------------------------------

    def _block(self, node, style):
        self.end_line()
        self.walk(node, style)
        self.end_line()

    def _bold(self, node, style):
        self.walk(node, style._replace(bold=True))

    def _italic(self, node, style):
        self.walk(node, style._replace(italic=True))

    def _superscript(self, node, style):
        self._raised(node, style, superscript)

    def _subscript(self, node, style):
        self._raised(node, style, subscript)

    def _raised(self, node, style, raised):
        if node.elements():
            self.walk(node, style)
        else:
            self.say(raised(node.text().strip()) if node.text().strip() else node.text(), style)

    def _cite(self, node, style):
        if self._sources is None:
            self._italic(node, style)
            return
        items = Flow(self.context).gather(node)
        self._sources += [item.runs for item in items if isinstance(item, Paragraph)]
        self._after += [item for item in items if not isinstance(item, Paragraph)]

    def _br(self, node, style):
        self._line.append(Run(BREAK, style))

    def _nothing(self, node, style):
        self.end_line()
        self.walk(node, style)

    def _more(self, node, style):
        self.add(More())
        self.walk(node, style)

    def _pre(self, node, style):
        self.end_line()
        was, self._verbatim = self._verbatim, True
        self.walk(node, style)
        self.end_line()
        self._verbatim = was

    def _heading(self, node, style):
        kept, rest = split(self.within(node), Paragraph)
        runs = joined([item.runs for item in kept if not item.aside], " ")
        runs = [Run(run.text.replace(BREAK, " "), run.style) for run in runs]
        text = plain(runs)
        if len(text) > LONGEST_HEADING:
            self.add(Paragraph(in_bold(runs)))
        elif text:
            for link in links(runs):
                self.context.remarks.add("heading-link", f"„{text}“ → {link[1]}")
            self.add(Heading(int(node.tag[1]), text))
        self.add(*(item for item in kept if item.aside), *rest)

    def _term(self, node, style):
        self._block(node, style._replace(bold=True))

    def _list(self, node, style):
        self.end_line()
        if any("gallery" in name for name in node.classes):
            self._gallery(node, style)
            return
        entries, rest = [], []
        for child in node.children:
            if isinstance(child, str) or child.tag in ("ul", "ol"):
                child = _wrapped(child)
            runs, below, lifted = self._entry(child, style)
            rest += lifted
            if runs:
                entries.append(Entry(runs, below))
            elif below and entries:
                entries[-1].below.extend(below)
            else:
                entries += [entry for listing in below for entry in listing.entries]
        if entries:
            self.add(Listing(node.tag == "ol", entries))
        self.add(*rest)

    def _entry(self, node, style):
        lines, below, lifted = [], [], []
        for item in self.within(node, style):
            if isinstance(item, Paragraph):
                lines.append(item.runs)
            elif isinstance(item, Heading):
                lines.append([Run(item.text, Style(bold=True))])
            elif isinstance(item, Listing):
                below.append(item)
            else:
                lifted.append(item)
        return joined(lines, BREAK), below, lifted

    def _quote(self, node, style):
        sources = []
        flow = Flow(self.context, sources)
        items = flow.gather(node)
        said, rest = split(items, Paragraph)
        sources = [runs for runs in sources if runs]
        source = ", ".join(plain(runs).replace(BREAK, " ") for runs in sources)
        holds_more = any(isinstance(item, Listing | Heading | Piece | Video) for item in rest)
        if holds_more or any(links(item.runs) for item in said) or any(map(links, sources)) or not said:
            self.add(*items, *(Paragraph(runs) for runs in sources))
            return
        late = len(source) > LONGEST_SOURCE
        text = "\n\n".join(plain(item.runs) for item in said)
        self.add(Piece("quote", {"text": text, "source": "" if late else source}), *rest)
        if late:
            self.add(*(Paragraph(runs) for runs in sources))

    def _table(self, node, style):
        self.add(*tables.table(node, self))

    # --- Links --------------------------------------------------------------------------------------------------------

    def _a(self, node, style):
        if "wp-block-button__link" in node.classes:
            self._button(node)
            return
        href = node.get("href").strip(" \t\n”“„\"'")
        link, target = self._target(href, node.text())
        outer, self._anchor = self._anchor, (href, link, target)
        self.walk(node, style._replace(link=link or style.link))
        self._anchor = outer
        if target and target.kind == "image" and not any(node.all("img")):
            self._after += self._picture_of(target)

    def _target(self, href, text):
        """What a link is in the style of its text, and where it leads; (None, None) for nowhere."""
        if not href or href.startswith("#"):
            return None, None
        case = f"„{' '.join(text.split())[:60]}“ → {href}"
        target = self.context.link(href)
        if target.kind in ("page", "document"):
            return (target.kind, target.pk), target
        if target.kind in ("outside", "mail"):
            url = target.url or href
            if scheme_of(url) in SCHEMES:
                return ("href", url), target
        if target.kind != "image":
            reason = f" ({target.reason})" if target.reason else ""
            self.context.remarks.add("link-dead", f"{case}{reason}")
        return None, target

    def _picture_of(self, target):
        """The picture that a link led to, as it is described in the library."""
        picture = self.context.picture(target.url, None) or (Picture(target.pk) if target.pk else None)
        return [self._figure_of(picture, "")] if picture else []

    def _button(self, node):
        kept, rest = split(self.within(_plain_copy(node)), Paragraph)
        runs = joined([item.runs for item in kept], " ")
        label = plain(runs).replace(BREAK, " ")
        href = node.get("href").strip()
        link, target = self._target(href, label)
        if label:
            self.add(_button(label, link) or Paragraph([Run(label, Style(link=link))]))
        self.add(*rest)
        if target and target.kind == "image":
            self.add(*self._picture_of(target))

    def _file(self, node, style):
        """A file to download: in a list of documents where its label is the document's title, else a link."""
        for anchor in node.all("a"):
            if "wp-block-file__button" in anchor.classes:
                self.context.held.append(anchor.text())
                continue
            link, target = self._target(anchor.get("href").strip(), anchor.text())
            label = " ".join(written(anchor.text()).split())
            if link and link[0] == "document" and (not label or words_of(label) == words_of(target.title)):
                self.context.held.append(label)
                self.add(Piece("documents", {"heading": "", "documents": [target.pk]}))
            else:
                self._a(anchor, style)
                self.end_line()
        # Whatever else was put in there; a preview of the file is not.
        others = Node("div")
        others.children = [part for part in node.children if isinstance(part, str) or part.tag not in ("a", "x-embed")]
        for child in others.elements():
            child.children = [part for part in child.children if isinstance(part, str) or part.tag != "a"]
        self._block(others, style)

    # --- Pictures -----------------------------------------------------------------------------------------------------

    def _img(self, node, style):
        alt = " ".join(written(node.get("alt")).split())
        if node.classes & _SMILEYS:
            self.say(alt, style)
            return
        if {node.get("width"), node.get("height")} & {"0", "1"}:
            return  # counted visitors
        keys = ("data-orig-file", "data-full-url", "data-original", "data-lazy-src", "data-src", "src")
        src = next((node.get(key) for key in keys if node.get(key) and not node.get(key).startswith("data:")), "")
        number = _NUMBER.search(node.get("class"))
        number = (
            int(number[1]) if number else int(node.get("data-id")) if _DIGITS.fullmatch(node.get("data-id")) else None
        )
        picture = self.context.picture(src, number) if src or number else None
        if picture is None:
            self.context.remarks.add("picture-missing", " – ".join(filter(None, (alt, src or "be adreso"))))
            return
        made = [self._figure_of(picture, alt)]
        if self._anchor:
            made += self._beside(picture, alt)
        has_text = any(run.text.strip() for run in self._line)
        (self._after if has_text else self._before).extend(made)

    def _beside(self, picture, alt):
        """What a picture's link becomes: nothing where it led to the picture itself."""
        href, link, target = self._anchor
        if target and target.kind == "image":
            return [] if target.pk == picture.pk else self._picture_of(target)
        if not link:
            return []
        label = alt or "Nuoroda iš paveikslėlio"
        self.context.given.append(label)
        self.context.remarks.add("picture-link", href)
        return [Paragraph([Run(label, Style(link=link))], aside=True)]

    def _figure_of(self, picture, alt, caption=""):
        if not alt and picture.alt:
            alt = picture.alt
            self.context.given.append(alt)
        return Figure(picture.pk, alt, caption)

    def _figure(self, node, style):
        """A figure of any kind with its caption."""
        self.end_line()
        captions = Node("div")
        inner = Node("div")
        for child in node.children:
            is_caption = isinstance(child, Node) and child.tag == "figcaption"
            (captions if is_caption else inner).children.append(child)
        items = self.within(inner, style)
        lines, rest = split(self.within(captions, style), Paragraph)
        self._captioned(node, items, lines, rest)

    def _caption(self, node, style):
        """`[caption]` and what it made of itself: the picture, then its caption as text."""
        self.end_line()
        items = self.within(node, style)
        said = [item for item in items if isinstance(item, Paragraph) and not item.aside]
        if title := " ".join(written(node.get("title")).split()):
            # The old form; the caption may hold HTML.
            said += split(self.within(tree(cleaned(title, self.context.remarks))), Paragraph)[0]
        self._captioned(node, [item for item in items if item not in said], said, [])

    def _captioned(self, node, items, lines, rest):
        figures = [item for item in items if isinstance(item, Figure)]
        others = [item for item in items if not isinstance(item, Figure)]
        runs = joined([item.runs for item in lines], " ")
        text = plain(runs).replace(BREAK, " ")
        is_gallery = any("gallery" in name for name in node.classes)
        if len(figures) > 1 and (is_gallery or not any(isinstance(item, Paragraph | Listing) for item in others)):
            items = [*galleries(figures), *others]
        elif len(figures) == 1 and not figures[0].caption and fits_caption(runs, text):
            place = items.index(figures[0])
            items = [*items[:place], figures[0]._replace(caption=text), *items[place + 1 :]]
            lines = []
        elif len(items) == 1 and isinstance(items[0], Video) and not links(runs) and 0 < len(text) <= LONGEST_TITLE:
            items, lines = [items[0]._replace(title=text)], []
        elif len(items) == 1 and _is_nameless_table(items[0]) and fits_caption(runs, text):
            items, lines = [Piece("table", {**items[0].value, "caption": text})], []
        self.add(*items, *lines, *rest)

    def _gallery(self, node, style):
        """Pictures side by side, each with the text that stands after it as its caption."""
        self.end_line()
        figures, rest = [], []
        for item in self.within(_plain_copy(node), style):
            for inner in _opened(item):
                if isinstance(inner, Figure):
                    figures.append(inner)
                    continue
                is_caption = isinstance(inner, Paragraph) and not inner.aside and figures and not figures[-1].caption
                if is_caption and fits_caption(inner.runs, plain(inner.runs)):
                    figures[-1] = figures[-1]._replace(caption=plain(inner.runs).replace(BREAK, " "))
                else:
                    rest.append(inner)
        self.add(*galleries(figures), *rest)

    def _numbered_gallery(self, node, style):
        self.end_line()
        numbers = [int(number) for number in _DIGITS.findall(node.get("data-ids"))]
        without = {int(number) for number in _DIGITS.findall(node.get("data-without"))}
        figures = []
        if numbers:
            for number in numbers:
                thing = None if number in without else self.context.places.attachment(number)
                if isinstance(thing, Picture):
                    figures.append(self._of_library(thing))
                elif number not in without:
                    self.context.remarks.add("picture-missing", f"galerijos nuotrauka {number}")
        else:
            figures = [self._of_library(picture) for picture in self.context.places.attached()]
            if figures:
                self.context.remarks.add("gallery")
        if not figures:
            self.context.remarks.add("gallery-empty")
        self.add(*galleries(figures[::-1] if node.get("data-order") else figures))
        self.walk(node, style)

    def _of_library(self, picture):
        caption = " ".join(picture.caption.split())
        caption = caption if len(caption) <= LONGEST_CAPTION else ""
        if caption:
            self.context.given.append(caption)
        return self._figure_of(picture, "", caption)

    def _numbered_files(self, node, style):
        self.end_line()
        for number in map(int, _DIGITS.findall(node.get("data-ids"))):
            thing = self.context.places.attachment(number)
            if isinstance(thing, Target) and thing.kind == "document":
                self.add(Piece("documents", {"heading": "", "documents": [thing.pk]}))
            else:
                self.context.remarks.add("file-missing", f"priedas {number}")
        self.walk(node, style)

    # --- Of other sites -----------------------------------------------------------------------------------------------

    def _embed(self, node, style):
        self.end_line()
        address = node.get("src").strip()
        if not address:
            text = node.text().strip()
            anchor = next(node.all("a"), None)
            if anchor and anchor.get("href"):
                address = anchor.get("href").strip()
                self.context.held.append(node.text())
            elif _BARE_ADDRESS.fullmatch(text):
                address = text
                self.context.held.append(text)
                node = Node("x-embed")
            if not address:
                self._block(node, style)
                return
        if address.startswith("//"):
            address = f"https:{address}"
        if url := video_address(address):
            self.add(Video(url, self._given_title(node.get("title"))))
        else:
            self._linked(address, node)
        if not any(node.all("a")) or node.get("src"):
            self._block(node, style)

    def _given_title(self, title):
        title = name_of_video(written(title))
        if len(title) > LONGEST_TITLE:
            return ""
        self.context.given.append(title)
        return title

    def _linked(self, address, node):
        label = label_of(address, written(node.get("title")))
        link, target = self._target(address, label)
        if target and target.kind == "image":
            self.add(*self._picture_of(target))
        if not link:
            return
        if target.title:
            label = target.title
        if link[0] != "document":
            self.context.remarks.add("embed", address)
        inner = node.text().strip() if not node.get("src") else ""
        self.context.given.append(label)
        self.context.held.append(inner)
        self.add(Paragraph([Run(label, Style(link=link))], aside=True))

    def _div(self, node, style):
        classes = node.classes
        if "wp-block-file" in classes:
            self.end_line()
            self._file(node, style)
        elif "wp-caption" in classes:
            self._caption(node, style)
        elif classes & {"gallery", "wp-block-gallery"}:
            self._gallery(node, style)
        else:
            self._block(node, style)


_HANDLERS = {
    "p": Flow._block,
    "div": Flow._div,
    "strong": Flow._bold,
    "em": Flow._italic,
    "cite": Flow._cite,
    "sup": Flow._superscript,
    "sub": Flow._subscript,
    "br": Flow._br,
    "hr": Flow._nothing,
    "a": Flow._a,
    "img": Flow._img,
    "pre": Flow._pre,
    "ul": Flow._list,
    "ol": Flow._list,
    "dt": Flow._term,
    "summary": Flow._term,
    "blockquote": Flow._quote,
    "table": Flow._table,
    "figure": Flow._figure,
    "x-more": Flow._more,
    "x-caption": Flow._caption,
    "x-gallery": Flow._numbered_gallery,
    "x-files": Flow._numbered_files,
    "x-embed": Flow._embed,
} | {f"h{level}": Flow._heading for level in range(1, 7)}


def _button(label, link):
    """The button of a link, None where it may not be one."""
    if not link or len(label) > LONGEST_LABEL:
        return None
    kind, target = link
    if kind == "page":
        return Piece("button", {"label": label, "page": target, "url": ""})
    if kind == "href":
        try:
            URLValidator(schemes=["http", "https"])(target)
        except ValidationError:
            return None
        return Piece("button", {"label": label, "page": None, "url": target})
    return None


def _is_nameless_table(item):
    return isinstance(item, Piece) and item.kind == "table" and not item.value["caption"]


def _wrapped(child):
    node = Node("li")
    node.children.append(child)
    return node


def _plain_copy(node):
    """What stands in an element, without the element's own meaning."""
    other = Node("div")
    other.children = node.children
    return other


def _opened(item):
    """The items within a list or a gallery, for pictures that stood in either."""
    if isinstance(item, Listing):
        for entry in item.entries:
            yield Paragraph(entry.runs)
            for listing in entry.below:
                yield from _opened(listing)
    elif isinstance(item, Piece) and item.kind == "gallery":
        yield from item.value["images"]
    else:
        yield item
