"""What concerns one member: the pages below /nariams/, and what delegates propose about their member's entry."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import CustomDocument, SiteSettings, User
from events.calendars import private_calendar_url
from events.letters import manage_url
from events.models import CalendarKey, EventDate, EventMaterial, Registration
from events.registration import Occasion, register
from members import proposals
from members.models import Member, MemberProposal, ProposalState
from outbox.models import Letter
from tests.factories import (
    DelegateFactory,
    EventIndexPageFactory,
    EventPageFactory,
    HomePageFactory,
    MemberFactory,
    MemberListPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAGES = ("members_area", "members_files", "member_entry", "member_propose", "members_calendar")
NOW = "2026-11-22 10:00:00+02:00"


@pytest.fixture
def delegate():
    HomePageFactory()
    return DelegateFactory(
        member__organisation__name="Lankų bendruomenė", member__email="senas@example.lt", user__first_name="Atstovas"
    )


@pytest.fixture
def signed_in(client, delegate):
    """The delegate's browser."""
    client.force_login(delegate.user)
    return client


def text_of(response):
    """What a reader is shown, in one line."""
    assert response.status_code == 200
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# --- Whose pages these are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_led_to_sign_in_and_back(client, name):
    HomePageFactory()
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("permission", [None, "read_members_content", "access_admin"])
def test_who_acts_for_nobody_is_told_so(client, name, permission):
    HomePageFactory()
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename=permission))
    client.force_login(user)
    response = client.get(reverse(name))
    assert response.status_code == 403
    assert "nariui neatstovaujate" in response.content.decode()
    assert ("svetainės tvarkyme" in response.content.decode()) == (permission == "access_admin")


def test_a_revoked_delegate_whom_somebody_switched_on_again_acts_for_nobody(signed_in, delegate):
    delegate.revoked_at = timezone.now()
    delegate.save()
    assert signed_in.get("/nariams/").status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_who_left_is_told_kindly_and_shown_nothing(signed_in, delegate, name):
    EventPageFactory(title="Visiems skirtas renginys")
    Member.objects.update(left_on="2026-01-31")
    text = text_of(signed_in.get(reverse(name)))
    assert "nuo 2026 m. sausio 31 d. nebėra mūsų narys" in text
    assert "Visiems skirtas" not in text
    assert "senas@example.lt" not in text
    for address, typed in (("member_propose", {"email": "naujas@example.lt"}), ("members_calendar", {})):
        signed_in.post(reverse(address), typed)
    assert not MemberProposal.objects.exists()
    assert not CalendarKey.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_no_copy_is_kept_and_no_crawler_invited(signed_in, name):
    response = signed_in.get(reverse(name))
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response.content.decode().count("<h1") == 1


def test_another_method_is_refused(signed_in):
    for name in PAGES:
        assert signed_in.put(reverse(name)).status_code == 405
    assert signed_in.post(reverse("members_area")).status_code == 405


# --- Events -----------------------------------------------------------------------------------------------------------


def first_date(page):
    return page.dates.order_by("start").first()


@time_machine.travel(NOW, tick=False)
def test_dates_to_come_are_shown_nearest_first_with_those_for_members(signed_in):
    EventPageFactory(title="Vėlesnis", dates=[(timezone.now() + timedelta(days=20), None)])
    EventPageFactory(title="Narių", audience="members", dates=[(timezone.now() + timedelta(days=9), None)])
    EventPageFactory(title="Praėjęs", dates=[(timezone.now() - timedelta(days=1), None)])
    EventPageFactory(title="Juodraštis", live=False)
    text = text_of(signed_in.get("/nariams/"))
    assert text.index("Narių ,") < text.index("Tik nariams") < text.index("Vėlesnis")
    assert "Praėjęs" not in text
    assert "Juodraštis" not in text


