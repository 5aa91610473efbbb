"""Journeys of those who come to an event and of members' delegates: forms, real letters, calendars."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.addresses import EVENTS
from tests.e2e.test_journeys import rows
from tests.factories import VILNIUS
from tests.mailbox import links_in, text_of

INFORMATION = f"{EVENTS}informacinis-susitikimas-nuo-idejos-iki-projekto-pavyzdys/"
MEETING = f"{EVENTS}nariu-susirinkimas-pavyzdys/"
# Nobody fills in a form faster; the site takes whoever does for a robot.
WRITING = 3200

ONE_PLACE = """
from datetime import timedelta
from django.utils import timezone
from events.models import EventDate, EventIndexPage, EventPage
event = EventIndexPage.objects.get().add_child(
    instance=EventPage(title="Dirbtuvės {slug}", slug="{slug}", registration="event", capacity=1)
)
start = timezone.now() + timedelta(days=9)
EventDate.objects.create(event=event, start=start, end=start + timedelta(hours=2))
"""
DELEGATE = """
from core.models import User
from members.models import Delegate, Member
user = User.objects.create_user("{email}", "{email}")
Delegate.objects.create(user=user, member=Member.objects.in_order().first())
"""


def register(page: Page, event, name, email):
    """Fill in the form of an event and send it."""
    page.goto(event)
    page.locator("main a[href*='registracija/']").first.click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.wait_for_timeout(WRITING)
    page.locator("main form button[type=submit]").last.click()


def test_a_visitor_registers_and_cancels_without_javascript(plain, mailbox):
    register(plain, INFORMATION, "Kaimo bendruomenė", "bendruomene@example.lt")
    expect(plain.locator("h1")).to_have_text("Ačiū, užsiregistravote")
    letter = mailbox.wait_for("bendruomene@example.lt")
    assert "Nemunaičio kaimas" in text_of(letter)
    calendar = next(part for part in letter.iter_attachments() if part.get_filename().endswith(".ics"))
    assert "BEGIN:VEVENT" in calendar.get_content()
    manage = next(link for link in links_in(letter) if "/registracija/" in link)
    plain.goto(manage)
    plain.get_by_role("link", name="Atsisakyti vietos").click()
    plain.get_by_role("button", name="Taip, atsisakau").click()
    expect(plain.locator("main")).to_contain_text("atšaukta")
    mailbox.wait_for("bendruomene@example.lt", "atšaukta")
    # The same address may come back, and the old link is still about the old registration alone.
    register(plain, INFORMATION, "Kaimo bendruomenė", "bendruomene@example.lt")
    expect(plain.locator("h1")).to_have_text("Ačiū, užsiregistravote")
    plain.goto(manage)
    expect(plain.locator("main")).to_contain_text("atšaukta")


def test_who_registers_twice_is_told_kindly_and_loses_nothing(plain, mailbox):
    register(plain, INFORMATION, "Jaunimo klubas", "klubas@example.lt")
    expect(plain.locator("h1")).to_have_text("Ačiū, užsiregistravote")
    register(plain, INFORMATION, "Jaunimo klubas", "Klubas@example.lt")
    expect(plain.locator("main")).to_contain_text("Antrą kartą registruotis nereikia")
    expect(plain.locator("[name=name]")).to_have_value("Jaunimo klubas")
    plain.get_by_role("button", name="Atsiųsti nuorodą dar kartą").click()
    mailbox.wait_for("klubas@example.lt", number=2)


def test_who_waits_gets_the_place_that_becomes_free(plain, site, mailbox):
    site.manage("shell", "-v0", "-c", ONE_PLACE.format(slug="dirbtuves-vienam"))
    event = f"{EVENTS}dirbtuves-vienam/"
    register(plain, event, "Pirmoji bendruomenė", "pirma@example.lt")
    expect(plain.locator("h1")).to_have_text("Ačiū, užsiregistravote")
    register(plain, event, "Antroji bendruomenė", "antra@example.lt")
    expect(plain.locator("h1")).to_have_text("Laukiate vietos")
    waiting = mailbox.wait_for("antra@example.lt", "Laukiate")
    plain.goto(next(link for link in links_in(mailbox.wait_for("pirma@example.lt")) if "/registracija/" in link))
    plain.get_by_role("link", name="Atsisakyti vietos").click()
    plain.get_by_role("button", name="Taip, atsisakau").click()
    letter = mailbox.wait_for("antra@example.lt", "vieta")
    assert [part.get_filename() for part in letter.iter_attachments()]
    plain.goto(next(link for link in links_in(waiting) if "/registracija/" in link))
    expect(plain.get_by_role("link", name="Atsisakyti vietos")).to_be_visible()


def test_a_delegate_signs_in_by_the_link_and_subscribes(plain, site, mailbox, playwright):
    email = "atstovas@example.lt"
    site.manage("shell", "-v0", "-c", DELEGATE.format(email=email))
    assert plain.goto(MEETING).status == 403
    plain.goto("/nariams/")
    plain.locator("[name=email]").fill(email.upper())
    plain.get_by_role("button", name="Atsiųsti nuorodą").click()
    link = next(link for link in links_in(mailbox.wait_for(email)) if "/prisijungti/nuoroda/" in link)
    plain.goto(link)
    plain.get_by_role("button", name="Prisijungti", exact=True).click()
    expect(plain).to_have_url(re.compile(r"/nariams/$"))
    expect(plain.locator("main")).to_contain_text("Narių susirinkimas (pavyzdys)")

    plain.get_by_role("link", name="Kalendorius", exact=True).click()
    plain.get_by_role("button", name="Sukurti adresą").click()
    address = plain.locator("main code").inner_text()
    program = playwright.request.new_context()
    answer = program.get(address)
    assert "Narių susirinkimas (pavyzdys)" in answer.text()
    assert program.get(address, headers={"If-None-Match": answer.headers["etag"]}).status == 304
    assert "Narių susirinkimas" not in program.get(f"{site.url}{EVENTS}kalendorius.ics").text()
    plain.get_by_role("button", name="Pakeisti adresą").click()
    assert program.get(address).status == 404
    assert address.rpartition("/")[2].removesuffix(".ics") not in site.log.read_text()

    plain.goto(MEETING)
    plain.locator("main a[href*='registracija/']").first.click()
    expect(plain.locator("[name=email]")).to_have_value(email)
    # The link has been used up, and signing out ends it all.
    plain.locator("header button").get_by_text("Meniu").click()
    plain.get_by_role("button", name="Atsijungti").click()
    assert plain.goto(MEETING).status == 403
    plain.goto(link)
    expect(plain.get_by_role("button", name="Prisijungti", exact=True)).to_have_count(0)


def save(editor: Page):
    """Publish what stands in the editor's form."""
    editor.locator("button.w-dropdown__toggle").last.click()
    editor.locator("button[name=action-publish]").click()
    expect(editor.locator(".messages")).to_contain_text("publikuo")


