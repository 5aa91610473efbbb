from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, their dates, calendars."""

    name = "events"
    verbose_name = "Renginiai"
