"""A file that is no table: a clear verdict in Lithuanian, at once, and nothing imported."""

import time
import tracemalloc

import pytest

from core.imports import reading
from core.models import PendingImport
from partners.models import Organisation
from tests.import_files import ORGANISATIONS, Importer, csv_file, plain_file, xlsx_file, zip_file

pytestmark = pytest.mark.django_db

HEAD = ["Pavadinimas", "Rūšis"]
ROW = ["Ąžuolų bendruomenė „Žiogas“", "Bendruomenė"]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.fixture
def importer(admin_client):
    return Importer(admin_client, ORGANISATIONS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1257", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda name: name
)
@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
def test_every_encoding_and_separator_that_people_have_reads_alike(importer, encoding, separator):
    plan = importer.check(csv_file(HEAD, ROW, encoding=encoding, separator=separator))
    assert [verdict.label for verdict in plan.verdicts] == [ROW[0]]
    assert importer.look().is_possible


def test_the_line_by_which_excel_is_told_the_separator(importer):
    plan = importer.check(plain_file("sep=|\r\nPavadinimas|Rūšis\r\nA; B, C|NVO\r\n".encode()))
    (verdict,) = plan.verdicts
    assert (verdict.number, verdict.label) == (2, "A; B, C")


def test_rows_are_counted_as_the_spreadsheet_counts_them(importer):
    text = 'Pavadinimas;Rūšis\r\n\r\n"Dviejų\neilučių vardas";NVO\r\nKita;NVO\r\n'
    assert [verdict.number for verdict in importer.check(plain_file(text.encode())).verdicts] == [3, 4]
    plan = importer.check(xlsx_file(HEAD, [], ["Pirma", "NVO"], [], ["Antra", "NVO"]))
    assert [verdict.number for verdict in plan.verdicts] == [3, 5]


def merge(sheet):
    sheet.merge_cells("A1:B1")


def many(number):
    return csv_file(HEAD, *[[f"Organizacija {n}", "NVO"] for n in range(number)])


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (plain_file(b""), "Failas tuščias."),
        (plain_file(b" \r\n\r\n"), "Failas tuščias."),
        (plain_file(b"\xef\xbb\xbf\r\n"), "Failas tuščias."),
        (csv_file(HEAD), "tik stulpelių pavadinimai"),
        (xlsx_file(), "Failas tuščias."),
        (xlsx_file(HEAD), "tik stulpelių pavadinimai"),
        (plain_file(PNG), "paveikslėlis"),
        (plain_file(b"\xff\xd8\xff\xe0" + bytes(50)), "paveikslėlis"),
        (plain_file(b"%PDF-1.7\n"), "PDF"),
        (plain_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "senas.xls"), "senas „Excel“ formatas"),
        (plain_file(b"Pavadinimas;Kodas\r\nA\x00B;1\r\n"), "ženklų, kurių lentelėje nebūna"),
        (plain_file(b"Pavadinimas\r\nA\x07\r\n"), "ženklų, kurių lentelėje nebūna"),
        (plain_file(b"Pavadinimas\r\n\xa1\xff\x81\x83\r\n"), "koduotės"),
        (csv_file(HEAD, [*ROW, "per daug"]), "2 eilutėje langelių daugiau (3) negu stulpelių pavadinimų (2)"),
        (csv_file(["Pavadinimas", "Kodas", "pavadinimas"], ["A", "1", "B"]), "Stulpelis „pavadinimas“ kartojasi"),
        (plain_file('Pavadinimas;Rūšis\r\n"neuždaryta;NVO\r\n'.encode()), "neuždaryta kabutė"),
        (plain_file('Pavadinimas;Rūšis\r\n"A" B;NVO\r\n'.encode()), "netvarkingos kabutės"),
        (csv_file(["Stulpelis " + str(n) for n in range(61)], ["x"] * 61), "Per daug stulpelių"),
        (csv_file(HEAD, ["x" * 5001, "NVO"]), "langelis per ilgas"),
        (many(2001), "Eilučių per daug. Vienu kartu importuojama iki 2 000 eilučių"),
        (plain_file(b"x" * (reading.MAX_BYTES + 1)), "Failas per didelis: daugiausia 5 MB"),
        (xlsx_file(HEAD, ROW, change=merge), "sujungtų langelių (A1:B1)"),
        (plain_file(b"PK\x03\x04 ne knyga", "x.xlsx"), "sugadintas arba tai ne „Excel“ knyga"),
        (zip_file({"readme.txt": "ne knyga"}), "Tai ne „Excel“ knyga"),
        (zip_file({"xl/workbook.xml": "<workbook"}), "sugadintas arba tai ne „Excel“ knyga"),
        (zip_file({"xl/workbook.xml": "", "xl/a.xml": "0" * (reading.MAX_UNPACKED + 1)}), "Knyga per didelė"),
        (zip_file({f"xl/{n}.xml": "" for n in range(501)}), "Knyga per didelė"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(importer, file, said):
    message = importer.refusal(file).replace("\u00a0", " ")
    assert said in message
    assert not PendingImport.objects.exists()
    assert not Organisation.objects.exists()


def test_no_file_at_all(importer, admin_client):
    response = admin_client.post(f"{ORGANISATIONS}importas/", {})
    assert response.context["form"].errors["file"] == ["Pasirinkite failą."]


def test_a_workbook_of_entities_that_multiply_is_refused(importer):
    bomb = '<!DOCTYPE b [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>'
    book = {"xl/workbook.xml": bomb, "[Content_Types].xml": bomb, "_rels/.rels": bomb}
    assert "sugadintas" in importer.refusal(zip_file(book))


@pytest.mark.parametrize("make", [many, lambda n: xlsx_file(HEAD, *[[f"Nr. {i}", "NVO"] for i in range(n)])])
def test_fifty_thousand_rows_are_refused_quickly_and_without_filling_the_memory(make):
    file = make(50_000)
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(reading.Unreadable, match="per d"):
        reading.read(file)
    assert time.process_time() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_a_cell_a_million_rows_below_does_not_hold_anybody_up():
    file = xlsx_file(HEAD, ROW, change=lambda sheet: sheet.cell(1_048_576, 1, "x"))
    started = time.process_time()
    with pytest.raises(reading.Unreadable, match="tuščių eilučių"):
        reading.read(file)
    assert time.process_time() - started < 5


def test_a_formula_is_refused_in_its_cell_and_a_text_that_looks_like_one_is_not(importer):
    rows = [HEAD, ["=1+1", "NVO"], ["'=Pavadinimas", "NVO"], ["@kas", "NVO"], ["+370 600 00000", "NVO"]]
    plan = importer.check(csv_file(*rows))
    assert [verdict.number for verdict in plan.verdicts if verdict.troubles] == [2, 4]
    assert "formulė" in plan.verdicts[0].troubles[0].message
    assert plan.verdicts[1].label == "=Pavadinimas"

    def type_as_text(sheet):
        sheet["A3"].data_type = "s"

    plan = importer.check(
        xlsx_file(HEAD, ["=1+1", "NVO"], ["=Pavadinimas", "NVO"], ["#N/A", "NVO"], change=type_as_text)
    )
    assert [verdict.number for verdict in plan.verdicts if verdict.troubles] == [2, 4]
    assert plan.verdicts[1].label == "=Pavadinimas"
