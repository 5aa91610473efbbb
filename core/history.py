"""What Wagtail's history says of one thing among many that one request changes."""

from uuid import uuid4

from wagtail.log_actions import log


def tell(thing, action, **details):
    """
    Write an entry of its own into the history of `thing`; `details` are those of Wagtail's `log()`.

    All entries of a request share a number, and of those with one number and action the history shows only the last.
    """
    log(thing, action, uuid=uuid4(), **details)
