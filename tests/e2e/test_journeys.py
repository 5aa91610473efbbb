"""What readers and editors come for, done in a browser from beginning to end."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from tests.e2e.addresses import EVENT, REGISTER


def rows(site, query):
    """Rows of the running site's database."""
    path = site.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def test_the_next_event_is_on_the_first_screen_of_a_phone_and_two_steps_away(plain):
    plain.goto("/")
    link = plain.locator("main a[href*='/renginiai/']", has_text="pavyzdys").first
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 844
    link.click()
    expect(plain.locator("h1")).to_contain_text("pavyzdys")


def test_the_menu_opens_on_a_phone_without_javascript(plain):
    plain.goto("/")
    link = plain.locator("header nav a").get_by_text("Bendradarbiavimas")
    expect(link).to_be_hidden()
    plain.locator("header button").get_by_text("Meniu").click()
    link.click()
    expect(plain.locator("h1")).to_have_text("Bendradarbiavimas")


def test_filters_of_the_register_combine_without_javascript_and_make_an_address_to_share(plain):
    plain.goto(REGISTER)
    plain.locator("select[name=metai]").select_option("2014")
    plain.locator("select[name=partneris]").select_option("lag")
    plain.locator("main form button").first.click()
    assert re.search(r"metai=2014", plain.url)
    assert re.search(r"partneris=lag", plain.url)
    # Dzūkijos, Druskininkų and Varėnos krašto LAGs, all of 15 September 2014.
    expect(plain.locator("main")).to_contain_text(re.compile(r"3\s+sutartys"))
    expect(plain.locator("main")).to_contain_text("Varėnos krašto")
    again = plain.url
    plain.goto("/")
    plain.goto(again)
    expect(plain.locator("main")).to_contain_text(re.compile(r"3\s+sutartys"))


def test_a_letter_sent_twice_is_kept_once_and_nothing_typed_is_lost(page: Page, site):
    page.goto("/kontaktai/")
    page.locator("[name=name]").fill("Bendruomenė")
    page.locator("[name=email]").fill("ne adresas")
    page.locator("[name=text]").fill("Ar galima ateiti į susitikimą? Ąčęėįšųūž.")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.wait_for_timeout(3500)
    page.locator("main form button").click()
    expect(page.locator("[name=text]")).to_have_value("Ar galima ateiti į susitikimą? Ąčęėįšųūž.")
    described = page.locator("[name=email]").get_attribute("aria-describedby")
    assert described
    expect(page.locator("[name=email]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=email]").fill("bendruomene@example.lt")
    token = page.locator("[name=token]").input_value()
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("Ačiū")
    # The same form again, as a second click or a resent page would send it.
    page.goto("/kontaktai/")
    page.locator("[name=token]").evaluate("(field, value) => { field.value = value }", token)
    page.locator("[name=name]").fill("Bendruomenė")
    page.locator("[name=email]").fill("bendruomene@example.lt")
    page.locator("[name=text]").fill("Ar galima ateiti į susitikimą? Ąčęėįšųūž.")
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("Ačiū")
    kept = "select count(*) from home_contactmessage where email = 'bendruomene@example.lt'"
    assert rows(site, kept) == [(1,)]


def test_an_editor_publishes_a_news_item(editor: Page, site):
    index = rows(site, "select page_ptr_id from news_newsindexpage")[0][0]
    editor.goto(f"/admin/pages/add/news/newspage/{index}/")
    editor.locator("#id_title").fill("Šventė Žiūruose")
    editor.locator("#id_date").fill("2026-13-45")
    editor.locator("#id_summary").fill("Kviečiame visus.")
    editor.locator("button.w-dropdown__toggle").last.click()
    editor.locator("button[name=action-publish]").click()
    # A date that cannot be is refused beside its field, with an example, and the rest stays typed.
    expect(editor.locator("main, body").first).to_contain_text("Pavyzdžiai: 2022-01-11")
    expect(editor.locator("#id_title")).to_have_value("Šventė Žiūruose")
    expect(editor.locator("#id_summary")).to_have_value("Kviečiame visus.")
    editor.locator("#id_date").fill("2026-11-20")
    editor.locator("button.w-dropdown__toggle").last.click()
    editor.locator("button[name=action-publish]").click()
    expect(editor.locator("body")).to_contain_text("Šventė Žiūruose")
    editor.goto("/naujienos/svente-ziuruose/")
    expect(editor.locator("h1")).to_have_text("Šventė Žiūruose")
    expect(editor.locator("main")).to_contain_text(re.compile(r"2026\sm\. lapkričio 20\sd\."))


def test_an_event_goes_into_a_calendar(page: Page, site):
    page.goto(EVENT)
    link = page.locator("main a[href$='kalendorius.ics']").first.get_attribute("href")
    answer = page.request.get(link)
    assert answer.headers["content-type"].startswith("text/calendar")
    text = answer.text()
    assert text.count("BEGIN:VEVENT") == 3
    again = page.request.get(link, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


def test_the_month_is_turned_and_stays_within_bounds(plain):
    plain.goto("/renginiai/2012/01/")
    expect(plain.locator("table caption, main h1, main h2").first).to_be_attached()
    assert plain.locator("th[scope=col]").count() == 7
    # The earliest month with an event has none before it.
    assert plain.goto("/renginiai/2011/12/").status == 404
    plain.goto("/renginiai/2012/01/")
    plain.locator("a[href$='/renginiai/2012/02/']").first.click()
    assert plain.url.endswith("/renginiai/2012/02/")
