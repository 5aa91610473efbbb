"""Private calendars: an address for each person who may see more than a visitor."""

import secrets

from django.conf import settings
from django.db import models


def new_token():
    """A name that nobody guesses: 32 random octets, for an address."""
    return secrets.token_urlsafe(32)


class CalendarKey(models.Model):
    """
    The key of somebody's own calendar address: it shows what this person may see, without signing in.

    Whoever has the address reads the calendar; a new token makes the old address worthless at once.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="naudotojas", on_delete=models.CASCADE, related_name="calendar_key"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "asmeninio kalendoriaus raktas"
        verbose_name_plural = "asmeninių kalendorių raktai"

    def __str__(self):
        return f"{self.user}"

    def renew(self):
        """Make the old address worthless."""
        self.token = new_token()
        self.save()
