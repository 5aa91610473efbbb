"""The LAG in figures, counted from what the reader may see."""

from django.db.models import Count, Q

from core.visibility import visible
from members.models import Member
from partners.models import HOME_COUNTRY
from projects.models import ProjectPage


def figures(agreements, partners, request):
    """
    Counts as a dict: `members`, `sample_members` (of them, not real), `agreements`, `partners`, `countries` (the LAG's
    own among them), `projects`.

    `agreements` is a queryset of those that the reader may see, `partners` the organisations that are party to them.
    """
    unnamed = [str(codes) for codes in agreements.values_list("unnamed_party_countries", flat=True)]
    countries = {HOME_COUNTRY, *(partner.country.code for partner in partners)}
    countries.update(code for codes in unnamed if codes for code in codes.split(","))
    members = visible(Member.objects.all(), request).aggregate(
        members=Count("pk"), sample_members=Count("pk", filter=Q(is_sample=True))
    )
    return members | {
        "agreements": len(unnamed),
        "partners": len(partners),
        "countries": len(countries),
        "projects": visible(ProjectPage.objects.all(), request).count(),
    }
