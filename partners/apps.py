from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Organisations, agreements with them, memberships in networks."""

    name = "partners"
    verbose_name = "Bendradarbiavimas"
