"""
A WordPress export (WXR 1.0–1.2: RSS with WordPress's own elements), read as a stream of items.

    export = open_export(path)       # all of the file is read once: it is sound to its end, or `UnreadableExport`
    for item in export.items():      # then as often as one likes, one item at a time
        ...

Nothing else knows WordPress's XML. In memory there is never more than one item and the index of all, which has no
bodies. DOCTYPE is refused, so that there are no entities that grow or reach for other files.
"""

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.parsers import expat
from zoneinfo import ZoneInfo

from lithuanian.typography import tidy
from wordpress_import.cleaning import Cleaner, NoBeginning, Octets, look_at

VILNIUS = ZoneInfo("Europe/Vilnius")
# What a column for numbers holds.
HIGHEST_NUMBER = 2**63 - 1
# Other moments are slips: WordPress is of 2003, and a post is planned for years, not for centuries.
YEARS = range(1900, 2200)
# A title beyond this is none.
LONGEST_TITLE = 10_000


class UnreadableExport(Exception):
    """The file is no export that can be read. The message says why, in Lithuanian, to whoever chose the file."""


@dataclass(frozen=True)
class Author:
    """Somebody who wrote at the old site."""

    login: str
    email: str
    name: str


@dataclass(frozen=True)
class Term:
    """A category ("category"), a tag ("post_tag") or a word of another taxonomy. number: None where it is not said."""

    number: int | None
    taxonomy: str
    slug: str
    name: str
    parent_slug: str


@dataclass(frozen=True)
class Head:
    """What the index keeps of an item. Fields: see `Item`; file: see `Item.file`."""

    number: int
    kind: str
    status: str
    title: str
    slug: str
    link: str
    parent: int
    attachment_url: str
    order: int
    has_password: bool
    file: str


@dataclass(frozen=True)
class Item:
    """
    A post, page, attachment, menu entry or thing of a plugin's.

    kind and status are WordPress's own words, "" where it says none. title is as a reader saw it; slug is decoded;
    content and excerpt are HTML as it stands in the file. published and modified are aware moments, or None. parent is
    a number, 0 for none. author is a login. terms: (taxonomy, slug, name) in the order of the file. meta: all values
    of each key, PHP's serialised ones as they are (`php.loads`). comments: how many.
    """

    number: int
    kind: str
    status: str
    title: str
    slug: str
    link: str
    guid: str
    published: datetime | None
    modified: datetime | None
    parent: int
    order: int
    password: str
    sticky: bool
    author: str
    content: str
    excerpt: str
    terms: tuple[tuple[str, str, str], ...]
    meta: dict[str, list[str]]
    comments: int
    attachment_url: str

    @property
    def file(self):
        """Where the file of an attachment is, below the folder of uploads; "" if it has none."""
        return _file_of(self.meta.get(ATTACHED_FILE, [""])[0], self.attachment_url)

    def first_meta(self, key, default=""):
        """The first value of a key of `meta`."""
        return self.meta.get(key, [default])[0]


@dataclass(frozen=True)
class BrokenItem:
    """An item that cannot be brought: number (None if it is not known), title and, in Lithuanian, the reason."""

    number: int | None
    title: str
    reason: str


@dataclass
class Export:
    """
    An export that was read to its end once.

    site_url: the old site's address without a slash at its end; host: its host without "www.". count: how many items
    `items()` yields. index: the heads of all sound items by number. removed_characters: how many were no XML or could
    not be read. digest: SHA-256 of the file.
    """

    path: Path
    octets: Octets
    site_url: str = ""
    title: str = ""
    authors: dict[str, Author] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    index: dict[int, Head] = field(default_factory=dict)
    count: int = 0
    removed_characters: int = 0

    @property
    def digest(self):
        """SHA-256 of the file."""
        return self.octets.digest

    @property
    def host(self):
        """The old site's host, without "www."; "" where the export does not say it."""
        return host_of(self.site_url)

    def items(self):
        """Yield every item in the order of the file: `Item` or `BrokenItem`. Raises `UnreadableExport`."""
        met = set()
        for record in _records(self.path, self.octets.encoding):
            if record.name == "item":
                yield _made(_item, record, met)


