"""
Links within the site that lead nowhere: asked of the database at each request, so that they are right at once.

Two sources: Wagtail's index of references knows which page links to which page, document or picture; the collected
addresses (`desk.links.collecting`) are those that somebody typed as an address of this site.
"""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.urls import Resolver404, resolve, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Site, get_page_models

from core.models import CustomDocument, CustomImage, ViewsMixin
from desk.models import LinkUse
from desk.pages import editable, page_type, published

# A related page that readers cannot see is simply not shown; an alias has its own page's links.
HARMLESS = ("related_page_links", "alias_of")


@dataclass(frozen=True)
class BrokenLink:
    """A link on a published page and why it leads nowhere."""

    page: Page
    target: str
    problem: str

    @property
    def url(self):
        """Where it is mended."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def broken_links(user):
    """The links that lead nowhere, on the published pages that this user may edit: a list of BrokenLink, by page."""
    mine = editable(user).filter(live=True).order_by()
    found = [*_to_pages(mine), *_to_files(mine), *_to_addresses(mine)]
    pages = Page.objects.in_bulk({number for number, *_ in found})
    found = [BrokenLink(pages[number], target, problem) for number, target, problem in found if number in pages]
    return sorted(found, key=lambda link: (link.page.title.casefold(), link.page.pk, link.target))


def _references(mine, model):
    """What the index says of references from these pages to rows of `model`, as `source` and `target` numbers."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=page_type(),
        to_content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
    )
    for name in HARMLESS:
        rows = rows.exclude(model_path__startswith=name)
    rows = rows.annotate(source=Cast("object_id", IntegerField()), target=Cast("to_object_id", IntegerField()))
    return rows.filter(source__in=mine.values("pk"))


def _to_pages(mine):
    gone = _references(mine, Page).exclude(target__in=published().order_by().values("pk"))
    pairs = set(gone.values_list("source", "target"))
    titles = dict(Page.objects.filter(pk__in={target for _, target in pairs}).values_list("pk", "draft_title"))
    for source, target in pairs:
        if target in titles:
            yield source, titles[target], "puslapis nepaskelbtas"
        else:
            yield source, "Puslapis", "puslapio nebėra"


def _to_files(mine):
    for model, name, problem in (
        (CustomDocument, "Dokumentas", "dokumento nebėra"),
        (CustomImage, "Paveikslėlis", "paveikslėlio nebėra"),
    ):
        gone = _references(mine, model).exclude(target__in=model.objects.order_by().values("pk"))
        for source in set(gone.values_list("source", flat=True)):
            yield source, name, problem


def _to_addresses(mine):
    uses = LinkUse.objects.filter(source_type=page_type(), source_id__in=mine.values("pk"), link__url__startswith="/")
    by_path = defaultdict(set)
    for source, url in uses.values_list("source_id", "link__url"):
        by_path[url].add(source)
    if not by_path:
        return
    answers = _Addresses()
    for url, sources in by_path.items():
        if not answers.has(url):
            for source in sources:
                yield source, unquote(url), "tokio adreso svetainėje nėra"


class _Addresses:
    """Everything this site answers to, read once: a fixed number of queries for any number of links."""

    def __init__(self):
        root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        rows = published().filter(path__startswith=root.path).values_list("url_path", "content_type__model")
        routed = {model._meta.model_name for model in _page_models() if issubclass(model, ViewsMixin)}
        models = {model._meta.model_name: model for model in _page_models()}
        start = len(root.url_path) - 1
        self.pages = {url_path[start:]: models[name] if name in routed else None for url_path, name in rows}
        self.redirects = set(Redirect.objects.values_list("old_path", flat=True))
        self.documents = set(CustomDocument.objects.values_list("pk", flat=True))

    def has(self, url):
        """Whether somebody who asks for this path is answered."""
        path = unquote(urlsplit(url).path)
        if {Redirect.normalise_path(url), Redirect.normalise_path(path)} & self.redirects:
            return True
        slashed = path if path.endswith("/") else path + "/"
        return slashed in self.pages or self._is_view(path) or self._is_view(slashed) or self._is_part(path)

    def _is_view(self, path):
        """Whether an address of the site's own answers, or a document that there is."""
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name == "wagtaildocs_serve":
            return int(match.kwargs["document_id"]) in self.documents
        return match.url_name != "wagtail_serve" and match.func.__module__ != "wagtail.views"

    def _is_part(self, path):
        """Whether a page has a view of its own there: a month, a calendar, a file."""
        parts = path.strip("/").split("/")
        for end in range(len(parts) - 1, -1, -1):
            above = "/".join(["", *parts[:end], ""]) if end else "/"
            if above in self.pages:
                model = self.pages[above]
                return bool(model) and _routes("/" + "/".join(parts[end:]) + "/", model)
        return False


def _routes(path, model):
    try:
        return model().resolve_subpage(path) is not None
    except Resolver404:
        return False


def _page_models():
    return [model for model in get_page_models() if model is not Page]
