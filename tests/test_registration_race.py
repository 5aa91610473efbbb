"""
People who register at the same moment: real threads, each with a connection of its own, real commits. And a process
that is killed between saving and sending.
"""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Site

from events import registration as service
from events.models import EventDate, EventIndexPage, EventPage, Registration, RegistrationMode
from events.reminders import remind
from outbox.models import Letter, LetterKind
from tests.mailbox import Mailbox
from tests.races import alone, together


@pytest.fixture
def event(database):
    """An event for ten people, committed."""

    def make():
        home = Site.objects.get(is_default_site=True).root_page
        index = home.add_child(instance=EventIndexPage(title="Renginiai", slug="lenktynes"))
        event = index.add_child(
            instance=EventPage(title="Mokymai", slug="mokymai", registration=RegistrationMode.EVENT, capacity=10)
        )
        start = timezone.now() + timedelta(days=7)
        EventDate.objects.create(event=event, start=start, end=start + timedelta(hours=2))
        return event

    return alone(make)


def coming(event, number, **fields):
    """A task: somebody registers."""
    details = {"name": f"Atstovas {number}", "email": f"atstovas{number}@example.lt", **fields}
    return lambda: service.register(service.Occasion(EventPage.objects.get(pk=event.pk)), details)


def rows(event):
    """The registrations in the order in which they came."""
    return alone(lambda: list(Registration.objects.filter(event=event.pk).order_by("pk")))


def states(event):
    return [row.state for row in rows(event)]


def test_fifty_at_once_for_ten_places_and_ten_leave_at_once(event):
    together([coming(event, number) for number in range(50)])
    came = rows(event)
    assert [row.state for row in came] == ["registered"] * 10 + ["waiting"] * 40
    queue = alone(lambda: list(Registration.objects.filter(event=event.pk).waiting()))
    assert [row.pk for row in queue] == [row.pk for row in came[10:]], "who waits, waits in the order of arrival"
    assert alone(lambda: Letter.objects.count()) == 50

    together([lambda row=row: service.cancel(row) for row in came[:10]])
    assert states(event) == ["cancelled"] * 10 + ["promoted"] * 10 + ["waiting"] * 30
    told = alone(
        lambda: list(Letter.objects.filter(kind=LetterKind.PROMOTION).order_by("pk").values_list("to", flat=True))
    )
    assert told == [row.email for row in came[10:20]], "one promotion each, in order"


def test_one_address_twenty_times_at_once_is_one_registration(event):
    def told(task):
        try:
            return task().pk
        except service.AlreadyRegistered as error:
            return error.registration.pk

    answers = together([lambda: told(coming(event, 1)) for _ in range(20)])
    assert len(set(answers)) == len(rows(event)) == 1
    assert alone(lambda: Letter.objects.count()) == 1


def test_one_sheet_twenty_times_at_once_is_one_registration(event):
    occasion, details = service.Occasion(event), {"name": "Atstovas", "email": "atstovas@example.lt"}
    made = together([lambda: service.register(occasion, details, form_token="lapas").pk for _ in range(20)])
    assert len(set(made)) == 1


def test_one_cancellation_twenty_times_at_once_frees_one_place(event):
    for number in range(15):
        alone(coming(event, number))
    (first, *_) = rows(event)
    assert sum(together([lambda: service.cancel(first) for _ in range(20)])) == 1
    assert states(event) == ["cancelled", *["registered"] * 9, "promoted", *["waiting"] * 4]


def test_coming_and_leaving_at_once_never_overbooks_nor_leaves_a_place_empty(event):
    for number in range(12):
        alone(coming(event, number))
    leaving = [lambda row=row: service.cancel(row) for row in rows(event)[:8]]
    together(leaving + [coming(event, number, people=1 + number % 3) for number in range(20, 40)])
    kept = rows(event)
    taken = sum(row.people for row in kept if row.holds_a_place)
    next_in_turn = alone(lambda: Registration.objects.filter(event=event.pk).waiting().first())
    assert taken <= 10
    assert next_in_turn.people > 10 - taken, "a place is empty only where the next party is too large for it"


def test_a_reminder_is_written_once_however_many_write_it(event):
    registration = alone(coming(event, 1))
    date = alone(lambda: EventDate.objects.get(event=event.pk))

    def reminded():
        mine = Registration.objects.get(pk=registration.pk)
        return remind(mine, EventDate.objects.get(pk=date.pk)) is not None

    assert sum(together([reminded for _ in range(10)])) == 1


# --- Killed between saving and sending --------------------------------------------------------------------------------

REGISTER_AND_DIE = """
import os, signal, sys
import django
django.setup()
from events import registration as service
from events.models import EventPage
from outbox import delivery

# After the commit and before anything is sent: as when the machine goes down.
delivery.hand_over = lambda pk: os.kill(os.getpid(), signal.SIGKILL)
event = EventPage.objects.get(pk=sys.argv[1])
service.register(service.Occasion(event), {"name": "Atstovas", "email": "a@example.lt"})
"""


def test_killed_between_saving_and_sending_the_letter_goes_later_once(database, event):
    mailbox = Mailbox()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lag_site.settings",
        "SECRET_KEY": "tests-only",
        "HTTPS": "False",
        "DATABASE_URL": database,
        "EMAIL_URL": mailbox.url,
    }

    def started(*command):
        return subprocess.Popen([sys.executable, *command], cwd=settings.BASE_DIR, env=environment)

    try:
        assert started("-c", REGISTER_AND_DIE, str(event.pk)).wait(timeout=60) == -signal.SIGKILL
        assert states(event) == ["registered"]
        assert mailbox.letters == []
        senders = [started("manage.py", "send_letters") for _ in range(2)]  # at the same moment
        assert [sender.wait(timeout=60) for sender in senders] == [0, 0]
        assert started("manage.py", "send_letters").wait(timeout=60) == 0
        (letter,) = mailbox.letters
        assert letter["subject"] == "Jūs užsiregistravote: Mokymai"
    finally:
        mailbox.close()
