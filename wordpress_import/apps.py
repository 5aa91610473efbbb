from django.apps import AppConfig


class WordpressImportConfig(AppConfig):
    """The move-in from a WordPress export."""

    name = "wordpress_import"
    verbose_name = "Perkėlimas iš WordPress"
