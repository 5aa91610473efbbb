"""The LAG's members: organisations and natural persons."""

from members.models.members import Member, Sector
from members.models.pages import MemberListPage

__all__ = ["Member", "MemberListPage", "Sector"]
