"""What is read on a screen of the admin and what axe finds there."""

from axe_playwright_python.sync_playwright import Axe

from tests.english import english_in

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
    (
        "target-size",
        "w-minimap__toggle",
    ): "the button to the list of sections, which on a phone lies close to its links",
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


def english(tab):
    """What of the screen is English."""
    return english_in(tab.evaluate(READ))


def violations(tab, **run_only):
    """What axe finds serious or critical on the screen, without what is known of Wagtail; `run_only`: its rules."""
    run_only = run_only or {"type": "tag", "values": WCAG}
    found = Axe().run(tab, options={"runOnly": run_only, "resultTypes": ["violations"]})
    return [
        (rule["id"], node["html"][:200])
        for rule in found.response["violations"]
        for node in rule["nodes"]
        if rule["impact"] in ("serious", "critical")
        and not any(rule["id"] == known and about in node["html"] for known, about in KNOWN)
    ]


# Fields that end beyond the screen.
TOO_WIDE = """() => [...document.querySelectorAll('.w-field :is(input, select, textarea)')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().right > innerWidth)
    .map(e => e.name)"""


def wrong_on(tab):
    """
    What is wrong with the screen in this tab: English, and what axe finds, on a desk and on a phone, by day and by
    night. At night only colours are looked at anew: nothing else is another.
    """
    tab.add_style_tag(content="* { transition: none !important }")  # no colour is measured on its way to another
    wrong = {"English": english(tab)}
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        wrong[f"{width} light"] = violations(tab)
        tab.emulate_media(color_scheme="dark")
        wrong[f"{width} dark"] = violations(tab, type="rule", values=["color-contrast"])
        tab.emulate_media(color_scheme="light")
        wrong[f"{width} too wide"] = tab.evaluate(TOO_WIDE)
    tab.set_viewport_size({"width": 1280, "height": 900})
    return {where: what for where, what in wrong.items() if what}
