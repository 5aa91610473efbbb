"""Reports: what each holds, for whom, as a table and as a file; the counting of redirects; the menu."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.menu import admin_menu, help_menu, reports_menu
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file

from core.models import CustomImage
from desk import middleware
from desk.guide import how_to
from desk.links.collecting import collect_everything, collect_from_page
from desk.models import Link, PageFinding, RedirectUse
from desk.reports import REPORTS
from desk.signals import look_again
from tests import factories
from tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)


@pytest.fixture
def administrator(people):
    """A browser of an administrator."""
    browser = Client()
    browser.force_login(people["administrator"])
    return browser


def shown(browser, name, query=""):
    """A report as it is shown."""
    response = browser.get(reverse(f"desk:{name}") + query)
    assert response.status_code == 200
    return response.content.decode()


def fill(number):
    """One more row for every report."""
    factories.StandardPageFactory(title=f"Peržiūrai {number}", review_on=date(2026, 1, 1))
    page = factories.StandardPageFactory(
        title=f"Su nuorodomis {number}",
        body=[("text", f'<p><a href="https://a{number}.example/">x</a><a href="/nera-{number}/">y</a></p>')],
    )
    collect_from_page(page)
    Link.objects.filter(url=f"https://a{number}.example/").update(
        failures=3, first_failed_on=date(2026, 11, 1), checked_on=date(2026, 11, 22), status="neatsako"
    )
    image = CustomImage.objects.create(title=f"Nuotrauka {number}", file=get_test_image_file(filename=f"{number}.png"))
    look_again(factories.NewsPageFactory(title=f"Su viršeliu {number}", cover=image).pk)
    RedirectUse.objects.create(redirect=Redirect.add_redirect(f"/senas-{number}/", page), hits=number)


ROWS = {
    "turinys": "Su viršeliu 3",
    "perziureti": "Peržiūrai 3",
    "vidines-nuorodos": "/nera-3/",
    "isorines-nuorodos": "https://a3.example/",
    "paveiksleliai": "Nuotrauka 3",
    "peradresavimai": "/senas-3",
}


@every_report
def test_reports_are_shown_filtered_and_taken_along(administrator, report):
    nothing = shown(administrator, report.name)
    assert ROWS[report.name] not in nothing
    fill(3)
    assert ROWS[report.name] in shown(administrator, report.name)
    assert f'href="{how_to(report.guide)}">Kaip tai daryti<' in nothing
    assert ROWS[report.name] in administrator.get(reverse(f"desk:{report.name}_results")).content.decode()
    address = reverse(f"desk:{report.name}")
    table = b"".join(administrator.get(f"{address}?export=csv").streaming_content).decode("utf-8-sig")
    assert ROWS[report.name] in table
    workbook = load_workbook(BytesIO(b"".join(administrator.get(f"{address}?export=xlsx").streaming_content)))
    heading = [cell.value for cell in next(workbook.active.iter_rows())]
    assert heading == [report.export_headings[name] for name in report.list_export]


@every_report
def test_reports_ask_the_same_number_of_questions_for_one_row_and_for_many(administrator, report):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            shown(administrator, report.name)
        return len(asked)

    fill(1)
    fill(2)
    cost()
    few = cost()
    for number in range(3, 9):
        fill(number)
    assert cost() == few


def test_reports_stand_in_the_menu_of_whom_they_answer(people, rf):
    for role, user in people.items():
        request, browser = rf.get("/admin/"), Client()
        request.user = user
        browser.force_login(user)
        items = {item.url for item in reports_menu.menu_items_for_request(request)}
        for report in REPORTS:
            address = reverse(f"desk:{report.name}")
            assert (browser.get(address).status_code == 200) == (address in items), (role, report.name)


def test_a_report_shows_only_what_one_may_edit(people):
    fill(1)
    browser = Client()
    browser.force_login(people["contributor"])
    for name in ("turinys", "perziureti", "vidines-nuorodos", "isorines-nuorodos", "paveiksleliai"):
        assert ROWS[name].replace("3", "1") not in shown(browser, name), name


# --- Content checks ---------------------------------------------------------------------------------------------------


def test_findings_are_written_at_publishing_and_go_when_mended(administrator, django_capture_on_commit_callbacks):
    page = factories.NewsPageFactory(title="Be santraukos", summary="")
    look_again(page.pk)
    assert "Be santraukos" in shown(administrator, "turinys", "?code=summary")
    assert "Be santraukos" not in shown(administrator, "turinys", "?code=heading-order")
    page.summary = "Dabar aišku, apie ką."
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "Be santraukos" not in shown(administrator, "turinys", "?code=summary")


def test_the_night_finds_what_time_alone_has_made_wrong(time_machine):
    page = factories.StandardPageFactory(body=[("text", "<p>2026 m. gruodžio 1 d. vyks mokymai.</p>")])
    call_command("check_links", limit=0, verbosity=0)
    assert not PageFinding.objects.filter(page=page, code="stale-future").exists()
    time_machine.move_to(NOON + timedelta(days=60), tick=False)
    call_command("check_links", limit=0, verbosity=0)
    assert PageFinding.objects.filter(page=page, code="stale-future").count() == 1


def test_findings_of_an_unpublished_page_are_not_told(administrator):
    page = factories.NewsPageFactory(title="Be santraukos", summary="")
    look_again(page.pk)
    page.unpublish()
    assert "Be santraukos" not in shown(administrator, "turinys")


def test_what_goes_wrong_in_looking_stops_no_publishing(monkeypatch, django_capture_on_commit_callbacks):
    def fail(page):
        raise DatabaseError("gone")

    monkeypatch.setattr("desk.signals.collect_from_page", fail)
    page = factories.NewsPageFactory(live=False)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert callbacks


# --- Links ------------------------------------------------------------------------------------------------------------


def test_links_of_other_sites_are_filtered_by_how_they_stand(administrator):
    fill(1)
    fill(2)
    Link.objects.filter(url="https://a2.example/").update(failures=0, first_failed_on=None)
    assert "a1.example" in shown(administrator, "isorines-nuorodos", "?state=dead")
    assert "a2.example" not in shown(administrator, "isorines-nuorodos", "?state=dead")
    assert "a1.example" not in shown(administrator, "isorines-nuorodos", "?state=alive")
    assert "a2.example" in shown(administrator, "isorines-nuorodos", "?state=alive")


def test_a_link_in_a_register_is_told_with_the_way_to_its_row(administrator):
    row = factories.OrganisationFactory(name="Kaimo bendruomenė", website="https://a.example/")
    collect_everything()
    address = reverse("wagtailsnippets_partners_organisation:edit", args=[row.pk])
    assert f'href="{address}"' in shown(administrator, "isorines-nuorodos")


# --- Redirects --------------------------------------------------------------------------------------------------------


@pytest.fixture
def redirect(people):
    """An old address that leads to a page."""
    return Redirect.add_redirect("/senas/", factories.StandardPageFactory(title="Naujas"))


def test_a_used_redirect_is_counted_by_the_day(client, redirect, time_machine):
    for _ in range(3):
        assert client.get("/senas/").status_code == 301
    time_machine.move_to(NOON + timedelta(days=1), tick=False)
    client.get("/senas/?is=laisko")
    client.head("/senas/")
    assert list(RedirectUse.objects.order_by("day").values_list("day", "hits")) == [
        (date(2026, 11, 22), 3),
        (date(2026, 11, 23), 1),
    ]


def test_nothing_is_written_where_nobody_is_led_on(client, redirect):
    client.get(redirect.redirect_page.url)  # what is asked once for all is known now
    for path in (redirect.redirect_page.url, "/nera-tokio/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert not [query for query in asked if query["sql"].startswith(("INSERT", "UPDATE"))], path
    assert not RedirectUse.objects.exists()


def test_the_reader_is_led_on_whatever_becomes_of_the_counting(client, redirect, monkeypatch):
    def fail(redirect):
        raise DatabaseError("locked")

    monkeypatch.setattr(middleware, "count_use", fail)
    assert client.get("/senas/")["Location"].endswith(redirect.redirect_page.url)


def test_what_is_kept_of_a_use_is_a_day_and_a_number(client, redirect):
    client.get("/senas/?el=vardas@example.lt", headers={"user-agent": "Naršyklė"})
    assert {field.name for field in RedirectUse._meta.get_fields()} == {"id", "redirect", "day", "hits"}


def test_redirects_are_filtered_by_their_use(administrator, client, redirect):
    Redirect.add_redirect("/niekam/", "/")
    client.get("/senas/")
    used = shown(administrator, "peradresavimai", "?used=yes")
    unused = shown(administrator, "peradresavimai", "?used=no")
    assert "/senas" in used
    assert "/niekam" not in used
    assert "/senas" not in unused
    assert "/niekam" in unused
    assert "Naujas" in used


# --- Pages to look at again, pictures ---------------------------------------------------------------------------------


def test_pages_to_look_at_again_stand_with_the_longest_waiting_first(administrator):
    factories.StandardPageFactory(title="Vėliau", review_on=date(2026, 11, 20))
    factories.NewsPageFactory(title="Anksčiau", review_on=date(2026, 3, 1))
    factories.NewsPageFactory(title="Dar ne", review_on=timezone.localdate() + timedelta(days=1))
    report = shown(administrator, "perziureti")
    assert report.index("Anksčiau") < report.index("Vėliau")
    assert "Dar ne" not in report


def test_pictures_without_words_say_where_they_are(administrator):
    fill(1)
    described = CustomImage.objects.create(title="Aprašyta", description="Ežeras", file=get_test_image_file())
    factories.NewsPageFactory(cover=described)
    CustomImage.objects.create(title="Niekur", file=get_test_image_file())
    report = shown(administrator, "paveiksleliai")
    assert "„Su viršeliu 1“" in report
    assert "Aprašyta" not in report
    assert "Niekur" not in report


# --- The menu ---------------------------------------------------------------------------------------------------------


def menu(user, rf, which=admin_menu):
    """The words of a menu in their order, as this person sees it."""
    request = rf.get("/admin/")
    request.user = user
    return [str(item.label) for item in sorted(which.menu_items_for_request(request), key=lambda item: item.order)]


def test_the_menu_stands_in_the_order_of_work(people, rf):
    reverse("wagtailadmin_home")  # viewsets join the menu with the addresses
    assert menu(people["editor"], rf)[:6] == [
        "Puslapiai",
        "Paveikslėliai",
        "Dokumentai",
        "Registracijos",
        "Nariai",
        "Partneriai",
    ]
    assert {"Sąrašai", "Paštas"} < set(menu(people["editor"], rf))
    assert {"Programos", "Laiškai"} & set(menu(people["editor"], rf)) == set()
    assert menu(people["secretary"], rf)[:3] == ["Registracijos", "Nariai", "Partneriai"]


def test_the_menu_leads_to_nothing_that_helps_nobody_here(people, rf):
    labels = {item.name for item in help_menu.menu_items_for_request(_request(people["administrator"], rf))}
    assert not any("wagtail" in name or "editor-guide" in name for name in labels)
    names = {item.name for item in reports_menu.menu_items_for_request(_request(people["administrator"], rf))}
    assert {"locked-pages", "site-history", "aging-pages"} <= names
    assert names & {"workflows", "workflow-tasks", "page-types-usage"} == set()


def _request(user, rf):
    request = rf.get("/admin/")
    request.user = user
    return request
