"""The members: who is shown and how much of them, order, letters, composition, the list in the admin."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.alphabet import by_letter
from members.models import Member
from tests.factories import EldershipFactory, MemberFactory, MemberListPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return MemberListPageFactory()


def person(**fields):
    return MemberFactory(organisation=None, **{"given_name": "Vardenė", "surname": "Pavardė"} | fields)


def outputs(client, page):
    """Everything a visitor can read of the members."""
    urls = (page.url, f"{page.url}?q=pavarde", f"{page.url}nariai.json", f"{page.url}nariai.csv")
    return "\n".join(client.get(url).content.decode().replace('value="pavarde"', "") for url in urls)


# --- Who is shown -----------------------------------------------------------------------------------------------------


def test_a_person_is_named_only_with_consent(client, page):
    member = person()
    assert "Pavardė" not in outputs(client, page)
    assert "Fizinis asmuo" in outputs(client, page)
    assert client.get(f"{page.url}?q=pavarde").context["page_of_rows"].paginator.count == 0
    member.shows_name = True
    member.save()
    assert "Vardenė Pavardė" in outputs(client, page)
    assert client.get(f"{page.url}?q=pavarde").context["page_of_rows"].paginator.count == 1


@pytest.mark.parametrize("name", ["email", "phone", "address"])
def test_each_contact_is_shown_only_with_consent_to_it(client, page, name):
    contacts = {"email": "narys@example.lt", "phone": "+370 600 00000", "address": "Ilgoji g. 1"}
    member = MemberFactory(**contacts)
    text = outputs(client, page)
    assert not [contact for contact in contacts.values() if contact in text]
    setattr(member, f"shows_{name}", True)
    member.save()
    text = outputs(client, page)
    assert [field for field, contact in contacts.items() if contact in text] == [name]
    (row,) = json.loads(client.get(f"{page.url}nariai.json").content)
    assert {field: row[field] for field in contacts} == {f: contacts[f] if f == name else "" for f in contacts}


def test_former_members_are_nowhere(client, page):
    MemberFactory(left_on="2019-12-31", organisation__name="Buvusi bendruomenė", sector="business")
    MemberFactory(left_on="2999-12-31", organisation__name="Dar esanti bendruomenė")
    text = outputs(client, page)
    assert "Buvusi" not in text
    assert "Dar esanti" in text
    assert client.get(page.url).context["composition"]["total"] == 1


def test_samples_are_said_to_be_samples_while_one_is_shown(client, page):
    member = MemberFactory(is_sample=True, eldership=EldershipFactory(slug="viena"))
    other = MemberFactory(eldership=EldershipFactory(slug="kita"))
    notice = "Tai pavyzdžiai."
    assert notice in client.get(page.url).content.decode()
    assert notice not in client.get(f"{page.url}?seniunija={other.eldership.slug}").content.decode()
    member.delete()
    assert notice not in client.get(page.url).content.decode()


# --- Order and letters ------------------------------------------------------------------------------------------------


def test_order_and_letters_are_lithuanian_organisations_and_persons_together(client, page):
    names = [
        "Alovė",
        "Ąžuolai",
        "Cirkliškis",
        "Čekiškė",
        "Įlanka",
        "Ilgiai",
        "Yliai",
        "Jonava",
        "VšĮ „Varpas“",
        "Žiedas",
    ]
    for name in reversed(names):
        MemberFactory(organisation=OrganisationFactory(name=name))
    person(given_name="Žiedė", surname="Dagė", shows_name=True)
    person()
    letters = client.get(page.url).context["letters"]
    assert [(letter.heading, [member.name for member in letter.rows]) for letter in letters] == [
        ("A, Ą", ["Alovė", "Ąžuolai"]),
        ("C", ["Cirkliškis"]),
        ("Č", ["Čekiškė"]),
        ("D", ["Žiedė Dagė"]),
        ("I, Į, Y", ["Įlanka", "Ilgiai", "Yliai"]),
        ("J", ["Jonava"]),
        ("V", ["VšĮ „Varpas“"]),
        ("Ž", ["Žiedas"]),
        ("", ["Fizinis asmuo"]),
    ]


def test_anchors_of_letters_are_plain_and_different():
    names = ["1 mokykla", "Alovė", "Cirkliškis", "Čekiškė", "Ėgliai", "Savas", "Šiltas", "Yla", "Zuikis", "Žiedas", "!"]
    anchors = [letter.anchor for letter in by_letter(names, str)]
    assert len(set(anchors)) == len(names)
    assert all(anchor.isascii() and " " not in anchor for anchor in anchors)


def test_letters_lead_to_their_names(client, page):
    for name in ("Alovė", "Čekiškė"):
        MemberFactory(organisation=OrganisationFactory(name=name))
    content = client.get(page.url).content.decode()
    for letter in client.get(page.url).context["letters"]:
        assert f'href="#{letter.anchor}"' in content
        assert f'id="{letter.anchor}"' in content


# --- Composition ------------------------------------------------------------------------------------------------------


def test_composition_is_a_picture_in_words_and_a_table(client, page):
    for sector, number in (("civil_society", 5), ("business", 2), ("local_authority", 1)):
        for _ in range(number):
            MemberFactory(sector=sector)
    text = " ".join(client.get(page.url).content.decode().replace("\u00a0", " ").split())
    assert (
        "Pilietinė visuomenė – 5 nariai, 62,5 %; Verslas – 2 nariai, 25 %; Vietos valdžia – 1 narys, 12,5 %.</desc>"
        in text
    )
    assert '<rect class="business" x="5" width="2" height="10"/>' in text
    assert '<td class="number">62,5 %</td>' in text
    assert '<td class="number">8</td>' in text


def test_composition_is_of_all_whatever_is_filtered(client, page):
    MemberFactory(sector="business")
    MemberFactory(sector="civil_society")
    response = client.get(f"{page.url}?sektorius=business")
    assert response.context["page_of_rows"].paginator.count == 1
    assert response.context["composition"]["total"] == 2
    for part in response.context["composition"]["parts"]:
        if part["url"]:
            assert client.get(part["url"]).context["page_of_rows"].paginator.count == part["count"]


def test_a_list_without_members_is_a_clear_page(client, page):
    text = client.get(page.url).content.decode()
    assert "Tokių narių nėra" in text
    assert '<svg class="composition__picture"' not in text


def test_ten_times_the_rows_take_the_same_queries(client, page):
    def queries():
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        return len(captured)

    MemberFactory.create_batch(3)
    few = queries()
    MemberFactory.create_batch(27)
    assert queries() == few <= 15


# --- The database -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "organisation_id = NULL",
        "surname = 'Pavardė'",
        "given_name = 'Vardenė'",
        "organisation_id = NULL, given_name = 'Vardenė'",
    ],
)
def test_the_database_wants_an_organisation_or_a_person(change):
    member = MemberFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE members_member SET {change} WHERE id = %s", [member.pk])


def test_an_organisation_is_a_member_once():
    first, second = MemberFactory(), MemberFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_member SET organisation_id = %s WHERE id = %s", [first.organisation_id, second.pk]
        )


# --- The admin --------------------------------------------------------------------------------------------------------


def admin_url(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def listed(client, model, **query):
    response = client.get(admin_url(model, "list"), query)
    assert response.status_code == 200
    return [str(row) for row in response.context["object_list"]]


@pytest.mark.parametrize("words", ["zydinti", "Žydinti", "ŽYDINTI kaime", "Žy", "Pavasario", "pavarde"])
def test_members_are_found_in_the_admin_by_any_of_their_names(admin_client, words):
    MemberFactory(organisation=OrganisationFactory(name="Žydinti kaime", aliases="Pavasario bendrija"))
    MemberFactory(organisation=OrganisationFactory(name="Kita"))
    person()
    expected = "Vardenė Pavardė" if words == "pavarde" else "Žydinti kaime"
    assert listed(admin_client, Member, q=words) == [expected]


def test_members_are_filtered_in_the_admin(admin_client):
    eldership = EldershipFactory()
    MemberFactory(sector="business", eldership=eldership, organisation__name="Lentpjūvė")
    MemberFactory(sector="civil_society", organisation__name="Bendruomenė")
    assert listed(admin_client, Member, sector="business") == ["Lentpjūvė"]
    assert listed(admin_client, Member, eldership=eldership.pk) == ["Lentpjūvė"]
    assert listed(admin_client, Member) == ["Bendruomenė", "Lentpjūvė"]


FORM = {"sector": "business", "email": "islieka@example.lt", "organisation": "", "given_name": "", "surname": ""}


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "organisation", "Pasirinkite organizaciją arba įrašykite fizinio asmens pavardę."),
        ({"given_name": "Vardenė"}, "surname", "Įrašykite ir pavardę."),
        ({"organisation": True, "surname": "Pavardė"}, "surname", "palikite tik vieną"),
        ({"organisation": True, "given_name": "Vardenė"}, "given_name", "palikite tik vieną"),
        ({"surname": "Pavardė", "joined": "2009 m."}, "joined", "Pavyzdžiai: 2022-01-11"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(admin_client, typed, field, message):
    if typed.get("organisation"):
        typed = typed | {"organisation": OrganisationFactory().pk}
    response = admin_client.post(admin_url(Member, "add"), FORM | typed)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    content = response.content.decode()
    assert errors[field][0] in content.replace("&quot;", '"')
    assert 'value="islieka@example.lt"' in content
    assert Member.objects.count() == 0


def test_a_member_is_added(admin_client):
    response = admin_client.post(admin_url(Member, "add"), FORM | {"surname": "Pavardė"})
    assert response.status_code == 302
    assert Member.objects.get().email == "islieka@example.lt"
