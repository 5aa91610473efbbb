from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search across the site."""

    name = "search"
    verbose_name = "Paieška"

    def ready(self):
        """Entries follow what they are of."""
        from search import following  # noqa: F401
