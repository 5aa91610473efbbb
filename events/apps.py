from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, their dates, calendars."""

    name = "events"
    verbose_name = "Renginiai"

    def ready(self):
        """Listen to what is published."""
        from events import defaults, signals  # noqa: F401
