"""Dates that change after others know of them: none is lost, calendars are told, and so is who has registered."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import serializers
from icalendar import Calendar

from core.uses import is_in_trash
from events.models import EventDate, EventPage, Registration
from outbox.models import Letter
from tests.event_admin import edit_form
from tests.factories import NOON, EventPageFactory, UserFactory, VenueFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def event():
    """An event on two days ahead and one behind, published."""
    days = [(at(2026, 11, 1, 10), None), (at(2026, 12, 1, 10), at(2026, 12, 1, 12)), (at(2026, 12, 8, 10), None)]
    page = EventPageFactory(title="Mokymai", venue=VenueFactory(name="Daugai"), dates=days)
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


@pytest.fixture
def editor(client):
    """A client of somebody who may do everything in the admin."""
    client.force_login(UserFactory(is_superuser=True))
    return client


def rows(event):
    """The dates as stored, nearest first: past, first, second."""
    return list(EventDate.objects.filter(event=event).in_order())


def publish(event, **changes):
    """Publish the event with changed dates: {number of the date: {field: value}}, or other fields of the page."""
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    dates = sorted(draft.dates.all(), key=lambda date: date.start)
    for name, value in changes.items():
        if name.startswith("date"):
            for field, new in value.items():
                setattr(dates[int(name[4:])], field, new)
        else:
            setattr(draft, name, value)
    draft.dates = dates
    draft.save_revision().publish()


def publish_without(event, *numbers):
    """Publish the event as if it had no such dates."""
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    dates = sorted(draft.dates.all(), key=lambda date: date.start)
    draft.dates = [date for number, date in enumerate(dates) if number not in numbers]
    draft.save_revision().publish()


def register(event, name="Atstovas", **fields):
    """Somebody registered for all dates, or for `date`."""
    fields = {"email": f"{name.lower()}@example.lt", "state": "registered"} | fields
    return Registration.objects.create(event=event, name=name, **fields)


class TestSequence:
    """The number by which calendars know the newest version of a date."""

    @pytest.mark.parametrize(
        "change",
        [
            {"start": at(2026, 12, 2, 10), "end": None},
            {"end": at(2026, 12, 1, 13)},
            {"all_day": True},
            {"status": "cancelled"},
            {"status": "postponed"},
        ],
    )
    def test_what_a_calendar_must_know_counts(self, event, change, time_machine):
        time_machine.shift(timedelta(hours=1))
        publish(event, date1=change)
        past, first, second = rows(event)
        assert (first.sequence, first.changed_at) == (1, NOON + timedelta(hours=1))
        assert (past.sequence, past.changed_at, second.sequence) == (0, None, 0)

    def test_its_own_place_counts(self, event):
        publish(event, date1={"venue": VenueFactory()})
        assert [row.sequence for row in rows(event)] == [0, 1, 0]

    def test_what_a_calendar_need_not_know_does_not(self, event):
        publish(event, date1={"note": "Pasiimkite pieštuką", "capacity": 5}, title="Kitaip")
        assert [row.sequence for row in rows(event)] == [0, 0, 0]

    def test_a_place_of_the_event_is_the_place_of_its_dates(self, event):
        publish(event, date2={"venue": VenueFactory()})
        publish(event, venue=VenueFactory())
        assert [row.sequence for row in rows(event)] == [1, 1, 1]
        publish(event, online_url="https://example.lt/k")
        assert [row.sequence for row in rows(event)] == [2, 2, 2]

    def test_an_old_revision_is_a_new_version(self, event):
        old = event.latest_revision
        publish(event, date1={"start": at(2026, 12, 1, 9)})
        publish(event, date1={"status": "cancelled"})
        old.publish()
        first = rows(event)[1]
        assert (first.start, first.status, first.sequence) == (at(2026, 12, 1, 10), "scheduled", 3)

    def test_an_old_revision_that_changes_nothing_turns_no_count_back(self, event):
        old = event.latest_revision
        publish(event, date1={"start": at(2026, 12, 1, 9)})
        publish(event, date1={"start": at(2026, 12, 1, 10)})
        before = rows(event)[1].changed_at
        old.publish()
        assert (rows(event)[1].sequence, rows(event)[1].changed_at) == (2, before)

    def test_a_date_that_comes_back_has_a_higher_one_than_it_ever_had(self, event):
        old = event.latest_revision
        for hour in (11, 12, 13):
            publish(event, date0={"start": at(2026, 11, 1, hour)})
        uid = rows(event)[0].calendar_uid
        publish_without(event, 0)
        assert len(rows(event)) == 2
        old.publish()
        assert rows(event)[0].calendar_uid == uid
        assert rows(event)[0].sequence > 3

    def test_calendars_are_told(self, event, client, time_machine):
        time_machine.shift(timedelta(hours=1))
        publish(event, date1={"start": at(2026, 12, 2, 10), "end": None})
        time_machine.shift(timedelta(hours=1))
        publish(event, date1={"status": "cancelled"})
        text = client.get("/renginiai/kalendorius.ics")
        found = {component["uid"]: component for component in Calendar.from_ical(text.content).walk("VEVENT")}
        first = found[rows(event)[1].calendar_uid]
        assert (first["sequence"], first["status"], first["dtstart"].dt) == (2, "CANCELLED", at(2026, 12, 2, 10))
        assert first["last-modified"].dt == first["dtstamp"].dt == NOON + timedelta(hours=2)
        assert len(found) == 3
        assert not {"RECURRENCE-ID", "RRULE", "VALARM"} & {line.split(":")[0] for line in text.content.decode().split()}

    def test_a_change_not_by_publishing_is_told_too(self, event, client, time_machine):
        time_machine.shift(timedelta(hours=1))
        row = rows(event)[1]
        row.status = "cancelled"
        row.save()
        [found] = [
            component
            for component in Calendar.from_ical(client.get("/renginiai/kalendorius.ics").content).walk("VEVENT")
            if component["uid"] == row.calendar_uid
        ]
        assert (found["sequence"], found["last-modified"].dt) == (1, NOON + timedelta(hours=1))


class TestKept:
    """A date that others know of is cancelled, never gone."""

    def test_the_form_refuses_beside_the_date_and_shows_it_again(self, editor, event):
        past, first, second = rows(event)
        form = edit_form(event, [past, first, second]) | {"dates-1-DELETE": "1", "dates-1-note": "Pastaba"}
        response = editor.post(f"/admin/pages/{event.pk}/edit/", form)
        assert response.status_code == 200
        shown = response.context["form"].formsets["dates"].forms[1]
        assert "Netrinkite" in shown.errors["status"][0]
        assert not shown["DELETE"].value()
        html = response.content.decode()
        assert "gruodžio" in html
        assert 'value="Pastaba"' in html
        assert len(rows(event)) == 3

    def test_a_draft_refuses_as_well(self, editor, event):
        form = edit_form(event, rows(event), action="") | {"dates-1-DELETE": "1"}
        assert editor.post(f"/admin/pages/{event.pk}/edit/", form).status_code == 200

    def test_what_is_over_may_go_unless_somebody_has_registered(self, editor, event):
        form = edit_form(event, rows(event)) | {"dates-0-DELETE": "1"}
        register(event, date=rows(event)[0])
        assert editor.post(f"/admin/pages/{event.pk}/edit/", form).status_code == 200
        Registration.objects.all().delete()
        assert editor.post(f"/admin/pages/{event.pk}/edit/", form).status_code == 302
        assert len(rows(event)) == 2

    def test_what_was_never_published_may_go(self, editor, event):
        draft = EventPageFactory(live=False, first_published_at=None, dates=[(at(2026, 12, 1, 10), None)] * 2)
        form = edit_form(draft, rows(draft), action="") | {"dates-0-DELETE": "1"}
        assert editor.post(f"/admin/pages/{draft.pk}/edit/", form).status_code == 302

    def test_an_old_revision_cancels_what_it_does_not_know(self, event):
        old = event.latest_revision
        draft = event.get_latest_revision_as_object()
        draft.dates.add(EventDate(start=at(2026, 12, 24, 10)))
        draft.save_revision().publish()
        uid = rows(event)[3].calendar_uid
        old.publish()
        added = rows(event)[3]
        assert (added.calendar_uid, added.status, added.sequence) == (uid, "cancelled", 1)

    def test_a_date_behind_with_registrations_stays_as_it_was(self, event):
        register(event, date=rows(event)[0])
        publish_without(event, 0, 1)
        assert [row.status for row in rows(event)] == ["scheduled", "cancelled", "scheduled"]

    def test_it_is_kept_while_the_event_is_out_of_sight(self, event):
        event.unpublish()
        publish_without(event, 1)
        assert [row.status for row in rows(event)] == ["scheduled", "cancelled", "scheduled"]

    def test_an_alias_keeps_its_dates_under_their_uids(self, event):
        alias = event.create_alias(update_slug="kitur")
        uids = [row.calendar_uid for row in rows(alias)]
        assert len(uids) == 3
        register(alias, date=rows(alias)[1])
        publish(event, date1={"start": at(2026, 12, 2, 10), "end": None})
        assert [row.calendar_uid for row in rows(alias)] == uids
        assert [row.sequence for row in rows(alias)] == [0, 1, 0]
        assert {row.status for row in rows(alias)} == {"scheduled"}

    def test_uids_survive_unpublishing_and_a_restored_dump(self, event):
        before = [(row.calendar_uid, row.sequence) for row in rows(event)]
        event.unpublish()
        event.save_revision().publish()
        event = EventPage.objects.get(pk=event.pk)
        dump = serializers.serialize("json", [event.page_ptr, event, *event.revisions.all(), *rows(event)])
        EventDate.objects.filter(event=event).delete()
        event.purge()
        for item in serializers.deserialize("json", dump):
            item.save()
        assert [(row.calendar_uid, row.sequence) for row in rows(event)] == before


class TestDeletedPages:
    """A page is not deleted with the registrations below it."""

    @pytest.mark.parametrize("which", ["event", "index", "home"])
    def test_it_is_refused_with_a_word(self, editor, event, which):
        register(event)
        page = {"event": event, "index": event.get_parent(), "home": event.get_parent().get_parent()}[which]
        for response in (
            editor.post(f"/admin/pages/{page.pk}/delete/", {"wagtail_site_name": "VVG svetainė"}),
            editor.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", {"wagtail_site_name": "VVG svetainė"}),
        ):
            assert response.status_code == 302
            assert EventPage.objects.filter(pk=event.pk).exists()
            message = str(list(get_messages(response.wsgi_request))[-1])
            assert "yra registracijų į" in message or (which == "home" and "svetainės pradžia" in message)

    @pytest.mark.parametrize("address", ["/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={}"])
    def test_while_its_dates_may_stand_in_calendars_it_is_refused_with_a_word(self, editor, event, address):
        response = editor.post(address.format(event.pk))
        assert "gali būti žmonių kalendoriuose" in str(list(get_messages(response.wsgi_request))[-1])
        assert EventPage.objects.get().live

    @pytest.mark.parametrize("address", ["/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={}"])
    def test_out_of_sight_and_without_registrations_it_goes_into_the_trash(self, editor, event, address):
        event.unpublish()
        editor.post(address.format(event.pk))
        assert is_in_trash(EventPage.objects.get())


class TestLetters:
    """Who has registered is told of what changes, once."""

    def letters(self):
        """What has been written, oldest first."""
        return list(Letter.objects.order_by("pk"))

    def test_a_moved_date_is_told_with_both_times_and_a_calendar(self, event):
        registration = register(event, date=rows(event)[1])
        register(event, "Kitas", date=rows(event)[2])
        publish(event, date1={"start": at(2026, 12, 2, 9), "end": None, "note": "Dėl oro."})
        [letter] = self.letters()
        assert (letter.kind, letter.to) == ("change", registration.email)
        assert letter.subject == "Pakeistas laikas: Mokymai"
        text = letter.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "Buvo: 2026 m. gruodžio 1 d., antradienis, 10:00–12:00 val.\nBus: 2026 m. gruodžio 2 d." in text
        assert "Dėl oro." in text
        assert "/registracija/" in text
        assert "http://testserver/renginiai/mokymai/" in text
        [component] = Calendar.from_ical(letter.calendar).walk("VEVENT")
        assert (component["uid"], component["sequence"]) == (rows(event)[1].calendar_uid, 1)
        assert letter.expires_at == at(2026, 12, 2, 9)

    def test_who_registered_for_all_dates_gets_one_letter_about_all_of_them(self, event):
        register(event)
        publish(event, date1={"status": "cancelled"}, date2={"start": at(2026, 12, 9, 10)})
        [letter] = self.letters()
        assert letter.subject == "Pakeitimai: Mokymai"
        text = letter.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "Atšaukta: 2026 m. gruodžio 1 d." in text
        assert "Bus: 2026 m. gruodžio 9 d." in text
        assert len(Calendar.from_ical(letter.calendar).walk("VEVENT")) == 2

    @pytest.mark.parametrize(
        ("changes", "subject"),
        [
            ({"date1": {"status": "cancelled"}}, "Atšaukta"),
            ({"date1": {"status": "postponed"}}, "Atidėta"),
            ({"date1": {"venue": "new"}}, "Pakeista vieta"),
            ({"venue": "new"}, "Pakeista vieta"),
            ({"online_url": "https://example.lt/k"}, "Pakeistas prisijungimo adresas"),
        ],
    )
    def test_what_is_told(self, event, changes, subject):
        register(event, date=rows(event)[1])
        for fields in (changes, changes.get("date1", {})):
            if fields.get("venue") == "new":
                fields["venue"] = VenueFactory(name="Simnas")
        publish(event, **changes)
        [letter] = self.letters()
        assert letter.subject == f"{subject}: Mokymai"
        if subject == "Pakeista vieta":
            assert "Buvo: Daugai\nBus: Simnas" in letter.text

    def test_a_place_that_was_not_known_is_told(self, event):
        EventPage.objects.filter(pk=event.pk).update(venue=None)
        register(event, date=rows(event)[1])
        publish(event, venue=event.venue)
        assert "Buvo: dar nepaskelbta\nBus: Daugai" in self.letters()[0].text

    def test_a_cancelled_date_that_will_be_after_all_is_told(self, event):
        register(event, date=rows(event)[1])
        publish(event, date1={"status": "cancelled"})
        publish(event, date1={"status": "scheduled", "start": at(2026, 12, 1, 11)})
        assert [letter.subject for letter in self.letters()] == ["Atšaukta: Mokymai", "Vyks: Mokymai"]
        assert "11:00–12:00" in self.letters()[1].text

    def test_nothing_is_told_of_what_does_not_concern_them(self, event):
        register(event, date=rows(event)[1])
        publish(event, title="Kitas vardas", date1={"note": "Pieštukas"}, date2={"status": "cancelled"})
        publish(event, date0={"start": at(2026, 11, 1, 9)})
        event.get_latest_revision_as_object().save_revision()
        assert not self.letters()

    def test_only_those_who_still_want_to_come_and_have_an_address(self, event, time_machine):
        date = rows(event)[1]
        register(event, "Laukiantis", date=date, state="waiting", queued_at=NOON)
        register(event, "Atsisakęs", date=date, state="cancelled")
        register(event, "Ištrintas", date=date, erased_at=NOON)
        register(event, "Beadresis", date=date, email="")
        publish(event, date1={"status": "cancelled"})
        [letter] = self.letters()
        assert letter.to == "laukiantis@example.lt"
        assert not letter.calendar

    def test_a_draft_tells_nobody(self, event):
        register(event)
        draft = event.get_latest_revision_as_object()
        draft.dates = [date for date in draft.dates.all() if date.start > NOON]
        for date in draft.dates.all():
            date.status = "cancelled"
        draft.save_revision()
        assert not self.letters()
        draft.save_revision().publish()
        assert len(self.letters()) == 1

    def test_letters_stand_or_fall_with_the_save(self, event, monkeypatch):
        register(event)
        monkeypatch.setattr("events.changes.post", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(event, date1={"status": "cancelled"})
        assert rows(event)[1].status == "scheduled"
