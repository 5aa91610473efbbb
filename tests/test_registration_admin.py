"""The staff's side of registration: the editor's tab, lists, by hand, messages, tables, the attendance sheet."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.models import SiteSettings
from events import registration as service
from events.models import EventDate, EventPage, Registration, RegistrationQuestion
from lithuanian.folding import fold
from outbox.models import Letter
from tests.event_admin import edit_form, typed
from tests.factories import NOON, EventPageFactory, UserFactory, VenueFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def make_event(mode="event", days=(1,), **fields):
    """A published event in December with registration."""
    dates = [(at(2026, 12, day, 10), at(2026, 12, day, 12)) for day in days]
    event = EventPageFactory(registration=mode, dates=dates, **{"title": "Mokymai"} | fields)
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


@pytest.fixture
def event():
    """An event one registers for as a whole, with two places."""
    return make_event(capacity=2)


@pytest.fixture
def series():
    """An event one registers for by date, with two places each."""
    return make_event("date", days=(1, 8), capacity=2)


@pytest.fixture
def staff(client):
    """A client of somebody who may do everything in the admin."""
    client.force_login(UserFactory(is_superuser=True))
    return client


def register(event, name="Atstovė Pavardenė", number=0, **details):
    """Register somebody for an occasion of the event; the letters of it are put away."""
    occasion = service.occasions(event)[number]
    email = fold(name).replace(" ", ".") + "@example.lt"
    made = service.register(occasion, {"name": name, "email": email} | details)
    Letter.objects.all().delete()
    return made


def address(name, *args):
    """An address of the staff's screens."""
    return reverse(f"registrations:{name}", args=args)


