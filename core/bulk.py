"""What can be done with many rows of a register at once."""

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from core.history import keep_first_state, keep_version, tell
from lithuanian.plurals import counted


def list_of(action):
    """The list view of the register that an action is about, for the action's request."""
    view = action.model.snippet_viewset.index_view
    lister = view.view_class(**view.view_initkwargs)
    lister.setup(action.request)
    return lister


def all_in_listing(action, parent_id=None):
    """
    The keys of all rows that the list shows, as it is searched and filtered.

    Wagtail takes "all in the listing" of a register for all there are, though the list may have been narrowed: what is
    deleted then is more than what was looked at. So this takes the place of Wagtail's own, for every action.
    """
    return list_of(action).get_queryset().values_list("pk", flat=True)


class RegisterBulkAction(SnippetBulkAction):
    """An action on the chosen rows of some registers, `models`."""

    template_name = "core/admin/bulk_change.html"
    permission = "change"

    @cached_property
    def is_allowed(self):
        """Whether this user may: the same for every row."""
        policy = self.model.snippet_viewset.permission_policy
        return policy.user_has_permission(self.request.user, self.permission)

    def check_perm(self, obj):
        """Asked for each row."""
        return self.is_allowed

    def get_context_data(self, **kwargs):
        """Say what is about to be done."""
        return super().get_context_data(**kwargs) | {"title": self.display_name}


class ChangeAction(RegisterBulkAction):
    """Give one field of the chosen rows one value, each with its version and an entry in its history."""

    field_name = None

    def get_form_class(self):
        """A form of this one field, as the register's own form has it."""
        field = self.model._meta.get_field(self.field_name).formfield()
        field.required = True  # nothing is emptied by the dozen
        if isinstance(field, forms.DateField):
            field.widget = AdminDateInput()
        return type("ChangeForm", (forms.Form,), {self.field_name: field})

    def get_execution_context(self):
        """Who does it, and what is to be written."""
        value = self.cleaned_form.cleaned_data[self.field_name]
        return {"user": self.request.user, "name": self.field_name, "value": value}

    @classmethod
    def execute_action(cls, objects, user=None, name="", value=None, **kwargs):
        """Write those that differ."""
        changed = [row for row in objects if getattr(row, name) != value]
        for row in changed:
            keep_first_state(row)
            setattr(row, name, value)
            row.save()
            tell(row, "wagtail.edit", user=user, revision=keep_version(row, user), content_changed=True)
        return len(changed), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        """How many were changed."""
        return f"Pakeista: {counted(num_parent_objects, 'įrašas', 'įrašai', 'įrašų')}."


class ExportAction(RegisterBulkAction):
    """The chosen rows as a spreadsheet."""

    display_name = "Eksportuoti"
    aria_label = "Eksportuoti pažymėtus"
    action_type = "export"
    action_priority = 20
    permission = "view"

    @cached_property
    def is_allowed(self):
        """Whoever sees the list."""
        policy = self.model.snippet_viewset.permission_policy
        return policy.user_has_any_permission(self.request.user, {"add", "change", "delete", "view"})

    def get(self, request, *args, **kwargs):
        """The file at once: there is nothing to ask."""
        objects, _ = self.get_actionable_objects()
        lister = list_of(self)
        rows = lister.get_queryset().filter(pk__in=[row.pk for row in objects])
        return lister.as_spreadsheet(rows, "xlsx")

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Nothing changes."""
        return 0, 0
