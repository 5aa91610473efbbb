"""How long a session lasts, and the one door to the admin."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from accounts.kept_forms import give_back, may_be_kept

HOUR = 60 * 60
DAY = 24 * HOUR
# Staff are signed out after a day's work without a touch, and after a week whatever they do; members after a month.
STAFF_IDLE, STAFF_LONGEST, MEMBERS_LONGEST = 8 * HOUR, 7 * DAY, 30 * DAY
SEEN_AT, SEEN_EVERY = "accounts_seen_at", 5 * 60


def is_staff(user):
    """Whether this person may enter the admin (`is_staff` of Django says nothing here)."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


class SessionLimitsMiddleware(MiddlewareMixin):
    """End the sessions that have lasted too long."""

    def process_request(self, request):
        """Sign out whoever's session is over; the page is then answered as to anybody."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return
        now, staff = time.time(), is_staff(request.user)
        records = get_authentication_records(request, request.user)
        since = records[0]["at"] if records else now
        seen = request.session.get(SEEN_AT, now)
        if now - since > (STAFF_LONGEST if staff else MEMBERS_LONGEST) or (staff and now - seen > STAFF_IDLE):
            logout(request)
        elif staff and (SEEN_AT not in request.session or now - seen > SEEN_EVERY):
            request.session[SEEN_AT] = now


class AdminDoorMiddleware(MiddlewareMixin):
    """Let into the admin only who may enter it and has shown a second factor in this session."""

    def process_request(self, request):
        """Send everybody else to sign in, to set a second factor up, to show it, or away."""
        doors = (reverse("wagtailadmin_login"), reverse("wagtailadmin_logout"))
        if not request.path.startswith(reverse("wagtailadmin_home")) or request.path in doors:
            return None
        if not request.user.is_authenticated:
            return self._lead_to(request, "account_login")
        if not is_staff(request.user):
            raise PermissionDenied("Not staff")
        if not settings.STAFF_NEED_SECOND_FACTOR or has_shown_second_factor(request):
            return None
        if not has_second_factor(request.user):
            return self._lead_to(request, "mfa_index")
        methods = get_adapter().get_reauthentication_methods(request.user)
        way = next(method for method in methods if method["id"].startswith("mfa_"))
        return self._lead_to(request, way["url"])

    def _lead_to(self, request, way):
        if may_be_kept(request):
            return give_back(request, f"{resolve_url(way)}?next={reverse('wagtailadmin_home')}")
        # A script of the admin would take the page it is led to for an answer.
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied("Not signed in as the admin asks")
        return redirect_to_login(request.get_full_path(), way)


def has_second_factor(user):
    """Whether a second factor is set up; recovery codes alone are none."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def has_shown_second_factor(request):
    """Whether the second factor, which must still be there, was shown in this session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records) and has_second_factor(request.user)
