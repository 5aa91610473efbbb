"""The old site's addresses: one hop to the page, nothing about what is hidden, nothing for who only tries."""

import logging

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from desk.models import RedirectUse
from home.models import StandardPage
from news.models import NewsPage
from tests import factories
from tests.wordpress_files import attachment, page, picture, post, term, uploads_folder
from tests.wordpress_site import bring, command, document, page_of, row
from wordpress_import.addresses import folded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moved")]

TERMS = [
    term("category", "renginiai", "Renginiai", number=3),
    term("category", "mokymai", "Mokymai", parent="renginiai", number=4),
    term("post_tag", "muges", "mugės", number=9),
    term("category", "tuscia", "Tuščia", number=12),
]
ITEMS = [
    attachment("2019/05/Nuotrauka.jpg", number=50, title="Nuotrauka", alt="Mugė"),
    attachment("2019/05/taisykles.pdf", number=51, title="Taisyklės"),
    attachment("2019/05/vidinis.pdf", number=52, title="Vidinis", parent=33),
    page("Apie mus", number=1),
    page("Valdyba", number=2, parent=1),
    page("Nariai rss", number=5, slug="rss", parent=1),
    page("Admin", number=6, slug="admin"),
    post(
        "Rudens mugė",
        number=30,
        date="2016-09-15 14:10:00",
        terms=[("category", "mokymai", "Mokymai"), ("post_tag", "muges", "mugės")],
        meta={"_wp_old_slug": "senas-vardas"},
    ),
    post("Žolinė", number=31, slug="%C5%BEoline-muge", link="http://senoji.example/%C5%BEolin%C4%97-muge/"),
    post("Metai", number=32, slug="metai", link="http://senoji.example/2016/09/metai/"),
    post("Privatus", number=33, status="private", slug="privatus", content="<p>Zqprivatus</p>"),
    post("Juodraštis", number=34, status="draft", slug="juodrastis"),
    post("Su slaptažodžiu", number=35, password="slaptas", slug="uzrakintas"),
    post("Būsima", number=36, status="future", slug="busima", date="2099-01-01 10:00:00"),
    post("Išmesta", number=37, status="trash", slug="ismesta"),
    post("Rss", number=38, slug="rss"),
]
NEWS = "/naujienos/rudens-muge/"


@pytest.fixture(scope="module")
def moved_site(kept_for_the_module, tmp_path_factory):
    """The old site, moved once for all tests of this module."""
    folder = tmp_path_factory.mktemp("perkelimas")
    factories.HomePageFactory()
    files = {"2019/05/Nuotrauka.jpg": picture(size=(60, 40)), "2019/05/taisykles.pdf": document("vienas")}
    files["2019/05/vidinis.pdf"] = document("kitas")
    bring(folder, ITEMS, terms=TERMS, uploads=uploads_folder(folder, files))


