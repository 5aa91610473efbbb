"""What was searched for and not found: counted by day, without anything that tells of a person."""

import re
from datetime import timedelta

from django.db.models import F, Max, Sum
from django.utils import timezone

from search.models import MissedSearch

KEPT = timedelta(days=90)
# Longer texts are letters to somebody, not searches.
LETTERS, WORDS = 60, 6
# So many different ones a day: more come from machines.
A_DAY = 500
# An e-mail or web address, a number as of a telephone, a person, an account.
_OF_A_PERSON = re.compile(r"@|www\.|://|(?:\d[\s().+-]?){5,}")


def remember(answer):
    """Count a search that found nothing as it was typed; see `is_kept` for those that leave no trace."""
    if answer.total and not answer.relaxed:
        return
    query = answer.typed.casefold()
    if not answer.asked or not is_kept(query):
        return
    day = timezone.localdate()
    if MissedSearch.objects.filter(query=query, day=day).update(times=F("times") + 1):
        return
    if MissedSearch.objects.filter(day=day).count() < A_DAY:
        # Somebody else may have missed the same in this moment.
        MissedSearch.objects.bulk_create([MissedSearch(query=query, day=day)], ignore_conflicts=True)


def is_kept(query):
    """Whether a search may be kept: neither long nor like an address or a number of a person."""
    return len(query) <= LETTERS and len(query.split()) <= WORDS and not _OF_A_PERSON.search(query)


def recent():
    """What was missed in the last 90 days: `query`, how often in `total`, the `last` day of it; oftenest first."""
    rows = MissedSearch.objects.filter(day__gt=timezone.localdate() - KEPT)
    return rows.values("query").annotate(total=Sum("times"), last=Max("day")).order_by("-total", "query")


def erase_outdated():
    """Forget what is older. Returns how many rows."""
    return MissedSearch.objects.filter(day__lte=timezone.localdate() - KEPT).delete()[0]
