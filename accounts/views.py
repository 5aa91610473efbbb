"""Signing in by link, and one's own account; the rest of signing in is allauth's (accounts/urls.py)."""

import time
from functools import wraps
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.password_change import finalize_password_change, finalize_password_set
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, ReauthenticateView
from allauth.decorators import rate_limit
from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts import links
from accounts.adapters import signed_in_lately
from accounts.forms import LinkForm, NewPasswordForm, PasswordLoginForm
from accounts.middleware import has_second_factor, is_staff
from accounts.throttling import consume

# A request for a link is answered after this long, whether or not a letter was written: the time tells nothing.
LINK_ANSWER_SECONDS = 0.3


class SignInView(LoginView):
    """The page with both ways to sign in: a link by e-mail, and a password."""

    def get_context_data(self, **kwargs):
        """Add the form that asks for a link, and whether one was asked for just now."""
        context = super().get_context_data(**kwargs)
        context.setdefault("link_form", LinkForm(auto_id="nuorodai_%s"))
        return context | {"sent": self.request.GET.get("issiusta") == "1" and not context["form"].is_bound}


sign_in = SignInView.as_view()


@never_cache
@require_POST
def request_link(request):
    """Send a link to the address, if it is somebody's; the answer is the same for every address."""
    began = time.monotonic()
    form, status = LinkForm(request.POST, auto_id="nuorodai_%s"), HTTPStatus.OK
    if form.is_valid():
        email, next_url = form.cleaned_data["email"], get_next_redirect_url(request) or ""
        if consume(request, "sign_in_link", key=email.lower()):
            links.send_sign_in_link(email, next_url)
            time.sleep(max(0, began + LINK_ANSWER_SECONDS - time.monotonic()))
            page = reverse("account_reauthenticate" if request.user.is_authenticated else "account_login")
            return redirect(f"{page}?{urlencode({'issiusta': '1', 'next': next_url})}")
        form.add_error("email", get_adapter().validation_error("rate_limited"))
        status = HTTPStatus.TOO_MANY_REQUESTS
    page = SignInView()
    page.setup(request)
    context = page.get_context_data(form=PasswordLoginForm(request=request), link_form=form)
    return render(request, page.template_name, context, status=status)


@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, uid, token):
    """
    A link from a letter: a page whose button signs in.

    Reading the page uses nothing up, since programs that guard mailboxes read links too. The second factor, where there
    is one, is asked for as after a password.
    """
    user = links.use(uid, token) if request.method == "POST" else links.find_holder(uid, token)
    if user and request.method == "POST":
        logout(request)  # whoever was signed in here: the link begins anew
        record_authentication(request, user, method="link")
        response = perform_login(request, Login(user=user, redirect_url=get_next_redirect_url(request)))
    else:
        context = {"is_valid": bool(user), "link_form": LinkForm(auto_id="nuorodai_%s")}
        response = render(request, "accounts/link.html", context, status=HTTPStatus.OK if user else HTTPStatus.GONE)
    # Nobody is told more than the host. "no-referrer" would hide the origin too, without which no form is trusted.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "private, no-store"
    return response


class ProveAgainView(ReauthenticateView):
    """Show again who one is, by the password or by a link, before a change of the account."""

    def get_context_data(self, **kwargs):
        """Say whether a link was asked for just now."""
        return super().get_context_data(**kwargs) | {"sent": self.request.GET.get("issiusta") == "1"}


prove_again = ProveAgainView.as_view()


class AccountView(IndexView):
    """One's own account: the password, second factors, signing out everywhere."""

    def get_context_data(self, **kwargs):
        """Add what the person may and must do."""
        user = self.request.user
        context = super().get_context_data(**kwargs)
        return context | {
            "is_staff": is_staff(user),
            "needs_factor": settings.STAFF_NEED_SECOND_FACTOR and is_staff(user) and not has_second_factor(user),
            "next": get_next_redirect_url(self.request),
        }


account = AccountView.as_view()


def _lately(view):
    """Only for who has shown lately who they are; what was sent is not kept, since it may hold a password."""

    @wraps(view)
    def guarded(request):
        if not signed_in_lately(request):
            return redirect_to_login(reverse("mfa_index"), "account_reauthenticate")
        return view(request)

    return login_required(guarded)


@never_cache
@sensitive_post_parameters()
@rate_limit(action="change_password")
@_lately
def password(request):
    """Set a password, or another one."""
    user = request.user
    finalize = finalize_password_change if user.has_usable_password() else finalize_password_set
    form = NewPasswordForm(data=request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        finalize(request, user)
        return redirect("mfa_index")
    return render(request, "accounts/password.html", {"form": form})


@_lately
@require_POST
def remove_password(request):
    """Give the password up; whoever has no address would be locked out and keeps it."""
    user = request.user
    if user.email and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        get_adapter().add_message(request, messages.SUCCESS, "accounts/password_removed")
        get_adapter().send_notification_mail("accounts/password_removed", user)
    return redirect("mfa_index")


@login_required
@require_POST
def end_sessions(request):
    """Sign out everywhere, here too."""
    request.user.end_sessions()
    logout(request)
    return redirect(f"{reverse('account_login')}?atsijungta=1")
