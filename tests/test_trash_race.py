"""Buttons of the trash pressed twice at the same moment: real threads, each with a connection of its own."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from core import trash, trash_pages
from core.models import TrashEntry
from news.models import NewsIndexPage, Topic
from tests.races import alone, together, windows_of_an_administrator


@pytest.fixture
def browsers(database):
    """Three windows of an administrator."""
    return alone(lambda: windows_of_an_administrator(3))


@pytest.fixture
def section(database):
    """A page."""

    def make():
        home = Site.objects.get(is_default_site=True).root_page
        return home.add_child(instance=NewsIndexPage(title="Naujienos", slug="naujienos"))

    return alone(make)


def pressed(browsers, address, data=None):
    """The answers to a button that every window presses at once."""
    return [answer.status_code for answer in together([lambda w=w: w.post(address, data or {}) for w in browsers])]


def restored(browsers, thing):
    """The same for „Grąžinti“."""
    entry = alone(lambda: TrashEntry.objects.get(object_id=thing.pk))
    return pressed(browsers, reverse("trash:restore"), {"entry": entry.pk})


def one_of_three(restore, make):
    """Whether of three who have seen it in the trash one brings it back, and the others learn that it is done."""

    def tried(thing):
        try:
            restore(thing)
        except TrashEntry.DoesNotExist:
            return False
        return True

    seen = [alone(make) for _ in range(3)]
    return sum(together([lambda thing=thing: tried(thing) for thing in seen])) == 1


def test_a_page_is_deleted_once_and_comes_back_once_to_its_own_address(browsers, section):
    assert pressed(browsers, reverse("wagtailadmin_pages:delete", args=[section.pk])) == [302] * 3
    assert alone(lambda: TrashEntry.objects.count()) == 1
    assert restored(browsers, section) == [302] * 3
    page = alone(lambda: Page.objects.get(pk=section.pk))
    assert (page.slug, page.live) == ("naujienos", True)
    assert alone(lambda: TrashEntry.objects.count()) == 0


def test_a_row_is_deleted_once_and_comes_back_once(browsers):
    topic = alone(lambda: Topic.objects.create(name="Tema"))
    address = reverse(Topic.snippet_viewset.get_url_name("delete"), args=[topic.pk])
    assert set(pressed(browsers, address)) <= {302, 404}
    assert alone(lambda: TrashEntry.objects.count()) == 1
    assert restored(browsers, topic) == [302] * 3
    assert alone(lambda: Topic.objects.count()) == 1
    assert alone(lambda: TrashEntry.objects.count()) == 0


def test_of_those_who_bring_the_same_thing_back_one_does(section):
    alone(lambda: trash_pages.put_page_away(Page.objects.get(pk=section.pk)))
    assert one_of_three(trash_pages.restore_page, TrashEntry.objects.get)
    assert alone(lambda: Page.objects.get(pk=section.pk).slug) == "naujienos"
    topic = alone(lambda: Topic.objects.create(name="Tema"))
    alone(lambda: Topic.objects.get(pk=topic.pk).delete())
    assert one_of_three(trash.restore, Topic.everything.select_related("trash").get)
