"""Imports into the registers: what the dry run says, all or nothing, once and no more, and who may."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from core.imports import plan as plans
from core.models import PendingImport
from members.models import Member
from partners.models import Organisation
from partners.tables import OrganisationTable
from tests import factories
from tests.import_files import MEMBERS, ORGANISATIONS, Importer, csv_file, kinds, plain_file, troubles, xlsx_file

pytestmark = pytest.mark.django_db

HEAD = ["Pavadinimas", "Įmonės kodas", "Rūšis", "Svetainė"]


@pytest.fixture
def organisations(admin_client):
    """An administrator who imports organisations."""
    return Importer(admin_client, ORGANISATIONS)


@pytest.fixture
def members(admin_client):
    """An administrator who imports members."""
    return Importer(admin_client, MEMBERS)


@pytest.fixture
def vdu():
    """An organisation known by several names and a code."""
    return factories.OrganisationFactory(
        name="Vytauto Didžiojo universitetas", short_name="VDU", aliases="LŽŪU\nŽemės ūkio akademija", code="111950396"
    )


def export(client, register, kind):
    """What the list's export gives, as a file to upload."""
    response = client.get(register, {"export": kind})
    return plain_file(b"".join(response.streaming_content), f"eksportas.{kind}")


# --- The dry run ------------------------------------------------------------------------------------------------------