def test_nothing_to_come_is_said(signed_in):
    text = text_of(signed_in.get("/nariams/"))
    assert "naujų renginių nesuplanuota" in text
    assert "Kol kas nieko nėra" in text_of(signed_in.get(reverse("members_files")))


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "Registruotis"),
        ({"registration_audience": "members"}, "Registruotis"),
        ({"registration_opens": "2026-11-24T08:00Z"}, "Registracija prasidės 2026 m. lapkričio 24 d."),
        ({"registration_closes": "2026-11-21T08:00Z"}, "Registracija baigta"),
    ],
)
def test_whether_one_can_register_is_said(signed_in, fields, shown):
    page = EventPageFactory(registration="event", title="Mokymai", **fields)
    response = signed_in.get("/nariams/")
    assert shown in text_of(response)
    assert (f'href="{page.url}registracija/"' in response.content.decode()) == (shown == "Registruotis")


@time_machine.travel(NOW, tick=False)
def test_a_full_event_has_a_queue_and_one_without_registration_says_nothing(signed_in):
    page = EventPageFactory(registration="event", capacity=1)
    register(Occasion(page), {"name": "Kitas", "email": "kitas@example.lt"})
    assert "Vietų nebėra. Laukti vietos" in text_of(signed_in.get("/nariams/"))
    page.registration = "none"
    page.save()
    text = text_of(signed_in.get("/nariams/"))
    assert "Vietų nebėra" not in text
    assert "Registr" not in text.partition("Artimiausi renginiai")[2].partition("Prisijungėte kaip")[0]


@time_machine.travel(NOW, tick=False)
def test_registering_for_dates_leads_to_that_date(signed_in):
    start = timezone.now() + timedelta(days=3)
    page = EventPageFactory(registration="date", dates=[(start, None), (start + timedelta(days=7), None)])
    content = signed_in.get("/nariams/").content.decode()
    for date in page.dates.all():
        assert f'href="{page.url}registracija/?data={date.uid}"' in content
    own = register(Occasion(page, first_date(page)), {"name": "Aš", "email": "as@example.lt"}, user=delegate_user())
    response = signed_in.get("/nariams/")
    assert response.content.decode().count(manage_url(own)) == 1
    assert f"?data={first_date(page).uid}" not in response.content.decode()
    assert "Užsiregistravote" in text_of(response)


def delegate_user():
    return User.objects.get(delegate__isnull=False)


@time_machine.travel(NOW, tick=False)
def test_ones_own_registrations_are_those_made_signed_in_and_those_by_the_same_address(signed_in, delegate):
    by_account, by_address, waiting, cancelled, foreign = (
        EventPageFactory(registration="event", capacity=1, title=title)
        for title in ("Prisijungus", "Adresu", "Eilėje", "Atsisakyta", "Svetima")
    )
    details = {"name": "Aš", "email": delegate.user.email.upper()}
    others = {"name": "Kitas", "email": "kitas@example.lt"}
    mine = [
        register(Occasion(by_account), {"name": "Aš", "email": "asmeninis@example.lt"}, user=delegate.user),
        register(Occasion(by_address), details),
    ]
    register(Occasion(waiting), others)
    mine.append(register(Occasion(waiting), details))
    gone = register(Occasion(cancelled), details)
    Registration.objects.filter(pk=gone.pk).update(state="cancelled")
    not_mine = register(Occasion(foreign), others)
    content = signed_in.get("/nariams/").content.decode()
    assert all(manage_url(registration) in content for registration in mine)
    assert manage_url(gone) not in content
    assert manage_url(not_mine) not in content
    assert content.count("Užsiregistravote") == 2
    assert content.count("Laukiate vietos") == 1


@time_machine.travel(NOW, tick=False)
def test_registrations_without_an_address_are_nobodys(signed_in, delegate):
    page = EventPageFactory(registration="event")
    register(Occasion(page), {"name": "Be adreso", "email": ""}, by_staff=True)
    User.objects.filter(pk=delegate.user.pk).update(email="")
    assert "Užsiregistravote" not in text_of(signed_in.get("/nariams/"))


@time_machine.travel(NOW, tick=False)
def test_more_dates_go_on_on_the_next_page(signed_in):
    start = timezone.now() + timedelta(days=1)
    EventPageFactory(dates=[(start + timedelta(days=day), None) for day in range(25)])
    assert len(signed_in.get("/nariams/").context["rows"]) == 20
    assert len(signed_in.get("/nariams/?page=2").context["rows"]) == 5
    assert signed_in.get("/nariams/?page=3").status_code == 404
    assert signed_in.get("/nariams/?page=x").status_code == 404


