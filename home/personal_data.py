"""Everything that the site holds about one person, by e-mail address: to hand it over, and to erase it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils import timezone

from core.models import User
from events import privacy
from events.models import Registration
from home.models import ContactMessage
from members.models import Delegate, Member, MemberProposal
from outbox.models import Letter, LetterKind


@dataclass
class Holdings:
    """The rows about one address, each a list. `staff` are users whom erasing leaves, since they keep the site."""

    email: str
    registrations: list
    letters: list
    messages: list
    users: list
    staff: list
    members: list

    @property
    def is_empty(self):
        """Whether nothing is held."""
        return not any((self.registrations, self.letters, self.messages, self.users, self.staff, self.members))


def held_about(email):
    """What is held about an address, whatever its case: a `Holdings`."""
    email = email.strip()
    people = list(User.objects.filter(email__iexact=email))
    staff = [user for user in people if user.has_perm("wagtailadmin.access_admin")]
    registrations = Registration.objects.filter(Q(email_key=email.lower()) | Q(user__in=people), erased_at=None)
    written_by = Q(kind=LetterKind.CONTACT, reply_to__iexact=email)
    return Holdings(
        email=email,
        registrations=list(registrations.select_related("event", "date")),
        letters=list(Letter.objects.filter(Q(to__iexact=email) | written_by)),
        messages=list(ContactMessage.everything.filter(email__iexact=email)),
        users=[user for user in people if user not in staff],
        staff=staff,
        members=list(Member.everything.filter(email__iexact=email).select_related("organisation")),
    )


def as_json(held):
    """The same as a dict that JSON takes (with DjangoJSONEncoder), under Lithuanian names: it is read by the person."""
    return {
        "el_pastas": held.email,
        "parengta": timezone.now(),
        "registracijos": [
            {
                "renginys": row.event.title,
                "data": row.date and row.date.when_text,
                "vardas": row.name,
                "organizacija": row.organisation,
                "el_pastas": row.email,
                "telefonas": row.phone,
                "zmoniu": row.people,
                "pastaba": row.note,
                "atsakymai": [{"klausimas": one["question"], "atsakymas": one["answer"]} for one in row.answers],
                "bukle": row.get_state_display(),
                "uzsiregistravo": row.created_at,
                "priminti": row.wants_reminder,
            }
            for row in held.registrations
        ],
        "siusti_laiskai": [
            {
                "kam": row.to,
                "tema": row.subject,
                "rusis": row.get_kind_display(),
                "parasytas": row.created_at,
                "issiustas": row.sent_at,
                # The key to an account is nobody's data but its owner's, who has it in the mailbox.
                "tekstas": "" if row.is_secret else row.text,
            }
            for row in held.letters
        ],
        "laiskai_is_svetaines": [
            {"vardas": row.name, "el_pastas": row.email, "tekstas": row.text, "gautas": row.received_at}
            for row in held.messages
        ],
        "paskyros": [_account(user) for user in (*held.users, *held.staff)],
        "nariu_registras": [model_to_dict(row, exclude=["id", "person_folded"]) for row in held.members],
    }


def _account(user):
    delegate = Delegate.objects.filter(user=user).first()
    return {
        "naudotojas": user.username,
        "vardas": user.first_name,
        "pavarde": user.last_name,
        "el_pastas": user.email,
        "sukurta": user.date_joined,
        "paskutinis_prisijungimas": user.last_login,
        "grupes": list(user.groups.values_list("name", flat=True)),
        "atstovauja": delegate and str(delegate.member),
        "pakviestas": delegate and delegate.invited_at,
        "turi_savo_kalendoriu": hasattr(user, "calendar_key"),
        "siulyti_pakeitimai": list(MemberProposal.objects.filter(user=user).values("before", "after", "created_at")),
    }


@transaction.atomic
def erase(held):
    """
    Erase what is held, but for the register of members, which the law asks for, and the accounts of staff.

    Registrations keep their counts (`events.privacy`); a place still held goes to who waits.
    """
    for registration in held.registrations:
        privacy.erase(registration)
    for row in (*held.letters, *held.users):
        row.delete()
    for message in held.messages:
        message.purge()
