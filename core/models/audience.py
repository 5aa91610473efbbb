"""For whom something is."""

from django.db import models


class Audience(models.TextChoices):
    """For whom a page or a document is."""

    PUBLIC = "public", "Visiems"
    MEMBERS = "members", "Tik nariams"