def open_export(path):
    """Read an export to its end. Returns an `Export`, or raises `UnreadableExport`."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
            _refuse_archives(beginning)
            file.seek(0)
            octets = look_at(file)
    except FileNotFoundError as error:
        raise UnreadableExport(f"Failo „{path}“ nėra.") from error
    except OSError as error:
        raise UnreadableExport(
            f"Failo „{path}“ perskaityti nepavyko: tai ne failas arba jo skaityti neleista."
        ) from error
    if not octets.size:
        raise UnreadableExport("Failas tuščias. Eksportuokite iš naujo.")
    export = Export(path, octets)
    channel, met, is_wordpress = {}, set(), False
    for record in _records(path, octets.encoding, bodies=False, export=export):
        if record.name == "item":
            export.count += 1
            is_wordpress = is_wordpress or "wp:post_type" in record.fields or "wp:post_id" in record.fields
            head = _made(_head, record, met)
            if isinstance(head, Head):
                export.index[head.number] = head
        elif record.name in _ABOUT_TERMS:
            _add_term(export.terms, record)
        elif record.name == "wp:author":
            author = _author(record.fields)
            export.authors.setdefault(author.login, author)
        else:
            channel.setdefault(record.name, record.text.strip())
    if not is_wordpress and "wp:wxr_version" not in channel:
        raise UnreadableExport(f"Tai XML failas, bet ne WordPress eksportas. {_HOW_TO_EXPORT}")
    if not export.count:
        raise UnreadableExport("Šiame eksporte nėra nė vieno įrašo. Eksportuodami pasirinkite „Visas turinys“.")
    export.title = shown_text(channel.get("title", ""))
    addresses = (channel.get(name, "") for name in ("wp:base_blog_url", "link", "wp:base_site_url"))
    export.site_url = next(filter(None, addresses), "").rstrip("/")
    return export


def host_of(address):
    """The host of an address, in small letters, without "www."; "" if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[senas"
        return ""


def upload_path(address):
    """
    Where a file is below the folder of uploads, by its address, decoded: "2019/05/mugė.jpg".

    "" for what is no address of an upload. Folders of a network's sites ("sites/2/") and of old networks ("files/")
    are understood.
    """
    path = unquote(re.sub(r"[?#].*", "", address.strip(), flags=re.DOTALL))
    _, found, below = path.partition("/uploads/")
    if not found:
        _, found, below = path.partition("/files/")
    return re.sub(r"^sites/\d+/", "", below.lstrip("/")) if found else ""


def shown_text(text):
    """A title or name as a reader sees it: one line without tags and references, set as Lithuanian is set."""
    text = _WHOLE_TAGS.sub("", text[:LONGEST_TITLE])
    text = _TAG.sub("", _BREAK.sub(" ", text))
    return tidy(re.sub(r"[ \t\r\n]+", " ", html.unescape(text)).strip())


_WHOLE_TAGS = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>|<!--[^<>]*-->", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

_HOW_TO_EXPORT = (
    "Eksportas daromas senosios svetainės administravime: „Įrankiai“ → „Eksportas“ (Tools → Export) → „Visas turinys“."
)


def _refuse_archives(beginning):
    if beginning.startswith((b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"Rar!", b"7z\xbc\xaf")):
        raise UnreadableExport("Tai suspaustas archyvas. Išskleiskite jį ir nurodykite jame esantį .xml failą.")


# --- From the file to records -----------------------------------------------------------------------------------------


@dataclass
class _Record:
    """An element right below `<channel>`: its own text, its fields, and what an item has more than once."""

    name: str
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    comments: int = 0


def _records(path, encoding, bodies=True, export=None):
    """
    Yield the records of a file. Raises `UnreadableExport`, also for one that ends before its time.

    bodies: whether texts and all of the meta are wanted. export: is told how many characters were removed.
    """
    try:
        with path.open("rb") as file:
            cleaner = Cleaner(file, encoding)
            yield from _parsed(cleaner, _Handlers(bodies))
            if export:
                export.removed_characters = cleaner.removed
    except NoBeginning as error:
        if re.search(r"<(?:!doctype\s+)?html\b", error.start, re.IGNORECASE):
            raise UnreadableExport(f"Tai tinklalapis, o ne WordPress eksportas. {_HOW_TO_EXPORT}") from error
        raise UnreadableExport(f"Tai ne WordPress eksportas: faile nėra XML pradžios. {_HOW_TO_EXPORT}") from error
    except OSError as error:
        raise UnreadableExport(f"Failo „{path}“ perskaityti nepavyko.") from error


def _parsed(cleaner, handlers):
    pieces = cleaner.pieces()
    for piece in pieces:
        if doctype := re.search(r"<!doctype\s*(\w*)", cleaner.junk, re.IGNORECASE):
            handlers.refuse_doctype(doctype[1])
        try:
            handlers.parser.Parse(piece)
        except expat.ExpatError as error:
            if not handlers.is_over:
                raise UnreadableExport(
                    f"Failas sugadintas: {error.lineno + cleaner.lines_before} eilutėje pažeistos XML taisyklės. "
                    "Eksportuokite iš naujo, o jei kartojasi, parodykite šią eilutę tam, kas prižiūri senąją svetainę."
                ) from error
        yield from handlers.take()
        if handlers.is_over:
            goes_on = _GOES_ON.search(piece) or any("<item>" in more for more in pieces)
            if goes_on:
                raise UnreadableExport("Faile yra keli eksportai vienas po kito. Perkelkite juos atskirais failais.")
            break
    else:
        line = handlers.parser.CurrentLineNumber + cleaner.lines_before
        raise UnreadableExport(
            f"Failas nutrūksta {line} eilutėje: eksportas nebaigtas arba atsiųstas ne visas. Eksportuokite iš naujo."
        )


_GOES_ON = re.compile(r"</rss\s*>.*?<rss\b.*?<item>", re.DOTALL)
# What is read of an item when bodies are not wanted. Of the meta, only where its file is.
_OF_HEADS = {
    "title",
    "link",
    "wp:post_id",
    "wp:post_name",
    "wp:status",
    "wp:post_parent",
    "wp:menu_order",
    "wp:post_type",
    "wp:post_password",
    "wp:attachment_url",
}
ATTACHED_FILE = "_wp_attached_file"
# Names of namespaces, whatever their version and the prefix that stands for them.
_NAMESPACES = (
    (re.compile(r"wordpress\.org/export/[^/]*/excerpt"), "excerpt"),
    (re.compile(r"wordpress\.org/export/"), "wp"),
    (re.compile(r"purl\.org/rss/1\.0/modules/content"), "content"),
    (re.compile(r"purl\.org/dc/elements/"), "dc"),
)


class _Handlers:
    """What is done at each tag. Depth: 1 rss, 2 channel, 3 an item and its like, 4 its fields, 5 within them."""

    def __init__(self, bodies):
        self.bodies = bodies
        self.is_over = False
        self._depth, self._in_channel, self._prefixes = 0, False, {}
        self._record, self._field, self._inner, self._attributes = None, "", "", {}
        self._text = None  # pieces of the text that is being read; None where nobody wants it
        self._key = ""
        self._done = []
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self.refuse_doctype

    def take(self):
        """The records that are complete; each is given once."""
        done, self._done = self._done, []
        return done

    def refuse_doctype(self, name="", *_):
        """WordPress writes none; pages of the web and attacks on parsers do."""
        if name.lower() == "html":
            raise UnreadableExport(f"Tai tinklalapis, o ne WordPress eksportas. {_HOW_TO_EXPORT}")
        raise UnreadableExport(
            "Faile yra DOCTYPE, kurio WordPress nerašo. Toks failas gali būti pavojingas, jis neskaitomas."
        )

    def _start(self, name, attributes):
        self._depth += 1
        if self._depth > 5:
            return
        if self._depth == 1:
            self._learn_namespaces(attributes)
        name = self._named(name)
        if self._depth == 1 and name != "rss":
            raise UnreadableExport(f"Tai XML failas, bet ne WordPress eksportas. {_HOW_TO_EXPORT}")
        if self._depth == 2:
            self._in_channel = name == "channel"
        elif not self._in_channel:
            return
        elif self._depth == 3:
            self._record, self._text = _Record(name), [] if name != "item" else None
        elif self._depth == 4:
            self._field, self._attributes = name, attributes
            self._begin_field(name)
        elif self._depth == 5 and self._field == "wp:postmeta":
            self._inner = name
            wanted = name == "wp:meta_key" or self.bodies or self._key == ATTACHED_FILE
            self._text = [] if wanted else None

    def _begin_field(self, name):
        item = self._record.name == "item"
        self._record.comments += name == "wp:comment"
        self._key = ""
        if name in ("wp:comment", "wp:postmeta"):
            self._text = None
        else:
            self._text = [] if self.bodies or not item or name in _OF_HEADS else None

    def _characters(self, text):
        if self._text is not None:
            self._text.append(text)

    def _end(self, name):
        depth, self._depth = self._depth, self._depth - 1
        if depth == 1:
            self.is_over = True
        elif depth == 2 or not self._in_channel:
            return
        elif depth == 5 and self._field == "wp:postmeta":
            if self._inner == "wp:meta_key":
                self._key = self._read()
            elif self._inner == "wp:meta_value" and self._text is not None:
                self._record.meta.append((self._key, self._read()))
        elif depth == 4:
            self._end_field()
        elif depth == 3:
            self._record.text = self._read()
            self._done.append(self._record)
            self._record = None

    def _end_field(self):
        if self._text is None:
            return
        text = self._read()
        if self._field == "category" and self._record.name == "item":
            about = self._attributes
            self._record.terms.append((about.get("domain", ""), about.get("nicename", ""), text))
        else:
            self._record.fields.setdefault(self._field, text)

    def _read(self):
        text, self._text = "".join(self._text or ()), None
        return text

    def _learn_namespaces(self, attributes):
        for attribute, address in attributes.items():
            declares, _, prefix = attribute.partition(":")
            if declares == "xmlns" and prefix:
                known = (ours for pattern, ours in _NAMESPACES if pattern.search(address))
                self._prefixes[prefix] = next(known, prefix)

    def _named(self, name):
        """The name with the prefix that WordPress gives it; a prefix that nothing declares is taken at its word."""
        prefix, colon, local = name.partition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}" if colon else name


