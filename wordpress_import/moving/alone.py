"""One import at once: two would take turns at the same items."""

import fcntl
import hashlib
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number that no other program of the site locks by.
LOCK_NUMBER = 0x574F5244
# The lock of an import that was killed is held, in seconds, until PostgreSQL notices that nobody is there any more.
PATIENCE = 5


class AlreadyRunning(Exception):
    """Another import into this database is going on."""


@contextmanager
def one_import_at_once():
    """
    Hold the import's lock; `AlreadyRunning` if somebody else does. It ends with the process, however that ends.

    Not a row of the database: the import is many transactions, and a row would outlive a process that was killed.
    """
    held = _held_by_the_database if connection.vendor == "postgresql" else _held_by_a_file
    with held():
        yield


def _taken():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
        return cursor.fetchone()[0]


@contextmanager
def _held_by_the_database():
    until = time.monotonic() + PATIENCE
    while not _taken():
        if time.monotonic() > until:
            raise AlreadyRunning
        time.sleep(0.2)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


@contextmanager
def _held_by_a_file():
    """A file of the database's own in the folder of temporary files: the folder of the database may be read-only."""
    of = f"{connection.settings_dict['NAME']}{os.getpid() if connection.is_in_memory_db() else ''}"
    name = hashlib.sha256(of.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"lag-import-{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning from error
        yield
