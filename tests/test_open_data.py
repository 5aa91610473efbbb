"""Open data: flat rows, JSON and CSV that open right, the same for ten rows and a hundred, nothing that is hidden."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.open_data import cell
from projects.models import ProjectAgreement, ProjectPartner
from tests.factories import (
    CooperationAgreementPageFactory,
    CooperationIndexPageFactory,
    MemberFactory,
    MemberListPageFactory,
    OrganisationFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (-7, "-7"),
        (98381.5, "98381.5"),
        ("VšĮ „Pažangūs sprendimai“", "VšĮ „Pažangūs sprendimai“"),
        (["DE", "LT"], "DE;LT"),
        ([], ""),
        (
            [{"name": "Märkische Seen", "country": "DE", "role": "partner"}, {"name": "VDU", "country": "LT"}],
            "Märkische Seen (DE, partner);VDU (LT)",
        ),
        ([{"name": "Be šalies", "country": ""}], "Be šalies"),
    ],
)
def test_a_cell_says_what_the_value_is(value, text):
    assert cell(value) == text


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r", "\n", "\t", "  =", "\u00a0@"]
)
def test_no_cell_runs_as_a_formula(start):
    assert cell(f"{start}cmd()") == f"'{start}cmd()"
    assert cell(["LT", f"{start}cmd()"]) == f"LT;'{start}cmd()"
    assert cell([{"name": f"{start}cmd()", "country": "LT"}]).startswith("'")


def test_a_sign_inside_a_text_is_left_alone():
    assert cell("2012-01-24/2012-01-26") == "2012-01-24/2012-01-26"
    assert cell("a=b") == "a=b"


@pytest.fixture
def site(db):
    agreements, projects, members = CooperationIndexPageFactory(), ProjectIndexPageFactory(), MemberListPageFactory()
    return {
        "agreements": f"{agreements.url}sutartys",
        "projects": f"{projects.url}projektai",
        "members": f"{members.url}nariai",
    }


def fill(number):
    for _ in range(number):
        abroad = OrganisationFactory(country="AT")
        agreement = CooperationAgreementPageFactory(parties=[OrganisationFactory(), abroad])
        project = ProjectPageFactory(lead=abroad, funder=OrganisationFactory())
        ProjectAgreement.objects.create(page=project, agreement=agreement)
        ProjectPartner.objects.create(page=project, organisation=OrganisationFactory())
        MemberFactory()


def csv_rows(response):
    text = response.content.decode()
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.mark.parametrize("name", ["agreements", "projects", "members"])
def test_json_and_csv_hold_the_same_rows_and_fields(site, client, name):
    fill(3)
    answer = client.get(f"{site[name]}.json")
    assert answer["Content-Type"] == "application/json"
    rows = json.loads(answer.content)
    table = client.get(f"{site[name]}.csv")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    cells = csv_rows(table)
    assert len(rows) == len(cells) == 3
    for row, line in zip(rows, cells, strict=True):
        assert list(row) == list(line)
        assert line == {field: cell(value) for field, value in row.items()}


@pytest.mark.parametrize("name", ["agreements", "projects", "members"])
@pytest.mark.parametrize("extension", ["json", "csv"])
def test_ten_times_the_rows_take_the_same_queries(site, client, name, extension):
    url = f"{site[name]}.{extension}"
    fill(2)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    fill(18)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many) <= 15


@pytest.mark.parametrize("extension", ["json", "csv"])
def test_who_has_the_latest_copy_is_told_so(site, client, extension):
    fill(1)
    url = f"{site['agreements']}.{extension}"
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    fill(1)
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200


def test_an_agreement_is_never_dated_more_precisely_than_its_source(site, client):
    for date in ("2022-07", "2021", "2012-01-24/2012-01-26", ""):
        CooperationAgreementPageFactory(date=date, parties=[])
    rows = json.loads(client.get(f"{site['agreements']}.json").content)
    assert [row["date"] for row in rows] == ["2022-07", "2021", "2012-01-24/2012-01-26", ""]
    assert [row["date_display"].replace("\u00a0", " ") for row in rows] == [
        "2022 m. liepos mėn.",
        "2021 m.",
        "2012 m. sausio 24–26 d.",
        "",
    ]


def test_the_fields_of_an_agreement(site, client):
    agreement = CooperationAgreementPageFactory(
        title="Ketinimų protokolas",
        kind="letter_of_intent",
        date="2017-11-23",
        parties=[OrganisationFactory(name="Märkische Seen", country="DE")],
        unnamed_party_count=2,
        unnamed_party_countries="SE",
        place_signed="Kazlų Rūda",
        source_url="http://example.lt/",
        editor_note="Tik redaktoriams",
        source_text="Pažodžiui",
    )
    project = ProjectPageFactory(title="Projektas apie upę")
    ProjectAgreement.objects.create(page=project, agreement=agreement)
    answer = client.get(f"{site['agreements']}.json")
    assert json.loads(answer.content) == [
        {
            "id": str(agreement.translation_key),
            "title": "Ketinimų protokolas",
            "kind": "letter_of_intent",
            "date": "2017-11-23",
            "date_display": "2017\u00a0m. lapkričio 23\u00a0d.",
            "date_as_stated": "",
            "parties": [{"name": "Märkische Seen", "country": "DE", "role": "partner"}],
            "unnamed_party_count": 2,
            "countries": ["DE", "SE"],
            "projects": ["Projektas apie upę"],
            "international": True,
            "status": "unknown",
            "place": "Kazlų Rūda",
            "url": f"http://testserver{agreement.url}",
            "source_url": "http://example.lt/",
        }
    ]


def test_data_hide_what_pages_hide(site, client):
    shown = CooperationAgreementPageFactory(title="Matoma")
    for number, fields in enumerate(({"live": False}, {"audience": "members"}, {"expire_at": timezone.now()})):
        CooperationAgreementPageFactory(title=f"Slapta {number}", **fields)
        project = ProjectPageFactory(title=f"Slaptas projektas {number}", **fields)
        ProjectAgreement.objects.create(page=project, agreement=shown)
    MemberFactory(left_on="2020-01-01", organisation__name="Slaptas narys")
    for url in site.values():
        for extension in ("json", "csv"):
            assert "slapt" not in client.get(f"{url}.{extension}").content.decode().lower()
    assert len(json.loads(client.get(f"{site['agreements']}.json").content)) == 1
