"""
Agreements, memberships and members out of the prose of an old site.

The texts are the tests' own: of a LAG of another land, with the habits that such lists have. What is uncertain must
come as a doubt, never as a party, a date or a kind.
"""

from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from members.models import Member
from members.tables import MemberTable
from partners.models import AgreementParty, CooperationAgreementPage, NetworkMembership, Organisation
from tests.factories import (
    CooperationAgreementPageFactory,
    CooperationIndexPageFactory,
    EldershipFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
    ProjectPageFactory,
)
from wordpress_import.registers import agreements, members
from wordpress_import.registers.agreements import read_entries
from wordpress_import.registers.directory import OWN, Directory, tokens_of
from wordpress_import.registers.texts import entries_of, rows_of


@dataclass(frozen=True)
class Row:
    """An organisation as the directory takes it."""

    slug: str
    name: str
    short_name: str = ""
    aliases: str = ""
    kind: str = "lag"
    country: str = "LT"


ROWS = [
    Row("pajurio", "Pajūrio krašto vietos veiklos grupė", "Pajūrio krašto VVG"),
    Row("panevezio-r", "Panevėžio rajono vietos veiklos grupė", "Panevėžio rajono VVG", "Panevėžio r. VVG"),
    Row("panevezio-m", "Panevėžio miesto vietos veiklos grupė", "Panevėžio miesto VVG"),
    Row("birzu", "Biržų rajono vietos veiklos grupė", "Biržų rajono VVG"),
    Row("pasvalio", "Pasvalio rajono vietos veiklos grupė", "Pasvalio rajono VVG"),
    Row("kupiskio", "Kupiškio rajono vietos veiklos grupė", "Kupiškio rajono VVG"),
    Row("salcia", "Šalčininkų rajono vietos veiklos grupė „Šalčia“", "Šalčininkų VVG „Šalčia“"),
    Row("pagegiu", "Pagėgių krašto vietos veiklos grupė", "Pagėgių krašto VVG"),
    Row("neringos", "Neringos vietos veiklos grupė", "Neringos VVG", "Neringos savivaldybės vietos veiklos grupė"),
    Row("neringos-m", "Neringos miesto vietos veiklos grupė", "Neringos miesto VVG"),
    Row("rokiskio-m", "Rokiškio miesto vietos veiklos grupė", "Rokiškio miesto VVG"),
    Row("aukstaitijos", "Šiaurės Aukštaitijos kaimo plėtros asociacija", "Šiaurės Aukštaitijos VVG"),
    Row("utenos", "Utenos žuvininkystės regiono vietos veiklos grupė", "Utenos ŽRVVG", kind="flag"),
    Row("akmenes", "Akmenės–Mažeikių krašto vietos veiklos grupė", "Akmenės–Mažeikių VVG"),
    Row("jurmala", "Jūrmalas krasts", aliases="LAG Jūrmalas krasts\nJurmalas krasts", country="LV"),
    Row("vidzeme", "Ziemeļu Vidzeme vietos veiklos grupė", aliases="Ziemelu Vidzeme VVG", country="LV"),
    Row("kolegija", "Panevėžio kolegija", kind="university"),
    Row("ktu", "Kauno technologijos universitetas", "KTU", kind="university"),
    Row("biblioteka", "Rokiškio rajono savivaldybės Juozo Keliuočio viešoji biblioteka", kind="municipal_institution"),
    Row("savivaldybe", "Rokiškio rajono savivaldybė", kind="municipality"),
    Row("administracija", "Rokiškio rajono savivaldybės administracija", kind="municipal_institution"),
    Row("keliai", "VšĮ „Žali keliai“", "Žali keliai", "Viešoji įstaiga „Žali keliai“", kind="public_institution"),
    Row("svirnas", "Asociacija „Senas svirnas“", kind="ngo"),
    Row("muziejus", "Rokiškio krašto muziejus", kind="municipal_institution"),
    Row("nma", "Nacionalinė mokėjimo agentūra prie Žemės ūkio ministerijos", "NMA", kind="public_body"),
    Row("tinklas", "Lietuvos vietos veiklos grupių tinklas", "Lietuvos VVG tinklas", "VVG tinklas", kind="network"),
    Row("seimas", "Lietuvos žemės ūkio ir kaimo asociacijų seimas", kind="network"),
]
OWN_NAMES = ["Rokiškio rajono vietos veiklos grupė", "Rokiškio rajono VVG"]


def read(*texts):
    """The entries of some bullets."""
    return read_entries("\n".join(f" • {text}" for text in texts), Directory(ROWS), OWN_NAMES)


