"""The lists of the registers: sorted in Lithuanian, filtered, changed in bulk, exported; what is in use says where."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry, ReferenceIndex

from core.admin.deletion import kind_of
from core.models.registers import free_slug
from core.spreadsheets import cell_value, defused, undefused
from core.uses import uses_of
from events.models import Venue
from members.models import Member
from news.models import Topic
from partners.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def listed(client, model, **query):
    """The names that the list shows, in its order."""
    response = client.get(reverse(model.snippet_viewset.get_url_name("list")), query)
    assert response.status_code == 200
    return [str(row) for row in response.context["object_list"]]


def rows_of(response):
    """The rows of a CSV as dicts."""
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def bulk(client, model, action, rows, data=None, **query):
    """Do something with the chosen rows; `rows` may be "all"."""
    address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, action])
    ids = ["all"] if rows == "all" else [row.pk for row in rows]
    query_string = "&".join([f"id={pk}" for pk in ids] + [f"{name}={value}" for name, value in query.items()])
    if data is None:
        return client.get(f"{address}?{query_string}&next=/admin/")
    return client.post(f"{address}?{query_string}&next=/admin/", data)


# --- Sorting and filtering --------------------------------------------------------------------------------------------


def test_names_stand_in_lithuanian_order_both_ways(admin_client):
    for name in ("Žiogas", "Ąžuolas", "Zylė", "Ieva", "Ylakiai"):
        factories.OrganisationFactory(name=name)
    names = ["Ąžuolas", "Ieva", "Ylakiai", "Zylė", "Žiogas"]
    assert listed(admin_client, Organisation) == names
    assert listed(admin_client, Organisation, ordering="name") == names
    assert listed(admin_client, Organisation, ordering="-name") == names[::-1]


def test_values_of_a_list_are_sorted_by_what_they_are_called(admin_client):
    for name, kind, country in (("A", "lag", "LT"), ("B", "community", "DE"), ("C", "flag", "EE")):
        factories.OrganisationFactory(name=name, kind=kind, country=country)
    # Bendruomeninė organizacija, Vietos veiklos grupė, Žuvininkystės…; Estija, Lietuva, Vokietija.
    heads = admin_client.get(reverse(Organisation.snippet_viewset.get_url_name("list"))).content.decode()
    assert "ordering=get_kind_display" in heads or "ordering=kind" in heads
    by_kind = "get_kind_display" if "ordering=get_kind_display" in heads else "kind"
    assert listed(admin_client, Organisation, ordering=by_kind) == ["B", "A", "C"]
    assert listed(admin_client, Organisation, ordering="country") == ["C", "A", "B"]


def test_members_stand_by_surname_whether_or_not_readers_see_it(admin_client):
    factories.MemberFactory(organisation__name="Margis")
    factories.MemberFactory(organisation=None, given_name="Aaa", surname="Žinomas")
    factories.MemberFactory(organisation=None, given_name="Zzz", surname="Antrasis", shows_name=True)
    names = ["Zzz Antrasis", "Margis", "Aaa Žinomas"]
    assert listed(admin_client, Member) == names
    assert listed(admin_client, Member, ordering="-name") == names[::-1]
    # Readers find the one who has not agreed at the end, under no name.
    assert [member.name for member in Member.objects.in_order()] == ["Zzz Antrasis", "Margis", "Fizinis asmuo"]


def test_an_unknown_order_is_the_usual_one(admin_client):
    factories.OrganisationFactory(name="A")
    assert listed(admin_client, Organisation, ordering="slug;drop") == ["A"]


def test_members_are_narrowed_by_what_is_to_be_done_about_them(admin_client):
    today = timezone.localdate()
    alove = factories.EldershipFactory(name="Alovė")
    with_delegate = factories.MemberFactory(organisation__name="Su atstovu", email="a@example.lt", eldership=alove)
    factories.DelegateFactory(member=with_delegate)
    revoked = factories.MemberFactory(organisation__name="Atšauktas", sector="business")
    factories.DelegateFactory(member=revoked, revoked_at=timezone.now())
    factories.MemberFactory(organisation__name="Buvęs", left_on=today)
    factories.MemberFactory(organisation__name="Išeis", left_on=today + timedelta(days=1))
    factories.MemberFactory(organisation=None, surname="Asmuo")
    everybody = {"Su atstovu", "Atšauktas", "Buvęs", "Išeis", "Asmuo"}
    for query, expected in (
        ({"delegates": "yra"}, {"Su atstovu"}),
        ({"delegates": "nera"}, everybody - {"Su atstovu"}),
        ({"email": "yra"}, {"Su atstovu"}),
        ({"email": "nera"}, everybody - {"Su atstovu"}),
        ({"membership": "buve"}, {"Buvęs"}),
        ({"membership": "dabar"}, everybody - {"Buvęs"}),
        ({"kind": "asmuo"}, {"Asmuo"}),
        ({"kind": "organizacija"}, everybody - {"Asmuo"}),
        ({"sector": "business"}, {"Atšauktas"}),
        ({"eldership": alove.pk}, {"Su atstovu"}),
        ({"municipality": alove.municipality.pk}, {"Su atstovu"}),
        ({"delegates": "nera", "membership": "dabar", "q": "isei"}, {"Išeis"}),
        ({"eldership": "nera-tokios"}, everybody),
    ):
        assert set(listed(admin_client, Member, **query)) == expected, query


def test_organisations_are_narrowed_by_membership_and_found_by_code(admin_client):
    member = factories.MemberFactory(organisation__name="Narė").organisation
    factories.OrganisationFactory(name="Ne narė", code="300000001", legal_form="farm")
    assert listed(admin_client, Organisation, member="narys") == ["Narė"]
    assert listed(admin_client, Organisation, member="ne") == ["Ne narė"]
    assert listed(admin_client, Organisation, legal_form="farm") == ["Ne narė"]
    assert listed(admin_client, Organisation, q="300000001") == ["Ne narė"]
    # Who is in the trash is no member.
    member.membership.delete()
    assert listed(admin_client, Organisation, member="narys") == []


def test_venues_are_narrowed_by_eldership_and_map(admin_client):
    here = factories.VenueFactory(name="Čia", latitude=54, longitude=24)
    factories.VenueFactory(name="Ten")
    assert listed(admin_client, Venue, eldership=here.eldership.pk) == ["Čia"]
    assert listed(admin_client, Venue, on_map="nera") == ["Ten"]


def test_the_list_says_where_a_row_is_used_and_leads_there(admin_client):
    venue = factories.VenueFactory(name="Salė")
    factories.EventPageFactory(venue=venue)
    factories.VenueFactory(name="Tuščia")
    shown = (
        admin_client.get(reverse(Venue.snippet_viewset.get_url_name("list"))).content.decode().replace("\u00a0", " ")
    )
    assert f'<a href="/admin/snippets/events/venue/usage/{venue.pk}/">1 vietoje</a>' in shown
    assert "niekur" in shown


def test_a_member_and_a_page_of_a_topic_count_as_uses_and_are_named(admin_client):
    """Wagtail's index of references knows neither one-to-one nor many-to-many relations."""
    member = factories.MemberFactory(organisation__name="Bendruomenė „Kalnelis“")
    topic = factories.TopicFactory(name="Kvietimai")
    page = factories.NewsPageFactory(title="Kviečiame teikti paraiškas", topics=[topic])
    for row, user, kind in [(member.organisation, member, "Narys"), (topic, page, "Naujiena")]:
        viewset = type(row).snippet_viewset
        shown = admin_client.get(reverse(viewset.get_url_name("list"))).content.decode().replace("\u00a0", " ")
        usage = reverse(viewset.get_url_name("usage"), args=[row.pk])
        assert f'<a href="{usage}">1 vietoje</a>' in shown
        (told,) = admin_client.get(usage).context["table"].data
        assert (told["label"], kind_of(told["object"])) == (str(user), kind)
    factories.OrganisationFactory(name="Nenaudojama")
    assert listed(admin_client, Organisation, ordering="usage_count")[0] == "Nenaudojama"


