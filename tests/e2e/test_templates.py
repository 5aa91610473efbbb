"""Every template, as every reader meets it: engines for accessibility, narrow and wide screens, dark, weight."""

import gzip
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.addresses import TEMPLATES

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WEIGHT_LIMIT = 25 * 1024


@pytest.mark.parametrize("address", TEMPLATES.values(), ids=TEMPLATES)
def test_axe_finds_nothing(page: Page, address):
    page.goto(address)
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            assert found.violations_count == 0, f"{address} {scheme} {width}\n{found.generate_report()}"


@pytest.mark.parametrize("address", TEMPLATES.values(), ids=TEMPLATES)
def test_nothing_is_wider_than_the_screen(page: Page, address):
    """320 px is also a 1280 px screen at 400 % (WCAG 1.4.10)."""
    page.goto(address)
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} at {width}"


@pytest.mark.parametrize("address", TEMPLATES.values(), ids=TEMPLATES)
def test_a_page_asks_nobody_else_and_reports_nothing(page: Page, site, address):
    asked, messages = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(address)
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    # A page that is not there says so in the console; nothing else may.
    assert [text for text in messages if "404" not in text and "410" not in text] == []
    assert page.locator("h1").count() == 1
    # A form has a cookie for its safety; whoever only reads has none.
    forms = ("/kontaktai/", "/prisijungti/")
    assert page.context.cookies() == [] or address.startswith(forms)


@pytest.mark.parametrize("address", TEMPLATES.values(), ids=TEMPLATES)
def test_a_page_weighs_little(site, address):
    """HTML, style sheets and scripts together, as gzip sends them."""

    def fetched(url):
        request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read()
        except urllib.error.HTTPError as answer:
            return answer.read()

    html = fetched(site.url + address)
    text = html.decode()
    parts = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) + re.findall(r'<script[^>]* src="([^"]+)"', text)
    weight = len(gzip.compress(html)) + sum(len(gzip.compress(fetched(site.url + part))) for part in parts)
    print(f"{address}: {weight} bytes")
    assert parts
    assert weight <= WEIGHT_LIMIT, f"{address} weighs {weight}"
    scripts = sum(len(gzip.compress(fetched(site.url + part))) for part in parts if part.endswith(".js"))
    assert scripts <= 5 * 1024


@pytest.mark.parametrize("address", TEMPLATES.values(), ids=TEMPLATES)
def test_everything_is_reached_by_keyboard(page: Page, address):
    """Tab goes through every link and field once, from the skip link on, and each shows that it has the focus."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    wanted = page.evaluate("""() => {
        const all = document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
        return [...all].filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0).length
    }""")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#turinys"
    reached = page.evaluate("""() => { window.seen = new Set([document.activeElement]); return 1 }""")
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
            const e = document.activeElement, s = getComputedStyle(e);
            if (e === document.body) return null;
            window.seen.add(e);
            return {n: window.seen.size, outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
                    what: e.outerHTML.slice(0, 120)}
        }""")
        if state is None:
            break
        assert state["outline"], f"{address}: no focus to be seen on {state['what']}"
        reached = state["n"]
    assert reached >= wanted, f"{address}: {reached} of {wanted} reached"
