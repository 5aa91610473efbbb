from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The LAG's members."""

    name = "members"
    verbose_name = "Nariai"
