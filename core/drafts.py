"""
Drafts that always save: rows that were only begun wait in the draft, not in the database's tables.

An editor may save an event whose date has a note but no day yet, or an agreement with an empty partner. The database
does not take such a row; the revision does. So it is set aside while the page's own row is written and is back when
the revision is. Publishing waits until it is finished (`core.content_checks`).
"""

from contextlib import contextmanager

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations


def rows_in_memory(page):
    """The rows of a page that stand in a form or come from a revision: pairs of relation and list. Asks no database."""
    held = getattr(page, "_cluster_related_objects", {})
    names = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
    return [(name, list(held[name])) for name in names if held.get(name)]


def is_unfinished(row):
    """Whether a row lacks what it must have."""
    return any(_must_have(field) and getattr(row, field.attname) in (None, "") for field in row._meta.fields)


def _must_have(field):
    return field.editable and not (field.blank or field.primary_key or isinstance(field, ParentalKey))


def _fits_the_table(row):
    return all(
        getattr(row, field.attname) is not None
        for field in row._meta.fields
        if field.editable and not (field.null or field.primary_key or isinstance(field, ParentalKey))
    )


@contextmanager
def unfinished_rows_set_aside(page):
    """
    Within it, saving `page` writes only rows that fit their table; afterwards all of them are in memory again.

    A stored row from which something needed was taken stays stored as it was until the draft has it again.
    """
    whole = {}
    for name, rows in rows_in_memory(page):
        if not all(_fits_the_table(row) for row in rows):
            whole[name] = rows
            stored = type(rows[0])._default_manager.in_bulk(
                [row.pk for row in rows if row.pk and not _fits_the_table(row)]
            )
            kept = [row if _fits_the_table(row) else stored.get(row.pk) for row in rows]
            page._cluster_related_objects[name] = [row for row in kept if row]
    yield
    for name, rows in whole.items():
        getattr(page, name).set(rows)
