"""The move-in: what items become, in which state; running again; what goes wrong; being killed."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from core.models import CustomImage
from core.visibility import visible
from events.models import EventPage
from home.models import ContactPage, HomePage, StandardPage
from members.models import Member
from news.models import NewsIndexPage, NewsPage, Topic
from partners.models import CooperationAgreementPage
from projects.models import ProjectPage
from tests import factories
from tests.races import alone
from tests.wordpress_files import attachment, author, export_file, page, picture, post, term, uploads_folder
from tests.wordpress_site import (
    bring,
    codes,
    command,
    differences,
    everything_stored,
    files_stored,
    page_of,
    row,
)
from wordpress_import.models import ImportedItem, Verdict
from wordpress_import.moving import one_import_at_once
from wordpress_import.moving.texts import Texts
from wordpress_import.rules import Becomes, RulesError, read_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    """A site with its home page."""
    return factories.HomePageFactory()


# --- What there is to begin with --------------------------------------------------------------------------------------


def test_a_fresh_database_gets_its_home_page_and_what_comes_stands_on(tmp_path, client):
    assert Page.objects.filter(depth=2).count() == 1  # Wagtail's own welcome
    bring(tmp_path, [post(number=1, title="Mugė"), page(number=2, title="Apie mus")])
    home = HomePage.objects.get()
    assert home.title == "Senoji svetainė"
    assert Site.objects.get().root_page_id == home.pk
    assert NewsPage.objects.get().get_parent().specific == NewsIndexPage.objects.get()
    assert client.get("/").status_code == 200
    assert client.get("/naujienos/muge/").status_code == 200
    assert client.get("/apie-mus/").status_code == 200


def test_only_the_sections_that_something_stands_in_are_made(tmp_path):
    bring(tmp_path, [page(number=2, title="Apie mus")])
    assert not NewsIndexPage.objects.exists()


def test_the_old_front_page_fills_the_home_page_that_has_no_text(tmp_path, home):
    items = [page(number=1, title="Pradžia", slug="pradzia", link="http://senoji.example/", content="<p>Sveiki.</p>")]
    bring(tmp_path, items)
    assert "Sveiki." in HomePage.objects.get().about
    assert not StandardPage.objects.exists()
    before = everything_stored()
    bring(tmp_path, items)
    assert differences(before, everything_stored()) == []


# --- What an item becomes ---------------------------------------------------------------------------------------------


def test_a_post_becomes_news_with_all_that_was_said_of_it(tmp_path, home):
    user = factories.UserFactory(email="ruta@senoji.example")
    uploads = uploads_folder(tmp_path, {"2019/05/muge.jpg": picture()})
    bring(
        tmp_path,
        [
            attachment("2019/05/muge.jpg", number=5, alt="Žmonės prie stalo"),
            post(
                "Rudens mugė",
                "<p>Atvyko daug žmonių.</p>",
                number=7,
                date="2016-09-15 00:30:00",
                modified="2017-01-02 08:00:00",
                excerpt="Kaip mugėje sekėsi.",
                author="ruta",
                terms=[("category", "renginiai", "Renginiai"), ("post_tag", "muges", "mugės")],
                meta={"_thumbnail_id": "5"},
                comments=3,
            ),
        ],
        terms=[term("category", "renginiai", "Renginiai"), term("post_tag", "muges", "mugės")],
        authors=[author("ruta")],
        uploads=uploads,
    )
    news = NewsPage.objects.get()
    assert (news.title, news.slug, news.live) == ("Rudens mugė", "rudens-muge", True)
    assert news.date == "2016-09-15"  # the day on the wall: in Greenwich it was the day before
    assert news.first_published_at == datetime(2016, 9, 14, 21, 30, tzinfo=UTC)
    assert news.last_published_at == news.latest_revision_created_at == datetime(2017, 1, 2, 6, tzinfo=UTC)
    assert news.summary == "Kaip mugėje sekėsi."
    assert "Atvyko daug žmonių." in str(news.body)
    assert [topic.name for topic in news.topics.order_by("name")] == ["Mugės", "Renginiai"]
    assert (news.cover.description, news.cover_decorative) == ("Žmonės prie stalo", False)
    assert news.owner == user
    assert row(7).comments == 3
    assert row(7).verdict == Verdict.IMPORTED


def test_a_cover_that_nobody_described_is_decoration_and_remarked(tmp_path, home):
    uploads = uploads_folder(tmp_path, {"a.jpg": picture()})
    items = [attachment("a.jpg", number=5), post(number=7, meta={"_thumbnail_id": "5"})]
    bring(tmp_path, items, uploads=uploads)
    assert NewsPage.objects.get().cover_decorative
    assert "cover" in codes(7)


def test_topics_are_one_for_one_name_and_none_of_uncategorized(tmp_path, home):
    old = factories.TopicFactory(name="Mokymai")
    kinds = [
        ("category", "mokymai", "Mokymai"),
        ("post_tag", "mokymai-2", "mokymai"),
        ("category", "uncategorized", "X"),
    ]
    bring(tmp_path, [post(number=1, terms=kinds)], terms=[term(*kind) for kind in kinds])
    assert list(Topic.objects.all()) == [old]
    assert list(NewsPage.objects.get().topics.all()) == [old]


def test_rules_make_events_and_projects_of_posts(tmp_path, home):
    rules = tmp_path / "taisykles.toml"
    rules.write_text(
        '[[rule]]\ncategory = "renginiai"\nbecomes = "event"\n[[rule]]\ntitle = "^projektas"\nbecomes = "project"\n'
        '[[rule]]\ntag = "nereikia"\nbecomes = "leave"\n'
    )
    bring(
        tmp_path,
        [
            post("Talka", number=1, terms=[("category", "renginiai", "Renginiai")]),
            post("Projektas „Kelias“", number=2),
            post("Šlamštas", number=3, terms=[("post_tag", "nereikia", "nereikia")]),
        ],
        rules=rules,
    )
    assert EventPage.objects.get().title == "Talka"
    assert ProjectPage.objects.get().title == "Projektas „Kelias“"
    assert row(3).verdict == Verdict.LEFT
    assert not NewsPage.objects.exists()
    # An event without a date lacks what publishing waits for; who could read it yesterday reads it today.
    assert EventPage.objects.get().live
    assert {"event-date", "not-ready"} <= codes(1)


@pytest.mark.parametrize(
    ("kind", "meta"),
    [
        ("tribe_events", {"_EventStartDate": "2019-06-01 10:00:00", "_EventEndDate": "2019-06-01 16:30:00"}),
        (
            "event",
            {
                "_event_start_date": "2019-06-01",
                "_event_start_time": "10:00:00",
                "_event_end_date": "2019-06-01",
                "_event_end_time": "16:30:00",
            },
        ),
        (
            "mec-events",
            {
                "mec_start_date": "2019-06-01",
                "mec_start_day_seconds": "36000",
                "mec_end_date": "2019-06-01",
                "mec_end_day_seconds": "59400",
            },
        ),
        ("ajde_events", {"evcal_srow": "1559383200", "evcal_erow": "1559406600"}),
    ],
)
def test_events_of_plugins_have_their_dates(tmp_path, home, kind, meta):
    bring(tmp_path, [post("Šventė", kind=kind, number=1, meta=meta)])
    dates = EventPage.objects.get().dates.get()
    assert dates.start == factories.at(2019, 6, 1, 10)
    assert dates.end == factories.at(2019, 6, 1, 16, 30)


def test_a_kind_that_nobody_knows_becomes_a_draft(tmp_path, home):
    bring(tmp_path, [post("Vynas", kind="wine", number=1)])
    made = StandardPage.objects.get()
    assert (made.title, made.live) == ("Vynas", False)
    assert "kind" in codes(1, "wine")


def test_what_is_technical_or_thrown_away_stays_behind_and_is_counted(tmp_path, home):
    items = [
        post(number=1, status="trash"),
        post(number=2, status="auto-draft"),
        post(number=3, kind="nav_menu_item"),
        post(number=4, kind="revision", status="inherit"),
    ]
    bring(tmp_path, items)
    assert set(ImportedItem.objects.values_list("verdict", flat=True)) == {Verdict.LEFT}
    assert not NewsPage.objects.exists()


def test_top_entries_of_the_menu_show_in_the_menu(tmp_path, home):
    def entry(number, page_number, above="0"):
        told = {"object": "page", "object_id": str(page_number), "menu_item_parent": above}
        meta = {f"_menu_item_{name}": value for name, value in told.items()}
        return post(kind="nav_menu_item", number=number, meta=meta)

    bring(
        tmp_path,
        [page("A", number=1), page("B", number=2), page("C", number=3), entry(11, 1), entry(12, 2, above="11")],
    )
    assert list(StandardPage.objects.filter(show_in_menus=True).values_list("title", flat=True)) == ["A"]


def test_a_long_title_is_cut_and_stands_whole_in_the_text(tmp_path, home):
    long = "Žodis " * 60
    bring(tmp_path, [post(long, number=1), post("", number=2, slug="be", content="<p>Pirmi žodžiai čia.</p>")])
    cut = page_of(1)
    assert len(cut.title) <= 255
    assert long.strip() in str(cut.body)
    assert page_of(2).title == "Pirmi žodžiai čia."
    assert codes(1) == codes(2) == {"title"}


def test_registers_are_read_out_of_open_pages(tmp_path, home):
    factories.OrganisationFactory(name="Devynios galybės", kind="ngo")
    factories.EldershipFactory(name="Daugų seniūnija")
    table = (
        "<table><tr><th>Organizacija</th><th>Sektorius</th><th>Seniūnija</th><th>Narys nuo</th></tr>"
        "<tr><td>Daugų kaimo bendruomenė „Viltis“</td><td>NVO</td><td>Daugų</td><td>2013</td></tr></table>"
    )
    listed = (
        "<ul><li>2015 m. birželio 15 d. pasirašyta bendradarbiavimo sutartis su VšĮ „Devynios galybės“.</li>"
        "<li>2016 m. kovo 1 d. pasirašyta bendradarbiavimo sutartis su Alytaus kolegija.</li></ul>"
    )
    items = [
        page("Bendradarbiavimas", listed, number=1, slug="bendradarbiavimas"),
        page("VVG nariai", f"<p>Mūsų vienas narys.</p>{table}", number=2, slug="vvg-nariai"),
    ]
    bring(tmp_path, items)
    assert "Mūsų vienas narys" in page_of(2, "page").intro
    assert "Viltis" not in page_of(2, "page").intro, "the page lists its members itself"
    assert row(2, "page").words["lost"] == []
    drafts = CooperationAgreementPage.objects.order_by("date")
    assert [(draft.live, draft.date) for draft in drafts] == [(False, "2015-06-15"), (False, "2016-03-01")]
    member = Member.objects.get()
    assert (member.sector, member.eldership.name, member.joined) == ("civil_society", "Daugų seniūnija", "2013")
    assert {"agreements", "filled"} <= codes(1, "page")
    before = everything_stored()
    bring(tmp_path, items)
    assert differences(before, everything_stored()) == []


# --- States -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["private", "draft", "pending", "wc-something", ""])
def test_what_was_not_public_is_a_draft(tmp_path, home, status):
    bring(tmp_path, [post("Vidinis", number=1, status=status), page("Irgi", number=2, status=status)])
    assert not visible(Page.objects.filter(pk__in=[page_of(1).pk, page_of(2, "page").pk]), None).exists()
    assert not Redirect.objects.exists()


def test_a_password_goes_with_its_text(tmp_path, home, client):
    bring(tmp_path, [post("Balsavimas", "<p>Slapta.</p>", number=1, password="nariams")])
    kept = page_of(1)
    assert kept.live
    assert kept.view_restrictions.get().password == "nariams"
    assert client.get(kept.url).status_code == 403
    assert "Balsavimas" not in client.get("/naujienos/").content.decode()


def test_what_stands_below_a_password_is_told(tmp_path, home):
    items = [page("Nariams", number=1, password="x"), page("Atviras", number=2, parent=1)]
    bring(tmp_path, items)
    assert not visible(Page.objects.filter(pk=page_of(2, "page").pk), None).exists()
    assert "closed-above" in codes(2, "page")
    assert not page_of(2, "page").view_restrictions.exists()


def test_a_plan_is_kept_and_comes_out_on_time(tmp_path, home, client):
    soon = timezone.localtime(timezone.now() + timedelta(days=3)).replace(microsecond=0)
    bring(tmp_path, [post("Būsima", number=1, status="future", date=f"{soon:%Y-%m-%d %H:%M:%S}")])
    planned = page_of(1)
    assert not planned.live
    assert planned.go_live_at == soon
    with time_machine.travel(soon + timedelta(minutes=1)):
        call_command("publish_scheduled", verbosity=0)
        assert client.get(planned.url).status_code == 200
        before = everything_stored()
        # Out on time is not changed by anybody.
        bring(tmp_path, [post("Būsima", number=1, status="future", date=f"{soon:%Y-%m-%d %H:%M:%S}")])
        assert differences(before, everything_stored()) == []


def test_a_plan_whose_time_has_passed_waits_for_somebody(tmp_path, home):
    bring(tmp_path, [post(number=1, status="future", date="2020-01-01 10:00:00")])
    assert not page_of(1).live
    assert "planned" in codes(1)


def test_a_published_child_of_a_private_page_is_as_public_as_it_was(tmp_path, home, client):
    bring(tmp_path, [page("Vidinis", number=1, status="private"), page("Vaikas", number=2, parent=1)])
    child = page_of(2, "page")
    response = client.get(child.url)
    assert response.status_code == 200
    assert "Vidinis" not in response.content.decode()


# --- Where pages stand ------------------------------------------------------------------------------------------------


def test_pages_keep_their_tree_fifteen_levels_deep_whatever_the_order_of_the_file(tmp_path, home, client):
    items = [page(f"Lygis {n}", number=100 + n, parent=100 + n - 1 if n else 0) for n in range(15)]
    bring(tmp_path, reversed(items))
    deepest = page_of(114, "page")
    assert deepest.depth == home.depth + 15
    assert client.get("/" + "/".join(f"lygis-{n}" for n in range(15)) + "/").status_code == 200


def test_circles_and_missing_parents_go_to_the_top_and_are_told(tmp_path, home):
    items = [
        page("A", number=1, parent=2),
        page("B", number=2, parent=1),
        page("C", number=3, parent=99),
        page("D", number=4, parent=5),
        page("E", number=5, status="trash"),
        page("F", number=6, parent=6),
    ]
    bring(tmp_path, items)
    assert StandardPage.objects.count() == 5
    for number in (3, 4, 6):
        assert page_of(number, "page").get_parent().specific == home
        assert "parent" in codes(number, "page")
    assert [number for number in (1, 2) if "parent" in codes(number, "page")] != []


@pytest.mark.parametrize("slug", ["admin", "documents", "nariams", "registracija", "paskyra", "media", "static"])
def test_addresses_that_the_site_needs_are_left_to_it(tmp_path, home, client, slug):
    bring(tmp_path, [page("Senas", number=1, slug=slug)])
    assert page_of(1, "page").slug == f"{slug}-2"
    assert "slug" in codes(1, "page")
    assert client.get(f"/{slug}-2/").status_code == 200


def test_reserved_and_double_addresses_of_news_are_told(tmp_path, home, client):
    items = [post("Rss", number=1, slug="rss"), post("A", number=2, slug="a"), post("A", number=3, slug="a")]
    bring(tmp_path, items)
    assert [page_of(n).slug for n in (1, 2, 3)] == ["rss-2", "a", "a-2"]
    assert codes(1) == codes(3) == {"slug"}
    assert "xml" in client.get("/naujienos/rss/")["Content-Type"]


@pytest.mark.parametrize(
    ("slug", "made"),
    [
        ("Žolinės-Mugė", "zolines-muge"),
        ("%C5%BEolin%C4%97s", "zolines"),
        ("", "pavadinimas"),
        ("a" * 400, "a" * 200),
        ("новости", "pavadinimas"),
        ("../../admin", "admin-2"),
    ],
)
def test_addresses_are_written_as_here(tmp_path, home, slug, made):
    bring(tmp_path, [page("Pavadinimas", number=1, slug=slug, link="http://senoji.example/?page_id=1")])
    assert page_of(1, "page").slug == made


def test_a_page_of_the_sites_own_keeps_its_text_and_the_old_one_waits_beside(tmp_path, home, client):
    own = factories.ContactPageFactory(slug="kontaktai", body=[("text", "<p>Mūsų tekstas.</p>")])
    bring(tmp_path, [page("Kontaktai", "<p>Senas tekstas.</p>", number=1, slug="kontaktai")])
    assert "Senas" not in str(ContactPage.objects.get(pk=own.pk).body)
    beside = page_of(1, "page")
    assert isinstance(beside, StandardPage)
    assert not beside.live
    assert "own-page" in codes(1, "page")
    assert client.get("/kontaktai/").status_code == 200


def test_a_page_of_the_sites_own_without_a_text_gets_the_old_one(tmp_path, home):
    own = factories.ContactPageFactory(slug="kontaktai", body=[])
    bring(tmp_path, [page("Kontaktai", "<p>Senas tekstas.</p>", number=1, slug="kontaktai")])
    assert "Senas" in str(ContactPage.objects.get(pk=own.pk).body)
    assert not StandardPage.objects.exists()


@pytest.mark.parametrize("how", [{"password": "x"}, {"status": "private"}])
def test_what_was_not_open_never_fills_an_open_page(tmp_path, home, how):
    own = factories.ContactPageFactory(slug="kontaktai", body=[])
    bring(tmp_path, [page("Kontaktai", "<p>Slapta.</p>", number=1, slug="kontaktai", **how)])
    assert "Slapta" not in str(ContactPage.objects.get(pk=own.pk).body)
    assert page_of(1, "page").pk != own.pk


def test_a_news_item_that_is_there_already_answers_at_the_old_address(tmp_path, home, client):
    there = factories.NewsPageFactory(slug="rudens-muge", body=[("text", "<p>Pas mus.</p>")])
    bring(tmp_path, [post("Rudens mugė", "<p>Ten.</p>", number=7, slug="rudens-muge")])
    assert not page_of(7).live
    for address in ("/rudens-muge/", "/RUDENS-muge", "/?p=7"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, there.url), address
    there.unpublish()
    assert client.get("/rudens-muge/").status_code == 404


def test_children_stand_below_the_sites_own_page(tmp_path, home, client):
    factories.StandardPageFactory(title="Strategija", slug="strategija")
    bring(tmp_path, [page("Strategija", number=1), page("Priemonės", number=2, parent=1)])
    assert client.get("/strategija/priemones/").status_code == 200


# --- Again ------------------------------------------------------------------------------------------------------------

ITEMS = [
    attachment("2019/05/muge.jpg", number=5, alt="Mugė"),
    page("Apie mus", number=1),
    page("Valdyba", number=2, parent=1),
    post("Mugė", "<p>Pirmas.</p>", number=3, terms=[("category", "muges", "Mugės")], meta={"_thumbnail_id": "5"}),
    post("Slapta", number=4, password="x"),
    post("Vidinis", number=6, status="private"),
    post("Būsima", number=7, status="future", date="2099-01-01 10:00:00"),
    post("Išmesta", number=8, status="trash"),
]
TERMS = [term("category", "muges", "Mugės")]


def test_a_second_run_writes_nothing_in_any_table_nor_any_file(tmp_path, home):
    uploads = uploads_folder(tmp_path, {"2019/05/muge.jpg": picture()})
    bring(tmp_path, ITEMS, terms=TERMS, uploads=uploads)
    before, files = everything_stored(), files_stored()
    bring(tmp_path, ITEMS, terms=TERMS, uploads=uploads)
    assert differences(before, everything_stored()) == []
    assert files_stored() == files


def test_what_has_changed_at_the_old_site_becomes_a_new_version(tmp_path, home):
    bring(tmp_path, ITEMS, code=1)  # the picture's file is nowhere
    first = page_of(3)
    changed = [
        item | {"content": "<p>Antras.</p>", "title": "Mugė vėl"} if item["number"] == 3 else item for item in ITEMS
    ]
    bring(tmp_path, changed, code=1)
    second = page_of(3)
    assert second.pk == first.pk
    assert second.title == "Mugė vėl"
    assert "Antras." in str(second.body)
    assert second.revisions.count() == 2
    assert second.url == first.url


@pytest.mark.parametrize(
    ("status", "live"), [("private", False), ("draft", False), ("trash", False), ("publish", True)]
)
def test_what_is_less_public_at_the_old_site_is_less_public_here(tmp_path, home, status, live):
    bring(tmp_path, [post("Mugė", number=3)])
    bring(tmp_path, [post("Mugė", "<p>Kitas.</p>", number=3, status=status)])
    assert Page.objects.get(pk=row(3).object_id).live is live


def edited(number, kind="post"):
    """An editor writes in the page."""
    own = page_of(number, kind)
    own.title = "Redaktoriaus pavadinimas"
    own.save_revision().publish()
    return own


def test_what_an_editor_has_changed_is_never_touched_again(tmp_path, home):
    bring(tmp_path, [post("Mugė", number=3)])
    edited(3)
    before = everything_stored()
    bring(tmp_path, [post("Mugė", number=3)])
    assert differences(before, everything_stored()) == []  # and the old site has nothing new to tell
    bring(tmp_path, [post("Mugė 2", "<p>Nematytas sakinys.</p>", number=3)])
    kept = page_of(3)
    assert kept.title == "Redaktoriaus pavadinimas"
    assert row(3).verdict == Verdict.KEPT
    assert "Mugė 2" in row(3).remarks[0]["text"]
    assert "nematytas" in row(3).remarks[0]["text"].lower()
    before = everything_stored()
    bring(tmp_path, [post("Mugė 2", "<p>Nematytas sakinys.</p>", number=3)])
    assert differences(before, everything_stored()) == []


@pytest.mark.parametrize("what", ["unpublished", "published", "password taken away", "locked", "typed"])
def test_whatever_an_editor_did_counts(tmp_path, home, what):
    items = [
        post("Mugė", number=3),
        post("Vidinis", number=6, status="private"),
        post("Slapta", number=4, password="x"),
    ]
    bring(tmp_path, items)
    number = {"published": 6, "password taken away": 4}.get(what, 3)
    own = page_of(number)
    if what == "unpublished":
        own.unpublish()
    elif what == "published":
        own.get_latest_revision().publish()
    elif what == "password taken away":
        PageViewRestriction.objects.all().delete()
    elif what == "locked":
        Page.objects.filter(pk=own.pk).update(locked=True)
    else:
        own.save_revision()
    bring(tmp_path, [item | {"content": "<p>Naujas.</p>"} for item in items])
    assert row(number).verdict == Verdict.KEPT
    assert "Naujas" not in str(page_of(number).body)
    assert page_of(number).live is (what != "unpublished")
    assert PageViewRestriction.objects.exists() is (what != "password taken away")


@pytest.mark.parametrize("how", ["trash", "for good"])
def test_what_an_editor_has_deleted_does_not_come_back(tmp_path, home, how):
    bring(tmp_path, [post("Mugė", number=3)])
    page_of(3).delete() if how == "trash" else page_of(3).purge()
    count = NewsPage.objects.count()
    bring(tmp_path, [post("Mugė", "<p>Naujas.</p>", number=3)])
    assert NewsPage.objects.count() == count
    assert row(3).verdict == Verdict.KEPT
    assert codes(3) == {"deleted"}


def test_a_page_that_was_moved_and_renamed_is_known_by_its_number(tmp_path, home):
    items = [page("A", number=1), page("B", number=2)]
    bring(tmp_path, items)
    moved = page_of(2, "page")
    moved.slug = "kitas"
    moved.save()
    Page.objects.get(pk=moved.pk).move(Page.objects.get(pk=page_of(1, "page").pk), pos="last-child")
    bring(tmp_path, [items[0], items[1] | {"content": "<p>Naujas.</p>"}])
    assert StandardPage.objects.count() == 2
    assert page_of(2, "page").url == "/a/kitas/"
    assert "Naujas." in str(page_of(2, "page").body)


def test_files_that_come_later_come_into_their_texts(tmp_path, home):
    items = [attachment("a.jpg", number=5, alt="A"), post("Mugė", number=3, meta={"_thumbnail_id": "5"})]
    bring(tmp_path, items, code=1)
    assert row(5, "attachment").verdict == Verdict.FAILED
    assert "missing-media" in codes(3)
    bring(tmp_path, items, uploads=uploads_folder(tmp_path, {"a.jpg": picture()}))
    assert page_of(3).cover.description == "A"
    assert "missing-media" not in codes(3)


# --- A rehearsal ------------------------------------------------------------------------------------------------------


def test_a_rehearsal_tells_all_and_leaves_nothing(tmp_path):
    uploads = uploads_folder(tmp_path, {"2019/05/muge.jpg": picture()})
    before, files = everything_stored(), files_stored()
    told = bring(tmp_path, ITEMS, "--dry-run", terms=TERMS, uploads=uploads)
    assert differences(before, everything_stored()) == []
    assert files_stored() == files
    assert "Narių sąrašas → register-members: 0" in told
    assert "post: perkelta 4" in told
    assert "Bandymas" in told


@pytest.mark.parametrize("ending", ["html", "json"])
@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_the_report_is_written_of_the_move_and_of_its_rehearsal(tmp_path, home, ending, arguments):
    report = tmp_path / f"ataskaita.{ending}"
    bring(tmp_path, [post("Rudens mugė", number=1)], *arguments, report=report)
    assert "Rudens mugė" in report.read_text()
    assert NewsPage.objects.exists() is not bool(arguments)
    with pytest.raises(CommandError, match="html"):
        bring(tmp_path, [post(number=1)], report=tmp_path / "ataskaita.doc")


# --- What goes wrong --------------------------------------------------------------------------------------------------


def test_one_item_that_fails_is_told_and_the_rest_goes_on(tmp_path, home, monkeypatch):
    fill = Texts._fill

    def fail(self, item, *rest):
        if item.number == 2:
            raise RuntimeError("kažkas nutrūko")
        return fill(self, item, *rest)

    monkeypatch.setattr(Texts, "_fill", fail)
    told = bring(tmp_path, [post("A", number=1), post("B", number=2), post("C", number=3)], code=1)
    assert [page_of(n).live for n in (1, 3)] == [True, True]
    assert row(2).verdict == Verdict.FAILED
    assert "kažkas nutrūko" in row(2).remarks[0]["text"]
    assert "Nepavyko: post 2 „B“" in told
    assert not page_of(2).live
    monkeypatch.setattr(Texts, "_fill", fill)
    bring(tmp_path, [post("A", number=1), post("B", number=2), post("C", number=3)])
    assert page_of(2).live
    assert row(2).verdict == Verdict.IMPORTED


def test_a_broken_item_is_told_of(tmp_path, home):
    bring(tmp_path, ["<item><title>Be numerio</title></item>", post("A", number=1)], code=1)
    broken = ImportedItem.objects.get(kind="broken")
    assert (broken.title, broken.verdict) == ("Be numerio", Verdict.FAILED)
    assert page_of(1).live


def test_a_file_that_is_no_export_touches_nothing(tmp_path):
    path = export_file(tmp_path, [post(number=1)])
    path.write_bytes(path.read_bytes()[:-400])
    before = everything_stored()
    with pytest.raises(CommandError, match="nutrūksta"):
        call_command("import_wordpress", path)
    with pytest.raises(CommandError, match="nėra"):
        call_command("import_wordpress", tmp_path / "nera.xml")
    assert differences(before, everything_stored()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rule = 3", "laužtiniais"),
        ('[[rule]]\nbecomes = "wine"', "becomes"),
        ('[[rule]]\nbecomes = "news"\nslug = "("', "reiškinio"),
        ('[[rule]]\nbecomes = "news"\nkind = "post"', "nežinomi žodžiai"),
        ("kazkas = 1", "nežinomi žodžiai"),
        ("[[rule", "nepavyko"),
    ],
)
def test_rules_that_are_none_are_refused_with_a_word(tmp_path, text, told):
    path = tmp_path / "taisykles.toml"
    path.write_text(text)
    with pytest.raises(RulesError, match=told):
        read_rules(path)


def test_our_own_rules_say_what_they_say():
    rules = read_rules()
    assert {rule.becomes for rule in rules.rules} == {
        Becomes.LEAVE,
        Becomes.EVENT,
        Becomes.AGREEMENTS,
        Becomes.MEMBERS,
    }


def test_two_imports_at_once_do_not_mix(tmp_path, home):
    with one_import_at_once(), pytest.raises(CommandError, match="jau vyksta"):
        alone_or_here(lambda: command(export_file(tmp_path, [post(number=1)])))


def alone_or_here(task):
    """PostgreSQL lets one session take its own lock twice: there another connection asks."""
    from django.db import connection

    return alone(task) if connection.vendor == "postgresql" else task()


def test_the_lock_is_given_back(tmp_path):
    for _ in range(2):
        with one_import_at_once():
            pass


# --- Being killed -----------------------------------------------------------------------------------------------------


@pytest.fixture
def committed_site(database):
    """A site in the database in which processes meet, by its DATABASE_URL; taken away at the end."""
    kept = alone(lambda: Site.objects.get(is_default_site=True))
    alone(lambda: factories.HomePageFactory() and None)
    yield database
    alone(lambda: take_away(kept))


def take_away(site):
    """Leave no page and nothing else of an import in the database."""
    site.save()
    for home in HomePage.objects.all():
        home.purge()
    for model in (Redirect, ImportedItem, Topic):
        (model.everything if hasattr(model, "everything") else model.objects).all()._raw_delete(
            "default"
        ) if model is not Topic else Topic.everything.all().purge()
    CustomImage.everything.all().purge()


def test_a_killed_import_goes_on_where_it_was(tmp_path, committed_site):
    items = [post(f"Įrašas {n}", f"<p>Tekstas {n}.</p>", number=n) for n in range(1, 41)]
    path = export_file(tmp_path, items)
    environment = os.environ | {"DATABASE_URL": committed_site, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    program = [sys.executable, "manage.py", "import_wordpress", str(path)]

    def imported():
        return ImportedItem.objects.filter(verdict=Verdict.IMPORTED).count()

    for kill in (signal.SIGKILL, signal.SIGINT):
        reached = alone(imported)
        process = subprocess.Popen(
            program,
            env=environment,
            cwd=settings.BASE_DIR,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # in the background shells ignore it
        )
        until = time.monotonic() + 120
        while process.poll() is None and alone(imported) <= reached + 3 and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(kill)
        _, said = process.communicate(timeout=60)
        assert process.returncode == (-kill if kill == signal.SIGKILL else 130), said.decode()
        assert reached < alone(imported) < 40
    finished = subprocess.run(program, env=environment, cwd=settings.BASE_DIR, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stderr.decode()

    def counts():
        news = NewsPage.objects.filter(live=True)
        return news.count(), len(set(news.values_list("title", flat=True))), {n.revisions.count() for n in news}

    assert alone(counts) == (40, 40, {1})


def test_the_example_of_the_guide_is_of_rules(tmp_path):
    """What docs/perkelimas.md shows can be copied into a file of one's own."""
    guide = (settings.BASE_DIR / "docs" / "perkelimas.md").read_text("utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "taisykles.toml"
    path.write_text(example, "utf-8")
    assert [rule.name for rule in read_rules(path).rules] == ["Renginiai", "Projektai", "Seni skelbimai"]
