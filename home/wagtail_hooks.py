"""Letters from the contact form in the admin, personal data on request, what the rooms below are told of delegates."""

from django.urls import path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView

from core.viewsets import PlainRegisterViewSet
from home.admin_views import personal_data
from home.models import ContactMessage
from members.delegates import delegate_of


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody writes letters in the name of visitors."""

    def user_has_permission(self, user, action):
        """Everything but adding."""
        return action != "add" and super().user_has_permission(user, action)


class ContactMessageView(EditView):
    """One letter; there is nothing to edit."""

    def get(self, request, *args, **kwargs):
        """Show it: now it is read."""
        ContactMessage.objects.filter(pk=self.object.pk, read_at=None).update(read_at=timezone.now())
        return super().get(request, *args, **kwargs)


class ContactMessageViewSet(PlainRegisterViewSet):
    """Letters, newest first; those that could not be sent on have no sending time."""

    model = ContactMessage
    icon = "mail"
    menu_label = "Laiškai"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "email", "received_at", "sent_at"]
    list_filter = ["sent_at"]
    edit_view_class = ContactMessageView
    permission_policy = ReadOnlyPolicy(ContactMessage)
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("text", read_only=True),
    ]


register_snippet(ContactMessageViewSet)


class PersonalDataMenuItem(MenuItem):
    """Shown to whom the screen answers."""

    def is_shown(self, request):
        """Whoever may delete accounts."""
        return request.user.has_perm("core.delete_user")


@hooks.register("register_admin_urls")
def admin_urls():
    """The screen of personal data."""
    return [path("asmens-duomenys/", personal_data, name="personal_data")]


@hooks.register("register_settings_menu_item")
def personal_data_menu_item():
    """The way to it: among the settings, since it is seldom needed."""
    return PersonalDataMenuItem("Asmens duomenys", reverse("personal_data"), icon_name="user", order=900)


@hooks.register("known_of_user")
def organisation_of(user):
    """For the registration form (events.views): whom a delegate acts for."""
    delegate = delegate_of(user)
    organisation = delegate and delegate.member.organisation
    return {"organisation": organisation.name} if organisation else {}
