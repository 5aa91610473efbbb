"""Registering for events: the page, the form, the letters, one's own registration, reminders, what is erased when."""

import re
from datetime import datetime, timedelta
from html import unescape
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from icalendar import Calendar

from core.models import SiteSettings
from events import letters
from events import registration as service
from events.models import (
    EventDate,
    EventPage,
    EventStatus,
    Registration,
    RegistrationMode,
    RegistrationQuestion,
    RegistrationState,
)
from events.privacy import erase
from members.models import Delegate
from outbox.models import Letter, LetterKind
from tests.factories import VILNIUS, EventPageFactory, HomePageFactory, MemberFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=VILNIUS)
START = datetime(2026, 11, 20, 10, tzinfo=VILNIUS)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def site():
    home = HomePageFactory()
    SiteSettings.objects.update_or_create(
        site=home.get_site(), defaults={"email": "vvg@example.lt", "name": "Mūsų VVG", "short_name": "VVG"}
    )
    return home


@pytest.fixture
def event(site):
    """An event for ten people that one registers for as a whole."""
    return event_of(capacity=10)


def event_of(mode=RegistrationMode.EVENT, dates=((START, START + timedelta(hours=2)),), **fields):
    return EventPageFactory(title="Mokymai „Uogos“", slug="mokymai", registration=mode, dates=list(dates), **fields)


def person(number=1, **fields):
    return {"name": f"Atstovas {number}", "email": f"atstovas{number}@example.lt"} | fields


def register(event, number=1, date=None, **fields):
    return service.register(service.Occasion(event, date), person(number, **fields))


def fresh(event):
    return EventPage.objects.get(pk=event.pk)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


class Form:
    """The form as a person meets it: opened, then sent after a while."""

    def __init__(self, client, event, query=""):
        self.client, self.address = client, f"{event.get_url()}registracija/{query}"
        self.opened = client.get(self.address)
        self.token = re.search(r'name="token" value="([^"]+)"', self.opened.content.decode())[1]

    def send(self, number=1, **fields):
        return self.client.post(self.address, person(number) | {"token": self.token, "website": ""} | fields)


@pytest.fixture
def fill(client, time_machine):
    def opened(event, query=""):
        form = Form(client, event, query)
        time_machine.shift(30)
        return form

    return opened


# --- The page of the event --------------------------------------------------------------------------------------------


def page_text(client, event):
    return text_of(client.get(event.get_url()))


def test_the_page_says_how_many_places_are_left_and_until_when(client, event):
    register(event)
    text = page_text(client, event)
    assert "Liko 9 laisvos vietos iš 10" in text
    assert "Registruotis galima iki 2026 m. lapkričio 20 d. 10:00 val." in text
    assert f'href="{event.get_url()}registracija/"' in client.get(event.get_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"registration_opens": NOW + timedelta(hours=21)}, "Registracija prasidės 2026 m. lapkričio 3 d. 09:00 val."),
        ({"registration_closes": NOW - timedelta(hours=2)}, "Registracija baigėsi 2026 m. lapkričio 2 d. 10:00 val."),
        ({"capacity": None}, "Vietų skaičius neribojamas."),
        ({"capacity": 1}, "Liko 1 laisva vieta"),
        ({"capacity": 21}, "Liko 21 laisva vieta"),
        ({"capacity": 12}, "Liko 12 laisvų vietų"),
    ],
)
def test_the_page_says_whether_one_can_register(client, site, fields, says):
    event = event_of(**fields)
    assert says in page_text(client, event)
    offers = "Registruotis" in re.findall(r">(Registruotis)<", client.get(event.get_url()).content.decode())
    assert offers == ("capacity" in fields)


@pytest.mark.parametrize(
    ("status", "says"),
    [("cancelled", "Renginys atšauktas"), ("postponed", "Renginys atidėtas, registracija sustabdyta")],
)
def test_nobody_is_taken_in_for_a_date_that_does_not_stand(client, event, status, says):
    event.dates.update(status=status)
    assert says in page_text(client, event)
    with pytest.raises(service.NotOpen):
        register(fresh(event))


def test_a_full_event_offers_to_wait(client, site):
    event = event_of(capacity=1)
    register(event)
    text = page_text(client, event)
    assert "Laisvų vietų nebėra." in text
    assert "Laukti vietos" in text


