"""Two at the very same moment: a page's form that saves by itself while „Paskelbti“ is pressed in it, two new rows."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from core.models import TrashEntry, User
from news.models import NewsIndexPage, NewsPage
from partners.models import Organisation
from tests.races import alone, together, windows_of_an_administrator
from tests.test_actions import form_of
from tests.test_editor import form_at

TYPED = {"title": "Šventė", "slug": "svente", "summary": "Kviečiame.", "date": "2026-11-20"}
BY_ITSELF = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def form(database):
    """The windows of an administrator and the address at which a news item is added."""

    def make():
        windows = windows_of_an_administrator(2)
        home = Site.objects.get(is_default_site=True).root_page
        index = home.add_child(instance=NewsIndexPage(title="Naujienos", slug="naujienos"))
        address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
        return *windows, address, {**form_at(windows[0], address).dict(), **TYPED}

    return alone(make)


def save_by_itself(window, address, typed):
    """What Wagtail's script sends."""
    return window.post(address, typed, **BY_ITSELF)


def publish(window, address, typed):
    """What the button sends."""
    return window.post(address, {**typed, "action-publish": "action-publish"})


def news():
    """The pages that stand: (address, live)."""
    return list(NewsPage.objects.filter(url_path__contains="/naujienos/").values_list("slug", "live"))


def test_what_the_form_saved_itself_gives_way_to_what_is_published(form):
    window, _, address, typed = form

    def press():
        assert save_by_itself(window, address, {**typed, "summary": "Kvieč"}).json()["success"]
        return publish(window, address, typed).status_code

    assert alone(press) == 302
    assert alone(news) == [("svente", True)]
    # Nothing is lost.
    assert alone(lambda: TrashEntry.objects.get().label) == "Šventė"


def test_what_cannot_be_published_leaves_the_draft_where_it_is(form):
    window, _, address, typed = form

    def press():
        save_by_itself(window, address, typed)
        return publish(window, address, {**typed, "date": "2026-13-45"})

    answer = alone(press)
    assert answer.status_code == 200
    assert "Kviečiame." in answer.content.decode()
    assert alone(news) == [("svente", False)]


@pytest.mark.parametrize("of_another", ["somebody", "a while ago", "another title"])
def test_a_page_that_is_another_keeps_its_address(form, of_another):
    window, _, address, typed = form

    def press():
        save_by_itself(window, address, typed)
        page = NewsPage.objects.get()
        if of_another == "somebody":
            other = User.objects.create(username="kitas", email="kitas@example.lt")
            Page.objects.filter(pk=page.pk).update(owner=other)
        elif of_another == "a while ago":
            Page.objects.filter(pk=page.pk).update(latest_revision_created_at=timezone.now() - timedelta(minutes=1))
        else:
            Page.objects.filter(pk=page.pk).update(draft_title="Kita šventė")
        return publish(window, address, typed)

    answer = alone(press)
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert alone(news) == [("svente", False)]


def test_both_at_the_very_same_moment(form):
    one, other, address, typed = form

    def twice():
        return together([lambda: save_by_itself(one, address, typed), lambda: publish(other, address, typed)])

    for _ in range(5):
        saved, published = twice()
        assert published.status_code == 302, published.content.decode()[:500]
        assert saved.status_code in (200, 400, 422)
        assert [page for page in alone(news) if page[1]] == [("svente", True)]

        def clear():
            for page in NewsPage.objects.all():
                page.purge()

        alone(clear)


def test_two_new_rows_with_the_same_code(form):
    """One is saved; the other is told so, with all that was typed."""
    one, other, *_ = form
    address = reverse(Organisation.snippet_viewset.get_url_name("add"))
    empty = alone(lambda: form_of(one.get(address).content.decode()))
    for number in range(5):
        typed = {**empty.dict(), "name": f"Bendrija Nr. {number}", "slug": f"bendrija-{number}", "kind": "ngo"}
        typed["code"] = f"12345678{number}"
        press = partial(lambda typed, window: window.post(address, typed), typed)
        answers = together([partial(press, one), partial(press, other)])
        assert sorted(answer.status_code for answer in answers) == [200, 302], answers[0].context["form"].errors
        [refused] = [answer for answer in answers if answer.status_code == 200]
        assert "Organizacija su tokiu įmonės kodu jau yra." in refused.content.decode()
        assert typed["name"] in refused.content.decode()
    assert alone(lambda: Organisation.objects.filter(code__startswith="12345678").count()) == 5
