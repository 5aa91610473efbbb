"""
What delegates propose to change in their member's entry, and what staff make of it.

Only what a member knows best is proposed: contacts, which of them are shown, the organisation's website. Name, sector
and eldership are the LAG's own to say.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.models import SiteSettings
from core.structured_data import absolute
from members.models import Member, MemberProposal, ProposalState
from outbox.models import LetterKind
from outbox.post import post
from partners.models import Organisation

CONTACTS = ("email", "phone", "address")


class EntryChanged(Exception):
    """The register has changed since the one who decides has read it, or the proposal is decided already."""


@dataclass(frozen=True)
class Change:
    """One field of a proposal in words: what it was, what is proposed, what the register says now."""

    label: str
    before: str
    after: str
    now: str

    @property
    def is_overtaken(self):
        """Whether the register has changed meanwhile, to something else than is proposed."""
        return self.now not in (self.before, self.after)


def fields_of(member):
    """The fields of a member's entry that its delegates may propose to change, in their order: {name: model field}."""
    names = [*CONTACTS, *(f"shows_{name}" for name in CONTACTS)]
    if not member.organisation:
        names.insert(0, "shows_name")
    fields = {name: Member._meta.get_field(name) for name in names}
    if member.organisation:
        fields["website"] = Organisation._meta.get_field("website")
    return fields


def entry_of(member):
    """What the register says of these fields now: {name: value}."""
    return {name: getattr(_row_of(member, name), name) for name in fields_of(member)}


def changes_of(proposal):
    """The proposal in words: a list of `Change`, in the order of the entry."""
    now, fields = entry_of(proposal.member), fields_of(proposal.member)
    return [
        Change(
            label=fields[name].verbose_name,
            **{
                when: in_words(values[name])
                for when, values in (("before", proposal.before), ("after", proposal.after), ("now", now))
            },
        )
        for name in fields
        if name in proposal.after
    ]


def in_words(value):
    """A value of the entry as a reader is told it."""
    if isinstance(value, bool):
        return "Taip" if value else "Ne"
    return value or "–"


def seal_of(proposal):
    """A short sign of what the register says of these fields now: who decides sends back the one of what they read."""
    now = {name: value for name, value in entry_of(proposal.member).items() if name in proposal.after}
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def propose(delegate, values):
    """
    Propose an entry: {field: value} of all fields. Returns the MemberProposal; None where nothing differs.

    What this delegate proposed before and nobody has decided is withdrawn.
    """
    member = _locked_member(delegate.member_id)
    waiting = member.proposals.filter(user=delegate.user, state=ProposalState.PENDING)
    before = entry_of(member)
    after = {name: values[name] for name in before if values[name] != before[name]}
    if any(proposal.after == after and after for proposal in waiting):
        return waiting.get()
    waiting.update(state=ProposalState.WITHDRAWN, decided_at=timezone.now())
    if not after:
        return None
    proposal = MemberProposal.objects.create(
        member=member, user=delegate.user, before={name: before[name] for name in after}, after=after
    )
    _tell_staff(proposal)
    return proposal


@transaction.atomic
def approve(proposal, by, seal):
    """
    Write what is proposed into the register, as a version of its history, and tell the proposer.

    `seal` is the `seal_of` what `by` has read. Raises `EntryChanged`; then nothing is written.
    """
    proposal = _locked(proposal)
    if seal != seal_of(proposal):
        raise EntryChanged
    rows = {}
    for name, value in proposal.after.items():
        row = _row_of(proposal.member, name)
        setattr(row, name, value)
        rows[type(row)] = row
    for row in rows.values():
        row.save()
        row.save_revision(user=by, log_action=True)
    _decide(proposal, by, ProposalState.APPROVED)


@transaction.atomic
def decline(proposal, by, answer):
    """Leave the register as it is, and tell the proposer why. Raises `EntryChanged` where it is decided already."""
    proposal = _locked(proposal)
    proposal.answer = answer
    _decide(proposal, by, ProposalState.DECLINED)


def _row_of(member, name):
    """The row that holds a field of the entry: the member or its organisation."""
    return member.organisation if name == "website" else member


def _locked(proposal):
    """The proposal and its member as they are now, locked until the transaction ends, if it still waits."""
    member = _locked_member(proposal.member_id)
    proposal = MemberProposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_pending:
        raise EntryChanged
    proposal.member = member
    return proposal


def _locked_member(pk):
    """The member as it is now, locked until the transaction ends: whoever writes here begins with it."""
    return Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)


def _decide(proposal, by, state):
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save()
    if proposal.user and proposal.user.is_active:
        subject = (
            "Jūsų pasiūlymas patvirtintas" if state == ProposalState.APPROVED else "Jūsų pasiūlymas nepatvirtintas"
        )
        context = {"proposal": proposal, "changes": changes_of(proposal), "url": absolute(reverse("member_entry"))}
        post(LetterKind.PROPOSAL, proposal.user.email, subject, "proposal_decided", context)


def _tell_staff(proposal):
    if email := SiteSettings.of_the_site().email:
        address = absolute(reverse("member_proposals:edit", args=[proposal.pk]))
        context = {"proposal": proposal, "changes": changes_of(proposal), "url": address}
        post(LetterKind.PROPOSAL, email, f"Siūlo pakeisti duomenis: {proposal.member}", "proposal_received", context)
