"""Nothing becomes more public by moving: every output of the site, for every state of the old one."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from core.models import CustomDocument, User
from core.visibility import may_download
from events.models import EventIndexPage
from members.models import MemberListPage
from news.models import NewsIndexPage
from partners.models import CooperationIndexPage
from projects.models import ProjectIndexPage
from tests import factories
from tests.wordpress_files import attachment, page, post, term, uploads_folder
from tests.wordpress_site import bring, document, page_of
from wordpress_import.models import ImportedItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moved")]

# How an item could be kept from readers at the old site. A word of its own stands in its title, text and excerpt.
HIDDEN = {
    "private": {"status": "private"},
    "draft": {"status": "draft"},
    "pending": {"status": "pending"},
    "future": {"status": "future", "date": "2099-05-01 10:00:00"},
    "missed": {"status": "future", "date": "2020-05-01 10:00:00"},
    "trash": {"status": "trash"},
    "autodraft": {"status": "auto-draft"},
    "password": {"password": "slaptas"},
    "privatepassword": {"status": "private", "password": "slaptas"},
    "invented": {"status": "wc-hidden"},
}
HOSTILE = (
    "<script>alert(1)</script><p onclick='alert(2)'>Tekstas</p><a href='javascript:alert(3)'>x</a>"
    "<iframe src='https://blogas.example/'></iframe><svg onload=alert(4)></svg><style>p{}</style>"
)


def word(kind, state):
    """The word that stands in one item and nowhere else."""
    return f"Zq{kind}{state}"


def items():
    """An item of each kind in each state, and an open one beside."""
    number = 100
    for kind in ("post", "page", "tribe_events", "wine"):
        for state, how in {**HIDDEN, "open": {}}.items():
            number += 1
            told = word(kind.replace("_", ""), state)
            category = ("category", told.lower(), told)
            yield post(
                told,
                f"<p>{told} tekstas.</p>{HOSTILE}",
                kind=kind,
                number=number,
                excerpt=told,
                terms=[category] if kind == "post" else [],
                meta={"_EventStartDate": "2019-05-01 10:00:00"} if kind == "tribe_events" else {},
                **how,
            )


@pytest.fixture(scope="module")
def moved_site(kept_for_the_module, tmp_path_factory):
    """The old site, moved once for all tests of this module."""
    folder = tmp_path_factory.mktemp("perkelimas")
    factories.HomePageFactory()
    everything = list(items())
    terms = [term(*one) for item in everything for one in item["terms"]]
    everything += [
        attachment("vidinis.pdf", number=51, title="Zqvidinis"),
        attachment("bendras.pdf", number=52, title="Zqbendras"),
        page(
            "Zqpage vidinis su failu",
            '<p><a href="/wp-content/uploads/vidinis.pdf">a</a> <a href="/wp-content/uploads/bendras.pdf">b</a></p>',
            number=53,
            status="private",
        ),
        page("Atviras", '<p><a href="/wp-content/uploads/bendras.pdf">b</a></p>', number=54),
        page("Nariai", "<table><tr><th>Narys</th><th>Sektorius</th></tr></table>", number=55, slug="vvg-nariai"),
        page(
            "Bendradarbiavimas",
            "<ul><li>2015 m. birželio 15 d. – bendradarbiavimo sutartis su VšĮ „Zqslaptas“.</li></ul>",
            number=56,
            slug="bendradarbiavimas",
            status="private",
        ),
        post("Saitas", f"<p>Žr. <a href='/{word('post', 'private').lower()}/'>čia</a>.</p>", number=57),
    ]
    files = {"vidinis.pdf": document("vienas"), "bendras.pdf": document("kitas")}
    bring(folder, everything, terms=terms, uploads=uploads_folder(folder, files))


@pytest.fixture
def moved(moved_site, db):
    """The moved site; what a test changes is undone after it."""


def forbidden():
    """The words that no visitor may meet."""
    kinds = ("post", "page", "tribeevents", "wine")
    return {word(kind, state) for kind in kinds for state in HIDDEN} | {word("wine", "open"), "Zqvidinis", "Zqslaptas"}


def outputs():
    """Every public address of the site that could give something away."""
    index = {model: model.objects.first() for model in (NewsIndexPage, EventIndexPage)}
    news, events = index[NewsIndexPage].url, index[EventIndexPage].url
    yield from (
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/nera-tokio/",
        news,
        f"{news}rss/",
        f"{news}?q=zq",
        f"{news}?metai=2019",
    )
    yield from (events, f"{events}praeje/", f"{events}kalendorius.ics", f"{events}renginiai.json", f"{events}2019/05/")
    for model in (CooperationIndexPage, MemberListPage, ProjectIndexPage):
        yield from (found.url for found in model.objects.all())
    yield from (f"/{word(kind, 'open').lower()}/" for kind in ("page",))
    yield from (page_of(54, "page").url, page_of(57).url)


READERS = ("anonymous", "reader", "delegate")


def sign_in(client, reader):
    """Make `client` a visitor, somebody without rights, or a member."""
    if reader == "anonymous":
        return
    user = User.objects.create_user(reader, f"{reader}@example.lt", "ilgas-slaptazodis-1")
    if reader == "delegate":
        user.user_permissions.add(Permission.objects.get(codename="read_members_content"))
    client.force_login(user)


@pytest.mark.parametrize("reader", READERS)
def test_no_output_tells_of_what_was_hidden(client, reader):
    sign_in(client, reader)
    for address in outputs():
        response = client.get(address)
        text = response.content.decode()
        assert response.status_code == (404 if address == "/nera-tokio/" else 200), address
        told = {one for one in forbidden() if one.lower() in text.lower()}
        # A link that an open text has to a hidden page says its address, as it did at the old site.
        assert not told or (address == page_of(57).url and told == {word("post", "private")}), (address, told)
    assert word("post", "open") in client.get(NewsIndexPage.objects.first().url).content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_no_address_old_or_new_gives_what_was_hidden(client, reader):
    sign_in(client, reader)
    for item in ImportedItem.objects.exclude(kind__in=("category", "post_tag", "attachment")):
        if item.title not in forbidden():
            continue
        addresses = {item.old_address.removeprefix("http://senoji.example"), f"/?p={item.number}", f"/{item.old_path}/"}
        if item.thing:
            addresses.add(item.thing.url)
        for address in filter(None, addresses):
            for asked in (address, address.rstrip("/") or "/"):
                response = client.get(asked, follow=True)
                assert f"{item.title} tekstas" not in response.content.decode(), asked
                assert response.status_code in (404, 403) or response.wsgi_request.path == "/", asked


def test_what_was_planned_for_ever_stays_planned():
    for kind in ("post", "page"):
        row = ImportedItem.objects.get(title=word(kind, "future"), kind=kind)
        assert row.thing.go_live_at > timezone.now()
        assert not row.thing.live


def test_documents_of_hidden_pages_alone_are_for_the_staff(client):
    closed = CustomDocument.objects.get(title="Zqvidinis")
    opened = CustomDocument.objects.get(title="Zqbendras")
    assert not may_download(closed, None)
    assert may_download(opened, None)
    assert client.get(opened.url).status_code == 200
    assert client.get(closed.url).status_code != 200
    for address in ("/wp-content/uploads/vidinis.pdf", "/zqvidinis/"):
        assert client.get(address).status_code == 404


def test_a_register_is_read_of_open_texts_alone():
    assert not CooperationIndexPage.objects.exists() or not CooperationIndexPage.objects.get().get_children().exists()


def test_nothing_that_runs_comes_over(client):
    for item in ImportedItem.objects.filter(verdict="imported"):
        body = str(getattr(item.thing, "body", ""))
        for evil in ("<script", "onclick", "javascript:", "<iframe", "onload", "<style", "alert("):
            assert evil not in body.lower(), (item, evil)
    text = client.get(f"/{word('page', 'open').lower()}/").content.decode()
    assert "alert(" not in text
    assert "blogas.example" not in text or "<iframe" not in text


def test_topics_of_hidden_news_are_not_offered(client):
    text = client.get(NewsIndexPage.objects.first().url).content.decode()
    assert word("post", "open") in text
    assert not [state for state in HIDDEN if word("post", state) in text]
