"""Events: dates in words, lists by date, filters, one page for all dates, what the admin refuses, data for machines."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from wagtail.models import Page

from core.models import RelatedPage
from events.models import EventDate, EventPage, Registration
from tests.event_admin import edit_form
from tests.factories import (
    NOON,
    EldershipFactory,
    EventIndexPageFactory,
    EventPageFactory,
    NewsPageFactory,
    UserFactory,
    VenueFactory,
    at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
UPCOMING, PAST = "/renginiai/", "/renginiai/praeje/"


@pytest.fixture
def index():
    return EventIndexPageFactory()


@pytest.fixture
def editor(client):
    """A client of somebody who may do everything in the admin."""
    client.force_login(UserFactory(is_superuser=True))
    return client


def event(title, start, end=None, status="scheduled", note="", all_day=False, date_venue=None, **fields):
    """An event with one date."""
    page = EventPageFactory(title=title, dates=[], **fields)
    EventDate.objects.create(
        event=page, start=start, end=end, status=status, note=note, all_day=all_day, venue=date_venue
    )
    return page


def names(response):
    """The titles of a list, in order."""
    assert response.status_code == 200
    return re.findall(r'event-row__name">([^<]*)<', response.content.decode())


def graph_of(response, kind):
    """The nodes of that type in a page's JSON-LD."""
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)[1]
    return [node for node in json.loads(text)["@graph"] if node["@type"] == kind]


@pytest.mark.parametrize(
    ("start", "end", "all_day", "text"),
    [
        (at(2026, 12, 3, 10), None, False, "2026 m. gruodžio 3 d., ketvirtadienis, 10:00 val."),
        (
            at(2026, 12, 3, 10),
            at(2026, 12, 3, 12, 30),
            False,
            "2026 m. gruodžio 3 d., ketvirtadienis, 10:00–12:30 val.",
        ),
        (at(2026, 12, 3, 20), at(2026, 12, 4), False, "2026 m. gruodžio 3 d., ketvirtadienis, 20:00–00:00 val."),
        (at(2026, 12, 25), None, True, "2026 m. gruodžio 25 d., penktadienis"),
        (at(2026, 12, 25, 9), at(2026, 12, 26, 15), True, "2026 m. gruodžio 25–26 d., penktadienis–šeštadienis"),
        (
            at(2026, 12, 31, 20),
            at(2027, 1, 1, 2),
            False,
            "2026 m. gruodžio 31 d. – 2027 m. sausio 1 d., ketvirtadienis–penktadienis, "
            "pradžia 20:00 val., pabaiga 02:00 val.",
        ),
    ],
)
def test_a_date_in_words(start, end, all_day, text):
    row = EventDate(start=start, end=end, all_day=all_day)
    row.make_days_whole()
    assert row.when_text.replace("\N{NO-BREAK SPACE}", " ") == text


