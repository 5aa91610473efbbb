"""The contact form: a letter is kept first and sent on afterwards."""

import logging
import secrets

from django import forms
from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from core.models import SiteSettings

logger = logging.getLogger(__name__)
SALT = "home.contact"
# A person needs longer than this to write; a form left open over lunch still works.
SHORTEST_SECONDS, LONGEST_SECONDS = 3, 24 * 60 * 60


class ContactForm(forms.Form):
    """Name, address, text; a field that only robots fill in; a signed note of when the form was shown."""

    name = forms.CharField(label="Vardas", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="El. paštas",
        max_length=200,
        help_text="Pvz., vardas@pastas.lt – čia atsakysime.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(label="Laiškas", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = signing.dumps(secrets.token_hex(16), salt=SALT)
        for name, field in self.fields.items():
            if name in ("name", "email", "text"):
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
            self._renew_token()
            raise forms.ValidationError("Forma paseno. Jūsų tekstas išliko – išsiųskite dar kartą.") from error
        try:
            signing.loads(raw, salt=SALT, max_age=SHORTEST_SECONDS)
        except signing.SignatureExpired:
            return cleaned
        raise forms.ValidationError("Forma išsiųsta labai greitai. Palaukite kelias sekundes ir išsiųskite dar kartą.")

    def _renew_token(self):
        self.data = self.data.copy()
        self.data[self.add_prefix("token")] = signing.dumps(secrets.token_hex(16), salt=SALT)


def serve(page, request):
    """Show the form, or take a letter and say thanks under an address of its own, so that reloading sends nothing."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_and_send(form, request)
        return redirect(page.get_url(request) + "?isiusta=1")
    sent = request.GET.get("isiusta") == "1" and not form.is_bound
    context = page.get_context(request) | {"form": form, "sent": sent}
    return TemplateResponse(request, page.get_template(request), context)


def keep_and_send(form, request):
    """Keep the letter, then try to send it on; the same form sent twice is kept once. Returns the message or None."""
    from home.models import ContactMessage

    fields = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    try:
        with transaction.atomic():
            message = ContactMessage.objects.create(token=form.nonce, **fields)
    except IntegrityError:
        return None
    send(message, SiteSettings.for_request(request).email)
    return message


def send(message, recipient):
    """Send a kept letter to the LAG's address; a failure leaves it unsent in the admin. Returns whether it went."""
    if not recipient:
        return False
    letter = EmailMessage(
        subject=f"Laiškas iš svetainės: {' '.join(message.name.split())}",
        body=f"{message.text}\n\n{message.name}\n{message.email}",
        to=[recipient],
        reply_to=[message.email],
    )
    try:
        letter.send()
    except OSError:
        # smtplib's errors are OSErrors too: the letter is safe in the admin, the reader has done their part.
        logger.exception("A letter from the contact form could not be sent on; it is kept in the admin")
        return False
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])
    return True
