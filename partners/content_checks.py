"""What an agreement must not be without."""

from core.content_checks import Finding, content_check
from partners.models import CooperationAgreementPage


@content_check("agreement-kind", "Sutartis be rūšies", CooperationAgreementPage)
def it_has_a_kind(agreement):
    """The register is read by kind; one whose kind is not named has a word for it."""
    if not agreement.kind:
        yield Finding(
            "Pasirinkite sutarties rūšį. Jei šaltinis jos neįvardija – „Susitarimas, kurio rūšis neįvardyta“.",
            "kind",
            stops=True,
        )


@content_check("agreement-party", "Sutartis be partnerių", CooperationAgreementPage, reads=["parties"])
def it_has_a_party(agreement):
    """The LAG itself is no row, so without one nobody stands opposite."""
    if not agreement.unnamed_party_count and not agreement.parties.all():
        yield Finding(
            "Sutartis neturi nė vieno partnerio. Pridėkite jį arba nurodykite, kiek partnerių neįvardyta.", "parties"
        )
