from django.apps import AppConfig


class NewsConfig(AppConfig):
    """News items and their topics."""

    name = "news"
    verbose_name = "Naujienos"
