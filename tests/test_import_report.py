"""What the move-in from WordPress tells: the screen with its ticks, and the report as a file. From rows alone."""

import json
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.admin.menu import reports_menu

from core import trash_pages
from core.models import User
from desk.roles import EDITOR, ROLES
from tests import factories
from tests.english import english_in, readable
from tests.test_doors import a_document, an_image
from wordpress_import.models import ImportedItem, Verdict
from wordpress_import.report import write_report
from wordpress_import.telling import told

pytestmark = pytest.mark.django_db

REPORT = "/admin/perkelimas/"
SOURCE = "senoji.example.lt"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def moved(**values):
    """An item of the old site, by default a post that came over without a remark."""
    number = ImportedItem.objects.count() + 1
    given = {"source": SOURCE, "kind": "post", "number": number, "status": "publish", "verdict": Verdict.IMPORTED}
    given |= {"title": f"Įrašas {number}", "old_address": f"https://{SOURCE}/{number}/"}
    thing = values.pop("thing", None)
    item = ImportedItem(**given | values)
    item.thing = thing
    item.save()
    return item


def remark(text="Vaizdo įrašas neperkeltas: pridėkite jo nuorodą."):
    """One remark, as the import writes it."""
    return [{"code": "test", "text": text}]


@pytest.fixture
def editor(db):
    """An editor's browser."""
    factories.HomePageFactory()
    call_command("set_up_roles", verbosity=0)
    browser = Client()
    browser.user = factories.UserFactory(username="redaktore", first_name="Redaktorė")
    browser.user.groups.add(EDITOR.group())
    browser.force_login(browser.user)
    return browser


def shown(browser, query=""):
    """The report as this person sees it."""
    response = browser.get(REPORT + query)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(browser, query=""):
    """The titles of the report's rows, in their order."""
    return [item.title for item in browser.get(REPORT + query).context["object_list"]]


class Markup(HTMLParser):
    """What elements and attributes a text of HTML really has."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Note it."""
        self.elements.append((tag, dict(attributes)))


def has_hostile(html):
    """Whether anything of `HOSTILE` has become markup."""
    return any("onerror" in attributes or attributes.get("src") == "x" for _, attributes in Markup(html).elements) or (
        "<script>alert" in html
    )


# --- What stands there ------------------------------------------------------------------------------------------------


def test_what_asks_for_eyes_comes_first(editor):
    moved(title="Ramus")
    moved(title="Palikta", verdict=Verdict.LEFT, status="trash")
    moved(title="Su pastaba", remarks=remark())
    moved(title="Dingo žodis", words={"before": 3, "after": 2, "lost": ["žodis"]})
    moved(title="Visi žodžiai", words={"before": 3, "after": 3, "lost": []})
    moved(title="Pradėta", verdict=Verdict.BEGUN)
    moved(title="Nepavyko", verdict=Verdict.FAILED)
    first = ["Nepavyko", "Su pastaba", "Dingo žodis", "Pradėta"]
    assert rows_of(editor) == [*first, "Ramus", "Palikta", "Visi žodžiai"]
    assert rows_of(editor, "?rodyti=ziureti") == first
    assert "Laukia žvilgsnio: 4" in shown(editor)


def test_a_row_says_what_it_was_what_it_became_and_what_to_look_at(editor):
    page = factories.NewsPageFactory(title="Talka prie ežero")
    words = {"before": 120, "after": 119, "lost": ["contact-form-7"], "gained": ["Ežeras"]}
    moved(title="Talka", thing=page, remarks=remark(), words=words, comments=3, old_address=f"https://{SOURCE}/talka/")
    html = shown(editor)
    assert f'href="https://{SOURCE}/talka/"' in html
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in html
    assert f'href="{page.url}"' in html
    for text in (
        "Talka prie ežero", "Įrašas, vieša", "publikuota", "Vaizdo įrašas neperkeltas", "buvo 120, yra 119",
        "Dingo 1\N{NO-BREAK SPACE}žodis", "contact-form-7", "Ežeras", "Palikta 3\N{NO-BREAK SPACE}komentarai",
    ):  # fmt: skip
        assert text in html, text


