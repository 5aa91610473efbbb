"""
Many at the same moment: real threads, each with a connection of its own, real commits (the fixture `database`).

Not by tests that flush the database: what the migrations have made would be gone for those that follow.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection, connections
from django.test import Client

from core.models import User


def together(tasks):
    """Run functions at the same moment, each in a thread with its own connection: what they returned, in order."""
    start = Barrier(len(tasks))

    def run(task):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(tasks)) as threads:
        return [future.result(timeout=60) for future in [threads.submit(run, task) for task in tasks]]


def alone(task):
    """Run one function as the threads do, in the database that they use."""
    return together([task])[0]


def windows_of_an_administrator(number):
    """As many browsers' windows in which an administrator has signed in."""
    user = User.objects.create(username="tvarko", email="tvarko@example.lt", is_superuser=True)
    windows = [Client(raise_request_exception=False) for _ in range(number)]
    for window in windows:
        window.force_login(user)
    return windows


@contextmanager
def database_in_a_file(path):
    """Let new threads connect to a copy of the tests' SQLite in a file, as a site does."""
    connection.ensure_connection()
    path.write_bytes(connection.connection.serialize())
    kept = connections.settings["default"]
    connections.settings["default"] = {**kept, "NAME": str(path)}
    try:
        yield
    finally:
        connections.settings["default"] = kept
