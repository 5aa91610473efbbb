"""The staff's screens for delegates and their proposals."""

from wagtail.permission_policies import ModelPermissionPolicy


class KeptPolicy(ModelPermissionPolicy):
    """Rows that nobody deletes, since they tell who could see what and who changed what."""

    def user_has_permission(self, user, action):
        """Everything but deleting."""
        return action != "delete" and super().user_has_permission(user, action)