def test_pictures_documents_and_rows_of_registers_lead_to_where_they_are_edited(editor):
    things = [an_image(), a_document(), factories.TopicFactory(), factories.NewsPageFactory(live=False)]
    for thing in things:
        moved(kind="attachment", thing=thing)
    html = shown(editor)
    for path in (
        reverse("wagtailimages:edit", args=[things[0].pk]),
        reverse("wagtaildocs:edit", args=[things[1].pk]),
        reverse("wagtailsnippets_news_topic:edit", args=[things[2].pk]),
        reverse("wagtailadmin_pages:edit", args=[things[3].pk]),
        things[1].url,
    ):
        assert f'href="{path}"' in html
    assert f'href="{things[3].url}"' not in html  # a draft has nothing to look at
    assert "juodraštis" in html


def test_what_is_gone_again_is_told_and_leads_nowhere(editor):
    page, document = factories.NewsPageFactory(title="Atgal"), a_document()
    moved(title="Ištrintas puslapis", thing=page)
    item = moved(title="Ištrintas dokumentas", thing=document)
    trash_pages.put_page_away(page)
    document.purge()
    html = shown(editor)
    assert "šiukšlinėje" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in html
    assert told(ImportedItem.objects.get(pk=item.pk)).state == "jau ištrinta"


def test_why_something_stayed_behind_is_always_said(editor):
    moved(verdict=Verdict.LEFT, status="trash")
    moved(verdict=Verdict.LEFT, kind="nav_menu_item")
    moved(verdict=Verdict.LEFT, kind="kazkoks_tipas", remarks=remark("Tokių įrašų čia nėra."))
    html = shown(editor)
    for reason in ("buvo šiukšlinėje", "Meniu sudaro pati svetainė", "Tokių įrašų čia nėra."):
        assert reason in html


def test_totals_are_by_kind_and_verdict_and_lead_to_their_rows(editor):
    for _ in range(2):
        moved(comments=2)
    moved(kind="attachment", verdict=Verdict.FAILED)
    moved(kind="tribe_events", verdict=Verdict.KEPT, title="Šventė")
    totals = editor.get(REPORT).context["totals"]
    assert [(name, number) for _, name, _, number in totals.rows] == [("įrašai", 2), ("failai", 1), ("tribe_events", 1)]
    assert totals.by_verdict == [("imported", 2), ("kept", 1), ("failed", 1)]
    assert totals.comments == 4
    assert f'href="{REPORT}?kind=tribe_events&amp;rodyti=kept"' in shown(editor)
    assert rows_of(editor, "?kind=tribe_events&rodyti=kept") == ["Šventė"]


def test_an_import_that_was_cut_off_is_told(editor):
    assert "nutrūko" not in shown(editor)
    moved(verdict=Verdict.BEGUN)
    assert "paleiskite tą pačią komandą dar kartą" in shown(editor)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?rodyti=failed", ["Žydinti Lietuva"]),
        ("?rodyti=kept", ["Pataisytas"]),
        ("?rodyti=left", ["Paliktas"]),
        ("?rodyti=patikrinta", ["Paliktas"]),
        ("?kind=page", ["Pataisytas"]),
        ("?q=zydinti", ["Žydinti Lietuva"]),
        ("?q=senas-kelias", ["Pataisytas"]),
        ("?q=zydinti&rodyti=left", []),
    ],
)
def test_rows_are_narrowed_by_what_they_are_and_by_words(editor, query, expected):
    moved(title="Žydinti Lietuva", verdict=Verdict.FAILED)
    moved(title="Pataisytas", verdict=Verdict.KEPT, kind="page", old_address=f"https://{SOURCE}/senas-kelias/")
    moved(title="Paliktas", verdict=Verdict.LEFT, status="trash", checked_at=factories.NOON)
    assert rows_of(editor, query) == expected


def test_the_search_knows_a_title_that_was_changed_alone():
    item = moved(title="Senas")
    item.title = "Čiobreliai"
    item.save(update_fields=["title"])
    assert ImportedItem.objects.get(folded__contains="ciobreliai") == item


def test_nothing_of_the_old_site_becomes_markup(editor):
    moved(
        title=HOSTILE,
        kind=HOSTILE[:100],
        status=HOSTILE[:50],
        source=f"a{HOSTILE}",
        old_address=f"javascript:alert(1)//{HOSTILE}",
        verdict=Verdict.FAILED,
        remarks=remark(HOSTILE),
        words={"before": 1, "after": 1, "lost": [HOSTILE], "gained": [HOSTILE]},
    )
    html = shown(editor)
    assert "&lt;script&gt;alert(1)" in html
    assert not has_hostile(html)
    assert not [attributes for _, attributes in Markup(html).elements if "javascript:" in attributes.get("href", "")]
    assert not has_hostile(editor.post(f"{REPORT}patikrinta/", {"check": "1"}, follow=True).content.decode())
    editor.user.refresh_from_db()
    assert not has_hostile(editor.get("/admin/").content.decode())


