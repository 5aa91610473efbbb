"""The LAG in figures, counted from what the reader may see."""

from django.db.models import Count, Q

from core.visibility import visible
from members.models import Member
from partners.models import HOME_COUNTRY, CooperationAgreementPage, Organisation
from projects.models import ProjectPage


def figures(request):
    """
    Counts as a dict: `members`, `sample_members` (of them, not real), `agreements`, `partners`, `countries` (the LAG's
    own among them), `projects`.
    """
    agreements = visible(CooperationAgreementPage.objects.all(), request)
    partners = Organisation.objects.with_agreements(agreements.order_by())
    countries = {HOME_COUNTRY, *(code for code in partners.order_by().values_list("country", flat=True))}
    for codes in (
        agreements.order_by().exclude(unnamed_party_countries="").values_list("unnamed_party_countries", flat=True)
    ):
        countries.update(str(codes).split(","))
    members = visible(Member.objects.all(), request).aggregate(
        members=Count("pk"), sample_members=Count("pk", filter=Q(is_sample=True))
    )
    return members | {
        "agreements": agreements.count(),
        "partners": partners.count(),
        "countries": len(countries),
        "projects": visible(ProjectPage.objects.all(), request).count(),
    }
