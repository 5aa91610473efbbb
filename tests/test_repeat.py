"""The "repeat" helper: which days it finds, at which hours, what it refuses and how it says so."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission

from events.models import EventDate, EventPage
from events.repetition import MOST, NotTheLast, Rhythm, TooMany, repeated_days
from tests.event_admin import edit_form
from tests.factories import VILNIUS, EventIndexPageFactory, UserFactory, VenueFactory

ADDRESS = "/admin/kartoti-datas/"


def texts(days):
    """Days as their ISO texts."""
    return [day.isoformat() for day in days]


class TestDays:
    """The days, whatever their hours."""

    def test_weekly_to_a_day_and_that_day_too(self):
        days, skipped = repeated_days(date(2026, 12, 1), Rhythm.WEEKLY, until=date(2026, 12, 22))
        assert texts(days) == ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
        assert not skipped
        assert len(repeated_days(date(2026, 12, 1), Rhythm.WEEKLY, until=date(2026, 12, 21))[0]) == 3

    def test_fortnightly_over_the_year(self):
        days, _ = repeated_days(date(2026, 12, 22), Rhythm.FORTNIGHTLY, times=3)
        assert texts(days) == ["2026-12-22", "2027-01-05", "2027-01-19"]

    def test_monthly_by_day(self):
        days, _ = repeated_days(date(2026, 11, 15), Rhythm.MONTHLY_BY_DAY, times=3)
        assert texts(days) == ["2026-11-15", "2026-12-15", "2027-01-15"]

    def test_months_without_the_day_are_skipped_and_told(self):
        days, skipped = repeated_days(date(2027, 1, 31), Rhythm.MONTHLY_BY_DAY, times=4)
        assert texts(days) == ["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31"]
        assert texts(skipped) == ["2027-02-01", "2027-04-01", "2027-06-01"]

    def test_the_29th_of_february_comes_in_leap_years(self):
        days, skipped = repeated_days(date(2028, 1, 29), Rhythm.MONTHLY_BY_DAY, times=3)
        assert texts(days) == ["2028-01-29", "2028-02-29", "2028-03-29"]
        days, skipped = repeated_days(date(2027, 1, 29), Rhythm.MONTHLY_BY_DAY, times=2)
        assert (texts(days), texts(skipped)) == (["2027-01-29", "2027-03-29"], ["2027-02-01"])

    def test_the_second_tuesday(self):
        days, _ = repeated_days(date(2026, 12, 8), Rhythm.MONTHLY_BY_WEEKDAY, times=4)
        assert texts(days) == ["2026-12-08", "2027-01-12", "2027-02-09", "2027-03-09"]

    def test_the_fifth_thursday_is_not_in_every_month(self):
        days, skipped = repeated_days(date(2026, 12, 31), Rhythm.MONTHLY_BY_WEEKDAY, until=date(2027, 4, 30))
        assert texts(days) == ["2026-12-31", "2027-04-29"]
        assert texts(skipped) == ["2027-01-01", "2027-02-01", "2027-03-01"]

    def test_the_last_friday(self):
        days, skipped = repeated_days(date(2026, 11, 27), Rhythm.MONTHLY_BY_LAST_WEEKDAY, times=4)
        assert texts(days) == ["2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"]
        assert not skipped

    def test_what_is_not_the_last_is_not_taken_for_it(self):
        with pytest.raises(NotTheLast):
            repeated_days(date(2026, 11, 20), Rhythm.MONTHLY_BY_LAST_WEEKDAY, times=4)

    @pytest.mark.parametrize("rhythm", Rhythm)
    def test_every_rhythm_begins_with_the_first_day_and_is_bounded(self, rhythm):
        first = date(2026, 12, 31)
        days, _ = repeated_days(first, rhythm, times=MOST)
        assert (days[0], len(days), days) == (first, MOST, sorted(set(days)))
        with pytest.raises(TooMany):
            repeated_days(first, rhythm, until=date(2200, 1, 1))

    @pytest.mark.parametrize("start", [date(2027, 1, day) for day in range(1, 32)])
    def test_the_weekday_and_its_number_stay(self, start):
        days, _ = repeated_days(start, Rhythm.MONTHLY_BY_WEEKDAY, times=12)
        assert {(day.weekday(), (day.day - 1) // 7) for day in days} == {(start.weekday(), (start.day - 1) // 7)}


@pytest.mark.django_db
class TestAnswers:
    """What the editor's form is told."""

    @pytest.fixture
    def editor(self, client):
        """A client of somebody who may do everything in the admin."""
        client.force_login(UserFactory(is_superuser=True))
        return client

    def ask(self, client, **query):
        """The answer to a question, which asks for weekly dates unless told."""
        query = {"start": "2026-12-01 10:00", "end": "", "rhythm": "weekly", "until": "", "times": ""} | query
        return client.get(ADDRESS, query)

    def rows(self, client, **query):
        """The rows of an answer."""
        response = self.ask(client, **query)
        assert response.status_code == 200, response.content
        return response.json()["rows"]

    def errors(self, client, **query):
        """What is refused, by field."""
        response = self.ask(client, **query)
        assert response.status_code == 400
        return response.json()["errors"]

    def test_rows_for_the_form_without_the_first(self, editor):
        assert self.rows(editor, end="2026-12-01 12:30", times="3") == [
            ["2026-12-08 10:00", "2026-12-08 12:30"],
            ["2026-12-15 10:00", "2026-12-15 12:30"],
        ]

    @pytest.mark.parametrize(("first", "utc"), [("2026-10-18 10:00", (7, 8)), ("2027-03-21 10:00", (8, 7))])
    def test_the_hour_on_the_clock_stays_when_the_clocks_change(self, editor, first, utc):
        [[start, _]] = self.rows(editor, start=first, times="2")
        assert start[11:] == "10:00"
        moments = [datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VILNIUS) for text in (first, start)]
        assert tuple(10 - moment.utcoffset() // timedelta(hours=1) for moment in moments) == utc

    @pytest.mark.parametrize(
        ("first", "day", "word"),
        [
            ("2027-03-21 03:30", "2027 m. kovo 28 d.", "tokio laiko tą dieną nėra"),
            ("2026-10-18 03:30", "2026 m. spalio 25 d.", "toks laikas tą dieną būna du kartus"),
        ],
    )
    def test_an_hour_that_is_missing_or_comes_twice_is_left_out_and_said(self, editor, first, day, word):
        answer = self.ask(editor, start=first, times="3").json()
        assert len(answer["rows"]) == 1
        assert f"{day} ({word})" in answer["text"].replace("\N{NO-BREAK SPACE}", " ")

    def test_the_end_counts_too(self, editor):
        answer = self.ask(editor, start="2027-03-20 23:00", end="2027-03-21 03:30", times="2").json()
        assert not answer["rows"]
        assert "kovo" in answer["text"]

    def test_whole_days_know_no_hours(self, editor):
        rows = self.rows(editor, start="2027-03-21 03:30", end="2027-03-22 09:00", all_day="on", times="2")
        assert rows == [["2027-03-28 00:00", "2027-03-29 00:00"]]

    def test_skipped_months_are_said(self, editor):
        answer = self.ask(editor, start="2027-01-31 10:00", rhythm="monthly_by_day", times="3").json()
        text = answer["text"].replace("\N{NO-BREAK SPACE}", " ")
        assert text.startswith("Įrašyta: 2 datos. ")
        assert text.endswith(" Praleista, nes tokios datos nėra: 2027 m. vasario mėn., 2027 m. balandžio mėn.")

    def test_what_stands_in_the_form_is_not_made_twice(self, editor):
        assert self.rows(editor, times="3", have=["2026-12-01 10:00", "2026-12-08 10:00"]) == [["2026-12-15 10:00", ""]]
        answer = self.ask(editor, times="2", have=["2026-12-08 10:00"]).json()
        assert answer == {"rows": [], "text": "Visos šios datos jau įrašytos."}

    @pytest.mark.parametrize(
        ("query", "field", "words"),
        [
            ({"start": "", "times": "3"}, "start", "Pirmiausia įrašykite pirmosios datos pradžią"),
            ({"start": "rytoj", "times": "3"}, "start", "Įveskite"),
            ({"start": "2027-03-28 03:30", "times": "3"}, "start", "Tokio laiko tą dieną nėra"),
            ({"end": "2026-11-30 10:00", "times": "3"}, "end", "ankstesnė už pradžią"),
            ({}, "until", "Nurodykite viena"),
            ({"times": "3", "until": "2026-12-24"}, "until", "Nurodykite viena"),
            ({"until": "2026-12-01"}, "until", "vėlesnė už pirmąją"),
            ({"until": "9999-12-31"}, "until", "vėlesnė už pirmąją"),
            ({"until": "2199-12-31"}, "until", "daugiau kaip 60"),
            ({"until": "gruodis"}, "until", "2027-05-31"),
            ({"times": "1"}, "times", "bent du"),
            ({"times": "61"}, "times", "60 datų"),
            ({"times": "du"}, "times", "Įrašykite skaičių"),
            ({"times": "9" * 5000}, "times", "Įrašykite skaičių"),
            ({"rhythm": "yearly", "times": "3"}, "rhythm", "yearly"),
            ({"rhythm": "monthly_by_last_weekday", "times": "3"}, "rhythm", "ne paskutinis mėnesio antradienis"),
        ],
    )
    def test_refusals_are_said_beside_their_field(self, editor, query, field, words):
        errors = self.errors(editor, **query)
        assert list(errors) == [field]
        assert words in errors[field]

    def test_only_who_may_edit_pages_asks(self, client):
        assert self.ask(client, times="3").status_code == 302
        user = UserFactory()
        client.force_login(user)
        assert self.ask(client, times="3").status_code in (302, 403)
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        assert self.ask(client, times="3").status_code in (302, 403)
        user.groups.add(Group.objects.get(name="Editors"))
        assert self.ask(client, times="3").status_code == 200
        assert client.post(ADDRESS).status_code == 405

    def test_the_form_has_the_helper_and_its_script(self, editor):
        index = EventIndexPageFactory()
        html = editor.get(f"/admin/pages/add/events/eventpage/{index.pk}/").content.decode()
        assert f'data-repeat="{ADDRESS}"' in html
        assert "js/repeat.js" in html
        for rhythm in Rhythm:
            assert f'<option value="{rhythm}">' in html

    def test_its_rows_are_saved_as_dates(self, editor):
        index = EventIndexPageFactory()
        rows = [["2027-03-21 10:00", ""], *self.rows(editor, start="2027-03-21 10:00", times="3")]
        rows = [{"start": start, "end": end} for start, end in rows]
        form = edit_form(EventPage(title="Mokymai", slug="mokymai", venue=VenueFactory()), rows)
        assert editor.post(f"/admin/pages/add/events/eventpage/{index.pk}/", form).status_code == 302
        starts = [row.start.astimezone(VILNIUS) for row in EventDate.objects.in_order()]
        assert [f"{start:%m-%d %H:%M}" for start in starts] == ["03-21 10:00", "03-28 10:00", "04-04 10:00"]
