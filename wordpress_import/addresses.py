"""
The old site's addresses: what answers there now.

`resolve` is asked only where nothing of this site answers, or where Django would add a slash: it finds the one address
to lead to. It knows no reader. What it leads to is what everybody may see, or a door that asks for a password; of all
else it says nothing, so that no old address tells that there is a draft.
"""

import logging
import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404
from django.urls import resolve as resolve_url
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site
from wagtail.views import serve

from core.models import CustomDocument, CustomImage
from core.visibility import may_download, may_knock, may_show, visible
from news.models import NewsIndexPage, NewsPage, Topic
from wordpress_import.models import ImportedItem, Verdict

UPLOADS = "wp-content/uploads/"
TERM_KINDS = {"category": "category", "tag": "post_tag"}
# Where WordPress asks by number: the query's name and the kinds that it can mean; None: whatever is no term.
BY_NUMBER = {"p": None, "page_id": None, "attachment_id": ("attachment",), "cat": ("category",)}
QUERIES = (*BY_NUMBER, "tag", "category_name", "author", "feed", "m")
# No address of WordPress is longer; whoever types more is not looking for one.
LONGEST = 500
# Ends that show the same thing in another way: a feed, the second page of a text or of its comments.
TAILS = re.compile(r"/(?:page/\d+|comment-page-\d+|amp|embed|trackback|\d{1,3})$")
FEED = re.compile(r"(?:^|.*/)(?:feed|rss|rss2|atom|rdf)(?:/(?:rss2?|atom|rdf))?$")
ARCHIVE = re.compile(r"(?:(?:date|archyvas)/)?((?:19|20)\d\d)(?:/\d{1,2}){0,2}$")
SIZE = re.compile(r"(?:-\d+x\d+|-scaled|-rotated|-e\d{10,})+$")
# As the site itself shows pictures (templates/components/blocks/figure.html): no size of its own is made.
PICTURE = "width-1600|format-jpeg"


def folded(address):
    """
    The path of an address as it is compared: without host, query and slashes at its ends, in small letters, decoded.

    "" for the front page and for what can be no address of the old site.
    """
    path = re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", "", address.strip(), flags=re.IGNORECASE)
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    return folded_path(path)


def folded_path(path):
    """The same of a path alone."""
    if len(path) > LONGEST * 6:  # each letter of a slug may be written by six signs
        return ""
    path = unicodedata.normalize("NFC", unquote(path, errors="replace")).lower()
    path = re.sub(r"/{2,}", "/", path.replace("\\", "/")).strip("/ ")
    path = path.removeprefix("index.php").strip("/") if re.match(r"index\.php(?:/|$)", path) else path
    return "" if len(path) > LONGEST or re.search(r"[\x00-\x1f]", path) else path


def asks_by_number(request):
    """Whether a request to the front page asks for something of WordPress by its query."""
    return folded_path(request.path_info) == "" and any(name in request.GET for name in QUERIES)


def resolve(request):
    """The address on this site of what an old address meant: a path (with several sites a full address); else None."""
    path = folded_path(request.path_info)
    if not path:
        return _by_query(request.GET) if len(request.path_info) < LONGEST else None
    return _by_path(path)


def _by_query(query):
    for name, kinds in BY_NUMBER.items():
        text = query.get(name, "")
        if re.fullmatch(r"[0-9]{1,15}", text):
            items = ImportedItem.objects.filter(number=int(text))
            items = items.filter(kind__in=kinds) if kinds else items.exclude(kind__in=TERM_KINDS.values())
            return _first_of(items)
    for name, kind in (("tag", "tag"), ("category_name", "category")):
        if query.get(name):
            return _term(kind, folded_path(query[name]))
    if "feed" in query:
        return _feed()
    if re.fullmatch(r"(?:19|20)\d\d\d{0,4}", query.get("m", "")):
        return _archive(query["m"][:4])
    return _news_index_address() if "author" in query else None