def document(title, **fields):
    return CustomDocument.objects.create(title=title, file=ContentFile(b"%PDF", name="failas.pdf"), **fields)


def test_files_of_members_events_are_shown_newest_first_and_no_others(signed_in):
    members, public, draft = (
        EventPageFactory(title="Narių susirinkimas", audience="members"),
        EventPageFactory(title="Šventė"),
        EventPageFactory(audience="members", live=False),
    )
    for page, title, audience in (
        (members, "Protokolas", "public"),
        (public, "Sąmata nariams", "members"),
        (public, "Programa", "public"),
        (draft, "Slapta darbotvarkė", "members"),
    ):
        EventMaterial.objects.create(event=page, document=document(title, audience=audience))
    text = text_of(signed_in.get(reverse("members_files")))
    assert text.index("Sąmata nariams") < text.index("Protokolas") < text.index("Renginys: Narių susirinkimas")
    assert "Programa" not in text
    assert "Slapta darbotvarkė" not in text


# --- The calendar -----------------------------------------------------------------------------------------------------


def test_the_calendars_address_is_made_renewed_and_shown_to_nobody_else(signed_in, delegate):
    EventIndexPageFactory()
    address = reverse("members_calendar")
    assert "Sukurti adresą" in text_of(signed_in.get(address))
    assert not CalendarKey.objects.exists(), "looking makes nothing"
    assert "Adresas sukurtas." in text_of(signed_in.post(address, follow=True))
    old = private_calendar_url(CalendarKey.objects.get(user=delegate.user))
    response = signed_in.get(address)
    assert old in response.content.decode()
    assert 'href="webcal:' + old.partition(":")[2] in response.content.decode()
    assert 'href="/renginiai/prenumerata/"' in response.content.decode()
    assert "Prenumeruoti" in text_of(signed_in.post(address, follow=True))
    assert private_calendar_url(CalendarKey.objects.get()) == old, "making it twice changes nothing"

    assert "Adresas pakeistas." in text_of(signed_in.post(address, {"renew": ""}, follow=True))
    new = private_calendar_url(CalendarKey.objects.get())
    assert new != old
    assert Client().get(old.removeprefix("http://testserver")).status_code == 404
    assert Client().get(new.removeprefix("http://testserver")).status_code == 200
    other = Client()
    other.force_login(DelegateFactory().user)
    assert new not in other.get(address).content.decode()


# --- The entry, and proposing -----------------------------------------------------------------------------------------

TYPED = {"email": "senas@example.lt", "phone": "", "address": "", "website": ""}


def propose(signed_in, **typed):
    return signed_in.post(reverse("member_propose"), TYPED | typed)


@pytest.fixture
def office():
    """The LAG's own address."""
    SiteSettings.objects.update_or_create(defaults={"email": "vvg@example.lt"}, site_id=1)


@pytest.fixture
def staff():
    return UserFactory(username="tvarkytoja", email="tvarkytoja@example.lt", is_superuser=True)


@pytest.fixture
def desk(staff):
    """The browser of somebody who decides."""
    client = Client()
    client.force_login(staff)
    return client


def review(proposal):
    return reverse("member_proposals:edit", args=[proposal.pk])


def approve(desk, proposal):
    """As a person does: open, read, press the button."""
    page = desk.get(review(proposal))
    return desk.post(review(proposal), {"approve": "", "seal": page.context["seal"]}, follow=True)


def test_the_entry_says_what_is_public_and_what_is_not(signed_in, delegate):
    Member.objects.update(phone="+370 600 00000", shows_phone=True)
    text = text_of(signed_in.get(reverse("member_entry")))
    assert "Pavadinimas Lankų bendruomenė Rodoma visiems" in text
    assert "El. paštas senas@example.lt Viešai nerodoma" in text
    assert "Telefonas +370 600 00000 Rodoma visiems" in text
    assert "Adresas –" in text


