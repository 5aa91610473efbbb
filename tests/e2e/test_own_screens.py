"""
Our own screens of the admin one by one, each with something on it: no English, nothing that axe finds serious, on a
desk and on a phone, by day and by night. Wagtail's own are in `test_admin_in_lithuanian.py`.
"""

import re

import pytest
from playwright.sync_api import expect

from desk.lines import LINES
from tests.e2e.looking import wrong_on
from tests.test_doors import ADMIN_DOORS, DOORS_OF_ADMIN, address, row_of

ORGANISATIONS = "/admin/snippets/partners/organisation/"
# Of a register's screens; the rest is alike for all registers and read without a browser.
OF_REGISTERS = (":list", ":add", ":edit")
# Answers to a form, parts of a screen; a file; what is looked at below, where there is something to look at.
NO_SCREENS = {
    "trash:restore",
    "delegates:invite_again",
    "delegates:revoke",
    "delegates:restore",
    "registrations:cancel",
    "registrations:place",
    "registrations:move",
    "repeat_dates",
    "wagtailsnippets_home_contactmessage:add",  # letters come from the site alone
    "desk:line",
    "wordpress_import:tick",
    # They lead to the one form of the site's data.
    "site_data",
    "wagtailsnippets_core_sitesettings:list",
}


def is_screen(door):
    """Whether a door of the admin leads to a screen of ours."""
    if row_of(door) not in ADMIN_DOORS or door.name in NO_SCREENS or door.name.endswith("_results"):
        return False
    return not door.name.startswith("wagtailsnippet") or door.name.endswith(OF_REGISTERS)


# First the desk: what one looks at below is read afterwards, and gone from it.


def test_the_desk(tab, numbers):
    tab.goto("/admin/")
    expect(tab.locator("[data-line]")).to_have_count(len(LINES))
    assert wrong_on(tab) == {}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_all_entries_of_a_line(tab, numbers, line):
    tab.goto(f"/admin/darbai/{line.name}/")
    expect(tab.locator("#listing-results tbody tr").first).to_be_visible()
    assert wrong_on(tab) == {}


@pytest.mark.parametrize("door", filter(is_screen, DOORS_OF_ADMIN), ids=lambda door: door.name)
def test_screens_about_something(tab, numbers, door):
    space = "event" if "<int:event_pk>" in door.route else door.name.partition(":")[0]
    path = address(door, numbers["rows"].get(space, 1))
    assert tab.goto(path).status == 200
    assert tab.url.endswith(path)
    assert wrong_on(tab) == {}


def test_an_import_from_the_file_to_its_end(tab):
    tab.goto(f"{ORGANISATIONS}importas/")
    tab.locator("summary").click()
    assert wrong_on(tab) == {}
    choose(tab, "Pavadinimas;Kas čia?\r\nBendruomenė importui;Bendruomeninė organizacija\r\n")
    expect(tab).to_have_url(re.compile("stulpeliai/$"))
    assert wrong_on(tab) == {}
    tab.goto(f"{ORGANISATIONS}importas/")
    choose(tab, "Pavadinimas;Rūšis\r\nBendruomenė importui;Nežinia kas\r\nKita importui;Bendruomeninė organizacija\r\n")
    expect(tab.locator(".imports__kind--klaidos")).to_be_visible()
    assert wrong_on(tab) == {}


def choose(tab, table):
    """Choose a CSV of this text and send it."""
    file = {"name": "lentele.csv", "mimeType": "text/csv", "buffer": table.encode()}
    tab.locator("[type=file]").set_input_files(file)
    tab.get_by_role("button", name="Įkelti ir patikrinti").click()
    tab.wait_for_load_state()
