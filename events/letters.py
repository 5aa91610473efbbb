"""The letters that tell people of their registrations. Each is written in the transaction of what it tells of."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from events.models import RegistrationState
from outbox.models import LetterKind
from outbox.post import post

SALT = "events.registration"


def manage_url(registration):
    """The full address at which this registration, and no other, is changed or cancelled without signing in."""
    token = signing.Signer(salt=SALT).sign(registration.key.hex)
    return settings.SITE_URL + reverse("registration", args=[token])


def received(registration):
    """You are registered, or wait for a place."""
    if registration.state == RegistrationState.WAITING:
        return _write(registration, LetterKind.REGISTRATION, "Laukiate vietos", "registration_waiting")
    return _write(registration, LetterKind.REGISTRATION, "Jūs užsiregistravote", "registration_received")


def promoted(registration):
    """A place has become free, and it is yours."""
    return _write(registration, LetterKind.PROMOTION, "Atsirado vieta", "registration_promoted")


def cancelled(registration):
    """Your registration is cancelled, by yourself or by us."""
    return _write(registration, LetterKind.REGISTRATION, "Registracija atšaukta", "registration_cancelled")


def moved(registration):
    """Your registration is for another date now."""
    return _write(registration, LetterKind.REGISTRATION, "Registracija perkelta", "registration_moved")


def _write(registration, kind, subject, template):
    if not registration.email:  # written down by staff for somebody without an address
        return None
    context = {"registration": registration, "event": registration.event, "manage_url": manage_url(registration)}
    return post(kind, registration.email, f"{subject}: {registration.event.title}", template, context)