def test_a_person_says_whether_the_name_is_shown(client, staff, desk):
    HomePageFactory()
    delegate = DelegateFactory(member__organisation=None, member__given_name="Narys", member__surname="Fizinis")
    client.force_login(delegate.user)
    assert "Narys Fizinis Viešai nerodoma" in text_of(client.get(reverse("member_entry")))
    content = client.get(reverse("member_propose")).content.decode()
    assert 'name="shows_name"' in content
    assert 'name="website"' not in content
    client.post(reverse("member_propose"), {"shows_name": "on"})
    approve(desk, MemberProposal.objects.get())
    assert Member.objects.get().name == "Narys Fizinis"
    assert "Narys Fizinis" in client.get(MemberListPageFactory().url).content.decode()


def test_what_is_proposed_waits_and_changes_nothing(signed_in, delegate, office):
    response = propose(signed_in, email="naujas@example.lt", shows_email="on", website="bendruomene.lt")
    assert response["Location"] == reverse("member_entry")
    proposal = MemberProposal.objects.get()
    assert proposal.before == {"email": "senas@example.lt", "shows_email": False, "website": ""}
    assert proposal.after == {
        "email": "naujas@example.lt",
        "shows_email": True,
        "website": "https://bendruomene.lt",
    }
    assert Member.objects.get().email == "senas@example.lt"
    text = text_of(signed_in.get(reverse("member_entry")))
    assert "Laukia patvirtinimo: jūsų pasiūlymas" in text
    assert "El. paštas: naujas@example.lt" in text
    assert "Rodyti el. paštą: Taip" in text
    assert 'value="naujas@example.lt"' in signed_in.get(reverse("member_propose")).content.decode()
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("proposal", "vvg@example.lt")
    assert "El. paštas: naujas@example.lt (buvo: senas@example.lt)" in letter.text
    assert "http://testserver" + review(proposal) in letter.text


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(signed_in):
    response = propose(signed_in, email="ne adresas", phone="+370 600 00000", website="x", shows_address="on")
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {"email", "website", "address"}
    content = response.content.decode()
    for name in errors:
        assert f'id="id_{name}_error">{errors[name][0]}' in content
    assert "<title>Klaida: " in content
    assert 'value="ne adresas"' in content
    assert 'value="+370 600 00000"' in content
    assert not MemberProposal.objects.exists()
    for typed in ({"phone": "1" * 41}, {"address": "a" * 201}, {"email": "a" * 300}, {"phone": "\x00"}):
        assert propose(signed_in, **typed).status_code == 200
    assert not MemberProposal.objects.exists()


def test_a_new_proposal_takes_the_place_of_ones_own(signed_in, desk, staff):
    propose(signed_in, phone="+370 600 00001")
    first = MemberProposal.objects.get()
    propose(signed_in, phone="+370 600 00001")
    assert MemberProposal.objects.count() == 1, "the same again is the same proposal"
    seal = desk.get(review(first)).context["seal"]
    propose(signed_in, phone="+370 600 00002")
    first.refresh_from_db()
    assert first.state == ProposalState.WITHDRAWN
    assert list(MemberProposal.objects.filter(state="pending").values_list("after", flat=True)) == [
        {"phone": "+370 600 00002"}
    ]
    # Who had the first one open approves nothing that they have not read.
    response = desk.post(review(first), {"approve": "", "seal": seal}, follow=True)
    assert "Nieko neįrašyta" in response.content.decode()
    assert Member.objects.get().phone == ""


def test_proposing_what_already_stands_takes_the_proposal_back(signed_in):
    assert "Nieko nepakeista" in text_of(signed_in.post(reverse("member_propose"), TYPED, follow=True))
    propose(signed_in, phone="+370 600 00001")
    assert "Pasiūlymas atsiimtas." in text_of(signed_in.post(reverse("member_propose"), TYPED, follow=True))
    assert MemberProposal.objects.get().state == ProposalState.WITHDRAWN


