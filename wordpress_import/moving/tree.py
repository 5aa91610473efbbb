"""Where pages stand: the site's own pages, the tree of the old site's pages, addresses that are free."""

import re
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.models import BaseIndexPage, SiteSettings, User
from core.trash_pages import without_trash
from core.visibility import may_see
from events.models import EventPage
from home.content_loading.pages import INDEX_MODELS, make_home
from home.models import HomePage, StandardPage
from lithuanian.folding import fold
from members.models import MemberListPage
from news.models import NewsPage
from partners.models import CooperationIndexPage
from projects.models import ProjectPage
from wordpress_import.models import Verdict
from wordpress_import.moving.memory import page_of, remark
from wordpress_import.moving.states import State
from wordpress_import.moving.survey import PAGE_KINDS
from wordpress_import.rules import Becomes

MODELS = {
    Becomes.NEWS: NewsPage,
    Becomes.EVENT: EventPage,
    Becomes.PROJECT: ProjectPage,
    **dict.fromkeys(PAGE_KINDS, StandardPage),
}
# The registers' pages: made where a rule reads a register out of a text.
REGISTER_PAGES = {Becomes.AGREEMENTS: CooperationIndexPage, Becomes.MEMBERS: MemberListPage}
INDEX_TITLES = {
    "naujienos": "Naujienos",
    "renginiai": "Renginiai",
    "projektai": "Projektai",
    "bendradarbiavimas": "Bendradarbiavimas",
    "vvg-nariai": "VVG nariai",
}
LONGEST_TITLE = 255
LONGEST_SLUG = 200
# WordPress lets pages stand as deep as one likes; an address of this depth is at the end of what its column holds.
DEEPEST = 40


@dataclass
class Shell:
    """A page that an item has become or will become. `answers`: the page at the old address, where it is another."""

    page: Page
    answers: Page | None = None
    own: bool = False
    remarks: list = field(default_factory=list)

    def __post_init__(self):
        """Keep of the pages what all pages have: thousands of texts are too much to remember."""
        self.page = Page.objects.get(pk=self.page.pk)
        self.answers = self.answers and Page.objects.get(pk=self.answers.pk)


