"""`manage.py evaluate_search cases.tsv`: how much of what people look for is found."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.evaluation import FIRST, OF_A_KIND, OF_ALL, BadCase, evaluate, read_cases


class Command(BaseCommand):
    """
    Cases are lines with tabs: what is typed, what one of the first titles must contain, the kind of case.

    Prints how many are found, by kind, and what came instead of what was missed. Fails where too few are.
    """

    help = f"Try searches: fails below {OF_A_KIND} % of a kind, or {OF_ALL} % of all, within the first {FIRST}."

    def add_arguments(self, parser):
        """Where the cases are."""
        parser.add_argument("cases", type=Path, help="a file of cases")

    def handle(self, *, cases, **options):
        """Read, try, tell."""
        try:
            result = evaluate(read_cases(cases.read_text("utf-8").splitlines()))
        except (OSError, UnicodeDecodeError, BadCase) as error:
            raise CommandError(f"No cases: {error}") from error
        for case, titles in result.misses:
            self.stdout.write(f"{case.kind}: {case.query} → {case.wanted}\n    " + ("; ".join(titles) or "nieko"))
        for kind, tried in sorted(result.tried.items()):
            self.stdout.write(self.line(kind, result.found[kind], tried))
        self.stdout.write(self.line("iš viso", result.found.total(), result.tried.total()))
        if not result.is_good:
            raise CommandError("Too little is found.")

    def line(self, kind, found, tried):
        """How many of a kind are found."""
        return f"{kind:20} {found:4} / {tried:<4} {found / tried if tried else 0:7.1%}"
