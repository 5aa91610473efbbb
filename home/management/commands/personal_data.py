"""`manage.py personal_data EMAIL`: what is held about a person; `--export FILE`, `--erase`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from home.personal_data import as_json, held_about
from home.personal_data import erase as erase_all


class Command(BaseCommand):
    """The same as the screen „Asmens duomenys“ in the admin."""

    help = "Count, export or erase everything that is held about an e-mail address."

    def add_arguments(self, parser):
        """Whose, and what to do."""
        parser.add_argument("email")
        parser.add_argument("--export", type=Path, metavar="FILE", help="write it all to this file as JSON")
        parser.add_argument("--erase", action="store_true", help="erase it (after exporting, if both)")

    def handle(self, *, email, export, erase, **options):
        """Count; export; erase."""
        held = held_about(email)
        self.stdout.write(
            f"registracijų {len(held.registrations)}, siųstų laiškų {len(held.letters)}, laiškų iš svetainės "
            f"{len(held.messages)}, paskyrų {len(held.users) + len(held.staff)}, narių registre {len(held.members)}"
        )
        if export:
            text = json.dumps(as_json(held), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            export.write_text(text + "\n", "utf-8")
            self.stdout.write(f"Įrašyta: {export}")
        if erase:
            erase_all(held)
            self.stdout.write("Ištrinta.")
            for user in held.staff:
                self.stdout.write(f"Liko darbuotojo paskyra {user.username}: ją tvarkykite patys.")
            for member in held.members:
                self.stdout.write(f"Liko narių registre: {member.pk}.")
