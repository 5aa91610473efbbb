"""A message of the staff to those who have registered."""

from django.db import transaction

from core.models import SiteSettings
from core.structured_data import absolute
from events.letters import about, manage_url
from events.models import ACTIVE, EventPage
from outbox.models import Letter, LetterKind
from outbox.post import post


def recipients(listing):
    """
    Whom a message to a narrowed list goes to, one registration an address: a list.

    Unless the list is narrowed to a state, only those who come or wait: the others have nothing to do with it any more.
    """
    rows = listing.rows.exclude(email="")
    if not listing.chosen["busena"]:
        rows = rows.filter(state__in=ACTIVE)
    by_address = {row.email_key: row for row in rows.select_related("event", "user").order_by("created_at", "pk")}
    return [row for row in by_address.values() if row.may_be_told]


@transaction.atomic
def send(event, registrations, subject, text, token):
    """
    Write a letter to each of `registrations`. Returns how many were written.

    `token` names the message: with the event's row locked, the same one again writes nothing.
    """
    EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)
    key = f"message:{token}:"
    if Letter.objects.filter(key__startswith=key).exists():
        return 0
    reply_to = SiteSettings.of_the_site().email
    for registration in registrations:
        context = {
            "registration": registration,
            "event": event,
            "event_url": absolute(event.get_url() or "/"),
            "message": text,
            "manage_url": manage_url(registration) if registration.is_active else "",
        }
        fields = {"key": f"{key}{registration.pk}", "about": about(registration), "reply_to": reply_to}
        post(LetterKind.MESSAGE, registration.email, subject, "registration_message", context, **fields)
    return len(registrations)
