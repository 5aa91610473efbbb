"""How public an item was, and so how public its page may be."""

from enum import Enum

from django.utils import timezone


class State(Enum):
    """How public an item is to be. Whatever is not known to have been public is a draft."""

    PUBLIC = "public"
    PASSWORD = "password"  # noqa: S105  a state
    SCHEDULED = "scheduled"
    DRAFT = "draft"
    LEFT = "left"


# What WordPress keeps beside the texts, or its users have thrown away.
LEFT_BEHIND = ("trash", "auto-draft", "inherit")


def state_of(item):
    """The state of an `export.Item` that is no attachment."""
    if item.status in LEFT_BEHIND:
        return State.LEFT
    if item.status == "publish":
        return State.PASSWORD if item.password else State.PUBLIC
    if item.status == "future" and not item.password and item.published and item.published > timezone.now():
        return State.SCHEDULED
    return State.DRAFT