# --- From records to items --------------------------------------------------------------------------------------------


class _Broken(Exception):
    """An item cannot be made; the message says why, in Lithuanian."""


def _made(make, record, met):
    """What `make` makes of a record whose number was not met before, else a `BrokenItem`."""
    fields = record.fields
    number = None
    try:
        number = _number_of(fields)
        if number in met:
            raise _Broken(f"Eksporte jau yra kitas įrašas numeriu {number}.")
        if not _word(fields, "wp:post_type"):
            raise _Broken("Eksporte nepasakyta, kas tai: įrašas, puslapis ar kas kita.")
        met.add(number)
        return make(number, record)
    except _Broken as error:
        return BrokenItem(number, shown_text(fields.get("title", "")), str(error))


def _number_of(fields):
    number = _word(fields, "wp:post_id")
    if not number:
        raise _Broken("Įrašas neturi WordPress numerio.")
    if not re.fullmatch(r"[0-9]{1,19}", number) or not 0 < int(number) <= HIGHEST_NUMBER:
        raise _Broken(f"Įrašo numeris „{number[:40]}“ – ne numeris.")
    return int(number)


def _head(number, record):
    fields = record.fields
    return Head(
        number=number,
        has_password=bool(fields.get("wp:post_password")),
        file=_file_of(dict(record.meta).get(ATTACHED_FILE, ""), _word(fields, "wp:attachment_url")),
        **_common(fields),
    )


