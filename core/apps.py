from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares."""

    name = "core"
    verbose_name = "Bendri dalykai"
