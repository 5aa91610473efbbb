"""The search: it finds Lithuanian words in any form, follows what is published, and answers whatever is typed."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.search.models import IndexEntry

from core.models import CustomDocument, TrashEntry, User
from core.trash import purge, put_away, restore
from core.trash_pages import put_page_away, restore_page
from members.models import Member
from partners.models import AgreementParty
from search.missed import recent
from search.models import MissedSearch, SearchEntry, SearchWord
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """Uploads in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def found(client, query, **params):
    """The titles that the page of results shows, in their order."""
    response = client.get("/paieska/", {"q": query, **params})
    assert response.status_code == 200
    return ["".join(piece for piece, _ in hit.title) for hit in response.context["hits"]]


def suggested(client, query):
    """What is suggested as one types."""
    return [one["title"] for one in json.loads(client.get("/paieska/pasiulymai/", {"q": query}).content)["titles"]]


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["sutarčių", "SUTARTIS", "sutartims", "sutarciu", "Sutarčiai", "„sutarties“", "sutrtis", "sutarits"],
)
def test_a_word_is_found_in_any_form_and_as_it_was_mistyped(client, query):
    factories.NewsPageFactory(title="Pasirašyta sutartis")
    factories.NewsPageFactory(title="Rudens mugė")
    assert found(client, query) == ["Pasirašyta sutartis"]


def test_what_stands_together_in_quotes_must_stand_together(client):
    factories.NewsPageFactory(title="Žydinti Lietuva")
    factories.NewsPageFactory(title="Lietuva kasmet žydinti")
    assert found(client, '"zydinčios lietuvos"') == ["Žydinti Lietuva"]
    assert len(found(client, "žydinti lietuva")) == 2


def test_abbreviations_and_names_find_each_other(client):
    university = factories.OrganisationFactory(name="Vytauto Didžiojo universitetas", short_name="VDU")
    factories.CooperationAgreementPageFactory(title="Mokslo sutartis", parties=[university])
    factories.NewsPageFactory(title="Vietos plėtros strategijos rengimas")
    assert "Vytauto Didžiojo universitetas" in found(client, "vdu")
    assert "Mokslo sutartis" in found(client, "VDU")
    assert found(client, "VPS") == ["Vietos plėtros strategijos rengimas"]


def test_a_title_counts_more_than_a_text_and_newer_a_little_more(client):
    factories.NewsPageFactory(title="Apie viską", body=[("text", "<p>Mugė mieste.</p>")], date="2026-05-01")
    factories.NewsPageFactory(title="Mugė kaime", date="2019-05-01")
    factories.NewsPageFactory(title="Mugė lauke", date="2025-05-01")
    assert found(client, "mugė") == ["Mugė lauke", "Mugė kaime", "Apie viską"]


def test_a_file_of_cases_is_tried_and_too_little_fails(tmp_path, capsys):
    factories.NewsPageFactory(title="Rudens mugė")
    cases = tmp_path / "cases.tsv"
    cases.write_text("# komentaras\nmugės\tRudens mugė\tinflected\nsvajonė\tSvajonė\ttypo\n")
    with pytest.raises(CommandError, match="Too little"):
        call_command("evaluate_search", str(cases))
    told = capsys.readouterr().out
    assert "svajonė → Svajonė" in told
    assert "1 / 2" in told
    cases.write_text("mugės\tRudens mugė\tinflected\n")
    call_command("evaluate_search", str(cases))
    cases.write_text("be tabų\n")
    with pytest.raises(CommandError, match="No cases"):
        call_command("evaluate_search", str(cases))


# --- Following --------------------------------------------------------------------------------------------------------


def test_a_page_is_found_from_the_moment_it_is_published_until_it_is_not(client):
    page = factories.NewsPageFactory(title="Sena antraštė", live=False)
    assert found(client, "antraštė") == []
    page.save_revision().publish()
    assert found(client, "antraštė") == ["Sena antraštė"]
    page.title = "Naujas pavadinimas"
    draft = page.save_revision()
    assert found(client, "naujas pavadinimas") == []
    draft.publish()
    assert found(client, "naujas pavadinimas") == ["Naujas pavadinimas"]
    assert found(client, "antraštė") == []
    page.refresh_from_db()
    page.unpublish()
    assert found(client, "pavadinimas") == []


