"""Rows of registers in the admin's forms: saved when somebody says so, never over what somebody else has saved."""

from wagtail.snippets.views.snippets import CreateView, EditView

from core.history import keep_first_state

CHANGED_MEANWHILE = (
    "Neišsaugota: kol taisėte, šį įrašą išsaugojo kitas žmogus. Tai, ką įrašėte, tebėra formoje. Pasižiūrėkite "
    "istorijoje, kas pakeista; jei paspausite „Išsaugoti“ dar kartą, liks jūsų variantas, o anas – istorijoje."
)


class SavedOnPurpose:
    """
    Without autosave: such a row has no drafts, so every half-typed word would show to readers at once.

    Wagtail saves any form of a model with history by itself.
    """

    def setup(self, request, *args, **kwargs):
        """Switch it off for this form."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class RowCreateView(SavedOnPurpose, CreateView):
    """A new row."""


class RowEditView(SavedOnPurpose, EditView):
    """
    A row that is there.

    Its state before the first change is kept as a revision too, so that it can be brought back and compared, and so
    that a form always knows what it was opened with.
    """

    def setup(self, request, *args, **kwargs):
        """Keep what stands there now, where nothing was kept yet."""
        super().setup(request, *args, **kwargs)
        keep_first_state(self.live_object)

    def is_valid(self, form):
        """Refuse, once, to save over what somebody else has saved meanwhile; the form keeps what was typed."""
        if not self.expects_json_response and self.is_out_of_date:
            form.is_valid()
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = CHANGED_MEANWHILE
            return False
        return super().is_valid(form)