def text_of(response):
    """What a screen says, with plain spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def names(response):
    """Who is listed, in order."""
    return [row.name for row in response.context["page_of_rows"]]


def told(response):
    """What the messages of the screen say."""
    return " ".join(str(message) for message in response.context["messages"])


def letters():
    """(kind, to) of the letters that were written."""
    return sorted(Letter.objects.values_list("kind", "to"))


# --- The editor's tab -------------------------------------------------------------------------------------------------


class TestTheEditor:
    """The tab „Registracija“ of an event."""

    def save(self, staff, event, rows=None, **changes):
        """Publish the event from the editor's form; returns the answer, which holds the form if it was refused."""
        dates = list(EventDate.objects.filter(event=event)) if rows is None else rows
        questions = {"questions-INITIAL_FORMS": "0"}
        return staff.post(
            reverse("wagtailadmin_pages:edit", args=[event.pk]), edit_form(event, dates, **questions | changes)
        )

    def errors(self, response):
        """What is said beside the fields of the page."""
        assert response.status_code == 200
        return response.context["form"].errors

    def test_registration_is_set_up_in_a_tab_of_its_own(self, staff):
        event = make_event("none")
        question = {"text": "Ar valgote mėsą?", "kind": "choice", "choices": "Taip\n\nNe", "ORDER": "1", "id": ""}
        changes = {f"questions-0-{name}": value for name, value in question.items()}
        changes |= {"questions-TOTAL_FORMS": "1", "registration": "event", "capacity": "12", "asks_phone": "on"}
        changes |= {"registration_opens": "2026-11-23 09:00", "registration_closes": "2026-11-30 17:00"}
        assert "Registracija" in text_of(staff.get(reverse("wagtailadmin_pages:edit", args=[event.pk])))
        assert self.save(staff, event, **changes).status_code == 302
        event.refresh_from_db()
        assert (event.registration, event.capacity, event.asks_phone) == ("event", 12, True)
        assert event.registration_closes == at(2026, 11, 30, 17)
        assert event.questions.get().options == ["Taip", "Ne"]

    @pytest.mark.parametrize(
        ("field", "changes", "words"),
        [
            (
                "registration_closes",
                {"registration_opens": "2026-11-25 10:00", "registration_closes": "2026-11-25 10:00"},
                "baigtis vėliau",
            ),
            ("registration_opens", {"registration_opens": "2026-12-01 10:00"}, "niekas nespėtų"),
            ("registration_audience", {"audience": "members"}, "mato tik nariai"),
            ("capacity", {"capacity": "0"}, "didesnė arba lygi 1"),
        ],
    )
    def test_what_cannot_be_is_told_beside_the_field(self, staff, event, field, changes, words):
        errors = self.errors(self.save(staff, event, **changes))
        assert list(errors) == [field]
        assert words in str(errors[field])

    def test_a_question_with_a_list_has_a_list(self, staff, event):
        question = {"text": "Ką valgysite?", "kind": "choice", "choices": "Tą patį\nTą patį", "ORDER": "1", "id": ""}
        changes = {f"questions-0-{name}": value for name, value in question.items()}
        response = self.save(staff, event, **changes, **{"questions-TOTAL_FORMS": "1"})
        (errors,) = response.context["form"].formsets["questions"].errors
        assert list(errors) == ["choices"]
        assert "bent du" in str(errors)

    @pytest.mark.parametrize(
        ("field", "own", "of_event"),
        [
            ("registration_closes", {"registration_opens": "2026-11-26", "registration_closes": "2026-11-25"}, {}),
            ("registration_closes", {"registration_closes": "2026-11-25"}, {"registration_opens": "2026-11-26"}),
            ("registration_opens", {"registration_opens": "2026-11-26"}, {"registration_closes": "2026-11-25"}),
            ("registration_opens", {"registration_opens": "2026-12-05 10:00"}, {}),
        ],
    )
    def test_the_same_for_what_one_date_says_of_its_own(self, staff, field, own, of_event):
        event = make_event("date")
        row = {"start": "2026-12-05 10:00", **own}
        response = self.save(staff, event, [*EventDate.objects.filter(event=event), row], **of_event)
        _, errors = response.context["form"].formsets["dates"].errors
        assert list(errors) == [field]

    def test_one_date_may_have_places_of_its_own(self, staff, series):
        first, second = EventDate.objects.filter(event=series).in_order()
        assert self.save(staff, series, **{"dates-1-capacity": "30"}).status_code == 302
        assert [occasion.capacity for occasion in service.occasions(EventPage.objects.get(pk=series.pk))] == [2, 30]

    @pytest.mark.parametrize("mode", ["none", "date"])
    def test_who_has_registered_is_not_lost_by_another_way_of_registering(self, staff, event, mode):
        register(event)
        errors = self.errors(self.save(staff, event, registration=mode))
        assert "Jau yra registracijų" in str(errors["registration"])
        assert EventPage.objects.get(pk=event.pk).registration == "event"

    def test_counts_are_shown_with_the_way_to_the_list(self, staff, series):
        register(series, number=1)
        screen = text_of(staff.get(reverse("wagtailadmin_pages:edit", args=[series.pk])))
        second = series.ordered_dates[1]
        assert f'href="{address("event", series.pk)}?data={second.pk}"' in screen
        assert "1 iš 2" in screen

    def test_counts_are_not_shown_to_who_may_not_see_registrations(self, client, event):
        register(event)
        user = UserFactory()
        user.groups.add(Group.objects.get(name="Editors"))
        client.force_login(user)
        screen = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])))
        assert address("event", event.pk) not in screen
        user.user_permissions.add(Permission.objects.get(codename="view_registration"))
        screen = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])))
        assert address("event", event.pk) in screen


# --- Lists ------------------------------------------------------------------------------------------------------------