class TestLists:
    def test_upcoming_is_what_is_not_over_nearest_first(self, client):
        event("Po savaitės", at(2026, 11, 29, 10))
        event("Rytoj", at(2026, 11, 23, 10))
        event("Vyksta", at(2026, 11, 22, 11), at(2026, 11, 22, 13))
        event("Vyksta visą dieną", at(2026, 11, 22), all_day=True)
        event("Baigėsi", at(2026, 11, 22, 9), at(2026, 11, 22, 11, 59))
        event("Vakar visą dieną", at(2026, 11, 21), all_day=True)
        assert names(client.get(UPCOMING)) == ["Vyksta visą dieną", "Vyksta", "Rytoj", "Po savaitės"]
        assert client.get(UPCOMING).content.decode().count("Vyksta dabar") == 2

    def test_past_is_what_is_over_newest_first(self, client):
        event("Seniai", at(2012, 1, 24), at(2012, 1, 26), all_day=True)
        event("Vakar", at(2026, 11, 21, 10))
        event("Rytoj", at(2026, 11, 23, 10))
        assert names(client.get(PAST)) == ["Vakar", "Seniai"]

    def test_lists_are_of_dates_and_not_of_events(self, client):
        page = event("Mokymai", at(2026, 11, 23, 10))
        EventDate.objects.create(event=page, start=at(2026, 12, 1, 10))
        EventDate.objects.create(event=page, start=at(2026, 10, 1, 10))
        assert names(client.get(UPCOMING)) == ["Mokymai", "Mokymai"]
        assert names(client.get(PAST)) == ["Mokymai"]

    def test_the_date_is_read_with_its_own_event(self, client):
        event("Mokymai", at(2026, 11, 23, 10))
        html = client.get(UPCOMING).content.decode()
        [link] = re.findall(r'<h2 class="event-row__title"><a[^>]*>(.*?)</a>\s*</h2>', html)
        words = re.sub(r"<[^>]+>", "", link).replace("\N{NO-BREAK SPACE}", " ")
        assert words == "Mokymai, 2026 m. lapkričio 23 d., pirmadienis, 10:00 val."

    def test_what_will_not_be_says_so_with_its_note(self, client):
        event("Žygis", at(2026, 11, 23, 10), status="cancelled", note="Dėl oro.")
        event("Mugė", at(2026, 11, 24, 10), status="postponed")
        html = client.get(UPCOMING).content.decode()
        assert names(client.get(UPCOMING)) == ["Žygis", "Mugė"]
        assert "Atšaukta</span>" in html
        assert "Dėl oro." in html
        assert "Atidėta</span>" in html

    def test_a_dates_own_place_comes_before_the_events(self, client):
        event(
            "Mokymai", at(2026, 11, 23, 10), venue=VenueFactory(name="Daugai"), date_venue=VenueFactory(name="Simnas")
        )
        html = client.get(UPCOMING).content.decode()
        assert "Simnas" in html
        assert "Daugai" not in html

    def test_empty_lists_help(self, client, index):
        assert "praeje/" in client.get(UPCOMING).content.decode().split('class="empty"')[1]
        assert 'class="empty"' in client.get(PAST).content.decode()
        event("Mokymai", at(2026, 11, 23, 10))
        assert 'href="/renginiai/">peržiūrėkite visus' in client.get(UPCOMING, {"q": "nėra"}).content.decode()

    def test_pages_of_results(self, client, index):
        for number in range(25):
            event(f"Renginys {number}", at(2026, 12, 1, 10) + timedelta(days=number))
        assert len(names(client.get(UPCOMING))) == 20
        assert names(client.get(UPCOMING, {"page": 2})) == [f"Renginys {number}" for number in range(20, 25)]
        for page in ("3", "0", "-1", "abc", "1e9", "９" * 30, "9" * 400):
            assert client.get(UPCOMING, {"page": page}).status_code == 404


