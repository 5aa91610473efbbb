"""The editor's form of every page: a draft always saves, what is published has been checked."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Q
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from core.content_checks import findings
from core.fields import EDTFField

NO_TITLE = "Įrašykite pavadinimą. Tinka ir laikinas: be jo juodraščio neturėtume kaip įrašyti."


# On a slow server too, saving by itself takes less; nobody writes a second page of the same name in that time.
SAVED_AT_ONCE = timedelta(seconds=20)


class PageForm(WagtailAdminPageForm):
    """
    Publishing, and sending for approval, waits for what `core.content_checks` says it must; a draft waits for nothing.

    A draft keeps even a date that is none (EDTF is text); it is told of beside the draft, and stops publishing.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].error_messages["required"] = NO_TITLE
        if "slug" in self.fields:
            self.fields["slug"].required = False  # it is made from the title
        self._usual_numbers = {
            field.name: field.get_default()
            for field in self.instance._meta.fields
            if isinstance(field, IntegerField) and field.has_default() and field.name in self.fields
        }
        for name in self._usual_numbers:
            self.fields[name].required = False
        self._was_checked = False
        self._saved_before = None

    def clean(self):
        """A number that was emptied is what it usually is; an address that this form itself has taken is free."""
        cleaned_data = super().clean()
        if self.instance._state.adding and "slug" in self.errors:
            self._saved_before = self._saved_a_moment_ago(self.data.get("slug"))
            if self._saved_before:
                del self._errors["slug"]
                cleaned_data["slug"] = self._saved_before.slug
        for name, usual in self._usual_numbers.items():
            if cleaned_data.get(name) is None and name not in self.errors:
                cleaned_data[name] = usual
        return cleaned_data

    def _get_validation_exclusions(self):
        exclude = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            exclude |= {field.name for field in self.instance._meta.fields if isinstance(field, EDTFField)}
        return exclude

    def is_valid(self):
        """Whether it may be saved; what is to be published is checked as it would be stored, with all its rows."""
        valid = super().is_valid()
        if valid and not self.is_deferred_validation and not self._was_checked:
            self._was_checked = True
            self.save(commit=False)
            for finding in findings(self.instance):
                if finding.stops:
                    beside = finding.field if finding.field in self.fields else None
                    self.add_error(beside, ValidationError(finding.message, code=finding.code))
        valid = super().is_valid() if valid else False
        if valid and self._saved_before:
            self._saved_before.delete()
            self._saved_before = None
            self.parent_page.refresh_from_db(fields=["numchild"])
        return valid

    def _saved_a_moment_ago(self, slug):
        """
        The draft of this very form that was saved by itself while „Paskelbti“ was pressed; None where there is none.

        The form does not know of it yet, so it asks for a second page at the same address. The draft holds what the
        form does, or less: it goes into the trash. Its first revision may be about to be written yet.
        """
        just_written = Q(
            latest_revision__user=self.for_user, latest_revision_created_at__gte=timezone.now() - SAVED_AT_ONCE
        )
        return (
            type(self.instance)
            .objects.child_of(self.parent_page)
            .filter(
                Q(latest_revision=None) | just_written,
                slug=slug,
                draft_title=self.cleaned_data.get("title"),
                owner=self.for_user,
                live=False,
                first_published_at=None,
            )
            .first()
        )
