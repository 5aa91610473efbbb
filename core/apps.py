from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares."""

    name = "core"
    verbose_name = "Bendri dalykai"

    def ready(self):
        """Take part in the system checks."""
        from core import checks  # noqa: F401
