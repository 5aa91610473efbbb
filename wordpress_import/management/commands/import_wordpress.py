"""`manage.py import_wordpress EXPORT.xml`: a WordPress site comes over (see `wordpress_import`)."""

import time
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from lithuanian.plurals import counted
from wordpress_import.addresses import check_addresses
from wordpress_import.export import UnreadableExport, open_export
from wordpress_import.media import Media
from wordpress_import.models import ImportedItem, Verdict
from wordpress_import.moving import AlreadyRunning, Mover, one_import_at_once
from wordpress_import.report import check_path, write_report
from wordpress_import.rules import RulesError, read_rules
from wordpress_import.uploads import Remote, Uploads

INTERRUPTED = 130
# How often a line is written where nobody watches a bar, in seconds.
A_LINE_EVERY = 15


class Command(BaseCommand):
    """Everything that can be brought is brought; what cannot is told, and the exit code is 1."""

    help = "Import a WordPress export. Safe to run again: what has not changed is not touched."

    def add_arguments(self, parser):
        """The file, where the uploads are, and what to do."""
        parser.add_argument("export", nargs="?", type=Path, metavar="EXPORT.xml", help="from Tools → Export")
        files = parser.add_mutually_exclusive_group()
        files.add_argument("--uploads", type=Path, metavar="DIR", help="a copy of wp-content/uploads")
        files.add_argument("--base-url", metavar="URL", help="fetch uploads from the old site at this address")
        parser.add_argument("--rules", type=Path, metavar="FILE", help="what becomes of what, in place of our rules")
        parser.add_argument("--dry-run", action="store_true", help="do everything, tell of it, and undo it")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report: .html or .json")
        parser.add_argument(
            "--check-addresses",
            action="store_true",
            help="ask this site for every published item at its old addresses (after the import, or without a file)",
        )

    def handle(self, *, export, rules, dry_run, report, verbosity, **options):
        """Bring, tell, check."""
        self._verbosity = verbosity
        if export is None and not options["check_addresses"]:
            raise CommandError("Nurodykite eksporto failą.")
        try:
            self._report = check_path(report) if report else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        failed, source = 0, None
        if export is not None:
            failed, source = self._import(export, rules, dry_run, options)
        if not dry_run:
            answers = self._check(source) if options["check_addresses"] else []
            failed += sum(not answer.is_right for answer in answers)
            if self._report and source:
                self._write_report(source, [answer.as_dict() for answer in answers])
        if failed:
            raise SystemExit(1)

    # --- The import ---

    def _import(self, path, rules, is_rehearsal, options):
        bar = Progress(self.stdout, self._verbosity)
        try:
            export = open_export(path)
            media = Media(self._source(options), [head.file for head in export.index.values()])
            mover = Mover(
                export,
                read_rules(rules),
                media,
                is_rehearsal=is_rehearsal,
                progress=bar,
                before_undoing=lambda mover: self._tell(mover, bar),
            )
            with one_import_at_once():
                mover.run()
        except (UnreadableExport, RulesError) as error:
            raise CommandError(str(error)) from error
        except AlreadyRunning as error:
            raise CommandError("Kitas perkėlimas jau vyksta: palaukite, kol baigsis.") from error
        except KeyboardInterrupt:
            bar.end()
            self.stderr.write("Nutraukta. Kas perkelta, liko; paleiskite tą pačią komandą, ir bus tęsiama toliau.")
            raise SystemExit(INTERRUPTED) from None
        failed = 0 if is_rehearsal else ImportedItem.objects.of(mover.source).filter(verdict=Verdict.FAILED).count()
        return failed, mover.source

    @staticmethod
    def _source(options):
        if folder := options["uploads"]:
            if not folder.is_dir():
                raise CommandError(f"Aplanko „{folder}“ nėra.")
            return Uploads(folder)
        return Remote(options["base_url"]) if options["base_url"] else None

    def _tell(self, mover, bar):
        bar.end()
        say = self._say
        say(f"Eksportas: {mover.export.title} ({mover.export.site_url}), įrašų {mover.export.count}")
        if mover.export.removed_characters:
            say(f"Netinkamų ženklų pašalinta: {mover.export.removed_characters}")
        if mover.is_rehearsal:
            say("Bandymas: žemiau – kas būtų; svetainėje niekas nepasikeitė.")
            self._tell_of_rules(mover)
        self._tell_of_verdicts(mover)
        if self._report and mover.is_rehearsal:
            rules = [
                {"rule": rule.name, "becomes": str(rule.becomes), "matched": mover.survey.rules[rule.name]}
                for rule in mover.rules.rules
            ]
            self._write_report(mover.source, rules=rules, rehearsal=True)

    def _write_report(self, source, addresses=(), **told):
        write_report(self._report, source, addresses=addresses, **told)
        self._say(f"Ataskaita: {self._report}")

    def _tell_of_rules(self, mover):
        self._say("Taisyklės:")
        for rule in mover.rules.rules:
            count = mover.survey.rules[rule.name]
            examples = "; ".join(f"„{title}“" for title in mover.survey.examples[rule.name])
            self._say(f"  {rule.name} → {rule.becomes}: {count}{f' – {examples}' if examples else ''}")
        self._say(f"  (jokia taisyklė): {mover.survey.rules['']}")

    def _tell_of_verdicts(self, mover):
        rows = ImportedItem.objects.of(mover.source)
        by_kind = Counter()
        for row in rows.values("kind", "verdict").annotate(count=Count("pk")):
            by_kind[row["kind"], row["verdict"]] = row["count"]
        for kind in sorted({kind for kind, _ in by_kind}):
            told = [
                f"{verdict.label.lower()} {by_kind[kind, verdict]}" for verdict in Verdict if by_kind[kind, verdict]
            ]
            self._say(f"  {kind}: {', '.join(told)}")
        words = [row.words for row in rows.exclude(words={}).only("words")]
        before, after = (sum(row.get(name, 0) for row in words) for name in ("before", "after"))
        lost = sum(len(row.get("lost", ())) for row in words)
        comments = sum(rows.values_list("comments", flat=True))
        self._say(f"Žodžių: {before} → {after}, dingusių {lost}. Komentarų liko senojoje svetainėje: {comments}.")
        written = "Būtų įrašyta" if mover.is_rehearsal else "Šį kartą įrašyta"
        self._say(f"{written}: {sum(mover.done.values())}. Peržiūrėti: {rows.to_look_at().count()} (administravime).")
        for row in rows.filter(verdict=Verdict.FAILED)[:20]:
            self.stderr.write(f"Nepavyko: {row.kind} {row.number} „{row.title}“: {_first_remark(row)}")

    # --- The addresses ---

    def _check(self, source):
        """Ask for everything at its old addresses, and tell what is wrong. Returns the answers."""
        answers = list(check_addresses(source))
        hops = Counter(answer.hops for answer in answers)
        told = ", ".join(
            f"{counted(number, 'peradresavimas', 'peradresavimai', 'peradresavimų')}: {count}"
            for number, count in sorted(hops.items())
        )
        wrong = [answer for answer in answers if not answer.is_right]
        self._say(f"Senųjų adresų patikrinta: {len(answers)} ({told}); neatsako: {len(wrong)}")
        for answer in wrong[:50]:
            self.stderr.write(f"{answer.status} per {answer.hops}: {answer.asked} → {answer.address}")
        return answers

    def _say(self, text):
        if self._verbosity:
            self.stdout.write(text)


