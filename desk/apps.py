from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class DeskConfig(AppConfig):
    """The staff's desk: what needs a hand today, reports, roles, the editors' guide."""

    name = "desk"
    default = True
    verbose_name = "Darbo stalas"

    def ready(self):
        """Letters about approval are ours; before Wagtail's app is ready, which would connect its own."""
        from desk.approval import take_over

        take_over()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of users and groups with our screens."""

    user_viewset = "desk.people.PeopleViewSet"