class TestFilters:
    @pytest.fixture(autouse=True)
    def events(self, index):
        daugai = EldershipFactory(name="Daugų seniūnija", slug="daugu")
        simnas = EldershipFactory(name="Simno seniūnija", slug="simno")
        abroad = VenueFactory(name="Varšuva", eldership=None)
        here, there = (
            VenueFactory(name="Daugų salė", eldership=daugai),
            VenueFactory(name="Simno salė", eldership=simnas),
        )
        event("Mokymai čia", at(2026, 12, 1, 10), kind="training", venue=here)
        event("Mokymai ten", at(2026, 12, 2, 10), kind="training", venue=here, date_venue=there)
        event("Išvyka", at(2026, 12, 3, 10), kind="visit", venue=here, date_venue=abroad)
        event("Sausio išvyka", at(2025, 1, 1, 0, 30), kind="visit", venue=there)
        event("Gruodžio susirinkimas", at(2024, 12, 31, 10), kind="meeting", venue=there, organiser="Žuvėdra")

    @pytest.mark.parametrize(
        ("address", "query", "found"),
        [
            (UPCOMING, {"rusis": "training"}, ["Mokymai čia", "Mokymai ten"]),
            (UPCOMING, {"seniunija": "daugu"}, ["Mokymai čia"]),
            (UPCOMING, {"seniunija": "simno"}, ["Mokymai ten"]),
            (UPCOMING, {"seniunija": "simno", "rusis": "training", "q": "MOKYMAI"}, ["Mokymai ten"]),
            (UPCOMING, {"q": "isvyka"}, ["Išvyka"]),
            (UPCOMING, {"q": "simno sale"}, ["Mokymai ten"]),
            (UPCOMING, {"q": "nieko tokio"}, []),
            # Half past midnight in Vilnius is still the old year in UTC.
            (PAST, {"metai": "2025"}, ["Sausio išvyka"]),
            (PAST, {"metai": "2024"}, ["Gruodžio susirinkimas"]),
            (PAST, {"metai": "2023"}, []),
            (PAST, {"q": "zuvedra"}, ["Gruodžio susirinkimas"]),
        ],
    )
    def test_they_narrow_and_combine(self, client, address, query, found):
        assert names(client.get(address, query)) == found

    def test_they_count_what_each_choice_would_leave(self, client):
        html = client.get(UPCOMING).content.decode()
        assert "Mokymai (2)" in html
        assert "Išvyka ar vizitas (1)" in html
        assert "Daugų seniūnija (1)" in html
        assert "Simno seniūnija (1)" in html
        assert "Susirinkimas (" not in html
        html = client.get(UPCOMING, {"rusis": "visit"}).content.decode()
        assert "Daugų seniūnija (" not in html
        assert "2025 (1)" in client.get(PAST).content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "rusis=nera",
            "seniunija=nera",
            "seniunija=%FF",
            "rusis=%00",
            "metai=2025x",
            "metai=0001",
            "metai=0000",
            "metai=9999",
        ],
    )
    def test_unknown_values_are_not_found(self, client, query):
        assert client.get(f"{PAST}?{query}").status_code in (400, 404)

    @pytest.mark.parametrize(
        "query", ["q=" + "ą" * 5000, "q=%FF%FE", "q=%22", "q=%E2%80%A8", "q=%25", "q=' OR 1=1", "q=\\", "nera=1"]
    )
    def test_any_words_are_answered(self, client, query):
        for address in (UPCOMING, PAST):
            assert client.get(f"{address}?{query}").status_code == 200

    def test_a_nul_byte_is_a_bad_request(self, client):
        assert client.get(f"{UPCOMING}?q=%00").status_code == 400


