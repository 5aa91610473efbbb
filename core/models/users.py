"""People who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who can sign in. Empty on purpose: a site cannot change its user model later."""

    class Meta(AbstractUser.Meta):
        verbose_name = "naudotojas"
        verbose_name_plural = "naudotojai"
        permissions = [("read_members_content", "Gali skaityti tai, kas skirta tik nariams")]