def _item(number, record):
    fields = record.fields
    meta = {}
    for key, value in record.meta:
        meta.setdefault(key, []).append(value)
    return Item(
        number=number,
        guid=_word(fields, "guid"),
        published=_moment(fields, "wp:post_date"),
        modified=_moment(fields, "wp:post_modified"),
        password=fields.get("wp:post_password", ""),
        sticky=_word(fields, "wp:is_sticky") == "1",
        author=_word(fields, "dc:creator"),
        content=fields.get("content:encoded", ""),
        excerpt=fields.get("excerpt:encoded", ""),
        terms=_terms(record.terms),
        meta=meta,
        comments=record.comments,
        **_common(fields),
    )


def _common(fields):
    """What items and their heads have alike."""
    return {
        "kind": _word(fields, "wp:post_type"),
        "status": _word(fields, "wp:status"),
        "title": shown_text(fields.get("title", "")),
        "slug": decoded(_word(fields, "wp:post_name")),
        "link": _word(fields, "link"),
        "parent": max(_integer(fields, "wp:post_parent"), 0),
        "order": _integer(fields, "wp:menu_order"),
        "attachment_url": _word(fields, "wp:attachment_url"),
    }


def _word(fields, name):
    return fields.get(name, "").strip()


def _integer(fields, name):
    text = _word(fields, name)
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else 0