@pytest.fixture
def moved(moved_site, db):
    """The moved site; what a test changes is undone after it."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/rudens-muge/", NEWS),
        ("/rudens-muge", NEWS),
        ("/RUDENS-Muge/", NEWS),
        ("/rudens-muge/?utm_source=laiskas", NEWS),
        ("/rudens-muge?utm_source=laiskas", NEWS),
        ("/index.php/rudens-muge/", NEWS),
        ("/rudens-muge/2/", NEWS),
        ("/rudens-muge/comment-page-1/", NEWS),
        ("/rudens-muge/amp/", NEWS),
        ("/rudens-muge/embed/", NEWS),
        ("/senas-vardas/", NEWS),
        ("/?p=30", NEWS),
        ("/index.php?p=30", NEWS),
        ("/%C5%BEolin%C4%97-muge/", "/naujienos/zoline-muge/"),
        ("/%c5%beolin%c4%97-muge", "/naujienos/zoline-muge/"),
        ("/2016/09/metai/", "/naujienos/metai/"),
        ("/APIE-MUS/Valdyba", "/apie-mus/valdyba/"),
        ("/?page_id=2", "/apie-mus/valdyba/"),
        ("/rss/", "/naujienos/rss-2/"),
        ("/valdyba/", "/apie-mus/valdyba/"),  # as WordPress guesses
        ("/feed/", "/naujienos/rss/"),
        ("/feed", "/naujienos/rss/"),
        ("/comments/feed/", "/naujienos/rss/"),
        ("/rudens-muge/feed/", "/naujienos/rss/"),
        ("/category/renginiai/feed/rss2/", "/naujienos/rss/"),
        ("/?feed=rss2", "/naujienos/rss/"),
        ("/category/renginiai/mokymai/", "/naujienos/?tema=mokymai"),
        ("/category/mokymai/page/2/", "/naujienos/?tema=mokymai"),
        ("/category/renginiai/", "/naujienos/"),  # nothing was filed under it
        ("/category/tuscia/", "/naujienos/"),
        ("/?cat=4", "/naujienos/?tema=mokymai"),
        ("/tag/muges/", "/naujienos/?tema=muges"),
        ("/Tag/Muges", "/naujienos/?tema=muges"),
        ("/?tag=muges", "/naujienos/?tema=muges"),
        ("/author/redakcija/", "/naujienos/"),
        ("/?author=2", "/naujienos/"),
        ("/2016/09/", "/naujienos/?metai=2016"),
        ("/2016", "/naujienos/?metai=2016"),
        ("/?m=201609", "/naujienos/?metai=2016"),
        ("/1999/01/", "/naujienos/"),
        ("/page/2/", "/naujienos/"),
        ("/uzrakintas/", "/naujienos/uzrakintas/"),
    ],
)
def test_an_old_address_leads_to_the_page_by_one_hop(client, old, new):
    response = client.get(old)
    assert (response.status_code, response.get("Location")) == (301, new)
    # And there it ends: the page, or the door that asks for the password.
    assert client.get(new).status_code == (403 if "uzrakintas" in new else 200)


@pytest.mark.parametrize("address", ["/apie-mus/", "/apie-mus/valdyba/", "/", "/naujienos/rss/"])
def test_what_kept_its_address_answers_there(client, address):
    assert client.get(address).status_code == 200


def test_a_page_that_gave_way_to_the_site_is_found_by_its_number_alone(client):
    assert page_of(6, "page").url == "/admin-2/"
    assert client.get("/?page_id=6")["Location"] == "/admin-2/"
    assert "admin-2" not in client.get("/admin/").get("Location", "")


@pytest.mark.parametrize(
    "path",
    [
        "/wp-content/uploads/2019/05/Nuotrauka.jpg",
        "/wp-content/uploads/2019/05/nuotrauka-300x200.jpg",
        "/wp-content/uploads/2019/05/Nuotrauka-scaled.jpg",
        "/nuotrauka/",
        "/?attachment_id=50",
    ],
)
def test_old_pictures_lead_to_a_size_of_the_picture(client, path):
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"].startswith("/media/images/")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/wp-content/uploads/2019/05/taisykles.pdf", "/taisykles/", "/?attachment_id=51"])
def test_old_documents_lead_to_the_document(client, path):
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"] == page_of(51, "attachment").url
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "old",
    [
        "/privatus/",
        "/privatus",
        "/PRIVATUS/",
        "/juodrastis/",
        "/busima/",
        "/ismesta/",
        "/naujienos/privatus/",
        "/wp-content/uploads/2019/05/vidinis.pdf",
        "/vidinis/",
        "/nera-tokio/",
        "/category/nera-tokios/",
        "/tag/renginiai/",
        "/wp-content/uploads/",
        "/wp-content/uploads/2019/05/nera.jpg",
        "/wp-login.php",
        "/wp-admin/",
        "/xmlrpc.php",
    ],
)
def test_what_is_hidden_or_never_was_answers_as_ever(client, old):
    response = client.get(old, follow=True)
    assert response.status_code == 404
    assert "Zqprivatus" not in response.content.decode()
    assert all("privatus" not in address or "privatus" in old.lower() for address, _ in response.redirect_chain)


@pytest.mark.parametrize("number", [33, 34, 36, 37, 52, 999, 10**14])
def test_numbers_tell_nothing_of_what_is_hidden(client, number):
    for name in ("p", "page_id", "attachment_id"):
        assert client.get(f"/?{name}={number}").status_code == 200  # the front page, as for any other query


@pytest.mark.parametrize("how", ["draft", "trash", "members", "closed"])
def test_a_page_that_is_hidden_later_is_led_to_no_more(client, how):
    own = page_of(30)
    if how == "draft":
        own.unpublish()
    elif how == "trash":
        own.delete()
    elif how == "members":
        NewsPage.objects.filter(pk=own.pk).update(audience="members")
    else:
        own.view_restrictions.create(restriction_type="login")
    for address in ("/rudens-muge/", "/rudens-muge", "/senas-vardas/"):
        assert client.get(address, follow=True).status_code == 404
    assert client.get("/?p=30").status_code == 200


def test_moved_addresses_stand_among_the_redirects_and_are_counted(client):
    stored = Redirect.objects.get(old_path="/rudens-muge")
    assert stored.redirect_page_id == page_of(30).pk
    client.get("/rudens-muge/")
    client.get("/rudens-muge")
    assert RedirectUse.objects.get(redirect=stored).hits == 2
    # Nothing of what is hidden, nor of what kept its address.
    assert set(Redirect.objects.values_list("old_path", flat=True)) >= {"/rudens-muge", "/senas-vardas", "/uzrakintas"}
    assert not Redirect.objects.filter(old_path__in=["/privatus", "/juodrastis", "/busima", "/apie-mus"]).exists()


def test_the_redirect_follows_the_page(client):
    moved_page = page_of(30)
    moved_page.slug = "naujas-vardas"
    moved_page.save()
    assert client.get("/rudens-muge/")["Location"] == "/naujienos/naujas-vardas/"
    assert client.get("/?p=30")["Location"] == "/naujienos/naujas-vardas/"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/rudens-muge", NEWS),
        ("/rudens-muge/?utm_source=x", NEWS),
        ("/apie-mus", "/apie-mus/"),
        ("/apie-mus/", "/apie-mus/"),
        ("/?p=30", NEWS),
        ("/", "/"),
        ("/robots.txt", "/robots.txt"),
        ("/naujienos/?tema=muges", "/naujienos/?tema=muges"),
    ],
)
def test_www_leads_straight_to_the_page_on_the_sites_own_name(client, asked, answered):
    response = client.get(asked, headers={"host": "www.testserver"})
    location = response["Location"]
    assert response.status_code == 301
    assert location.startswith("http://testserver/")
    assert location.removeprefix("http://testserver").partition("?")[0] == answered.partition("?")[0]


@pytest.mark.parametrize("path", ["//kita.example/", "//kita.example/x.html", "//kita.example", "/\\kita.example/"])
def test_www_leads_to_no_other_site(client, path):
    location = client.get("/", PATH_INFO=path, headers={"host": "www.testserver"})["Location"]
    assert location.startswith("http://testserver/")


def test_another_host_is_still_refused(client):
    assert client.get("/rudens-muge/", headers={"host": "www.kita.example"}).status_code == 400


def test_the_admin_has_no_old_addresses(admin_client):
    assert admin_client.get("/admin/rudens-muge/").status_code == 404


def test_who_writes_is_led_nowhere(client):
    for address in ("/rudens-muge", "/rudens-muge/"):
        assert client.post(address, headers={"host": "testserver"}).status_code in (404, 405, 301)
        assert NEWS not in client.post(address).get("Location", "")


@pytest.mark.parametrize(
    "path",
    [
        "//kita.example/",
        "//kita.example/rudens-muge/",
        "/\\kita.example/",
        "/%2F%2Fkita.example/",
        "/rudens-muge/%0d%0aSet-Cookie:%20a=b",
        "/rudens-muge%0d%0aSet-Cookie:%20a=b/",
        "/%00/",
        "/rudens-muge%00/",
        "/" + "a" * 10_000 + "/",
        "/category/" + "a/" * 3_000,
        "/" + "/".join(["page/2"] * 500) + "/",
        "/%ff%fe/",
        "/%u0041/",
        "/..%2f..%2fetc/passwd",
        "/wp-content/uploads/../../../etc/passwd",
        "/'; DROP TABLE x;--/",
        "/%F0%9F%8E%84/",
        "/?p=0",
        "/?p=-1",
        "/?p=30'",
        "/?p=99999999999999999999999",
        "/?p=%D9%A3%D9%A0",
        "/?tag=" + "a" * 5_000,
        "/?cat[]=1",
        "/?m=0000",
        "/?p=%00",
        "/?tag=%00",
    ],
)
def test_hostile_addresses_lead_nowhere(client, path):
    for host in ("testserver", "www.testserver"):
        response = client.get(path, headers={"host": host})
        assert response.status_code in (200, 301, 400, 404), response.status_code
        location = response.get("Location", "")
        assert "Set-Cookie" not in response or "a=b" not in response["Set-Cookie"]
        assert "\r" not in location
        assert "\n" not in location
        assert not location.startswith(("//", "/\\"))
        assert not location.startswith("http") or location.startswith("http://testserver/")


def test_a_page_that_is_found_costs_no_question_more(client):
    client.get("/apie-mus/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/apie-mus/?utm_source=x")
    assert not [query for query in asked if "importeditem" in query["sql"] or "wagtailredirects" in query["sql"]]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://senoji.example/A/B/", "a/b"),
        ("//senoji.example/a", "a"),
        ("/a//b/?x=1#y", "a/b"),
        ("/index.php/a/", "a"),
        ("/index.php", ""),
        ("/%C4%8Ci%C4%8Da/", "čiča"),
        ("/%c4%8ci%C4%8da", "čiča"),
        ("/c\u030c/", "č"),
        ("/" + "a" * 501, ""),
        ("/a\nb/", ""),
        ("", ""),
    ],
)
def test_addresses_are_compared_folded(address, path):
    assert folded(address) == path


def test_the_check_asks_for_everything_at_its_old_addresses():
    told = command("--check-addresses")
    assert "neatsako: 0" in told
    assert RedirectUse.objects.count() == 0
    Page.objects.filter(pk=page_of(1, "page").pk).update(live=False)
    told = command("--check-addresses", code=1)
    assert "404 per" in told
    assert "/apie-mus/" in told
    assert logging.getLogger("django.request").level == logging.NOTSET  # it was quiet for that long only


def test_the_old_front_page_answers_at_the_front(client, tmp_path):
    assert StandardPage.objects.exists()
    front = page("Pradžia", number=90, slug="pradzia", link="http://senoji.example/")
    bring(tmp_path, [front])
    assert client.get("/?page_id=90")["Location"] == "/"
    assert row(90, "page").thing.url == "/"


def test_the_other_host_is_the_name_with_or_without_www():
    assert settings.OTHER_HOST in settings.ALLOWED_HOSTS
