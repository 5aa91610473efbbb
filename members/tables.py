"""The table of members: what its export writes and its import reads."""

from core.imports.fields import ChoiceField as OneOf
from core.imports.fields import (
    CodeField,
    DayField,
    EDTFDateField,
    Field,
    NumberedField,
    Refused,
    RowField,
    YesNoField,
)
from core.imports.register import RegisterTable
from core.models import Eldership
from lithuanian.folding import fold
from members.models import Member, Sector
from partners.models import Organisation
from partners.tables import CODE, KIND, KnownOrganisations, OrganisationTable

CONSENT = "Taip – tik jei narys sutiko. Tuščias langelis sutikimo nereiškia."


class OrganisationNameField(Field):
    """The organisation, by its name."""

    def write(self, row):
        """Its name; nothing for a person."""
        return row.organisation.name if row.organisation else ""

    def put(self, row, value):
        """Nothing: `MemberFinder` has chosen it."""


class OrganisationCodeField(CodeField):
    """The organisation's code, by which it is found."""

    def write(self, row):
        """Its code; nothing for a person."""
        return row.organisation.code if row.organisation else ""

    put = OrganisationNameField.put


class OrganisationKindField(OneOf):
    """What the organisation is: needed where it is not in the register yet."""

    def write(self, row):
        """By its name; nothing for a person."""
        return self.labels[row.organisation.kind] if row.organisation else ""

    put = OrganisationNameField.put


class ReadOnly(Field):
    """A column for people only."""

    def __init__(self, heading, write):
        super().__init__("", heading)
        self.write = write


class MemberFinder:
    """The member that a row of a file is about: by its organisation, or by the person's name."""

    def __init__(self, members, organisations, may_add_organisations):
        self.organisations, self.may_add_organisations = KnownOrganisations(organisations), may_add_organisations
        self.of_organisation, self.persons = {}, {}
        for member in members:
            self.add(member)
        in_trash = Member.everything.filter(trash__isnull=False, organisation__isnull=False)
        self.in_trash = set(in_trash.values_list("organisation", flat=True))

    def add(self, member):
        """Remember a member by what it is known by."""
        if member.organisation:
            # The organisation as this finder holds it, so that both are the same object in the whole file.
            self.of_organisation[member.organisation.pk or id(member.organisation)] = member
        else:
            self.persons.setdefault(fold(member.person_name), []).append(member)

    def row_for(self, values):
        """The member, or a new one; and what to say of that."""
        is_person = values.get("surname") or values.get("given_name")
        is_organisation = values.get("organisation") or values.get("code")
        if is_person and is_organisation:
            raise Refused(
                "Narys – arba organizacija, arba fizinis asmuo. Jei tai organizacijos atstovas, stulpelių „Vardas“ ir "
                "„Pavardė“ neimportuokite: atstovai kviečiami atskirai."
            )
        if is_organisation:
            return self._organisation(values)
        if values.get("surname"):
            return self._person(values), ""
        raise Refused("Trūksta organizacijos pavadinimo arba asmens pavardės.")

    def _organisation(self, values):
        name, code = values.get("organisation", ""), values.get("code", "")
        organisation, is_its_name = self.organisations.find(name, code)
        if organisation is None:
            organisation = self._new_organisation(name, code, values.get("kind"))
            notes = ["Kartu bus įtraukta nauja organizacija.", self.organisations.said_of(organisation)]
            self.organisations.add(organisation)
            return Member(organisation=organisation), " ".join(filter(None, notes))
        if organisation.pk in self.in_trash:
            raise Refused(f"Narys „{organisation}“ yra šiukšlinėje: grąžinkite jį iš ten.")
        note = "" if is_its_name or not name else f"Registre organizacija vadinasi „{organisation}“."
        if code and not organisation.code:
            note = f"{note} Kodą įrašykite organizacijų registre: narių importas organizacijų nekeičia.".strip()
        member = self.of_organisation.get(organisation.pk or id(organisation))
        return member or Member(organisation=organisation), note

    def _new_organisation(self, name, code, kind):
        if not name:
            raise Refused(f"Organizacijos, kurios kodas {code}, registre nėra: įrašykite ir pavadinimą.")
        if not self.may_add_organisations:
            raise Refused(f"Organizacijos „{name}“ registre nėra, o naujų įtraukti negalite. Kreipkitės į redaktorių.")
        if not kind:
            raise Refused(f"Organizacijos „{name}“ registre nėra: įrašykite stulpelį „Organizacijos rūšis“.")
        return Organisation(name=name, code=code, kind=kind)

    def _person(self, values):
        found = self.persons.get(fold(f"{values.get('given_name', '')} {values['surname']}"), [])
        if len(found) > 1:
            email = values.get("email", "").casefold()
            found = [member for member in found if email and member.email.casefold() == email] or found
        if len(found) > 1:
            raise Refused("Registre yra keli nariai tokiu vardu ir pavarde: šį pakeiskite ranka.")
        return found[0] if found else Member()