def decoded(slug):
    """An address part without its percent signs; WordPress cuts long ones in the middle of a letter."""
    return unquote(slug).replace("\ufffd", "")


def _moment(fields, name):
    """The moment of an item: in Greenwich if that is said, else in Vilnius; None if neither is a time."""
    for text, zone in ((_word(fields, f"{name}_gmt"), UTC), (_word(fields, name), VILNIUS)):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:  # "0000-00-00 00:00:00", too
            continue
        if moment.year in YEARS:
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return None


def _file_of(attached, address):
    """An attachment's file: what its meta says, or what its address does; a whole path of a server is no place here."""
    attached = attached.strip()
    if "/uploads/" in attached:
        return upload_path(attached)
    return attached or upload_path(address)


def _terms(said):
    """WXR 1.0 says each category twice, once by its name alone, and calls a tag "tag"."""
    known = {name for _, slug, name in said if slug}
    terms = [
        ({"": "category", "tag": "post_tag"}.get(taxonomy, taxonomy), decoded(slug), shown_text(name))
        for taxonomy, slug, name in said
        if slug or name not in known
    ]
    return tuple(dict.fromkeys(terms))


_ABOUT_TERMS = {"wp:category": "category", "wp:tag": "post_tag", "wp:term": ""}


def _add_term(terms, record):
    """WordPress says categories and tags twice: in elements of their own and as terms."""
    fields = record.fields

    def said(*names):
        return next((fields[name].strip() for name in names if name in fields), "")

    number = _integer(fields, "wp:term_id")
    term = Term(
        number=number if number > 0 else None,
        taxonomy=_ABOUT_TERMS[record.name] or said("wp:term_taxonomy"),
        slug=decoded(said("wp:category_nicename", "wp:tag_slug", "wp:term_slug")),
        name=shown_text(said("wp:cat_name", "wp:tag_name", "wp:term_name")),
        parent_slug=decoded(said("wp:category_parent", "wp:term_parent")),
    )
    if not any((one.taxonomy, one.slug) == (term.taxonomy, term.slug) for one in terms):
        terms.append(term)


def _author(fields):
    return Author(
        login=_word(fields, "wp:author_login"),
        email=_word(fields, "wp:author_email"),
        name=shown_text(fields.get("wp:author_display_name", "")),
    )