def test_pages_of_rows_cost_the_same_however_many_there_are(editor):
    def more(number):
        for _ in range(number):
            page = factories.NewsPageFactory()
            things = [
                page,
                an_image(),
                a_document(),
                factories.TopicFactory(),
                factories.StandardPageFactory(live=False),
            ]
            for thing in things:
                moved(thing=thing, remarks=remark(), checked_by=editor.user)

    def cost(query=""):
        with CaptureQueriesContext(connection) as asked:
            shown(editor, query)
        return len(asked)

    more(2)
    cost()
    few = cost()
    more(10)
    assert cost() == few
    assert "2 puslapis iš 2" in shown(editor, "?p=2").replace("\N{NO-BREAK SPACE}", " ")
    assert len(rows_of(editor)) == 50


def test_the_table_alone_is_answered_to_whoever_filters(editor):
    moved(title="Filtruotas", remarks=remark())
    answer = editor.get(f"{REPORT}lentele/?rodyti=ziureti&_w_filter_fragment=1").content.decode()
    assert "Filtruotas" in answer
    assert f'name="next" value="{REPORT}?rodyti=ziureti"' in answer
    assert "<html" not in answer


def test_the_report_is_taken_along_as_a_file(editor):
    moved(title="=1+1", thing=factories.NewsPageFactory(title="Naujiena"), remarks=remark("Pirma."), comments=2)
    moved(title="Dingo", words={"before": 3, "after": 1, "lost": ["vienas", "du"]}, remarks=remark("Antra."))
    table = b"".join(editor.get(f"{REPORT}?export=csv").streaming_content).decode("utf-8-sig")
    assert "'=1+1" in table
    assert "vienas, du" in table
    workbook = load_workbook(BytesIO(b"".join(editor.get(f"{REPORT}?export=xlsx&q=dingo").streaming_content)))
    heading, *rows = workbook.active.iter_rows(values_only=True)
    assert heading[0] == "Rūšis"
    assert [dict(zip(heading, row, strict=True))["Pavadinimas"] for row in rows] == ["Dingo"]


# --- Ticks ------------------------------------------------------------------------------------------------------------


def tick(browser, **data):
    """Tick something off, or take it back."""
    return browser.post(f"{REPORT}patikrinta/", data, follow=True)


def test_one_is_ticked_off_and_it_says_who_and_when(editor):
    item, other = moved(remarks=remark()), moved(remarks=remark())
    answer = tick(editor, check=item.pk, next=f"{REPORT}?rodyti=ziureti")
    assert answer.request["QUERY_STRING"] == "rodyti=ziureti"
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.checked_by, bool(item.checked_at), other.checked_at) == (editor.user, True, None)
    assert list(ImportedItem.objects.to_look_at()) == [other]
    assert "Redaktorė" in shown(editor)


def test_many_are_ticked_off_and_taken_back(editor):
    items = [moved(remarks=remark()) for _ in range(3)]
    tick(editor, many="check", item=[items[0].pk, items[2].pk])
    assert list(ImportedItem.objects.to_look_at()) == [items[1]]
    tick(editor, uncheck=items[0].pk)
    assert list(ImportedItem.objects.to_look_at()) == items[:2]
    assert ImportedItem.objects.get(pk=items[0].pk).checked_by is None


def test_what_was_ticked_is_undone_by_the_button_that_says_so(editor):
    items = [moved(remarks=remark()) for _ in range(2)]
    html = tick(editor, many="check", item=[item.pk for item in items]).content.decode()
    form = html.partition('class="undo"')[2].partition("</form>")[0]
    fields = [attributes for tag, attributes in Markup(form).elements if tag in ("input", "button")]
    named = [(field["name"], field["value"]) for field in fields if field["name"] != "csrfmiddlewaretoken"]
    assert dict(named)["many"] == "uncheck"
    tick(editor, many="uncheck", item=[value for name, value in named if name == "item"])
    assert ImportedItem.objects.to_look_at().count() == 2


def test_whoever_ticked_first_stays_named(editor):
    item = moved(remarks=remark())
    tick(editor, check=item.pk)
    second = Client()
    second.force_login(User.objects.create_superuser("antra", "a@example.lt"))
    assert "Niekas nepasikeitė" in tick(second, check=item.pk).content.decode()
    assert ImportedItem.objects.get().checked_by == editor.user


