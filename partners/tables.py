"""The table of organisations: what its export writes and its import reads."""

from django.utils.functional import cached_property
from django_countries import countries

from core.imports.fields import (
    AddressField,
    ChoiceField,
    CodeField,
    Field,
    LinesField,
    LongTextField,
    Refused,
)
from core.imports.register import RegisterTable
from lithuanian.folding import fold
from lithuanian.sorting import name_for_sorting
from partners.models import LegalForm, Organisation, OrganisationKind

KIND = ChoiceField(
    "kind",
    "Rūšis",
    dict(OrganisationKind.choices),
    also={
        "VVG": OrganisationKind.LAG,
        "ŽRVVG": OrganisationKind.FLAG,
        "NVO": OrganisationKind.NGO,
        "Bendruomenė": OrganisationKind.COMMUNITY,
        "Kaimo bendruomenė": OrganisationKind.COMMUNITY,
        "Verslas": OrganisationKind.BUSINESS,
        "Įmonė": OrganisationKind.BUSINESS,
        "Tinklas": OrganisationKind.NETWORK,
    },
    aliases=["Organizacijos rūšis", "Tipas"],
    example=OrganisationKind.COMMUNITY.label,
    help="Viena iš sąrašo. Naujai organizacijai – privaloma.",
)
CODE = CodeField(
    "code",
    "Įmonės kodas",
    aliases=["Kodas", "Juridinio asmens kodas", "Įm. kodas", "JA kodas"],
    help="9 skaitmenys (senas – 7). Pagal jį tiksliausiai randama ta pati organizacija.",
)


class CountryField(ChoiceField):
    """A country, by its Lithuanian name or its code."""

    is_sure = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, {}, **kwargs)

    @property
    def choices(self):
        """None: the list would be too long to choose from."""
        return []

    @cached_property
    def values(self):
        """Folded name or code → code."""
        return {fold(word): code for code, name in countries for word in (name, code)}

    def write(self, row):
        """By its name."""
        return row.country.name

    def read(self, text):
        """By either."""
        if code := self.values.get(fold(text)):
            return code
        raise Refused("Tokios šalies sąraše nėra. Rašykite lietuvišką pavadinimą arba dviejų raidžių kodą (LT).")


class KnownOrganisations:
    """Finds the organisation that a row of a file is about: by its code, its name, or another of its names."""

    def __init__(self, rows):
        self.by_code, self.by_name, self.by_other_name, self.by_bare_name = {}, {}, {}, {}
        for row in rows:
            self.add(row)
        in_trash = list(Organisation.everything.filter(trash__isnull=False))
        self.names_in_trash = {fold(row.name) for row in in_trash}
        self.codes_in_trash = {row.code: row for row in in_trash if row.code}

    def add(self, row):
        """Remember a row by all that it is known by."""
        if row.code:
            self.by_code[row.code] = row
        self.by_name.setdefault(fold(row.name), []).append(row)
        for name in {fold(name) for name in [row.short_name, *row.aliases.splitlines()]} - {"", fold(row.name)}:
            self.by_other_name.setdefault(name, []).append(row)
        self.by_bare_name.setdefault(fold(name_for_sorting(row.name)), []).append(row)

    def find(self, name, code):
        """
        The organisation, and whether it is called `name` in the register too; (None, False) for one not known.

        `Refused` where the file contradicts the register, or several may be meant.
        """
        if row := self.codes_in_trash.get(code):
            raise Refused(f"Kodas {code} – organizacijos „{row}“, kuri yra šiukšlinėje: grąžinkite ją iš ten.")
        named, is_its_name = self._named(name, code)
        coded = self.by_code.get(code) if code else None
        if named and coded and named is not coded:
            raise Refused(f"Kodas {code} – „{coded}“, o pavadinimas – „{named}“. Pataisykite vieną iš jų.")
        if named and code and named.code and named.code != code:
            raise Refused(f"Organizacija „{named}“ registre jau yra, bet jos kodas kitas: {named.code}.")
        return named or coded, is_its_name

    def _named(self, name, code):
        key = fold(name)
        rows, is_its_name = self.by_name.get(key, []), True
        if not rows:
            rows, is_its_name = self.by_other_name.get(key, []), False
        if len(rows) > 1:
            # Of several with one name the code tells which.
            rows = [row for row in rows if code and row.code == code] or rows
        if len(rows) > 1:
            raise Refused(f"Registre yra kelios organizacijos pavadinimu „{name}“: įrašykite įmonės kodą.")
        return (rows[0], is_its_name) if rows else (None, False)

    def alike(self, row):
        """Another organisation whose name differs by its legal form alone; None if there is none."""
        others = self.by_bare_name.get(fold(name_for_sorting(row.name)), [])
        return next((other for other in others if other is not row), None)

    def said_of(self, row):
        """A warning where a new organisation may be one that is known under a name that is alike; "" otherwise."""
        if fold(row.name) in self.names_in_trash:
            return "Tokia organizacija yra šiukšlinėje: gal ją verčiau grąžinti?"
        other = self.alike(row)
        return f"Panašus pavadinimas jau yra: „{other}“. Patikrinkite, ar ne ta pati." if other else ""