class MemberTable(RegisterTable):
    """Members: organisations and natural persons."""

    model = Member
    also_writes = (Organisation,)
    file_name = "nariai"
    named_by = ("organisation", "given_name", "surname")
    introduction = (
        "Narys – organizacija arba fizinis asmuo. Organizacija, kurios registre dar nėra, įtraukiama kartu, jei "
        "nurodyta jos rūšis. Esamų organizacijų duomenų narių importas nekeičia."
    )
    fields = [
        OrganisationNameField(
            "organisation",
            "Organizacija",
            aliases=["Pavadinimas", "Nario pavadinimas", "Narys", "Organizacijos pavadinimas"],
            example="Kaimo bendruomenė „Pavyzdys“",
            help="Organizacijos pavadinimas. Fiziniam asmeniui palikite tuščią.",
        ),
        OrganisationCodeField("code", CODE.heading, aliases=CODE.names, help=CODE.help),
        OrganisationKindField(
            "kind",
            "Organizacijos rūšis",
            KIND.labels,
            also=KIND.also,
            aliases=["Rūšis"],
            example=KIND.example,
            help="Viena iš sąrašo. Privaloma, jei organizacijos registre dar nėra.",
        ),
        Field("given_name", "Vardas", help="Tik kai narys – fizinis asmuo."),
        Field("surname", "Pavardė", help="Tik kai narys – fizinis asmuo."),
        OneOf(
            "sector",
            "Sektorius",
            dict(Sector.choices),
            also={
                "Pilietinis": Sector.CIVIL_SOCIETY,
                "NVO": Sector.CIVIL_SOCIETY,
                "Bendruomenės": Sector.CIVIL_SOCIETY,
                "Valdžia": Sector.LOCAL_AUTHORITY,
                "Savivaldybė": Sector.LOCAL_AUTHORITY,
                "Verslo": Sector.BUSINESS,
            },
            example=Sector.CIVIL_SOCIETY.label,
            help="Vienas iš sąrašo. Naujam nariui – privalomas.",
        ),
        RowField("eldership", "Seniūnija", Eldership, last_word="seniūnija", help="Kaip seniūnijų registre."),
        EDTFDateField(
            "joined",
            "Narys nuo",
            aliases=["Įstojo", "Įstojimo data", "Nuo"],
            example="2015-06",
            help="Tiek tiksliai, kiek žinoma: 2015, 2015-06 arba 2015-06-01.",
        ),
        DayField("left_on", "Išstojo", aliases=["Išstojimo data"], help="Diena: 2026-03-31. Tuščia, kol narys."),
        Field("email", "El. paštas", aliases=["El. pašto adresas", "E. paštas", "Paštas", "El.paštas"], help="Vienas."),
        NumberedField(
            "phone", "Telefonas", aliases=["Tel.", "Tel. nr.", "Telefono numeris", "Mob. tel."], help="Vienas."
        ),
        Field("address", "Adresas", aliases=["Buveinė"], help="Vienoje eilutėje."),
        YesNoField("shows_name", "Rodyti vardą", help=f"Fizinio asmens vardą ir pavardę. {CONSENT}"),
        YesNoField("shows_email", "Rodyti el. paštą", help=CONSENT),
        YesNoField("shows_phone", "Rodyti telefoną", help=CONSENT),
        YesNoField("shows_address", "Rodyti adresą", help=CONSENT),
    ]
    also_exported = [
        ReadOnly("Savivaldybė", lambda row: row.eldership.municipality.name if row.eldership else ""),
        ReadOnly("Atstovų", lambda row: row.acting),
    ]

    def rows(self):
        """With what their cells tell."""
        return Member.objects.select_related("organisation", "eldership__municipality").by_name()

    def finder(self, rows, user):
        """By organisation and name."""
        may_add = user.has_perm("partners.add_organisation")
        return MemberFinder(rows, Organisation.objects.all(), may_add)

    def missing(self, columns):
        """An organisation or a person, one of them must be there."""
        if {"organisation", "code", "surname"} & set(columns):
            return []
        return ["Organizacija“ arba „Pavardė"]

    def check(self, row):
        """A new organisation is checked as well."""
        if not self.written_first(row):
            return super().check(row)
        wrong = OrganisationTable().check(row.organisation)
        # What the member needs, without the question whether its organisation has been chosen.
        return {"organisation" if name == "name" else name: text for name, text in wrong.items()} | self.check_cells(
            row
        )

    def written_first(self, row):
        """The organisation that is not in the register yet."""
        return [row.organisation] if row.organisation and row.organisation.pk is None else []