def test_a_page_leads_to_where_it_stands_now(client):
    section = factories.StandardPageFactory(title="Skyrius", slug="skyrius")
    page = factories.StandardPageFactory(title="Klajoklis", slug="klajoklis")
    page.move(section, pos="last-child")
    hits = client.get("/paieska/", {"q": "klajoklis"}).context["hits"]
    assert [hit.url for hit in hits] == ["/skyrius/klajoklis/"]
    section.refresh_from_db()
    section.slug = "dalis"
    section.save_revision().publish()
    assert [hit.url for hit in client.get("/paieska/", {"q": "klajoklis"}).context["hits"]] == ["/dalis/klajoklis/"]


def test_a_page_that_is_closed_is_found_by_nobody_from_that_moment(client):
    page = factories.NewsPageFactory(title="Posėdis")
    page.audience = "members"
    page.save_revision().publish()
    assert found(client, "posėdis") == suggested(client, "pos") == []
    page.audience = "public"
    page.save_revision().publish()
    assert found(client, "posėdis") == ["Posėdis"]
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert found(client, "posėdis") == []
    restriction.delete()
    assert found(client, "posėdis") == ["Posėdis"]


def test_the_trash_and_the_way_back_are_followed(client):
    page = factories.NewsPageFactory(title="Posėdis")
    entry = put_page_away(page)
    assert found(client, "posėdis") == []
    call_command("rebuild_search", verbosity=0)
    restore_page(entry)
    assert found(client, "posėdis") == ["Posėdis"]
    purge(put_page_away(Page.objects.get(pk=page.pk)))
    assert found(client, "posėdis") == []
    assert not SearchEntry.objects.filter(title="Posėdis").exists()
    indexed = IndexEntry.objects.filter(content_type__model="searchentry")
    assert indexed.count() == SearchEntry.objects.count()


def test_rows_in_the_trash_are_not_found(client):
    factories.MemberListPageFactory()
    member = factories.MemberFactory(organisation__name="Ąžuolų bendruomenė")
    document = CustomDocument.objects.create(title="Ąžuolų nuostatai", file=ContentFile(b"x", "nuostatai.txt"))
    assert sorted(found(client, "ąžuolas")) == ["Ąžuolų bendruomenė", "Ąžuolų nuostatai"]
    _, [document_entry] = put_away([member]), put_away([document])
    assert found(client, "ąžuolas") == []
    restore(Member.everything.get(pk=member.pk))
    assert found(client, "ąžuolas") == ["Ąžuolų bendruomenė"]
    purge(TrashEntry.objects.get(pk=document_entry.pk))
    assert not SearchEntry.objects.filter(document__isnull=False).exists()


def test_what_names_a_row_follows_its_name(client):
    partner = factories.OrganisationFactory(name="Gervių bendrija")
    factories.CooperationAgreementPageFactory(title="Pirmoji sutartis", parties=[partner])
    factories.ProjectPageFactory(title="Pirmasis projektas", lead=partner)
    assert {"Pirmoji sutartis", "Pirmasis projektas"} <= set(found(client, "gervė"))
    partner.name = "Stumbrų bendrija"
    partner.save()
    assert found(client, "gervė") == []
    assert {"Pirmoji sutartis", "Pirmasis projektas", "Stumbrų bendrija"} == set(found(client, "stumbras"))


def test_what_stands_on_a_page_is_followed(client):
    page = factories.CooperationAgreementPageFactory(title="Pirmoji sutartis", parties=[])
    party = AgreementParty.objects.create(page=page, organisation=factories.OrganisationFactory(name="Gervių bendrija"))
    assert "Pirmoji sutartis" in found(client, "gervės")
    party.delete()
    assert "Pirmoji sutartis" not in found(client, "gervės")
    venue = factories.VenueFactory(name="Malūnas")
    factories.EventPageFactory(title="Vakaronė", venue=venue)
    assert found(client, "malūne") == ["Vakaronė"]
    venue.name = "Klojimas"
    venue.save()
    assert found(client, "malūne") == []
    assert found(client, "klojime") == ["Vakaronė"]
    topic = factories.TopicFactory(name="Bitininkystė")
    news = factories.NewsPageFactory(title="Medus")
    news.topics.add(topic)
    news.save()
    assert found(client, "bitininkystė") == ["Medus"]
    topic.name = "Sodininkystė"
    topic.save()
    assert found(client, "sodininkystė") == ["Medus"]


def test_a_page_that_is_gone_for_good_leaves_nothing(client):
    """Its rows go a moment before it: they must not bring its entry back."""
    page = factories.EventPageFactory(title="Žygis")
    assert found(client, "žygis") == ["Žygis"]
    page.purge()
    assert not SearchEntry.objects.filter(title="Žygis").exists()
    connection.check_constraints()


