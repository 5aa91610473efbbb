"""A member added from the desk in no more than eight clicks and fields, as a secretary does it."""

import re

import pytest
from playwright.sync_api import expect

MOST = 8


class Hand:
    """Whoever clicks and types, counted: every click, every field typed into or chosen from is one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, thing):
        """One click."""
        self.count += 1
        thing.click()

    def fill(self, field, text):
        """One field."""
        self.count += 1
        field.fill(text)

    def choose(self, field, label):
        """One field."""
        self.count += 1
        field.select_option(label=label)


@pytest.fixture
def hand(editor):
    """At the desk."""
    editor.goto("/admin/")
    return Hand(editor)


def begin(hand):
    """From the desk to the chooser of organisations."""
    hand.click(hand.page.locator("main").get_by_role("link", name="Naujas narys"))
    hand.click(hand.page.get_by_role("button", name=re.compile("Pasirinkti.*organizacij", re.IGNORECASE)).first)
    return hand.page.locator(".modal-body")


def test_an_organisation_that_is_not_in_the_register_becomes_a_member(hand):
    chooser = begin(hand)
    hand.click(chooser.get_by_role("tab", name=re.compile("Kurti|Sukurti|Nauja")))
    hand.fill(chooser.locator("[name$=name]"), "Paspaudimų kaimo bendruomenė")
    hand.choose(chooser.locator("[name$=kind]"), "Bendruomeninė organizacija")
    hand.click(chooser.get_by_role("button", name=re.compile("Kurti|Sukurti|Įrašyti|Išsaugoti")))
    expect(hand.page.locator("#id_organisation-chooser")).to_contain_text("Paspaudimų kaimo bendruomenė")
    hand.choose(hand.page.locator("[name=sector]"), "Pilietinė visuomenė")
    hand.click(hand.page.get_by_role("button", name="Išsaugoti"))
    expect(hand.page.locator(".messages")).to_contain_text("Paspaudimų kaimo bendruomenė")
    assert hand.count <= MOST, hand.count


def test_an_organisation_of_the_register_becomes_a_member_of_an_eldership(hand):
    chooser = begin(hand)
    hand.fill(chooser.locator("[name=q]"), "vytauto didziojo")
    found = chooser.locator("a[data-chooser-modal-choice]")
    expect(found).to_have_count(1)
    name = found.inner_text()
    hand.click(found)
    hand.choose(hand.page.locator("[name=sector]"), "Pilietinė visuomenė")
    hand.choose(hand.page.locator("[name=eldership]"), "Alovės seniūnija")
    hand.click(hand.page.get_by_role("button", name="Išsaugoti"))
    expect(hand.page.locator(".messages")).to_contain_text(name)
    assert hand.count <= MOST, hand.count