class TestLists:
    """Events with registration, and who has registered for one."""

    def test_events_next_first_with_their_counts(self, staff):
        later, sooner = make_event(days=(20,), title="Vėliau", capacity=9), make_event(days=(2,), title="Greičiau")
        past, none = make_event(title="Praėjęs"), make_event("none", title="Be registracijos")
        EventDate.objects.filter(event=past).update(start=at(2026, 1, 2), end=None, over_at=at(2026, 1, 2))
        register(later, people=3)
        service.cancel(register(later, "Atstovas Kitas", people=2))
        response = staff.get(address("index"))
        assert [event.title for event, _ in response.context["rows"]] == ["Greičiau", "Vėliau", "Praėjęs"]
        assert [(t.coming, t.waiting, t.cancelled) for _, t in response.context["rows"]] == [
            (0, 0, 0),
            (3, 0, 2),
            (0, 0, 0),
        ]
        assert "3 iš 9" in text_of(response)
        assert none.title not in text_of(response)
        assert sooner.title in text_of(response)

    def test_registrations_stay_in_sight_when_nobody_registers_any_more(self, staff, event):
        register(event)
        EventPage.objects.update(registration="none")
        assert [found.pk for found, _ in staff.get(address("index")).context["rows"]] == [event.pk]
        assert names(staff.get(address("event", event.pk))) == ["Atstovė Pavardenė"]

    def test_found_without_lithuanian_letters_by_all_that_names_somebody(self, staff, event):
        register(event, "Ona Žukauskaitė", organisation="Šilelio bendruomenė", phone="+370 612 34567")
        register(event, "Atstovas Kitas")
        for words in ("zukauskaite", "ŽUKAUSK ona", "silelio", "ona.zukauskaite@example", "34567"):
            assert names(staff.get(address("event", event.pk), {"q": words})) == ["Ona Žukauskaitė"], words
        assert "nieko nerasta" in text_of(staff.get(address("event", event.pk), {"q": "nera tokio"}))

    def test_narrowed_by_date_and_state(self, staff, series):
        first, second = series.ordered_dates
        for name, number in (("Pirma A", 0), ("Pirma B", 0), ("Laukianti", 0), ("Antra", 1)):
            register(series, name, number)
        service.cancel(register(series, "Atšaukta", 1))
        url = address("event", series.pk)
        assert names(staff.get(url, {"data": second.pk})) == ["Atšaukta", "Antra"]
        assert names(staff.get(url, {"busena": "laukia"})) == ["Laukianti"]
        assert names(staff.get(url, {"data": first.pk, "busena": "ateis"})) == ["Pirma B", "Pirma A"]
        assert names(staff.get(url, {"busena": "atsaukta"})) == ["Atšaukta"]
        assert "Turi vietą (3)" in text_of(staff.get(url))
        assert staff.get(url, {"busena": "nera"}).status_code == 404

    def test_order(self, staff, event):
        for name in ("Ona Žemaitė", "Jonas Šernas", "Petras Sala", "Ieva Ąžuolė"):
            register(event, name)
        url = address("event", event.pk)
        assert names(staff.get(url, {"tvarka": "pavarde"})) == [
            "Ieva Ąžuolė",
            "Petras Sala",
            "Jonas Šernas",
            "Ona Žemaitė",
        ]
        assert names(staff.get(url))[0] == "Ieva Ąžuolė"
        assert names(staff.get(url, {"tvarka": "seniausios"}))[0] == "Ona Žemaitė"
        assert names(staff.get(url, {"tvarka": "eile"}))[:2] == ["Petras Sala", "Ieva Ąžuolė"]
        assert staff.get(url, {"tvarka": "nera"}).status_code == 200

    def test_pages_keep_filters_and_order(self, staff, event):
        many(event, 60)
        response = staff.get(address("event", event.pk), {"busena": "ateis", "tvarka": "pavarde"})
        assert len(names(response)) == 50
        assert "?busena=ateis&amp;tvarka=pavarde&amp;p=2" in response.content.decode()
        assert len(names(staff.get(address("event", event.pk), {"tvarka": "pavarde", "p": "2"}))) == 10

    @pytest.mark.parametrize("screen", ["index", "event", "sheet", "message"])
    def test_as_many_queries_for_two_thousand_as_for_twenty(self, staff, series, screen):
        url = address(screen, *([] if screen == "index" else [series.pk]))
        staff.get(url)

        def queries():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert staff.get(url).status_code == 200
            return len(captured)

        many(series, 20, series.ordered_dates[0])
        before = queries()
        many(series, 1980, series.ordered_dates[0])
        assert queries() == before

    def test_nothing_is_left_of_who_was_erased(self, staff, event):
        row = register(event, "Ona Žukauskaitė", note="Slapta", answers=[{"question": "K", "answer": "Slapta"}])
        erase(row)
        for url in (address("event", event.pk), address("edit", row.pk), address("sheet", event.pk)):
            screen = text_of(staff.get(url))
            assert "Duomenys ištrinti" in screen
            assert "Slapta" not in screen
            assert "ukauskait" not in screen
        assert names(staff.get(address("event", event.pk), {"q": "zukauskaite"})) == []
        assert (row.folded, row.email_key) == ("", "")


def many(event, number, date=None):
    """Many registrations at once."""
    Registration.objects.bulk_create(
        Registration(event=event, date=date, name="Kas nors", state="registered", created_at=NOON)
        for _ in range(number)
    )


def erase(row):
    """Take all personal data out of a registration, as the scheduled command does."""
    row.name = row.organisation = row.email = row.phone = row.note = ""
    row.answers, row.erased_at = [], NOON
    row.save()


# --- By hand ----------------------------------------------------------------------------------------------------------


