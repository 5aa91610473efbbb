from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters that the site sends."""

    name = "outbox"
    verbose_name = "Siunčiami laiškai"