def _by_path(path):
    if path.startswith(UPLOADS):
        return _file(path.removeprefix(UPLOADS))
    if FEED.fullmatch(path) and (address := _feed()):
        return address
    for shorter in _without_tails(path):
        if address := _page_at(shorter) or _first_of(ImportedItem.objects.filter(old_path=shorter)):
            return address
        head, _, rest = shorter.partition("/")
        if head in TERM_KINDS and rest and (address := _term(head, rest)):
            return address
        if head == "author" and rest and "/" not in rest:
            return _news_index_address()
        if archive := ARCHIVE.fullmatch(shorter):
            return _archive(archive[1])
    return _archive_page(path) or _guessed(path)


def _guessed(path):
    """What alone was called so, wherever it stood: WordPress leads there too."""
    last = path.rpartition("/")[2]
    found = ImportedItem.objects.filter(Q(old_path=last) | Q(old_path__endswith=f"/{last}"))
    found = list(found.exclude(kind__in=TERM_KINDS.values())[:2])
    return _first_of(found) if len(found) == 1 else None


def _without_tails(path):
    """The path, then what is left of it without its ends, one after the other."""
    yield path
    while (shorter := TAILS.sub("", path)) != path:
        yield (path := shorter)


def _archive_page(path):
    """„/page/2/“: an older page of the front page, which was the list of posts."""
    return _news_index_address() if re.fullmatch(r"page/\d+", path) else None


def _page_at(path):
    """The address of the page that stands at this path, whatever the letters' size."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    page = Page.objects.filter(url_path__iexact=f"{site.root_page.url_path}{path}/").first()
    return _address_of(page) if page else None


def _first_of(items):
    """The address of the first of these items that leads anywhere; where its page is hidden, of what answers there."""
    rank = {Verdict.IMPORTED: 0, Verdict.KEPT: 1}
    found = sorted(list(items)[:20], key=lambda item: (rank.get(item.verdict, 2), item.status != "publish", item.pk))
    for item in found:
        if item.kind in TERM_KINDS.values():
            address = _topic_address(item)
        else:
            address = _address_of(item.thing)
            if not address and item.status == "publish":
                address = (_page_at(item.old_path) or _beside(item)) if item.old_path else _home_address(item)
        if address:
            return address
    return None


def _beside(item):
    """The site's own page that stood already where the item's page wanted to stand: that one waits beside it."""
    page = item.thing
    if not isinstance(page, Page):
        return None
    slug = item.old_path.rpartition("/")[2]
    own = Page.objects.sibling_of(page, inclusive=False).filter(slug=slug).first()
    return _address_of(own) if own else None


def _home_address(item):
    """The front page, for an item that was the front page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    was_front = item.old_address and not folded(item.old_address) and "?" not in item.old_address
    return _address_of(site.root_page) if site and was_front else None


def _address_of(thing):
    """Where a page, picture or document answers, if anybody may have it there; else None."""
    if isinstance(thing, Page):
        return thing.get_url() if may_knock(thing) else None
    if thing is None or getattr(thing, "trash_id", None):
        return None
    if isinstance(thing, CustomDocument):
        return thing.url if may_download(thing, None) else None
    if isinstance(thing, CustomImage):
        return _picture_address(thing)
    if isinstance(thing, Topic):
        return _address_of_topic(thing)
    return None


def _picture_address(image):
    if not may_show(image, None):
        return None
    try:
        return image.get_rendition(PICTURE).url
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None


def _file(path):
    """An upload: the file itself, or any of the sizes that WordPress made of it."""
    stem, dot, extension = path.rpartition(".")
    if not dot:
        return None
    base = SIZE.sub("", stem)
    names = [f"{name}.{extension}" for name in dict.fromkeys([stem, base, f"{base}-scaled", f"{base}-rotated"])]
    items = {item.file_path: item for item in ImportedItem.objects.filter(file_path__in=names)}
    return next((address for name in names if name in items and (address := _address_of(items[name].thing))), None)


def _term(base, path):
    """A category or tag, by its whole path or by its last part, as WordPress takes both."""
    for shorter in _without_tails(path):
        last = shorter.rpartition("/")[2]
        items = ImportedItem.objects.filter(kind=TERM_KINDS[base])
        exact = Q(old_path=f"{base}/{shorter}")
        if (
            item := items.filter(exact).first()
            or items.filter(Q(old_path__endswith=f"/{last}") | Q(old_path=last)).first()
        ):
            return _topic_address(item)
    return None


