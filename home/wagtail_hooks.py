"""Letters from the contact form in the admin: to read and to delete."""

from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet

from core.viewsets import PlainRegisterViewSet
from home.models import ContactMessage


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody writes letters in the name of visitors."""

    def user_has_permission(self, user, action):
        """Everything but adding."""
        return action != "add" and super().user_has_permission(user, action)


class ContactMessageViewSet(PlainRegisterViewSet):
    """Letters, newest first; those that could not be sent on have no sending time."""

    model = ContactMessage
    icon = "mail"
    menu_label = "Laiškai"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "email", "received_at", "sent_at"]
    list_filter = ["sent_at"]
    permission_policy = ReadOnlyPolicy(ContactMessage)
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("text", read_only=True),
    ]


register_snippet(ContactMessageViewSet)
