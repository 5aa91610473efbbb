"""What every page is made of: its head, the ways through the site, the components, the pages of errors."""

import json
import re
import uuid
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import wagtail_factories
from django.core import mail
from django.core.management import call_command
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from core.models import SiteSettings
from core.silhouette import hills, horizon
from home import contact
from home.models import ContactMessage
from home.views import bad_request, csrf_failure, forbidden, server_error
from tests import factories

pytestmark = pytest.mark.django_db

# Elements that have no end.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """What a page says of itself: headings, landmarks, ids, what refers to them, scripts and styles."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.mismatched = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID or not self.open or self.open.pop() != tag:
            self.mismatched.append(tag)

    def all(self, tag, **wanted):
        """Attributes of the elements `tag` that have the wanted ones."""
        return [attrs for name, attrs in self.tags if name == tag and wanted.items() <= attrs.items()]


def read(client, path, status=200):
    """A page's HTML and outline."""
    response = client.get(path)
    assert response.status_code == status
    html = response.content.decode()
    return html, Outline(html)


def meta(outline, name):
    """The content of the one <meta> called `name`, or None."""
    found = [m["content"] for m in outline.all("meta") if name in (m.get("name"), m.get("property"))]
    assert len(found) <= 1
    return found[0] if found else None


def graph(html):
    """The JSON-LD parts of a page by type."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) == 1
    data = json.loads(scripts[0])
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


def block(kind, value):
    """A block of a body as the database keeps it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def listed(*values):
    """The items of a list block."""
    return [block("item", value) for value in values]


@pytest.fixture
def home():
    """The home page with a menu and who we are."""
    home = factories.HomePageFactory(title="Bandymų VVG", heading="Kaimai susitaria", lead="Telkiame kraštą.")
    settings = SiteSettings.for_site(Site.objects.get())
    settings.name, settings.short_name, settings.legal_form = (
        "Bandymų vietos veiklos grupė",
        "Bandymų VVG",
        "Asociacija",
    )
    settings.territory, settings.registered_on = "Bandymų rajonas", timezone.localdate().replace(2009, 3, 4)
    settings.save()
    return home


@pytest.fixture
def every_page(home):
    """Addresses of one page of every kind that this file is about."""
    factories.StandardPageFactory(title="Apie", slug="apie", summary="Kas mes.", show_in_menus=True)
    factories.ContactPageFactory(slug="kontaktai", title="Kontaktai")
    factories.OpenDataPageFactory(slug="atviri-duomenys", title="Atviri duomenys")
    return ["/", "/apie/", "/kontaktai/", "/atviri-duomenys/"]


# --- Every page -------------------------------------------------------------------------------------------------------


def test_the_frame_of_every_page(client, every_page):
    for path in every_page:
        html, outline = read(client, path)
        assert not outline.mismatched, path
        assert not outline.open, path
        assert outline.all("html", lang="lt")
        assert len(outline.all("h1")) == len(outline.all("main", id="turinys")) == 1
        assert html.index('href="#turinys"') < html.index("<header")
        levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (path, levels)
        ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), path


def test_nothing_inline_and_nothing_from_elsewhere(client, every_page):
    for path in every_page:
        _, outline = read(client, path)
        for tag, attrs in outline.tags:
            assert tag != "style"
            assert not [name for name in attrs if name == "style" or name.startswith("on")]
            if tag == "script" and attrs.get("type") != "application/ld+json":
                assert attrs["src"].startswith("/static/")
            if tag in ("link", "img", "source") and attrs.get("rel") != "canonical":
                assert (attrs.get("href") or attrs.get("src") or attrs.get("srcset")).startswith("/")


