"""Which checks there are, and what they find."""

from dataclasses import dataclass, replace
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail.utils.apps import get_app_submodules

CHUNK = 500


@dataclass(frozen=True)
class Finding:
    """
    Something on a page that wants a hand.

    message: one or two sentences for the editor: what is wrong, what to do. field: the model's field that it is about,
    "" for the whole page. stops: whether publishing waits for it. code: which check found it, filled in by itself.
    """

    message: str
    field: str = ""
    stops: bool = False
    code: str = ""


@dataclass(frozen=True)
class Check:
    """A function of a page that yields findings, the page type it is about, the relations that it reads."""

    code: str
    name: str
    model: type
    run: callable
    reads: tuple


CHECKS = []


def content_check(code, name, model, reads=()):
    """
    Join a function to the pages of `model` and of the types made from it.

    code: its stable name; several functions may share one. name: what it looks for, in Lithuanian, for lists of
    findings. reads: relations that it follows, for `prefetch_related`.
    """

    def join(function):
        CHECKS.append(Check(code, name, model, function, tuple(reads)))
        return function

    return join


@cache
def _all_checks():
    """Every check of every room: a list. The rooms' modules are read at the first question."""
    list(get_app_submodules("content_checks"))
    from core.content_checks import common  # noqa: F401  it needs the registry that this module is

    return CHECKS


def check_names():
    """What the checks look for: a dict of code and Lithuanian name, in the order of the checks."""
    return {check.code: check.name for check in _all_checks()}


def findings(page, codes=None):
    """
    What a page lacks: a list of `Finding`, first what publishing waits for.

    page: a page of its own type. codes: only these checks, a collection; None for all.
    """
    found = [
        replace(finding, code=check.code)
        for check in _all_checks()
        if isinstance(page, check.model) and (codes is None or check.code in codes)
        for finding in check.run(page)
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def findings_of(pages, codes=None):
    """
    Those of `pages` (a queryset of pages of any type) for which something is found: pairs of page and findings.

    Pages are as stored. Each type costs a fixed number of queries for every 500 pages.
    """
    for model in _checked_types():
        of_type = pages.filter(content_type=ContentType.objects.get_for_model(model))
        keys = list(of_type.order_by().values_list("pk", flat=True))
        relations = {name for check in _all_checks() if issubclass(model, check.model) for name in check.reads}
        for start in range(0, len(keys), CHUNK):
            stored = model.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("pk")
            for page in stored.prefetch_related(*sorted(name for name in relations if _has(model, name))):
                if found := findings(page, codes):
                    yield page, found


@cache
def _checked_types():
    """The page types that some check is about."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and any(issubclass(model, check.model) for check in _all_checks())
    ]


def _has(model, path):
    return hasattr(model, path.partition("__")[0])


class NotReady(ValidationError):
    """A page that lacks what publishing waits for. `page` is the page, the message says what."""

    def __init__(self, page, missing):
        self.page = page
        told = " ".join(finding.message for finding in missing)
        super().__init__(f"„{page.title}“ nepublikuota. {told}", code="not-ready")


def refuse_what_is_not_ready(page):
    """Raise `NotReady` for a page that publishing must wait for."""
    if missing := [finding for finding in findings(page) if finding.stops]:
        raise NotReady(page, missing)