def test_what_is_said_to_nobody_is_not_found(client):
    factories.EventPageFactory(title="Vakaronė", online_url="https://susitikimai.example/slaptas")
    agreement = factories.CooperationAgreementPageFactory(title="Sutartis", editor_note="Neskelbtina pastaba")
    assert agreement.path
    for words in ("slaptas", "neskelbtina", agreement.path):
        assert found(client, words) == []


def test_all_entries_can_be_made_anew(client, capsys):
    factories.NewsPageFactory(title="Posėdis")
    SearchEntry.objects.all().delete()
    assert found(client, "posėdis") == []
    SearchWord.objects.create(exact="nebenaudojamas", written="nebenaudojamas")
    call_command("rebuild_search")
    assert "naujienos: 1 iš 1" in capsys.readouterr().out
    assert found(client, "posėdis") == ["Posėdis"]
    assert not SearchWord.objects.filter(exact="nebenaudojamas").exists()
    SearchEntry.objects.filter(title="Posėdis").delete()
    call_command("rebuild_search", if_empty=True)
    assert found(client, "posėdis") == []  # there are others: nothing was done


# --- The page ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "",
    "   ",
    "a",
    "ą" * 10_000,
    "žodis " * 2_000,
    '"',
    "'",
    '"""',
    "„",
    "\x00",
    "mugė\x00",
    "mugė\u2028šventė",
    "\u202emugė",
    "\ufeff",
    "🎉🎉",
    "-",
    "- -",
    "!",
    "a & b | !c <-> d:*",
    "AND OR NOT NEAR(",
    "title:mugė",
    "*",
    "mugė*",
    "(((",
    "\\",
    "%",
    "_",
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>",
    "日本語",
    "٣",
    "ß",
    "İ",
    "𝕄𝕦𝕘ė",
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query)[:24])
@pytest.mark.parametrize("address", ["/paieska/", "/paieska/pasiulymai/"])
def test_whatever_is_typed_gets_a_page(client, query, address):
    factories.NewsPageFactory(title="Rudens mugė")
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "q=%00&rusis=%00", "q=a&q=b", "rusis=xx&q=mug%C4%97"])
def test_a_broken_address_gets_a_page(client, query):
    assert client.get(f"/paieska/?{query}").status_code == 200


def test_hits_are_counted_by_kind_marked_dated_and_paged(client):
    for number in range(12):
        factories.NewsPageFactory(
            title=f"Mugė {number}", date="2024-05", body=[("text", "<p>Ilgas tekstas. Amatų mugės miestelyje.</p>")]
        )
    factories.ProjectPageFactory(title="Mugių projektas")
    response = client.get("/paieska/", {"q": "mugė"})
    text = response.content.decode()
    assert "13\xa0radinių" in text
    assert "Naujienos (12)" in text
    assert "<mark>mugės</mark>" in text
    assert "2024 m. gegužės mėn." in text.replace("\xa0", " ")
    assert '<meta name="robots" content="noindex">' in text
    assert len(response.context["hits"]) == 10
    assert len(found(client, "mugė", page=2)) == 3
    assert found(client, "mugė", rusis="projektai") == ["Mugių projektas"]
    assert client.get("/paieska/", {"q": "mugė", "page": 99}).status_code == 404


def test_nobody_counts_to_the_end_of_a_long_list(client, monkeypatch):
    monkeypatch.setattr("search.finding.COUNTED", 6)
    monkeypatch.setattr("search.finding.LOOKED_AT", 4)
    for number in range(8):
        factories.NewsPageFactory(title=f"Mugė {number}", date=f"2026-11-0{number + 1}")
    factories.StandardPageFactory(title="Kaip ruošiamės mugei")
    text = client.get("/paieska/?q=mugė").content.decode().replace("\u00a0", " ")
    assert "Daugiau kaip 6 radiniai" in text or "Daugiau kaip 6 radinių" in text
    assert ">Naujienos</a>" in text  # every kind can be chosen, uncounted
    assert found(client, "mugė")[0] == "Mugė 7"
    # Of one kind there are few: all are shown, and the oldest is looked at for its title.
    assert found(client, "mugė", rusis="puslapiai") == ["Kaip ruošiamės mugei"]
    monkeypatch.setattr("search.finding.COUNTED", 9)
    answer = client.get("/paieska/?q=mugė").context["answer"]
    assert (answer.total, answer.is_more, answer.counts) == (9, False, {"naujienos": 8, "puslapiai": 1})


def test_on_postgresql_every_search_has_its_index():
    if connection.vendor == "sqlite":  # its own table of words is the index
        assert "wagtailsearch_indexentry_fts" in connection.introspection.table_names()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'wagtailsearch_indexentry'")
        assert any("title || body" in definition for (definition,) in cursor.fetchall())