class OrganisationFinder(KnownOrganisations):
    """For a file of organisations."""

    def row_for(self, values):
        """The organisation that a row of the file is about, or a new one; and what to say of that."""
        name, code = values.get("name", ""), values.get("code", "")
        row, is_its_name = self.find(name, code)
        if row is None:
            if not name:
                raise Refused("Trūksta pavadinimo.")
            row = Organisation(name=name)
            return row, self.said_of(row)
        if name and self._named(name, code)[0] is row and not is_its_name:
            # Another of its names does not rename it.
            del values["name"]
            return row, f"Rasta pagal kitą pavadinimą: registre – „{row}“."
        return row, ""


class OrganisationTable(RegisterTable):
    """Organisations."""

    model = Organisation
    file_name = "organizacijos"
    introduction = (
        "Organizacijos atpažįstamos pagal įmonės kodą, pavadinimą, trumpą ir kitus pavadinimus: kas jau yra registre, "
        "antrą kartą neatsiras."
    )
    fields = [
        Field(
            "name",
            "Pavadinimas",
            aliases=["Organizacija", "Organizacijos pavadinimas", "Įstaiga", "Įmonė"],
            required=True,
            example="Kaimo bendruomenė „Pavyzdys“",
            help="Visas pavadinimas, kaip jis rašomas registre.",
        ),
        CODE,
        Field("short_name", "Trumpas pavadinimas", aliases=["Trumpinys", "Santrumpa"], help="Jei toks vartojamas."),
        LinesField(
            "aliases",
            "Kiti pavadinimai",
            help="Seni ar kitakalbiai pavadinimai; kelis atskirkite kabliataškiu.",
        ),
        KIND,
        ChoiceField(
            "legal_form",
            "Teisinė forma",
            dict(LegalForm.choices),
            example=LegalForm.ASSOCIATION.label,
            help="Viena iš sąrašo.",
        ),
        CountryField("country", "Šalis", aliases=["Valstybė"], help="Neįrašius – Lietuva.", example="Lietuva"),
        AddressField(
            "website",
            "Svetainė",
            aliases=["Interneto svetainė", "Tinklalapis", "Interneto adresas", "www"],
            help="Interneto adresas.",
        ),
        LongTextField("note", "Pastaba", aliases=["Pastabos"], help="Rodoma organizacijos puslapyje."),
    ]

    def finder(self, rows, user):
        """By code and names."""
        return OrganisationFinder(rows)

    def check(self, row):
        """Field by field: what `Organisation.clean` asks of the trash the finder has looked up once for all rows."""
        return self.check_cells(row)
