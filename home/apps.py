from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What looks across all the others: home, standard and contact pages, sitemap, health."""

    name = "home"
    verbose_name = "Svetainė"
