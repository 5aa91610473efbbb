"""Calendars: RFC 5545 to the octet, the same UID for ever, right on the days when the clocks change."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from icalendar import Calendar
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page, PageViewRestriction

from events.calendars import private_calendar_url
from events.ical import calendar_response
from events.models import CalendarKey, EventDate, EventKind, EventPage
from events.models.pages import KIND_CALENDARS
from tests.event_admin import edit_form
from tests.factories import EventIndexPageFactory, EventPageFactory, UserFactory, VenueFactory, at

pytestmark = pytest.mark.django_db
FEED = "/renginiai/kalendorius.ics"


def events_of(response):
    """The VEVENTs of an answer, in order."""
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def add_date(event, start, end=None, **fields):
    """One more date of an event."""
    return EventDate.objects.create(event=event, start=start, end=end, **fields)


def test_a_date_is_told_whole(client):
    venue = VenueFactory(
        name="Daugų kultūros centras", address="Vytauto g. 33, Daugai", latitude="54.366", longitude="24.34"
    )
    event = EventPageFactory(
        title="Mokymai „Ąčęėįšųūž“; dalis, pirma",
        summary="Viena\ndi\\ena",
        venue=venue,
        online_url="https://example.lt/kambarys",
        dates=[],
    )
    date_ = add_date(event, at(2026, 12, 3, 10), at(2026, 12, 3, 12, 30), note="Pasiimkite pieštuką")
    response = client.get(FEED)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [found] = events_of(response)
    assert found["summary"] == "Mokymai „Ąčęėįšųūž“; dalis, pirma"
    assert found["dtstart"].dt == datetime(2026, 12, 3, 8, tzinfo=UTC)
    assert found["dtend"].dt == datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    assert found["uid"] == date_.calendar_uid
    assert found["status"] == "CONFIRMED"
    assert found["location"] == "Daugų kultūros centras, Vytauto g. 33, Daugai"
    assert found["geo"].to_ical() == "54.366;24.34"
    assert found["url"] == "http://testserver" + event.url
    assert found["description"] == "Pasiimkite pieštuką\n\nViena\ndi\\ena\n\nhttps://example.lt/kambarys"
    assert b"DTSTART:20261203T080000Z\r\n" in response.content


def test_the_feed_names_itself_and_says_how_often_to_ask(client):
    EventPageFactory()
    text = client.get(FEED).content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "X-WR-CALNAME:VVG: renginiai\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert "X-PUBLISHED-TTL:PT6H\r\n" in text
    # With a METHOD it would be an invitation, which RFC 5546 wants an ORGANIZER in.
    assert "METHOD" not in text


def test_whole_days_end_with_the_day_after_the_last(client):
    event = EventPageFactory(dates=[])
    add_date(event, at(2026, 12, 25, 9), at(2026, 12, 26, 15), all_day=True)
    add_date(event, at(2027, 1, 5, 9), all_day=True)
    first, second = events_of(client.get(FEED))
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2026, 12, 25), date(2026, 12, 27))
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2027, 1, 5), date(2027, 1, 6))
    assert b"DTSTART;VALUE=DATE:20261225\r\n" in client.get(FEED).content


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        # Spring: at 03:00 the clocks go on to 04:00.
        (at(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        (at(2027, 3, 28, 4, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (at(2027, 3, 28, 10), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        # Autumn: at 04:00 they go back to 03:00, so that 03:30 comes twice.
        (at(2026, 10, 25, 2, 30), datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        (at(2026, 10, 25, 3, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (at(2026, 10, 25, 3, 30).replace(fold=1), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (at(2026, 10, 25, 4, 30), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_the_days_when_the_clocks_change(client, start, utc):
    add_date(EventPageFactory(dates=[]), start.astimezone(UTC))
    [found] = events_of(client.get(FEED))
    assert found["dtstart"].dt == utc


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
def test_a_whole_day_on_which_the_clocks_change_is_one_day(client, day):
    row = add_date(EventPageFactory(dates=[]), at(day.year, day.month, day.day, 12), all_day=True)
    row.refresh_from_db()
    assert (row.first_day, row.last_day) == (day, day)
    [found] = events_of(client.get(FEED))
    assert (found["dtstart"].dt, found["dtend"].dt) == (day, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("status", "word", "summary"),
    [("cancelled", "CANCELLED", "Atšaukta: Žygis"), ("postponed", "TENTATIVE", "Atidėta: Žygis")],
)
def test_what_will_not_be_stays_and_says_so(client, status, word, summary):
    add_date(EventPageFactory(title="Žygis", dates=[]), at(2026, 12, 3, 10), status=status)
    [found] = events_of(client.get(FEED))
    assert (found["status"], found["summary"]) == (word, summary)


def test_lines_are_folded_by_octets_and_no_letter_is_split(client):
    for length in range(60, 76):
        EventPageFactory(title="ą" * length + "„“ žodis", summary="šų" * 140)
    lines = client.get(FEED).content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()
    titles = {str(found["summary"]) for found in events_of(client.get(FEED))}
    assert titles == {"ą" * length + "„“ žodis" for length in range(60, 76)}


def test_control_characters_do_not_get_through(client):
    EventPageFactory(title="Prieš\x0bpo", summary="a\x85b\x1fc\td\ne")
    [found] = events_of(client.get(FEED))
    assert (found["summary"], found["description"]) == ("Priešpo", "abc\td\ne")


def test_a_line_break_in_a_title_adds_no_line(client):
    EventPageFactory(title="Vienas\r\nSTATUS:CANCELLED")
    [found] = events_of(client.get(FEED))
    assert found["status"] == "CONFIRMED"


def test_an_empty_calendar_is_valid(client):
    EventIndexPageFactory()
    response = client.get(FEED)
    calendar = Calendar.from_ical(response.content)
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Vilnius"
    vilnius = zone.to_tz()
    assert datetime(2026, 7, 1, tzinfo=vilnius).utcoffset() == timedelta(hours=3)
    assert datetime(2026, 12, 1, tzinfo=vilnius).utcoffset() == timedelta(hours=2)
    assert datetime(2027, 3, 28, 4, 30, tzinfo=vilnius).utcoffset() == timedelta(hours=3)


def test_the_calendar_of_one_event_has_its_dates_alone(client):
    event, other = EventPageFactory(), EventPageFactory()
    found = events_of(client.get(event.url + "kalendorius.ics"))
    assert [str(item["uid"]) for item in found] == [event.dates.get().calendar_uid]
    assert other.dates.get().calendar_uid not in client.get(event.url + "kalendorius.ics").content.decode()


def test_asking_again_costs_nothing(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    event = EventPageFactory()
    event.save_revision().publish()
    first = client.get(FEED)
    time_machine.move_to(datetime(2026, 11, 23, 15, tzinfo=UTC))
    again = client.get(FEED)
    assert again.content == first.content
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304
    event.title = "Kitas vardas"
    event.save_revision().publish()
    changed = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    [found] = events_of(changed)
    assert found["last-modified"].dt == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_the_size_of_a_calendar_does_not_cost_queries(client, django_assert_max_num_queries):
    for _ in range(3):
        EventPageFactory()
    client.get(FEED)  # the first request of a process asks what types there are
    with django_assert_max_num_queries(15) as few:
        client.get(FEED)
    for _ in range(27):
        EventPageFactory()
    with django_assert_max_num_queries(len(few)):
        assert len(events_of(client.get(FEED))) == 30


class TestUid:
    """The UID of a date, under everything that can happen to its page."""

    @pytest.fixture
    def event(self):
        return EventPageFactory(title="Žygis")

    @pytest.fixture
    def uid(self, event):
        return event.dates.get().calendar_uid

    def test_it_is_a_uuid_that_two_dates_do_not_share(self, event, uid):
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uid)
        assert add_date(event, at(2027, 1, 1, 10)).calendar_uid != uid

    def test_it_survives_a_new_revision_and_its_publication(self, event, uid):
        page = event.get_latest_revision_as_object()
        page.title = "Naujas vardas"
        page.save_revision().publish()
        assert EventPage.objects.get(pk=event.pk).dates.get().calendar_uid == uid

    def test_it_survives_going_back_to_an_old_revision(self, event, uid):
        old = event.save_revision()
        known = event.dates.get().uid
        event.dates = [EventDate(start=at(2027, 2, 1, 10))]
        event.save_revision().publish()
        assert EventDate.objects.get(event=event, uid=known).status == "cancelled"
        old.as_object().save_revision().publish()
        row = EventDate.objects.get(event=event, uid=known)
        assert (row.calendar_uid, row.status) == (uid, "scheduled")

    def test_it_survives_another_address(self, event, uid):
        event.slug = "kitas-adresas"
        event.save_revision().publish()
        assert EventPage.objects.get(pk=event.pk).dates.get().calendar_uid == uid

    def test_it_survives_a_move(self, event, uid):
        home = event.get_parent().get_parent()
        Page.objects.get(pk=event.pk).move(home, pos="last-child")
        assert EventPage.objects.get(pk=event.pk).dates.get().calendar_uid == uid

    def test_a_copy_has_another(self, event, uid):
        copy = event.copy(update_attrs={"slug": "kopija"})
        assert copy.dates.get().calendar_uid != uid
        assert event.dates.get().calendar_uid == uid
        again = CopyPageAction(page=copy, update_attrs={"slug": "kopija-2"}).execute(skip_permission_checks=True)
        assert len({uid, copy.dates.get().calendar_uid, again.dates.get().calendar_uid}) == 3

    def test_it_survives_the_editors_form(self, event, uid, client):
        client.force_login(UserFactory(is_superuser=True))
        row = event.dates.get()
        response = client.post(f"/admin/pages/{event.pk}/edit/", edit_form(event, [row], title="Iš formos"))
        assert response.status_code == 302
        saved = EventPage.objects.get(pk=event.pk)
        assert saved.title == "Iš formos"
        assert [date_.calendar_uid for date_ in saved.dates.all()] == [uid]


def test_a_calendar_needs_no_published_revision():
    event = EventPageFactory()
    EventPage.objects.filter(pk=event.pk).update(first_published_at=None, last_published_at=None)
    event.refresh_from_db()
    request = RequestFactory().get("/")
    response = calendar_response(event.ordered_dates, request, "vienas", "Vienas")
    [found] = events_of(response)
    assert found["dtstamp"].dt == event.dates.get().start


class TestSubscribing:
    """The calendars that there are, and the page that says how to have them."""

    def test_each_kind_has_its_own(self, client):
        for kind in EventKind:
            EventPageFactory(title=f"Renginys {kind.value}", kind=kind)
            EventPageFactory(title=f"Nariams {kind.value}", kind=kind, audience="members")
        assert set(KIND_CALENDARS) == set(EventKind)
        for kind, (name, title) in KIND_CALENDARS.items():
            response = client.get(f"/renginiai/{name}.ics")
            assert [str(found["summary"]) for found in events_of(response)] == [f"Renginys {kind.value}"]
            assert f"X-WR-CALNAME:VVG: {title.lower()}\r\n" in response.content.decode()
            assert response["Content-Disposition"] == f'inline; filename="{name}.ics"'
        for name in ("nera", "mano", "training", "mokymai-"):
            assert client.get(f"/renginiai/{name}.ics").status_code == 404

    def test_the_page_has_every_address_as_text_and_as_a_link(self, client):
        EventIndexPageFactory()
        html = client.get("/renginiai/prenumerata/").content.decode()
        for name in ("kalendorius", *(name for name, _ in KIND_CALENDARS.values())):
            assert f">http://testserver/renginiai/{name}.ics<" in html
            assert f'href="webcal://testserver/renginiai/{name}.ics"' in html
        for program in ("iPhone", "Android", "Google", "Outlook", "Mac", "Thunderbird"):
            assert program in html
        assert 'href="/nariams/kalendorius/"' in html
        assert 'href="/renginiai/prenumerata/"' in client.get("/renginiai/").content.decode()

    def test_one_date_of_an_event(self, client, time_machine):
        time_machine.move_to(at(2026, 11, 22, 12))
        event = EventPageFactory(dates=[(at(2026, 12, 1, 10), None), (at(2026, 12, 2, 10), None)])
        html = client.get(event.url).content.decode()
        for row in event.dates.all():
            address = f"{event.url}kalendorius.ics?data={row.calendar_uid}"
            assert f'href="{address}"' in html
            assert [found["uid"] for found in events_of(client.get(address))] == [row.calendar_uid]
        assert client.get(f"{event.url}kalendorius.ics?data=nera").status_code == 404


class TestPrivateCalendar:
    """The address of one person."""

    @pytest.fixture
    def user(self):
        user = UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="read_members_content"))
        return user

    @pytest.fixture
    def address(self, user):
        return private_calendar_url(CalendarKey.objects.create(user=user)).removeprefix("http://testserver")

    @pytest.fixture(autouse=True)
    def events(self):
        EventPageFactory(title="Visiems")
        EventPageFactory(title="Nariams", audience="members")
        EventPageFactory(title="Juodraštis", live=False)

    def titles(self, response):
        """What a calendar has."""
        return {str(found["summary"]) for found in events_of(response)}

    def test_it_shows_what_its_owner_may_see_whoever_asks(self, client, address):
        assert self.titles(client.get(address)) == {"Visiems", "Nariams"}
        client.force_login(UserFactory())
        assert self.titles(client.get(address)) == {"Visiems", "Nariams"}
        assert self.titles(client.get(FEED)) == {"Visiems"}

    def test_a_member_who_is_signed_in_sees_as_much_at_the_common_address(self, client, user):
        assert self.titles(client.get(FEED)) == {"Visiems"}
        client.force_login(user)
        response = client.get(FEED)
        assert self.titles(response) == {"Visiems", "Nariams"}
        assert response["Cache-Control"] == "private, no-store"

    def test_a_section_for_a_group_shows_to_whoever_is_in_it(self, client, address, user):
        group = Group.objects.create(name="Valdyba")
        rule = PageViewRestriction.objects.create(
            page=EventPage.objects.get(title="Visiems"), restriction_type="groups"
        )
        rule.groups.add(group)
        assert self.titles(client.get(address)) == {"Nariams"}
        user.groups.add(group)
        assert self.titles(client.get(address)) == {"Visiems", "Nariams"}

    def test_what_whoever_asks_has_unlocked_stays_locked(self, client, address):
        page = EventPage.objects.get(title="Visiems")
        rule = PageViewRestriction.objects.create(page=page, restriction_type="password", password="slaptas")
        session = client.session
        session["passed_page_view_restrictions"] = [rule.pk]
        session.save()
        assert self.titles(client.get(FEED)) == {"Visiems"}
        assert self.titles(client.get(address)) == {"Nariams"}

    def test_nobody_else_is_to_keep_it_or_to_be_told_of_it(self, client, address):
        for response in (client.get(address), client.get("/renginiai/mano/nera.ics")):
            assert response["Cache-Control"] == "private, no-cache"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex"
            assert "Set-Cookie" not in response

    def test_it_is_conditional_compressed_or_not(self, client, address):
        for _ in range(20):
            EventPageFactory()
        for headers in ({}, {"accept-encoding": "gzip"}):
            first = client.get(address, headers=headers)
            assert first.status_code == 200
            assert first.get("Content-Encoding") == headers.get("accept-encoding")
            again = client.get(address, headers={**headers, "if-none-match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
        EventPageFactory()
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200

    def test_every_key_that_opens_nothing_is_answered_alike(self, client, address, user):
        answers = [client.get("/renginiai/mano/nera.ics")]
        CalendarKey.objects.get().renew()
        answers.append(client.get(address))
        address = private_calendar_url(CalendarKey.objects.get())
        assert self.titles(client.get(address)) == {"Visiems", "Nariams"}
        user.is_active = False
        user.save()
        answers.append(client.get(address))
        user.is_active = True
        user.save()
        user.user_permissions.clear()
        answers.append(client.get(address))
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(sorted(answer.items())) for answer in answers}) == 1

    def test_keys_are_long_and_never_the_same(self):
        keys = {CalendarKey.objects.create(user=UserFactory()).token for _ in range(20)}
        assert len(keys) == 20
        assert min(map(len, keys)) >= 43

    def test_nobody_writes_to_it(self, client, address):
        assert client.post(address).status_code == 405


def test_two_readers_written_independently_understand_it_alike(client, time_machine):
    time_machine.move_to(at(2026, 10, 1, 12))
    event = EventPageFactory(
        title="Mokymai „Ąžuolas“; pirma, antra\\dalis",
        summary="Ilga santrauka, " * 15,
        online_url="https://example.lt/k?a=1,2;b",
        dates=[],
    )
    moments = [
        # Around and over both nights when the clocks change.
        (at(2026, 10, 24, 22), at(2026, 10, 25, 5)),
        (at(2026, 10, 25, 10), at(2026, 10, 25, 12)),
        (at(2027, 3, 27, 22), at(2027, 3, 28, 5)),
        (at(2027, 3, 28, 10), None),
    ]
    rows = [add_date(event, start.astimezone(UTC), end and end.astimezone(UTC)) for start, end in moments]
    rows.append(add_date(event, at(2026, 10, 25, 9), all_day=True))
    rows.append(add_date(event, at(2027, 3, 26, 9), at(2027, 3, 29, 9), all_day=True))
    for row, change in ((rows[1], {"status": "cancelled"}), (rows[3], {"start": at(2027, 3, 28, 11)})):
        for name, value in change.items():
            setattr(row, name, value)
        row.save()
    response = client.get(FEED)
    ours = {
        str(found["uid"]): (
            found["dtstart"].dt,
            found["dtend"].dt if "dtend" in found else None,
            *(str(found[name]) for name in ("summary", "status", "sequence", "description", "url")),
        )
        for found in events_of(response)
    }
    theirs = {
        found.uid.value: (
            found.dtstart.value,
            found.dtend.value if hasattr(found, "dtend") else None,
            *(found.getChildValue(name) for name in ("summary", "status", "sequence", "description", "url")),
        )
        for found in vobject.readOne(response.content.decode()).vevent_list
    }
    assert ours == theirs
    first, cancelled, spring, moved, day, days = (ours[row.calendar_uid] for row in rows)
    assert (first[1] - first[0], spring[1] - spring[0]) == (timedelta(hours=8), timedelta(hours=6))
    assert cancelled[3:5] == ("CANCELLED", "1")
    assert (moved[0], moved[3:5]) == (datetime(2027, 3, 28, 8, tzinfo=UTC), ("CONFIRMED", "1"))
    assert day[:2] == (date(2026, 10, 25), date(2026, 10, 26))
    assert days[:2] == (date(2027, 3, 26), date(2027, 3, 30))
