"""`manage.py rebuild_search`: all entries of the search anew."""

from django.core.management.base import BaseCommand

from search.entries import all_things, forget_words, refresh
from search.models import SearchEntry

# Read and written together: enough to be quick, few enough for a small machine.
AT_ONCE = 200


class Command(BaseCommand):
    """
    Entries follow what they are of by themselves. This is for a site that had none yet, for what was changed past the
    models, and for words that no entry has any more. The site can be used meanwhile.
    """

    help = "Write every entry of the search anew."

    def add_arguments(self, parser):
        """Whether to begin at all."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are entries already")

    def handle(self, *, if_empty, verbosity, **options):
        """Each kind of thing in its turn, with a line of progress; `--verbosity 0` is silent."""
        if if_empty and SearchEntry.objects.exists():
            return
        for things in all_things():
            label, total, done = things.model._meta.verbose_name_plural, things.count(), 0
            for some in in_batches(things):
                refresh(some, anew=True)
                done += len(some)
                self.say(verbosity, f"\r{label}: {done} iš {total}", ending="")
            if total:
                self.say(verbosity, "")
        self.say(verbosity, f"Įrašų: {SearchEntry.objects.count()}, pamirštų žodžių: {forget_words()}.")

    def say(self, verbosity, line, ending="\n"):
        """A piece of progress."""
        if verbosity:
            self.stdout.write(line, ending=ending)
            self.stdout.flush()


def in_batches(things):
    """The things of a queryset in lists, by number: what is added meanwhile has its entry from its own saving."""
    last = 0
    while some := list(things.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1].pk