def test_two_delegates_of_a_member_see_and_keep_each_others_proposals(signed_in, delegate):
    other = Client()
    other.force_login(DelegateFactory(member=delegate.member).user)
    propose(signed_in, phone="+370 600 00001")
    propose(other, phone="+370 600 00002")
    assert MemberProposal.objects.filter(state="pending").count() == 2
    text = text_of(signed_in.get(reverse("member_entry")))
    assert "jūsų pasiūlymas Telefonas: +370 600 00001" in text
    assert "kito jūsų nario atstovo pasiūlymas Telefonas: +370 600 00002" in text


def test_other_members_see_nothing_of_it(signed_in, office):
    propose(signed_in, phone="+370 600 00001")
    other = Client()
    other.force_login(DelegateFactory().user)
    for name in PAGES:
        text = text_of(other.get(reverse(name)))
        assert "600 00001" not in text
        assert "senas@example.lt" not in text
        assert "Lankų bendruomenė" not in text
    assert other.get(review(MemberProposal.objects.get())).status_code == 403


# --- Deciding ---------------------------------------------------------------------------------------------------------


def test_one_click_approves_keeps_history_and_tells_the_proposer(signed_in, delegate, desk, staff):
    delegate.member.save_revision()
    propose(signed_in, email="naujas@example.lt", shows_email="on", website="https://bendruomene.lt")
    proposal = MemberProposal.objects.get()
    page = text_of(desk.get(review(proposal)))
    assert "senas@example.lt naujas@example.lt senas@example.lt" in page
    assert "pasikeitė" not in page
    assert "Patvirtinta: Lankų bendruomenė." in approve(desk, proposal).content.decode()
    member = Member.objects.get()
    assert (member.email, member.shows_email) == ("naujas@example.lt", True)
    assert member.organisation.website == "https://bendruomene.lt"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("approved", staff)
    for row in (member, member.organisation):
        revision = row.latest_revision
        assert revision.user == staff
        entry = ModelLogEntry.objects.for_instance(row).get()
        assert (entry.action, entry.user, entry.revision) == ("wagtail.edit", staff, revision)
    assert member.revisions.count() == 2
    assert member.revisions.order_by("pk").first().as_object().email == "senas@example.lt"
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (delegate.user.email, "Jūsų pasiūlymas patvirtintas")
    assert "El. paštas: naujas@example.lt" in letter.text
    assert "http://testserver/nariams/duomenys/" in letter.text
    assert "Laukia patvirtinimo" not in text_of(signed_in.get(reverse("member_entry")))
    # The button is gone, and pressing it again does nothing.
    assert "Patvirtinti" not in text_of(desk.get(review(proposal)))
    assert "Nieko neįrašyta" in approve_again(desk, proposal)
    assert Letter.objects.count() == 1


def approve_again(desk, proposal):
    seal = proposals.seal_of(proposal)
    return desk.post(review(proposal), {"approve": "", "seal": seal}, follow=True).content.decode()


def test_only_what_is_proposed_is_written(signed_in, desk):
    propose(signed_in, phone="+370 600 00001")
    Member.objects.update(address="Ilgoji g. 1")
    approve(desk, MemberProposal.objects.get())
    member = Member.objects.get()
    assert (member.phone, member.address) == ("+370 600 00001", "Ilgoji g. 1")


def test_what_changed_meanwhile_is_shown_before_it_is_overwritten(signed_in, desk):
    propose(signed_in, email="naujas@example.lt")
    proposal = MemberProposal.objects.get()
    read = desk.get(review(proposal)).context["seal"]
    Member.objects.update(email="trecias@example.lt")
    response = desk.post(review(proposal), {"approve": "", "seal": read}, follow=True)
    text = text_of(response)
    assert "Nieko neįrašyta" in text
    assert "Po to, kai tai buvo pasiūlyta, registras pasikeitė" in text
    assert "trecias@example.lt pasikeitė" in text
    assert Member.objects.get().email == "trecias@example.lt"
    approve(desk, proposal)
    assert Member.objects.get().email == "naujas@example.lt"


def test_without_a_seal_nothing_is_approved(signed_in, desk):
    propose(signed_in, email="naujas@example.lt")
    desk.post(review(MemberProposal.objects.get()), {"approve": ""})
    assert Member.objects.get().email == "senas@example.lt"


