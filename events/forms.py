"""What an editor's form for an event checks beyond its fields."""

from wagtail.admin.forms import WagtailAdminPageForm

NO_DATE = (
    "Renginys neturi nė vienos datos, todėl nepatektų nei į sąrašą, nei į kalendorių. "
    "Pridėkite datą arba kol kas išsaugokite juodraštį."
)


class EventPageForm(WagtailAdminPageForm):
    """A draft may wait for its date; an event that is published (or sent to be) has at least one."""

    def clean(self):
        """Refuse to publish an event without a date."""
        cleaned_data = super().clean()
        dates = self.formsets["dates"]
        if not self.is_deferred_validation and dates.is_valid() and len(dates.forms) == len(dates.deleted_forms):
            self.add_error(None, NO_DATE)
        return cleaned_data