def test_a_page_that_uses_a_row_twice_is_told_once():
    image = get_image_model().objects.create(title="Kalnelis", file=get_test_image_file())
    page = factories.NewsPageFactory(cover=image)
    assert ReferenceIndex.get_references_to(image).exists()
    assert uses_of([image]) == {image.pk: [page]}


# --- Many at once -----------------------------------------------------------------------------------------------------


class TestBulk:
    """What a secretary does with many rows."""

    @pytest.mark.parametrize(
        ("action", "field", "value"),
        [("change_sector", "sector", "business"), ("mark_as_left", "left_on", "2026-03-31")],
    )
    def test_members_change_with_a_version_and_a_history_each(self, admin_client, admin_user, action, field, value):
        chosen = factories.MemberFactory.create_batch(2)
        other = factories.MemberFactory()
        asked = bulk(admin_client, Member, action, chosen).content.decode()
        assert all(str(member) in asked for member in chosen)
        response = bulk(admin_client, Member, action, chosen, {field: value})
        assert response["Location"] == "/admin/"
        for member in chosen:
            member.refresh_from_db()
            assert str(getattr(member, field)) == value
            before, after = member.revisions.order_by("pk")
            assert (before.content[field], after.content[field]) == (
                None if field == "left_on" else "civil_society",
                value,
            )
            told = ModelLogEntry.objects.for_instance(member).order_by("pk")
            assert [(entry.action, entry.user, entry.revision) for entry in told] == [
                ("core.first_state", admin_user, before),
                ("wagtail.edit", admin_user, after),
            ]
            history = admin_client.get(reverse(Member.snippet_viewset.get_url_name("history"), args=[member.pk]))
            assert len(history.context["object_list"]) == 2
        other.refresh_from_db()
        assert (other.sector, other.left_on) == ("civil_society", None)

    def test_kinds_and_elderships_change_too(self, admin_client):
        organisation, venue, member = (
            factories.OrganisationFactory(),
            factories.VenueFactory(),
            factories.MemberFactory(),
        )
        eldership = factories.EldershipFactory()
        bulk(admin_client, Organisation, "change_kind", [organisation], {"kind": "community"})
        bulk(admin_client, Venue, "change_eldership", [venue], {"eldership": eldership.pk})
        bulk(admin_client, Member, "change_eldership", [member], {"eldership": eldership.pk})
        for row in (organisation, venue, member):
            row.refresh_from_db()
        assert (organisation.kind, venue.eldership, member.eldership) == ("community", eldership, eldership)

    @pytest.mark.parametrize("typed", ["kovas", ""])
    def test_a_wrong_value_changes_nothing_and_is_said(self, admin_client, typed):
        member = factories.MemberFactory()
        response = bulk(admin_client, Member, "mark_as_left", [member], {"left_on": typed})
        assert response.status_code == 200
        assert "left_on" in response.context["form"].errors
        member.refresh_from_db()
        assert member.left_on is None

    def test_who_may_not_change_changes_nothing(self):
        member = factories.MemberFactory()
        user = factories.UserFactory()
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_member"]))
        browser = Client()
        browser.force_login(user)
        assert "neleidžiama" in bulk(browser, Member, "change_sector", [member]).content.decode()
        bulk(browser, Member, "change_sector", [member], {"sector": "business"})
        member.refresh_from_db()
        assert member.sector == "civil_society"
        # Taking a table of what one sees is no change.
        assert bulk(browser, Member, "export", [member]).status_code == 200
        stranger = Client()
        stranger.force_login(factories.UserFactory())
        assert bulk(stranger, Member, "export", [member]).status_code in (302, 403)

    def test_all_in_the_list_are_those_that_the_list_shows(self, admin_client):
        inside = factories.MemberFactory.create_batch(2, sector="business")
        outside = factories.MemberFactory()
        bulk(admin_client, Member, "mark_as_left", "all", {"left_on": "2026-03-31"}, sector="business")
        assert set(Member.objects.filter(left_on__isnull=False)) == set(inside)
        # Wagtail's own deleting of "all" too.
        bulk(admin_client, Member, "delete", "all", {}, sector="business")
        assert list(Member.objects.all()) == [outside]

    def test_the_chosen_as_a_table(self, admin_client):
        chosen, _ = factories.OrganisationFactory(name="Pasirinkta"), factories.OrganisationFactory()
        response = bulk(admin_client, Organisation, "export", [chosen])
        assert 'filename="organizacijos.xlsx"' in response["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Pavadinimas", "Pasirinkta"]