class TestEventPage:
    def test_all_dates_upcoming_first(self, client):
        page = event("Mokymai", at(2026, 12, 8, 10), at(2026, 12, 8, 12, 30))
        EventDate.objects.create(event=page, start=at(2026, 12, 1, 10), status="cancelled", note="Dėl oro.")
        EventDate.objects.create(event=page, start=at(2026, 10, 1, 10), venue=VenueFactory(name="Simnas"))
        EventDate.objects.create(event=page, start=at(2026, 9, 1, 10))
        html = client.get(page.url).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        days = ["gruodžio 1 d., antradienis, 10:00 val.", "gruodžio 8 d., antradienis, 10:00–12:30 val."]
        days += ["spalio 1 d., ketvirtadienis", "rugsėjo 1 d., antradienis"]
        places = [html.index(f">2026 m. {day}") for day in days]
        assert places == sorted(places)
        assert places[1] < html.index("Praėjusios datos") < places[2]
        for text in (
            "Atšaukta",
            "Dėl oro.",
            "Vieta šią dieną: Simnas",
            f"{page.url}kalendorius.ics",
            "/renginiai/prenumerata/",
        ):
            assert text in html

    def test_place_organiser_and_the_way_online(self, client):
        venue = VenueFactory(name="Salė", address="Vytauto g. 1", latitude="54.366000", longitude="24.340000")
        page = event(
            "Mokymai", at(2026, 12, 8, 10), venue=venue, organiser="Kaimynai", online_url="https://example.lt/k"
        )
        html = client.get(page.url).content.decode()
        for text in ("Vytauto g. 1", "Kaimynai", 'href="https://example.lt/k"'):
            assert text in html
        assert (
            'href="https://www.openstreetmap.org/?mlat=54.366000&amp;mlon=24.340000#map=16/54.366000/24.340000"' in html
        )

    def test_no_map_without_coordinates(self, client):
        assert "openstreetmap" not in client.get(event("Mokymai", at(2026, 12, 8, 10)).url).content.decode()

    def test_one_structured_event_a_date_saying_what_the_page_says(self, client):
        venue = VenueFactory(name="Salė", address="Vytauto g. 1", latitude="54.366", longitude="24.34")
        page = event("Mokymai", at(2026, 12, 8, 10), at(2026, 12, 8, 12), venue=venue)
        EventDate.objects.create(
            event=page, start=at(2026, 12, 25), end=at(2026, 12, 26), all_day=True, status="cancelled"
        )
        first, second = graph_of(client.get(page.url), "Event")
        assert first == {
            "@type": "Event",
            "name": "Mokymai",
            "description": page.summary,
            "image": "http://testserver/static/img/og.png",
            "url": "http://testserver/renginiai/mokymai/",
            "organizer": {
                "@type": "Organization",
                "@id": "http://testserver/#organization",
                "name": "Vietos veiklos grupė",
                "url": "http://testserver/",
            },
            "inLanguage": "lt",
            "startDate": "2026-12-08T10:00:00+02:00",
            "endDate": "2026-12-08T12:00:00+02:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": "Salė",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Vytauto g. 1",
                    "addressRegion": venue.eldership.municipality.name,
                    "addressCountry": "LT",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 54.366, "longitude": 24.34},
            },
        }
        assert (second["startDate"], second["endDate"]) == ("2026-12-25", "2026-12-26")
        assert second["eventStatus"] == "https://schema.org/EventCancelled"

    def test_nothing_is_made_up_about_a_place_that_is_not_known(self, client):
        page = event("Mokymai", at(2026, 12, 8, 10), venue=None)
        [node] = graph_of(client.get(page.url), "Event")
        assert not {"location", "eventAttendanceMode"} & set(node)
        assert "Dar nepaskelbta" in client.get(page.url).content.decode()

    def test_an_online_event(self, client):
        page = event(
            "Mokymai", at(2026, 12, 8, 10), venue=None, online_url="https://example.lt/k", organiser="Kaimynai"
        )
        [node] = graph_of(client.get(page.url), "Event")
        assert node["location"] == {"@type": "VirtualLocation", "url": "https://example.lt/k"}
        assert node["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
        assert node["organizer"] == {"@type": "Organization", "name": "Kaimynai"}

    def test_places_are_told_as_the_page_tells_them(self, client):
        page = event("Mokymai", at(2026, 12, 8, 10), registration="date", capacity=12)
        small = EventDate.objects.create(event=page, start=at(2026, 12, 9, 10), capacity=1)
        EventDate.objects.create(event=page, start=at(2026, 11, 9, 10))
        Registration.objects.create(event=page, date=small, name="A", email="a@example.lt", state="registered")
        Registration.objects.create(
            event=page, date=small, name="B", email="b@example.lt", state="waiting", queued_at=NOON
        )
        past, first, second = graph_of(client.get(page.url), "Event")
        assert "maximumAttendeeCapacity" not in past
        assert (first["maximumAttendeeCapacity"], first["remainingAttendeeCapacity"]) == (12, 12)
        assert (second["maximumAttendeeCapacity"], second["remainingAttendeeCapacity"]) == (1, 0)

    def test_places_of_the_whole_event_are_those_of_each_date(self, client):
        page = event("Mokymai", at(2026, 12, 8, 10), registration="event", capacity=12)
        EventDate.objects.create(event=page, start=at(2026, 12, 9, 10))
        Registration.objects.create(event=page, name="A", email="a@example.lt", state="promoted", people=3)
        nodes = graph_of(client.get(page.url), "Event")
        assert [node["remainingAttendeeCapacity"] for node in nodes] == [9, 9]

    def test_places_that_are_not_limited_or_not_for_this_reader_are_not_told(self, client):
        page = event("Mokymai", at(2026, 12, 8, 10), registration="event")
        assert "AttendeeCapacity" not in client.get(page.url).content.decode()
        page = event("Narių", at(2026, 12, 8, 10), registration="event", capacity=3, registration_audience="members")
        assert "AttendeeCapacity" not in client.get(page.url).content.decode()

    def test_related_pages_stand_on_both(self, client):
        page, news = event("Mokymai", at(2026, 12, 8, 10)), NewsPageFactory(title="Apie mokymus")
        RelatedPage.objects.create(page=page, target=news)
        assert "Apie mokymus" in client.get(page.url).content.decode()
        assert "Mokymai" in client.get(news.url).content.decode().split('id="susije"')[1]


class TestQueries:
    """A page costs the same however much there is."""

    @pytest.mark.parametrize("address", [UPCOMING, PAST, "/renginiai/2026/12/", "/renginiai/renginiai.json"])
    def test_lists(self, client, django_assert_max_num_queries, address):
        def add(numbers):
            for number in numbers:
                venue = VenueFactory()
                event(f"Bus {number}", at(2026, 12, 1 + number % 28, 10), venue=venue)
                event(f"Buvo {number}", at(2025, 12, 1 + number % 28, 10), venue=VenueFactory(), date_venue=venue)

        add(range(2))
        client.get(address)
        with django_assert_max_num_queries(15) as few:
            client.get(address)
        add(range(2, 20))
        with django_assert_max_num_queries(len(few)):
            client.get(address)

    def test_one_event(self, client, django_assert_max_num_queries):
        page = event("Mokymai", at(2026, 12, 1, 10), date_venue=VenueFactory())
        client.get(page.url)
        with django_assert_max_num_queries(15) as few:
            client.get(page.url)
        for number in range(20):
            EventDate.objects.create(event=page, start=at(2026, 12, 1 + number, 10), venue=VenueFactory())
        with django_assert_max_num_queries(len(few)):
            client.get(page.url)


class TestWholeDays:
    def test_hours_typed_by_the_way_do_not_count(self):
        page = event("Mugė", at(2026, 12, 25, 9), at(2026, 12, 26, 8), all_day=True)
        row = page.dates.get()
        assert (row.start, row.end) == (at(2026, 12, 25), at(2026, 12, 26, 23, 59, 59))
        assert row.over_at == row.end
        assert (row.first_day, row.last_day) == (date(2026, 12, 25), date(2026, 12, 26))

    def test_one_day_may_end_before_it_starts_in_hours(self):
        row = EventDate(event=EventPageFactory(dates=[]), start=at(2026, 12, 25, 9), end=at(2026, 12, 25), all_day=True)
        row.clean()
        row.save()
        assert row.first_day == row.last_day == date(2026, 12, 25)

    @pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
    def test_the_days_when_the_clocks_change_are_whole(self, day):
        row = event("Mugė", at(day.year, day.month, day.day, 12), all_day=True).dates.get()
        assert row.start == at(day.year, day.month, day.day)
        assert row.end == at(day.year, day.month, day.day, 23, 59, 59)
        assert (row.first_day, row.last_day) == (day, day)


class TestRules:
    def test_the_database_itself_refuses_an_end_before_the_start(self):
        row = event("Mokymai", at(2026, 12, 1, 10), at(2026, 12, 1, 12)).dates.get()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                'UPDATE events_eventdate SET "end" = %s WHERE id = %s', [datetime(2026, 11, 30, tzinfo=UTC), row.pk]
            )

    def test_the_database_itself_refuses_the_same_date_twice(self):
        page = event("Mokymai", at(2026, 12, 1, 10))
        row = page.dates.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            EventDate.objects.create(event=page, uid=row.uid, start=row.start)

    @pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
    def test_a_year_that_can_only_be_a_slip(self, year):
        with pytest.raises(ValidationError) as refused:
            EventDate(start=datetime(year, 6, 1, tzinfo=UTC)).clean()
        assert "Patikrinkite metus" in refused.value.message_dict["start"][0]

    @pytest.mark.parametrize("slug", ["2026", "7"])
    def test_an_address_of_digits_would_be_a_year(self, index, slug):
        with pytest.raises(ValidationError):
            index.add_child(instance=EventPage(title="Mokymai", slug=slug))

    @pytest.mark.parametrize("slug", ["mano", "praeje", "prenumerata"])
    def test_an_address_of_a_view_is_taken(self, index, slug):
        page = event("Mokymai", at(2026, 12, 1, 10))
        page.slug = slug
        with pytest.raises(ValidationError):
            page.save()

    def test_publishing_and_copying_derive_what_lists_compare(self):
        page = event("Mokymai", at(2026, 12, 1, 10))
        draft = page.get_latest_revision_as_object()
        row = draft.dates.get()
        row.start, row.end = at(2026, 12, 5, 10), at(2026, 12, 5, 12)
        draft.dates = [row, EventDate(start=at(2026, 12, 6, 9))]
        draft.save_revision().publish()
        page = EventPage.objects.get(pk=page.pk)
        copy = page.copy(update_attrs={"slug": "kopija"})
        for pk in (page.pk, copy.pk):
            rows = EventDate.objects.filter(event=pk).in_order()
            assert [row.over_at for row in rows] == [at(2026, 12, 5, 12), at(2026, 12, 6, 9)]


