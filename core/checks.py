"""What the site asks of its surroundings, beyond Django's own checks."""

from django.core.checks import Tags, Warning, register
from django.db import connections


@register(Tags.database)
def words_end_at_quotation_marks(databases=None, **kwargs):
    """
    Warn where PostgreSQL takes „ and “ for letters: a search for a quoted word would not find it.

    So it is in a database made with LC_CTYPE "C", which knows no letters beyond ASCII. Returns a list of warnings.
    """
    return [
        Warning(
            f"The database “{alias}” takes „ and “ for letters, so search misses quoted words.",
            hint="Create it with a UTF-8 LC_CTYPE, e.g. C.UTF-8 or lt_LT.UTF-8 (docs/deploy.md).",
            id="core.W001",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and _words(connections[alias], "„žodis“") != "'žodis':1"
    ]


def _words(connection, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsvector('simple', %s)::text", [text])
        return cursor.fetchone()[0]
