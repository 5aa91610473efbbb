"""Letters: written with what they tell of, sent by real SMTP, tried again, erased in time, seen by the staff."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.models import User
from home.models import ContactMessage
from home.personal_data import as_json, erase, held_about
from outbox import delivery
from outbox.layout import parts
from outbox.models import CLAIM_LASTS, PAUSES, Letter, LetterKind
from outbox.post import post
from tests.factories import ContactMessageFactory, EventPageFactory, HomePageFactory, MemberFactory, UserFactory
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    """A mail server on this machine, to which the site sends."""
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    box.close()


def write(to="a@example.lt", **fields):
    context = {"message": ContactMessageFactory.build(text="Sveiki,\n\nčia žinia.")}
    return post(LetterKind.CONTACT, to, "Žinia „Uogos“", "contact", context, **fields)


def send(*options):
    out = StringIO()
    call_command("send_letters", *options, stdout=out)
    return out.getvalue()


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_letter_goes_by_smtp_whole(mailbox):
    letter = write(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_name="m.ics", reply_to="vvg@example.lt")
    assert "Išsiųsta: 1 iš 1" in send()
    (got,) = mailbox.to("a@example.lt")
    assert got["subject"] == "Žinia „Uogos“"
    assert got["message-id"] == f"<letter-{letter.pk}@{django_settings.SITE_HOST}>"
    assert got["auto-submitted"] == "auto-generated"
    assert got["reply-to"] == "vvg@example.lt"
    assert "čia žinia" in got.get_body("plain").get_content()
    assert "čia žinia" in got.get_body("html").get_content()
    (attached,) = got.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "m.ics")
    assert "Išsiųsta: 0 iš 0" in send()
    assert len(mailbox.letters) == 1


def test_a_dry_run_prints_and_sends_nothing(mailbox):
    write()
    assert "To: a@example.lt" in send("--dry-run")
    assert mailbox.letters == []
    assert Letter.objects.due().count() == 1


def test_a_server_that_is_down_delays_and_loses_nothing(mailbox, settings, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    settings.EMAIL_PORT = 1  # nobody listens there
    letter = write()
    for pause in PAUSES:
        send()
        letter.refresh_from_db()
        assert letter.next_try_at == timezone.now() + pause
        assert letter.last_error.startswith("ConnectionRefusedError")
        assert "0 iš 0" in send(), "not before its time"
        time_machine.shift(pause)
    send()
    letter.refresh_from_db()
    assert letter.gave_up_at
    assert list(Letter.objects.failed()) == [letter]
    letter.try_again()
    assert Letter.objects.due().get() == letter


def test_a_letter_that_failed_goes_later_once(mailbox, settings, time_machine):
    time_machine.move_to(timezone.now())
    write()
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    send()
    settings.EMAIL_PORT = port
    time_machine.shift(PAUSES[0])
    assert "1 iš 1" in send()
    assert "0 iš 0" in send()
    assert len(mailbox.letters) == 1


def test_an_address_that_is_refused_is_given_up_and_holds_up_no_other(mailbox):
    mailbox.refused.add("nera@example.lt")
    refused, other = write("nera@example.lt"), write("b@example.lt")
    assert "1 iš 2" in send()
    refused.refresh_from_db()
    other.refresh_from_db()
    assert refused.gave_up_at
    assert "550" in refused.last_error
    assert other.sent_at


def test_later_is_not_never(mailbox, monkeypatch):
    async def greylist(server, session, envelope, address, options):
        return "450 Come back later"

    monkeypatch.setattr(mailbox, "handle_RCPT", greylist, raising=False)
    letter = write()
    send()
    letter.refresh_from_db()
    assert letter.gave_up_at is None
    assert letter.next_try_at > timezone.now()


def test_one_letter_that_cannot_be_made_holds_up_no_other(mailbox, monkeypatch):
    broken, other = write("a@example.lt"), write("b@example.lt")
    as_message = delivery.as_message
    monkeypatch.setattr(delivery, "as_message", lambda one: {}["x"] if one == broken else as_message(one))
    assert "1 iš 2" in send()
    broken.refresh_from_db()
    assert broken.last_error.startswith("KeyError")
    assert [one["to"] for one in mailbox.letters] == [other.to]


def test_a_letter_that_is_being_sent_is_not_sent_by_another(mailbox, time_machine):
    time_machine.move_to(timezone.now())
    letter = write()
    assert letter.claim()
    assert not Letter.objects.get(pk=letter.pk).claim()
    assert "0 iš 0" in send()
    time_machine.shift(CLAIM_LASTS + timedelta(seconds=1))
    assert "1 iš 1" in send(), "its sender has died"


def test_what_would_only_confuse_is_not_sent(mailbox):
    write(expires_at=timezone.now() - timedelta(seconds=1))
    assert "0 iš 0" in send()
    assert Letter.objects.late().count() == 1


def test_the_text_of_a_key_is_erased_when_it_is_sent(mailbox):
    letter = write(is_secret=True)
    send()
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")
    assert "čia žinia" in mailbox.letters[0].get_body("plain").get_content()


def test_a_letter_erased_while_it_is_sent_stays_erased(mailbox, monkeypatch):
    letter = write()
    as_message = delivery.as_message

    def erased(one):
        message = as_message(one)
        Letter.objects.all().delete()
        return message

    monkeypatch.setattr(delivery, "as_message", erased)
    assert delivery.deliver(letter)
    assert not Letter.objects.exists()


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_a_letter_stands_and_falls_with_what_it_tells_of(mailbox, django_capture_on_commit_callbacks, monkeypatch):
    handed = []
    monkeypatch.setattr(delivery, "hand_over", handed.append)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        kept = write()
    assert handed == [kept.pk]
    assert list(Letter.objects.all()) == [kept]


def test_one_key_is_one_letter():
    assert write(key="k")
    assert write(key="k") is None
    assert Letter.objects.count() == 1


def test_a_subject_is_one_line_and_html_is_text():
    context = {"message": ContactMessageFactory.build(text="<b>Labas</b> & sveiki")}
    letter = post(LetterKind.CONTACT, "a@example.lt", "Viena\r\nBcc: b@example.lt", "contact", context)
    assert letter.subject == "Viena Bcc: b@example.lt"
    assert "<b>Labas</b> & sveiki" in letter.text
    assert "&lt;b&gt;Labas&lt;/b&gt; &amp; sveiki" in letter.html


def test_a_link_at_the_end_of_a_paragraph_is_a_button():
    first, second, third = parts("Sveiki\nPakeisti: https://a.lt/x/\n\nhttps://a.lt/y/\n\nŽr. https://a.lt/z/ ten\n")
    assert (first.text, first.label, first.url) == ("Sveiki", "Pakeisti", "https://a.lt/x/")
    assert (second.text, second.label, second.url) == ("", "", "https://a.lt/y/")
    assert (third.text, third.url) == ("Žr. https://a.lt/z/ ten", "")


def test_the_contact_form_notes_when_its_letter_went(mailbox):
    message = ContactMessageFactory()
    write(about=f"contact:{message.pk}")
    send()
    assert ContactMessage.objects.get().sent_at == Letter.objects.get().sent_at


# --- Kept as long as needed -------------------------------------------------------------------------------------------


def aged(days, **fields):
    letter = write(**{key: value for key, value in fields.items() if key in ("is_secret", "expires_at")})
    then = timezone.now() - timedelta(days=days)
    sent = {"sent_at": then} if fields.get("sent") else {}
    Letter.objects.filter(pk=letter.pk).update(created_at=then, **sent)
    return letter


def test_letters_are_erased_in_time():
    gone = [
        aged(31, sent=True),
        aged(91),
        aged(1, is_secret=True, expires_at=timezone.now() - timedelta(hours=1)),
    ]
    kept = [aged(29, sent=True), aged(89), aged(1, is_secret=True, expires_at=timezone.now() + timedelta(hours=1))]
    out = StringIO()
    call_command("erase_outdated_letters", stdout=out)
    assert out.getvalue().strip().endswith(f": {len(gone)}")
    assert set(Letter.objects.all()) == set(kept)


# --- The staff --------------------------------------------------------------------------------------------------------


def test_staff_see_what_failed_and_try_again(admin_client, monkeypatch):
    handed = []
    monkeypatch.setattr("outbox.wagtail_hooks.hand_over", handed.append)
    failed, sent = write("nera@example.lt"), write("b@example.lt")
    Letter.objects.filter(pk=failed.pk).update(gave_up_at=timezone.now(), attempts=7, last_error="550 No such mailbox")
    Letter.objects.filter(pk=sent.pk).update(sent_at=timezone.now())
    listed = admin_client.get(reverse("letters:index") + "?state=failed").content.decode()
    assert "nera@example.lt" in listed
    assert "b@example.lt" not in listed
    assert "b@example.lt" in admin_client.get(reverse("letters:index") + "?state=sent&kind=contact").content.decode()
    page = admin_client.get(reverse("letters:edit", args=[failed.pk])).content.decode()
    assert "550 No such mailbox" in page
    assert "Bandyti dar kartą" in page
    assert "Bandyti dar kartą" not in admin_client.get(reverse("letters:edit", args=[sent.pk])).content.decode()
    assert admin_client.post(reverse("letters:edit", args=[failed.pk])).status_code == 302
    assert handed == [failed.pk]
    failed.refresh_from_db()
    assert (failed.gave_up_at, failed.attempts) == (None, 0)


def test_the_key_in_a_letter_is_shown_to_nobody(admin_client):
    letter = write(is_secret=True)
    page = admin_client.get(reverse("letters:edit", args=[letter.pk])).content.decode()
    assert "čia žinia" not in page
    assert "prisijungimo nuoroda" in page


# --- Everything held about a person -----------------------------------------------------------------------------------

ADDRESS = "Asmuo@example.lt"


@pytest.fixture
def person():
    """Somebody of whom everything is held that can be."""
    from events import registration as service
    from members.models import Delegate

    HomePageFactory()
    event = EventPageFactory(registration="event", capacity=1)
    member = MemberFactory(email="asmuo@example.lt")
    user = UserFactory(email="asmuo@EXAMPLE.lt")
    Delegate.objects.create(user=user, member=member)
    service.register(service.Occasion(event), {"name": "Asmuo", "email": "asmuo@example.lt"}, user=user)
    service.register(service.Occasion(event), {"name": "Kitas", "email": "kitas@example.lt"})
    ContactMessageFactory(email="asmuo@example.lt", text="Mano laiškas")
    ContactMessageFactory(email="kitas@example.lt")
    return event


def test_everything_held_is_found_and_handed_over(person):
    data = as_json(held_about(ADDRESS))
    assert {name: len(rows) for name, rows in data.items() if isinstance(rows, list)} == {
        "registracijos": 1,
        "siusti_laiskai": 1,
        "laiskai_is_svetaines": 1,
        "paskyros": 1,
        "nariu_registras": 1,
    }
    assert "Kitas" not in repr(data)
    assert held_about("nera@example.lt").is_empty


def test_erasing_leaves_the_register_and_the_counts_alone(person):
    erase(held_about(ADDRESS))
    held = held_about(ADDRESS)
    assert [len(held.registrations), len(held.letters), len(held.messages), len(held.users)] == [0, 0, 0, 0]
    assert len(held.members) == 1
    assert sorted(person.registrations.values_list("state", "name")) == [("cancelled", ""), ("promoted", "Kitas")]
    assert ContactMessage.objects.get().email == "kitas@example.lt"


def test_staff_are_told_and_not_erased(person, admin_user):
    User.objects.filter(pk=admin_user.pk).update(email=ADDRESS)
    erase(held_about(ADDRESS))
    assert held_about(ADDRESS).staff == [admin_user]


def test_the_command_exports_and_erases(person, tmp_path):
    out, file = StringIO(), tmp_path / "duomenys.json"
    call_command("personal_data", ADDRESS, "--export", str(file), "--erase", stdout=out)
    assert "Mano laiškas" in file.read_text("utf-8")
    assert not ContactMessage.objects.filter(text="Mano laiškas").exists()
    assert "Liko narių registre" in out.getvalue()


def test_the_screen_shows_hands_over_and_erases_after_the_tick(person, admin_client):
    address = reverse("personal_data")
    assert "Įrašykite jo el. pašto adresą" in admin_client.get(address).content.decode()
    found = admin_client.post(address, {"email": ADDRESS}).content.decode()
    assert "1\xa0registracija" in found
    file = admin_client.post(address, {"email": ADDRESS, "export": ""})
    assert file["Content-Disposition"].startswith("attachment")
    assert file.json()["registracijos"][0]["vardas"] == "Asmuo"
    refused = admin_client.post(address, {"email": ADDRESS, "erase": ""}).content.decode()
    assert "Pažymėkite, kad tikrai norite ištrinti." in refused
    assert held_about(ADDRESS).messages
    assert admin_client.post(address, {"email": ADDRESS, "erase": "", "sure": "1"}).status_code == 302
    assert not held_about(ADDRESS).messages
