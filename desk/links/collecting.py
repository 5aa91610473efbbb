"""Writing down which page has which link: when it is published, and for all of them every night."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, ReferenceIndex, get_page_models

from core.models import CustomDocument, CustomImage
from desk.links.addresses import addresses_of, parts_with_links, registers_with_links
from desk.models import Link, LinkUse
from desk.pages import page_type

CHUNK = 200
# What is chosen in a form instead of being typed, by its name in a link.
CHOSEN = {"page": Page, "document": CustomDocument, "image": CustomImage}
# A related page that readers cannot see is simply not shown; an alias has its own page's links; a cover is not a link.
HARMLESS = ("related_page_links", "alias_of", "cover")


def collect_from_page(page):
    """The links of one page, as it is published."""
    source = (page_type().pk, page.pk)
    found = {source: addresses_of(page.specific) | _chosen(object_id=str(page.pk))[page.pk]} if page.live else {}
    _write(found, LinkUse.objects.filter(source_type=page_type(), source_id=page.pk))


def collect_everything():
    """The links of all published pages and of all registers; links that nobody has any more are forgotten."""
    found, chosen = {}, _chosen()
    for model in get_page_models():
        if model is not Page:
            pages = model.objects.filter(live=True).prefetch_related(*parts_with_links(model))
            for page in pages.iterator(CHUNK):
                found[page_type().pk, page.pk] = addresses_of(page) | chosen[page.pk]
    for model in registers_with_links():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        for row in model.objects.iterator(CHUNK):
            found[kind.pk, row.pk] = addresses_of(row)
    _write(found, LinkUse.objects.all())
    Link.objects.filter(uses=None).delete()


def _chosen(**which):
    """
    What pages link to by choosing it: {page's number: {"page:12", …}}, as Wagtail's index of references has it now.

    The index forgets what is deleted; here it stays, so that the link to it is known to lead nowhere.
    """
    chosen = defaultdict(set)
    kinds = ContentType.objects.get_for_models(*CHOSEN.values(), for_concrete_models=False)
    names = {kinds[model].pk: name for name, model in CHOSEN.items()}
    rows = ReferenceIndex.objects.filter(base_content_type=page_type(), to_content_type__in=names, **which)
    for source, kind, target, path in rows.values_list("object_id", "to_content_type", "to_object_id", "model_path"):
        if not path.startswith(HARMLESS):
            chosen[int(source)].add(f"{names[kind]}:{target}")
    return chosen


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