def test_an_event_that_is_over_or_without_registration_says_nothing(client, event, time_machine):
    time_machine.move_to(START + timedelta(days=1))
    assert "Registracija" not in page_text(client, event)
    assert "Registracija" not in page_text(client, EventPageFactory())


def test_each_date_has_its_places_and_its_form(client, site):
    dates = [(START + timedelta(days=7 * week), None) for week in range(3)]
    event = event_of(RegistrationMode.DATE, dates, capacity=3)
    first, second, third = event.dates.all()
    EventDate.objects.filter(pk=second.pk).update(capacity=1)
    register(fresh(event), date=EventDate.objects.get(pk=second.pk))
    html = client.get(event.get_url()).content.decode()
    assert re.findall(r"registracija/\?data=([0-9a-f-]+)", html) == [str(date.uid) for date in (first, second, third)]
    assert html.count("Laukti vietos") == 1
    chooser = client.get(f"{event.get_url()}registracija/")
    assert chooser.status_code == 200
    assert f"?data={third.uid}" in chooser.content.decode()
    assert "gruodžio 4 d." in text_of(client.get(f"{event.get_url()}registracija/?data={third.uid}"))
    assert client.get(f"{event.get_url()}registracija/?data=nera").status_code == 404


def test_the_page_asks_as_much_for_many_dates_and_registrations(client, site, django_assert_max_num_queries):
    event = event_of(RegistrationMode.DATE, [(START, None)])
    asked = []
    for weeks in (0, 12):
        for week in range(1, weeks):
            EventDate.objects.create(event=event, start=START + timedelta(days=7 * week))
        for date in EventDate.objects.filter(event=event):
            for number in range(weeks + 1):
                register(fresh(event), 100 * weeks + number, date=date)
        client.get(event.get_url())
        with django_assert_max_num_queries(15) as queries:
            client.get(event.get_url())
        asked.append(len(queries.captured_queries))
        # The panel and the structured data tell the same count.
        assert sum("COUNT(" in query["sql"] or "SUM(" in query["sql"] for query in queries.captured_queries) == 1
    assert asked[0] == asked[1]


def test_an_event_being_written_is_previewed_with_its_registration(site):
    event = event_of(RegistrationMode.DATE)
    typed = EventPage(title="Nauja", slug="nauja", registration=RegistrationMode.DATE, depth=event.depth, capacity=5)
    typed.dates = [EventDate(start=START)]
    assert "Liko 5 laisvos vietos" in text_of(typed.make_preview_request())


# --- The form ---------------------------------------------------------------------------------------------------------


