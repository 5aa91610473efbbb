"""What a page says, read from the fields as they are: no block is made of a body, so that no database is asked."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from html.parser import HTMLParser

from wagtail.fields import RichTextField, StreamField

from core.fields import EDTFField

# Tags after which a sentence does not go on.
_APART = {"p", "li", "h2", "h3", "h4", "br", "ul", "ol"}
# What a block holds that nobody reads as a text.
_NOT_TEXT = {"id", "type", "level", "tone", "url", "email", "phone", "alt_text", "icon"}


@dataclass
class Link:
    """A link in a text: what is read of it, where it leads ("" to a page or a document of the site)."""

    text: str
    address: str


class _Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.links, self.pieces, self.open = [], [], None
        self.feed(html)
        self.close()
        self.text = "".join(self.pieces).strip()

    def handle_starttag(self, tag, attrs):
        if tag in _APART:
            self.pieces.append("\n")
        if tag == "a":
            self.open = Link("", dict(attrs).get("href") or "")

    def handle_endtag(self, tag):
        if tag in _APART:
            self.pieces.append("\n")
        if tag == "a" and self.open:
            self.links.append(self.open)
            self.open = None

    def handle_data(self, data):
        self.pieces.append(data)
        if self.open:
            self.open.text += data


@dataclass
class Picture:
    """A picture in a body: its number, what its block says of it."""

    pk: int
    alt: str
    decorative: bool


@dataclass
class Written:
    """What one field of a page says. headings: (level, text) in order, where the field is a body."""

    field: str
    texts: list = field(default_factory=list)
    links: list = field(default_factory=list)
    headings: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


def read(page):
    """What a page says: a list of `Written`, one for every field of text, in the order of the model's fields."""
    return [_field(page, model_field) for model_field in _text_fields(type(page))]


@cache
def _text_fields(model):
    return [model_field for model_field in model._meta.get_fields() if _is_text(model_field)]


def _is_text(model_field):
    if isinstance(model_field, (RichTextField, StreamField)):
        return True
    kind = model_field.get_internal_type() if hasattr(model_field, "get_internal_type") else ""
    return (
        kind in ("CharField", "TextField")
        and model_field.editable
        and not model_field.choices
        and not isinstance(model_field, EDTFField)
        and model_field.name not in NOT_FOR_READERS
    )


# Words of an editor to other editors, of a source kept letter by letter, and what Wagtail keeps for itself.
NOT_FOR_READERS = {
    "draft_title",
    "editor_note",
    "path",
    "source_text",
    "source_url",
    "search_description",
    "seo_title",
    "slug",
    "url_path",
}


def _field(page, model_field):
    said = Written(model_field.name)
    value = getattr(page, model_field.name)
    if isinstance(model_field, StreamField):
        for block in value.get_prep_value() if value else []:
            _block(said, block["type"], block["value"])
    elif isinstance(model_field, RichTextField):
        _html(said, str(getattr(value, "source", value) or ""))
    elif value:
        said.texts.append(str(value))
    return said


def _block(said, name, value):
    if name == "heading":
        said.headings.append((int(value["level"][1:]), value["text"] or ""))
    elif name == "documents" and value.get("heading"):
        said.headings.append((3, value["heading"]))
    elif name == "related_pages":
        said.headings.append((2, value.get("heading") or ""))
    _walk(said, value)


def _walk(said, value):
    """All texts within a block's stored value; pictures wherever a block has one."""
    if isinstance(value, dict):
        if "alt_text" in value:
            if value.get("image"):
                said.pictures.append(Picture(value["image"], value["alt_text"] or "", bool(value.get("decorative"))))
            return
        for name, inner in value.items():
            if name not in _NOT_TEXT:
                _walk(said, inner)
    elif isinstance(value, list):
        for inner in value:
            _walk(said, inner)
    elif isinstance(value, str):
        _html(said, value)


def _html(said, html):
    text, links = _read_html(html)
    said.links += links
    if text:
        said.texts.append(text)


@lru_cache(maxsize=1024)
def _read_html(html):
    """The text and the links of a piece of HTML. Kept, since each check reads the whole page anew."""
    if "<" not in html and "&" not in html:
        return html.strip(), ()
    reader = _Reader(html)
    return reader.text, tuple(reader.links)