class TestVerdicts:
    """What the dry run says of each row; it changes nothing."""

    def test_new_changed_same_and_wrong_rows_are_told_apart(self, organisations, vdu):
        same = factories.OrganisationFactory(name="Ta pati", kind="ngo")
        rows = [
            HEAD,
            ["Nauja bendruomenė", "300000001", "Bendruomenė", "www.nauja.example.lt"],
            ["Vytauto Didžiojo universitetas", "", "", "https://www.vdu.lt"],
            [same.name, "", "NVO", ""],
            ["Be rūšies", "", "", ""],
        ]
        plan = organisations.check(csv_file(*rows))
        assert kinds(plan) == ["NEW", "CHANGED", "SAME", "ERROR"]
        (change,) = plan.verdicts[1].changes
        assert (change.heading, change.before, change.after) == ("Svetainė", "", "https://www.vdu.lt")
        assert [change.after for change in plan.verdicts[0].changes][-1] == "https://www.nauja.example.lt"
        assert troubles(plan) == {5: [("Rūšis", "Lauką privaloma užpildyti.")]}
        assert not plan.is_possible
        assert Organisation.objects.count() == 2

    @pytest.mark.parametrize(
        ("name", "code", "note"),
        [
            ("vytauto didziojo UNIVERSITETAS", "", ""),
            ("VDU", "", "Rasta pagal kitą pavadinimą"),
            ("Lžūu", "", "Rasta pagal kitą pavadinimą"),
            ("VDU", "111950396", "Rasta pagal kitą pavadinimą"),
        ],
    )
    def test_duplicates_are_found_by_any_name_and_do_not_rename(self, organisations, vdu, name, code, note):
        (verdict,) = organisations.check(csv_file(HEAD, [name, code, "", "https://www.vdu.lt"])).verdicts
        assert verdict.row == vdu
        assert verdict.note.startswith(note)
        assert bool(verdict.note) == bool(note)
        organisations.carry_out()
        vdu.refresh_from_db()
        assert vdu.name == name if not note else vdu.name == "Vytauto Didžiojo universitetas"

    def test_a_code_finds_the_organisation_under_a_new_name(self, organisations, vdu):
        (verdict,) = organisations.check(csv_file(HEAD, ["VDU universitetas", "111 950 396", "", ""])).verdicts
        assert verdict.row == vdu
        (change,) = verdict.changes
        assert (change.heading, change.after) == ("Pavadinimas", "VDU universitetas")

    @pytest.mark.parametrize(
        ("name", "code", "said"),
        [
            ("Vytauto Didžiojo universitetas", "300000002", "jos kodas kitas: 111950396"),
            ("Kita", "111950396", "Kodas 111950396 – „Vytauto Didžiojo universitetas“, o pavadinimas – „Kita“"),
            ("Dviguba", "", "kelios organizacijos pavadinimu „Dviguba“"),
            ("", "300000009", "Trūksta pavadinimo"),
        ],
    )
    def test_what_contradicts_the_register_is_refused(self, organisations, vdu, name, code, said):
        for other in ("Kita", "Dviguba", "Dviguba"):
            factories.OrganisationFactory(name=other)
        plan = organisations.check(csv_file(HEAD, [name, code, "NVO", "https://example.lt"]))
        assert said in troubles(plan)[2][0][1]

    def test_one_organisation_twice_in_the_file_is_refused_by_whatever_it_is_known(self, organisations, vdu):
        rows = [
            HEAD,
            ["Nauja „Žara“", "300000001", "NVO", ""],
            ["NAUJA ZARA", "", "NVO", ""],
            ["Visai kita", "300000001", "NVO", ""],
            ["VDU", "", "", ""],
            ["Žemės ūkio akademija", "", "", ""],
        ]
        found = troubles(organisations.check(csv_file(*rows)))
        assert list(found) == [3, 4, 6]
        assert "Tas pats įrašas kaip 2 eilutėje" in found[3][0][1]
        assert "Tas pats įrašas kaip 5 eilutėje" in found[6][0][1]

    def test_a_name_that_differs_by_the_legal_form_alone_is_pointed_out(self, organisations):
        factories.OrganisationFactory(name="VšĮ „Devynios galybės“")
        plan = organisations.check(csv_file(HEAD, ["Asociacija „Devynios galybės“", "", "NVO", ""]))
        assert "„VšĮ „Devynios galybės““. Patikrinkite" in plan.verdicts[0].note

    def test_what_is_wrong_is_said_beside_the_cell_all_at_once(self, organisations):
        rows = [[*HEAD, "Šalis"], ["A", "12345", "Bendruomenytė", "ne adresas", "Narnija"]]
        found = dict(troubles(organisations.check(csv_file(*rows)))[2])
        assert list(found) == ["Rūšis", "Šalis", "Įmonės kodas", "Svetainė"]
        assert "9 skaitmenys" in found["Įmonės kodas"]
        assert "Gal „Bendruomeninė organizacija“?" in found["Rūšis"]

    def test_what_is_in_the_trash_is_pointed_out(self, organisations, members, vdu):
        Member(organisation=factories.OrganisationFactory(name="Buvusi"), sector="business").save()
        Member.objects.get().delete()
        vdu.delete()
        rows = [HEAD, ["Kita", "111950396", "NVO", ""], ["Vytauto Didžiojo universitetas", "", "NVO", ""]]
        plan = organisations.check(csv_file(*rows))
        assert "šiukšlinėje" in troubles(plan)[2][0][1]
        assert "šiukšlinėje" in plan.verdicts[1].note
        plan = members.check(csv_file(["Organizacija", "Sektorius"], ["Buvusi", "Verslas"]))
        assert "šiukšlinėje" in troubles(plan)[2][0][1]

    def test_the_screen_shows_row_heading_and_both_values(self, organisations, vdu):
        organisations.check(csv_file(HEAD, ["VDU", "", "", "https://www.vdu.lt"]))
        shown = organisations.client.get(organisations.address).content.decode()
        for text in ("Rasta pagal kitą pavadinimą", "Svetainė", "(tuščia)", "https://www.vdu.lt", "Importuoti 1"):
            assert text in shown

    def test_queries_do_not_grow_with_the_file(self, organisations, django_assert_num_queries, admin_user):
        table = OrganisationTable()
        for number in (2, 40):
            organisations.check(csv_file(HEAD, *[[f"Nr. {n}", "", "NVO", ""] for n in range(number)]))
            pending = PendingImport.objects.get()
            with django_assert_num_queries(2):
                plans.Plan(table, pending, admin_user)


# --- Columns ----------------------------------------------------------------------------------------------------------