class Tree:
    """The site as the import finds and extends it."""

    def __init__(self, export, survey, memory):
        self._export, self._survey, self._memory = export, survey, memory
        self._indexes = {}
        self._users = None
        self._reserved = _first_segments(get_resolver().url_patterns)
        self.shells = {}

    # --- The site's own pages ---

    def prepare(self):
        """The home page, and the index pages that what comes will stand below, made where they are missing."""
        with transaction.atomic():
            self.home = without_trash(HomePage.objects).first() or self._make_home()
        items = [noted for noted in self._survey.items.values() if self._comes(noted)]
        wanted = {parent for noted in items for parent in MODELS[noted.becomes].parent_page_types}
        wanted |= {REGISTER_PAGES[noted.becomes]._meta.label for noted in items if noted.becomes in REGISTER_PAGES}
        for slug, model in INDEX_MODELS.items():
            if model._meta.label in wanted:
                with transaction.atomic():
                    self._indexes[model] = without_trash(model.objects).first() or self._make_index(model, slug)

    def _make_home(self):
        """The home page, and the site's name in its head and foot, where it has none yet."""
        home = make_home(title=(self._export.title or self._export.host)[:LONGEST_TITLE] or "Pradžia")
        settings = SiteSettings.for_site(home.get_site())
        if not settings.name:
            settings.name = home.title[: SiteSettings._meta.get_field("name").max_length]
            settings.save()
        return _made_public(home)

    def _make_index(self, model, slug):
        home = HomePage.objects.get(pk=self.home.pk)
        page = model(title=INDEX_TITLES[slug], slug=find_available_slug(home, slug), show_in_menus=True, live=False)
        home.add_child(instance=page)
        return _made_public(page)

    def index(self, model):
        """The index page of a type; None if nothing asked for one."""
        return self._indexes.get(model)

    @staticmethod
    def _comes(noted):
        return noted.kind != "attachment" and noted.becomes is not Becomes.LEAVE and noted.state is not State.LEFT

    # --- Shells ---

    def order(self):
        """The numbers of what becomes a page: parents before children, brothers in the order of the old site."""
        items = self._survey.items
        left = sorted(
            (noted for noted in items.values() if self._comes(noted)),
            key=lambda noted: (noted.order, noted.moment.timestamp() if noted.moment else 0, noted.number),
        )
        placed, order = set(), []
        for noted in left:
            above, line = noted, {}
            while above and above.number not in placed and self._comes(above) and above.number not in line:
                line[above.number] = above
                above = items.get(above.parent) if above.becomes in PAGE_KINDS else None
            placed |= set(line)
            order += reversed(line)
        return order

    def shell(self, number):
        """
        The page of an item, found or made as a draft. Returns a `Shell`; None if somebody has deleted the page since.

        Within a transaction.
        """
        noted = self._survey.items[number]
        row = self._memory.row(noted.kind, number)
        if row is not None and row.object_id is not None:
            page = page_of(row)
            if page is not None:
                own = bool(row.left_as.get("own"))
                self.shells[number] = Shell(page, self._answering(noted, page, row), own)
            return self.shells.get(number)
        shell = self._new_shell(noted)
        self.shells[number] = shell
        row = self._memory.of_item(noted)
        # Not by `thing`, which would remember the page with its text.
        row.content_type_id, row.object_id = shell.page.content_type_id, shell.page.pk
        row.verdict, row.digest = Verdict.BEGUN, ""
        row.revision = shell.page.latest_revision_id
        row.left_as = {"own": True} if shell.own else {}
        row.remarks = shell.remarks
        self._memory.keep(row)
        return shell

    def _answering(self, noted, page, row):
        """The site's own page at the old address, where the item's text stands beside it as a draft."""
        if page.live or noted.state is not State.PUBLIC or row.left_as.get("scheduled"):
            return None
        parent, _ = self._parent(noted)
        own = parent.get_children().filter(slug=self._slug(noted)).exclude(pk=page.pk).first()
        if noted.is_front:
            own = self.home
        return own.specific if own is not None and may_see(own, None) else None

    def _new_shell(self, noted):
        model = MODELS[noted.becomes]
        remarks = []
        parent, told = self._parent(noted)
        remarks += told
        slug = self._slug(noted)
        if noted.is_front and noted.state is State.PUBLIC:
            return self._beside(self.home, model, self.home, noted, slug, remarks)
        there = parent.get_children().filter(slug=slug).first()
        if there is not None and noted.state is State.PUBLIC and may_see(there, None) and not self._is_ours(there):
            return self._beside(there.specific, model, parent, noted, slug, remarks)
        free = self._free(parent, slug, noted)
        if free != slug:
            remarks.append(
                remark("slug", f"Adreso dalis „{slug}“ užimta arba reikalinga pačiai svetainei: dabar „{free}“.")
            )
        return Shell(self._add(parent, model, noted, free), remarks=remarks)

    def _beside(self, own, model, parent, noted, slug, remarks):
        """The address is one of the site's own pages': into its text if that is empty, else a draft beside it."""
        name = text_field(own)
        if name and not getattr(own, name) and not own.has_unpublished_changes and not own.locked:
            return Shell(own, own, own=True, remarks=remarks)
        page = self._add(parent, model, noted, self._free(parent, slug, noted))
        remarks.append(
            remark(
                "own-page",
                f"Šiuo adresu svetainėje jau yra puslapis „{own.title}“ su savo tekstu. Perkeltas tekstas laukia "
                "juodraštyje greta: perskaitykite abu ir, ko reikia, perkelkite.",
            )
        )
        return Shell(page, own, remarks=remarks)

    def _is_ours(self, page):
        """Whether the page is something that this export has become."""
        return any(shell.page.pk == page.pk and not shell.own for shell in self.shells.values()) or any(
            row.object_id == page.pk and not row.left_as.get("own")
            for row in self._memory.rows()
            if row.content_type_id == page.content_type_id
        )

    def _parent(self, noted):
        """The page that an item's page stands below, and what is to be said of it: a pair of page and remarks."""
        model = MODELS[noted.becomes]
        if model is not StandardPage:
            return Page.objects.get(pk=self._indexes[_index_model(model)].pk).specific, []
        home = Page.objects.get(pk=self.home.pk).specific
        if not noted.parent or noted.kind == "post":
            return home, []
        above = self._survey.items.get(noted.parent)
        if above is None or not self._comes(above):
            return home, [
                remark(
                    "parent", "Tėvinio puslapio eksporte nėra arba jis paliktas: puslapis padėtas aukščiausiame lygyje."
                )
            ]
        shell = self.shells.get(noted.parent)
        if shell is None:
            if self._is_in_a_circle(noted):
                text = "Senojoje svetainėje puslapiai buvo vienas kito tėvai: šis padėtas aukščiausiame lygyje."
            else:
                text = "Tėvinis puslapis čia neperkeltas: šis padėtas aukščiausiame lygyje."
            return home, [remark("parent", text)]
        page = Page.objects.filter(pk=(shell.answers or shell.page).pk).first()
        if page is None or StandardPage not in page.specific_class.allowed_subpage_models():
            title = page.title if page else above.title
            return home, [
                remark("parent", f"Po puslapiu „{title}“ teksto puslapių nebūna: šis padėtas aukščiausiame lygyje.")
            ]
        if page.depth >= DEEPEST:
            return home, [
                remark("parent", "Puslapis senojoje svetainėje buvo labai giliai: padėtas aukščiausiame lygyje.")
            ]
        return page, []

    def _is_in_a_circle(self, noted):
        seen, above = set(), noted
        while above is not None and above.number not in seen:
            seen.add(above.number)
            above = self._survey.items.get(above.parent)
        return above is not None

    def _slug(self, noted):
        """The address part as this site writes them: small Latin letters, figures and hyphens."""
        plain = (
            slugify(fold(noted.slug).replace(" ", "-")) if not re.fullmatch(r"[a-z0-9_-]+", noted.slug) else noted.slug
        )
        return (plain or slugify(fold(noted.title)))[:LONGEST_SLUG].strip("-_") or f"irasas-{noted.number}"

    def _free(self, parent, slug, noted):
        """`slug`, or the first like it that nobody needs below `parent`."""
        reserved = set(getattr(parent, "reserved_slugs", ()))
        if parent.pk == self.home.pk:
            reserved |= self._reserved
        if MODELS[noted.becomes] is EventPage and slug.isdigit():
            slug = f"renginys-{slug}"
        taken = set(parent.get_children().values_list("slug", flat=True)) | reserved
        free, number = slug, 1
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        return free

    def _add(self, parent, model, noted, slug):
        page = model(title=shell_title(noted), slug=slug, live=False, owner=self._owner(noted.author))
        page.draft_title = page.title
        with disable_reference_index_auto_update():  # it has no text yet
            Page.objects.get(pk=parent.pk).add_child(instance=page)
        return page

    def _owner(self, login):
        """The user who is the old site's author, by e-mail address or user name; None if there is none."""
        if self._users is None:
            self._users = {}
            for user in User.objects.all():
                self._users[user.username.lower()] = user
                self._users.setdefault(user.email.lower(), user)
        author = self._export.authors.get(login)
        names = [author.email.lower() if author else "", login.lower()]
        return next((self._users[name] for name in names if name and name in self._users), None)


