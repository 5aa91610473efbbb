"""
The screens of the admin as an administrator gets them, from the list of addresses itself: nothing in English.

What only a script shows (menus, dialogs, the sidebar) is looked at in a browser: `e2e/test_admin_in_lithuanian.py`.
"""

import json
import re
from pathlib import Path

import pytest
import wagtail
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Site, Workflow

from core.models import SiteSettings, User
from tests import factories
from tests.english import english_in, readable
from tests.test_doors import DOORS_OF_ADMIN, OUR_APPS, ROWS_BEHIND, address, row_behind, row_of
from tests.test_house_rules import PAGE_TYPES, REGISTERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

# Not for eyes: an error on purpose, drawings, the words of the scripts (test_language.py).
UNSEEN = {"wagtailadmin_error_test", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
OURS = settings.BASE_DIR / "templates"
WAGTAILS = Path(wagtail.__file__).parent / "admin" / "templates"
# Our copies of Wagtail's templates, for the words in them that Wagtail does not have translated.
COPIES = {
    "wagtailadmin/shared/header.html": {'value="Search"': 'value="Ieškoti"'},
    "wagtailadmin/shared/headers/_actions.html": {'aria-label="Actions"': 'aria-label="Veiksmai"'},
    "wagtailadmin/shared/user_avatar.html": {"{{ user }}": '{{ user|default:"" }}'},
    "wagtailadmin/tables/boolean_cell.html": {"value|stringformat:'s'": 'value|yesno:"taip,ne,nežinoma"'},
}


@pytest.fixture
def administrator():
    """Somebody who may do everything, signed in."""
    browser = Client(raise_request_exception=False)  # numbers that fit no thing, forms that nobody would send
    browser.user = factories.UserFactory(username="tvarko", email="ona@example.lt", is_superuser=True)
    browser.force_login(browser.user)
    return browser


@pytest.fixture
def rows(administrator):
    """What Wagtail's own screens are about, as numbers of it and of its revision, by the beginning of their names."""
    page = factories.NewsPageFactory(title="Naujiena")
    revision = page.save_revision(user=administrator.user)
    page.save_revision(user=administrator.user).publish()
    image = get_image_model().objects.create(title="Paveikslėlis", file=get_test_image_file())
    document = get_document_model().objects.create(title="Dokumentas", file=ContentFile(b"x", "x.pdf"))
    things = {
        "wagtailadmin_collections": Collection.get_first_root_node().add_child(name="Nuotraukos"),
        "wagtailadmin_workflows": Workflow.objects.first(),
        "wagtailredirects": Redirect.objects.create(old_path="/sena", redirect_link="/"),
        "wagtaildocs": document,
        "wagtaildocs_chooser": document,
        "wagtailimages": image,
        "wagtailimages_chooser": image,
        "wagtailsites": Site.objects.first(),
        "wagtailusers_users": factories.UserFactory(first_name="Vardas", last_name="Pavardė"),
        "wagtailusers_groups": Group.objects.first(),
    }
    return {"": (page.pk, revision.pk)} | {space: (thing.pk, 1) for space, thing in things.items()}


def address_of(door, rows):
    """Where this door leads to something."""
    space, row = door.name.partition(":")[0], row_of(door)
    if row and (space.startswith("wagtailsnippet") or space in ROWS_BEHIND):
        if row not in rows:
            rows[row] = row_behind(row)
        return address(door, *rows[row])
    return address(door, *rows.get(space, rows[""]))


def texts_of(response):
    """What a screen says, or a part of one that a script has asked for."""
    if "html" in response["Content-Type"]:
        return readable(response.content.decode())
    if "json" not in response["Content-Type"]:
        return []
    texts, waiting = [], [json.loads(response.content)]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, str) and "<" in thing:
            texts += readable(thing)
        elif isinstance(thing, str) and " " in thing:
            texts.append(thing)
    return texts


def english_on(browser, addresses, post=None):
    """The English on the screens of these addresses, and how many there were to read."""
    found, screens = {}, 0
    for path in addresses:
        answer = browser.get(path) if post is None else browser.post(path, post, follow=True)
        screens += answer.status_code == 200
        for text, words in english_in(texts_of(answer)).items():
            found.setdefault(text, (words, path))
    return found, screens