@pytest.mark.parametrize("sent", [{}, {"many": "check"}, {"check": "x"}, {"check": "9" * 40}, {"check": "987654"}])
def test_a_tick_of_nothing_is_said_and_changes_nothing(editor, sent):
    moved(remarks=remark())
    assert "Niekas nepasikeitė" in tick(editor, **sent).content.decode()
    assert ImportedItem.objects.to_look_at().count() == 1


def test_one_comes_back_to_no_other_site(editor):
    item = moved(remarks=remark())
    answer = editor.post(f"{REPORT}patikrinta/", {"check": item.pk, "next": "https://kita.example/"})
    assert answer["Location"] == REPORT


def test_ticks_ask_for_the_forms_token(editor):
    item = moved(remarks=remark())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor.user)
    assert browser.post(f"{REPORT}patikrinta/", {"check": item.pk}).status_code == 403
    assert editor.get(f"{REPORT}patikrinta/").status_code == 405


# --- For whom ---------------------------------------------------------------------------------------------------------


def test_who_may_only_look_is_offered_no_ticks(editor):
    editor.user.groups.set([])
    editor.user.user_permissions.set(_rights("view_importeditem", "access_admin"))
    item = moved(remarks=remark())
    html = shown(editor)
    assert 'name="check"' not in html
    assert 'type="checkbox" name="item"' not in html
    assert tick(editor, check=item.pk).redirect_chain
    assert ImportedItem.objects.get().checked_at is None


def _rights(*codenames):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=codenames)


def test_the_menu_leads_there_once_there_is_something_and_for_whom_may_see_it(editor, rf):
    def labels():
        found = {}
        for role in ROLES:
            request = rf.get("/admin/")
            request.user = factories.UserFactory()
            request.user.groups.add(role.group())
            found[role.key] = {str(item.label) for item in reports_menu.menu_items_for_request(request)}
        return {role for role, names in found.items() if "Perkelta iš WordPress" in names}

    assert labels() == set()
    moved()
    assert labels() == {"editor", "administrator"}


def test_nothing_on_the_screen_is_english(editor):
    for number, (verdict, _) in enumerate(Verdict.choices):
        moved(verdict=verdict, remarks=remark(), thing=factories.NewsPageFactory(live=bool(number % 2)), comments=1)
    moved(checked_at=factories.NOON, checked_by=editor.user, words={"before": 2, "after": 1, "lost": ["a"]})
    for query in ("", "?rodyti=ziureti", "?rodyti=patikrinta&kind=post&q=nieko"):
        assert english_in(readable(shown(editor, query))) == {}
    assert english_in(readable(tick(editor, check=ImportedItem.objects.first().pk).content.decode())) == {}


# --- The report as a file ---------------------------------------------------------------------------------------------

ADDRESSES = [
    {"old": "/talka/", "status": 200, "hops": 0, "final": "/talka/"},
    {"old": "/?p=5", "status": 200, "hops": 1, "final": "/naujienos/talka/"},
    {"old": "/dingo/", "status": 404, "hops": 0, "final": ""},
    {"old": "/aplinkui/", "status": 200, "hops": 3, "final": "/"},
]
RULES = [{"rule": "category = renginiai", "becomes": "renginys", "matched": 12}]


def written(tmp_path, name="ataskaita.html", **values):
    """The text of a report."""
    return write_report(tmp_path / name, SOURCE, **values).read_text("utf-8")


def test_the_file_tells_everything_what_asks_for_eyes_first(tmp_path):
    factories.HomePageFactory()
    words = {"before": 5, "after": 3, "lost": ["vienas", "du"], "gained": []}
    moved(title="Ramus", thing=factories.NewsPageFactory(title="Talka"), words={"before": 7, "after": 7, "lost": []})
    moved(title="Dingo", words=words, remarks=remark("Pažiūrėkite į lentelę."), comments=4)
    moved(title="Kitos svetainės", source="kita.example.lt")
    moved(title="Palikta", verdict=Verdict.LEFT, status="trash")
    html = written(tmp_path, addresses=ADDRESSES, rules=RULES)
    text = " ".join(html.replace("\N{NO-BREAK SPACE}", " ").split())
    for said in (
        "3 įrašai", "Laukia žvilgsnio: <strong>1</strong>", "12 žodžių, perkeltuose – 10", "Dingo 2 žodžiai (1 įrašas)",
        "Dingo 2 žodžiai: vienas, du", "Pažiūrėkite į lentelę.", "Komentarų: 4", "buvo šiukšlinėje",
        "Patikrinta 4: tuo pačiu adresu atsako 1, vienu peradresavimu – 1", "ne taip – 2", "category = renginiai",
        "http://testserver/admin/pages/", "http://testserver/naujienos/",
    ):  # fmt: skip
        assert said in text, said
    assert text.index("<h3>Dingo") < text.index("<h3>Ramus")
    assert "Kitos svetainės" not in text
    assert english_in(readable(html)) == {}


