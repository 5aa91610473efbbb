"""
A walk through the admin with everything open that opens: nothing in English, and nothing that axe finds serious.

What the server alone answers is read by `tests/test_admin_language.py`, in more places and sooner.
"""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.english import english_in
from tests.test_doors import ADMIN_DOORS, DOORS_OF_ADMIN, address, row_of

# Wagtail's own, found in its own templates and scripts: rule, what in the element says which it is, and what it is.
KNOWN = {
    ("aria-input-field-name", "DraftEditor-content"): "the rich text editor (Draft.js) is labelled beside, not by ARIA",
    (
        "scrollable-region-focusable",
        "w-minimap__list",
    ): "the list of a page's sections; each of its links has the focus",
    ("label", "ui-autocomplete-input"): "the field in which tags are typed; the label is that of the hidden field",
    ("label", 'id="fileupload"'): "the field behind the area into which files are dragged",
    ("aria-required-parent", 'href="#tab-roles"'): "the button to the second tab of a new user",
    ("list", "workflow-tasks"): "the steps of an approval in the list of approvals: its items are separated by icons",
    ("listitem", "workflow-tasks"): "the same",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Everything on the screen that is read: texts in sight, and what is said of things that show no text.
READ = """() => {
    const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
        const silent = parent.closest('script, style, template, code, .w-kbd, kbd, [data-content-checker-selector]');
        if (text && !silent && parent.checkVisibility({visibilityProperty: true})) texts.push(text);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-w-tooltip-content-value'])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (element.checkVisibility()) texts.push(element.getAttribute(name));
    return [...new Set(texts)];
}"""

# One of each, whatever else is there; run in the site itself. Nothing of it is public.
ROWS = """
import json
from core.models import User
from events.models import EventPage, Registration
from home.models import ContactMessage
from members.models import Delegate, Member, MemberProposal
from outbox.models import Letter, LetterKind
from tests.test_house_rules import PAGE_TYPES, REGISTERS
from wordpress_import.models import ImportedItem, Verdict

member = Member.objects.first()
user = User.objects.create(username="apzvalga@example.lt", email="apzvalga@example.lt")
rows = {"delegates": Delegate.objects.create(user=user, member=member)}
rows["member_proposals"] = MemberProposal.objects.create(
    member=member, user=user, before={"website": ""}, after={"website": "https://a.lt"})
rows["letters"] = Letter.objects.create(kind=LetterKind.MESSAGE, to="a@example.lt", subject="Žinia", text="Sveiki")
rows["registrations"] = Registration.objects.create(
    event=EventPage.objects.exclude(registration="").exclude(registration="none").first() or EventPage.objects.first(),
    name="Atstovas", email="apzvalga@example.lt", state="cancelled")
for number, verdict in enumerate(Verdict.values):
    ImportedItem.objects.create(
        source="senoji.example.lt", kind="post", number=number, status="publish", title="Pavyzdys", verdict=verdict,
        old_address="https://senoji.example.lt/pavyzdys/", remarks=[{"code": "x", "text": "Lentelė be antraščių."}],
        words={"before": 9, "after": 8, "lost": ["žodis"], "gained": ["Žodis"]}, comments=2, thing=rows["letters"])
ContactMessage.objects.create(name="Atstovas", email="apzvalga@example.lt", text="Laba diena")
for model in REGISTERS:
    rows["wagtailsnippets_" + model._meta.label_lower.replace(".", "_")] = model.objects.first()
numbers = {space: row.pk for space, row in rows.items() if row}
numbers["event"] = rows["registrations"].event_id
pages = {model.__name__: model.objects.first().pk for model in PAGE_TYPES if model.objects.exists()}
print(json.dumps({"rows": numbers, "pages": pages}))
"""


# Screens of Wagtail's own that need no number. Ours, and the registers', come from the URL configuration.
WAGTAILS = [
    "pages/", "pages/search/?q=renginys", "images/", "images/add/", "documents/", "documents/multiple/add/",
    "users/", "users/new/", "groups/", "groups/new/", "collections/", "collections/add/", "sites/", "sites/new/",
    "redirects/", "redirects/add/", "redirects/import/", "workflows/list/", "workflows/add/", "workflows/tasks/index/",
    "reports/site-history/", "reports/locked/", "reports/workflow/", "account/", "settings/core/sitesettings/",
]  # fmt: skip
# Of a register's screens: the rest is alike for all registers and read without a browser.
OF_REGISTERS = (":list", ":add", ":edit")


@pytest.fixture(scope="module")
def numbers(site):
    """The numbers of one of each."""
    return json.loads(site.manage("shell", "--verbosity", "0", "-c", ROWS).splitlines()[-1])


@pytest.fixture(scope="module")
def tab(browser, site, staff_state):
    """An administrator's tab, the same for the whole walk."""
    context = browser.new_context(
        base_url=site.url,
        storage_state=staff_state,
        locale="lt-LT",
        timezone_id="Europe/Vilnius",
        viewport={"width": 1280, "height": 900},
    )
    yield context.new_page()
    context.close()


def english(tab):
    """What of the screen is English."""
    return english_in(tab.evaluate(READ))


def violations(tab):
    """What axe finds serious or critical on the screen, without what is known of Wagtail."""
    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    return [
        (rule["id"], node["html"][:200])
        for rule in found.response["violations"]
        for node in rule["nodes"]
        if rule["impact"] in ("serious", "critical")
        and not any(rule["id"] == known and about in node["html"] for known, about in KNOWN)
    ]


def ours(numbers):
    """The addresses of our own screens: where one is about something, about the one of its kind that there is."""
    for door in DOORS_OF_ADMIN:
        space, row = door.name.partition(":")[0], row_of(door)
        is_register = space.startswith("wagtailsnippet")
        if row not in ADMIN_DOORS or (is_register and not door.name.endswith(OF_REGISTERS)):
            continue
        if door.name.endswith("_results"):
            continue  # a part of a screen
        number = numbers["rows"].get("event" if "<int:event_pk>" in door.route else space, 1)
        yield address(door, number)


def test_our_screens_and_wagtails_lists(tab, numbers):
    wrong, screens = {}, 0
    for path in [*(f"/admin/{path}" for path in ["", *WAGTAILS]), *sorted(set(ours(numbers)))]:
        answer = tab.request.get(path)
        assert answer.status < 500, path
        if answer.status != 200 or "html" not in answer.headers["content-type"] or path not in answer.url:
            continue  # only for forms, a file, or not there
        tab.goto(path)
        screens += 1
        found = (english(tab), violations(tab))
        if found != ({}, []):
            wrong[path] = found
    assert not wrong, "\n".join(f"{path}: {found}" for path, found in wrong.items())
    assert screens > 60


def test_editors_of_every_page_type(tab, numbers):
    wrong = {}
    for kind, page in numbers["pages"].items():
        tab.goto(f"/admin/pages/{page}/edit/")
        found = (english(tab), violations(tab))
        for toggle in tab.locator("[data-side-panel-toggle]:visible").all():
            toggle.click()
            found[0].update(english(tab))
        if found != ({}, []):
            wrong[kind] = found
    assert not wrong, "\n".join(f"{kind}: {found}" for kind, found in wrong.items())
    assert len(numbers["pages"]) > 10


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
    dialog.get_by_role("button", name="Uždaryti").click()
    # Publishing what is not whole: the errors.
    tab.locator("[name=date]").fill("vakar")
    tab.get_by_role("button", name="Daugiau veiksmų").last.click()
    tab.get_by_role("button", name="Publikuoti").click()
    opened(tab.locator(".error-message, .w-field__errors:visible"))

    tab.goto(f"/admin/pages/{numbers['pages']['NewsIndexPage']}/")
    tab.locator("[data-bulk-action-checkbox]").first.check()
    opened(tab.get_by_text("Pažymėtas 1 puslapis"))
    assert wrong == {}