class TestAdmin:
    def test_an_end_before_the_start_is_refused_beside_it_and_nothing_is_lost(self, editor):
        page = event("Mokymai", at(2026, 12, 1, 10))
        row = {"start": "2026-12-08 10:00", "end": "2026-12-08 09:00", "note": "Pasiimkite pieštuką"}
        form = edit_form(page, [page.dates.get(), row], title="Perrašyta antraštė")
        response = editor.post(f"/admin/pages/{page.pk}/edit/", form)
        assert response.status_code == 200
        dates = response.context["form"].formsets["dates"]
        assert dates.errors == [{}, {"end": ["Pabaiga negali būti ankstesnė už pradžią."]}]
        html = response.content.decode()
        for text in ("Perrašyta antraštė", "Pasiimkite pieštuką", "2026-12-08 09:00"):
            assert text in html
        page.refresh_from_db()
        assert (page.title, page.dates.count()) == ("Mokymai", 1)

    def test_a_draft_may_wait_for_its_date_a_published_event_not(self, editor, index):
        draft = EventPage(title="Be datos", slug="be-datos", venue=VenueFactory())
        address = f"/admin/pages/add/events/eventpage/{index.pk}/"
        refused = editor.post(address, edit_form(draft, []))
        assert refused.status_code == 200
        assert "Renginys neturi nė vienos datos" in refused.content.decode()
        assert not EventPage.objects.exists()
        assert editor.post(address, edit_form(draft, [], action="")).status_code == 302
        assert not EventPage.objects.get().live
        published = editor.post(address, edit_form(draft, [{"start": "2026-12-08 10:00", "end": ""}], slug="su-data"))
        assert published.status_code == 302
        assert EventPage.objects.get(slug="su-data").dates.get().start == at(2026, 12, 8, 10)

    def test_the_last_date_cannot_be_taken_from_a_published_event(self, editor):
        page = event("Mokymai", at(2026, 11, 1, 10))
        form = edit_form(page, [page.dates.get()]) | {"dates-0-DELETE": "1"}
        response = editor.post(f"/admin/pages/{page.pk}/edit/", form)
        assert "Renginys neturi nė vienos datos" in response.content.decode()
        assert page.dates.count() == 1

    @pytest.mark.parametrize(
        ("hour", "words"),
        [
            ("2027-03-28 03:30", "Tokio laiko tą dieną nėra"),
            ("2026-10-25 03:30", "Toks laikas tą dieną būna du kartus"),
            ("rytoj", "Įveskite tinkamą datą/laiką."),
        ],
    )
    def test_an_hour_that_does_not_exist_or_comes_twice_is_asked_about(self, editor, hour, words):
        page = event("Mokymai", at(2026, 12, 1, 10))
        response = editor.post(f"/admin/pages/{page.pk}/edit/", edit_form(page, [{"start": hour, "end": ""}]))
        assert response.status_code == 200
        [errors] = response.context["form"].formsets["dates"].errors
        assert list(errors) == ["start"]
        assert errors["start"][0].startswith(words)
        assert hour in response.content.decode()

    def test_the_preview_of_a_new_event_shows_its_dates(self, editor, index):
        new = EventPage(title="Nauja šventė", slug="nauja")
        rows = [
            {"start": "2026-12-25 10:00", "end": "2026-12-26 10:00", "all_day": "on"},
            {"start": "2026-12-01 10:00", "end": ""},
        ]
        address = f"/admin/pages/add/events/eventpage/{index.pk}/preview/"
        assert editor.post(address, edit_form(new, rows, action="")).json()["is_valid"]
        html = editor.get(f"{address}?mode=").content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "Nauja šventė" in html
        assert html.index("2026 m. gruodžio 1 d., antradienis, 10:00 val.") < html.index("2026 m. gruodžio 25–26 d.")

    def test_the_preview_of_a_changed_event_shows_what_was_typed(self, editor):
        page = event("Mokymai", at(2026, 12, 1, 10), venue=VenueFactory(name="Salė"))
        rows = [page.dates.get(), {"start": "2026-12-09 10:00", "end": "", "note": "Dar neišsaugota"}]
        address = f"/admin/pages/{page.pk}/edit/preview/"
        assert editor.post(address, edit_form(page, rows, action="")).json()["is_valid"]
        assert "Dar neišsaugota" in editor.get(f"{address}?mode=").content.decode()


