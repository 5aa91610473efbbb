"""Forms that anybody may send: what keeps robots out without asking a person for anything."""

import secrets

from django import forms
from django.core import signing

SALT = "core.forms"
# A person needs longer than this to write; a form left open over lunch still works.
SHORTEST_SECONDS, LONGEST_SECONDS = 3, 24 * 60 * 60


class GuardedForm(forms.Form):
    """
    A form with a field that only robots fill in and a signed note of when it was shown.

    Drawn by `components/form_guard.html`. Where it is valid, `nonce` names this one sheet: the same sheet sent twice
    carries the same.
    """

    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = new_token()
        for field in self.fields.values():
            if field.required:
                field.error_messages["required"] = f"Užpildykite lauką „{field.label}“."

    def clean_website(self):
        """A filled-in trap is a robot."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Šį lauką palikite tuščią.")
        return ""

    def clean(self):
        """Refuse what was sent faster than a person writes, or from a form too old."""
        cleaned = super().clean()
        raw = cleaned.get("token", "")
        try:
            self.nonce = signing.loads(raw, salt=SALT, max_age=LONGEST_SECONDS)
        except signing.BadSignature as error:
            self.data = self.data.copy()
            self.data[self.add_prefix("token")] = new_token()
            raise forms.ValidationError("Forma paseno. Tai, ką įrašėte, išliko – išsiųskite dar kartą.") from error
        try:
            signing.loads(raw, salt=SALT, max_age=SHORTEST_SECONDS)
        except signing.SignatureExpired:
            return cleaned
        raise forms.ValidationError("Forma išsiųsta labai greitai. Palaukite kelias sekundes ir išsiųskite dar kartą.")


def new_token():
    """A signed note of this moment with a name that no other form has."""
    return signing.dumps(secrets.token_hex(16), salt=SALT)
