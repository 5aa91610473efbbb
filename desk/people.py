"""
The people of the staff in the admin. An administrator looks after accounts; a superuser, who may do everything, is
made and changed by superusers alone, so that nobody raises themselves.
"""

from django.core.exceptions import PermissionDenied
from wagtail.users.views import users


def may_change(user, person):
    """Whether `user`, who looks after accounts, may touch this one."""
    return user.is_superuser or not person.is_superuser


class PeopleIndexView(users.IndexView):
    """All accounts; those that one may not change lead nowhere."""

    def get_edit_url(self, instance):
        """The way to the account."""
        return super().get_edit_url(instance) if may_change(self.request.user, instance) else None


class GuardedForm:
    """The form of an account, in which only a superuser makes a superuser."""

    def get_form(self, *args, **kwargs):
        """Without the mark, or with one that stays as it is."""
        form = super().get_form(*args, **kwargs)
        if mark := form.fields.get("is_superuser"):
            mark.label = "Serverio prižiūrėtojas"
            mark.help_text = "Gali viską, taip pat keisti grupes. Pažymi tik kitas serverio prižiūrėtojas."
            mark.disabled = not self.request.user.is_superuser
        return form


class AddPersonView(GuardedForm, users.CreateView):
    """A new account."""


class EditPersonView(GuardedForm, users.EditView):
    """An account."""

    def setup(self, request, *args, **kwargs):
        """Refuse a superuser's to everybody else: who sets a password is that person."""
        super().setup(request, *args, **kwargs)
        if not may_change(request.user, self.object):
            raise PermissionDenied("A superuser's account")


class PeopleViewSet(users.UserViewSet):
    """Accounts."""

    index_view_class = PeopleIndexView
    add_view_class = AddPersonView
    edit_view_class = EditPersonView
    copy_view_enabled = False  # a copy of a superuser would be one
