"""The first reading of an export: what there is, and what each item becomes. Nothing of it is written."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wordpress_import.addresses import folded, folded_path
from wordpress_import.export import BrokenItem
from wordpress_import.media import captioned
from wordpress_import.moving.states import State, state_of
from wordpress_import.rules import Becomes

# Raised when the same export would become something else than before: then all of it is brought anew.
CONVERTER_VERSION = 1
# What of an item's further fields has a say in its page. Others change by themselves: counters, locks of the editor.
FIELDS_THAT_COUNT = ("_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "_wp_old_slug")
FIELDS_OF_EVENTS = ("_Event", "_event", "mec_", "evcal_", "_location")
EXAMPLES = 3
PAGE_KINDS = (Becomes.PAGE, Becomes.UNKNOWN, Becomes.AGREEMENTS, Becomes.MEMBERS)


@dataclass(slots=True)
class Noted:
    """What is kept in memory of an item: all but its text. `rule` is the name of the rule that held, "" for none."""

    number: int
    kind: str
    status: str
    state: State
    title: str
    slug: str
    link: str
    path: str
    parent: int
    order: int
    becomes: Becomes
    digest: str
    moment: object = None
    author: str = ""

    @property
    def is_front(self):
        """Whether it was the front page; „/?page_id=2“ is a page of a site without names in its addresses."""
        return self.kind == "page" and self.path == "" and bool(self.link) and "?" not in self.link


@dataclass
class Survey:
    """An export as the first reading found it."""

    items: dict = field(default_factory=dict)
    # Paths of uploads, in small letters, and the attachment's number.
    files: dict = field(default_factory=dict)
    # Old paths, in small letters, and the item's number.
    paths: dict = field(default_factory=dict)
    # The last parts of old paths, and the number of the one item that has it; None where several do.
    slugs: dict = field(default_factory=dict)
    # Blocks that are written once and shown in many texts, by number.
    reusable: dict = field(default_factory=dict)
    # What the technical items of plugins are called: a venue, by number.
    names: dict = field(default_factory=dict)
    # Attachments: their captions, which hang on which item, and those that no open item shows but a hidden one does.
    captions: dict = field(default_factory=dict)
    attached: dict = field(default_factory=lambda: defaultdict(list))
    closed_files: set = field(default_factory=set)
    menu: set = field(default_factory=set)
    # (taxonomy, slug) of what some news item is filed under, and its name.
    terms: dict = field(default_factory=dict)
    rules: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=lambda: defaultdict(list))
    broken: int = 0

    def number_at(self, path):
        """The number of the item that stood at an old path (as `folded` makes it); None if none did."""
        return self.paths.get(path)


def survey(export, rules):
    """Read an export once."""
    found, uses = Survey(), _Uses()
    for item in export.items():
        if isinstance(item, BrokenItem):
            found.broken += 1
            continue
        _note(found, item, rules)
        uses.note(item, found.items[item.number].state)
    found.closed_files = uses.closed(found)
    return found


class _Uses:
    """Which uploads are shown by open items, and which by hidden ones alone."""

    # A page with a password, or a planned one, guards by itself what it shows (`core.visibility.may_download`).
    OPEN = (State.PUBLIC, State.PASSWORD, State.SCHEDULED)
    FILE = re.compile(r"/uploads/([^\s\"'<>?#)]+)")
    NUMBER = re.compile(r"(?:wp-image-|wp-att-|attachment_id=|\"id\":)(\d{1,15})|ids=[\"']?([\d, ]+)")

    def __init__(self):
        self._said = {True: (set(), set()), False: (set(), set())}

    def note(self, item, state):
        """Hear what an item shows."""
        if item.kind == "attachment" or state is State.LEFT:
            return
        paths, numbers = self._said[state in self.OPEN]
        paths |= {folded_path(path) for path in self.FILE.findall(item.content)}
        for one, several in self.NUMBER.findall(item.content):
            numbers |= {int(number) for number in re.findall(r"\d{1,15}", f"{one} {several}")}
        if (cover := item.first_meta("_thumbnail_id")).isdecimal() and len(cover) < 16:
            numbers.add(int(cover))

    def closed(self, found):
        """The numbers of attachments that hidden items show, or that hang on one, and that no open one does."""
        shown = {is_open: self._numbers(found, *self._said[is_open]) for is_open in (True, False)}
        for noted in found.items.values():
            above = found.items.get(noted.parent)
            if noted.kind == "attachment" and above is not None:
                shown[above.state in self.OPEN].add(noted.number)
        return shown[False] - shown[True]

    @staticmethod
    def _numbers(found, paths, numbers):
        return numbers | {found.files[path] for path in paths if path in found.files}


def _note(found, item, rules):
    if item.kind == "nav_menu_item":
        _note_menu(found, item)
    if item.kind == "wp_block":
        found.reusable[item.number] = item.content
    if item.kind == "attachment":
        becomes, rule, state = Becomes.UNKNOWN, None, State.PUBLIC
        found.files.setdefault(folded_path(item.file), item.number)
        if caption := captioned(item):
            found.captions[item.number] = caption
        if item.parent:
            found.attached[item.parent].append(item.number)
    else:
        becomes, rule = rules.judge(item)
        state = state_of(item)
    name = rule.name if rule else ""
    if becomes is Becomes.LEAVE:
        found.names[item.number] = item.title
    if item.kind != "attachment" and state is not State.LEFT:
        found.rules[name] += 1
        if len(found.examples[name]) < EXAMPLES:
            found.examples[name].append(item.title)
    path = folded(item.link or "")
    found.items[item.number] = Noted(
        number=item.number,
        kind=item.kind,
        status=item.status,
        state=state,
        title=item.title or "",
        slug=item.slug or "",
        link=item.link or "",
        path=path,
        parent=item.parent or 0,
        order=item.order or 0,
        becomes=becomes,
        digest=digest_of(item, becomes, rules),
        moment=item.published or item.modified,
        author=item.author or "",
    )
    if becomes is not Becomes.LEAVE and state is not State.LEFT and not urlsplit(item.link or "").query:
        # Of two at one address the text is meant, not the picture; of two texts the first.
        holder = found.items.get(found.paths.get(path))
        if holder is None or (holder.kind == "attachment" and item.kind != "attachment"):
            found.paths[path] = item.number
        last = path.rpartition("/")[2]
        found.slugs[last] = None if last in found.slugs else item.number
    if becomes is Becomes.NEWS and state is not State.LEFT:
        for taxonomy, slug, term in item.terms:
            if taxonomy in ("category", "post_tag"):
                found.terms.setdefault((taxonomy, slug), term)


def _note_menu(found, item):
    """Remember which pages stand in the menu itself, not below an entry of it."""
    told = {name: item.first_meta(f"_menu_item_{name}") for name in ("object", "object_id", "menu_item_parent")}
    if told["object"] == "page" and told["object_id"].isdigit() and told["menu_item_parent"] in ("", "0"):
        found.menu.add(int(told["object_id"]))


def digest_of(item, becomes, rules):
    """A digest of all that has a say in what an item becomes."""
    meta = {
        name: values
        for name, values in sorted(item.meta.items())
        if name in FIELDS_THAT_COUNT or name.startswith(FIELDS_OF_EVENTS)
    }
    told = [
        CONVERTER_VERSION,
        str(becomes),
        sorted(rules.skip_topics) if becomes is Becomes.NEWS else [],
        rules.hosts,
        item.kind,
        item.status,
        item.title,
        item.slug,
        item.link,
        str(item.published),
        str(item.modified),
        item.parent,
        item.order,
        item.password,
        item.sticky,
        item.author,
        item.content,
        item.excerpt,
        sorted(map(list, item.terms)),
        meta,
        item.attachment_url,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