class TestColumns:
    """Which column is what."""

    def test_headings_are_guessed_by_what_people_call_them(self, organisations):
        plan = organisations.check(csv_file(["ĮSTAIGA", "įm. kodas", "www", "tipas"], ["A", "", "", "NVO"]))
        assert list(plan.pending.columns) == ["name", "code", "website", "kind"]

    def test_a_strange_heading_is_asked_about_and_can_be_left_out(self, organisations):
        response = organisations.upload(csv_file(["Kaip vadinasi", "Rūšis", "Spalva"], ["Nauja", "NVO", "žalia"]))
        assert response["Location"].endswith("/stulpeliai/")
        page = organisations.client.get(response["Location"])
        assert page.context["missing"] == ["Pavadinimas"]
        assert "žalia" in page.content.decode()
        chosen = {"column_0": "name", "column_1": "kind", "column_2": ""}
        organisations.address = organisations.client.post(response["Location"], chosen)["Location"]
        plan = organisations.look()
        assert kinds(plan) == ["NEW"]
        assert [change.heading for change in plan.verdicts[0].changes] == ["Pavadinimas", "Rūšis"]

    def test_a_missing_or_doubled_field_is_said_and_the_choice_is_kept(self, organisations):
        address = organisations.upload(csv_file(["Kas", "Kas kita"], ["Nauja", "NVO"]))["Location"]
        page = organisations.client.post(address, {"column_0": "kind", "column_1": "kind"})
        form = page.context["form"]
        assert "„Rūšis“ jau pasirinkta" in form.errors["column_1"][0]
        assert "Pasirinkite, kuris stulpelis yra „Pavadinimas“" in form.non_field_errors()[0]
        assert form["column_0"].value() == "kind"
        # The dry run cannot be reached past it.
        check = organisations.client.get(address.replace("stulpeliai/", ""))
        assert check["Location"] == address

    def test_a_heading_that_wants_to_be_markup_is_text(self, organisations):
        address = organisations.upload(csv_file(["<script>x</script>", "Rūšis"], ["<b>x</b>", "NVO"]))["Location"]
        shown = organisations.client.get(address).content.decode()
        assert "<script>x" not in shown
        assert "<b>x" not in shown

    def test_members_need_an_organisation_or_a_person(self, members):
        address = members.upload(csv_file(["Sektorius", "Telefonas"], ["Verslas", "8"]))["Location"]
        form = members.client.post(address, {"column_0": "sector", "column_1": "phone"}).context["form"]
        assert "„Organizacija“ arba „Pavardė“" in form.non_field_errors()[0]


# --- All or nothing ---------------------------------------------------------------------------------------------------