def test_the_head_tells_others_what_the_page_is(client, every_page):
    html, outline = read(client, "/apie/?utm_source=x")
    assert "<title>Apie – Bandymų VVG</title>" in html
    assert outline.all("link", rel="canonical") == [{"rel": "canonical", "href": "http://testserver/apie/"}]
    assert meta(outline, "description") == meta(outline, "og:description") == "Kas mes."
    assert meta(outline, "og:title") == "Apie"
    assert meta(outline, "og:url") == "http://testserver/apie/"
    assert meta(outline, "og:type") == "website"
    assert meta(outline, "og:locale") == "lt_LT"
    assert meta(outline, "og:site_name") == "Bandymų vietos veiklos grupė"
    assert meta(outline, "og:image") == "http://testserver/static/img/og.png"
    assert len([m for m in outline.all("meta") if m.get("name") == "theme-color"]) == 2


def test_a_cover_is_what_others_are_shown(client, home):
    page = factories.StandardPageFactory(
        slug="su-virseliu", cover=wagtail_factories.ImageFactory(file__width=1600, file__height=900)
    )
    _, outline = read(client, page.get_url())
    assert re.fullmatch(r"http://testserver/media/images/.+\.jpg", meta(outline, "og:image"))
    assert (meta(outline, "og:image:width"), meta(outline, "og:image:height")) == ("1200", "630")


def test_a_later_page_of_results_is_its_own_address(client, home):
    index = factories.NewsIndexPageFactory(slug="naujienos")
    for number in range(index.per_page + 1):
        factories.NewsPageFactory(title=f"Naujiena {number}")
    _, outline = read(client, "/naujienos/?page=2")
    assert outline.all("link", rel="canonical")[0]["href"] == "http://testserver/naujienos/?page=2"


def test_what_can_be_subscribed_to_is_in_head_and_foot(client, home):
    factories.NewsIndexPageFactory(slug="naujienos")
    factories.EventIndexPageFactory(slug="renginiai")
    _, outline = read(client, "/")
    for mime_type, address in (
        ("application/rss+xml", "/naujienos/rss/"),
        ("text/calendar", "/renginiai/kalendorius.ics"),
    ):
        assert [link["href"] for link in outline.all("link", rel="alternate", type=mime_type)] == [address]
        assert outline.all("a", href=address)
        assert client.get(address).status_code == 200


# --- Ways through the site --------------------------------------------------------------------------------------------


def test_the_menu_leads_to_pages_meant_for_it_and_marks_where_one_is(client, home):
    factories.NewsIndexPageFactory(slug="naujienos", title="Naujienos", show_in_menus=True)
    news = factories.NewsPageFactory(title="Žinia", slug="zinia")
    factories.StandardPageFactory(slug="privatumas", title="Privatumas", show_in_menus=False)
    html, outline = read(client, "/naujienos/")
    menu = html[html.index("<nav") : html.index("</nav>")]
    assert 'href="/naujienos/" aria-current="page"' in menu
    assert "/privatumas/" not in menu
    assert "/privatumas/" in html[html.index("<footer") :]
    below, _ = read(client, news.get_url())
    assert 'href="/naujienos/" aria-current="true"' in below


def test_the_menu_opens_without_a_script(client, every_page):
    _, outline = read(client, "/")
    (nav,) = outline.all("nav", **{"aria-label": "Pagrindinis meniu"})
    assert "popover" in nav
    openers = [button for button in outline.all("button") if button.get("popovertarget") == nav["id"]]
    assert [button.get("popovertargetaction") for button in openers] == [None, "hide"]


def test_the_menu_and_the_footer_keep_the_gate(client, home):
    factories.StandardPageFactory(title="Vieša", show_in_menus=True)
    factories.StandardPageFactory(title="Narių kampelis", show_in_menus=True, audience="members")
    factories.StandardPageFactory(title="Narių dokumentai", audience="members")
    html, _ = read(client, "/")
    assert "Vieša" in html
    assert "Narių" not in html


