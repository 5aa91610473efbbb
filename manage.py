#!/usr/bin/env python
"""Commands of the site: `python manage.py help`."""

import os
import sys


def main():
    """Run one command; a database that cannot be reached is told in one line, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lag_site.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, connection

    try:
        if sys.argv[1:2] == ["runserver"]:
            # It meets the database in a thread, whose traceback nobody could catch here.
            connection.ensure_connection()
            connection.close()
        execute_from_command_line(sys.argv)
    except DatabaseError:
        try:
            connection.ensure_connection()
        except DatabaseError as reason:
            sys.exit(f"The database cannot be reached: {' '.join(str(reason).split())} (see DATABASE_URL).")
        raise


if __name__ == "__main__":
    main()