def slugs(entry):
    return [row.slug for row, _ in entry.parties]


# --- Entries that are plain -------------------------------------------------------------------------------------------

# The entry, its date, its kind, its parties.
PLAIN = [
    (
        "2019 m. kovo mėn. 12 d. Rokiškio rajono VVG ir Biržų rajono VVG pasirašė bendradarbiavimo sutartį dėl mokymų.",
        "2019-03-12", "cooperation_agreement", ["birzu"],
    ),
    (
        "2018-06-05 Jungtinės veiklos sutartis su Panevėžio ir Pasvalio rajonų vietos veiklos grupėmis.",
        "2018-06-05", "joint_activity_agreement", ["panevezio-r", "pasvalio"],
    ),
    (
        "2020 m. vasarą Rokiškio rajono vietos veiklos grupė sudarė bendradarbiavimo susitarimą su Latvijos vietos "
        "veiklos grupe „Jurmalas krasts”, kuriuo šalys pasižadėjo keistis patirtimi.",
        "2020-22", "cooperation_arrangement", ["jurmala"],
    ),
    (
        "2016 m. gegužės 3 d. pasirašyta bendradarbiavimo sutartis tarp Rokiškio rajono VVG, Panevėžio kolegijos ir "
        "Viešosios įstaigos „Žali keliai“ dėl praktikos.",
        "2016-05-03", "cooperation_agreement", ["kolegija", "keliai"],
    ),
    (
        "2015 sausio 20 d. su Rokiškio rajono savivaldybės Juozo Keliuočio viešąja biblioteka pasirašyta "
        "Bendradabiavimo sutartis.",
        "2015-01-20", "cooperation_agreement", ["biblioteka"],
    ),
    (
        "2021 m. birželio 1 d. Rokiškio rajono savivaldybės Pandėlio seniūnijoje Rokiškio rajono VVG ir Kupiškio VVG "
        "pasirašė ketinimų protokolą.",
        "2021-06-01", "letter_of_intent", ["kupiskio"],
    ),
    (
        "2017 m. kovo 3 d. pagal 2017 m. vasario 1 d. pasirašytą jungtinės veiklos sutartį Rokiškio rajono VVG kartu "
        "su Kupiškio rajono VVG pateikė paraišką Nacionalinei mokėjimo agentūrai prie ŽŪM.",
        "2017-02-01", "joint_activity_agreement", ["kupiskio"],
    ),
    (
        "2016 m. rugpjūčio 12 d. 4 asociacijos – Rokiškio rajono, Pasvalio rajono, Biržų rajono, Neringos vietos "
        "veiklos grupės pasirašė „Jungtinės veiklos sutartį“ projektui „Gyvas miestelis“ įgyvendinti.",
        "2016-08-12", "joint_activity_agreement", ["pasvalio", "birzu", "neringos"],
    ),
    (
        "Bendradarbiavimo sutartis su Utenos ŽRVVG pasirašyta 2016 m. liepos 7 d. Projektas baigtas 2018 m.",
        "2016-07-07", "cooperation_agreement", ["utenos"],
    ),
    (
        "2019 m. Rokiškio rajono VVG ir Panevėžio kolegija susitarė dėl bendradarbiavimo, prie susitarimo vėliau "
        "prisijungė Rokiškio krašto muziejus.",
        "2019", "other", ["kolegija"],
    ),
    (
        "2019 m. kovo 27 d. pasirašyta bendradarbiavimo sutartis su partneriais: Biržų rajono VVG, Akmenės – Mažeikių "
        "krašto vietos veiklos grupe ir KTU.",
        "2019-03-27", "cooperation_agreement", ["birzu", "akmenes", "ktu"],
    ),
    (
        "2012 m. rugsėjo 2 d. Rokiškio rajono VVG ir Šiaurės Aukštaitijos kaimo plėtros asociacija (Šiaurės "
        "Aukštaitijos VVG) bei Šalčininkų VVG „Šalčia“ pasirašė bendradarbiavimo sutartį.",
        "2012-09-02", "cooperation_agreement", ["aukstaitijos", "salcia"],
    ),
    (
        "2011 m. kovą pasirašytas ketinimų bendradarbiauti protokolas su Latvijos Ziemelu Vidzeme vietos veiklos "
        "grupe.",
        "2011-03", "letter_of_intent", ["vidzeme"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "kind", "parties"), PLAIN, ids=[row[0][:40] for row in PLAIN])
def test_a_plain_entry_is_read_whole(text, date, kind, parties):
    (entry,) = read(text)
    assert (entry.date, entry.kind, slugs(entry), entry.is_membership) == (date, kind, parties, False)
    assert entry.text == text
    assert entry.doubts == []
    assert {role for _, role in entry.parties} == {"partner"}


# --- Entries that are doubtful ----------------------------------------------------------------------------------------

# The entry, the parties that are certain all the same, words of the doubt.
DOUBTFUL = [
    ("2014 m. susitarta bendradarbiauti su Panevėžio VVG.", [], "Gal Panevėžio miesto VVG ar Panevėžio rajono VVG?"),
    (
        "2014 m. pasirašyta bendradarbiavimo sutartis su asociacija „Naujas rytas“ ir Pagėgių krašto VVG.",
        ["pagegiu"], "asociacija „Naujas rytas“",
    ),
    (
        "2018 m. pasirašyta bendradarbiavimo sutartis su Rokiškio rajono savivaldybės švietimo skyriumi.",
        [], "Rokiškio rajono savivaldybės švietimo skyriumi",
    ),
    (
        "2018 m. Biržų rajono VVG pirmininkas ir Rokiškio rajono VVG pirmininkė pasirašė bendradarbiavimo sutartį.",
        [], "„Biržų rajono VVG“ – sutarties šalis",
    ),
    (
        "2018 m. Biržų rajono VVG iniciatyva pasirašyta bendradarbiavimo sutartis su Pasvalio rajono VVG.",
        ["pasvalio"], "„Biržų rajono VVG“ – sutarties šalis",
    ),
    (
        "2018 m. Rokiškio rajono VVG, Biržų rajono VVG partnerė, pasirašė bendradarbiavimo sutartį su KTU.",
        ["ktu"], "„Biržų rajono VVG“ – sutarties šalis",
    ),
    ("2018 m. pasirašyta bendradarbiavimo sutartis su Šalčininkų VVG „Rytas“.", [], "Šalčininkų VVG „Rytas“"),
    ("2018 m. pasirašyta bendradarbiavimo sutartis su Estijos VVG „Jūrmalas krasts“.", [], "„Jūrmalas krasts“"),
    ("2018 m. Biržų ir Pasvalio rajonų VVG pasirašė bendradarbiavimo sutartį.", ["birzu", "pasvalio"], "Mūsų VVG"),
    (
        "2018 m. pasirašyta partnerystės sutartis su Rokiškio rajono savivaldybės administracija.",
        ["administracija"], "Sutarties rūšis neaiški („partnerystės sutartis“)",
    ),
    (
        "2018 m. pasirašyta bendradarbiavimo sutartis su KTU, o su Biržų rajono VVG – jungtinės veiklos sutartis.",
        ["ktu"], "daugiau negu viena sutartis",
    ),
    (
        "2018 m. Rokiškio rajono VVG pasirašė bendradarbiavimo sutartį ir kartu su Biržų rajono VVG surengė šventę.",
        [], "Įraše minima: Biržų rajono VVG",
    ),
    ("2018 m. pasirašyta bendradarbiavimo sutartis su partneriais iš Biržų rajono VVG.", [], "Biržų rajono VVG"),
    (
        "2018 m. pasirašyta bendradarbiavimo sutartis su Neringos ir Neringos miesto savivaldybių VVG.",
        ["neringos", "neringos-m"], "„Neringos miesto savivaldybių“ suprasta kaip „Neringos miesto VVG“",
    ),
    ("2018 m. 5 asociacijos – Biržų ir Rokiškio rajonų VVG – pasirašė bendradarbiavimo sutartį.", ["birzu"], "kitiek"),
    ("2018 m. pasirašyta bendradarbiavimo sutartis su Rokiškio VVG.", [], "mes patys"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties", "words"), DOUBTFUL, ids=[row[0][:60] for row in DOUBTFUL])
def test_what_is_not_certain_is_told_and_not_asserted(text, parties, words):
    (entry,) = read(text)
    assert entry.date.startswith("201")
    assert slugs(entry) == parties
    assert words in " ".join(entry.doubts)


@pytest.mark.parametrize(
    ("text", "date", "words"),
    [
        ("2017 m. II ketv. pasirašyta bendradarbiavimo sutartis su KTU.", "", "data nenurodyta"),
        ("2023 m. vasario 30 d. pasirašyta bendradarbiavimo sutartis su KTU.", "", "data nenurodyta"),
        ("2019 m. kovo 18 d. nutraukta bendradarbiavimo sutartis su KTU.", "", "pakeista arba nutraukta"),
        (
            "2019 m. kovo 3 d. pasirašyta bendradarbiavimo sutartis pagal 2018 m. gegužės 2 d. sudarytą susitarimą "
            "su KTU.",
            "2019-03-03",
            "dvi pasirašymo datos",
        ),
        ("Bendradarbiavimo sutartis su KTU: 2015 m. derybos, 2017 m. darbai.", "", "„2015 m.“, „2017 m.“"),
        ("2012 m. balandžio 10–13 d. Rygoje pasirašyta bendradarbiavimo sutartis su KTU.", "2012-04-10/2012-04-13",
         "Kurią iš dienų"),
    ],
)  # fmt: skip
def test_a_date_that_is_not_certain_is_told(text, date, words):
    (entry,) = read(text)
    assert entry.date == date
    assert words in " ".join(entry.doubts)


@pytest.mark.parametrize(
    "text",
    [
        "2019 m. Rokiškio rajono VVG dalyvavo mugėje su Biržų rajono VVG.",
        "2019 m. vasario 1 d. posėdžio protokolas",
        "Vietos plėtros strategija 2014–2020 m.",
    ],
)
def test_what_is_no_agreement_is_no_entry(text):
    assert read(text) == []


def test_of_an_article_only_the_beginning_is_read():
    text = "2019 m. su KTU pasirašyta bendradarbiavimo sutartis. " + "Vilniaus ir " * 20_000 + "VVG."
    [entry] = read(text)
    assert (entry.text, entry.date) == (text, "2019")
    assert "perskaityta tik jo pradžia" in entry.doubts[-1]


def test_what_is_only_talked_of_is_not_agreed():
    (entry,) = read("2019 m. kovo 19 d. vyko susitikimas dėl bendradarbiavimo sutarties su Pasvalio rajono VVG.")
    assert (entry.kind, entry.parties) == ("", [])
    assert "Neaišku, ar tai sutartis" in entry.doubts[0]


# --- Single rules -----------------------------------------------------------------------------------------------------


def test_the_agreements_own_date_goes_before_that_of_the_headline():
    (entry,) = read(
        "2021 m. birželio 8 d. Rokiškio rajono VVG kartu su partneriais Biržų rajono ir Panevėžio miesto vietos "
        "veiklos grupėmis pagal 2021 m. birželio 2 d. sudarytą „Jungtinės veiklos sutartį“ parengė projektą „Kaimo "
        "vartai“."
    )
    assert (entry.date, entry.date_as_stated) == ("2021-06-02", "2021 m. birželio 2 d.")
    assert "2021 m. birželio 8 d." in entry.date_note
    assert slugs(entry) == ["birzu", "panevezio-m"]
    assert entry.project_names == ["Kaimo vartai"]


def test_a_day_that_follows_from_the_text_is_an_inference_with_a_note():
    (entry,) = read(
        "2013 m. gegužės 6-8 d. vizito Latvijoje vietos veiklos grupėje Jurmalas krasts trečiosios dienos rytą "
        "pasirašytas ketinimų bendradarbiauti protokolas."
    )
    assert (entry.date, entry.date_inferred) == ("2013-05-06/2013-05-08", "2013-05-08")
    assert "išvesta" in entry.date_note
    assert entry.date_as_stated == "2013 m. gegužės 6-8 d. … trečiosios dienos"
    assert slugs(entry) == ["jurmala"]
    assert entry.place_signed == "Latvija"


@pytest.mark.parametrize(
    ("text", "since", "network"),
    [
        ("Rokiškio rajono VVG nuo 2011 m. gegužės 5 d. yra Lietuvos žemės ūkio ir kaimo asociacijų seimo narė.",
         "2011-05-05/..", "seimas"),
        ("2009 m. įstojome į Lietuvos VVG tinklą.", "2009/..", "tinklas"),
    ],
)  # fmt: skip
def test_a_membership_is_no_agreement(text, since, network):
    (entry,) = read(text)
    assert (entry.is_membership, entry.kind, entry.date, slugs(entry)) == (True, "", since, [network])
    assert entry.doubts == []


def test_a_membership_in_what_is_not_known_is_told():
    (entry,) = read("2009 m. tapome Baltijos kaimų sąjungos nariais.")
    assert (entry.is_membership, entry.parties, len(entry.doubts)) == (True, [], 1)


def test_who_administers_the_project_leads():
    (entry,) = read(
        "2020 m. Rokiškio rajono, Biržų rajono ir Neringos VVG sudarė jungtinės veiklos sutartį. Atranką vykdė "
        "projekto administratorius Biržų rajono ir kitos VVG."
    )
    assert [(row.slug, role) for row, role in entry.parties] == [("birzu", "lead"), ("neringos", "partner")]


def test_parties_that_are_only_counted():
    (first, second, third) = read(
        "2018 m. pasirašyta bendradarbiavimo sutartis tarp 4 ES šalių Lietuvos, Latvijos, Estijos ir Suomijos vietos "
        "veiklos grupių, kurios pagrindu Rokiškio rajono VVG, bendradarbiaudama su Biržų rajono VVG, su 6 partneriais "
        "VVG iš minėtų užsienio šalių vykdė projektą „Lėtas kelias“.",
        "2019 m. pasirašyta bendradarbiavimo sutartis su trimis partneriais iš Latvijos, Estijos ir Suomijos.",
        "2019 m. pasirašyta bendradarbiavimo sutartis tarp penkių organizacijų.",
    )
    assert (first.unnamed_party_count, first.unnamed_countries) == (6, ["LV", "EE", "FI"])
    # A partner in carrying it out: asserted, and told to be looked at.
    assert slugs(first) == ["birzu"]
    assert "ne prie pasirašymo" in first.doubts[0]
    assert (second.unnamed_party_count, second.unnamed_countries) == (3, ["LV", "EE", "FI"])
    assert (third.unnamed_party_count, third.unnamed_countries, third.parties) == (4, [], [])


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("Trakuose", "Trakai"), ("Šiauliuose", "Šiauliai"), ("Vilniuje", "Vilnius"), ("Palangoje", "Palanga"),
        ("Marijampolėje", "Marijampolė"), ("Kazlų Rūdoje", "Kazlų Rūda"),
        # The nominative may be another: Panevėžys or Panevėžis, Kaunas or Kauna.
        ("Panevėžyje", ""), ("Kaune", ""),
        ("Lietuvoje", ""),
    ],
)  # fmt: skip
def test_where_it_was_signed_if_the_ending_tells(where, place):
    (entry,) = read(f"2014 m. birželio 3 d. {where} pasirašyta bendradarbiavimo sutartis su Pajūrio krašto VVG.")
    assert entry.place_signed == place
    assert any("Pasirašymo vieta" in doubt for doubt in entry.doubts) == (where in ("Panevėžyje", "Kaune"))


def test_dates_of_programmes_are_not_the_agreements():
    (entry,) = read("Pagal 2014–2020 m. programą 2016 m. kovo 1 d. pasirašyta bendradarbiavimo sutartis su KTU.")
    assert entry.date == "2016-03-01"


# --- The directory ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("su Panevėžio, Biržų bei Pasvalio rajonų vietos veiklos grupėmis", ["panevezio-r", "birzu", "pasvalio"]),
        ("Biržų r., Pasvalio r. ir Panevėžio r. VVG", ["birzu", "pasvalio", "panevezio-r"]),
        ("Rokiškio ir Biržų rajonų vietos veiklos grupės", [OWN, "birzu"]),
        ("Rokiškio miesto VVG", ["rokiskio-m"]),
        ("ROKIŠKIO RAJONO VVG ir BIRŽŲ RAJONO VVG", [OWN, "birzu"]),
        ("Biržų rajono vietos veikos grupe", ["birzu"]),
        ("Rokiškio rajono savivaldybės vietos veiklos grupė", [OWN]),
        ("Vakarų VVG", [None]),
        ("VVG tinklo renginys", ["tinklas"]),
        ("kitomis Lietuvos ir užsienio vietos veiklos grupėmis", []),
        ("Rokiškio rajono savivaldybės administracijai", ["administracija"]),
        ("upėje, vardu Žali keliai", ["keliai"]),
        ("Viešosios įstaigos „Žali keliai“", ["keliai"]),
        ("mūsų VVG", []),
    ],
)
def test_organisations_are_found_in_any_case_and_list(text, named):
    directory = Directory(ROWS, OWN_NAMES)
    found = [who.organisation for mention in directory.mentions(tokens_of(text)) for who in mention.named]
    assert [row if row in (None, OWN) else row.slug for row in found] == named


