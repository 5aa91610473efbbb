"""Events, their dates and places, who comes, and private calendars."""

from events.models.calendars import CalendarKey
from events.models.dates import EventDate, EventStatus
from events.models.pages import EventIndexPage, EventKind, EventMaterial, EventPage, RegistrationMode
from events.models.places import Venue
from events.models.registrations import (
    ACTIVE,
    HOLDING,
    QuestionKind,
    Registration,
    RegistrationQuestion,
    RegistrationState,
)

__all__ = [
    "ACTIVE",
    "HOLDING",
    "CalendarKey",
    "EventDate",
    "EventIndexPage",
    "EventKind",
    "EventMaterial",
    "EventPage",
    "EventStatus",
    "QuestionKind",
    "Registration",
    "RegistrationMode",
    "RegistrationQuestion",
    "RegistrationState",
    "Venue",
]
