"""
Writing letters. `post()` is the one way by which the site sends an e-mail.

A letter is written in the transaction of what it tells of: either both stand or neither. After the commit it is handed
to a sender outside the request (`outbox.delivery`); what is not sent then, `manage.py send_letters` sends later.
"""

import re

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from core.models import SiteSettings
from outbox import delivery
from outbox.layout import parts
from outbox.models import Letter


def post(kind, to, subject, template, context, *, key=None, **fields):
    """
    Write a letter from `templates/letters/<template>.txt` and send it after the commit.

    `kind` is a `LetterKind`; `subject` one line; `context` what the template needs. The template is plain text, its
    paragraphs parted by empty lines, a link („Ką ji daro: https://…“) as the last line of one: the HTML version is made
    from it (`outbox.layout`). `fields` are further fields of `Letter` (about, reply_to, calendar, calendar_name,
    expires_at, is_secret). Returns the Letter, or None where one with this `key` has been written before.
    """
    if key and Letter.objects.filter(key=key).exists():
        return None
    site = SiteSettings.of_the_site()
    subject = " ".join(subject.split())[:250]
    text = render_to_string(f"letters/{template}.txt", {**context, "site": site})
    text = re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"  # what a template leaves out leaves lines behind
    html = render_to_string("outbox/letter.html", {"subject": subject, "parts": parts(text), "site": site})
    try:
        with transaction.atomic():
            letter = Letter.objects.create(kind=kind, to=to, subject=subject, text=text, html=html, key=key, **fields)
    except IntegrityError:
        if key and Letter.objects.filter(key=key).exists():  # another process was quicker
            return None
        raise
    transaction.on_commit(lambda: delivery.hand_over(letter.pk))
    return letter
