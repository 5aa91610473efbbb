"""The site stands: what `make run` promises, in a browser."""

from playwright.sync_api import Page, expect


def test_the_front_page_asks_nothing_of_anybody_else_and_breaks_no_rule_of_its_own(page: Page, site):
    asked, messages = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto("/")
    expect(page.locator("h1")).to_have_count(1)
    assert asked
    assert [address for address in asked if not address.startswith(site.url)] == []
    assert messages == []


def test_the_content_is_edited_in_the_admin(editor: Page):
    editor.goto("/admin/")
    expect(editor.locator("html")).to_have_attribute("lang", "lt")
    expect(editor.locator("h1").first).to_be_visible()
