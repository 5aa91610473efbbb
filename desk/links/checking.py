"""What answers and failures make of a link: when it is asked again, and when it is called dead."""

from datetime import timedelta

from django.utils import timezone

from desk.links.asking import Asker, Verdict
from desk.models import FAILURES_TO_DIE, Link

LIMIT = 200
# Days until it is asked again: one that answers, one that has just failed, one that is dead.
ALIVE_PAUSE, FAILED_PAUSE, DEAD_PAUSE = 14, 1, 7
FAILURES = (Verdict.FAILED, Verdict.UNREACHABLE, Verdict.REFUSED)
HEARD = (Verdict.ALIVE, Verdict.UNKNOWN, Verdict.FAILED)


def check_links(asker=None, limit=LIMIT):
    """
    Ask the links that are due, at most `limit`. Returns how many were asked and how many of them failed.

    While nobody at all has answered, it may be our own network that is down: whoever was not reached is written down
    only when somebody is.
    """
    asker, today = asker or Asker(), timezone.localdate()
    links = list(Link.objects.due(today)[:limit])
    failed, reached, waiting = 0, False, []
    for link in links:
        answer = asker.ask(link.url)
        failed += answer.verdict in FAILURES
        reached = reached or answer.verdict in HEARD
        if reached or answer.verdict != Verdict.UNREACHABLE:
            note(link, answer, today)
        else:
            waiting.append((link, answer))
    for link, answer in waiting if reached else ():
        note(link, answer, today)
    return len(links), failed


def note(link, answer, today):
    """Write down an answer. Failures count once a day; what is unknown changes nothing but the day of the next try."""
    link.status, link.checked_on = answer.words, today
    if answer.verdict == Verdict.ALIVE:
        link.failures, link.first_failed_on = 0, None
    elif answer.verdict in FAILURES:
        link.failures += 1
        link.first_failed_on = link.first_failed_on or today
    pause = DEAD_PAUSE if link.failures >= FAILURES_TO_DIE else FAILED_PAUSE if link.failures else ALIVE_PAUSE
    link.next_check_on = today + timedelta(days=pause)
    link.save()
