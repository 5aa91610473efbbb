"""The contact form: what is written is kept first and sent on by the outbox."""

import hashlib

from django import forms
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.throttling import consume
from core.forms import GuardedForm
from core.models import SiteSettings
from outbox.delivery import letter_sent
from outbox.models import LetterKind
from outbox.post import post

ABOUT = "contact:"
TOO_OFTEN = "Per daug laiškų iš eilės. Palaukite kelias minutes ir išsiųskite dar kartą – tai, ką parašėte, išliko."


class ContactForm(GuardedForm):
    """Name, address, text."""

    name = forms.CharField(label="Vardas", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="El. paštas",
        max_length=200,
        help_text="Pvz., vardas@pastas.lt – čia atsakysime.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(label="Laiškas", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


def serve(page, request):
    """Show the form, or take a letter and say thanks under an address of its own, so that reloading sends nothing."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if consume(request, "contact", form.cleaned_data["email"].lower()):
            keep_and_send(form, SiteSettings.for_request(request).email)
            return redirect(page.get_url(request) + "?isiusta=1")
        form.add_error(None, TOO_OFTEN)
    sent = request.GET.get("isiusta") == "1" and not form.is_bound
    context = page.get_context(request) | {"form": form, "sent": sent}
    return TemplateResponse(request, page.get_template(request), context)


def keep_and_send(form, recipient):
    """
    Keep what was written and write the letter to the LAG's address in one transaction. Returns the message or None.

    The same form sent twice is kept once; with another text it is another letter.
    """
    from home.models import ContactMessage

    fields = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    token = hashlib.sha256(f"{form.nonce}{fields['text']}".encode()).hexdigest()
    try:
        with transaction.atomic():
            message = ContactMessage.objects.create(token=token, **fields)
            if recipient:
                subject = f"Laiškas iš svetainės: {message.name}"
                about = f"{ABOUT}{message.pk}"
                context = {"message": message}
                post(LetterKind.CONTACT, recipient, subject, "contact", context, about=about, reply_to=message.email)
    except IntegrityError:
        return None
    return message


@receiver(letter_sent)
def note_sent(sender, letter, **kwargs):
    """Note on the message that it has gone on."""
    from home.models import ContactMessage

    if letter.about.startswith(ABOUT):
        ContactMessage.objects.filter(pk=letter.about.removeprefix(ABOUT)).update(sent_at=letter.sent_at)