def _topic_address(item):
    return _address_of(item.thing) or _news_index_address()


def _address_of_topic(topic):
    index = _news_index_address()
    if index and visible(NewsPage.objects.filter(topics=topic), None).exists():
        return f"{index}?tema={topic.slug}"
    return index


def _news_index_address():
    index = visible(NewsIndexPage.objects.all(), None).first()
    return index.get_url() if index and ImportedItem.objects.exists() else None


def _feed():
    index = _news_index_address()
    return f"{index}rss/" if index else None


def _archive(year):
    index = _news_index_address()
    if index is None:
        return None
    news = visible(NewsPage.objects.filter(date_earliest__year__lte=year, date_latest__year__gte=year), None)
    return f"{index}?metai={year}" if news.exists() else index


# --- Whether they answer ----------------------------------------------------------------------------------------------


class Answer:
    """How one old address answered: `hops` redirects, then `status` at `address`."""

    def __init__(self, item, asked, hops, status, address):
        self.item, self.asked, self.hops, self.status, self.address = item, asked, hops, status, address

    def as_dict(self):
        """As the report takes it (`report.write_report`)."""
        facts = {"old": self.asked, "status": self.status, "hops": self.hops, "final": self.address}
        return facts | {"right": self.is_right}

    @property
    def is_right(self):
        """Whether a reader gets the page, or its door, by one hop at most."""
        return self.status in ((200, 403) if self.item.status == "publish" else (200,)) and self.hops <= 1


def ways_to(item):
    """The addresses by which one published item was reached: (address, host) pairs; host "" for the site's own."""
    path = re.sub(r"^[a-z]+://[^/]*", "", item.old_address, flags=re.IGNORECASE) or "/"
    plain = path.split("?")[0].rstrip("/")
    if not _is_the_sites_own(path):
        yield path, ""
        yield path, settings.OTHER_HOST
    if plain and not _is_the_sites_own(path):
        yield plain, ""
        yield f"{plain}/?utm_source=laiskas", ""
        yield f"{plain.upper()}/", ""
    yield f"/?p={item.number}", ""


def _is_the_sites_own(path):
    """Whether the URL configuration owns an address, so that no page can ever answer there: „/admin/“."""
    try:
        return resolve_url(path).func is not serve
    except Resolver404:
        return False


def check_addresses(source=None):
    """
    Ask this very site, without a network, for every published post and page at its old addresses: a list of `Answer`.

    Wrong is what answers by anything but the page, or its door, or by more than one hop.
    """
    from django.test import Client  # for this alone

    client = Client(raise_request_exception=False)
    items = ImportedItem.objects.filter(status="publish", content_type__isnull=False)
    items = items.filter(content_type__in=_page_types()).order_by("pk")
    known = {}  # where a hop has ended before: a page is rendered once, by however many ways one comes
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # a door that asks for its password is no trouble to be told of
    try:
        for item in items.filter(source=source) if source else items:
            for asked, host in ways_to(item):
                yield _ask(client, item, asked, host, known)
    finally:
        logger.setLevel(level)


def _page_types():
    from django.contrib.contenttypes.models import ContentType

    return [kind for kind in ContentType.objects.all() if (model := kind.model_class()) and issubclass(model, Page)]


def _ask(client, item, asked, host, known):
    address, own = asked, settings.SITE_HOST
    told, hops = f"{host}{asked}", 0
    while True:
        if hops and address in known:
            return Answer(item, told, hops, known[address], address)
        # HEAD, so that nobody takes it for a reader who was led on (desk.middleware).
        response = client.head(address, headers={"host": host or own}, secure=settings.HTTPS)
        if response.status_code not in (301, 302, 307, 308) or hops >= 5:
            known[address] = response.status_code
            return Answer(item, told, hops, response.status_code, address)
        address, host = re.sub(r"^[a-z]+://[^/]*", "", response["Location"]) or "/", ""
        hops += 1
