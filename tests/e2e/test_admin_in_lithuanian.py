"""
A walk through Wagtail's part of the admin with everything open that opens: nothing in English, and nothing that axe
finds serious.

What the server alone answers is read by `tests/test_admin_language.py`, in more places and sooner.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import english, violations, wrong_on
from tests.test_house_rules import PAGE_TYPES

# Screens of Wagtail's own that need no number. Ours are in test_own_screens.py.
WAGTAILS = [
    "pages/", "pages/search/?q=renginys", "images/", "images/add/", "documents/", "documents/multiple/add/",
    "users/", "users/new/", "groups/", "groups/new/", "collections/", "collections/add/", "sites/", "sites/new/",
    "redirects/", "redirects/add/", "redirects/import/", "workflows/list/", "workflows/add/", "workflows/tasks/index/",
    "reports/site-history/", "reports/locked/", "reports/workflow/", "account/",
]  # fmt: skip


def test_wagtails_lists(tab, numbers):
    wrong = {}
    for path in WAGTAILS:
        tab.goto(f"/admin/{path}")
        assert path in tab.url
        found = (english(tab), violations(tab))
        if found != ({}, []):
            wrong[path] = found
    assert not wrong, "\n".join(f"{path}: {found}" for path, found in wrong.items())


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_editors_of_every_page_type(tab, numbers, model):
    tab.goto(f"/admin/pages/{numbers['pages'][model.__name__]}/edit/")
    assert wrong_on(tab) == {}
    for toggle in tab.locator("[data-side-panel-toggle]:visible").all():
        toggle.click()
        assert english(tab) == {}


def test_what_opens_on_a_click(tab, numbers):
    """Menus, the choice of blocks, the text editor's tools, dialogs of links and pictures, the bar of many rows."""
    wrong = {}

    def opened(what):
        """Take note of what has just opened, once it stands."""
        expect(what.first).to_be_visible()
        if found := english(tab):
            wrong[what.first.evaluate("e => e.outerHTML.slice(0, 90)")] = found

    sidebar, dialog = tab.locator(".sidebar"), tab.locator(".modal.in, [role=dialog]:visible")
    for menu in ("Puslapiai", "Ataskaitos", "Nustatymai", "Pagalba"):
        tab.goto("/admin/")
        sidebar.get_by_role("button", name=menu).click()
        opened(sidebar.locator("[aria-expanded=true]"))
    sidebar.get_by_text("Spartieji klavišai").click()
    opened(dialog)

    tab.goto(f"/admin/pages/{numbers['pages']['NewsPage']}/edit/")
    tab.get_by_role("button", name="Įterpti bloką").first.click()
    opened(tab.get_by_role("option"))
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Daugiau veiksmų").last.click()
    opened(tab.get_by_role("button", name="Publikuoti"))
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Pasirinkti paveikslėlį").first.click()
    opened(dialog.get_by_text("Ko ieškoti"))
    dialog.get_by_role("tab", name="Įkelti").click()
    opened(dialog.get_by_role("button", name="Įkelti"))
    dialog.get_by_role("button", name="Uždaryti").click()
    text = tab.locator(".public-DraftEditor-content").first
    text.click()
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.keyboard.type("/")
    opened(tab.get_by_role("option"))
    tab.keyboard.press("Backspace")
    tab.keyboard.type("labas")
    tab.keyboard.press("Shift+Control+ArrowLeft")
    opened(tab.locator("button[name=LINK]"))
    tab.locator("button[name=LINK]").first.click()
    opened(dialog.get_by_text("Ko ieškoti"))
    for kind in ("Nuoroda į kitą svetainę", "El. pašto nuoroda", "Telefono nuoroda", "Nuoroda į vietą puslapyje"):
        dialog.get_by_role("link", name=kind).click()
        opened(dialog.get_by_role("heading", name=kind))
    # The last of them inserted, and clicked in the text.
    dialog.get_by_label("Vieta puslapyje").fill("turinys")
    dialog.get_by_role("button", name="Įterpti nuorodą į vietą puslapyje").click()
    text.locator(".TooltipEntity").last.click()
    opened(tab.get_by_role("button", name="Redaguoti"))
    expect(tab.get_by_role("button", name="Pašalinti", exact=True)).to_be_visible()
    text.press("Escape")
    # Publishing what is not whole: the errors.
    tab.locator("[name=date]").fill("vakar")
    tab.get_by_role("button", name="Daugiau veiksmų").last.click()
    tab.get_by_role("button", name="Publikuoti").click()
    opened(tab.locator(".error-message, .w-field__errors:visible"))

    tab.goto(f"/admin/pages/{numbers['pages']['NewsIndexPage']}/")
    tab.locator("[data-bulk-action-checkbox]").first.check()
    opened(tab.get_by_text("Pažymėtas 1 puslapis"))
    assert wrong == {}