class TestByHand:
    """Add, correct, cancel, let in, move."""

    def add(self, staff, event, **changes):
        """Write somebody down."""
        data = {"name": "Atstovė Nauja", "email": "nauja@example.lt", "people": "1", "notify": "on"} | changes
        return staff.post(address("add", event.pk), data, follow=True)

    def test_added_also_when_registration_is_closed(self, staff, event):
        EventPage.objects.update(registration_closes=at(2026, 11, 1))
        response = self.add(staff, event, organisation="Bendruomenė", phone="123", note="Skambino", people="2")
        row = Registration.objects.get()
        assert (row.name, row.organisation, row.phone, row.note, row.people, row.state, row.by_staff) == (
            *("Atstovė Nauja", "Bendruomenė", "123", "Skambino", 2, "registered", True),
        )
        assert "įrašyta" in told(response)
        assert letters() == [("registration", "nauja@example.lt")]

    def test_added_for_the_chosen_date_with_answers(self, staff, series):
        question = RegistrationQuestion.objects.create(event=series, text="Ar valgote?", kind="yes_no", required=True)
        second = series.ordered_dates[1]
        assert f'<option value="{second.pk}" selected>' in staff.get(
            address("add", series.pk), {"data": second.pk}
        ).content.decode().replace(' selected="selected"', " selected")
        self.add(staff, series, occasion=second.pk, **{f"question_{question.pk}": "Taip"})
        row = Registration.objects.get()
        assert row.date == second
        assert row.answers == [{"question": "Ar valgote?", "answer": "Taip"}]

    def test_waits_when_there_is_no_place(self, staff, event):
        register(event, people=2)
        assert "laukiančiųjų eilę" in told(self.add(staff, event))
        assert Registration.objects.get(email="nauja@example.lt").state == "waiting"

    def test_people_without_an_address_are_several(self, staff, event):
        self.add(staff, event, email="")
        self.add(staff, event, email="", name="Atstovas Kitas")
        assert Registration.objects.count() == 2
        assert letters() == []

    def test_a_second_click_writes_nobody_down_twice(self, staff, event):
        token = staff.get(address("add", event.pk)).context["form"]["token"].value()
        for _ in range(2):
            assert "įrašyta" in told(self.add(staff, event, email="", token=token))
        assert Registration.objects.count() == 1

    def test_no_letter_where_none_is_wanted(self, staff, event):
        self.add(staff, event, notify="")
        assert Registration.objects.count() == 1
        assert letters() == []

    def test_the_same_address_twice_is_told_with_a_link_and_nothing_typed_is_lost(self, staff, event):
        row = register(event, email="nauja@example.lt")
        response = self.add(staff, event, email="Nauja@Example.LT", note="Svarbu")
        assert f'href="{address("edit", row.pk)}"' in response.context["form"].errors["email"][0].replace("'", '"')
        assert "Svarbu" in text_of(response)
        assert Registration.objects.count() == 1

    def test_what_is_wrong_is_told_in_lithuanian(self, staff, event):
        errors = self.add(staff, event, name="", email="ne paštas", people="0").context["form"].errors
        assert set(errors) == {"name", "email", "people"}
        assert "privalomas" in str(errors["name"])

    def test_an_event_without_registration_has_no_such_screen(self, staff):
        assert staff.get(address("add", make_event("none", title="Be registracijos").pk)).status_code == 404

    def edit(self, staff, row, **changes):
        """Correct a registration."""
        data = {"name": row.name, "email": row.email, "people": row.people, "notify": "on"} | changes
        return staff.post(address("edit", row.pk), data, follow=True)

    def test_corrected_and_told(self, staff, event):
        answers = [{"question": "Nebeklausiama", "answer": "Bet atsakyta"}]
        row = register(event, answers=answers)
        self.edit(staff, row, name="Atstovė Pataisyta", email="kita@example.lt", people="2")
        row.refresh_from_db()
        assert (row.name, row.email, row.people, row.answers) == ("Atstovė Pataisyta", "kita@example.lt", 2, answers)
        assert letters() == [("registration", "kita@example.lt")]
        self.edit(staff, row, notify="")
        assert len(letters()) == 1

    def test_more_people_than_places_is_told_beside_the_field(self, staff, event):
        row = register(event)
        response = self.edit(staff, row, people="3", note="Svarbu")
        assert "liko 1 vieta" in str(response.context["form"].errors["people"]).replace("\u00a0", " ")
        assert "Svarbu" in text_of(response)
        row.refresh_from_db()
        assert row.people == 1

    def test_an_address_of_somebody_else_is_told_with_a_link(self, staff, event):
        row, other = register(event), register(event, "Atstovas Kitas")
        response = self.edit(staff, row, email=other.email)
        assert address("edit", other.pk) in str(response.context["form"].errors["email"])

    def test_an_answer_stays_though_it_is_offered_no_more(self, staff, event):
        question = RegistrationQuestion.objects.create(event=event, text="Ką?", kind="choice", choices="Vieną\nKitą")
        row = register(event, answers=[{"question": "Ką?", "answer": "Trečią"}])
        assert '<option value="Trečią" selected>' in staff.get(address("edit", row.pk)).content.decode()
        self.edit(staff, row, **{f"question_{question.pk}": "Trečią"})
        row.refresh_from_db()
        assert row.answers == [{"question": "Ką?", "answer": "Trečią"}]

    def test_what_was_cancelled_meanwhile_is_not_corrected(self, staff, event):
        row = register(event)
        service.cancel(row)
        assert "jau atšaukta" in told(self.edit(staff, row, name="Kitas"))
        row.refresh_from_db()
        assert row.name == "Atstovė Pavardenė"

    def test_what_was_told_is_still_read_when_it_is_cancelled_or_asked_no_more(self, staff, event):
        row = register(event, note="Atvyksiu vėliau", answers=[{"question": "Nebeklausiama", "answer": "Atsakyta"}])
        assert "Atsakyta" in text_of(staff.get(address("edit", row.pk)))
        service.cancel(row)
        screen = text_of(staff.get(address("edit", row.pk)))
        assert "Atsakyta" in screen
        assert "Atvyksiu vėliau" in screen

    def act(self, staff, name, row, **data):
        """Press a button of a registration."""
        return staff.post(address(name, row.pk), {"notify": "on"} | data, follow=True)

    def test_cancelled_by_two_at_once_is_cancelled_once_and_one_moves_up(self, staff, event):
        row, waiting, last = register(event, people=2), register(event, "Pirma Laukia"), register(event, "Antra Laukia")
        last.people = 2
        last.save()
        assert "atšaukta" in told(self.act(staff, "cancel", row))
        assert "Nieko nepakeista" in told(self.act(staff, "cancel", row))
        for one in (row, waiting, last):
            one.refresh_from_db()
        assert [one.state for one in (row, waiting, last)] == ["staff", "promoted", "waiting"]
        assert letters() == [("promotion", waiting.email), ("registration", row.email)]

    def test_cancelled_without_a_letter_still_tells_who_moves_up(self, staff, event):
        row, waiting = register(event, people=2), register(event, "Pirma Laukia")
        self.act(staff, "cancel", row, notify_="")
        Letter.objects.all().delete()
        other = register(event, "Antra Laukia", people=2)
        staff.post(address("cancel", waiting.pk), {})
        assert letters() == [("promotion", other.email)]

    def test_let_in_by_two_at_once_is_let_in_once(self, staff, event):
        register(event, people=2)
        row = register(event, "Pirma Laukia")
        assert "eilėje – 1" in text_of(staff.get(address("edit", row.pk)))
        assert "Vieta suteikta" in told(self.act(staff, "place", row))
        assert "Nieko nepakeista" in told(self.act(staff, "place", row))
        row.refresh_from_db()
        assert row.state == "promoted"
        assert letters() == [("promotion", row.email)]

    def test_moved_to_another_date_leaves_its_place_to_who_waits(self, staff, series):
        row, waiting = register(series, people=2), register(series, "Pirma Laukia")
        second = series.ordered_dates[1]
        assert "perkelta" in told(self.act(staff, "move", row, data=second.pk))
        assert "Nieko nepakeista" in told(self.act(staff, "move", row, data=second.pk))
        for one in (row, waiting):
            one.refresh_from_db()
        assert (row.date, row.state, waiting.state) == (second, "registered", "promoted")
        assert letters() == [("promotion", waiting.email), ("registration", row.email)]

    def test_not_moved_to_where_the_address_is_already(self, staff, series):
        row = register(series)
        register(series, number=1)
        assert "jau užregistruotas" in told(self.act(staff, "move", row, data=series.ordered_dates[1].pk))
        row.refresh_from_db()
        assert row.date == series.ordered_dates[0]

    def test_not_moved_to_a_date_of_another_event(self, staff, series):
        row = register(series)
        other = make_event("date", days=(3,), title="Kitas").ordered_dates[0]
        assert self.act(staff, "move", row, data=other.pk).status_code == 404

    @pytest.mark.parametrize("name", ["cancel", "place", "move"])
    def test_nothing_is_done_by_looking(self, staff, series, name):
        row = register(series)
        assert staff.get(address(name, row.pk)).status_code == 405
        row.refresh_from_db()
        assert row.state == "registered"


