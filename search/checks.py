"""What a database must be like for searching."""

from django.core.checks import Tags, Warning, register
from django.db import connections


@register(Tags.database)
def words_have_borders(app_configs, databases=None, **kwargs):
    """Warn of a PostgreSQL that knows no letters but ASCII ones: it takes quotation marks for parts of words."""
    found = []
    for name in databases or ():
        connection = connections[name]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
            letters = cursor.fetchone()[0]
        if letters in ("C", "POSIX"):
            found.append(
                Warning(
                    f"The database was made with LC_CTYPE={letters}: searches in the admin take „ and “ for letters.",
                    hint="Make it with CREATE DATABASE … LC_CTYPE 'C.UTF-8' TEMPLATE template0 (docs/deploy.md).",
                    id="search.W001",
                )
            )
    return found
