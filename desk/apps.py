from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's desk: what needs a hand today, reports, roles, the editors' guide."""

    name = "desk"
    verbose_name = "Darbo stalas"
