"""The LAG's members, and the people who act for them."""

from members.models.delegates import Delegate, DelegateState, MemberProposal, ProposalState
from members.models.members import Member, Sector
from members.models.pages import MemberListPage

__all__ = ["Delegate", "DelegateState", "Member", "MemberListPage", "MemberProposal", "ProposalState", "Sector"]
