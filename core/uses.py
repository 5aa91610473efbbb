"""
Who uses a row, a picture, a document: what would lose something if it went.

Three sources, since each knows what the others do not: Wagtail's index of references (choosers in texts and blocks),
the database's own relations (one-to-one, many-to-many), and the drafts that are newer than their pages.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex

# What goes, or forgets, together with the row it points at is no use of it.
BINDING = (models.PROTECT, models.RESTRICT, models.SET_NULL)


@dataclass(frozen=True)
class Use:
    """One thing that uses another; of a row that belongs to a page, the page."""

    source: models.Model

    def __str__(self):
        return str(self.source)


def uses_of(rows):
    """
    Who uses these rows of one model: a dict of lists of `Use` by the row's key, without the rows that nobody uses.

    What is itself in the trash uses nothing: it goes first. The number of queries does not grow with the rows.
    """
    if not rows:
        return {}
    found = defaultdict(dict)
    for pk, source in (*_by_relations(rows), *_by_index(rows)):
        if not _is_in_trash(source) and source not in rows:
            found[pk].setdefault((source._meta.label, source.pk), Use(source))
    return {pk: list(uses.values()) for pk, uses in found.items()}


def _is_in_trash(source):
    return getattr(source, "trash_id", None) is not None


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
        elif getattr(relation, "on_delete", None) in BINDING and not model._meta.proxy:
            for source in model._base_manager.filter(**{f"{field.name}__in": keys}):
                yield getattr(source, field.attname), _owner(source)


def _owner(row):
    """The page, or other row, that a child row belongs to; itself if none."""
    for field in row._meta.fields:
        if isinstance(field, ParentalKey):
            return getattr(row, field.name)
    return row


def _by_index(rows):
    """(key of the row, who refers to it) by Wagtail's index."""
    kind = ReferenceIndex._get_base_content_type(rows[0])
    keys = {str(row.pk): row.pk for row in rows}
    references = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys).select_related(
        "base_content_type"
    )
    by_model = defaultdict(list)
    for reference in references:
        by_model[reference.base_content_type.model_class()].append(reference)
    for model, found in by_model.items():
        sources = model._base_manager.in_bulk({reference.object_id for reference in found}) if model else {}
        for reference in found:
            source = sources.get(int(reference.object_id))
            if source is not None:
                yield keys[reference.to_object_id], source
