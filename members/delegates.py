"""Delegates of members: inviting them, finding whom somebody acts for, ending it."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from accounts.links import send_invitation
from core.models import SiteSettings
from members.models import Delegate, DelegateState, Member


class AddressTaken(Exception):
    """Somebody signs in by this address already; the text says who and what to do."""


def delegate_of(user):
    """The Delegate that a user is, revoked or not, with its member; None for others. Read once for a user object."""
    if not hasattr(user, "_delegate"):
        delegates = Delegate.objects.select_related("member__organisation")
        user._delegate = delegates.filter(user=user.pk).first()
        if user._delegate:
            user._delegate.user = user
    return user._delegate


def without_delegates():
    """The members that could be invited at their own address: not left, nobody acts or has acted for them."""
    return (
        Member.objects.exclude(Member.withheld_from(None))
        .filter(delegates=None)
        .exclude(email="")
        .select_related("organisation")
        .by_name()
    )


def check_address(email, member):
    """Raise `AddressTaken` where somebody signs in by this address, in whatever case it is written."""
    users = get_user_model().objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
    if not (user := users.select_related("delegate__member__organisation").first()):
        return
    delegate = getattr(user, "delegate", None)
    if delegate is None:
        raise AddressTaken(f"Šiuo adresu jau prisijungia svetainės tvarkytojas {user}. Įrašykite kitą adresą.")
    if delegate.member != member:
        raise AddressTaken(
            f"Šiuo adresu jau prisijungia nario „{delegate.member}“ atstovas. Žmogus gali atstovauti tik vienam nariui."
        )
    if delegate.state == DelegateState.REVOKED:
        raise AddressTaken("Šis žmogus jau buvo šio nario atstovas. Grąžinkite jam teises atstovų sąraše.")
    raise AddressTaken("Šis žmogus jau pakviestas. Jei laiško negavo, pakartokite kvietimą atstovų sąraše.")


def invite(member, email, by, given_name="", surname=""):
    """
    Let somebody act for a member: the user and the letter with the first link. Returns the Delegate.

    `by` is the member of staff who invites. Raises `AddressTaken`.
    """
    email = email.strip().lower()
    check_address(email, member)
    try:
        with transaction.atomic():
            names = {"first_name": given_name, "last_name": surname}
            user = get_user_model().objects.create_user(email[:150], email, **names)
            delegate = Delegate.objects.create(user=user, member=member, invited_by=by)
            _write(delegate)
            log(instance=delegate, action="members.invite", user=by)
    except IntegrityError:
        # Somebody else was quicker by a moment: what they made says the rest.
        check_address(email, member)
        raise
    return delegate


@transaction.atomic
def invite_again(delegate, by):
    """Send the invitation once more to somebody who has not signed in yet. Returns whether it was sent."""
    if delegate.state != DelegateState.INVITED:
        return False
    _write(delegate)
    log(instance=delegate, action="members.invite_again", user=by)
    return True


@transaction.atomic
def revoke(delegate, by):
    """
    End it at once: sessions, links and the private calendar stop working. Twice is once: returns whether it changed.

    Who is staff as well goes on signing in as that.
    """
    delegate = Delegate.objects.select_for_update().select_related("user").get(pk=delegate.pk)
    if delegate.revoked_at:
        return False
    delegate.revoked_at = timezone.now()
    delegate.save()
    if not delegate.user.has_perm("wagtailadmin.access_admin"):
        delegate.user.is_active = False
        delegate.user.save(update_fields=["is_active"])
    delegate.user.end_sessions()
    log(instance=delegate, action="members.revoke", user=by)
    return True


@transaction.atomic
def restore(delegate, by):
    """Let a revoked delegate sign in again, by a link or password as before. Returns whether it changed."""
    delegate = Delegate.objects.select_for_update().select_related("user").get(pk=delegate.pk)
    if delegate.state != DelegateState.REVOKED:
        return False
    delegate.revoked_at, delegate.user.is_active = None, True
    delegate.user.save(update_fields=["is_active"])
    delegate.save()
    log(instance=delegate, action="members.restore", user=by)
    return True


def _write(delegate):
    site = SiteSettings.of_the_site()
    send_invitation(
        delegate.user,
        f"{site.name} kviečia jus svetainėje atstovauti nariui „{delegate.member}“.\n\n"
        "Prisijungę matysite, kas skirta tik nariams: renginius ir jų medžiagą. Galėsite registruotis, prenumeruoti "
        "narių kalendorių ir siūlyti, ką pataisyti nario duomenyse.",
    )
