"""The editors' guide: the same in the repository and in the admin, with pictures that a script can take again."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.html import strip_tags
from PIL import Image

from desk import roles
from desk.guide import GUIDE, how_to
from desk.lines import LINES
from desk.reports import REPORTS
from scripts.guide_screenshots import LARGEST, PICTURES, SCREENS
from tests.test_actions import ROWS

TEXT = GUIDE.read_text("utf-8")
NAMED = re.findall(r"!\[([^\]]*)\]\(img/([^)]+)\)", TEXT)


def test_the_pictures_are_those_that_the_guide_names_and_the_script_takes():
    named = [name for _, name in NAMED]
    assert len(named) == len(set(named)) <= 20
    assert set(named) == {path.name for path in PICTURES.iterdir()} == {f"{name}.webp" for name in SCREENS}


def test_the_pictures_are_small_and_said_in_words():
    for words, name in NAMED:
        assert len(words) > 10, name
        path = PICTURES / name
        assert path.stat().st_size <= LARGEST, name
        with Image.open(path) as picture:
            assert picture.width >= 900


def test_the_contents_are_the_headings():
    contents = TEXT.partition("<!-- turinys -->")[2].partition("<!-- /turinys -->")[0]
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    for heading, (shown, anchor) in zip(headings, re.findall(r"\[(.+)\]\(#(.+)\)", contents), strict=True):
        assert shown == heading
        assert anchor == re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))  # as GitHub makes it


def test_tasks_are_short():
    for task in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        steps = re.findall(r"^\d+\. ", task, re.MULTILINE)
        assert len(steps) <= 10, task.partition("\n")[0]
    assert len(TEXT.splitlines()) < 300


def test_who_may_what_is_as_it_is_tried():
    """The table of the guide says what tests/test_actions.py tries."""
    head, _, *lines = re.findall(r"^\|(.+)\|$", TEXT.partition("## Kas ką gali")[2], re.MULTILINE)
    columns = {role.name: role.key for role in roles.ROLES}
    order = [columns[name.strip()] for name in head.split("|")[1:]]
    told = {}
    for line in lines:
        row, *cells = (cell.strip() for cell in line.split("|"))
        told[row] = {key for key, cell in zip(order, cells, strict=True) if {"taip": True, "–": False}[cell]}
    assert told == ROWS


@pytest.mark.django_db
def test_the_guide_stands_in_the_admin_whole(admin_client):
    html = admin_client.get("/admin/vadovas/").content.decode()
    shown = html.partition('class="guide__text">')[2].partition("</article>")[0]
    assert len(re.findall(r"<h2 ", shown)) == len(re.findall(r"^## ", TEXT, re.MULTILINE))
    assert "<td>Ištrinti organizaciją</td>" in shown
    assert "<!--" not in shown
    words = re.findall(r"\w{5,}", strip_tags(shown))
    assert len(words) > 500
    contents = html.partition('class="guide__contents"')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert anchors == re.findall(r'<h[23] id="([^"]+)"', shown)
    assert "registracija-i-rengini" in anchors
    pictures = re.findall(r'<img[^>]* src="([^"]+)"', shown)
    assert len(pictures) == len(NAMED)
    for address in pictures:
        assert finders.find(address.removeprefix(settings.STATIC_URL)), address


@pytest.mark.django_db
@pytest.mark.parametrize("told", [*LINES, *REPORTS], ids=lambda told: told.name)
def test_the_desk_and_the_reports_lead_to_headings_of_the_guide(admin_client, told):
    guide, anchor = how_to(told.guide).split("#")
    assert re.search(rf'<h[23] id="{anchor}">{told.guide}</h', admin_client.get(guide).content.decode())


@pytest.mark.django_db
def test_help_is_our_guide_and_nothing_on_another_host(admin_client):
    html = admin_client.get("/admin/").content.decode()
    assert "/admin/vadovas/" in html
    assert "Redaktoriaus vadovas" in html
    assert "guide.wagtail.org" not in html
    assert "wagtail.org" not in html