def test_whoever_registers_is_thanked_at_an_address_of_their_own_and_written_to(client, event, fill):
    response = fill(event).send(organisation="Bendruomenė „Aušra“", note="Atvyksiu vėliau")
    registration = Registration.objects.get()
    assert (registration.state, registration.name, registration.organisation, registration.note) == (
        RegistrationState.REGISTERED,
        "Atstovas 1",
        "Bendruomenė „Aušra“",
        "Atvyksiu vėliau",
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/registracija/")
    thanks = client.get(response["Location"])
    assert "Ačiū, užsiregistravote" in text_of(thanks)
    assert "Į kalendorių" in text_of(thanks)
    call_command("send_letters", verbosity=0)
    (letter,) = mail.outbox
    assert letter.to == ["atstovas1@example.lt"]
    assert letter.reply_to == ["vvg@example.lt"]
    assert letter.subject == "Jūs užsiregistravote: Mokymai „Uogos“"
    assert "2026 m. lapkričio 20 d., penktadienis, 10:00–12:00 val." in letter.body.replace("\xa0", " ")
    assert letters.manage_url(registration) in letter.body
    (calendar,) = [part for part in letter.attachments if part.mimetype == "text/calendar"]
    (date,) = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert str(date["uid"]) == event.dates.get().calendar_uid


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client, site, fill):
    event = event_of(asks_phone=True, asks_people=True)
    response = fill(event).send(
        name="", email="ne-adresas", phone="skambinkite", people="0", organisation="Bendruomenė"
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Klaida: " in html
    assert not Registration.objects.exists()
    for name in ("name", "email", "phone", "people"):
        assert f'id="id_{name}_error"' in html
        assert f'href="#id_{name}"' in html
    for typed in ("ne-adresas", "skambinkite", "Bendruomenė"):
        assert f'value="{typed}"' in html


def test_the_form_asks_what_the_event_wants_to_know(client, site, fill):
    event = event_of(asks_organisation=False, asks_note=False, asks_phone=True, asks_people=True)
    event.questions.add(
        RegistrationQuestion(text="Ar valgote mėsą?", kind="yes_no", required=True),
        RegistrationQuestion(text="Kuo vyksite?", kind="choice", choices="Autobusu\n\nPats"),
        RegistrationQuestion(text="Ko tikitės?", kind="text"),
        RegistrationQuestion(text="Iš kur?", kind="line"),
    )
    event.save()
    form = fill(event)
    html = form.opened.content.decode()
    assert 'name="organisation"' not in html
    assert 'name="note"' not in html
    keys = [f"question_{question.pk}" for question in event.questions.all()]
    refused = form.send(people="2", **{keys[1]: "Raketa"}).content.decode()
    assert f'id="id_{keys[0]}_error"' in refused
    assert f'id="id_{keys[1]}_error"' in refused
    assert not Registration.objects.exists()
    form.send(people="2", phone="+370 600 00000", **{keys[0]: "Ne", keys[1]: "Pats", keys[2]: "Daug"})
    registration = Registration.objects.get()
    assert (registration.people, registration.phone) == (2, "+370 600 00000")
    assert registration.answers == [
        {"question": "Ar valgote mėsą?", "answer": "Ne"},
        {"question": "Kuo vyksite?", "answer": "Pats"},
        {"question": "Ko tikitės?", "answer": "Daug"},
        {"question": "Iš kur?", "answer": ""},
    ]


def test_the_form_says_who_needs_the_data_why_and_for_how_long(client, site):
    event = event_of(retention_days=31)
    text = text_of(client.get(f"{event.get_url()}registracija/"))
    assert "Mūsų VVG šiuos duomenis naudoja tik šiam renginiui" in text
    assert "Praėjus 31 dienai po paskutinės renginio datos juos ištrinsime" in text
    assert 'href="/privatumas/"' in client.get(f"{event.get_url()}registracija/").content.decode()


@pytest.mark.parametrize("name", ["Laimėkite https://blogis.example", "www.blogis.example", "blogis.com", "a@b.lt"])
def test_nobody_sends_strangers_links_in_our_name(event, fill, name):
    assert "be nuorodų" in text_of(fill(event).send(name=name))
    assert not Letter.objects.exists()


def test_the_same_address_twice_is_told_kindly_and_offered_the_link(client, event, fill, time_machine):
    register(event, note="Paslaptis", name="Tikrasis Vardas")
    Letter.objects.all().delete()
    response = fill(event).send(email="ATSTOVAS1@example.lt")
    html = response.content.decode()
    assert "Šiuo adresu jau užsiregistruota." in html
    assert Registration.objects.count() == 1
    for secret in ("Paslaptis", "Tikrasis", letters.token_of(Registration.objects.get())):
        assert secret not in html
    address = re.search(r'action="([^"]+/registracija/nuoroda/)"', html)[1]
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    known = client.post(address, {"email": "ATSTOVAS1@example.lt", "token": token})
    unknown = client.post(address, {"email": "kitas@example.lt", "token": token})
    assert text_of(known).replace("ATSTOVAS1", "kitas") == text_of(unknown)
    (letter,) = Letter.objects.all()
    assert letter.to == "atstovas1@example.lt"
    assert letters.manage_url(Registration.objects.get()) in letter.text


def test_one_sheet_sent_twice_is_one_registration(event, fill):
    form = fill(event)
    assert form.send()["Location"] == form.send()["Location"]
    assert Registration.objects.count() == Letter.objects.count() == 1


def test_another_person_on_the_same_sheet_is_another_registration(event, fill):
    form = fill(event)
    assert form.send(1)["Location"] != form.send(2)["Location"]
    assert set(Registration.objects.values_list("email", flat=True)) == {
        "atstovas1@example.lt",
        "atstovas2@example.lt",
    }


def test_closing_while_the_form_is_open_is_told_and_keeps_what_was_typed(event, fill):
    event.registration_closes = NOW + timedelta(seconds=20)
    event.save()
    html = fill(event).send(note="Ilga pastaba").content.decode()
    assert "Registracija jau baigėsi." in html
    assert "Ilga pastaba" in html
    assert not Registration.objects.exists()


def test_the_last_place_gone_meanwhile_is_told_with_ones_place_in_the_queue(client, site, fill):
    event = event_of(capacity=1)
    form = fill(event)
    register(event, 7)
    register(event, 8)
    text = text_of(client.get(form.send()["Location"]))
    assert "Laisvų vietų jūsų registracijai jau nebuvo" in text
    assert "jūsų vieta eilėje – 2" in text
    assert Letter.objects.get(to="atstovas1@example.lt").subject.startswith("Laukiate vietos")
    assert not Letter.objects.get(to="atstovas1@example.lt").calendar


def test_more_people_than_will_ever_fit_are_refused(site, fill):
    event = event_of(capacity=3, asks_people=True)
    assert "Iš viso čia telpa 3 žmonės" in text_of(fill(event).send(people="4"))
    assert not Registration.objects.exists()


@pytest.mark.parametrize(("fields", "says"), [({"website": "x"}, "palikite tuščią"), ({"token": "x"}, "Forma paseno")])
def test_robots_are_refused_and_people_keep_their_text(event, fill, fields, says):
    html = fill(event).send(note="Ilga pastaba", **fields).content.decode()
    assert says in html or "website" in fields
    assert "Ilga pastaba" in html
    assert not Registration.objects.exists()


def test_a_form_sent_faster_than_anybody_types_is_refused(client, event):
    assert "labai greitai" in text_of(Form(client, event).send())
    assert not Registration.objects.exists()


def test_too_many_forms_from_one_computer_are_put_off(event, fill):
    form = fill(event)
    answers = [form.send(number).status_code for number in range(31)]
    assert answers == [302] * 30 + [429]
    assert "Per daug bandymų" in text_of(form.send(32))
    cache.clear()
    assert form.send(33).status_code == 302


# --- For members only -------------------------------------------------------------------------------------------------


def test_only_members_register_where_it_is_for_members(client, site, fill):
    event = event_of(registration_audience="members")
    told = client.get(f"{event.get_url()}registracija/")
    assert told.status_code == 200
    assert "Registruojasi tik VVG nariai" in text_of(told)
    assert "/prisijungti/?next=" in told.content.decode()
    assert 'name="email"' not in told.content.decode()
    assert client.post(f"{event.get_url()}registracija/", person()).status_code == 403
    assert "Registruojasi tik VVG nariai" in page_text(client, event)
    user = UserFactory(email="narys@example.lt", first_name="Vardas", last_name="Pavardė")
    user.user_permissions.add(Permission.objects.get(codename="read_members_content"))
    client.force_login(user)
    assert fill(event).send().status_code == 302
    assert Registration.objects.get().user == user


def test_a_delegate_need_not_type_who_they_are(client, event):
    user = UserFactory(email="narys@example.lt", first_name="Vardas", last_name="Pavardė")
    member = MemberFactory(organisation=OrganisationFactory(name="Bendruomenė „Aušra“"))
    Delegate.objects.create(user=user, member=member)
    client.force_login(user)
    html = client.get(f"{event.get_url()}registracija/").content.decode()
    for known in ("Vardas Pavardė", "narys@example.lt", "Bendruomenė „Aušra“"):
        assert f'value="{known}"' in html


def test_the_form_of_an_event_for_members_is_for_members(client, site):
    event = event_of(audience="members")
    assert client.get(f"{event.get_url()}registracija/").status_code == 403
    assert client.get(f"{event.get_url()}registracija/nuoroda/").status_code == 403


# --- The rules --------------------------------------------------------------------------------------------------------


def states(event):
    return {row.email.split("@")[0].removeprefix("atstovas"): row.state for row in event.registrations.all()}


def test_who_waits_gets_the_place_in_order_and_nobody_is_passed_by(site):
    event = event_of(capacity=2)
    first = register(event, 1, people=2)
    for number, people in ((2, 2), (3, 1)):
        register(event, number, people=people)
    service.cancel(first)
    assert states(event) == {"1": "cancelled", "2": "promoted", "3": "waiting"}
    assert Letter.objects.filter(kind=LetterKind.PROMOTION).count() == 1
    letter = Letter.objects.get(kind=LetterKind.PROMOTION)
    assert letter.to == "atstovas2@example.lt"
    assert "BEGIN:VEVENT" in letter.calendar


def test_a_place_left_for_a_smaller_party_waits_for_whoever_is_first(site):
    event = event_of(capacity=2)
    register(event, 1)
    register(event, 2, people=2)
    assert register(event, 3).state == "waiting"


def test_cancelling_twice_promotes_once(site):
    event = event_of(capacity=1)
    registrations = [register(event, number) for number in range(3)]
    assert service.cancel(registrations[0])
    assert not service.cancel(registrations[0])
    assert sorted(states(event).values()) == ["cancelled", "promoted", "waiting"]


def test_an_editor_who_makes_room_lets_in_who_waits(site):
    event = event_of(capacity=1)
    for number in range(3):
        register(event, number)
    event = fresh(event)
    event.capacity = 2
    event.save_revision().publish()
    assert list(states(event).values()) == ["registered", "promoted", "waiting"]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nobody_is_promoted_to_a_date_that_does_not_stand(site, status):
    event = event_of(capacity=1)
    first, _ = register(event, 1), register(event, 2)
    event.dates.update(status=status)
    service.cancel(first)
    assert states(event)["2"] == "waiting"
    event.dates.update(status=EventStatus.SCHEDULED)
    fresh(event).save_revision().publish()
    assert states(event)["2"] == "promoted"


def test_nobody_is_promoted_to_what_has_begun_or_is_withdrawn(site, time_machine):
    event = event_of(capacity=1)
    first, _ = register(event, 1), register(event, 2)
    time_machine.move_to(START + timedelta(minutes=1))
    service.cancel(first)
    assert states(event)["2"] == "waiting"
    time_machine.move_to(NOW)
    EventPage.objects.filter(pk=event.pk).update(live=False)
    assert service.promote_all(fresh(event)) == 0


def test_a_party_too_large_for_the_room_does_not_block_the_queue(site):
    event = event_of(capacity=3)
    first = register(event, 1, people=3)
    register(event, 2, people=3)
    register(event, 3)
    EventPage.objects.filter(pk=event.pk).update(capacity=2)
    service.cancel(first)
    assert states(event) == {"1": "cancelled", "2": "waiting", "3": "promoted"}


def test_moving_to_another_date_takes_a_place_there_and_frees_one_here(site):
    event = event_of(RegistrationMode.DATE, [(START, None), (START + timedelta(days=7), None)], capacity=1)
    first, second = event.dates.all()
    moved, _ = register(event, 1, date=first), register(event, 2, date=first)
    assert service.move(moved, service.Occasion(event, second))
    assert states(event) == {"1": "registered", "2": "promoted"}
    assert Letter.objects.get(subject__startswith="Registracija perkelta").to == "atstovas1@example.lt"


def test_who_has_cancelled_can_register_anew(event):
    service.cancel(register(event))
    assert register(event).state == "registered"


# --- One's own registration -------------------------------------------------------------------------------------------


def own(registration, part=""):
    return f"/registracija/{letters.token_of(registration)}/{part}"


def test_ones_own_registration_is_seen_changed_and_cancelled_without_signing_in(client, event):
    event.asks_people = event.asks_phone = True
    event.save()
    registration = register(event)
    text = text_of(client.get(own(registration)))
    assert "Esate užsiregistravę, vieta jūsų." in text
    response = client.post(own(registration), {"people": "3", "phone": "+370 600", "note": "Su vaikais"})
    assert response.status_code == 302
    assert "Pakeitimus įrašėme" in text_of(client.get(response["Location"]))
    registration.refresh_from_db()
    assert (registration.people, registration.note, registration.wants_reminder) == (3, "Su vaikais", False)
    assert "Ar tikrai atsisakote?" in text_of(client.get(own(registration, "atsisakyti/")))
    registration.refresh_from_db()
    assert registration.is_active, "reading the question cancels nothing"
    assert client.post(own(registration, "atsisakyti/"))["Location"] == own(registration)
    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert "atšaukta" in text_of(client.get(own(registration)))
    assert Letter.objects.filter(subject__startswith="Registracija atšaukta").count() == 1


def test_more_people_than_there_is_room_for_are_told_beside_the_field(client, site):
    event = event_of(capacity=4, asks_people=True)
    registration, _ = register(event, 1), register(event, 2)
    html = client.post(own(registration), {"people": "4", "note": "Daug mūsų"}).content.decode()
    assert "papildomai yra 2\xa0laisvos vietos" in html
    assert 'id="id_people_error"' in html
    assert "Daug mūsų" in html
    registration.refresh_from_db()
    assert (registration.people, registration.note) == (1, "")


def test_fewer_people_let_in_who_waits(client, site):
    event = event_of(capacity=2, asks_people=True)
    registration, _ = register(event, 1, people=2), register(event, 2)
    client.post(own(registration), {"people": "1"})
    assert states(event)["2"] == "promoted"


def test_answers_to_questions_asked_no_more_are_kept(client, event):
    old = [{"question": "Senas?", "answer": "Taip"}]
    registration = register(event, answers=old)
    client.post(own(registration), {"note": "x"})
    registration.refresh_from_db()
    assert registration.answers == old


def test_the_address_is_told_to_nobody(client, event):
    registration = register(event)
    for part in ("", "aciu/", "atsisakyti/", "kalendorius.ics"):
        response = client.get(own(registration, part))
        assert response.status_code == 200
        # The origin and no more; "no-referrer" would make the header's sign-out untrusted ("Origin: null").
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        assert not re.search(rb'(?:src|href)="https?://(?!testserver)', response.content)


def test_whoever_has_the_address_needs_no_cookie(event):
    from django.test import Client

    registration = register(event)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(own(registration), {"note": "Be slapuko"}).status_code == 302
    assert strict.post(own(registration, "atsisakyti/"), headers={"origin": "null"}).status_code == 302
    registration.refresh_from_db()
    assert (registration.note, registration.state) == ("Be slapuko", "cancelled")


def test_a_wrong_address_opens_nothing(client, event):
    mine, other = register(event, 1), register(event, 2)
    token = letters.token_of(mine)
    swapped = other.key.hex + token[32:]
    for wrong in ("x", token[:-1], token.upper(), swapped, mine.key.hex, f"{mine.pk}"):
        for part in ("", "aciu/", "atsisakyti/", "kalendorius.ics"):
            for response in (client.get(f"/registracija/{wrong}/{part}"), client.post(f"/registracija/{wrong}/{part}")):
                assert response.status_code == 404
                assert "Atstovas" not in response.content.decode()
    assert "Greičiausiai nuoroda nukopijuota ne visa" in text_of(client.get("/registracija/x/"))
    assert {row.state for row in Registration.objects.all()} == {"registered"}


def test_it_works_for_a_members_event_too_and_gives_nothing_more_away(client, site):
    event = event_of(audience="members", summary="Slapta santrauka.")
    registration = register(event)
    html = client.get(own(registration)).content.decode()
    assert "Mokymai „Uogos“" in html
    assert "Slapta santrauka" not in html
    assert f'href="{event.get_url()}"' not in html
    assert client.post(own(registration, "atsisakyti/")).status_code == 302


def test_ones_own_calendar_file_is_for_whoever_has_a_place(client, site):
    event = event_of(capacity=1)
    registration, waiting = register(event, 1), register(event, 2)
    calendar = Calendar.from_ical(client.get(own(registration, "kalendorius.ics")).content)
    assert len(calendar.walk("VEVENT")) == 1
    assert client.get(own(waiting, "kalendorius.ics")).status_code == 404


def test_nothing_is_changed_once_it_is_over(client, event, time_machine):
    registration = register(event)
    time_machine.move_to(START + timedelta(days=1))
    assert "Renginys jau įvyko" in text_of(client.get(own(registration)))
    client.post(own(registration), {"note": "Vėlu"})
    registration.refresh_from_db()
    assert registration.note == ""


def test_every_letter_of_a_registration_says_the_same_in_text_and_html(site):
    event = event_of(RegistrationMode.DATE, [(START, None), (START + timedelta(days=7), None)], capacity=1)
    first, second = event.dates.all()
    leaver = register(event, 1, date=first)
    register(event, 2, date=first)
    letters.link_again(leaver)
    letters.reminder(leaver, first)
    service.cancel(leaver)
    service.cancel(service.register(service.Occasion(event, second), person(3)), by_staff=True)
    assert {letter.subject.partition(":")[0] for letter in Letter.objects.all()} == {
        "Jūs užsiregistravote",
        "Laukiate vietos",
        "Jūsų registracija",
        "Primename",
        "Registracija atšaukta",
        "Atsirado vieta",
    }
    for letter in Letter.objects.all():
        shown = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", letter.html.partition("<body")[2])))
        for line in filter(None, letter.text.splitlines()):
            said, _, url = line.partition(": http")
            assert " ".join(said.split("http")[0].split()) in shown, letter.subject
            if url:
                assert f'href="http{url}"' in letter.html
        assert "{{" not in letter.text
        assert "{%" not in letter.text
        assert "None" not in letter.text


# --- Reminders --------------------------------------------------------------------------------------------------------


def remind(*options):
    out = StringIO()
    call_command("send_reminders", *options, stdout=out)
    return out.getvalue()


def reminders():
    return list(Letter.objects.filter(kind=LetterKind.REMINDER).order_by("to").values_list("to", flat=True))


@pytest.fixture
def eve(time_machine):
    """The morning of the day before."""
    return lambda: time_machine.move_to(START - timedelta(days=1, minutes=30))


def test_who_comes_tomorrow_is_reminded_once(event, eve):
    register(event)
    assert remind().strip().endswith(": 0")
    eve()
    assert remind().strip().endswith(": 1")
    assert remind().strip().endswith(": 0")
    (letter,) = Letter.objects.filter(kind=LetterKind.REMINDER)
    assert letter.expires_at == START
    assert letters.manage_url(Registration.objects.get()) in letter.text


def test_a_dry_run_prints_and_writes_nothing(event, eve):
    register(event)
    eve()
    told = remind("--dry-run")
    assert "atstovas1@example.lt" in told
    assert told.strip().endswith("Būtų parašyta priminimų: 1")
    assert reminders() == []


def test_only_who_has_a_place_and_wants_it_is_reminded(site, eve):
    event = event_of(capacity=2)
    register(event, 1)
    register(event, 2, wants_reminder=False)
    register(event, 3)
    eve()
    register(fresh(event), 4)
    remind()
    assert reminders() == ["atstovas1@example.lt"]


def test_a_cancelled_registration_or_date_is_not_reminded_of(event, eve):
    service.cancel(register(event, 1))
    register(event, 2)
    EventDate.objects.update(status="cancelled")
    eve()
    remind()
    assert reminders() == []


def test_a_moved_date_is_reminded_of_anew(event, eve, time_machine):
    register(event)
    eve()
    remind()
    EventDate.objects.update(start=START + timedelta(days=7), over_at=START + timedelta(days=7), end=None)
    remind()
    assert len(reminders()) == 1
    time_machine.move_to(START + timedelta(days=6))
    remind()
    assert len(reminders()) == 2


def test_who_registers_on_the_eve_has_just_been_written_to(event, time_machine):
    time_machine.move_to(START - timedelta(hours=20))
    register(event)
    remind()
    assert reminders() == []


# --- Privacy ----------------------------------------------------------------------------------------------------------


def erase_overdue():
    out = StringIO()
    call_command("erase_registrations", stdout=out)
    return int(out.getvalue().split()[-1])


def test_data_are_erased_after_the_days_that_the_event_says_and_counts_stay(client, site, time_machine):
    event = event_of(retention_days=10, asks_people=True)
    registration = register(
        event, people=3, note="Paslaptis", phone="+370 600", answers=[{"question": "a", "answer": "b"}]
    )
    other = service.register(service.Occasion(event), person(2))
    service.cancel(other)
    time_machine.move_to(START + timedelta(days=10, hours=1))
    assert erase_overdue() == 0
    time_machine.move_to(START + timedelta(days=10, hours=3))
    assert erase_overdue() == 2
    assert erase_overdue() == 0
    registration.refresh_from_db()
    held = (registration.name, registration.email, registration.email_key, registration.phone, registration.note)
    assert held == ("",) * 5
    assert (registration.answers, registration.folded, registration.user, registration.form_token) == (
        [],
        "",
        None,
        None,
    )
    assert (registration.state, registration.people) == ("registered", 3)
    assert not Letter.objects.exists()
    gone = client.get(own(registration))
    assert gone.status_code == 410
    assert "Duomenys ištrinti" in text_of(gone)
    assert client.post(own(registration), {"note": "x"}).status_code == 410


def test_erasing_what_is_to_come_gives_the_place_to_who_waits(site):
    event = event_of(capacity=1)
    first, _ = register(event, 1), register(event, 2)
    erase(first)
    assert [(row.state, row.name) for row in event.registrations.order_by("pk")] == [
        ("cancelled", ""),
        ("promoted", "Atstovas 2"),
    ]
    assert not Letter.objects.filter(to="atstovas1@example.lt").exists()
    assert register(event, 1).state == "waiting"