# --- Messages ---------------------------------------------------------------------------------------------------------


class TestMessages:
    """A message to all, or to those of the narrowed list."""

    def write(self, staff, event, query="", **changes):
        """Send a form of the message's screen."""
        data = {"subject": "Keičiasi salė", "text": "Ateikite į antrą aukštą.\n\nLauksime."} | changes
        token = staff.get(address("message", event.pk)).context["form"]["token"].value()
        return staff.post(address("message", event.pk) + query, {"token": token} | data, follow=True)

    def test_looked_at_first_and_sent_by_a_second_button(self, staff, event):
        register(event)
        screen = self.write(staff, event)
        assert "Siųsti (1 laiškas)" in text_of(screen)
        assert "<p>Lauksime.</p>" in text_of(screen)
        assert letters() == []
        assert "Keičiasi salė" in text_of(self.write(staff, event, edit="1"))
        assert letters() == []

    def test_sent_once_to_each_address_that_comes_or_waits(self, staff, series, settings):
        site = SiteSettings.objects.first() or SiteSettings.objects.create(site_id=1)
        SiteSettings.objects.filter(pk=site.pk).update(email="vvg@example.lt")
        for name, number in (("Ateina Pirma", 0), ("Ateina Pirma", 1), ("Ateina Antra", 0), ("Laukia Trečia", 0)):
            register(series, name, number)
        service.cancel(register(series, "Atsisakė Ketvirta"))
        register(series, "Neturi Pašto", 1, email="")
        Letter.objects.all().delete()
        token = "0b1f3a52-9d43-4b70-9d57-0f3b4cf9a111"
        screen = self.write(staff, series)
        assert "Siųsti (3 laiškai)" in text_of(screen)
        assert "1 registracija: jiems praneškite patys" in text_of(screen)
        assert "3 laiškai" in told(self.write(staff, series, send="1", token=token)).replace("\u00a0", " ")
        assert "jau buvo išsiųsta" in told(self.write(staff, series, send="1", token=token))
        assert letters() == [
            ("message", "ateina.antra@example.lt"),
            ("message", "ateina.pirma@example.lt"),
            ("message", "laukia.trecia@example.lt"),
        ]
        letter = Letter.objects.first()
        assert (letter.subject, letter.reply_to) == ("Keičiasi salė", "vvg@example.lt")
        assert letter.about.startswith("registration:")  # erased with the registration
        assert "Ateikite į antrą aukštą.\n\nLauksime." in letter.text
        assert "Laba diena, " in letter.text
        assert "/registracija/" in letter.text

    def test_only_to_those_of_the_narrowed_list(self, staff, event):
        register(event, people=2)
        register(event, "Laukia Antra")
        screen = self.write(staff, event, "?busena=laukia")
        assert "būsena „Laukia vietos“" in text_of(screen)
        self.write(staff, event, "?busena=laukia", send="1")
        assert letters() == [("message", "laukia.antra@example.lt")]

    def test_what_is_missing_is_told_and_nothing_sent(self, staff, event):
        register(event)
        response = self.write(staff, event, send="1", subject="")
        assert "subject" in response.context["form"].errors
        assert "Ateikite į antrą aukštą." in text_of(response)
        assert letters() == []

    def test_nobody_to_write_to(self, staff, event):
        assert "Nėra kam rašyti" in text_of(staff.get(address("message", event.pk)))


