"""An import in a test: bring some items, and look at what is there."""

import hashlib
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.wordpress_files import export_file
from wordpress_import.models import ImportedItem


def bring(folder, items=(), *arguments, terms=(), authors=(), code=0, **options):
    """Import a small export made of `items`. Returns what the command wrote; `code` is the exit code it must have."""
    path = export_file(folder, items, terms, authors)
    return command(path, *arguments, code=code, **options)


def command(*arguments, code=0, **options):
    """Run `import_wordpress`. Returns what it wrote."""
    out, ended = StringIO(), 0
    try:
        call_command("import_wordpress", *arguments, stdout=out, stderr=out, **options)
    except SystemExit as end:
        ended = end.code
    assert ended == code, out.getvalue()
    return out.getvalue()


def document(word):
    """The octets of a small PDF; with another word it is another file."""
    return (
        b"%PDF-1.4\n%" + word.encode() + b"\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def row(number, kind="post"):
    """What the import remembers of an item."""
    return ImportedItem.objects.get(number=number, kind=kind)


def page_of(number, kind="post"):
    """The page that an item has become, as it is stored now."""
    return row(number, kind).thing


def codes(number, kind="post"):
    """The codes of what is remarked about an item: a set."""
    return {remark["code"] for remark in row(number, kind).remarks}


def everything_stored():
    """Every row of every table: a dict of table and rows."""
    stored = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith("wagtailsearch_indexentry_fts") or table == "django_session":
                continue  # the search's own, derived from the rows beside it
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored[table] = sorted(map(repr, cursor.fetchall()))
    return stored


def differences(before, after):
    """The tables that differ."""
    return [table for table in after if after[table] != before.get(table)]


def files_stored():
    """Every file below the folder of media and its digest."""
    root = settings.MEDIA_ROOT
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
