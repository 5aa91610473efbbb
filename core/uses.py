"""
Who uses a row, a picture, a document: what would lose something if it went. And what a thing itself needs.

Three sources, since each knows what the others do not: Wagtail's index of references (choosers in texts and blocks),
the database's own relations (one-to-one, many-to-many), and the drafts that are newer than their pages.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.models import Page, ReferenceIndex, Revision

from core.models import Trashable
from core.visibility import TRASH_PATH

# What goes together with the row it points at is no use of it.
BINDING = (models.PROTECT, models.RESTRICT, models.SET_NULL)


def uses_of(rows, trashed_too=False):
    """
    Who uses these rows of one model: a dict of lists by the row's key, without the rows that nobody uses.

    Of a row that belongs to a page, the page is named. What is itself in the trash uses nothing: it goes first, unless
    `trashed_too`. The number of queries does not grow with the rows, nor with who uses them.
    """
    if not rows:
        return {}
    found = defaultdict(dict)
    for pk, source in (*_by_relations(rows), *_by_index(rows), *_by_drafts(rows)):
        if source not in rows and (trashed_too or not is_in_trash(source)):
            found[pk].setdefault(identity(source), source)
    return {pk: list(sources.values()) for pk, sources in found.items()}


def links_to(page):
    """Who links to a page or to one below it, from outside of it: a list."""
    pages = list(page.get_descendants(inclusive=True))
    sources = {identity(source): source for _, source in _by_index(pages) if source not in pages}
    return [source for source in sources.values() if not is_in_trash(source)]


def needs_of(thing):
    """The rows in the trash that a row or page refers to, as it is and in its newest draft: a list."""
    found = {}
    draft = thing.get_latest_revision_as_object() if getattr(thing, "latest_revision_id", None) else None
    for one in filter(None, (thing, draft)):
        for model, key in _references(one):
            row = model.everything.filter(pk=key, trash__isnull=False).first()
            if row:
                found[model._meta.label, row.pk] = row
    return list(found.values())


def identity(thing):
    """What two copies of the same thing share: a page is the same whether it comes as a page or as one of its type."""
    return ("page" if isinstance(thing, Page) else thing._meta.label, thing.pk)


def is_in_trash(thing):
    """Whether a row or page is in the trash."""
    if isinstance(thing, Page):
        return thing.url_path.startswith(TRASH_PATH)
    return getattr(thing, "trash_id", None) is not None


def _references(thing):
    """(model, key) of every row that may be in the trash to which this one refers."""
    for kind, key, *_ in ReferenceIndex._extract_references_from_object(thing):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model and issubclass(model, Trashable):
            yield model, key
    for field in thing._meta.get_fields():
        if field.auto_created or not field.is_relation or not issubclass(field.related_model or object, Trashable):
            continue
        if field.one_to_one and (key := getattr(thing, field.attname)):
            yield field.related_model, key
        elif field.many_to_many:
            # Not `.all()`: it goes past what is in the trash.
            through, theirs = field.remote_field.through, field.m2m_reverse_field_name()
            keys = through._base_manager.filter(**{field.m2m_field_name(): thing.pk}).values_list(theirs, flat=True)
            yield from ((field.related_model, key) for key in keys)


def _by_relations(rows):
    """(key of the row, who points at it) for the relations of the database."""
    keys = [row.pk for row in rows]
    for relation in type(rows[0])._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not hasattr(relation, "field"):
            continue
        field, model = relation.field, relation.related_model
        if relation.many_to_many:
            name = field.m2m_reverse_field_name()
            through = relation.through._base_manager.filter(**{f"{name}__in": keys})
            pairs = list(through.values_list(f"{name}_id", f"{field.m2m_field_name()}_id"))
            sources = model._base_manager.in_bulk([source for _, source in pairs])
            yield from ((pk, sources[source]) for pk, source in pairs if source in sources)
        elif getattr(relation, "on_delete", None) in BINDING:
            owner = next((one.name for one in model._meta.fields if isinstance(one, ParentalKey)), None)
            found = model._base_manager.filter(**{f"{field.name}__in": keys})
            for source in found.select_related(owner) if owner else found:
                yield getattr(source, field.attname), getattr(source, owner) if owner else source


def _by_index(rows):
    """(key of the row, who refers to it) by Wagtail's index."""
    kind = ReferenceIndex._get_base_content_type(rows[0])
    keys = {str(row.pk): row.pk for row in rows}
    by_model = defaultdict(list)
    references = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys)
    for base, source, target in references.values_list("base_content_type", "object_id", "to_object_id"):
        by_model[ContentType.objects.get_for_id(base).model_class()].append((int(source), keys[target]))
    for model, pairs in by_model.items():
        sources = model._base_manager.in_bulk({source for source, _ in pairs}) if model else {}
        yield from ((key, sources[source]) for source, key in pairs if source in sources)


def _by_drafts(rows):
    """(key of the row, the page) for drafts that are newer than what is published; the index knows nothing of them."""
    keys = {str(row.pk): row.pk for row in rows}
    kind = ReferenceIndex._get_base_content_type(rows[0]).pk
    newest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    # The number stands somewhere in the text: what does not even hold it need not be read.
    holds = Q(pk__in=[])
    for key in keys:
        holds |= Q(text__contains=key)
    texts = Revision.objects.filter(pk__in=newest).annotate(text=Cast("content", models.TextField()))
    for revision in texts.filter(holds) if len(keys) < 50 else texts:
        draft = revision.as_object()
        for to, key, *_ in ReferenceIndex._extract_references_from_object(draft):
            if to == kind and key in keys:
                yield keys[key], draft
        for field in draft._meta.many_to_many:
            if field.related_model is type(rows[0]):
                chosen = {str(value) for value in revision.content.get(field.name, [])}
                yield from ((keys[key], draft) for key in chosen & set(keys))
