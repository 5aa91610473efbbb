"""The search in a browser: by the keyboard, on a phone without JavaScript, as one types."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looking import violations


@pytest.fixture
def box(page: Page):
    """The box in the header of the front page."""
    page.goto("/")
    return page.get_by_role("combobox", name="Ieškoti svetainėje").or_(page.locator("header input[name=q]")).first


def test_a_title_is_chosen_by_the_keyboard_as_one_types(page: Page, box):
    box.press_sequentially("sask")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None  # Enter would search for what was typed
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    title = page.locator(f"#{active}").inner_text()
    box.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)


def test_escape_closes_what_is_suggested_and_enter_searches(page: Page, box):
    box.press_sequentially("sutar")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("sutar")
    box.press_sequentially("čių")
    box.press("Enter")
    page.wait_for_url("**/paieska/?q=sutar%C4%8Di%C5%B3")
    expect(page.locator(".search-hit mark").first).to_be_visible()


def test_a_title_is_chosen_by_a_tap(page: Page, box):
    box.press_sequentially("sask")
    option = page.get_by_role("option").first
    title = option.inner_text()
    option.click()
    expect(page.locator("h1")).to_contain_text(title)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["sutartis", "sutartsi", "visai tokio nėra", "„žydinti lietuva“", ""])
def test_the_page_of_results_is_read_by_everybody(page: Page, query, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/paieska/?q={query}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_found_on_a_phone_without_javascript(plain):
    plain.goto("/")
    if not plain.locator("header input[name=q]").is_visible():
        plain.get_by_role("button", name="Meniu").click()
    plain.locator("header input[name=q]").fill("zydinti lietuva")
    plain.locator("header input[name=q]").press("Enter")
    expect(plain.locator(".search-hit").first).to_contain_text("Žydin")
    plain.get_by_role("link", name="Sutartys").click()
    expect(plain.locator("[aria-current=true]")).to_contain_text("Sutartys")