# --- Tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", "\rx", "＝x"])
def test_no_export_of_the_admin_runs_a_formula(admin_client, start):
    factories.TopicFactory(name=start)
    page = factories.NewsPageFactory(title=start)
    page.save_revision()
    (row,) = rows_of(admin_client.get(reverse(Topic.snippet_viewset.get_url_name("list")), {"export": "csv"}))
    assert row["Pavadinimas"] == f"'{start}"
    # Wagtail's own reports as well.
    report = admin_client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": "csv"})
    assert not [cell for row in rows_of(report) for cell in row.values() if cell == start]
    book = admin_client.get(reverse(Topic.snippet_viewset.get_url_name("list")), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert sheet["A2"].data_type == "s"
    if start[0] in "=+-@":
        assert sheet["A2"].quotePrefix


@pytest.mark.parametrize("text", ["=1", "+370 600", "'=1", "'paprastas", "", "a=b", "\t=1", "'"])
def test_the_mark_comes_off_again(text):
    assert undefused(defused(text)) in (text, text.removeprefix("'"))
    if not text.startswith("'"):
        assert undefused(defused(text)) == text


def test_numbers_of_a_table_are_numbers(admin_client):
    assert cell_value(12.5, is_xlsx=False) == "12,5"
    assert cell_value(12.5, is_xlsx=True) == 12.5
    venue = factories.VenueFactory(latitude="54.396300", longitude="24.045900")
    (row,) = rows_of(admin_client.get(reverse(Venue.snippet_viewset.get_url_name("list")), {"export": "csv"}))
    assert (row["Platuma"], row["Seniūnija"]) == ("54,396300", venue.eldership.name)


def test_the_table_is_of_what_is_filtered(admin_client):
    factories.MemberFactory(organisation__name="Viena", sector="business")
    factories.MemberFactory()
    address = reverse(Member.snippet_viewset.get_url_name("list"))
    rows = rows_of(admin_client.get(address, {"export": "csv", "sector": "business"}))
    assert [row["Organizacija"] for row in rows] == ["Viena"]
    assert rows[0]["Sektorius"] == "Verslas"


# --- Organisations ----------------------------------------------------------------------------------------------------


class TestCode:
    """The code of the register of legal entities: one organisation each."""

    @pytest.mark.parametrize("code", ["12345678", "1234567890", "30000000a", "300 000 001", "３０００００００１"])
    def test_what_is_no_code_is_refused(self, code):
        with pytest.raises(ValidationError) as caught:
            factories.OrganisationFactory.build(code=code).full_clean()
        assert "code" in caught.value.message_dict

    @pytest.mark.parametrize("code", ["", "300000001", "1234567"])
    def test_new_old_and_none(self, code):
        factories.OrganisationFactory(name="Kita", code="")
        factories.OrganisationFactory.build(code=code, slug="a").full_clean()

    def test_twice_is_refused_beside_the_form_also_where_the_other_is_in_the_trash(self):
        first = factories.OrganisationFactory(code="300000001")
        for _ in range(2):
            with pytest.raises(ValidationError):
                factories.OrganisationFactory.build(code="300000001", slug="kita").full_clean()
            first.delete()


def test_a_new_organisation_while_choosing_needs_a_name_and_a_kind(admin_client):
    address = reverse("wagtailsnippetchoosers_partners_organisation:create")
    fields = {"name": "Žiogų bendruomenė", "kind": "community"}
    assert admin_client.post(address, fields).json()["step"] == "chosen"
    assert Organisation.objects.get().slug == "ziogu-bendruomene"
    again = admin_client.post(address, {"name": "ziogu BENDRUOMENE", "kind": "ngo"}).json()
    assert "jau yra „Žiogų bendruomenė“" in again["htmlFragment"]
    assert Organisation.objects.count() == 1


def test_an_address_part_is_made_of_the_name_and_is_nobody_elses():
    assert free_slug(Organisation, "Žiogų „Ąžuolas“") == "ziogu-azuolas"
    factories.OrganisationFactory(slug="ziogu-azuolas").delete()
    assert free_slug(Organisation, "Žiogų „Ąžuolas“") == "ziogu-azuolas-2"
    assert free_slug(Organisation, "„“") == "organisation"
    row = Organisation(name="ŽIOGŲ ąžuolas", kind="ngo")
    row.save()
    assert row.slug == "ziogu-azuolas-2"
