"""`manage.py read_register`: agreements and members out of a page of the old site, shown, compared, kept as drafts."""

import tomllib
from itertools import zip_longest
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.models import SiteSettings
from partners.models import CooperationIndexPage, Organisation
from wordpress_import.registers import agreements, members
from wordpress_import.registers.directory import Directory

NOTHING = "–"


class Command(BaseCommand):
    """Changes nothing unless told to save."""

    help = "Read agreements, memberships and members out of a text or an HTML page of the old site."

    def add_arguments(self, parser):
        """What to read, what to do with it."""
        parser.add_argument("file", type=Path, help="text or HTML in UTF-8")
        parser.add_argument("--save", action="store_true", help="make drafts of agreements, memberships and members")
        parser.add_argument(
            "--expect",
            type=Path,
            help="an agreements.toml to compare with; memberships in organisations.toml beside it",
        )
        parser.add_argument("--source", default="", help="address that the text comes from, kept with the drafts")

    def handle(self, *, file, save, expect, source, **options):
        """Show what was read; exit 1 where a date, a kind or a party is not what was expected."""
        try:
            text = file.read_text("utf-8-sig")
            expected = expected_of(expect) if expect else None
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
            raise CommandError(f"Failo perskaityti nepavyko: {error}") from error
        names = SiteSettings.objects.values_list("name", "short_name")
        own_names = [name for pair in names for name in pair if name]
        entries = agreements.read_entries(text, Directory(Organisation.objects.all()), own_names)
        rows = members.read_table(text)
        if not entries and not rows:
            raise CommandError("Nei sutarčių, nei narių šiame tekste nerasta.")
        for number, entry in enumerate(entries, 1):
            self.show_entry(number, entry)
        for number, row in enumerate(rows, 1):
            self.show_member(number, row)
        if save:
            self.save(entries, rows, source)
        if expected:
            self.compare(expected, entries)

    def show_entry(self, number, entry):
        """An entry in one line, its doubts below."""
        kind = "narystė" if entry.is_membership else entry.kind or NOTHING
        parties = ", ".join(f"{row.slug}{'*' if role == 'lead' else ''}" for row, role in entry.parties) or NOTHING
        more = f" (+{entry.unnamed_party_count}: {' '.join(entry.unnamed_countries)})" * bool(entry.unnamed_party_count)
        self.stdout.write(f"{number:3}  {entry.date or NOTHING:22} {kind:26} {parties}{more}")
        for doubt in entry.doubts:
            self.stdout.write(f"       ? {doubt}")

    def show_member(self, number, row):
        """A member in one line, the doubts below."""
        cells = [row.sector or NOTHING, row.eldership or NOTHING, row.joined or NOTHING]
        self.stdout.write(f"{number:3}  {row.name}: {', '.join(cells)}")
        for doubt in row.doubts:
            self.stdout.write(f"       ? {doubt}")

    @transaction.atomic
    def save(self, entries, rows, source):
        """Keep all of it."""
        made = []
        if entries:
            parent = CooperationIndexPage.objects.first()
            if parent is None:
                raise CommandError("Svetainėje nėra bendradarbiavimo registro puslapio.")
            made = [is_made for _, is_made in agreements.keep(entries, parent, source)]
        members_made = [is_made for _, is_made, _ in members.keep(rows)]
        self.stdout.write(f"Nauji juodraščiai ir narystės: {sum(made)}, buvo: {len(made) - sum(made)}.")
        self.stdout.write(f"Nauji nariai: {sum(members_made)}, neperkelta arba buvo: {len(rows) - sum(members_made)}.")

    def compare(self, expected, entries):
        """The table of what was expected and what was got."""
        got = [
            ("narystė" if entry.is_membership else entry.kind, entry.date, {row.slug for row, _ in entry.parties})
            for entry in entries
        ]
        got.sort(key=lambda row: row[0] == "narystė")
        wrong, missing, asserted, wanted = [], 0, 0, 0
        self.stdout.write("\nNr.  data, rūšis, šalys")
        for number, (left, right) in enumerate(zip_longest(expected, got), 1):
            if left is None or right is None:
                wrong.append(number)
                self.stdout.write(f"{number:3}  laukta: {_told(left)}; gauta: {_told(right)}")
                continue
            more, fewer = right[2] - left[2], left[2] - right[2]
            is_right = left[:2] == right[:2] and not more
            wrong += [] if is_right else [number]
            missing, asserted, wanted = missing + len(fewer), asserted + len(right[2]), wanted + len(left[2])
            verdict = "gerai" if is_right and not fewer else "trūksta šalių" if is_right else "SKIRIASI"
            self.stdout.write(f"{number:3}  laukta: {_told(left)}\n     gauta:  {_told(right)}  → {verdict}")
        self.stdout.write(f"Šalių laukta {wanted}, gauta {asserted}, trūksta {missing}.")
        if wrong:
            raise CommandError(f"Skiriasi įrašai: {', '.join(map(str, wrong))}.")


def _told(row):
    return f"{row[1] or NOTHING}, {row[0] or NOTHING}, {{{', '.join(sorted(row[2]))}}}" if row else NOTHING


def expected_of(file):
    """The agreements of a file of the site's content in their order, then the dated memberships of the file beside."""
    rows = sorted(tomllib.loads(file.read_text("utf-8"))["agreement"], key=lambda row: row["register_order"])
    expected = [(row["kind"], row["date"], {party["organisation"] for party in row["parties"]}) for row in rows]
    beside = file.with_name("organisations.toml")
    memberships = tomllib.loads(beside.read_text("utf-8"))["membership"] if beside.exists() else []
    return expected + [("narystė", f"{row['since']}/..", {row["network"]}) for row in memberships if row.get("since")]