class TestData:
    def test_json_and_csv_tell_the_same(self, client):
        venue = VenueFactory(name="Salė", address="Vytauto g. 1")
        page = event("=Mokymai; ąčę", at(2026, 12, 8, 10), at(2026, 12, 8, 12), venue=venue, note="Pastaba")
        event("Mugė", at(2026, 12, 25), all_day=True, status="cancelled", venue=None)
        response = client.get("/renginiai/renginiai.json")
        first, second = json.loads(response.content)
        assert first == {
            "id": page.dates.get().calendar_uid,
            "title": "=Mokymai; ąčę",
            "kind": "training",
            "start": "2026-12-08T10:00:00+02:00",
            "end": "2026-12-08T12:00:00+02:00",
            "all_day": False,
            "status": "scheduled",
            "note": "Pastaba",
            "place": "Salė, Vytauto g. 1",
            "eldership": venue.eldership.name,
            "online": False,
            "sample": False,
            "url": "http://testserver" + page.url,
        }
        assert (second["start"], second["end"], second["status"]) == ("2026-12-25", "2026-12-25", "cancelled")
        text = client.get("/renginiai/renginiai.csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["id"] for row in rows] == [first["id"], second["id"]]
        assert rows[0]["title"] == "'=Mokymai; ąčę"


class TestGate:
    """Counts and choices tell nothing of what is hidden; the outputs themselves are in test_leaks."""

    @pytest.mark.parametrize(
        "hide",
        [
            {"live": False},
            {"audience": "members"},
            {"expire_at": NOON - timedelta(minutes=1)},
            {"live": False, "go_live_at": NOON + timedelta(days=1)},
        ],
    )
    def test_a_hidden_event_is_not_counted_nor_does_it_stretch_the_calendar(self, client, hide):
        event("Matomas", at(2026, 12, 1, 10), kind="visit")
        hidden = event("Slaptas", at(2032, 5, 1, 10), kind="signing")
        EventDate.objects.create(event=hidden, start=at(2020, 1, 1, 10))
        EventPage.objects.filter(pk=hidden.pk).update(**hide)
        for address in (UPCOMING, PAST):
            html = client.get(address).content.decode()
            assert "Sutarties pasirašymas" not in html
            assert "2020" not in html
        assert client.get("/renginiai/2032/05/").status_code == 404
        assert client.get(hidden.url).status_code in (403, 404)
        assert client.get(f"{hidden.url}kalendorius.ics").status_code in (403, 404)

    def test_a_section_closed_by_wagtail_hides_its_events(self, client):
        page = event("Slaptas", at(2026, 12, 1, 10))
        Page.objects.get(pk=page.pk).view_restrictions.create(restriction_type="login")
        assert names(client.get(UPCOMING)) == []
        client.force_login(UserFactory())
        assert names(client.get(UPCOMING)) == ["Slaptas"]