def test_breadcrumbs_lead_home_and_stand_in_json_ld(client, home):
    above = factories.StandardPageFactory(title="Apie", slug="apie")
    page = factories.StandardPageFactory(parent=above, title="Istorija", slug="istorija")
    html, _ = read(client, page.get_url())
    trail = html[html.index('class="breadcrumbs"') : html.index("<h1")]
    assert re.findall(r'<a href="([^"]+)">', trail) == ["/", "/apie/"]
    assert '<li aria-current="page">Istorija</li>' in trail
    steps = graph(html)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Bandymų VVG", "http://testserver/"),
        (2, "Apie", "http://testserver/apie/"),
        (3, "Istorija", "http://testserver/apie/istorija/"),
    ]


def test_breadcrumbs_leave_out_what_the_reader_may_not_see(client, home):
    hidden = factories.StandardPageFactory(title="Slaptas skyrius", slug="slaptas", audience="members")
    page = factories.StandardPageFactory(parent=hidden, title="Viešas lapas", slug="lapas")
    html, _ = read(client, page.get_url())
    assert "Slaptas skyrius" not in html


def test_a_view_below_a_page_has_its_own_name_everywhere(client, home):
    factories.EventIndexPageFactory(slug="renginiai", title="Renginiai")
    html, outline = read(client, "/renginiai/praeje/")
    assert "<title>Praėję renginiai –" in html
    assert meta(outline, "og:title") == "Praėję renginiai"
    assert "<h1>Praėję renginiai</h1>" in html
    assert [step["name"] for step in graph(html)["BreadcrumbList"]["itemListElement"]][1:] == [
        "Renginiai",
        "Praėję renginiai",
    ]


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def test_who_we_are_is_the_same_to_a_reader_and_to_a_machine(client, every_page):
    html, _ = read(client, "/kontaktai/")
    parts = graph(html)
    organization = parts["Organization"]
    assert organization["name"] == parts["WebSite"]["name"] == "Bandymų vietos veiklos grupė"
    assert organization["url"] == parts["WebSite"]["url"] == "http://testserver/"
    assert parts["WebSite"]["publisher"] == {"@id": organization["@id"]}
    assert organization["foundingDate"] == "2009-03-04"
    assert organization["logo"] == "http://testserver/static/img/logo.png"
    footer = html[html.index("<footer") :]
    for text in (organization["name"], organization["areaServed"], "2009\u00a0m. kovo 4\u00a0d."):
        assert text in footer
    assert not {"email", "telephone", "address", "identifier", "sameAs"} & set(organization), (
        "unknown facts are left out"
    )


def test_no_title_breaks_out_of_json_ld(client, home):
    title = "Naujiena </script><script>alert(1)</script> & <!--"
    factories.StandardPageFactory(title=title, slug="pavojinga")
    html, outline = read(client, "/pavojinga/")
    assert "<script>alert" not in html
    assert len(outline.all("script")) == 2
    assert graph(html)["BreadcrumbList"]["itemListElement"][-1]["name"] == title


# --- Home -------------------------------------------------------------------------------------------------------------


def test_home_shows_the_next_three_dates_in_order(client, home):
    factories.EventIndexPageFactory(slug="renginiai")
    for days in (40, 2, 20, 10):
        factories.EventPageFactory(title=f"Po {days} dienų", dates=[(timezone.now() + timedelta(days=days), None)])
    html, _ = read(client, "/")
    assert re.findall(r"Po (\d+) dienų", html) == ["2", "10", "20"]


def test_home_says_that_a_date_is_cancelled_and_who_may_come(client, home, django_user_model):
    factories.EventIndexPageFactory(slug="renginiai")
    event = factories.EventPageFactory(
        title="Žygis", audience="members", dates=[(timezone.now() + timedelta(days=3), None)]
    )
    event.dates.update(status="cancelled")
    assert "Žygis" not in read(client, "/")[0]
    client.force_login(django_user_model.objects.create_superuser("redaktorius", password="x"))
    html, _ = read(client, "/")
    assert "event-row--off" in html
    assert "Atšaukta" in html
    assert "Tik nariams" in html


