"""A site of its own in a throw-away database, for scripts that try something on it."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

HOUSE = Path(__file__).resolve().parent.parent


def prepare(folder, suffix):
    """
    Set Django up for an empty site with its files in `folder`.

    Its database is SQLite there, or where DATABASE_URL says PostgreSQL one beside it, named with `_suffix` behind, made
    anew. The tables are made.
    """
    sys.path.insert(0, str(HOUSE))
    address = os.environ.get("DATABASE_URL", "")
    if address.startswith("postgres"):
        address = _empty_database(address, suffix)
    else:
        address = f"sqlite:///{folder}/{suffix}.sqlite3"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "lag_site.settings",
        "DATABASE_URL": address,
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "throw-away",
        "DEBUG": "True",
        "HTTPS": "False",
        "SITE_URL": f"http://{suffix}.example",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _empty_database(address, suffix):
    import psycopg
    from psycopg import sql

    parts = urlsplit(address)
    name = f"{parts.path.lstrip('/')}_{suffix}"
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return parts._replace(path=f"/{name}").geturl()
