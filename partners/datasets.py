"""The register of cooperation as open data."""

from core.open_data import Dataset
from core.structured_data import absolute
from core.visibility import visible
from lithuanian.dates import edtf_to_text


def agreement_rows(request):
    """One dict an agreement, in the register's order."""
    from partners.models import CooperationAgreementPage

    rows = visible(CooperationAgreementPage.objects.all(), request).in_register_order().with_links(request)
    for agreement in rows:
        yield {
            "id": str(agreement.translation_key),
            "title": agreement.title,
            "kind": agreement.kind,
            "date": agreement.date,
            "date_display": edtf_to_text(agreement.date) if agreement.date else "",
            "date_as_stated": agreement.date_as_stated,
            "parties": [
                {
                    "name": party.organisation.name,
                    "country": party.organisation.country.code,
                    "role": party.role,
                }
                for party in agreement.parties.all()
            ],
            "unnamed_party_count": agreement.unnamed_party_count,
            "countries": agreement.country_codes,
            "projects": [link.page.title for link in agreement.visible_project_links],
            "international": agreement.is_international,
            "status": agreement.status,
            "place": agreement.place_signed,
            "url": absolute(agreement.get_url(request)),
            "source_url": agreement.source_url,
        }


AGREEMENTS = Dataset(
    name="sutartys",
    title="Bendradarbiavimo sutartys",
    fields={
        "id": "Pastovus sutarties ženklas (UUID)",
        "title": "Pavadinimas",
        "kind": (
            "Rūšis: cooperation_agreement, joint_activity_agreement, cooperation_arrangement, letter_of_intent, other"
        ),
        "date": "Data EDTF pavidalu, tokio tikslumo, kokį nurodo šaltinis",
        "date_display": "Ta pati data lietuviškai",
        "date_as_stated": "Data šaltinio žodžiais",
        "parties": "Įvardyti partneriai: pavadinimas, šalis (ISO 3166-1), vaidmuo; CSV: pavadinimas (šalis, vaidmuo)",
        "unnamed_party_count": "Kiek partnerių šaltinis nurodo be pavadinimo",
        "countries": "Partnerių šalys (ISO 3166-1)",
        "projects": "Susiję projektai",
        "international": "Ar yra partnerių iš užsienio",
        "status": "Būklė: unknown, in_force, ended",
        "place": "Pasirašymo vieta",
        "url": "Sutarties puslapis",
        "source_url": "Šaltinio adresas",
    },
    rows=agreement_rows,
)