def test_home_without_events_and_news_still_reads_well(client, home):
    factories.EventIndexPageFactory(slug="renginiai")
    html, outline = read(client, "/")
    assert "naujų renginių nesuplanuota" in html
    assert outline.all("a", href="/renginiai/praeje/")
    assert "Visos naujienos" not in html
    assert "Su kuo dirbame" not in html


@pytest.mark.parametrize(("number", "noun"), [(1, "narys"), (2, "nariai"), (10, "narių"), (21, "narys")])
def test_figures_are_counted_and_their_nouns_agree(client, home, number, noun):
    factories.MemberFactory.create_batch(number)
    html, _ = read(client, "/")
    assert f"<dt>{noun}</dt><dd>{number}</dd>" in html


# --- Blocks of the body -----------------------------------------------------------------------------------------------


def body_of(client, *blocks):
    """The HTML of a page with these blocks."""
    factories.StandardPageFactory(slug="blokai", body=json.dumps(blocks))
    return read(client, "/blokai/")


def test_chapters_of_a_long_page_are_listed_and_lead_there(client, home):
    texts = ["Pirmas", "Antras", "Trečias", "Pirmas"]
    html, outline = body_of(client, *(block("heading", {"text": text, "level": "h2"}) for text in texts))
    contents = html[html.index('class="contents"') :]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents[: contents.index("</nav>")])
    assert [text for _, text in links] == texts
    for anchor, _ in links:
        assert outline.all("h2", id=anchor)


def test_a_figure_offers_modern_formats_and_says_what_it_shows(client, home):
    image = wagtail_factories.ImageFactory()
    value = {"image": {"image": image.pk, "alt_text": "Malūnas prie upės", "decorative": False}, "caption": "Malūnas"}
    html, outline = body_of(client, block("figure", value))
    assert [source["type"] for source in outline.all("source")] == ["image/avif", "image/webp"]
    (img,) = outline.all("img", alt="Malūnas prie upės")
    assert img["width"]
    assert img["height"]
    assert "<figcaption>" in html


def test_a_table_has_headings_and_can_be_scrolled_by_keyboard(client, home):
    value = {
        "caption": "Sumos",
        "columns": [{"type": "text", "heading": "Priemonė"}, {"type": "text", "heading": "Suma"}],
        "rows": [{"values": ["Verslas", "100"]}],
    }
    html, outline = body_of(client, block("table", value))
    assert len(outline.all("th", scope="col")) == 2
    assert len(outline.all("th", scope="row")) == 1
    assert outline.all("div", tabindex="0", role="region", **{"aria-label": "Sumos"})
    assert "<caption>Sumos</caption>" in html


