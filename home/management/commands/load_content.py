"""`manage.py load_content`: the LAG's own content; what it loads and when is said in `home.content_loading`."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.content_loading.ledger import ContentError, Ledger
from home.content_loading.pages import load_pages
from home.content_loading.registers import load_registers
from home.content_loading.site import load_redirects, load_settings

FILES = ("agreements", "events", "members", "news", "organisations", "pages", "projects")
STEPS = (load_registers, load_pages, load_settings, load_redirects)


class Command(BaseCommand):
    """Everything is loaded, or nothing."""

    help = "Load the site's content from TOML files. What was loaded once is left alone."

    def add_arguments(self, parser):
        """Where the files are."""
        parser.add_argument(
            "--from", dest="folder", type=Path, default=settings.BASE_DIR / "content", help="folder of the TOML files"
        )

    @transaction.atomic
    def handle(self, *, folder, verbosity, **options):
        """Load step by step, a line each; `--verbosity 0` is silent."""
        self.is_silent = verbosity == 0
        ledger = Ledger()
        try:
            content = {name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in FILES}
            with disable_reference_index_auto_update():
                for step in STEPS:
                    step(content, ledger, self.report)
        except (OSError, tomllib.TOMLDecodeError, ContentError, ValidationError) as error:
            raise CommandError(f"Nothing was loaded: {error}") from error

        # Once at the end, where Wagtail would do it at each of many saves: loading takes half the time.
        for row in ledger.made:
            if ReferenceIndex.is_indexed(type(row)):
                ReferenceIndex.create_or_update_for_object(type(row).objects.get(pk=row.pk))

    def report(self, label, rows, made):
        """One line of progress: what, how many are in the files, how many of them are new."""
        if not self.is_silent:
            self.stdout.write(f"{label}: {len(rows)}, naujų {made}")
