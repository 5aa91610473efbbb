"""`ensure_admin`: somebody to sign in as, on a developer's own machine."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Where nobody can sign in yet, make `admin` with a random password and show it once."""

    help = "Make the first administrator on a developer's machine (DEBUG only); does nothing where there is one."

    def handle(self, **options):
        """Make the user and print the password, which is kept nowhere else."""
        if not settings.DEBUG:
            raise CommandError("Only with DEBUG=True; on a server use createsuperuser.")
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password)
        self.stdout.write(
            "\nSukurtas administratorius (an administrator was made):\n"
            "  adresas (address):      /admin/\n"
            "  naudotojas (user):      admin\n"
            f"  slaptažodis (password): {password}\n"
            "Slaptažodis rodomas tik šį kartą (shown only this once).\n"
            "Naujas slaptažodis (a new one): .venv/bin/python manage.py changepassword admin\n"
        )
