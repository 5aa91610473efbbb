"""The projects as open data."""

from core.open_data import Dataset
from core.structured_data import absolute
from core.visibility import visible
from lithuanian.dates import edtf_to_text


def project_rows(request):
    """One dict a project, newest first."""
    from projects.models import ProjectPage

    projects = visible(ProjectPage.objects.all(), request).in_register_order()
    projects = projects.select_related("lead", "programme", "measure", "funder")
    for project in projects.prefetch_related("partners__organisation"):
        yield {
            "id": str(project.translation_key),
            "title": project.title,
            "scope": project.scope,
            "status": project.status,
            "period": project.period,
            "period_display": edtf_to_text(project.period) if project.period else "",
            "led_by_us": project.led_by_us,
            "lead": project.lead.name if project.lead else "",
            "partners": [
                {"name": part.organisation.name, "country": part.organisation.country.code}
                for part in project.partners.all()
            ],
            "programme": project.programme.name if project.programme else "",
            "measure": str(project.measure or ""),
            "funder": project.funder.name if project.funder else "",
            "number": project.number,
            "total_amount": _amount(project.total_amount),
            "support_amount": _amount(project.support_amount),
            "support_intensity": _amount(project.support_intensity),
            "own_contribution": _amount(project.own_contribution),
            "url": absolute(project.get_url(request)),
            "source_url": project.source_url,
        }


def _amount(value):
    return None if value is None else float(value)


PROJECTS = Dataset(
    name="projektai",
    title="Projektai",
    fields={
        "id": "Pastovus projekto ženklas (UUID)",
        "title": "Pavadinimas",
        "scope": "Mastas: local, territorial, international",
        "status": "Būklė: unknown, planned, applied, running, suspended, finished",
        "period": "Laikotarpis EDTF pavidalu, tokio tikslumo, kokį nurodo šaltinis",
        "period_display": "Tas pats laikotarpis lietuviškai",
        "led_by_us": "Ar projektą vykdo pati VVG",
        "lead": "Pagrindinis partneris",
        "partners": "Partneriai: pavadinimas, šalis (ISO 3166-1); CSV: pavadinimas (šalis)",
        "programme": "Programa",
        "measure": "Priemonė",
        "funder": "Rėmėjas, kai remia ne programa",
        "number": "Projekto numeris",
        "total_amount": "Visa vertė, Eur",
        "support_amount": "Paramos suma, Eur",
        "support_intensity": "Paramos intensyvumas, %",
        "own_contribution": "Nuosavas įnašas, Eur",
        "url": "Projekto puslapis",
        "source_url": "Šaltinio adresas",
    },
    rows=project_rows,
)
