"""Where allauth asks the house: words in Lithuanian, letters by the outbox, no sign-up, what proves who one is."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from qrcode import QRCode

from core.models import SiteSettings
from core.structured_data import absolute
from outbox.models import LetterKind
from outbox.post import post

# What allauth tells of, by its own names; what is not here is not told (that somebody has signed in shows by itself).
MESSAGES = {
    "account/messages/password_changed.txt": "Slaptažodis pakeistas.",
    "account/messages/password_set.txt": "Slaptažodis nustatytas.",
    "accounts/password_removed": "Slaptažodžio nebėra: prisijungsite nuoroda, kurią gausite el. paštu.",
    "mfa/messages/totp_activated.txt": "Autentifikavimo programėlė susieta.",
    "mfa/messages/totp_deactivated.txt": "Autentifikavimo programėlė atsieta.",
    "mfa/messages/webauthn_added.txt": "Prieigos raktas pridėtas.",
    "mfa/messages/webauthn_removed.txt": "Prieigos raktas pašalintas.",
    "mfa/messages/recovery_codes_generated.txt": "Atsarginiai kodai sukurti. Išsaugokite juos saugioje vietoje.",
}
# What the owner of an account is written about, whoever did it.
LETTERS = {
    "account/email/password_changed": "pakeistas slaptažodis",
    "account/email/password_set": "nustatytas slaptažodis",
    "accounts/password_removed": "pašalintas slaptažodis",
    "mfa/email/totp_activated": "susieta autentifikavimo programėlė",
    "mfa/email/totp_deactivated": "atsieta autentifikavimo programėlė",
    "mfa/email/webauthn_added": "pridėtas prieigos raktas",
    "mfa/email/webauthn_removed": "pašalintas prieigos raktas",
    "mfa/email/recovery_codes_generated": "sukurti nauji atsarginiai kodai",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a password, a link and a second factor; nothing else of what allauth can do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "El. pašto adresas (ar naudotojo vardas) ir slaptažodis nesutampa.",
        "incorrect_password": "Slaptažodis neteisingas.",
        "too_many_login_attempts": "Per daug nesėkmingų bandymų. Pabandykite po dešimties minučių.",
        "rate_limited": "Per daug bandymų. Pabandykite po dešimties minučių.",
    }

    def is_open_for_signup(self, request):
        """Nobody makes an account: staff invite."""
        return False

    def get_login_stages(self):
        """After the password or the link only the second factor is asked for."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def authenticate(self, request, **credentials):
        """The person with this password; nobody where the account is switched off, as where there is none."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def respond_user_inactive(self, request, user):
        """Switched off while signing in: from the beginning."""
        return redirect("account_login")

    def get_login_redirect_url(self, request):
        """Staff go to the admin, members to their own page."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app, **kwargs):
        """
        Whether the person has to show again who they are, before anything about the account's keys is changed.

        Any way of signing in is proof for a quarter of an hour, the link too: it is how a forgotten password is
        replaced. Who has neither password nor second factor is asked as well, which allauth would not do.
        """
        if not signed_in_lately(self.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user):
        """The ways to show it: the page with password and link is always there."""
        if not user.is_authenticated:
            return []
        methods = super().get_reauthentication_methods(user)
        names = {
            "reauthenticate": "Slaptažodžiu arba nuoroda",
            "mfa_reauthenticate": "Programėlės arba atsarginiu kodu",
            "mfa_reauthenticate:webauthn": "Prieigos raktu",
        }
        if not any(method["id"] == "reauthenticate" for method in methods):
            methods.append({"id": "reauthenticate", "url": reverse("account_reauthenticate")})
        return [{**method, "description": names[method["id"]]} for method in methods]

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Tell in our words."""
        text = message or MESSAGES.get(message_template)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix, email, context):
        """Write to the owner of an account that its keys have changed."""
        post_about_keys(email, LETTERS[template_prefix], timezone.now(), context["ip"])


class MFAAdapter(DefaultMFAAdapter):
    """Second factors under the LAG's own name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Kodas neteisingas arba jau panaudotas. Palaukite, kol programėlė parodys naują.",
    }

    def _get_site_name(self):
        return SiteSettings.of_the_site().short_name

    def build_totp_svg(self, url):
        """The QR code as one path, coloured by the style sheet: no picture, no inline style."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        size = len(rows)
        return format_html(
            '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="QR kodas programėlei">'
            '<path class="qr__ground" d="M0 0h{}v{}H0z"/><path class="qr__code" d="{}"/></svg>',
            *[size] * 4,
            path,
        )

    def generate_authenticator_name(self, user, type):
        """A name for a new passkey: numbered, the person may change it."""
        return f"Raktas {Authenticator.objects.filter(user=user, type=type).count() + 1}"


def signed_in_lately(request):
    """Whether the person behind `request` has shown who they are within `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def post_about_keys(email, what, at, ip=""):
    """Write to the owner of an account `what` has changed and from which address on the net, if from any."""
    context = {"what": what, "at": at, "ip": ip, "sign_in_page": absolute(reverse("account_login"))}
    post(LetterKind.SECURITY, email, f"Jūsų paskyroje {what}", "security", context)