def shell_title(noted):
    """A title that fits; the whole of a longer one stands in the text."""
    return cut(noted.title, LONGEST_TITLE) or f"Be pavadinimo ({noted.number})"


def cut(text, longest):
    """A text cut at the end of a word, with an ellipsis if it was longer."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def text_field(page):
    """The name of the field that holds a page's text, "" if it has none."""
    if isinstance(page, HomePage):
        return "about"
    if isinstance(page, BaseIndexPage):
        return "intro"
    return "body" if hasattr(page, "body") else ""


def _index_model(model):
    [label] = model.parent_page_types
    return next(index for index in INDEX_MODELS.values() if index._meta.label == label)


def _made_public(page):
    """A page of the site's own that has just been made: live, with a version."""
    page = type(page).objects.get(pk=page.pk)
    page.publish_as_it_was(page.save_revision(clean=False))
    return type(page).objects.get(pk=page.pk)


def _first_segments(patterns, prefix=""):
    """The first parts of all addresses that the URL configuration owns, so that no page can stand there."""
    segments = {"static", "media", "index.php"}
    for pattern in patterns:
        route = str(pattern.pattern._route) if isinstance(pattern.pattern, RoutePattern) else ""
        first = (prefix + route).split("/")[0]
        if first and "<" not in first:
            segments.add(first)
        elif not first and isinstance(pattern, URLResolver):
            segments |= _first_segments(pattern.url_patterns)
    return segments
