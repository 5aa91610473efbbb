"""
Links within the site that lead nowhere: asked of the database at each request, so that they are right at once.

What the links are was written down when their pages were published (`desk.links.collecting`); whether they lead
somewhere is a question of what there is now.
"""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, get_page_models

from core.models import CustomDocument, CustomImage, ViewsMixin
from core.trash_pages import TRASH_PATH
from desk.models import LinkUse
from desk.pages import editable, page_type, published


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
    mine = editable(user).filter(live=True).order_by().values("pk")
    uses = LinkUse.objects.filter(source_type=page_type(), source_id__in=mine).exclude(link__url__startswith="http")
    found = defaultdict(lambda: defaultdict(set))
    for source, url in uses.values_list("source_id", "link__url"):
        kind, _, target = ("path", "", url) if url.startswith("/") else url.partition(":")
        found[kind][target].add(source)
    broken = [
        (source, *problem)
        for kind, look in (("page", _pages), ("document", _documents), ("image", _images), ("path", _paths))
        for target, problem in (look(found[kind]) if found[kind] else ())
        for source in found[kind][target]
    ]
    pages = Page.objects.in_bulk({source for source, *_ in broken})
    links = [BrokenLink(pages[source], target, problem) for source, target, problem in broken]
    return sorted(links, key=lambda link: (link.page.title.casefold(), link.page.pk, link.target))


def _pages(targets):
    """Those of the pages that readers cannot come to: pairs of number and (title, problem)."""
    known = {str(pk): row for pk, *row in _rows(Page, targets, "draft_title", "live", "url_path")}
    for target in targets:
        if target not in known:
            yield target, ("Puslapis", "puslapio nebėra")
            continue
        title, live, path = known[target]
        if not live:
            yield target, (title, "puslapis ištrintas" if path.startswith(TRASH_PATH) else "puslapis nepublikuotas")


def _documents(targets):
    known = {str(pk) for (pk,) in _rows(CustomDocument, targets)}
    return [(target, ("Dokumentas", "dokumento nebėra")) for target in targets if target not in known]


def _images(targets):
    known = {str(pk) for (pk,) in _rows(CustomImage, targets)}
    return [(target, ("Paveikslėlis", "paveikslėlio nebėra")) for target in targets if target not in known]


def _rows(model, targets, *names):
    return model.objects.filter(pk__in=[int(target) for target in targets]).values_list("pk", *names)


def _paths(targets):
    """Those of the typed addresses that this site does not answer to."""
    answers = _Addresses()
    return [(url, (unquote(url), "tokio adreso svetainėje nėra")) for url in targets if not answers.has(url)]


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
        slashed = path if path.endswith("/") else path + "/"
        if slashed in self.pages:
            return True
        if {Redirect.normalise_path(url), Redirect.normalise_path(path)} & self.redirects:
            return True
        return any(self._is_view(address) for address in {path, slashed}) or self._is_part(path)

    def _is_view(self, path):
        """Whether an address of the site's own answers, or a document that there is."""
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name == "wagtaildocs_serve":
            return int(match.args[0]) in self.documents
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