# --- Tables -----------------------------------------------------------------------------------------------------------


class TestTables:
    """CSV and XLSX."""

    @pytest.fixture
    def filled(self, event):
        """Two registrations, one of them hostile, and a question that is asked no more."""
        RegistrationQuestion.objects.create(event=event, text="=Ar valgote?", kind="line")
        answers = [{"question": "=Ar valgote?", "answer": "+Taip"}, {"question": "Sena", "answer": "Buvo"}]
        register(event, '=HYPERLINK("x")', email="b@example.lt", phone="+370 600", note="Dvi\neilutės", answers=answers)
        register(event, "Blogas\x0bženklas", people=2)
        return event

    def csv(self, staff, event, **query):
        """The CSV as a list of dicts, and the file."""
        response = staff.get(address("event", event.pk), {"export": "csv", "tvarka": "seniausios"} | query)
        content = b"".join(response.streaming_content)
        assert content.startswith(b"\xef\xbb\xbf")
        assert f'filename="registracijos-{event.slug}.csv"' in response["Content-Disposition"]
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    def test_csv_has_a_column_for_everything_and_runs_nothing(self, staff, filled):
        first, second = self.csv(staff, filled)
        assert first == {
            "Data": "",
            "Vardas ir pavardė": '\'=HYPERLINK("x")',
            "Organizacija": "",
            "El. paštas": "b@example.lt",
            "Telefonas": "'+370 600",
            "Kiek žmonių": "1",
            "Pastaba": "Dvi\neilutės",
            "Būsena": "Užsiregistravo",
            "Įrašė darbuotojai": "Ne",
            "Priminti dieną prieš": "Taip",
            "Užsiregistravo": "2026-11-22 12:00",
            "Laukia nuo": "",
            "Gavo vietą": "",
            "Atšaukta": "",
            "Duomenys ištrinti": "",
            "'=Ar valgote?": "'+Taip",
            "Sena": "Buvo",
        }
        assert second["Vardas ir pavardė"] == "Blogasženklas"
        assert (second["Būsena"], second["Laukia nuo"]) == ("Laukia vietos", "2026-11-22 12:00")

    def test_xlsx_holds_the_same_as_text_numbers_and_moments(self, staff, filled):
        response = staff.get(address("event", filled.pk), {"export": "xlsx", "tvarka": "seniausios"})
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        headings, first, _ = (list(row) for row in sheet.iter_rows())
        cells = dict(zip([cell.value for cell in headings], first, strict=True))
        assert cells["Vardas ir pavardė"].value == '=HYPERLINK("x")'
        assert cells["Telefonas"].value == "+370 600"
        assert cells["Kiek žmonių"].value == 1
        assert cells["Užsiregistravo"].value == datetime(2026, 11, 22, 12)  # noqa: DTZ001 a spreadsheet knows no zone
        assert "f" not in {cell.data_type for cell in [*headings, *first]}

    def test_of_the_narrowed_list_with_dates(self, staff, series):
        register(series)
        register(series, "Atstovas Kitas", 1)
        (row,) = self.csv(staff, series, data=series.ordered_dates[1].pk)
        assert row["Vardas ir pavardė"] == "Atstovas Kitas"
        assert row["Data"].replace("\u00a0", " ").startswith("2026 m. gruodžio 8 d.")

    def test_another_format_is_the_list(self, staff, filled):
        assert staff.get(address("event", filled.pk), {"export": "exe"})["Content-Type"].startswith("text/html")