def test_declining_wants_a_sentence_and_sends_it(signed_in, delegate, desk, staff):
    propose(signed_in, email="naujas@example.lt")
    proposal = MemberProposal.objects.get()
    response = desk.post(review(proposal), {"decline": "", "answer": " "})
    assert response.status_code == 200
    assert response.context["decline_form"].errors["answer"]
    assert not Letter.objects.exists()
    desk.post(review(proposal), {"decline": "", "answer": "Šis adresas neveikia."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.answer) == ("declined", staff, "Šis adresas neveikia.")
    assert Member.objects.get().email == "senas@example.lt"
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (delegate.user.email, "Jūsų pasiūlymas nepatvirtintas")
    assert "Atsakymas: Šis adresas neveikia." in letter.text
    assert "Atsakymas: Šis adresas neveikia." in text_of(desk.get(review(proposal)))
    desk.post(review(proposal), {"decline": "", "answer": "Dar kartą."})
    assert Letter.objects.count() == 1


def test_who_may_only_edit_members_decides_nothing(signed_in, delegate):
    propose(signed_in, email="naujas@example.lt")
    proposal, user = MemberProposal.objects.get(), UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_member"]))
    desk = Client()
    desk.force_login(user)
    assert desk.get(reverse("member_proposals:index")).status_code == 302
    assert desk.get(review(proposal)).status_code == 302
    desk.post(review(proposal), {"approve": "", "seal": proposals.seal_of(proposal)})
    desk.post(review(proposal), {"decline": "", "answer": "Ne."})
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_proposals_that_wait_stand_first_and_are_found(signed_in, delegate, desk):
    rows = [
        MemberProposal.objects.create(
            member=delegate.member, user=user, before={}, after={}, state=state, decided_at=decided
        )
        for user, state, decided in (
            (delegate.user, "pending", None),
            (delegate.user, "approved", timezone.now()),
        )
    ]
    listed = desk.get(reverse("member_proposals:index"))
    assert list(listed.context["object_list"]) == rows
    assert list(desk.get(reverse("member_proposals:index"), {"state": "approved"}).context["object_list"]) == rows[1:]
    assert list(desk.get(reverse("member_proposals:index"), {"q": "lanku"}).context["object_list"]) == rows
    assert not desk.get(reverse("member_proposals:index"), {"q": "kita"}).context["object_list"]
    assert desk.get("/admin/member_proposals/new/").status_code == 404


def test_a_proposal_outlives_its_proposer(signed_in, delegate, desk):
    propose(signed_in, phone="+370 600 00001")
    delegate.user.delete()
    proposal = MemberProposal.objects.get()
    assert "Naudotojas, kurio nebėra" in text_of(desk.get(review(proposal)))
    approve(desk, proposal)
    assert Member.objects.get().phone == "+370 600 00001"
    assert not Letter.objects.exists()


# --- Weight -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@time_machine.travel(NOW, tick=False)
def test_ten_times_the_rows_take_the_same_queries(signed_in, delegate, name):
    def queries():
        signed_in.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            response = signed_in.get(reverse(name))
        assert response.status_code == 200
        return len(captured)

    def grow(number):
        for _ in range(number):
            page = EventPageFactory(registration="event", audience="members")
            Registration.objects.create(event=page, user=delegate.user, email="a@example.lt", state="registered")
            EventMaterial.objects.create(event=page, document=document("Protokolas"))
            by_date = EventPageFactory(registration="date")
            EventDate.objects.create(event=by_date, start=timezone.now() + timedelta(days=9))
            MemberProposal.objects.create(
                member=delegate.member, user=UserFactory(), before={"phone": ""}, after={"phone": "1"}
            )
            MemberFactory()

    grow(2)
    few = queries()
    grow(18)
    assert queries() == few <= 15


def test_the_list_of_proposals_takes_the_same_queries_for_ten_times_the_rows(desk):
    def queries():
        desk.get(reverse("member_proposals:index"))
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("member_proposals:index"))
        return len(captured)

    def grow(number):
        for delegate in DelegateFactory.create_batch(number):
            MemberProposal.objects.create(member=delegate.member, user=delegate.user, before={}, after={})

    grow(3)
    few = queries()
    grow(27)
    assert queries() == few
