"""News: the archive and its filters, one item, its neighbours by date, what machines are told."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from core.models import RelatedPage, for_good
from news.models import NewsPage
from tests.factories import NewsIndexPageFactory, NewsPageFactory, ProjectPageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db
ARCHIVE = "/naujienos/"


@pytest.fixture
def index():
    return NewsIndexPageFactory()


def news(title, date="2026-03-02", topics=(), **fields):
    """A news item with its topics."""
    page = NewsPageFactory(title=title, date=date, **fields)
    if topics:
        page.topics = topics
        page.save()
    return page


def titles(response):
    """The titles of a list, in order."""
    assert response.status_code == 200
    return re.findall(r'card__title"><a[^>]*>([^<]*)<', response.content.decode())


def plain(response):
    """The text of a page, with plain spaces."""
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def article_of(response):
    """The NewsArticle in a page's JSON-LD."""
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)[1]
    [node] = [node for node in json.loads(text)["@graph"] if node["@type"] == "NewsArticle"]
    return node


class TestArchive:
    def test_newest_first_by_what_is_known(self, client):
        for title, date in [("Diena", "2019-05-27"), ("Mėnuo", "2019-05"), ("Metai", "2019"), ("Kiti", "2020-01-01")]:
            news(title, date)
        assert titles(client.get(ARCHIVE)) == ["Kiti", "Metai", "Mėnuo", "Diena"]

    def test_a_card_tells_date_and_topics(self, client):
        news("Žinia", "2019-05", [TopicFactory(name="Mokymai"), TopicFactory(name="Šventės")])
        assert "2019 m. gegužės mėn. · Mokymai, Šventės" in plain(client.get(ARCHIVE))

    def test_filters_narrow_combine_and_count(self, client):
        training, feasts = TopicFactory(name="Mokymai", slug="mokymai"), TopicFactory(name="Šventės", slug="sventes")
        news("Abi", "2019-05", [training, feasts])
        news("Mokymų", "2018-12-31", [training])
        news("Žiemos", "2018-24", [feasts])
        for query, found in [
            ({"tema": "mokymai"}, ["Abi", "Mokymų"]),
            ({"tema": "sventes", "metai": "2019"}, ["Abi", "Žiemos"]),
            ({"metai": "2018"}, ["Žiemos", "Mokymų"]),
            ({"q": "ziemos"}, ["Žiemos"]),
            ({"q": "mokymu", "metai": "2019"}, []),
        ]:
            assert titles(client.get(ARCHIVE, query)) == found
        html = client.get(ARCHIVE).content.decode()
        assert "Mokymai (2)" in html
        # A winter belongs to both its years.
        assert "2019 (2)" in html
        assert "2018 (2)" in html
        assert "Mokymai (1)" in client.get(ARCHIVE, {"metai": "2019"}).content.decode()

    def test_pages_keep_the_filters(self, client, index):
        topic = TopicFactory(name="Mokymai", slug="mokymai")
        for number in range(14):
            news(f"Žinia {number}", f"2026-03-{number + 1:02}", [topic])
        first = client.get(ARCHIVE, {"tema": "mokymai"})
        assert len(titles(first)) == 12
        assert "?tema=mokymai&amp;page=2" in first.content.decode()
        assert titles(client.get(ARCHIVE, {"tema": "mokymai", "page": 2})) == ["Žinia 1", "Žinia 0"]

    @pytest.mark.parametrize(
        "query", ["page=abc", "page=0", "page=9", "tema=nera", "tema=%FF", "metai=x", "metai=0000"]
    )
    def test_what_is_not_there_is_not_found(self, client, index, query):
        assert client.get(f"{ARCHIVE}?{query}").status_code == 404

    @pytest.mark.parametrize("query", ["q=" + "ą" * 5000, "q=%FF%FE", "q=%22", "q=%25_", "nera=1"])
    def test_any_words_are_answered(self, client, index, query):
        assert client.get(f"{ARCHIVE}?{query}").status_code == 200
        assert client.get(f"{ARCHIVE}?q=%00").status_code == 400

    def test_empty_lists_help(self, client, index):
        assert "Naujienų dar nėra" in client.get(ARCHIVE).content.decode()
        assert f'href="{ARCHIVE}">peržiūrėkite visas' in client.get(ARCHIVE, {"q": "nieko"}).content.decode()