# --- The attendance sheet ---------------------------------------------------------------------------------------------


class TestTheSheet:
    """To print and sign."""

    def lines(self, response):
        """What stands in the lines: names, those who come along marked by +."""
        return [row.name if is_first else f"+{row.name}" for row, is_first in response.context["lines"]]

    def test_who_comes_in_the_order_of_surnames_with_a_line_for_each(self, staff):
        event = make_event(venue=VenueFactory(name="Daugų kultūros centras"))
        for name, people in (("Ona Žemaitė", 1), ("Jonas Šernas", 2), ("Petras Sala", 1)):
            register(event, name, people=people, phone="+370 611 11111", organisation="Bendruomenė")
        service.cancel(register(event, "Atsisakė Ketvirta"))
        response = staff.get(address("sheet", event.pk))
        assert self.lines(response) == ["Petras Sala", "Jonas Šernas", "+Jonas Šernas", "Ona Žemaitė"]
        screen = text_of(response)
        assert "2026 m. gruodžio 1 d., antradienis, 10:00–12:00 val." in screen
        assert "Daugų kultūros centras" in screen
        assert screen.count('<tr class="blank">') == 8
        # Everybody who signs sees the sheet.
        assert "611" not in screen
        assert "@example.lt" not in screen

    def test_by_date(self, staff, series):
        register(series, "Ona Pirma")
        register(series, "Petras Antras", 1)
        second = series.ordered_dates[1]
        assert self.lines(staff.get(address("sheet", series.pk))) == ["Ona Pirma"]
        response = staff.get(address("sheet", series.pk), {"data": second.pk})
        assert self.lines(response) == ["Petras Antras"]
        assert "gruodžio 8 d." in text_of(response)
        assert staff.get(address("sheet", series.pk), {"data": "x"}).status_code == 404

    def test_each_day_of_an_event_has_its_own(self, staff):
        event = make_event(days=(1, 2))
        register(event)
        for date in event.ordered_dates:
            response = staff.get(address("sheet", event.pk), {"data": date.pk})
            assert self.lines(response) == ["Atstovė Pavardenė"]
            assert response.context["date"] == date

    def test_the_next_day_first_and_who_waits_is_not_on_it(self, staff, event):
        register(event, people=2)
        register(event, "Laukia Antra")
        EventDate.objects.create(event=event, start=NOON - timedelta(days=3))
        response = staff.get(address("sheet", event.pk))
        assert response.context["date"].start == at(2026, 12, 1, 10)
        assert "Laukia Antra" not in self.lines(response)