def test_two_of_one_name_are_neither():
    twins = [Row("a", "Kaimo bendruomenė „Rytas“", kind="community"), Row("b", "Kaimo bendruomenė „Rytas“", kind="ngo")]
    text = " • 2019 m. pasirašyta bendradarbiavimo sutartis su kaimo bendruomene „Rytas“ ir Kaimo bendruomene „Rytas“."
    (entry,) = read_entries(text, Directory(twins), OWN_NAMES)
    assert entry.parties == []
    assert entry.doubts


# --- Entries of a page ------------------------------------------------------------------------------------------------

LISTS = {
    "bullets": "Įžanga.\n\n • 2019 m. viena\n • 2018 m. antra\nir jos tęsinys\n\nPabaiga 2017 m.",
    "classic": "<h2>Sutartys</h2>\nĮžanga.\n<ul>\n \t<li>2019 m. viena</li>\n \t<li>2018 m. antra<br>ir jos tęsinys"
    "</li>\n</ul>\nPabaiga 2017 m.",
    "blocks": "<!-- wp:list -->\n<ul class='wp-block-list'><!-- wp:list-item -->\n<li><strong>2019 m.</strong> viena"
    "</li>\n"
    "<!-- /wp:list-item -->\n<!-- wp:list-item -->\n<li>2018 m. antra\nir jos <a href='#'>tęsinys</a></li>\n"
    "<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n<!-- wp:paragraph --><p>Pabaiga 2017 m.</p>",
    "paragraphs": "<p>Įžanga.</p><p>2019 m. viena</p><p>1) 2018 m. antra ir jos tęsinys</p><p>Pabaiga 2017 m.</p>",
    "bullets in paragraphs": "<p>• 2019 m. viena<br>• 2018 m. antra<br>ir jos tęsinys</p><p></p><p>Pabaiga</p>",
    "broken": "<li>2019 m. viena<li>2018 m. antra ir jos tęsinys",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_entries_are_taken_of_bullets_and_lists_alike(text):
    found = [" ".join(entry.split()) for entry in entries_of(text)]
    if text == LISTS["broken"]:
        # Items that were never closed stand in one another: none is lost.
        assert "2018 m. antra ir jos tęsinys" in found[-1]
    else:
        assert found == ["2019 m. viena", "2018 m. antra ir jos tęsinys"]


@pytest.mark.parametrize("text", ["", "<p></p>", "<ul></ul>", "•", "<script>alert(1)</script>", "<li>", "„", "2019 m."])
def test_whatever_is_read_never_fails(text):
    read_entries(text, Directory(ROWS), OWN_NAMES)
    members.read_table(text, [])


# --- Keeping agreements -----------------------------------------------------------------------------------------------

PAGE = """
<ul>
<li>2019 m. kovo 12 d. Rokiškio rajono VVG ir Biržų rajono VVG pasirašė bendradarbiavimo sutartį.</li>
<li>2018 m. birželio mėn. su Biržų ir Pasvalio rajonų VVG pasirašyta „Jungtinės veiklos sutartis“ dėl projekto „Gyvas
miestelis“ rengimo.</li>
<li>Rokiškio rajono VVG nuo 2011 m. yra Lietuvos VVG tinklo narė.</li>
<li>2010 m. pasirašyta bendradarbiavimo sutartis su asociacija „Naujas rytas“.</li>
</ul>
"""


@pytest.fixture
def register(db):
    """The page of the register, and organisations that the page tells of."""
    for name in ("Biržų", "Pasvalio"):
        OrganisationFactory(name=f"{name} rajono vietos veiklos grupė", short_name=f"{name} rajono VVG", kind="lag")
    OrganisationFactory(name="Lietuvos VVG tinklas", kind="network")
    return CooperationIndexPageFactory()


def kept(register, text=PAGE):
    entries = read_entries(text, Directory(Organisation.objects.all()), OWN_NAMES)
    return agreements.keep(entries, register, "http://senoji.example/bendradarbiavimas/")


def test_agreements_are_kept_as_drafts_with_their_text_and_doubts(register):
    pairs = kept(register)
    assert [made for _, made in pairs] == [True] * 4
    first, second, none, fourth = [page for page, _ in pairs]
    assert none is None
    assert NetworkMembership.objects.get().since == "2011"
    for page in (first, second, fourth):
        assert not page.live
        assert page.latest_revision is not None
        assert page.source_url == "http://senoji.example/bendradarbiavimas/"
    assert first.title == "Bendradarbiavimo sutartis su Biržų rajono VVG"
    assert first.source_text.startswith("2019 m. kovo 12 d. Rokiškio")
    stored = CooperationAgreementPage.objects.get(pk=second.pk)
    assert [party.organisation.short_name for party in stored.parties.all()] == [
        "Biržų rajono VVG",
        "Pasvalio rajono VVG",
    ]
    assert stored.title == "Jungtinės veiklos sutartis dėl projekto „Gyvas miestelis“"
    assert (stored.kind, stored.date) == ("joint_activity_agreement", "2018-06")
    assert "Projektas „Gyvas miestelis“ svetainėje nerastas" in stored.editor_note
    assert "„asociacija „Naujas rytas““" in fourth.editor_note
    assert Organisation.objects.count() == 3
    # What the editor opens is the same.
    assert len(second.get_latest_revision_as_object().parties.all()) == 2


def test_a_second_run_changes_nothing(register):
    first = kept(register)
    pages = list(Page.objects.order_by("pk").values())
    again = kept(register)
    assert [page for page, _ in again] == [page for page, _ in first]
    assert not any(made for _, made in again)
    assert list(Page.objects.order_by("pk").values()) == pages


def test_what_an_editor_has_changed_or_deleted_does_not_come_again(register):
    first, second, _, fourth = [page for page, _ in kept(register)]
    first.title, first.date = "Kitaip", "2019-03-13"
    first.save_revision().publish()
    fourth.delete()
    assert not any(made for _, made in kept(register))
    assert CooperationAgreementPage.objects.get(pk=first.pk).title == "Kitaip"


def test_an_agreement_of_the_same_kind_date_and_party_is_not_made_again(register):
    organisation = Organisation.objects.get(short_name="Biržų rajono VVG")
    there = CooperationAgreementPageFactory(kind="cooperation_agreement", date="2019")
    AgreementParty.objects.create(page=there, organisation=organisation)
    pairs = kept(register)
    assert pairs[0] == (there, False)
    # Another kind is another agreement.
    assert pairs[1][1]


def test_a_membership_that_is_there_is_left(register):
    there = NetworkMembershipFactory(network=Organisation.objects.get(kind="network"), since="2008")
    assert kept(register)[2] == (None, False)
    there.refresh_from_db()
    assert there.since == "2008"


@pytest.mark.parametrize("live", [True, False])
def test_a_project_that_is_there_is_linked(register, live):
    project = ProjectPageFactory(title="Gyvas miestelis", live=live)
    page = kept(register)[1][0]
    project.refresh_from_db()
    assert project.live is live
    links = project.get_latest_revision_as_object().agreement_links.all()
    assert [link.agreement_id for link in links] == [page.pk]
    assert "nerastas" not in page.editor_note


def test_all_of_a_page_is_kept_or_nothing(register, monkeypatch):
    made = []

    def fails_later(*args):
        if made:
            raise RuntimeError
        made.append(args)
        return original(*args)

    original = agreements._draft
    monkeypatch.setattr(agreements, "_draft", fails_later)
    with pytest.raises(RuntimeError):
        kept(register)
    assert not CooperationAgreementPage.objects.exists()


# --- Members ----------------------------------------------------------------------------------------------------------

TABLE = """
<p>Mūsų nariai:</p>
<table><tbody>
<tr><td>Nr.</td><td>Nario pavadinimas</td><td>Sektorius</td><td>Seniūnija</td><td>Narys nuo</td></tr>
<tr><td>1</td><td>Obelių bendruomenė „Vyšnia“</td><td>NVO</td><td>Obelių</td><td>2013</td></tr>
<tr><td>2</td><td>UAB „Lino gija“</td><td>verslas</td><td>Pandėlio sen.</td><td>2014 m. kovo mėn.</td></tr>
<tr><td>3</td><td>Rokiškio rajono savivaldybės administracija</td><td>Vietos valdžia</td><td>Juodupės seniūnija</td>
<td>nuo 2009 m.</td></tr>
<tr><td>4</td><td>Klubas „Ratas“</td><td>Nevyriausybinės organizacijos</td><td>Salų k.</td><td>seniai</td></tr>
<tr><td>5</td><td>Vardenis Pavardenis</td><td>Pilietinė visuomenė</td><td>Obelių</td><td>2015</td></tr>
<tr><td>6</td><td>Draugija „Keturi“</td><td>mišrus</td><td></td><td></td></tr>
<tr><td>7</td><td></td><td>NVO</td><td></td><td></td></tr>
</tbody></table>
"""


@pytest.fixture
def elderships(db):
    """Three of them."""
    return [EldershipFactory(name=f"{name} seniūnija") for name in ("Obelių", "Pandėlio", "Juodupės")]


def test_a_table_of_members_is_read_as_far_as_is_certain(elderships):
    rows = members.read_table(TABLE)
    assert [(row.sector, row.eldership, row.joined, row.is_sure) for row in rows] == [
        ("civil_society", "Obelių seniūnija", "2013", True),
        ("business", "Pandėlio seniūnija", "2014-03", True),
        ("local_authority", "Juodupės seniūnija", "2009", True),
        ("civil_society", "", "", True),
        ("civil_society", "Obelių seniūnija", "2015", False),
        ("", "", "", False),
    ]
    assert [len(row.doubts) for row in rows] == [0, 0, 0, 2, 1, 1]


def test_members_are_kept_once_and_what_is_there_is_left(elderships):
    OrganisationFactory(name="Klubas „Ratas“", kind="ngo")
    member = Member.objects.create(
        organisation=OrganisationFactory(name="UAB „Lino gija“", kind="business"), sector="civil_society"
    )
    kept_rows = members.keep(members.read_table(TABLE))
    assert [made for _, made, _ in kept_rows] == [True, False, True, True, False, False]
    assert kept_rows[1][0] == member
    assert "Sektorius: registre – „Pilietinė visuomenė“, senojoje svetainėje – „Verslas“." in kept_rows[1][2]
    member.refresh_from_db()
    assert member.sector == "civil_society"
    made = {str(row): row for row in Member.objects.all()}
    assert len(made) == 4
    obeliai = made["Obelių bendruomenė „Vyšnia“"]
    assert (obeliai.organisation.kind, obeliai.eldership, obeliai.joined) == ("community", elderships[0], "2013")
    assert made["Rokiškio rajono savivaldybės administracija"].organisation.kind == "municipal_institution"
    assert Organisation.objects.filter(name="Klubas „Ratas“").count() == 1
    assert obeliai.latest_revision is not None
    again = members.keep(members.read_table(TABLE))
    assert not any(is_made for _, is_made, _ in again)
    assert Member.objects.count() == 4


def test_a_table_of_something_else_holds_no_members(db):
    assert (
        members.read_table("<table><tr><th>Metai</th><th>Suma</th></tr><tr><td>2015</td><td>3</td></tr></table>") == []
    )
    assert rows_of("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>")[0][0][0].startswith("a")


def test_the_headings_of_the_sites_own_table_are_known(db):
    headings = [field.heading for field in MemberTable.fields]
    cells = ["" for _ in headings]
    cells[headings.index("Organizacija")], cells[headings.index("Sektorius")] = "Klubas „Ratas“", "Verslas"
    (row,) = members.read_table([headings, cells], [])
    assert (row.name, row.sector) == ("Klubas „Ratas“", "business")


# --- The command ------------------------------------------------------------------------------------------------------

EXPECTED = """
[[agreement]]
register_order = 1
kind = "cooperation_agreement"
date = "2019-03-12"
parties = [{ organisation = "birzu" }]
"""


@pytest.fixture
def old_page(db, tmp_path):
    """A page in a file, and what it should give."""
    OrganisationFactory(name="Biržų rajono vietos veiklos grupė", slug="birzu", kind="lag")
    OrganisationFactory(name="Pasvalio rajono vietos veiklos grupė", slug="pasvalio", kind="lag")
    (tmp_path / "agreements.toml").write_text(EXPECTED)
    file = tmp_path / "page.html"
    file.write_text("<ul><li>2019 m. kovo 12 d. su Biržų rajono VVG pasirašyta bendradarbiavimo sutartis.</li></ul>")
    return file


def test_the_command_shows_and_compares(old_page, capsys):
    call_command("read_register", old_page, expect=old_page.with_name("agreements.toml"))
    shown = capsys.readouterr().out
    assert "2019-03-12" in shown
    assert "→ gerai" in shown
    assert not CooperationAgreementPage.objects.exists()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("2019-03-12", "2019-03-13"), ("cooperation_agreement", "other"), ("birzu", "pasvalio")],
)
def test_the_command_fails_where_date_kind_or_party_differ(old_page, right, wrong):
    expected = old_page.with_name("agreements.toml")
    expected.write_text(EXPECTED.replace(right, wrong))
    with pytest.raises(CommandError, match="Skiriasi įrašai: 1"):
        call_command("read_register", old_page, expect=expected)


def test_the_command_keeps_when_told_to(old_page, capsys):
    with pytest.raises(CommandError, match="registro puslapio"):
        call_command("read_register", old_page, save=True)
    CooperationIndexPageFactory()
    call_command("read_register", old_page, save=True, source="http://senoji.example/")
    assert CooperationAgreementPage.objects.get().source_url == "http://senoji.example/"
    assert "Nauji juodraščiai ir narystės: 1, buvo: 0." in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "Nieko čia nėra.".encode()])
def test_a_file_without_a_register_is_refused(old_page, content):
    old_page.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("read_register", old_page)
