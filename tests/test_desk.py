"""The desk: each line appears when it should, leads to where it is mended, and goes when it is mended."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    """A browser of somebody who may do everything."""
    browser = Client()
    browser.force_login(factories.UserFactory(is_superuser=True))
    return browser


def test_the_desk_says_kindly_that_there_is_nothing_to_do(administrator):
    factories.HomePageFactory()
    shown = administrator.get("/admin/").content.decode()
    assert "Viskas sutvarkyta" in shown
    assert "data-line" not in shown


def test_what_is_often_begun_is_one_click_away(administrator):
    news, events = factories.NewsIndexPageFactory(), factories.EventIndexPageFactory()
    shown = administrator.get("/admin/").content.decode()
    for address in (
        reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk]),
        reverse("wagtailadmin_pages:add", args=["events", "eventpage", events.pk]),
        reverse("wagtailsnippets_members_member:add"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
    ):
        assert f'href="{address}"' in shown
        assert administrator.get(address).status_code == 200