def test_a_video_asks_nothing_of_anybody_before_a_click(client, home):
    url = "https://www.youtube.com/watch?v=abcdefghijk"
    _, outline = body_of(client, block("video", {"url": url, "title": "Sąskrydis"}))
    assert not outline.all("iframe")
    (link,) = outline.all("a", href=url)
    assert link["data-player"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"


def test_documents_say_their_type_and_size(client, home):
    document = wagtail_factories.DocumentFactory(title="Forma", file__filename="forma.pdf", file_size=34567)
    html, outline = body_of(client, block("documents", {"heading": "", "documents": listed(document.pk)}))
    assert outline.all("a", href=document.url)
    assert re.search(r"PDF, 33,8\s", html)


def test_links_to_pages_keep_the_gate(client, home):
    shown, hidden = (
        factories.StandardPageFactory(title="Vieša"),
        factories.StandardPageFactory(title="Slapta", audience="members"),
    )
    html, outline = body_of(
        client,
        block("button", {"label": "Skaityti viešą", "page": shown.pk, "url": ""}),
        block("button", {"label": "Skaityti slaptą", "page": hidden.pk, "url": ""}),
        block("related_pages", {"heading": "Dar", "pages": listed(hidden.pk, shown.pk)}),
    )
    assert "Skaityti viešą" in html
    assert "Skaityti slaptą" not in html
    assert "Slapta" not in html


# --- Components -------------------------------------------------------------------------------------------------------


def test_silhouettes_are_the_same_for_ever_and_no_two_alike():
    titles = [f"Naujiena {number}" for number in range(500)]
    assert hills("Mokymai") == hills("Mokymai")
    for draw in (hills, horizon):
        assert len({json.dumps(draw(title)) for title in titles}) == len(titles)
        for title in titles[:50]:
            for shape in draw(title).values():
                assert isinstance(shape, int) or re.fullmatch(r"[MCLQVHZhlqcz0-9 -]+", shape)


def test_pages_of_results_keep_the_filters():
    from django.core.paginator import Paginator

    class Listing:
        query_string = "rusis=mokymai&q=a+b"

    page_of_rows = Paginator(range(100), 5).page(10)
    template = Template("{% load core_tags %}{% pagination rows listing %}")
    html = template.render(Context({"rows": page_of_rows, "listing": Listing}))
    outline = Outline(html)
    links = [link["href"] for link in outline.all("a")]
    assert all(link.startswith("?rusis=mokymai&q=a+b&page=") for link in links)
    assert outline.all("a", rel="prev")[0]["href"].endswith("page=9")
    assert outline.all("a", rel="next")[0]["href"].endswith("page=11")
    assert [link["href"][-2:] for link in outline.all("a", **{"aria-current": "page"})] == ["10"]
    assert len(links) < 10, "the middle is left out"


def test_one_page_of_results_needs_no_links():
    from django.core.paginator import Paginator

    template = Template("{% load core_tags %}{% pagination rows %}")
    assert not template.render(Context({"rows": Paginator([1], 5).page(1)})).strip()


# --- Contact ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def contact_page(home):
    """The contact page's address."""
    settings = SiteSettings.for_site(Site.objects.get())
    settings.email = "vvg@example.lt"
    settings.save()
    return factories.ContactPageFactory(slug="kontaktai", title="Kontaktai", thanks="Ačiū, gavome!").get_url()


def send(client, path, time_machine=None, **fields):
    """Open the form, wait as long as a person does, send it."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())[1]
    if time_machine:
        time_machine.shift(30)
    data = {"name": "Vardas", "email": "a@example.lt", "text": "Sveiki", "website": "", "token": token} | fields
    return client.post(path, data)


def test_a_letter_is_kept_sent_and_thanked_for(client, contact_page, time_machine):
    time_machine.move_to(timezone.now())
    response = send(client, contact_page, time_machine)
    assert response.status_code == 302
    assert ContactMessage.objects.get().sent_at is None
    call_command("send_letters", verbosity=0)
    assert ContactMessage.objects.get().sent_at
    assert [(letter.to, letter.reply_to) for letter in mail.outbox] == [(["vvg@example.lt"], ["a@example.lt"])]
    assert mail.outbox[0].body == "Sveiki\n\nVardas\na@example.lt\n"
    html, outline = read(client, response.url)
    assert "Ačiū, gavome!" in html
    assert outline.all("div", role="status")
    assert not outline.all("textarea")


def test_what_is_wrong_is_said_above_and_beside_the_field(client, contact_page, time_machine):
    time_machine.move_to(timezone.now())
    response = send(client, contact_page, time_machine, email="ne paštas", text="")
    html = response.content.decode()
    outline = Outline(html)
    assert not ContactMessage.objects.exists()
    assert "<title>Klaida: Kontaktai" in html
    for name in ("email", "text"):
        (field,) = outline.all("input", name=name) or outline.all("textarea", name=name)
        assert field["aria-invalid"] == "true"
        described = field["aria-describedby"].split()
        assert f"id_{name}_error" in described
        assert all(f'id="{part}"' in html for part in described)
        assert outline.all("a", href=f"#id_{name}"), "the summary leads to the field"
    assert outline.all("input", name="name")[0]["value"] == "Vardas", "what was typed stays"


def test_the_trap_is_out_of_everybodys_way(client, contact_page):
    html, outline = read(client, contact_page)
    (trap,) = outline.all("input", name="website")
    assert trap["tabindex"] == "-1"
    assert re.search(r'<div class="trap" aria-hidden="true">(?:(?!</div>).)*name="website"', html, re.DOTALL)


def test_a_robot_and_a_hasty_form_are_refused(client, contact_page, time_machine):
    time_machine.move_to(timezone.now())
    assert send(client, contact_page, time_machine, website="https://spam.example").status_code == 200
    assert send(client, contact_page).status_code == 200
    assert not ContactMessage.objects.exists()


def test_the_empty_form_can_be_previewed(home, rf):
    page = factories.ContactPageFactory(slug="kontaktai")
    assert isinstance(page.get_context(rf.get("/"))["form"], contact.ContactForm)


# --- Open data --------------------------------------------------------------------------------------------------------


def test_every_dataset_is_described_and_answers_where_it_is_said_to(client, home):
    factories.OpenDataPageFactory(slug="atviri-duomenys")
    indexes = (
        factories.NewsIndexPageFactory,
        factories.EventIndexPageFactory,
        factories.CooperationIndexPageFactory,
        factories.ProjectIndexPageFactory,
        factories.MemberListPageFactory,
    )
    exports = [(page, dataset) for page in (make() for make in indexes) for dataset in page.exports]
    assert len(exports) == 4
    html, outline = read(client, "/atviri-duomenys/")
    for page, dataset in exports:
        for kind in ("csv", "json"):
            address = f"{page.get_url()}{dataset.name}.{kind}"
            assert outline.all("a", href=address)
            assert client.get(address).status_code == 200
        for name, meaning in dataset.fields.items():
            assert f"<code>{name}</code>" in html
            assert meaning in html


# --- When something is wrong ------------------------------------------------------------------------------------------


def test_a_missing_page_helps_on(client, every_page):
    html, outline = read(client, "/tokio-nera/", status=404)
    assert "<h1>Tokio puslapio nėra</h1>" in html
    assert meta(outline, "robots") == "noindex"
    assert not outline.all("link", rel="canonical")
    ways = html[html.index('class="ways-on"') : html.index("<footer")]
    assert re.findall(r'href="([^"]+)"', ways) == ["/", "/apie/"]
    assert not outline.mismatched


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        (bad_request, 400, "Šito nesupratome"),
        (forbidden, 403, "tik vietos veiklos grupės nariai"),
        (csrf_failure, 403, "Formos išsiųsti nepavyko"),
    ],
)
def test_refusals_say_why_and_where_to_turn(every_page, rf, view, status, said):
    response = view(rf.get("/"))
    html = response.content.decode()
    assert response.status_code == status
    assert said in html
    assert len(Outline(html).all("h1")) == 1
    assert 'href="/apie/"' in html


def test_the_page_of_a_broken_site_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    outline = Outline(response.content.decode())
    assert response.status_code == 500
    assert len(outline.all("h1")) == 1
    assert not outline.mismatched
    assert not outline.open


def test_a_closed_section_asks_in_our_own_words(client, home):
    closed = factories.StandardPageFactory(slug="uzdara", title="Uždara")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="raktas")
    html, outline = read(client, "/uzdara/", status=403)
    assert "Reikia slaptažodžio" in html
    assert "Uždara" not in html
    assert outline.all("label", **{"for": "id_password"})
    PageViewRestriction.objects.update(restriction_type="login")
    html = client.get("/uzdara/", follow=True).content.decode()
    assert "<h1>Prisijungimas</h1>" in html


def test_a_card_hides_nothing_behind_its_picture(home, rf):
    item = factories.StandardPageFactory(title="Ąžuolynas", summary="Apie ąžuolus.")
    html = render_to_string("components/card.html", {"item": item, "meta": "2026 m."}, rf.get("/"))
    outline = Outline(html)
    assert outline.all("svg", **{"aria-hidden": "true"})
    assert len(outline.all("a")) == 1
    assert "Apie ąžuolus." in html
