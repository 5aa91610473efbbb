from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in, and what keeps an account its owner's."""

    name = "accounts"
    verbose_name = "Paskyros"

    def ready(self):
        """Connect what follows from a second factor's being set up."""
        from accounts import signals  # noqa: F401