def type_moment(editor: Page, field, text):
    """Put a day and hour into a field without opening its calendar, which would lie over the buttons."""
    editor.locator(field).evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('change', { bubbles: true })) }", text
    )


def test_an_editor_repeats_moves_and_cancels_dates(editor: Page, plain, site, mailbox):
    index = rows(site, "select page_ptr_id from events_eventindexpage")[0][0]
    editor.goto(f"/admin/pages/add/events/eventpage/{index}/")
    editor.locator("#id_title").fill("Vakaronės")
    first = (datetime.now(VILNIUS) + timedelta(days=8)).replace(hour=18, minute=0)
    editor.locator("#id_online_url").fill("https://example.lt/vakarones")
    type_moment(editor, "#id_dates-0-start", f"{first:%Y-%m-%d %H:%M}")
    type_moment(editor, "#id_dates-0-end", f"{first:%Y-%m-%d} 20:00")
    editor.locator("#repeat-times").fill("3")
    editor.get_by_role("button", name="Įrašyti datas").click()
    # Rows to review: the same hours, a week apart, nothing saved yet.
    for number in (1, 2):
        expected = f"{first + timedelta(weeks=number):%Y-%m-%d} 18:00"
        expect(editor.locator(f"#id_dates-{number}-start")).to_have_value(expected)
    assert rows(site, "select count(*) from wagtailcore_page where title = 'Vakaronės'") == [(0,)]
    editor.get_by_role("tab", name="Registracija").click()
    editor.locator("#id_registration").select_option("date")
    save(editor)
    [(page,)] = rows(site, "select id from wagtailcore_page where title = 'Vakaronės'")

    feed = f"{EVENTS}vakarones/kalendorius.ics"
    uids = re.findall(r"UID:(\S+)", plain.request.get(feed).text())
    assert len(uids) == 3
    second = first + timedelta(weeks=1)
    plain.goto(f"{EVENTS}vakarones/registracija/")
    plain.locator("main a[href*='data=']").nth(1).click()
    plain.locator("[name=name]").fill("Kultūros klubas")
    plain.locator("[name=email]").fill("kultura@example.lt")
    plain.wait_for_timeout(WRITING)
    plain.locator("main form button[type=submit]").last.click()
    expect(plain.locator("h1")).to_have_text("Ačiū, užsiregistravote")

    editor.goto(f"/admin/pages/{page}/edit/")
    type_moment(editor, "#id_dates-1-start", f"{second:%Y-%m-%d} 17:00")
    editor.locator("#id_dates-2-status").select_option("cancelled")
    editor.locator("#id_dates-2-note").fill("Vedėjas serga")
    save(editor)

    letter = text_of(mailbox.wait_for("kultura@example.lt", "Pakeistas laikas"))
    assert "18:00" in letter
    assert "17:00" in letter
    text = plain.request.get(feed).text()
    assert re.findall(r"UID:(\S+)", text) == uids
    assert re.findall(r"SEQUENCE:(\d+)", text) == ["0", "1", "1"]
    assert text.count("STATUS:CANCELLED") == 1
    plain.goto(f"{EVENTS}vakarones/")
    expect(plain.locator("main")).to_contain_text("Vedėjas serga")
    expect(plain.locator("main")).to_contain_text("Atšaukta")

    # A date that others know of is not deleted by a slip.
    editor.goto(f"/admin/pages/{page}/edit/")
    editor.locator("#id_dates-0-DELETE-button").click()
    editor.locator("button.w-dropdown__toggle").last.click()
    editor.locator("button[name=action-publish]").click()
    expect(editor.locator("body")).to_contain_text("Netrinkite")
    assert len(re.findall("UID:", plain.request.get(feed).text())) == 3