# --- Who may ----------------------------------------------------------------------------------------------------------


class TestWhoMay:
    """Nobody, unless a group allows it."""

    LOOKING = ("index", "event", "sheet")

    @pytest.fixture
    def user(self, client):
        """Somebody who may enter the admin and nothing else."""
        user = UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        return user

    def allowed(self, client, event):
        """The screens that open; the buttons are pressed too."""
        row = register(event, email="")
        opened = set()
        for name in ("index", "event", "add", "message", "sheet", "edit", "cancel", "place", "move"):
            args = [] if name == "index" else [row.pk if name in ("edit", "cancel", "place", "move") else event.pk]
            method = client.post if name in ("cancel", "place", "move") else client.get
            response = method(address(name, *args), {"data": event.ordered_dates[1].pk})
            if not (response.status_code == 302 and response["Location"] == "/admin/"):
                opened.add(name)
        return opened

    def test_nothing_by_default(self, client, user, series):
        assert self.allowed(client, series) == set()
        assert address("index") not in client.get("/admin/").content.decode()

    @pytest.mark.parametrize(
        ("codename", "screens"),
        [
            ("view", {"index", "event", "sheet"}),
            ("add", {"index", "event", "sheet", "add"}),
            ("change", {"index", "event", "sheet", "edit", "message", "cancel", "place", "move"}),
        ],
    )
    def test_what_each_permission_opens(self, client, user, series, codename, screens):
        user.user_permissions.add(Permission.objects.get(codename=f"{codename}_registration"))
        assert self.allowed(client, series) == screens
        assert address("index") in client.get("/admin/").content.decode()

    def test_nothing_is_offered_that_is_not_allowed(self, client, user, series):
        register(series)
        user.user_permissions.add(Permission.objects.get(codename="view_registration"))
        screen = client.get(address("event", series.pk)).content.decode()
        for name in ("add", "message"):
            assert address(name, series.pk) not in screen
        assert "/irasas/" not in screen

    def test_the_way_from_the_list_of_pages(self, client, event):
        make_event("none", title="Be registracijos")
        user = UserFactory()
        user.groups.add(Group.objects.get(name="Editors"))
        client.force_login(user)
        explorer = reverse("wagtailadmin_explore", args=[event.get_parent().pk])
        assert address("event", event.pk) not in client.get(explorer).content.decode()
        user.user_permissions.add(Permission.objects.get(codename="view_registration"))
        screen = client.get(explorer).content.decode()
        assert screen.count("/admin/registracijos/") == 2  # the menu, and the one event that has registration
        assert address("event", event.pk) in screen

    def test_the_permissions_are_given_in_the_form_of_a_group(self, staff):
        screen = staff.get(reverse("wagtailusers_groups:add")).content.decode()
        for codename in ("view", "add", "change"):
            permission = Permission.objects.get(codename=f"{codename}_registration")
            assert f'value="{permission.pk}"' in screen, codename
        assert f'value="{Permission.objects.get(codename="delete_registration").pk}"' not in screen


def test_typed_moments_are_read_back_as_they_were():
    """The helper of these tests writes what the editor's form reads."""
    assert typed(at(2026, 12, 1, 10)) == "2026-12-01 10:00"
