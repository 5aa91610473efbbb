"""The forms of signing in, in Lithuanian and without placeholders; what they check is allauth's."""

from allauth.account.forms import LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.cache import cache

# A code of an authenticator app is valid in its own half minute and the ones beside it (MFA_TOTP_TOLERANCE).
CODE_LIVES = 3 * 30


class InOurWords:
    """Gives fields the labels and help of `words`: {field: (label, help)}."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.error_messages["required"] = f"Užpildykite lauką „{label}“."
            field.widget.attrs.pop("placeholder", None)


class LinkForm(forms.Form):
    """Where to send a link."""

    email = forms.EmailField(
        label="El. pašto adresas",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Įrašykite savo el. pašto adresą."},
    )


class PasswordLoginForm(InOurWords, LoginForm):
    """Signing in by e-mail address or user name, and password."""

    words = {"login": ("El. pašto adresas arba naudotojo vardas", ""), "password": ("Slaptažodis", "")}

    def user_credentials(self):
        """The user's name behind what was typed: an address that exactly one person has stands for them."""
        login = self.cleaned_data["login"]
        users = list(get_user_model().objects.filter(email__iexact=login)[:2]) if "@" in login else []
        name = users[0].get_username() if len(users) == 1 else login
        return {"username": name, "password": self.cleaned_data["password"]}


class PasswordAgainForm(InOurWords, ReauthenticateForm):
    """The password once more, before a change of the account."""

    words = {"password": ("Slaptažodis", "")}


class NewPasswordForm(InOurWords, SetPasswordForm):
    """A new password, twice."""

    words = {
        "password1": (
            "Naujas slaptažodis",
            "Bent 12 ženklų (svetainės tvarkytojams – bent 15). Tiks kelių žodžių sakinys, kurio niekas neatspės.",
        ),
        "password2": ("Naujas slaptažodis dar kartą", ""),
    }

    def clean(self):
        """Both are the same."""
        cleaned = forms.Form.clean(self)
        if cleaned.get("password1") and cleaned.get("password2") not in (None, cleaned["password1"]):
            self.add_error("password2", "Slaptažodžiai nesutampa. Įrašykite tą patį abu kartus.")
        return cleaned


class OnceOnly:
    """A code that has let somebody in lets nobody in again, as long as it would be valid."""

    def clean_code(self):
        """Check the code, then mark it used."""
        code = super().clean_code()
        if not cache.add(f"accounts:code:{self.user.pk}:{code}", True, CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(InOurWords, OnceOnly, AuthenticateForm):
    """The second step of signing in."""

    words = {"code": ("Kodas", "Šeši skaitmenys iš programėlės arba vienas atsarginis kodas.")}


class CodeAgainForm(InOurWords, OnceOnly, ReauthenticateByCodeForm):
    """A code, before a change of the account."""

    words = CodeForm.words


class ConnectAppForm(InOurWords, ActivateTOTPForm):
    """The first code of an authenticator app, as proof that it knows the secret."""

    words = {"code": ("Kodas iš programėlės", "Šeši skaitmenys, kuriuos programėlė rodo dabar.")}


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    """A new passkey and its name."""

    words = {"name": ("Rakto pavadinimas", "Kad atskirtumėte: „Telefonas“, „Darbo kompiuteris“.")}


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):
    """Another name for a passkey."""

    words = AddPasskeyForm.words
