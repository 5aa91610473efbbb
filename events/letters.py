"""The letters that tell people of their registrations. Each is written in the transaction of what it tells of."""

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from core.models import SiteSettings
from core.structured_data import absolute
from events.ical import attachment
from events.models import EventStatus, Registration, RegistrationState
from outbox.models import LetterKind
from outbox.post import post

SALT = "events.registration"


def token_of(registration):
    """What stands in addresses for this registration and no other; nobody can guess it."""
    return _signer().sign(registration.key.hex)


def manage_url(registration):
    """The full address at which this registration, and no other, is changed or cancelled without signing in."""
    return absolute(reverse("registration", args=[token_of(registration)]))


def find_registration(token):
    """The registration that a `token_of` names; None where the token is not ours."""
    try:
        return Registration.objects.select_related("event", "date__venue").get(key=_signer().unsign(token))
    except (signing.BadSignature, ValueError, Registration.DoesNotExist):
        return None


def about(registration):
    """What marks the letters that tell of a registration: they are erased with its personal data."""
    return f"registration:{registration.pk}"


def received(registration):
    """You are registered, or wait for a place."""
    if registration.state == RegistrationState.WAITING:
        return _write(registration, LetterKind.REGISTRATION, "Laukiate vietos", "registration_waiting")
    return _write(registration, LetterKind.REGISTRATION, "Jūs užsiregistravote", "registration_received")


def link_again(registration):
    """The way to your registration, asked for once more."""
    return _write(registration, LetterKind.REGISTRATION, "Jūsų registracija", "registration_link")


def promoted(registration):
    """A place has become free, and it is yours."""
    return _write(registration, LetterKind.PROMOTION, "Atsirado vieta", "registration_promoted")


def cancelled(registration):
    """Your registration is cancelled, by yourself or by us."""
    return _write(registration, LetterKind.REGISTRATION, "Registracija atšaukta", "registration_cancelled")


def moved(registration):
    """Your registration is for another date now."""
    return _write(registration, LetterKind.REGISTRATION, "Registracija perkelta", "registration_moved")


def reminder(registration, date):
    """It is tomorrow. Once a registration and day; of no use after the beginning. None where it was written before."""
    return _write(
        registration,
        LetterKind.REMINDER,
        "Primename",
        "reminder",
        [date],
        key=f"reminder:{registration.pk}:{date.pk}:{date.first_day}",
        expires_at=date.start if not date.all_day else date.ends_at,
    )


def dates_of(registration):
    """The dates that a registration is for and that are not over, else all of them: a list of EventDate."""
    event = registration.event
    dates = [date for date in event.ordered_dates if registration.date_id in (None, date.pk)]
    return [date for date in dates if date.ends_at >= timezone.now()] or dates


def _write(registration, kind, subject, template, dates=None, **fields):
    if not registration.email or not registration.may_be_told:  # staff write down people without an address too
        return None
    event, dates = registration.event, dates or dates_of(registration)
    if registration.holds_a_place and kind != LetterKind.REMINDER:
        standing = [date for date in dates if date.status != EventStatus.CANCELLED]
        fields |= {"calendar": attachment(standing), "calendar_name": f"{event.slug}.ics"} if standing else {}
    return post(
        kind,
        registration.email,
        f"{subject}: {event.title}",
        template,
        {
            "registration": registration,
            "event": event,
            "event_url": absolute(event.get_url() or "/"),
            "dates": dates,
            "manage_url": manage_url(registration),
            "has_calendar": "calendar" in fields,
        },
        about=about(registration),
        reply_to=SiteSettings.of_the_site().email,
        **fields,
    )


def _signer():
    return signing.Signer(salt=SALT, sep=".")
