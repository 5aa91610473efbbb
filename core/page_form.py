"""The editor's form of every page: a draft always saves, what is published has been checked."""

from django.core.exceptions import ValidationError
from django.db.models import IntegerField
from wagtail.admin.forms import WagtailAdminPageForm

from core.content_checks import findings
from core.fields import EDTFField

NO_TITLE = "Įrašykite pavadinimą. Tinka ir laikinas: be jo juodraščio neturėtume kaip įrašyti."


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

    def clean(self):
        """A number that was emptied is what it usually is."""
        cleaned_data = super().clean()
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
        return super().is_valid() if valid else False