class Progress:
    """
    How far it is: a bar with the time left on a terminal, elsewhere a line now and then.

    A dozen lines of our own in place of one more package.
    """

    WIDTH = 30

    def __init__(self, out, verbosity):
        self._out, self._silent = out, verbosity == 0
        self._is_terminal = out.isatty()
        self._label, self._began, self._told = None, 0.0, 0.0

    def __call__(self, label, done, total):
        """Tell of one more item of a step."""
        now = time.monotonic()
        if label != self._label:
            self.end()
            self._label, self._began, self._told = label, now, 0.0 if self._is_terminal else now
        if self._silent or now - self._told < (0.1 if self._is_terminal else A_LINE_EVERY) and done < total:
            return
        self._told = now
        left = (now - self._began) / done * (total - done) if done else 0
        share = done / total if total else 1
        if self._is_terminal:
            filled = int(share * self.WIDTH)
            bar = "█" * filled + "·" * (self.WIDTH - filled)
            self._out.write(f"\r{label:<28} {bar} {done}/{total}, liko {_clock(left)} ", ending="")
            self._out.flush()
        else:
            self._out.write(f"{label}: {done}/{total}, liko {_clock(left)}")

    def end(self):
        """Leave the line of the bar."""
        if self._label and self._is_terminal and not self._silent:
            self._out.write("")
        self._label = None


def _clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _first_remark(row):
    return row.remarks[0]["text"] if row.remarks else ""
