"""
How much work the common tasks are, from the desk: every click, every field written, every key pressed counts as one.

Choosing a file in the window of the operating system counts as one more.
"""

import re
import struct
import zlib
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_journeys import rows
from tests.factories import VILNIUS


class Hand:
    """Somebody at the keyboard, counted."""

    def __init__(self, page: Page):
        self.page, self.done = page, []

    def click(self, target, what):
        """One click."""
        target.click()
        self.done.append(f"click {what}")

    def write(self, target, text, what):
        """One field: the click into it belongs to the writing."""
        target.click()
        if target.get_attribute("contenteditable"):  # the editor of texts listens to keys
            target.press_sequentially(text)
        else:
            target.fill(text)
        self.done.append(f"write {what}")

    def press(self, key):
        """One key."""
        self.page.keyboard.press(key)
        self.done.append(f"press {key}")

    def pick_file(self, target, path):
        """The window of the operating system: opened and answered."""
        target.set_input_files(path)
        self.done += ["click file", "choose file"]

    def choose(self, target, value, what):
        """One choice in a list."""
        target.select_option(value)
        self.done.append(f"choose {what}")

    def publish(self):
        """By the menu beside the button that saves a draft."""
        self.click(self.page.locator("button.w-dropdown__toggle").last, "menu of saving")
        self.click(self.page.locator("button[name=action-publish]"), "publish")
        expect(self.page.locator(".messages")).to_contain_text("publikuo")


@pytest.fixture
def picture(tmp_path):
    """A photograph as it comes from a telephone, but small."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size, row = 64, b"\0" + b"\x30\x70\x50" * 64
    path = tmp_path / "sodai.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * size))
        + chunk(b"IEND", b"")
    )
    return path


def test_a_news_item_with_a_new_cover_is_published_in_twelve(editor: Page, site, picture):
    hand = Hand(editor)
    editor.goto("/admin/")
    hand.click(editor.get_by_role("link", name="Nauja naujiena", exact=True), "Nauja naujiena")
    hand.write(editor.locator("#id_title"), "Mezgame sodus Dauguose", "title")
    hand.write(editor.locator("#id_summary"), "Daugų bendruomenė kviečia išmokti rišti šiaudinius sodus.", "summary")
    hand.click(editor.locator("#id_cover-chooser").get_by_role("button").first, "choose a cover")
    hand.click(editor.locator(".modal").get_by_role("tab", name="Įkelti"), "tab of uploading")
    hand.pick_file(editor.locator(".modal input[type=file]"), picture)
    described = editor.locator(".modal [name$=description]")
    hand.write(described, "Šiaudinis sodas po klėties lubomis", "what it shows")
    hand.click(editor.locator(".modal").get_by_role("button", name="Įkelti"), "upload")
    expect(editor.locator("#id_cover-chooser img")).to_be_visible()
    hand.write(
        editor.locator("[data-contentpath=body] [contenteditable=true]").first, "Renkamės kas antradienį.", "text"
    )
    expect(editor.locator("[name=body-0-value]")).to_have_value(re.compile("Renkam"))  # it follows a moment later
    hand.publish()
    print(len(hand.done), hand.done)
    assert len(hand.done) <= 12, hand.done
    [(live, cover)] = rows(
        site,
        "select p.live, n.cover_id from wagtailcore_page p join news_newspage n on n.page_ptr_id = p.id "
        "where p.title = 'Mezgame sodus Dauguose'",
    )
    assert live
    assert cover
    editor.goto("/naujienos/mezgame-sodus-dauguose/")
    expect(editor.locator("main img[alt='Šiaudinis sodas po klėties lubomis']").first).to_be_visible()
    expect(editor.locator("main")).to_contain_text("Renkamės kas antradienį.")


def test_an_event_with_two_dates_is_published_in_fifteen(editor: Page, site):
    hand = Hand(editor)
    editor.goto("/admin/")
    hand.click(editor.get_by_role("link", name="Naujas renginys", exact=True), "Naujas renginys")
    hand.write(editor.locator("#id_title"), "Sodų rišimo vakarai", "title")
    hand.choose(editor.locator("#id_kind"), "training", "kind")
    first = (datetime.now(VILNIUS) + timedelta(days=9)).replace(hour=18, minute=0)
    for number, day in enumerate((first, first + timedelta(days=7))):
        if number:
            hand.click(editor.locator("#id_dates-ADD"), "one more date")
        hand.write(editor.locator(f"#id_dates-{number}-start"), f"{day:%Y-%m-%d %H:%M}", "start")
        hand.write(editor.locator(f"#id_dates-{number}-end"), f"{day:%Y-%m-%d} 20:00", "end")
        hand.press("Escape")
    hand.click(editor.locator("#id_venue-chooser").get_by_role("button").first, "choose a place")
    hand.click(editor.locator(".modal").get_by_role("link", name="Daugų miestas"), "Daugų miestas")
    hand.write(editor.locator("#id_summary"), "Du vakarai prie šiaudų, siūlų ir kantrybės.", "summary")
    hand.publish()
    print(len(hand.done), hand.done)
    assert len(hand.done) <= 15, hand.done
    editor.goto("/renginiai/sodu-risimo-vakarai/")
    expect(editor.locator("main")).to_contain_text("Daugų miestas")
    assert rows(
        site,
        "select count(*) from events_eventdate d join wagtailcore_page p on p.id = d.event_id "
        "where p.title = 'Sodų rišimo vakarai' and p.live",
    ) == [(2,)]