class TestCarryingOut:
    """One transaction, once, and only what was seen."""

    def test_rows_get_versions_and_a_history_that_names_the_file(self, organisations, vdu, admin_user):
        vdu.refresh_from_db()
        assert vdu.latest_revision is None
        rows = [HEAD, ["VDU", "", "", "https://www.vdu.lt"], ["Nauja", "300000001", "NVO", ""]]
        organisations.run(csv_file(*rows, name="nariai 2026.csv"))
        new = Organisation.objects.get(name="Nauja")
        assert (new.slug, new.code, new.country.code) == ("nauja", "300000001", "LT")
        assert new.latest_revision.user == admin_user
        vdu.refresh_from_db()
        before, after = vdu.revisions.order_by("pk")
        assert (before.content["website"], after.content["website"]) == ("", "https://www.vdu.lt")
        assert vdu.latest_revision == after
        for row, said in ((vdu, "Pakeista"), (new, "Sukurta")):
            entry = ModelLogEntry.objects.for_instance(row).get(action="core.import")
            assert (entry.user, entry.revision, entry.content_changed) == (admin_user, row.latest_revision, True)
            shown = organisations.client.get(
                reverse(Organisation.snippet_viewset.get_url_name("history"), args=[row.pk])
            )
            assert f"{said} importuojant failą „nariai 2026.csv“" in shown.content.decode()
        # What stood there before can be brought back from the history.
        entry = ModelLogEntry.objects.for_instance(vdu).get(action="core.first_state")
        assert (entry.revision, entry.content_changed) == (before, True)

    def test_the_same_file_twice_changes_nothing(self, organisations, vdu):
        rows = [HEAD, ["VDU", "", "", "https://www.vdu.lt"], ["Nauja", "300000001", "NVO", ""]]
        organisations.run(csv_file(*rows))
        entries = ModelLogEntry.objects.count()
        plan = organisations.check(csv_file(*rows))
        assert kinds(plan) == ["SAME", "SAME"]
        assert not plan.is_possible
        organisations.carry_out()
        assert (Organisation.objects.count(), ModelLogEntry.objects.count()) == (2, entries)

    def test_one_wrong_row_and_nothing_is_imported_even_if_somebody_presses_a_button_that_is_not_there(
        self, organisations
    ):
        plan = organisations.check(csv_file(HEAD, ["Gera", "", "NVO", ""], ["Bloga", "1", "NVO", ""]))
        assert b'name="seal"' in organisations.client.get(organisations.address).content
        assert b">Importuoti " not in organisations.client.get(organisations.address).content
        organisations.carry_out(plan.seal)
        assert not Organisation.objects.exists()

    def test_an_error_in_the_middle_leaves_nothing_behind(self, organisations, monkeypatch):
        organisations.check(csv_file(HEAD, ["Pirma", "", "NVO", ""], ["Antra", "", "NVO", ""]))
        save = Organisation.save

        def fail_at_the_second(row, *args, **kwargs):
            if row.name == "Antra":
                raise RuntimeError("power cut")
            save(row, *args, **kwargs)

        monkeypatch.setattr(Organisation, "save", fail_at_the_second)
        with pytest.raises(RuntimeError):
            organisations.carry_out()
        assert not Organisation.objects.exists()
        assert not ModelLogEntry.objects.filter(action="core.import").exists()
        assert PendingImport.objects.exists()

    def test_a_code_that_somebody_saves_meanwhile_by_a_form_leaves_nothing_behind(self, organisations, monkeypatch):
        organisations.check(csv_file(HEAD, ["Pirma", "", "NVO", ""], ["Antra", "300000001", "NVO", ""]))
        write = plans.Plan.carry_out

        def after_the_form(plan):
            write(plan)
            factories.OrganisationFactory(name="Iš formos", code="300000001")

        monkeypatch.setattr(plans.Plan, "carry_out", after_the_form)
        assert organisations.carry_out()["Location"] == organisations.address
        assert b"registras pasikei" in organisations.client.get(organisations.address).content
        assert not Organisation.objects.exists()

    def test_a_register_that_has_changed_since_is_shown_again_and_not_written(self, organisations, vdu):
        organisations.check(csv_file(HEAD, ["VDU", "", "", "https://www.vdu.lt"]))
        Organisation.objects.update(website="https://kitas.example.lt")
        response = organisations.carry_out()
        assert response["Location"] == organisations.address
        vdu.refresh_from_db()
        assert vdu.website == "https://kitas.example.lt"
        assert b"registras pasikei" in organisations.client.get(organisations.address).content
        (change,) = organisations.look().verdicts[0].changes
        assert change.before == "https://kitas.example.lt"
        organisations.carry_out()
        vdu.refresh_from_db()
        assert vdu.website == "https://www.vdu.lt"

    def test_an_empty_cell_changes_nothing(self, organisations, vdu):
        vdu.website = "https://www.vdu.lt"
        vdu.save()
        plan = organisations.check(csv_file([*HEAD, "Pastaba"], ["VDU", "-", "", "–", ""]))
        assert kinds(plan) == ["SAME"]

    def test_pressed_twice_it_is_done_once(self, organisations):
        organisations.check(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        organisations.carry_out()
        assert organisations.carry_out()["Location"] == f"{ORGANISATIONS}importas/"
        assert Organisation.objects.count() == 1

    def test_what_was_uploaded_is_gone_when_it_is_done_given_up_or_replaced(self, organisations):
        organisations.check(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        organisations.check(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        assert PendingImport.objects.count() == 1
        organisations.client.post(organisations.address, {"give_up": "1"})
        assert not PendingImport.objects.exists()
        assert not Organisation.objects.exists()
        organisations.run(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        assert not PendingImport.objects.exists()

    def test_what_nobody_came_back_to_is_erased_after_a_day(self, organisations):
        organisations.check(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        call_command("erase_old_imports", verbosity=0)
        assert PendingImport.objects.exists()
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            call_command("erase_old_imports", verbosity=0)
        assert not PendingImport.objects.exists()


# --- What the export writes the import reads --------------------------------------------------------------------------


class TestRoundTrip:
    """Nothing is lost or changed on the way out and in."""

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_organisations(self, organisations, vdu, kind):
        factories.OrganisationFactory(
            name='=HYPERLINK("x")',
            short_name="@kas",
            note="Dvi\r\neilutės; su „kabutėmis“",
            aliases="Vienas\r\nDu",
            legal_form="public_institution",
            country="DE",
            website="https://example.lt/?a=1;b=2",
        )
        factories.OrganisationFactory(name="Nr.\u00a01 grupė", kind="lag")
        file = export(organisations.client, ORGANISATIONS, kind)
        plan = organisations.check(file)
        assert kinds(plan) == ["SAME"] * 3
        assert PendingImport.objects.get().columns.count("") == 0

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_members(self, members, kind):
        factories.MemberFactory(phone="+370 600 00000", email="a@example.lt", joined="2015-06", shows_email=True)
        factories.MemberFactory(joined="2015", left_on="2026-03-31", organisation__code="300000001")
        factories.MemberFactory(organisation=None, surname="Nario-Pavardė", given_name="Vardas", joined="2015-06-01")
        plan = members.check(export(members.client, MEMBERS, kind))
        assert kinds(plan) == ["SAME"] * 3, [verdict.changes or verdict.troubles for verdict in plan.verdicts]

    def test_into_an_empty_register(self, members):
        member = factories.MemberFactory(phone="+370 600 00000", joined="2015-06", shows_phone=True)
        name, eldership = member.organisation.name, member.eldership
        file = export(members.client, MEMBERS, "xlsx")
        organisation = member.organisation
        member.purge()
        organisation.purge()
        members.run(file)
        again = Member.objects.get()
        assert (again.organisation.name, again.eldership, again.phone) == (name, eldership, "+370 600 00000")
        assert (again.joined, again.shows_phone, again.shows_email) == ("2015-06", True, False)

    @pytest.mark.parametrize("register", [ORGANISATIONS, MEMBERS])
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_template_is_known_in_every_column_and_its_example_is_passed_by(self, admin_client, register, kind):
        importer = Importer(admin_client, register)
        response = admin_client.get(f"{register}importas/sablonas.{kind}")
        assert f"-sablonas.{kind}" in response["Content-Disposition"]
        plan = importer.check(plain_file(response.content, f"sablonas.{kind}"))
        assert kinds(plan) == ["EXAMPLE"]
        assert "" not in plan.pending.columns
        assert not plan.is_possible

    def test_the_template_explains_and_offers_what_can_be_chosen(self, admin_client):
        content = admin_client.get(f"{MEMBERS}importas/sablonas.xlsx").content
        book = load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["Pildyti", "Paaiškinimai"]
        told = {cell.value for row in book["Paaiškinimai"] for cell in row}
        assert {"Pilietinė visuomenė", "Bendruomeninė organizacija", "Rodyti el. paštą"} <= told
        assert len(book["Pildyti"].data_validations.dataValidation) >= 6
        assert admin_client.get(f"{MEMBERS}importas/sablonas.exe").status_code == 404


# --- Members ----------------------------------------------------------------------------------------------------------


M_HEAD = ["Organizacija", "Rūšis", "Vardas", "Pavardė", "Sektorius", "Seniūnija", "Narys nuo", "El. paštas"]


class TestMembers:
    """Members are organisations or persons; their organisations come along."""

    def test_an_organisation_that_is_not_known_comes_along_with_its_history(self, members):
        eldership = factories.EldershipFactory(name="Alovės seniūnija")
        rows = [M_HEAD, ["Nauja bendruomenė", "Bendruomenė", "", "", "NVO", "Alovės", "2024.05", "a@example.lt"]]
        plan = members.run(csv_file(*rows))
        assert "nauja organizacija" in plan.verdicts[0].note
        member = Member.objects.get()
        assert (member.organisation.kind, member.sector) == ("community", "civil_society")
        assert (member.eldership, member.joined) == (eldership, "2024-05")
        assert ModelLogEntry.objects.filter(action="core.import").count() == 2
        assert member.organisation.latest_revision

    def test_a_known_organisation_is_found_and_left_as_it_is(self, members, vdu):
        members.run(csv_file(M_HEAD, ["VDU", "NVO", "", "", "Verslas", "", "", ""]))
        vdu.refresh_from_db()
        assert (vdu.membership.sector, vdu.kind, vdu.name) == ("business", "ngo", "Vytauto Didžiojo universitetas")
        assert Organisation.objects.count() == 1

    def test_without_the_kind_or_the_right_no_organisation_is_added(self, members):
        rows = csv_file(M_HEAD, ["Nauja", "", "", "", "Verslas", "", "", ""])
        assert "Organizacijos rūšis" in troubles(members.check(rows))[2][0][1]
        user = factories.UserFactory()
        codenames = ["access_admin", "add_member", "change_member"]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        browser = Client()
        browser.force_login(user)
        rows = csv_file(M_HEAD, ["Nauja", "NVO", "", "", "Verslas", "", "", ""])
        assert "naujų įtraukti negalite" in troubles(Importer(browser, MEMBERS).check(rows))[2][0][1]

    def test_nobody_agrees_by_an_empty_cell(self, members):
        head = ["Organizacija", "Rūšis", "Sektorius", "Telefonas", "Rodyti telefoną", "Rodyti el. paštą"]
        members.run(csv_file(head, ["A", "NVO", "NVO", "8", "taip", ""], ["B", "NVO", "NVO", "8", "", "ne"]))
        shown = {str(row): (row.shows_phone, row.shows_email, row.shows_name) for row in Member.objects.all()}
        assert shown == {"A": (True, False, False), "B": (False, False, False)}
        plan = members.check(csv_file(head, ["A", "NVO", "NVO", "8", "gal", ""]))
        assert troubles(plan) == {2: [("Rodyti telefoną", "Rašykite „Taip“ arba „Ne“.")]}

    def test_persons_are_found_by_name_and_told_apart_by_address(self, members):
        known = factories.MemberFactory(organisation=None, given_name="Vardas", surname="Žinomas", email="a@example.lt")
        plan = members.check(csv_file(M_HEAD, ["", "", "VARDAS", "Zinomas", "", "", "", ""]))
        assert plan.verdicts[0].row == known
        factories.MemberFactory(organisation=None, given_name="Vardas", surname="Žinomas", email="b@example.lt")
        plan = members.check(csv_file(M_HEAD, ["", "", "Vardas", "Žinomas", "", "", "2010", "A@example.lt"]))
        assert plan.verdicts[0].row == known
        plan = members.check(csv_file(M_HEAD, ["", "", "Vardas", "Žinomas", "", "", "2010", ""]))
        assert "keli nariai tokiu vardu" in troubles(plan)[2][0][1]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (["A", "NVO", "Vardas", "Pavardė", "NVO", "", "", ""], "arba organizacija, arba fizinis asmuo"),
            (["", "", "Vardas", "", "NVO", "", "", ""], "arba asmens pavardės"),
            (["", "", "", "", "NVO", "", "", ""], "Trūksta organizacijos"),
            (["A", "NVO", "", "", "", "", "", ""], "privaloma"),
            (["A", "NVO", "", "", "NVO", "Nėra tokios", "", ""], "Registre tokio įrašo nėra"),
            (["A", "NVO", "", "", "NVO", "Dviguba", "", ""], "keli taip pavadinti"),
            (["A", "NVO", "", "", "NVO", "", "2024-13", ""], "Tokios datos kalendoriuje nėra"),
            (["A", "NVO", "", "", "NVO", "", "", "neteisingas"], "pašto adres"),
        ],
    )
    def test_rows_that_make_no_member(self, members, row, said):
        for _ in range(2):
            factories.EldershipFactory(name="Dviguba seniūnija")
        (message,) = [text for _, text in troubles(members.check(csv_file(M_HEAD, row)))[2]]
        assert said in message

    def test_typed_cells_of_a_workbook_are_as_precise_as_they_are_shown(self, members):
        def shape(sheet):
            for row, shown in ((2, "yyyy-mm-dd"), (3, "yyyy-mm"), (4, "yyyy")):
                sheet.cell(row, 4, timezone.datetime(2015, 6, 1)).number_format = shown
            sheet["D5"] = 2015

        rows = [[f"Organizacija {n}", "NVO", "NVO", None, 37060000000] for n in "abcd"]
        head = ["Organizacija", "Rūšis", "Sektorius", "Narys nuo", "Telefonas"]
        members.run(xlsx_file(head, *rows, change=shape))
        joined = list(Member.objects.by_name().values_list("joined", "phone"))
        assert joined == [(day, "37060000000") for day in ("2015-06-01", "2015-06", "2015", "2015")]

    def test_a_number_that_excel_has_spoilt_is_refused(self, members):
        plan = members.check(csv_file([*M_HEAD, "Tel."], ["A", "NVO", "", "", "NVO", "", "", "", "3,70612E+10"]))
        assert "sugadino" in troubles(plan)[2][0][1]


# --- Who may ----------------------------------------------------------------------------------------------------------


class TestWhoMay:
    """Whoever may add and change; and what is uploaded is one's own."""

    @pytest.mark.parametrize("codename", ["add_organisation", "change_organisation"])
    def test_one_of_the_two_rights_is_not_enough(self, codename):
        user = factories.UserFactory()
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", codename]))
        browser = Client()
        browser.force_login(user)
        assert b"importas/" not in browser.get(ORGANISATIONS).content
        for path in ("importas/", "importas/sablonas.csv", "importas/1/", "importas/1/stulpeliai/"):
            for method in (browser.get, browser.post):
                assert method(ORGANISATIONS + path)["Location"] == "/admin/", path

    def test_somebody_elses_upload_is_not_to_be_had(self, organisations, members):
        organisations.check(csv_file(HEAD, ["Nauja", "", "NVO", ""]))
        other = Client()
        other.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
        for address in (organisations.address, f"{organisations.address}stulpeliai/"):
            assert other.get(address)["Location"] == f"{ORGANISATIONS}importas/"
            assert other.post(address, {"seal": organisations.plan.seal})["Location"] == f"{ORGANISATIONS}importas/"
        # Nor under another register.
        wrong = organisations.address.replace("partners/organisation", "members/member")
        assert organisations.client.get(wrong)["Location"] == f"{MEMBERS}importas/"
        assert not Organisation.objects.exists()

    def test_the_button_stands_on_the_list(self, admin_client):
        for register in (ORGANISATIONS, MEMBERS):
            assert f'href="{register}importas/"'.encode() in admin_client.get(register).content


def test_the_export_has_a_heading_for_every_column_and_labels_not_codes(admin_client):
    factories.OrganisationFactory(name="Bendruomenė", kind="community", legal_form="association", country="DE")
    content = b"".join(admin_client.get(ORGANISATIONS, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content), delimiter=";")
    cells = ("Bendruomeninė organizacija", "Asociacija", "Vokietija")
    assert (row["Rūšis"], row["Teisinė forma"], row["Šalis"]) == cells
