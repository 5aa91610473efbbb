"""Signing in where a browser is needed: passkeys, and the screens of one's account for every eye."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ADMIN, code_of_app
from tests.e2e.test_templates import WCAG

SCREENS = [
    "/paskyra/",
    "/paskyra/slaptazodis/",
    "/paskyra/raktai/",
    "/paskyra/raktai/naujas/",
    "/paskyra/programele/atsieti/",
    "/paskyra/kodai/",
    "/paskyra/kodai/nauji/",
    "/prisijungti/dar-karta/",
    "/prisijungti/dar-karta/kodu/",
    "/prisijungti/dar-karta/raktu/",
    "/atsijungti/",
]


@pytest.fixture(scope="module")
def passkey_person(site):
    """A second administrator, without any second factor."""
    site.manage("createsuperuser", "--noinput", "--username", "raktininke", "--email", "raktas@example.lt")
    return "raktininke"


@pytest.fixture
def by_name(browser, site):
    """A tab whose site has a name, with an authenticator built in that says yes by itself."""
    context = browser.new_context(base_url=site.url.replace("127.0.0.1", "localhost"), locale="lt-LT")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    yield page
    context.close()


def by_password(page, name):
    """Type the name and the password at the door of the admin."""
    page.goto("/admin/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(ADMIN[1])
    page.get_by_role("button", name="Prisijungti", exact=True).click()


def test_a_passkey_is_added_and_opens_the_admin(by_name: Page, passkey_person):
    page, messages = by_name, []
    page.on("console", lambda message: messages.append(message.text))
    by_password(page, passkey_person)
    page.get_by_role("link", name="Pridėti prieigos raktą").click()
    page.get_by_role("button", name="Pridėti raktą").click()
    expect(page.locator("h1")).to_have_text("Atsarginiai kodai")
    page.goto("/admin/")
    page.wait_for_url("**/admin/")
    page.goto("/paskyra/raktai/")
    expect(page.locator("table")).to_contain_text("Raktas 1")
    page.goto("/atsijungti/")
    page.locator("main").get_by_role("button", name="Atsijungti").click()
    by_password(page, passkey_person)
    expect(page.locator("h1")).to_have_text("Antras žingsnis")
    page.get_by_role("button", name="Prisijungti prieigos raktu").click()
    page.wait_for_url("**/admin/")
    assert [text for text in messages if "Content Security Policy" in text] == []


@pytest.mark.parametrize("address", SCREENS)
def test_axe_finds_nothing_on_the_screens_of_the_account(editor: Page, address):
    messages = []
    editor.on("console", lambda message: messages.append(message.text))
    editor.goto(address)
    assert editor.locator("h1").count() == 1
    for scheme in ("light", "dark"):
        editor.emulate_media(color_scheme=scheme)
        for width in (320, 1280):
            editor.set_viewport_size({"width": width, "height": 900})
            assert editor.evaluate("document.documentElement.scrollWidth") <= width, width
            found = Axe().run(editor, options={"runOnly": {"type": "tag", "values": WCAG}})
            assert found.violations_count == 0, f"{address} {scheme} {width}\n{found.generate_report()}"
    assert messages == []


def test_signing_in_works_without_javascript(browser, site, passkey_person):
    """Connecting an app too: only passkeys need a script."""
    site.manage("createsuperuser", "--noinput", "--username", "be-skripto", "--email", "be@example.lt")
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    by_password(page, "be-skripto")
    page.get_by_role("link", name="Susieti programėlę").click()
    page.locator("[name=code]").fill(code_of_app(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Susieti").click()
    expect(page.locator("h1")).to_have_text("Atsarginiai kodai")
    page.get_by_role("button", name="Meniu").click()
    page.locator("header").get_by_role("button", name="Atsijungti").click()
    page.goto("/paskyra/")
    expect(page.locator("h1")).to_have_text("Prisijungimas")
    context.close()
