"""The news as RSS 2.0: valid, stable, no more precise than what is known."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory

pytestmark = pytest.mark.django_db
FEED = "/naujienos/rss/"
ATOM = "{http://www.w3.org/2005/Atom}"


def channel(response):
    """The channel of an answer."""
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return root[0]


def test_the_channel_says_what_it_is(client):
    NewsIndexPageFactory(summary="Kas naujo krašte.")
    response = client.get(FEED)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = channel(response)
    assert found.findtext("title") == "Vietos veiklos grupė: naujienos"
    assert found.findtext("link") == "http://testserver/naujienos/"
    assert found.findtext("description") == "Kas naujo krašte."
    assert found.findtext("language") == "lt"
    own = found.find(f"{ATOM}link")
    assert (own.get("rel"), own.get("href")) == ("self", "http://testserver/naujienos/rss/")


def test_an_item_is_told_whole(client):
    page = NewsPageFactory(title="Žinia „Ąčę“ & <kita>", date="2019-05-27", summary="Šešios ūkininkės")
    page.topics = [TopicFactory(name="Mokymai")]
    page.save()
    [item] = channel(client.get(FEED)).findall("item")
    assert item.findtext("title") == "Žinia „Ąčę“ & <kita>"
    assert item.findtext("link") == "http://testserver" + page.url
    assert item.findtext("description") == "Šešios ūkininkės"
    assert item.findtext("category") == "Mokymai"
    assert item.find("guid").get("isPermaLink") == "false"
    assert parsedate_to_datetime(item.findtext("pubDate")).date().isoformat() == "2019-05-27"


@pytest.mark.parametrize("date", ["2019-05", "2019", "2019-23", "2019-05-27/2019-05-28", "2019-05-27/.."])
def test_no_day_is_made_up(client, date):
    NewsPageFactory(date=date)
    [item] = channel(client.get(FEED)).findall("item")
    assert item.find("pubDate") is None


def test_items_keep_their_sign_under_another_title_and_address(client):
    page = NewsPageFactory()
    before = channel(client.get(FEED)).findtext("item/guid")
    page.title, page.slug = "Kita antraštė", "kitas-adresas"
    page.save_revision().publish()
    assert channel(client.get(FEED)).findtext("item/guid") == before
    page.copy(update_attrs={"slug": "kopija"})
    assert len({item.findtext("guid") for item in channel(client.get(FEED)).findall("item")}) == 2


def test_newest_first_and_no_more_than_thirty(client):
    for number in range(32):
        NewsPageFactory(title=f"Žinia {number}", date=f"2026-{number // 28 + 1:02}-{number % 28 + 1:02}")
    found = [item.findtext("title") for item in channel(client.get(FEED)).findall("item")]
    assert found == [f"Žinia {number}" for number in range(31, 1, -1)]


def test_asking_again_costs_nothing(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    NewsIndexPageFactory()
    empty = client.get(FEED)
    time_machine.move_to(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert client.get(FEED, headers={"if-none-match": empty["ETag"]}).status_code == 304
    page = NewsPageFactory(date="2019")
    first = client.get(FEED, headers={"if-none-match": empty["ETag"]})
    assert first.status_code == 200
    time_machine.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304
    page.title = "Pataisyta"
    page.save_revision().publish()
    changed = client.get(FEED, headers={"if-none-match": first["ETag"]})
    stamp = parsedate_to_datetime(channel(changed).findtext("lastBuildDate"))
    assert stamp == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_control_characters_do_not_break_it(client):
    NewsPageFactory(title="Prieš\x0bpo", summary="a\x1fb")
    [item] = channel(client.get(FEED)).findall("item")
    assert (item.findtext("title"), item.findtext("description")) == ("Priešpo", "ab")


def test_every_page_points_at_the_feeds(client):
    page = NewsPageFactory()
    html = client.get(page.url).content.decode()
    assert '<link rel="alternate" type="application/rss+xml" title="Naujienų RSS" href="/naujienos/rss/">' in html


def test_the_size_of_the_feed_does_not_cost_queries(client, django_assert_max_num_queries):
    NewsPageFactory()
    client.get(FEED)  # the first request of a process asks what types there are
    with django_assert_max_num_queries(15) as few:
        client.get(FEED)
    for _ in range(9):
        NewsPageFactory()
    with django_assert_max_num_queries(len(few)):
        client.get(FEED)
