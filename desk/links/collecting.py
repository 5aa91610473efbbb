"""Writing down which page has which link: when it is published, and for all of them every night."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, get_page_models

from desk.links.addresses import addresses_of, parts_with_links, registers_with_links
from desk.models import Link, LinkUse
from desk.pages import page_type

CHUNK = 200


def collect_from_page(page):
    """The links of one page, as it is published."""
    found = {(page_type().pk, page.pk): addresses_of(page.specific)} if page.live else {}
    _write(found, LinkUse.objects.filter(source_type=page_type(), source_id=page.pk))


def collect_everything():
    """The links of all published pages and of all registers; links that nobody has any more are forgotten."""
    found = {}
    for model in get_page_models():
        if model is not Page:
            for page in model.objects.filter(live=True).prefetch_related(*parts_with_links(model)).iterator(CHUNK):
                found[page_type().pk, page.pk] = addresses_of(page)
    for model in registers_with_links():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        for row in model.objects.iterator(chunk_size=CHUNK):
            found[kind.pk, row.pk] = addresses_of(row)
    _write(found, LinkUse.objects.all())
    Link.objects.filter(uses=None).delete()


@transaction.atomic
def _write(found, known):
    """Make the uses in the database what was found: {(kind, number): addresses}; `known` are those that may go."""
    wanted = {(url, *source) for source, urls in found.items() for url in urls}
    stored = {(use.link.url, use.source_type_id, use.source_id): use.pk for use in known.select_related("link")}
    LinkUse.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in wanted]).delete()
    new = wanted - set(stored)
    Link.objects.bulk_create([Link(url=url) for url in {url for url, *_ in new}], ignore_conflicts=True)
    keys = dict(Link.objects.filter(url__in={url for url, *_ in new}).values_list("url", "pk")) if new else {}
    uses = [LinkUse(link_id=keys[url], source_type_id=kind, source_id=number) for url, kind, number in new]
    LinkUse.objects.bulk_create(uses, ignore_conflicts=True)
