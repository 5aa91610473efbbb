"""
Links by which a person signs in without a password.

A link is bound to all that may change about its person: signing in, a new password or address, "sign out everywhere",
being switched off – each ends every link sent before. So a link works once, and nothing has to be kept of it.
"""

import json
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from core.models import SiteSettings
from core.structured_data import absolute
from outbox.models import LetterKind
from outbox.post import post

SIGN_IN_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=7)


def sign_in_url(user, lifetime, next_url=""):
    """The full address of a link that signs `user` in once within `lifetime`, and leads on to `next_url`."""
    expires = int((timezone.now() + lifetime).timestamp())
    token = _signer(user).sign(int_to_base36(expires))
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return absolute(reverse("account_link", args=[int_to_base36(user.pk), token])) + query


def find_holder(uid, token, users=None):
    """The person whom a link signs in; None where it is wrong, used or too old, or its person may not sign in."""
    try:
        users = get_user_model().objects.all() if users is None else users
        user = users.get(pk=base36_to_int(uid), is_active=True)
        expires = base36_to_int(_signer(user).unsign(token))
    except (ValueError, OverflowError, BadSignature, get_user_model().DoesNotExist):
        return None
    return user if expires > timezone.now().timestamp() else None


@transaction.atomic
def use(uid, token):
    """Use a link up. Returns its person, or None; of two that use it at the same moment one gets None."""
    user = find_holder(uid, token, get_user_model().objects.select_for_update())
    if user:
        user.last_login = timezone.now()
        user.save(update_fields=["last_login"])
    return user


def send_sign_in_link(email, next_url=""):
    """Send a link to everybody active with this address, whatever its case; to nobody where there is none."""
    for user in get_user_model().objects.filter(email__iexact=email, is_active=True):
        post(
            LetterKind.SIGN_IN,
            user.email,
            "Prisijungimo nuoroda",
            "sign_in",
            {"url": sign_in_url(user, SIGN_IN_LASTS, next_url)},
            is_secret=True,
            expires_at=timezone.now() + SIGN_IN_LASTS,
        )


def send_invitation(user, text, next_url=""):
    """Invite `user` to sign in: `text` says who invites and what for, in one or more paragraphs. Returns the Letter."""
    site = SiteSettings.of_the_site()
    return post(
        LetterKind.INVITATION,
        user.email,
        f"Kvietimas prisijungti – {site.short_name}",
        "invitation",
        {
            "text": text,
            "url": sign_in_url(user, INVITATION_LASTS, next_url),
            "sign_in_page": absolute(reverse("account_login")),
        },
        is_secret=True,
        expires_at=timezone.now() + INVITATION_LASTS,
    )


def _signer(user):
    """Signs for this person as they are now: a signature made before a change does not fit after it."""
    last_login = user.last_login and user.last_login.isoformat()
    state = [user.pk, user.email, user.password, user.sessions_ended, user.is_active, last_login]
    return Signer(salt="accounts.links:" + json.dumps(state), sep=".")
