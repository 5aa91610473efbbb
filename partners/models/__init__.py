"""Organisations, the agreements with them, the networks that the LAG is a member of."""

from partners.models.agreements import (
    AgreementAmendment,
    AgreementKind,
    AgreementParty,
    AgreementScan,
    AgreementStatus,
    CooperationAgreementPage,
    CooperationIndexPage,
    PartyRole,
)
from partners.models.organisations import (
    HOME_COUNTRY,
    LegalForm,
    NetworkMembership,
    Organisation,
    OrganisationKind,
)

__all__ = [
    "HOME_COUNTRY",
    "AgreementAmendment",
    "AgreementKind",
    "AgreementParty",
    "AgreementScan",
    "AgreementStatus",
    "CooperationAgreementPage",
    "CooperationIndexPage",
    "LegalForm",
    "NetworkMembership",
    "Organisation",
    "OrganisationKind",
    "PartyRole",
]
