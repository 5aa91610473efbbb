"""Our own screens of the admin by keyboard alone: Tab reaches everything and shows where it is, Escape closes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_own_screens import ORGANISATIONS

# What can have the focus, where it is seen. Of radio buttons one of a group has it, the others by arrow keys.
WANTED = """() => {
    const all = document.querySelectorAll(
        'a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary, [tabindex="0"]');
    window.wanted = new Set([...all].filter(
        e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && !e.disabled && !e.closest('[inert]')));
    window.reached = new Set();
    return window.wanted.size;
}"""
# One step on: what has the focus now, and whether that is seen: a ring of its own, of what holds it, or of its label.
STEP = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || window.reached.has(e)) return null;
    window.reached.add(e);
    const ring = element => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
    };
    const box = e.getBoundingClientRect();
    const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const seen = [e, e.parentElement, ...(e.labels || [])].some(ring);
    return {what: e.outerHTML.slice(0, 160), seen: seen && there};
}"""
MISSED = "() => [...window.wanted].filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 160))"


def walk(tab: Page):
    """Press Tab from the top of the page to its end: everything is reached, each step is seen, nothing holds one."""
    tab.add_style_tag(content="* { scroll-behavior: auto !important }")  # what has the focus is there at once
    number = tab.evaluate(WANTED)
    unseen, steps = [], 0
    tab.keyboard.press("Tab")
    while found := tab.evaluate(STEP):
        if not found["seen"]:
            unseen.append(found["what"])
        steps += 1
        assert steps <= number + 30, "Tab never comes to the end"
        tab.keyboard.press("Tab")
    assert unseen == []
    assert tab.evaluate(MISSED) == []


def to(tab: Page, target):
    """Go on with Tab until `target` has the focus, as somebody without a mouse does."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"never reached: {target}")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/darbai/mano-juodrasciai/",
        "/admin/darbai/ataskaitos/turinys/",
        "/admin/siuksline/",
        "/admin/vadovas/",
        ORGANISATIONS,
        f"{ORGANISATIONS}importas/",
        "/admin/delegates/",
        "/admin/registracijos/",
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(tab, numbers, path):
    tab.goto(path)
    walk(tab)


def test_a_report_is_filtered_and_the_list_of_filters_closed_by_escape(tab, numbers):
    tab.goto("/admin/darbai/ataskaitos/turinys/")
    opener = tab.get_by_role("button", name="Rodyti filtrus")
    to(tab, opener)
    tab.keyboard.press("Enter")
    expect(tab.locator("#filters-drilldown")).to_be_visible()
    to(tab, tab.get_by_role("button", name="Patikra"))
    tab.keyboard.press("Enter")
    expect(tab.locator("[name=code]")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_an_import_from_the_list_to_its_end(tab, numbers):
    tab.goto(f"{ORGANISATIONS}importas/")
    to(tab, tab.locator("[type=file]"))
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("Enter")
    table = "Pavadinimas;Rūšis\r\nKlaviatūros bendruomenė;Bendruomeninė organizacija\r\n"
    chooser.value.set_files({"name": "lentele.csv", "mimeType": "text/csv", "buffer": table.encode()})
    to(tab, tab.get_by_role("button", name="Įkelti ir patikrinti"))
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"importas/\d+/$"))
    walk(tab)
    to(tab, tab.get_by_role("button", name="Importuoti"))
    tab.keyboard.press("Enter")
    expect(tab.locator(".messages")).to_contain_text("1")
    expect(tab.locator("#listing-results")).to_be_visible()


def test_rows_are_marked_and_deleted_together_and_one_brought_back(tab, site):
    make = "from partners.models import Organisation as O; O.objects.create(name='AA klaviatūra', kind='ngo')"
    site.manage("shell", "-v0", "-c", make)
    tab.goto(f"{ORGANISATIONS}?q=AA+klaviatūra")
    to(tab, tab.locator("[data-bulk-action-checkbox]").first)
    tab.keyboard.press("Space")
    to(tab, tab.get_by_role("link", name="Ištrinti").last)
    tab.keyboard.press("Enter")
    confirm = tab.get_by_role("button", name=re.compile("Taip|Ištrinti")).first
    to(tab, confirm)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.goto("/admin/siuksline/?q=AA+klaviatūra")
    to(tab, tab.get_by_role("button", name="Grąžinti").first)
    tab.keyboard.press("Enter")
    expect(tab.locator(".messages")).to_contain_text("Grąžinta: „AA klaviatūra“")


def test_dialogs_are_closed_by_escape(tab, numbers):
    tab.goto(f"/admin/pages/{numbers['pages']['NewsPage']}/edit/")
    opener = tab.get_by_role("button", name="Pasirinkti paveikslėlį").first
    opener.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".modal.in").get_by_text("Ko ieškoti")).to_be_visible()
    tab.wait_for_function("() => document.activeElement.closest('.modal')")
    tab.keyboard.press("Escape")
    expect(tab.locator(".modal.in")).to_have_count(0)
