"""A table of members of the old site: read, and kept by the rules of the site's own import of members."""

import re
from dataclasses import dataclass, field

from django.db import transaction

from core.imports.fields import ChoiceField
from core.imports.plan import Kind, Plan
from core.models import Eldership
from lithuanian.dates import InvalidDate
from lithuanian.folding import fold
from lithuanian.stated_dates import read_stated_date
from lithuanian.stems import stem
from members.models import Sector
from members.tables import MemberFinder, MemberTable
from partners.models import Organisation, OrganisationKind
from wordpress_import.registers.texts import rows_of

FILE_NAME = "senoji svetainė"

# What the columns of such tables are called, beside what the site's own import knows: the beginnings of headings.
_COLUMNS = {
    "joined": ("narys nuo", "nare nuo", "istoj", "nuo", "narystes prad", "priim"),
    "sector": ("sektor", "interes", "atstovauj", "grupe"),
    "eldership": ("seniun", "vietov", "teritorij", "gyvenviet"),
    "organisation": ("organizacij", "nar", "pavadinim", "istaig", "subjekt"),
}
_SECTORS = {
    "nvo": Sector.CIVIL_SOCIETY,
    "nevyriausybin": Sector.CIVIL_SOCIETY,
    "pilietin": Sector.CIVIL_SOCIETY,
    "bendruomen": Sector.CIVIL_SOCIETY,
    "visuomen": Sector.CIVIL_SOCIETY,
    "asociacij": Sector.CIVIL_SOCIETY,
    "versl": Sector.BUSINESS,
    "ukinink": Sector.BUSINESS,
    "valdz": Sector.LOCAL_AUTHORITY,
    "savivald": Sector.LOCAL_AUTHORITY,
    "seniun": Sector.LOCAL_AUTHORITY,
}
_KINDS = (
    ("savivaldybė", OrganisationKind.MUNICIPALITY),
    ("bendruomen", OrganisationKind.COMMUNITY),
    ("universitet", OrganisationKind.UNIVERSITY),
)
_KIND_OF_SECTOR = {
    Sector.CIVIL_SOCIETY: OrganisationKind.NGO,
    Sector.BUSINESS: OrganisationKind.BUSINESS,
    Sector.LOCAL_AUTHORITY: OrganisationKind.MUNICIPAL_INSTITUTION,
}
# A name of two or three words with capital letters and nothing else may be a person's.
_MAY_BE_PERSON = re.compile(r"[^\W\d_]\w+(?: [^\W\d_]\w+){1,2}(?:-\w+)?\Z")


@dataclass
class MemberRow:
    """A row of the table: the organisation's name, values as the site's own import takes them, doubts in sentences."""

    name: str
    sector: str = ""
    eldership: str = ""
    joined: str = ""
    doubts: list = field(default_factory=list)
    # Whether it can become a member at all.
    is_sure: bool = True


def read_table(html_or_rows, elderships=None):
    """
    The members that a page's tables list: `MemberRow`s in order; an empty list where no table has such columns.

    `html_or_rows` is a page, or one table as rows of cells, the headings first. `elderships` are the names of those
    that there are, by default of the register. Values that nothing is known by are left out with a doubt.
    """
    if elderships is None:
        elderships = Eldership.objects.values_list("name", flat=True)
    known = {}
    for name in elderships:
        known.setdefault(_eldership_key(name), []).append(name)
    tables = rows_of(html_or_rows) if isinstance(html_or_rows, str) else [html_or_rows]
    read = []
    for rows in tables:
        places = _places(rows[0]) if rows else {}
        if "organisation" not in places or len(places) < 2:
            continue
        for cells in rows[1:]:
            cell = {name: " ".join(cells[at].split()) for name, at in places.items() if at < len(cells)}
            if cell.get("organisation"):
                read.append(_row(cell, known))
    return read


def _places(headings):
    """Which column holds what: field → number, each field once."""
    places = {name: at for at, name in enumerate(MemberTable().guess(headings)) if name in _COLUMNS}
    for name, beginnings in _COLUMNS.items():
        for at, heading in enumerate(headings):
            if name not in places and at not in places.values() and fold(heading).startswith(beginnings):
                places[name] = at
    return places


