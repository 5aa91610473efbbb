"""Two at one text, a sign-in that runs out, a window that closes: what somebody has written is there afterwards."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ADMIN, first_sign_in
from tests.e2e.test_journeys import rows

# How long saving by itself may take on a busy machine, in milliseconds.
SAVING = 40_000
# Something of one's own to work on, each for one test; run in the site.
TEXTS = """
import json
from core.models import User
from news.models import NewsIndexPage, NewsPage, Topic
editor = User.objects.create_superuser("kolege", "kolege@example.lt", "{password}")
made = {{}}
for name, title in (("two", "bendras"), ("locked", "užrakintas"), ("lapsed", "nutrauktas")):
    page = NewsPage(title="Rankraštis: " + title, live=False, owner=editor)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=editor)
    made[name] = page.pk
made["topic"] = Topic.objects.create(name="Rankraščiai", slug="rankrasciai").pk
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def texts(site):
    """The numbers of the texts, and a second administrator, „kolege“."""
    return json.loads(site.manage("shell", "-v0", "-c", TEXTS.format(password=ADMIN[1])).splitlines()[-1])


@pytest.fixture(scope="module")
def colleagues_browser(browser, site, texts):
    """The browser in which the second administrator has signed in, and her recovery codes."""
    tab, codes = first_sign_in(browser, site, "kolege")
    yield tab.context, codes
    tab.context.close()


@pytest.fixture
def colleague(colleagues_browser):
    """A tab of hers, and the codes."""
    context, codes = colleagues_browser
    tab = context.new_page()
    yield tab, codes
    tab.close()


def ready(tab):
    """
    Wait until Wagtail's script has taken down what a form held at first: before that it sees no change. It does so
    twice, the second time up to half a second later, and takes what was typed in between for the first state too.
    """
    tab.wait_for_function("""() => {
        if (window.wagtail?.app?.queryController('w-unsaved')?.initialFormData === undefined) return false;
        window.knownSince ??= performance.now();
        return performance.now() - window.knownSince > 1000;
    }""")


def revisions(site, page):
    """What stands in a page's history, the oldest first: a list of JSON."""
    query = (
        f"select content from wagtailcore_revision where object_id = '{page}' and content like '%summary%' order by id"
    )
    return [json.loads(content) for (content,) in rows(site, query)]


def summaries(site, page):
    """The summaries in a page's history, the oldest first."""
    return [content["summary"] for content in revisions(site, page)]