def test_what_is_not_found_is_told_helpfully(client):
    factories.ContactPageFactory()
    text = client.get("/paieska/", {"q": "qqxxyy"}).content.decode()
    assert "Su „qqxxyy“ nieko neradome" in text
    assert "/kontaktai/" in text


def test_a_guess_is_said_to_be_one(client):
    factories.NewsPageFactory(title="Sąskrydis")
    text = client.get("/paieska/", {"q": "sąskyrdis"}).content.decode()
    assert "Ar tai turėjote omenyje?" in text
    factories.NewsPageFactory(title="Rudens mugė mieste")
    assert "rodome, kur yra dauguma jų" in client.get("/paieska/", {"q": "rudens mugė sąskrydis"}).content.decode()


def test_every_page_has_a_box_to_search_by(client):
    factories.StandardPageFactory(title="Apie", slug="apie", show_in_menus=True)
    for address in ("/", "/apie/", "/paieska/", "/nera-tokio/"):
        assert 'action="/paieska/"' in client.get(address).content.decode()


def test_titles_are_suggested_as_one_types(client):
    factories.NewsPageFactory(title="Žydinti Lietuva")
    factories.NewsPageFactory(title="Rudens mugė")
    assert suggested(client, "zy") == suggested(client, "žydinti lie") == ["Žydinti Lietuva"]
    assert suggested(client, "z") == suggested(client, "") == []
    assert [one["url"] for one in client.get("/paieska/pasiulymai/?q=mug").json()["titles"]] == [
        "/naujienos/rudens-muge/"
    ]


def test_an_address_that_leads_nowhere_searches_by_its_words(client):
    factories.NewsPageFactory(title="Rudens mugė Dauguose", slug="kitas")
    factories.NewsPageFactory(title="Rudens posėdis", audience="members")
    response = client.get("/senos/rudens-muge-dauguose/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "Gal ieškojote šito?" in text
    assert "/naujienos/kitas/" in text
    assert "posėdis" not in client.get("/rudens-posedis/").content.decode()
    for address in ("/wp-login.php", "/.env", "/12345/"):
        assert "Gal ieškojote" not in client.get(address).content.decode()


def test_the_number_of_queries_does_not_grow(client):
    factories.NewsPageFactory(title="Rudens mugė")
    client.get("/paieska/?q=muge")
    for round_ in range(2):
        for query in ("mugė", "mugei rudns šventė", "visai nera tokiu zodziu cia", "mgė", "x"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get("/paieska/", {"q": query})
            assert len(asked) <= 20, (query, len(asked), [one["sql"][:150] for one in asked])
        for number in range(30):
            factories.NewsPageFactory(title=f"Mugė šventė {round_} {number}")


# --- What was missed, what is put first -------------------------------------------------------------------------------


def test_what_is_not_found_is_counted_and_nothing_of_a_person_is_kept(client, admin_client):
    for query in (
        "Svajonių malūnas",
        "svajonių malūnas",
        "jonas@example.lt",
        "+370 612 34567",
        "38001010000",
        "ž" * 70,
    ):
        found(client, query)
    client.head("/paieska/?q=kitas")
    assert [(row["query"], row["total"]) for row in recent()] == [("svajonių malūnas", 2)]
    MissedSearch.objects.create(query="sena", day=timezone.localdate() - timedelta(days=90))
    text = admin_client.get("/admin/paieska/nerasta/").content.decode()
    assert "svajonių malūnas" in text
    assert "sena" not in [row["query"] for row in recent()]
    call_command("erase_missed_searches")
    assert not MissedSearch.objects.filter(query="sena").exists()


def test_what_is_found_is_not_counted(client):
    factories.NewsPageFactory(title="Rudens mugė")
    found(client, "mugės")
    assert not MissedSearch.objects.exists()


def test_a_promoted_page_is_first_to_whom_it_is_for(client):
    page = factories.StandardPageFactory(title="Kaip gauti paramą", slug="parama")
    factories.PromotedResultFactory(name="paraiška", others="kvietimas teikti", page=page, sentence="Viskas iš eilės.")
    for query in ("paraiškos", "PARAISKA", "kvietimai teikti"):
        text = client.get("/paieska/", {"q": query}).content.decode()
        assert "Siūlome" in text
        assert "Viskas iš eilės." in text
    assert "Siūlome" not in client.get("/paieska/?q=paraiška mugei").content.decode()
    page.audience = "members"
    page.save_revision().publish()
    assert "Kaip gauti" not in client.get("/paieska/?q=paraiška").content.decode()
    assert User.objects.count() == 0
