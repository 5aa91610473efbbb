"""The LAG in figures, counted from what the reader may see."""

from core.visibility import visible
from members.models import Member
from partners.models import HOME_COUNTRY, CooperationAgreementPage, Organisation
from projects.models import ProjectPage


def figures(request):
    """Counts as a dict: `members`, `agreements`, `partners`, `countries` (the LAG's own among them), `projects`."""
    agreements = visible(CooperationAgreementPage.objects.all(), request)
    partners = Organisation.objects.with_agreements(agreements.order_by())
    countries = {HOME_COUNTRY, *(code for code in partners.order_by().values_list("country", flat=True))}
    for codes in (
        agreements.order_by().exclude(unnamed_party_countries="").values_list("unnamed_party_countries", flat=True)
    ):
        countries.update(str(codes).split(","))
    return {
        "members": visible(Member.objects.all(), request).count(),
        "agreements": agreements.count(),
        "partners": partners.count(),
        "countries": len(countries),
        "projects": visible(ProjectPage.objects.all(), request).count(),
    }
