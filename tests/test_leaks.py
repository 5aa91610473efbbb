"""
The leak matrix: every output × every restriction × every reader.

Each hidden page carries a word of its own; the word must not show in any output for a reader who may not see the page,
and must show somewhere for a reader who may. The table of who may see what (leak_site.RESTRICTIONS) is written by
hand and knows nothing of the gate.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.models import CustomDocument, User
from events.models import EventPage
from events.registration import occasions, register
from outbox.models import Letter
from search.models import PromotedResult
from tests.leak_site import KINDS, RESTRICTIONS, LeakSite, token

READERS = ("anonymous", "reader", "group", "delegate", "former", "password", "editor")
# What an output must show of the public pages, so that an empty page cannot pass for a tight one.
SHOWS = {
    "home": ["newspublic", "eventpublic"],
    "news": ["newspublic"],
    "news by year": ["newspublic"],
    "news by topic": ["newspublic"],
    "news by word": ["newspublic"],
    "rss": ["newspublic"],
    "events": ["eventpublic"],
    "events by kind": ["eventpublic"],
    "events by word": ["eventpublic"],
    "past events": ["pastpublic"],
    "month": ["eventpublic"],
    "month of past": ["pastpublic"],
    "calendar": ["eventpublic", "pastpublic"],
    "calendar of a kind": ["eventpublic", "pastpublic"],
    "how to subscribe": [],
    "registration": ["eventpublic"],
    "calendar of an event": ["eventpublic"],
    "events json": ["eventpublic", "pastpublic"],
    "events csv": ["eventpublic", "pastpublic"],
    "register": ["agreementpublic", "partypublic"],
    "register by kind": ["agreementpublic"],
    "register by word": ["agreementpublic"],
    "register by party": ["agreementpublic"],
    "register json": ["agreementpublic", "partypublic", "projectpublic"],
    "register csv": ["agreementpublic", "partypublic", "projectpublic"],
    "organisation": ["agreementpublic", "projectpublic"],
    "projects": ["projectpublic"],
    "projects by scope": ["projectpublic"],
    "projects json": ["projectpublic"],
    "projects csv": ["projectpublic"],
    # The sitemap has addresses, not titles, and parties only where their agreement is public.
    "sitemap": [],
    "robots": [],
    "not found": [],
    "not found, but searched for": [],
    "search": [],
    "search, more": [],
    "search, all pages": [],
    "search by kind": ["newspublic"],
    "search, parties": ["partypublic"],
    "search, files": ["eventpublic", "pastpublic"],
    **{f"search, {kind} nearly": [f"{kind}public"] for kind in KINDS},
    "suggestions": [],
    "suggestions by a word": [],
    **{f"public {kind}": [f"{kind}public"] for kind in KINDS},
}


@pytest.fixture(scope="module")
def built_site(kept_for_the_module):
    """The site, built once for all tests of this module and gone after them."""
    return LeakSite()


@pytest.fixture
def site(built_site, db):
    """The site as built; what a test changes is undone after it."""
    return built_site


def unfolded(response):
    """The text of an answer, with the folded lines of a calendar put together again."""
    return re.sub(r"\r\n[ \t]", "", response.content.decode())


@pytest.mark.parametrize("reader", READERS)
def test_no_output_tells_what_its_reader_may_not_see(site, client, reader):
    allowed, forbidden = site.expected(reader)
    site.sign_in(client, reader)
    assert set(site.outputs()) == set(SHOWS)
    seen = set()
    for name, address in site.outputs().items():
        response = client.get(address)
        if "page=" in address and response.status_code == 404:  # fewer hits for this reader
            continue
        assert response.status_code == (404 if name.startswith("not found") else 200), name
        text = unfolded(response)
        leaked = {word for word in forbidden if word in text}
        assert not leaked, f"{name} ({address}) tells {reader} of {sorted(leaked)}"
        missing = [word for word in SHOWS[name] if f"Zq{word}" not in text]
        assert not missing, f"{name} ({address}) lacks {missing}"
        seen |= {word for word in allowed if word in text}
    assert seen == allowed, f"{reader} never meets {sorted(allowed - seen)}"


@pytest.mark.parametrize("reader", READERS)
def test_the_pages_themselves_answer_only_those_who_may_see_them(site, client, reader):
    site.sign_in(client, reader)
    for (kind, restriction), page in site.pages.items():
        below = ("", "kalendorius.ics", "registracija/") if kind in ("event", "past") else ("",)
        for address in (page.url + end for end in below):
            response = client.get(address)
            may = reader in RESTRICTIONS[restriction]
            assert (response.status_code == 200 and token(kind, restriction) in response.content.decode()) == may, (
                f"{reader} at {address}: {response.status_code}"
            )
            if not may:
                assert response.status_code != 200, address
                assert token(kind, restriction) not in response.content.decode()


def test_an_address_of_another_site_is_refused_and_told_nothing(site, client):
    """Refused before anybody knows who asks: the page that says so has a menu all the same."""
    response = client.get("/", headers={"host": "kita-svetaine.example"})
    assert response.status_code == 400
    assert "Zqstandardpublic" in response.content.decode()
    for restriction in set(RESTRICTIONS) - {"public"}:
        assert token("standard", restriction) not in response.content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_the_sitemap_holds_just_what_everybody_may_see(site, client, reader):
    site.sign_in(client, reader)
    text = client.get("/sitemap.xml").content.decode()
    for (kind, restriction), page in site.pages.items():
        assert (f"{page.slug}/</loc>" in text) == (restriction == "public"), (kind, restriction)
    for restriction in RESTRICTIONS:
        assert (f"partneriai/salis-{restriction}/</loc>" in text) == (restriction == "public")


@pytest.mark.parametrize("reader", READERS)
def test_an_organisation_known_only_from_hidden_agreements_has_no_page(site, client, reader):
    site.sign_in(client, reader)
    register = site.parents["agreement"].url
    for restriction, readers in RESTRICTIONS.items():
        response = client.get(f"{register}partneriai/salis-{restriction}/")
        assert response.status_code == (200 if reader in readers else 404), restriction


@pytest.mark.parametrize("reader", READERS)
def test_counts_are_of_what_the_reader_may_see(site, client, reader):
    site.sign_in(client, reader)
    visible = sum(reader in readers for readers in RESTRICTIONS.values())
    figures = client.get(site.home.url).context["figures"]
    assert figures["agreements"] == figures["projects"] == visible
    # Lithuania and Austria for all; Japan stands only in hidden agreements.
    assert figures["countries"] == (2 if visible == 1 else 3)
    assert figures["partners"] == visible + 1
    listing = client.get(site.parents["agreement"].url).context["listing"]
    counts = {facet.name: {c.value: c.count for c in choices} for facet, choices in listing.choices}
    assert counts["rusis"] == {"letter_of_intent": visible}
    assert counts["metai"] == {"2011": visible}
    assert counts["salis"].get("JP", 0) == visible - 1
    assert client.get(site.parents["agreement"].url + "?salis=AT").context["listing"].rows.count() == 1


@pytest.mark.parametrize("reader", READERS)
def test_a_search_counts_finds_and_guesses_only_what_the_reader_may_see(site, client, reader):
    """By its own word, by one mistyped, among others, as one types: each page alone."""
    site.sign_in(client, reader)
    visible = sum(reader in readers for readers in RESTRICTIONS.values())
    counts = client.get("/paieska/?q=puslapis").context["answer"].counts
    assert counts["naujienos"] == counts["projektai"] == counts["sutartys"] == visible
    assert counts["renginiai"] == 2 * visible
    promoted = []
    for (kind, restriction), page in site.pages.items():
        word, may = token(kind, restriction), reader in RESTRICTIONS[restriction]
        promoted.append(PromotedResult(name=word, slug=word.lower(), sort_key="", folded="", page=page))
        addresses = [f"/paieska/?q={word}", f"/paieska/pasiulymai/?q={word}"]
        if kind == "news":  # guessing and leaving out a word are alike for every kind
            addresses += [f"/paieska/?q={word[:-2]}{word[-1]}{word[-2]}", f"/paieska/?q={word.lower()}+puslapis"]
        for address in addresses:
            text = re.sub(r"</?mark>", "", client.get(address).content.decode())
            # What was typed is said again; the words that follow it on the page are not.
            assert bool(re.search(f"{word} (puslapis|santrauka|darbotvark)", text)) == may, f"{reader} at {address}"
    PromotedResult.objects.bulk_create(promoted)
    for (kind, restriction), page in site.pages.items():
        answer = client.get(f"/paieska/?q={token(kind, restriction)}")
        may = reader in RESTRICTIONS[restriction]
        assert [one.title for one in answer.context["promoted"]] == ([page.title] if may else [])


@pytest.mark.parametrize("reader", READERS)
def test_previous_and_next_pass_over_what_is_hidden(site, client, reader):
    """News of one day, one of them hidden between two public ones, in every combination."""
    site.sign_in(client, reader)
    for restriction, readers in RESTRICTIONS.items():
        if reader not in readers:
            continue
        text = client.get(site.pages["news", restriction].url).content.decode()
        for other, who in RESTRICTIONS.items():
            if reader not in who:
                assert token("news", other) not in text


def body(response):
    """The octets of an answer, streamed or not."""
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("reader", READERS)
def test_a_document_is_for_whom_its_page_is(site, client, reader):
    site.sign_in(client, reader)
    for (kind, restriction), document in site.documents.items():
        answer = body(client.get(document.url))
        # Staff prepare drafts: a file of a page that nobody may see yet is theirs.
        may = reader in RESTRICTIONS[restriction] or reader == "editor"
        assert (answer == token(kind, restriction).encode()) == may, f"{reader}: {document.title}"
        assert may or token(kind, restriction).encode() not in answer


@pytest.mark.parametrize(
    ("reader", "may"), [("anonymous", False), ("reader", False), ("former", False), ("delegate", True)]
)
def test_a_document_for_members_is_listed_and_served_to_members_alone(site, client, reader, may):
    site.sign_in(client, reader)
    page = EventPage.objects.get(pk=site.pages["event", "public"].pk)
    document = CustomDocument.objects.get(pk=site.documents["event", "public"].pk)
    document.audience = "members"
    document.save()
    assert ("Zqeventpublic darbotvarkė" in client.get(page.url).content.decode()) == may
    assert (body(client.get(document.url)) == b"Zqeventpublic") == may
    # The same in a text: a block of files.
    page.body = [("documents", {"heading": "Failai", "documents": [document]})]
    page.materials.all().delete()
    page.save_revision().publish()
    assert ("Zqeventpublic darbotvarkė" in client.get(page.url).content.decode()) == may
    assert ("Failai" in client.get(page.url).content.decode()) == may


def test_a_document_that_no_page_uses_is_for_whom_its_column_says(site, client):
    document = CustomDocument(title="Nuostatai")
    document.file.save("nuostatai.txt", ContentFile(b"Zqnuostatai"), save=False)
    document.save()
    assert body(client.get(document.url)) == b"Zqnuostatai"
    document.audience = "members"
    document.save()
    assert b"Zqnuostatai" not in body(client.get(document.url))


def test_a_document_of_a_closed_collection_stays_closed(site, client):
    closed = Collection.get_first_root_node().add_child(name="Nariams")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    restriction.groups.add(site.readers_group)
    document = CustomDocument(title="Protokolas", collection=closed)
    document.file.save("protokolas.txt", ContentFile(b"Zqprotokolas"))
    document.save()

    anonymous = client.get(document.url)
    assert b"Zqprotokolas" not in body(anonymous)
    # The file itself is nowhere under /media/.
    for address in (f"/media/{document.file.name}", f"/media/images/../{document.file.name}"):
        assert client.get(address).status_code == 404
    client.force_login(site.users["group"])
    allowed = client.get(document.url)
    assert b"Zqprotokolas" in body(allowed)
    assert "no-store" in allowed["Cache-Control"]
    assert "private" in allowed["Cache-Control"]


def test_what_a_member_saw_is_kept_by_no_cache(site, client):
    client.force_login(site.users["delegate"])
    for address in (site.home.url, site.parents["event"].url + "kalendorius.ics"):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("restriction", ["login", "group", "password"])
def test_an_alias_is_closed_as_its_source_is(site, client, restriction):
    source = site.pages["news", restriction]
    alias = source.create_alias(update_slug="pirma-kopija")
    again = alias.create_alias(update_slug="antra-kopija")
    # As if they had been made before the source was closed: Wagtail gives a new alias restrictions of its own.
    PageViewRestriction.objects.filter(page__in=[alias, again]).delete()
    for page in (alias, again):
        assert token("news", restriction) not in client.get(page.url).content.decode()
    assert token("news", restriction) not in client.get(site.parents["news"].url).content.decode()
    assert "kopija" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_a_private_calendar_shows_what_its_holder_may_see_to_whoever_has_its_address(site, client, reader):
    response = client.get(f"/renginiai/mano/raktas-{reader}.ics")
    if reader not in ("delegate", "editor"):
        assert response.status_code == 404
        assert b"Zq" not in response.content
        return
    text = unfolded(response)
    for kind in ("event", "past"):
        for restriction, readers in RESTRICTIONS.items():
            assert (token(kind, restriction) in text) == (reader in readers), (kind, restriction)
    User.objects.filter(pk=site.users[reader].pk).update(is_active=False)
    assert client.get(f"/renginiai/mano/raktas-{reader}.ics").status_code == 404


# --- Letters ----------------------------------------------------------------------------------------------------------


def test_letters_of_a_members_event_end_with_the_membership(site):
    """Whoever has registered is told of changes, places and the day before – as long as they are among the members."""
    event = EventPage.objects.get(pk=site.pages["event", "members"].pk)
    event.registration_audience, event.capacity = "members", 3
    event.save()
    [occasion] = occasions(event)
    for name in ("delegate", "former", "invited"):
        user = site.users.get(name)
        # The one who has left registered while still a member; a guest without an account was let in by staff.
        details = {"name": name, "email": f"{name}@example.lt"}
        register(occasion, details, user=user, by_staff=user is None, notify=False)
    date = event.dates.get()
    date.start += timedelta(hours=1)
    date.end += timedelta(hours=1)
    event.dates = [date]
    event.save_revision().publish()
    with time_machine.travel(date.start - timedelta(hours=20)):
        call_command("send_reminders", verbosity=0)
    told = {(letter.kind, letter.to) for letter in Letter.objects.all()}
    assert told == {
        (kind, address) for kind in ("change", "reminder") for address in ("delegate@example.lt", "invited@example.lt")
    }
    for letter in Letter.objects.all():
        assert "Zqeventmembers" in letter.subject


def test_no_letter_of_the_site_tells_of_a_page_to_who_has_not_registered(site, client):
    """A link to sign in, asked for by anybody, says nothing but the link; and nobody else gets anything."""
    for email in ("delegate@example.lt", "niekas@example.lt"):
        client.post("/prisijungti/nuoroda/", {"email": email})
    assert {letter.to for letter in Letter.objects.all()} <= {"delegate@example.lt"}
    for letter in Letter.objects.all():
        assert "Zq" not in letter.text + letter.html + letter.subject