def until(tab, holds):
    """Wait until something holds in the database, at the pace of a busy machine."""
    for _ in range(SAVING // 100):
        if holds():
            return
        tab.wait_for_timeout(100)
    raise AssertionError("not saved by itself")


def test_two_on_the_same_page_are_warned_and_both_texts_stay(editor, colleague, texts, site):
    other, path = colleague[0], f"/admin/pages/{texts['two']}/edit/"
    editor.goto(path)
    ready(editor)
    other.goto(path)
    ready(other)
    other.locator("#id_summary").fill("Taip parašė kolegė.")
    until(other, lambda: "Taip parašė kolegė." in summaries(site, texts["two"]))
    # Whoever comes later writes as well: nothing is saved by itself, and who saves is told whose text is newer.
    editor.locator("#id_summary").fill("O taip parašiau aš.")
    expect(editor.locator(".w-autosave-indicator__state--paused")).to_be_visible(timeout=SAVING)
    assert "O taip parašiau aš." not in summaries(site, texts["two"])
    editor.get_by_role("button", name="Išsaugoti juodraštį").click()
    dialog = editor.locator("#w-save-confirmation-dialog")
    expect(dialog).to_contain_text("kolege")
    expect(dialog).to_contain_text("istorijoje")
    dialog.locator("[data-w-dialog-target=confirm]").click()
    expect(editor.locator(".messages")).to_contain_text("Rankraštis: bendras")
    expect(editor.locator("#id_summary")).to_have_value("O taip parašiau aš.")
    assert summaries(site, texts["two"])[-2:] == ["Taip parašė kolegė.", "O taip parašiau aš."]


def test_a_locked_page_can_be_neither_edited_nor_deleted_by_another(editor, colleague, texts, site):
    other, page = colleague[0], texts["locked"]
    other.goto(f"/admin/pages/{page}/edit/")
    ready(other)
    panel = other.locator("[data-side-panel-toggle=status]")
    if panel.get_attribute("aria-expanded") != "true":
        panel.click()
    with other.expect_navigation():
        other.locator("label.switch", has_text="Užrakinti").click()
    expect(other.locator("body")).to_contain_text("Užrakinote jūs")
    editor.goto(f"/admin/pages/{page}/edit/")
    expect(editor.locator(".messages")).to_contain_text(re.compile("užrakin", re.IGNORECASE))
    expect(editor.get_by_role("button", name="Išsaugoti juodraštį")).to_have_count(0)
    editor.goto(f"/admin/pages/{page}/delete/")
    expect(editor.locator(".messages")).to_contain_text(re.compile("užrakin", re.IGNORECASE))
    expect(editor.get_by_role("button", name="Ištrinti")).to_have_count(0)
    assert rows(site, f"select locked from wagtailcore_page where id = {page}") == [(1,)]


def test_two_on_the_same_row_are_refused_once_and_lose_nothing(editor, colleague, texts, site):
    other, path = colleague[0], f"/admin/snippets/news/topic/edit/{texts['topic']}/"
    editor.goto(path)
    other.goto(path)
    other.locator("[name=name]").fill("Kolegės tema")
    other.get_by_role("button", name="Išsaugoti").click()
    expect(other.locator(".messages")).to_contain_text("Kolegės tema")
    editor.locator("[name=name]").fill("Mano tema")
    editor.get_by_role("button", name="Išsaugoti").click()
    expect(editor.locator(".messages")).to_contain_text("šį įrašą išsaugojo kitas žmogus")
    expect(editor.locator("[name=name]")).to_have_value("Mano tema")
    name = f"select name from news_topic where id = {texts['topic']}"
    assert rows(site, name) == [("Kolegės tema",)]
    editor.get_by_role("button", name="Išsaugoti").click()
    expect(editor.locator(".messages")).to_contain_text("Mano tema")
    assert rows(site, name) == [("Mano tema",)]


def sign_out_unseen(tab, site):
    """The session ends on the server; the browser does not know."""
    [key] = [cookie["value"] for cookie in tab.context.cookies() if cookie["name"] == "session"]
    assert rows(site, f"delete from django_session where session_key = '{key}' returning 1") == [(1,)]


def sign_in_again(tab, code):
    """By the link of the page that gives a form back, in a window of its own; then the form is sent once more."""
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Prisijunkite kitame lange").click()
    popup = opened.value
    popup.locator("[name=login]").fill("kolege")
    popup.locator("[name=password]").fill(ADMIN[1])
    popup.get_by_role("button", name="Prisijungti", exact=True).click()
    popup.locator("[name=code]").fill(code)
    popup.get_by_role("button", name="Prisijungti", exact=True).click()
    popup.wait_for_url("**/admin/**")
    popup.close()
    tab.get_by_role("button", name="Siųsti dar kartą").click()
    if tab.get_by_text("Esate prisijungę").count():  # the token of the form was that of the session before
        tab.get_by_role("button", name="Siųsti dar kartą").click()


def test_a_page_written_while_the_sign_in_ran_out_is_saved_after_signing_in_again(colleague, texts, site):
    tab, codes = colleague
    tab.goto(f"/admin/pages/{texts['lapsed']}/edit/")
    ready(tab)
    sign_out_unseen(tab, site)
    tab.locator("#id_summary").fill("Parašyta jau atsijungus: ąčęėįšųūž „kabutės“.")
    expect(tab.locator(".w-autosave-indicator__state--paused")).to_be_visible(timeout=SAVING)
    expect(tab.locator("#id_summary")).to_have_value("Parašyta jau atsijungus: ąčęėįšųūž „kabutės“.")
    tab.get_by_role("button", name="Išsaugoti juodraštį").click()
    if tab.locator("#w-save-confirmation-dialog").is_visible():
        tab.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]").click()
    expect(tab.locator("h1")).to_have_text("Jūsų tekstas išliko")
    sign_in_again(tab, codes[0])
    expect(tab.locator(".messages")).to_contain_text("Rankraštis: nutrauktas")
    expect(tab.locator("#id_summary")).to_have_value("Parašyta jau atsijungus: ąčęėįšųūž „kabutės“.")
    assert summaries(site, texts["lapsed"])[-1] == "Parašyta jau atsijungus: ąčęėįšųūž „kabutės“."


def test_a_row_written_while_the_sign_in_ran_out_is_saved_after_signing_in_again(colleague, texts, site):
    tab, codes = colleague
    tab.goto(f"/admin/snippets/news/topic/edit/{texts['topic']}/")
    sign_out_unseen(tab, site)
    tab.locator("[name=name]").fill("Tema, parašyta atsijungus")
    tab.get_by_role("button", name="Išsaugoti").click()
    expect(tab.locator("h1")).to_have_text("Jūsų tekstas išliko")
    sign_in_again(tab, codes[1])
    expect(tab.locator(".messages")).to_contain_text("Tema, parašyta atsijungus")
    assert rows(site, f"select name from news_topic where id = {texts['topic']}") == [("Tema, parašyta atsijungus",)]


def test_a_text_that_nobody_saved_is_on_the_desk_after_the_tab_was_closed(editor, site):
    editor.goto("/admin/")
    editor.get_by_role("link", name="Nauja naujiena", exact=True).click()
    ready(editor)
    editor.locator("#id_title").fill("Pamiršau išsaugoti")
    found = "select id from wagtailcore_page where draft_title = 'Pamiršau išsaugoti'"
    until(editor, lambda: rows(site, found))
    text = editor.locator("[data-contentpath=body] [contenteditable=true]").first
    text.click()
    text.press_sequentially("Pirma pastraipa.")
    [(page,)] = rows(site, found)
    until(editor, lambda: "Pirma pastraipa." in str(revisions(site, page)[-1]["body"]))
    again = editor.context.new_page()
    editor.close()
    again.goto("/admin/")
    again.locator("[data-line=mano-juodrasciai]").get_by_role("link", name="Pamiršau išsaugoti").click()
    expect(again.locator("#id_title")).to_have_value("Pamiršau išsaugoti")
    expect(again.locator("[data-contentpath=body]")).to_contain_text("Pirma pastraipa.")