def _row(cell, elderships):
    row = MemberRow(cell["organisation"])
    row.sector = _sector(cell.get("sector", ""), row)
    if said := cell.get("eldership"):
        found = elderships.get(_eldership_key(said), [])
        if len(found) == 1:
            row.eldership = found[0]
        else:
            row.doubts.append(f"Seniūnijos „{said}“ registre nėra (gal tai kaimas?): pasirinkite seniūniją.")
    if said := cell.get("joined"):
        row.joined = _date(said, row)
    if fold(row.name) in {"fizinis asmuo", "fiziniai asmenys"} or (
        _MAY_BE_PERSON.match(row.name) and all(word[0].isupper() for word in row.name.split())
    ):
        row.is_sure = False
        row.doubts.append("Gal tai fizinis asmuo? Neperkelta: jei narys, įrašykite ranka.")
    if not row.sector:
        row.is_sure = False
    return row


def _sector(said, row):
    stems = fold(said)
    found = {sector for begins, sector in _SECTORS.items() if re.search(rf"\b{begins}", stems)}
    # „Vietos valdžia ir visuomenė“ would be two.
    if len(found) == 1:
        return found.pop().value
    row.doubts.append(f"Sektorius „{said}“ neatpažintas: pasirinkite." if said else "Sektorius nenurodytas.")
    return ""


def _eldership_key(name):
    """„Alovės“, „Alovės sen.“, „Alovės seniūnija“ are one."""
    words = [stem(word) for word in fold(name).split()]
    return tuple(word for word in words if word not in {"sen", "seniunij"})


def _date(said, row):
    if re.fullmatch(r"(?:19|20)\d\d", said):
        return said
    try:
        return read_stated_date(said).removesuffix("/..")
    except InvalidDate:
        row.doubts.append(f"Narystės pradžia „{said}“ neįskaitoma: įrašykite.")
        return ""


# --- Keeping ----------------------------------------------------------------------------------------------------------


class _Table(MemberTable):
    """The members' table, for rows that nobody signed in brings."""

    def finder(self, rows, user):
        """New organisations come with their members."""
        return MemberFinder(rows, Organisation.objects.all(), may_add_organisations=True)


@dataclass
class _Rows:
    """What a `Plan` asks of an import on its way."""

    columns: list
    rows: list
    file_name: str = FILE_NAME


@transaction.atomic
def keep(rows):
    """
    Make members, and organisations that are not in the register yet, of `MemberRow`s; all that can be, in one go.

    A member who is there already is left as it is; where the table says otherwise that is told. Returns, row by row,
    triples of the Member (None if none was made or found), whether it was made, and sentences for the editor.
    """
    columns = ["organisation", "kind", "sector", "eldership", "joined"]
    table = _Table()
    cells = [
        (at, [row.name, _kind(row), _label(table, "sector", row.sector), row.eldership, row.joined])
        for at, row in enumerate(rows)
        if row.is_sure
    ]
    plan = Plan(table, _Rows(columns, cells), user=None)
    kept = {at: (None, False, row.doubts) for at, row in enumerate(rows)}
    for verdict in plan.verdicts:
        doubts = list(rows[verdict.number].doubts)
        if verdict.kind == Kind.ERROR:
            doubts += [trouble.message for trouble in verdict.troubles]
            kept[verdict.number] = (None, False, doubts)
            continue
        if verdict.kind == Kind.CHANGED:
            doubts += [
                f"{change.heading}: registre – „{change.before}“, senojoje svetainėje – „{change.after}“."
                for change in verdict.changes
            ]
        member = verdict.row
        kept[verdict.number] = (member, verdict.kind == Kind.NEW, doubts)
    plan.verdicts = [verdict for verdict in plan.verdicts if verdict.kind == Kind.NEW]
    plan.carry_out()
    return [kept[at] for at in range(len(rows))]


def _kind(row):
    folded = fold(row.name)
    by_name = next((kind for part, kind in _KINDS if re.search(rf"\b{fold(part)}", folded)), None)
    if by_name == OrganisationKind.MUNICIPALITY and not folded.endswith("savivaldybe"):
        by_name = None
    return ChoiceField("kind", "", dict(OrganisationKind.choices)).labels[by_name or _KIND_OF_SECTOR[row.sector]]


def _label(table, name, value):
    return table.field(name).labels[value]