def test_the_file_needs_no_other_and_runs_nothing(tmp_path):
    moved(
        title=HOSTILE,
        kind=HOSTILE[:100],
        old_address=f"javascript:{HOSTILE}",
        remarks=remark(HOSTILE),
        words={"lost": [HOSTILE]},
    )
    rules = [{"rule": HOSTILE, "becomes": HOSTILE, "matched": 1}]
    html = written(tmp_path, addresses=[{"old": HOSTILE, "status": 404, "hops": 0, "final": HOSTILE}], rules=rules)
    elements = Markup(html).elements
    assert not has_hostile(html)
    assert {tag for tag, _ in elements} & {"script", "link", "img", "iframe"} == set()
    assert not [href for _, attributes in elements if (href := attributes.get("href", "")).startswith("javascript:")]
    assert "&lt;script&gt;" in html


def test_the_report_for_programs_has_the_same_in_fixed_keys(tmp_path):
    factories.HomePageFactory()
    page = factories.NewsPageFactory(title="Talka")
    moved(title="Talka", thing=page, words={"before": 5, "after": 3, "lost": ["a", "b"]}, remarks=remark(), comments=2)
    moved(kind="attachment", verdict=Verdict.FAILED, remarks=remark("Failo nėra."))
    report = json.loads(written(tmp_path, "r.json", addresses=ADDRESSES, rules=RULES))
    assert set(report) == {"source", "written_at", "rehearsal", "totals", "addresses", "rules", "items"}
    assert report["totals"]["by_verdict"] == {"begun": 0, "imported": 1, "kept": 0, "left": 0, "failed": 1}
    assert report["totals"]["words"] == {"before": 5, "after": 3, "lost": 2, "items": 1}
    assert report["totals"]["comments_left"] == 2
    assert {key: report["addresses"][key] for key in ("checked", "kept", "redirected", "wrong")} == {
        "checked": 4, "kept": 1, "redirected": 1, "wrong": 2,
    }  # fmt: skip
    failed, came = report["items"]
    assert failed["remarks"][0]["text"] == "Failo nėra."
    assert failed["became"] is None
    assert came["became"]["url"] == f"http://testserver{page.url}"
    assert came["became"]["key"] == page.pk


def test_a_rehearsal_says_so_and_links_to_nothing(tmp_path):
    factories.HomePageFactory()
    moved(thing=factories.NewsPageFactory())
    assert "Bandymas." in written(tmp_path, rehearsal=True)
    assert "testserver" not in written(tmp_path, rehearsal=True)
    assert "testserver" not in written(tmp_path, "r.json", rehearsal=True)


def test_a_report_of_nothing_is_a_report(tmp_path):
    assert "0\N{NO-BREAK SPACE}įrašų" in written(tmp_path)
    assert json.loads(written(tmp_path, "r.json"))["items"] == []


def test_a_file_that_cannot_be_is_said_before_anything_is_written(tmp_path):
    for name in ("r.txt", "r", "nera/r.html", "."):
        with pytest.raises(ValueError, match="negalima|baigtis"):
            write_report(tmp_path / name, SOURCE)
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_breaks_leaves_the_old_one(tmp_path, monkeypatch):
    written(tmp_path)
    before = (tmp_path / "ataskaita.html").read_bytes()
    moved()
    monkeypatch.setattr("wordpress_import.report.told", lambda item: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ataskaita.html"]
    assert (tmp_path / "ataskaita.html").read_bytes() == before


def test_the_files_of_many_items_cost_no_more_questions(tmp_path, django_assert_max_num_queries):
    factories.HomePageFactory()
    for _ in range(30):
        moved(thing=factories.NewsPageFactory(), remarks=remark())
    with django_assert_max_num_queries(12):
        written(tmp_path)
