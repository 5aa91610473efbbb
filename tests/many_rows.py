"""Thousands of members and pages in a second, for tests of lists: written past the models."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from lithuanian.folding import fold
from lithuanian.sorting import sort_key
from members.models import Delegate, Member
from partners.models import Organisation
from tests import factories


def many_members(number, first=0):
    """As many members, each an organisation, every fifth with a delegate; `first` is where their numbers begin."""
    elderships = [factories.EldershipFactory() for _ in range(12)]
    names = [f"Bendruomenė Nr. {n}" for n in range(first, first + number)]
    organisations = Organisation.objects.bulk_create(
        Organisation(name=name, slug=f"daug-{n + first}", sort_key=sort_key(name), folded=fold(name), kind="ngo")
        for n, name in enumerate(names)
    )
    members = Member.objects.bulk_create(
        Member(
            organisation=row, sector="business", eldership=elderships[n % 12], joined="2015-06", email="a@example.lt"
        )
        for n, row in enumerate(organisations)
    )
    users = factories.User.objects.bulk_create(
        factories.User(username=f"daug{n}", email=f"daug{n}@example.lt") for n in range(first, first + number // 5)
    )
    Delegate.objects.bulk_create(
        Delegate(user=user, member=member, folded=user.email) for user, member in zip(users, members, strict=False)
    )
    return members


def many_pages(pattern, number, first=0):
    """As many pages like `pattern`, the first child of its parent, beside it, after `first` that are there already."""
    parent = pattern.get_parent()
    fields = {field.attname for field in Page._meta.concrete_fields} - {"id", "latest_revision_id", "live_revision_id"}
    alike = {name: getattr(pattern.page_ptr, name) for name in fields}
    Page.objects.bulk_create(
        Page(
            **alike
            | {
                "path": Page._get_path(parent.path, pattern.depth, n + 2),
                "slug": f"{pattern.slug}-{n}",
                "url_path": f"{parent.url_path}{pattern.slug}-{n}/",
                "title": f"{pattern.title} {n}",
                "translation_key": uuid.uuid4(),
            }
        )
        for n in range(first, first + number)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=first + number + 1)
    # The row of the page type itself, of which Django makes none in bulk.
    quote = connection.ops.quote_name
    table = quote(type(pattern)._meta.db_table)
    columns = [quote(field.column) for field in type(pattern)._meta.local_concrete_fields if not field.primary_key]
    page, kind = quote(Page._meta.db_table), ContentType.objects.get_for_model(pattern).pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {', '.join(columns)}) "  # noqa: S608 names of our own tables
            f"SELECT p.id, {', '.join(f't.{column}' for column in columns)} FROM {page} p, {table} t "
            f"WHERE t.page_ptr_id = %s AND p.content_type_id = %s AND p.depth = %s "
            f"AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.page_ptr_id = p.id)",
            [pattern.pk, kind, pattern.depth],
        )
