"""What the links and pictures of the old texts mean on this site (`bodies.Places`)."""

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from core.models import CustomDocument, CustomImage
from home.models import HomePage
from news.models import NewsIndexPage
from wordpress_import.addresses import ARCHIVE, FEED, UPLOADS, folded_path
from wordpress_import.addresses import SIZE as SIZES
from wordpress_import.bodies import Picture, Target
from wordpress_import.export import host_of, upload_path
from wordpress_import.moving.memory import thing_of
from wordpress_import.moving.states import State
from wordpress_import.moving.survey import Noted
from wordpress_import.rules import Becomes

SCHEMES_OF_PEOPLE = ("mailto", "tel", "sms", "skype", "callto")


class Places:
    """
    Answers what an address of the old site means here.

    `missing` collects, text by text, what could not be found because its file was not brought: `reset` begins a text.
    """

    def __init__(self, export, rules, survey, tree, memory):
        self._export, self._survey, self._tree, self._memory = export, survey, tree, memory
        self._own = {export.host, *rules.hosts} - {""}
        # "alytausrvvg" of "alytausrvvg.example": the same site by another name, if it also knows the path.
        self._labels = {label for host in self._own if (label := _label(host))}
        self._pictures = {}
        self.missing, self._number = set(), None

    def reset(self, number):
        """Begin the text of another item."""
        self.missing, self._number = set(), number

    # --- What `bodies` asks ---

    def link(self, href):
        """Where a link leads: a `Target`."""
        href = (href or "").strip()
        scheme = href.partition(":")[0].lower() if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href) else ""
        if scheme in SCHEMES_OF_PEOPLE:
            return Target("mail", url=href)
        if scheme not in ("", "http", "https"):
            return Target("dead", url=href, reason="Tokios nuorodos svetainėje nebūna.")
        if not href or href.startswith("#"):
            return Target("dead", url=href, reason="Nuoroda niekur neveda.")
        address = urljoin(self._export.site_url + "/", href)
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return Target("dead", url=href, reason="Tai ne adresas.")
        if host in self._own:
            return self._inside(parts) or Target("dead", url=href, reason="Tokio puslapio senojoje svetainėje nebuvo.")
        if _label(host) in self._labels and (target := self._inside(parts)) and target.kind != "dead":
            return target
        return Target("outside", url=address)

    def image(self, src, number):
        """The picture of an `<img>`, by the attachment's number or by its file; None if it was not brought."""
        for key in (number, self._file_number(src)):
            noted = self._survey.items.get(key)
            if noted is not None and noted.kind == "attachment":
                if picture := self._picture(key):
                    return picture
                self.missing.add(noted.title or str(key))
        return None

    def attachment(self, number):
        """What an attachment has become: a `Picture`, or a `Target` of a document; None if it was not brought."""
        if picture := self._picture(number):
            return picture
        return self._target_of_attachment(number)

    def reusable(self, number):
        """The text of a block that is written once and shown in many texts."""
        return self._survey.reusable.get(number)

    def attached(self):
        """The pictures that hang on the item whose text this is, in the order of the old site."""
        pictures = [self._picture(number) for number in self._survey.attached.get(self._number, ())]
        return [picture for picture in pictures if picture]

    # --- Inside the old site ---

    def _inside(self, parts):
        path = folded_path(parts.path)
        if not path:
            return self._by_query(parse_qs(parts.query)) or _page(self._tree.home)
        if path.startswith(UPLOADS) or "/uploads/" in f"/{path}":
            number = self._file_number(parts.path)
            return self._target_of_attachment(number) if number is not None else None
        number = self._survey.number_at(path)
        if number is not None:
            return self._target(number)
        if FEED.fullmatch(path) or ARCHIVE.fullmatch(path) or path.partition("/")[0] in ("category", "tag", "author"):
            return _page(self._tree.index(NewsIndexPage) or self._tree.home)
        return self._page_here(path) or self._guessed(path)

    def _guessed(self, path):
        """What alone is called so, wherever it stood: WordPress leads there too."""
        number = self._survey.slugs.get(path.rpartition("/")[2])
        return self._target(number) if number is not None else None

    def _by_query(self, query):
        for name in ("p", "page_id", "attachment_id"):
            number = query.get(name, [""])[0]
            if number.isascii() and number.isdigit() and len(number) < 16:
                return self._target(int(number)) or Target("dead", reason="Tokio įrašo senojoje svetainėje nebuvo.")
        if {"cat", "tag", "author", "m", "feed"} & set(query):
            return _page(self._tree.index(NewsIndexPage) or self._tree.home)
        return None

    def _target(self, number):
        noted: Noted = self._survey.items.get(number)
        if noted is None:
            return None
        if noted.kind == "attachment":
            return self._target_of_attachment(number)
        shell = self._tree.shells.get(number)
        if shell is not None:
            return _page(shell.answers or shell.page)
        if noted.state is State.LEFT or noted.becomes is Becomes.LEAVE:
            return Target("dead", url=noted.link, reason=f"„{noted.title}“ palikta senojoje svetainėje.")
        return Target("dead", url=noted.link, reason=f"„{noted.title}“ čia nėra.")

    def _page_here(self, path):
        """A page that this site has at the path anyway: „/kontaktai/“."""
        home = self._tree.home
        page = HomePage.objects.get(pk=home.pk).get_descendants().filter(url_path=f"{home.url_path}{path}/").first()
        return _page(page) if page else None

    # --- Files ---

    def _file_number(self, src):
        """The number of the attachment whose file this is, or one of the sizes that WordPress made of it."""
        if not src:
            return None
        try:
            host = host_of(urljoin(self._export.site_url + "/", src))
        except ValueError:
            return None
        if host not in self._own and _label(host) not in self._labels:
            return None
        path = folded_path(upload_path(unquote(src)) or "")
        stem, _, extension = path.rpartition(".")
        base = SIZES.sub("", stem)
        files = self._survey.files
        names = [path, *(f"{base}{end}.{extension}" for end in ("", "-scaled", "-rotated"))]
        return next((files[name] for name in names if name in files), None)

    def _thing(self, number):
        return thing_of(self._memory.row("attachment", number))

    def _picture(self, number):
        if number not in self._pictures:
            image = self._thing(number)
            described = isinstance(image, CustomImage)
            self._pictures[number] = (
                Picture(image.pk, image.description, self._survey.captions.get(number, ""), image.credit)
                if described
                else None
            )
        return self._pictures[number]

    def _target_of_attachment(self, number):
        thing = self._thing(number)
        if isinstance(thing, CustomDocument):
            return Target("document", pk=thing.pk, title=thing.title)
        if isinstance(thing, CustomImage):
            return Target("image", pk=thing.pk)
        noted = self._survey.items.get(number)
        if noted is not None:
            self.missing.add(noted.title or str(number))
            return Target("dead", url=noted.link, reason=f"Failas „{noted.title}“ neperkeltas.")
        return None


def _page(page):
    return Target("page", pk=page.pk)


def _label(host):
    """The name that a site is known by: "alytausrvvg" of "www.alytausrvvg.lt"; "" for numbers and single names."""
    parts = host.split(".")
    if len(parts) < 2 or parts[-1].isdigit():
        return ""
    return parts[-2]
