"""The members as open data: what each agreed to show, no more."""

from core.open_data import Dataset
from core.visibility import visible


def member_rows(request):
    """One dict a member, in Lithuanian order."""
    from members.models import Member

    members = visible(Member.objects.all(), request).in_order()
    for member in members.select_related("organisation", "eldership__municipality"):
        yield {
            "name": member.name,
            "kind": member.organisation.kind if member.organisation else "person",
            "sector": member.sector,
            "eldership": member.eldership.name if member.eldership else "",
            "municipality": member.eldership.municipality.name if member.eldership else "",
            "joined": member.joined,
            "email": member.email if member.shows_email else "",
            "phone": member.phone if member.shows_phone else "",
            "address": member.address if member.shows_address else "",
            "website": member.organisation.website if member.organisation else "",
            "sample": member.is_sample,
        }


MEMBERS = Dataset(
    name="nariai",
    title="Nariai",
    fields={
        "name": "Nario pavadinimas; fizinio asmens vardas tik jam sutikus",
        "kind": "Rūšis: community, ngo, business, municipality ir kt.; person – fizinis asmuo",
        "sector": "Sektorius: civil_society, business, local_authority",
        "eldership": "Seniūnija",
        "municipality": "Savivaldybė",
        "joined": "Nuo kada narys (EDTF)",
        "email": "El. paštas, jei narys sutiko jį rodyti",
        "phone": "Telefonas, jei narys sutiko jį rodyti",
        "address": "Adresas, jei narys sutiko jį rodyti",
        "website": "Svetainė",
        "sample": "Ar tai pavyzdinis, netikras įrašas",
    },
    rows=member_rows,
)
