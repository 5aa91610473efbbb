"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractUser):
    """
    Somebody who can sign in. `sessions_ended` counts how often all sessions and links of this person were ended: each
    of them carries the number it was made under.
    """

    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "naudotojas"
        verbose_name_plural = "naudotojai"
        permissions = [("read_members_content", "Gali skaityti tai, kas skirta tik nariams")]

    def _get_session_auth_hash(self, secret=None):
        """Django's hash of the password, bound to the number of times that everything was signed out."""
        return salted_hmac(
            "core.User.sessions", f"{self.password}:{self.sessions_ended}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def end_sessions(self):
        """Sign this person out everywhere; links sent before stop working too."""
        self.sessions_ended = models.F("sessions_ended") + 1
        self.save(update_fields=["sessions_ended"])
        self.refresh_from_db(fields=["sessions_ended"])
