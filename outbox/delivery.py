"""
Sending letters through the SMTP server of the settings.

A letter is claimed before it is sent, so that two processes never send it both; a sender that dies before sending
leaves a claim that lapses. Only a process killed between the server's "accepted" and our note of it sends twice, with
the same Message-ID, by which mail programs know a copy.
"""

import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.dispatch import Signal
from django.utils import timezone

from outbox.models import PAUSES, Letter

logger = logging.getLogger(__name__)

# Told with `letter` after it has gone: whoever wrote it may note so.
letter_sent = Signal()

# One sender a process: the reader's answer does not wait for a mail server, nor tell by its time whether one was asked.
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox")


def hand_over(pk):
    """Have a letter sent soon, outside the request that wrote it."""
    _sender.submit(_deliver_in_thread, pk)


def _deliver_in_thread(pk):
    try:
        if letter := Letter.objects.filter(pk=pk).first():
            deliver(letter)
    except Exception:  # whatever it is: the letter is kept, and the scheduled command comes by
        logger.exception("Letter %s could not be sent at once", pk)
    finally:
        connection.close()


def deliver(letter):
    """Send one letter that is due. Returns whether it went; a failure is noted on the letter."""
    if not letter.claim():
        return False
    letter.refresh_from_db()
    try:
        as_message(letter).send()
    except Exception as error:  # whatever is wrong with one letter, the others behind it must go
        note_failure(letter, error)
        return False
    letter.sent_at, letter.claimed_at, letter.last_error = timezone.now(), None, ""
    if letter.is_secret:
        letter.text = letter.html = ""
    _note(letter, "sent_at", "claimed_at", "last_error", "text", "html")
    letter_sent.send(Letter, letter=letter)
    return True


def as_message(letter):
    """The letter as the e-mail that goes out."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": f"<letter-{letter.pk}@{settings.SITE_HOST}>", "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        message.attach(letter.calendar_name, letter.calendar, "text/calendar")
    return message


def note_failure(letter, error):
    """Say when the letter is tried again, or give it up: after the last pause, or where trying again is of no use."""
    logger.warning("Letter %s was not sent (try %s): %s", letter.pk, letter.attempts, type(error).__name__)
    letter.claimed_at, letter.last_error = None, f"{type(error).__name__}: {error}"[:500]
    if _is_final(error) or letter.attempts > len(PAUSES):
        letter.gave_up_at = timezone.now()
    else:
        letter.next_try_at = timezone.now() + PAUSES[letter.attempts - 1]
    _note(letter, "claimed_at", "last_error", "gave_up_at", "next_try_at")


def _note(letter, *names):
    """Store these fields; of a letter that was erased meanwhile nothing comes back."""
    Letter.objects.filter(pk=letter.pk).update(**{name: getattr(letter, name) for name in names})


def _is_final(error):
    """Whether the next try would end alike: an address refused for good (5xx, not "later"), a header nobody takes."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)
