from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class DeskConfig(AppConfig):
    """The staff's desk: what needs a hand today, reports, roles, the editors' guide."""

    name = "desk"
    default = True
    verbose_name = "Darbo stalas"

    def ready(self):
        """
        Letters about approval are ours: before Wagtail's app is ready, which would connect its own. Permissions are
        named in Lithuanian as soon as they are made.
        """
        from django.apps import apps
        from django.db.models.signals import post_migrate

        from desk import signals  # noqa: F401  what is published is looked at
        from desk.approval import take_over
        from desk.labels import name_permissions

        take_over()
        # With the last app that has models: then all the others have their permissions.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(name_permissions, sender=last)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of users and groups with our screens."""

    user_viewset = "desk.people.PeopleViewSet"
