"""What delegates may do by being delegates."""

from django.contrib.auth.backends import BaseBackend

from members.delegates import delegate_of


class DelegateBackend(BaseBackend):
    """Lets delegates read what is for members, and nothing else; asked at each request, so that it ends at once."""

    def get_user_permissions(self, user_obj, obj=None):
        """The one permission, where the person acts for a member."""
        may = obj is None and user_obj.is_active and (delegate := delegate_of(user_obj))
        return {"core.read_members_content"} if may and delegate.reads_members_content else set()

    def has_perm(self, user_obj, perm, obj=None):
        """As above; about other permissions the database is not asked."""
        return perm == "core.read_members_content" and super().has_perm(user_obj, perm, obj)