def test_no_screen_of_the_admin_speaks_english(administrator, rows):
    doors = [door for door in DOORS_OF_ADMIN if door.name not in UNSEEN and not door.route.startswith("admin/api/")]
    found, screens = english_on(administrator, {address_of(door, rows) for door in doors})
    assert found == {}
    assert screens > 270


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_no_screen_of_a_page_type_speaks_english(administrator, model):
    names = (model._meta.app_label, model._meta.model_name)
    page = model.objects.first() or factories_of(model)()
    parents = [parent for parent in Page.objects.all().specific() if model.can_create_at(parent)]
    adding = [reverse("wagtailadmin_pages:add", args=[*names, parent.pk]) for parent in parents[:1]]
    editing = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert english_on(administrator, [*adding, editing, reverse("wagtailadmin_pages:type_use", args=names)])[0] == {}
    # And with everything that can be wrong in it.
    for action in ({}, {"action-publish": "1"}):
        assert english_on(administrator, [*adding, editing], post=action)[0] == {}


def factories_of(model):
    """The factory of a page type that the content has no page of."""
    return next(f for f in vars(factories).values() if getattr(getattr(f, "_meta", None), "model", None) is model)


def test_no_form_sent_in_empty_is_answered_in_english(administrator, rows):
    doors = [door for door in DOORS_OF_ADMIN if door.name.endswith((":add", ":edit", ":create", ":copy", "_account"))]
    paths = {address_of(door, rows) for door in doors if "<slug" not in door.route}
    found, screens = english_on(administrator, paths, post={})
    assert found == {}
    assert screens > 40


def test_no_question_about_many_rows_is_in_english(administrator, rows):
    numbers = {
        "page": rows[""][0],
        get_image_model()._meta.model_name: rows["wagtailimages"][0],
        get_document_model()._meta.model_name: rows["wagtaildocs"][0],
        User._meta.model_name: rows["wagtailusers_users"][0],
    }
    kinds = [(Page, Page), (get_image_model(),) * 2, (get_document_model(),) * 2, (User, User)]
    paths = []
    for model in [kind for kind, _ in kinds] + list(REGISTERS):
        label, name = model._meta.app_label, model._meta.model_name
        for action in bulk_action_registry.get_bulk_actions_for_model(label, name):
            row = numbers.get(name) or row_behind(f"wagtailsnippets_{label}_{name}")[0]
            path = reverse("wagtail_bulk_action", args=[label, name, action.action_type])
            paths.append(f"{path}?id={row}&next=/admin/")
    found, screens = english_on(administrator, paths)
    assert found == {}
    assert screens == len(paths) > 20


def test_settings_of_the_site_are_not_in_english(administrator):
    row = SiteSettings.objects.get()
    form = reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])
    assert english_on(administrator, ["/admin/settings/core/sitesettings/", form], post={"links-count": "0"})[0] == {}


def test_rights_have_lithuanian_names():
    """Django writes their names into the database, in English; the editor of groups reads them out."""
    rooms = Permission.objects.filter(content_type__app_label__in=OUR_APPS)
    assert [name for name in rooms.values_list("name", flat=True) if name.startswith("Can ")] == []
    assert Permission.objects.get(codename="add_member").name == "Gali pridėti: narys"
    assert Permission.objects.get(codename="publish_page").name == "Publikuoti bet kurį puslapį"


def test_what_the_first_migrations_name_is_lithuanian():
    assert english_in([Page.get_first_root_node().title, Collection.get_first_root_node().name]) == {}
    assert english_in(Group.objects.values_list("name", flat=True)) == {}
    assert english_in(Workflow.objects.values_list("name", flat=True)) == {}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_wagtails_template_differs_by_its_words_alone(name):
    """After an upgrade: copy it anew, or drop it where Wagtail has the words translated."""
    original = re.sub(
        r'{% comment "text/markdown" %}.*?{% endcomment %}', "", (WAGTAILS / name).read_text(), flags=re.S
    )
    for english, lithuanian in COPIES[name].items():
        assert english in original
        original = original.replace(english, lithuanian)
    assert (OURS / name).read_text().split() == original.split()
