"""Links: which ones pages have, which lead nowhere within the site, and how other sites are asked."""

import threading
import time
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.models import CustomDocument, RelatedPage, SiteSettings
from desk.links.addresses import canonical
from desk.links.asking import Answer, Asker, Verdict, is_public
from desk.links.checking import check_links
from desk.links.collecting import collect_everything, collect_from_page
from desk.links.internal import broken_links
from desk.models import FAILURES_TO_DIE, Link, LinkUse
from tests import factories

pytestmark = pytest.mark.django_db


# --- Another site: a real server on this machine ----------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """Answers as its path says, and remembers who asked for what."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        """By the server's table: a status, or a function of this handler."""
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        said = self.server.table.get((self.command, self.path), self.server.table.get(self.path, 404))
        if callable(said):
            said(self)
            return
        self.send_response(said)
        self.end_headers()

    def log_message(self, *args):
        """Nothing on the screen."""


@pytest.fixture
def site():
    """Another site: `site.table` says what it answers, `site.asked` what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.table, server.asked = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def asker(site):
    """Asks that server, and of this machine nothing else."""
    return Asker(may_connect=lambda address, port: port == site.server_port, pause=0)


def says(text):
    """An answer with a body."""

    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(text.encode())

    return answer


def leads_to(url, status=302):
    """An answer that leads on."""

    def answer(handler):
        handler.send_response(status)
        handler.send_header("Location", url)
        handler.end_headers()

    return answer


def paths(site):
    """What was asked for, without robots.txt."""
    return [(method, path) for method, path, *_ in site.asked if path != "/robots.txt"]


def test_a_page_that_is_there_is_asked_for_by_its_head_alone(site, asker):
    site.table = {"/yra": 200}
    assert asker.ask(f"{site.url}/yra#skyrius").verdict == Verdict.ALIVE
    assert paths(site) == [("HEAD", "/yra")]
    assert site.asked[0][2] == "VVG-nuorodu-tikrinimas/1.0 (+http://testserver)"


def test_who_does_not_know_head_is_asked_once_more(site, asker):
    site.table = {("HEAD", "/x"): 405, ("GET", "/x"): 200, ("HEAD", "/y"): 404, ("GET", "/y"): 200}
    assert asker.ask(f"{site.url}/x").verdict == Verdict.ALIVE
    assert asker.ask(f"{site.url}/y").verdict == Verdict.ALIVE


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (204, "alive"),
        (404, "failed"),
        (410, "failed"),
        (500, "failed"),
        (400, "failed"),
        (401, "unknown"),
        (403, "unknown"),
        (429, "unknown"),
        (503, "unknown"),
    ],
)
def test_only_what_says_that_the_page_is_gone_is_a_failure(site, asker, status, verdict):
    site.table = {"/x": status}
    assert asker.ask(f"{site.url}/x").verdict == verdict


def test_redirects_are_followed_but_not_for_ever(site, asker):
    site.table = {"/a": leads_to("/b"), "/b": leads_to(f"{site.url}/c", 301), "/c": 200, "/ratu": leads_to("/ratu")}
    assert asker.ask(f"{site.url}/a").verdict == Verdict.ALIVE
    assert asker.ask(f"{site.url}/ratu") == Answer(Verdict.FAILED, "per daug peradresavimų")
    assert len([path for _, path in paths(site) if path == "/ratu"]) == 6


def test_robots_are_obeyed_and_read_once(site, asker):
    site.table = {"/robots.txt": says("User-agent: *\nDisallow: /slapta/\n"), "/slapta/x": 200, "/vieša": 200}
    assert asker.ask(f"{site.url}/slapta/x").verdict == Verdict.UNKNOWN
    assert asker.ask(f"{site.url}/kita").verdict == Verdict.FAILED
    assert asker.ask(f"{site.url}/slapta/y").verdict == Verdict.UNKNOWN
    assert [path for _, path, *_ in site.asked].count("/robots.txt") == 1
    assert not [path for _, path in paths(site) if path.startswith("/slapta")]


def test_a_host_that_has_enough_is_left_alone_for_the_run(site, asker):
    site.table = {"/a": 429, "/b": 200}
    asker.ask(f"{site.url}/a")
    assert asker.ask(f"{site.url}/b").verdict == Verdict.UNKNOWN
    assert ("HEAD", "/b") not in paths(site)


def test_one_host_is_not_asked_twice_at_once(site, monkeypatch):
    waited = []
    monkeypatch.setattr("desk.links.asking.time.sleep", waited.append)
    site.table = {"/a": 200, "/b": 200}
    asker = Asker(may_connect=lambda address, port: True, pause=600)
    asker.ask(f"{site.url}/a")
    asker.ask(f"{site.url}/b")
    assert len(site.asked) == 3  # with robots.txt, before which there is nothing to wait for
    assert len(waited) == 2
    assert all(500 < seconds <= 600 for seconds in waited)


def test_who_sends_a_little_for_ever_is_cut_off(site):
    def drip(handler):
        for _ in range(200):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    site.table = {"/x": drip}
    asker = Asker(may_connect=lambda address, port: True, pause=0, longest=0.3)
    began = time.monotonic()
    assert asker.ask(f"{site.url}/x").verdict == Verdict.UNREACHABLE
    assert time.monotonic() - began < 5


def test_who_does_not_listen_is_unreachable(site):
    port = site.server_port
    site.shutdown()
    site.server_close()
    asker = Asker(may_connect=lambda address, number: True, pause=0)
    assert asker.ask(f"http://127.0.0.1:{port}/").verdict == Verdict.UNREACHABLE


# --- Never inside this network ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_no_address_inside_is_public(address):
    assert not is_public(address, 80)


@pytest.mark.parametrize("address", ["193.219.10.1", "2a00:1450:4001::1", "64:ff9b::c1db:a01"])
def test_only_ports_of_the_web_are_public(address):
    assert is_public(address, 80)
    assert is_public(address, 443)
    assert not is_public(address, 22)
    assert not is_public(address, 8000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_never_asked_whatever_it_is_called(site, host):
    answer = Asker(pause=0).ask(f"http://{host}:{site.server_port}/")
    assert answer.verdict in (Verdict.REFUSED, Verdict.UNREACHABLE)
    assert site.asked == []


def test_a_redirect_leads_no_further_inside(site):
    inner = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.table = {"/a": leads_to(f"http://127.0.0.1:{inner.server_port}/")}
    asker = Asker(may_connect=lambda address, port: port == site.server_port, pause=0)
    assert asker.ask(f"{site.url}/a").verdict == Verdict.REFUSED
    inner.server_close()


def test_the_connection_goes_to_the_address_that_was_looked_at(site, monkeypatch):
    """A name may say another address the second time it is asked."""
    import socket

    asked = []
    real = socket.getaddrinfo

    def once(host, port, *args, **kwargs):
        if host != "keicia.example":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) < 3 else "10.9.9.9", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    site.table = {"/x": 200}
    asker = Asker(may_connect=lambda address, port: address == "127.0.0.1", pause=0)
    assert asker.ask(f"http://keicia.example:{site.server_port}/x").verdict == Verdict.ALIVE
    assert len(asked) == 2  # robots.txt and the page: once each


@pytest.mark.parametrize(
    "url", ["ftp://example.lt/", "http://vardas:slapta@example.lt/", "file:///etc/passwd", "http://"]
)
def test_other_addresses_are_not_asked(url):
    assert Asker(pause=0).ask(url).verdict in (Verdict.REFUSED, Verdict.UNREACHABLE)


# --- When a link is dead ----------------------------------------------------------------------------------------------

TODAY = datetime(2026, 11, 22, 3, tzinfo=factories.VILNIUS)


class Said:
    """An asker who answers by a table, and counts."""

    def __init__(self, **table):
        self.table, self.asked = table, []

    def ask(self, url):
        self.asked.append(url)
        return Answer(Verdict(self.table.get(url.rpartition("/")[2], "alive")), "taip pasakyta")


@pytest.fixture
def used():
    """Makes links that a page uses."""
    page = factories.StandardPageFactory()

    def make(*names):
        body = "".join(f'<a href="https://example.lt/{name}">Nuoroda</a>' for name in names)
        page.body = [("text", f"<p>{body}</p>")]
        page.save_revision().publish()
        collect_from_page(page)
        return page

    return make


def test_a_link_is_dead_after_failing_on_three_days(used, time_machine):
    used("a")
    for day in range(FAILURES_TO_DIE):
        time_machine.move_to(TODAY + timedelta(days=day), tick=False)
        assert not Link.objects.dead().exists()
        for _ in range(3):  # however often it runs that day
            check_links(Said(a="failed"))
    link = Link.objects.dead().get()
    assert link.first_failed_on == date(2026, 11, 22)
    assert link.failures == FAILURES_TO_DIE
    time_machine.move_to(TODAY + timedelta(days=9), tick=False)
    check_links(Said(a="alive"))
    assert not Link.objects.dead().exists()
    link.refresh_from_db()
    assert (link.failures, link.first_failed_on) == (0, None)


def test_what_answers_is_asked_again_in_two_weeks_what_is_dead_in_one(used, time_machine):
    used("a", "b")
    time_machine.move_to(TODAY, tick=False)
    Link.objects.filter(url__endswith="b").update(failures=2, first_failed_on=date(2026, 11, 20))
    check_links(Said(b="failed"))
    assert Link.objects.get(url__endswith="a").next_check_on == date(2026, 12, 6)
    assert Link.objects.get(url__endswith="b").next_check_on == date(2026, 11, 29)


def test_so_many_are_asked_and_no_more(used):
    used("a", "b", "c")
    asker = Said()
    assert check_links(asker, limit=2) == (2, 0)
    assert len(asker.asked) == 2
    assert check_links(asker, limit=2) == (1, 0)


def test_when_nobody_can_be_reached_nothing_is_held_against_the_links(used):
    used("a", "b")
    check_links(Said(a="unreachable", b="unreachable"))
    assert list(Link.objects.values_list("failures", "checked_on")) == [(0, None), (0, None)]


def test_when_somebody_is_reached_the_others_are_written_down_too(used):
    used("a", "b")
    check_links(Said(a="unreachable", b="alive"))
    assert dict(Link.objects.values_list("url", "failures")) == {"https://example.lt/a": 1, "https://example.lt/b": 0}


def test_who_asks_not_to_be_asked_is_not_dead(used, time_machine):
    used("a")
    for day in range(0, 60, 15):
        time_machine.move_to(TODAY + timedelta(days=day), tick=False)
        check_links(Said(a="unknown"))
    assert Link.objects.get().failures == 0


def test_the_command_never_asks_inside(used, site, capsys):
    page = used("x")
    page.body = [("text", f'<p><a href="{site.url}/admin/">Nuoroda</a></p>')]
    page.save_revision().publish()
    call_command("check_links")
    assert "Patikrinta nuorodų: 1, neatsakė: 1" in capsys.readouterr().out
    assert site.asked == []
    assert Link.objects.get().status == "vidinis adresas, iš interneto nepasiekiamas"


# --- Which links there are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.lt/a#b", "https://example.lt/a"),
        ("HTTPS://Example.LT", "https://example.lt/"),
        ("http://example.lt:80/x", "http://example.lt/x"),
        ("//example.lt/x", "https://example.lt/x"),
        ("https://žalgiris.lt/ąčę", "https://xn--algiris-cxb.lt/%C4%85%C4%8D%C4%99"),
        ("http://testserver/naujienos/", "/naujienos/"),
        ("/naujienos/?tema=x", "/naujienos/?tema=x"),
        ("mailto:a@example.lt", ""),
        ("tel:+370", ""),
        ("#skyrius", ""),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
        ("https://example.lt/" + "a" * 1000, ""),
    ],
)
def test_addresses_are_kept_as_they_are_asked_for(typed, kept):
    assert canonical(typed) == kept


def test_links_are_found_in_every_corner_of_a_page_and_in_registers():
    agreement = factories.ProjectPageFactory()
    agreement.body = [
        ("text", '<p><a href="https://a.example/">a</a></p>'),
        ("callout", {"tone": "note", "text": '<p><a href="https://b.example/">b</a></p>'}),
        ("button", {"label": "Mygtukas", "page": None, "url": "https://c.example/"}),
        ("quote", {"text": "Ne nuoroda: https ://x", "source": ""}),
    ]
    agreement.source_url = "https://d.example/"
    agreement.save_revision().publish()
    factories.OrganisationFactory(website="https://e.example/")
    settings = SiteSettings.for_site(Site.objects.get())
    settings.links = [("link", {"label": "Kanalas", "url": "https://f.example/"})]
    settings.save()
    event = factories.EventPageFactory(online_url="https://susitikimas.example/")
    collect_everything()
    assert set(Link.objects.values_list("url", flat=True)) == {f"https://{letter}.example/" for letter in "abcdef"}
    assert not LinkUse.objects.filter(source_id=event.pk, source_type__model="page").exists()


def test_publishing_writes_links_down_at_once(django_capture_on_commit_callbacks):
    page = factories.StandardPageFactory()
    page.body = [("text", '<p><a href="https://a.example/">a</a></p>')]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert LinkUse.objects.get().source == page.page_ptr
    page.body = []
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert not LinkUse.objects.exists()


def test_links_of_drafts_and_of_what_is_gone_are_forgotten():
    page = factories.StandardPageFactory(body=[("text", '<p><a href="https://a.example/">a</a></p>')])
    draft = factories.StandardPageFactory(live=False, body=[("text", '<p><a href="https://b.example/">b</a></p>')])
    collect_everything()
    assert [link.url for link in Link.objects.all()] == ["https://a.example/"]
    page.unpublish()
    collect_everything()
    assert not Link.objects.exists()
    assert draft.pk


# --- Links within the site --------------------------------------------------------------------------------------------


@pytest.fixture
def administrator():
    """Somebody who may edit everything."""
    return factories.UserFactory(is_superuser=True)


def page_with(html, title="Su nuoroda"):
    """A published page with this text."""
    page = factories.StandardPageFactory(title=title)
    page.body = [("text", f"<p>{html}</p>")]
    page.save_revision().publish()
    collect_from_page(page)
    return page


def problems(user):
    """What is wrong, in words."""
    return [(link.page.title, link.target, link.problem) for link in broken_links(user)]


def test_a_link_to_a_page_breaks_when_it_is_unpublished_and_mends_when_it_is_back(administrator):
    target = factories.StandardPageFactory(title="Taisyklės")
    page_with(f'<a linktype="page" id="{target.pk}">Taisyklės</a>')
    assert problems(administrator) == []
    target.unpublish()
    assert problems(administrator) == [("Su nuoroda", "Taisyklės", "puslapis nepublikuotas")]
    target.save_revision().publish()
    assert problems(administrator) == []


def test_a_link_to_a_page_that_is_gone_is_told(administrator):
    target = factories.StandardPageFactory(title="Taisyklės")
    page_with(f'<a linktype="page" id="{target.pk}">Taisyklės</a>')
    browser = Client()
    browser.force_login(administrator)
    browser.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
    assert problems(administrator) == [("Su nuoroda", "Taisyklės", "puslapis ištrintas")]
    Page.objects.get(pk=target.pk).specific.purge()
    assert problems(administrator) == [("Su nuoroda", "Puslapis", "puslapio nebėra")]


def test_a_link_to_a_document_that_is_gone_is_told(administrator):
    from django.core.files.base import ContentFile

    document = CustomDocument.objects.create(title="Forma", file=ContentFile(b"x", name="forma.pdf"))
    page_with(f'<a linktype="document" id="{document.pk}">Forma</a>')
    assert problems(administrator) == []
    CustomDocument.objects.filter(pk=document.pk).purge()
    assert problems(administrator) == [("Su nuoroda", "Dokumentas", "dokumento nebėra")]


def test_a_related_page_that_is_not_shown_is_no_broken_link(administrator):
    target = factories.StandardPageFactory()
    page = page_with("Tekstas")
    page.related_page_links.add(RelatedPage(target=target))
    page.save_revision().publish()
    target.unpublish()
    assert problems(administrator) == []


def test_typed_addresses_of_the_site_are_known_by_what_it_answers(administrator, client):
    events, news = factories.EventIndexPageFactory(slug="renginiai"), factories.NewsPageFactory(slug="zinia")
    news.get_parent().specific.save()
    Redirect.add_redirect("/senas/", "/naujas/")
    good = [
        "/",
        news.get_url(),
        events.get_url(),
        "/renginiai/2026/11/",
        "/renginiai/kalendorius.ics",
        "/senas",
        "/sitemap.xml",
    ]
    bad = ["/nera/", "/renginiai/nera/", "/renginiai/2026/77/", "/documents/777/x.pdf"]
    page_with("".join(f'<a href="http://testserver{path}">x</a>' for path in good + bad))
    assert {target for _, target, _ in problems(administrator)} == set(bad)
    for path in good:
        assert client.get(path).status_code in (200, 301, 302), path
    for path in bad:
        assert client.get(path, follow=True).status_code == 404, path


def test_broken_links_cost_the_same_for_one_and_for_many(administrator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as asked:
            broken_links(administrator)
        return len(asked)

    def add():
        target = factories.StandardPageFactory(live=False)
        page_with(f'<a linktype="page" id="{target.pk}">x</a><a href="/{target.pk}/">y</a>', f"Su {target.pk}")

    add()
    broken_links(administrator)
    one = cost()
    for _ in range(4):
        add()
    assert cost() == one