class TestItem:
    def test_it_tells_its_date_as_precisely_as_known(self, client):
        page = news(
            "Žinia", "2019-05", [TopicFactory(name="Mokymai", slug="mokymai")], date_note="Tiksli diena nežinoma."
        )
        html = plain(client.get(page.url))
        assert '<p class="page-header__meta">2019 m. gegužės mėn.</p>' in html
        assert "Tiksli diena nežinoma." in html
        assert f'href="{ARCHIVE}?tema=mokymai">Mokymai' in html

    def test_related_pages_stand_on_both(self, client):
        page, project = news("Žinia apie kelią"), ProjectPageFactory(title="Piliakalnių kelias")
        RelatedPage.objects.create(page=page, target=project)
        assert "Piliakalnių kelias" in client.get(page.url).content.decode()
        assert "Žinia apie kelią" in client.get(project.url).content.decode()

    def test_its_structured_data_says_what_the_page_says(self, client):
        page = news("Žinia", "2019-05-27")
        page.save_revision().publish()
        page.refresh_from_db()
        node = article_of(client.get(page.url))
        who = {
            "@type": "Organization",
            "@id": "http://testserver/#organization",
            "name": "Vietos veiklos grupė",
            "url": "http://testserver/",
            "logo": "http://testserver/static/img/logo.png",
        }
        assert node == {
            "@type": "NewsArticle",
            "headline": "Žinia",
            "description": page.summary,
            "image": "http://testserver/static/img/og.png",
            "datePublished": "2019-05-27",
            "dateModified": timezone.localtime(page.last_published_at).isoformat(),
            "mainEntityOfPage": "http://testserver/naujienos/zinia/",
            "author": who,
            "publisher": who,
            "inLanguage": "lt",
        }

    @pytest.mark.parametrize("date", ["2019-05", "2019", "2019-23", "2019-05/2019-06", "2019?", "2019-05-27?"])
    def test_machines_are_told_no_day_that_is_not_known(self, client, date):
        assert "NewsArticle" not in client.get(news("Žinia", date).url).content.decode()


class TestNeighbours:
    def test_by_date_through_the_gate(self, client):
        pages = {day: news(f"Diena {day}", f"2026-03-0{day}") for day in range(1, 6)}
        NewsPage.objects.filter(pk=pages[2].pk).update(live=False)
        NewsPage.objects.filter(pk=pages[4].pk).update(audience="members")
        html = client.get(pages[3].url).content.decode()
        assert re.findall(r'class="neighbours__(\w+)" rel="\w+" href="([^"]+)"', html) == [
            ("older", pages[1].url),
            ("newer", pages[5].url),
        ]
        client.force_login(UserFactory(is_superuser=True))
        assert pages[4].url in client.get(pages[3].url).content.decode()

    def test_a_section_closed_by_wagtail_is_passed_over(self, client):
        pages = {day: news(f"Diena {day}", f"2026-03-0{day}") for day in range(1, 4)}
        Page.objects.get(pk=pages[2].pk).view_restrictions.create(restriction_type="password", password="x")
        assert pages[2].url not in client.get(pages[1].url).content.decode()
        assert pages[3].url in client.get(pages[1].url).content.decode()

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(
                    [None, "2019", "2019-05", "2019-05-31", "2019-05-01/2019-05-31", "2020-01-01", "2019-05/.."]
                ),
                st.sampled_from([None, 0, 1]),
            ),
            min_size=1,
            max_size=7,
        )
    )
    def test_they_follow_the_full_order_whatever_is_unknown_or_equal(self, rows):
        with for_good():
            NewsPage.objects.all().delete()
        moment = datetime(2026, 1, 1, tzinfo=timezone.get_current_timezone())
        for number, (date, published) in enumerate(rows):
            page = NewsPageFactory(title=f"Žinia {number}", date=date or "2019")
            unknown = {} if date else {"date_latest": None, "date_earliest": None}
            at = None if published is None else moment + timedelta(days=published)
            NewsPage.objects.filter(pk=page.pk).update(first_published_at=at, **unknown)
        order = list(NewsPage.objects.newest_first())
        request = RequestFactory().get("/")
        found = [page.neighbours(request) for page in order]
        expected = list(zip([*order[1:], None], [None, *order[:-1]], strict=True))
        assert found == expected


class TestQueries:
    def test_the_archive(self, client, django_assert_max_num_queries):
        topic = TopicFactory(name="Mokymai", slug="mokymai")
        news("Pirma", topics=[topic])
        client.get(ARCHIVE)
        with django_assert_max_num_queries(15) as few:
            client.get(ARCHIVE)
        for number in range(11):
            news(f"Žinia {number}", topics=[topic, TopicFactory()])
        with django_assert_max_num_queries(len(few)):
            client.get(ARCHIVE)

    def test_an_item(self, client, django_assert_max_num_queries):
        page = news("Žinia", "2026-03-05", [TopicFactory()])
        project = ProjectPageFactory()
        RelatedPage.objects.create(page=page, target=project)
        client.get(page.url)
        with django_assert_max_num_queries(15) as few:
            client.get(page.url)
        for number in range(10):
            news(f"Kita {number}", f"2026-03-{number + 1:02}")
            RelatedPage.objects.create(page=page, target=ProjectPageFactory())
        with django_assert_max_num_queries(len(few)):
            client.get(page.url)


def test_the_preview_of_a_new_item(client, index):
    client.force_login(UserFactory(is_superuser=True))
    address = f"/admin/pages/add/news/newspage/{index.pk}/preview/"
    data = {"title": "Nauja žinia", "slug": "nauja", "date": "2026-05", "audience": "public", "body-count": "0"}
    data |= {"related_page_links-TOTAL_FORMS": "0", "related_page_links-INITIAL_FORMS": "0"}
    topic = TopicFactory(name="Mokymai")
    assert client.post(address, data | {"topics": [topic.pk]}).json()["is_valid"]
    html = plain(client.get(f"{address}?mode="))
    for text in ("Nauja žinia", "2026 m. gegužės mėn.", "Mokymai"):
        assert text in html
