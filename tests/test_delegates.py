"""Delegates of members: what they may read, inviting, revoking, and the staff's screens for it."""

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts import links
from core.models import User
from core.visibility import reads_members_content
from events.calendars import private_calendar_url
from events.models import CalendarKey
from members import delegates
from members.delegates import delegate_of
from members.models import Delegate, DelegateState, Member
from outbox.models import Letter
from tests.factories import (
    DelegateFactory,
    EventPageFactory,
    HomePageFactory,
    MemberFactory,
    OrganisationFactory,
    UserFactory,
)

READS = "core.read_members_content"


def fresh(user):
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def staff(db):
    return UserFactory(username="tvarkytoja", is_superuser=True)


@pytest.fixture
def secretary(db):
    """Staff who may do with delegates what can be done, and nothing else."""
    user = UserFactory(username="sekretore", email="sekretore@example.lt")
    wanted = ["access_admin", "add_delegate", "change_delegate", "change_memberproposal"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def admin(client, secretary):
    """The secretary's browser."""
    client.force_login(secretary)
    return client


# --- What a delegate may do -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_delegate_reads_what_is_for_members_and_may_do_nothing_else():
    user = DelegateFactory().user
    assert user.get_all_permissions() == {READS}
    assert user.has_perm(READS)
    assert not user.has_perm("wagtailadmin.access_admin")
    assert not user.has_perm("members.change_member")
    assert not UserFactory().has_perm(READS)


@pytest.mark.django_db
def test_who_left_reads_nothing_from_that_day_on():
    user = DelegateFactory(member__left_on="2026-12-01").user
    with time_machine.travel("2026-11-30 21:59:00Z"):
        assert fresh(user).has_perm(READS)
    with time_machine.travel("2026-11-30 22:00:00Z"):  # midnight in Vilnius
        assert not fresh(user).has_perm(READS)


@pytest.mark.django_db
def test_who_is_switched_off_or_revoked_reads_nothing(staff):
    inactive = DelegateFactory(user__is_active=False).user
    assert not inactive.has_perm(READS)
    revoked = DelegateFactory()
    delegates.revoke(revoked, staff)
    user = fresh(revoked.user)
    user.is_active = True  # as an administrator could switch it on again among the users
    user.save()
    assert not fresh(user).has_perm(READS)


@pytest.mark.django_db
def test_whom_somebody_acts_for_is_read_once_a_request(rf):
    request = rf.get("/")
    request.user = fresh(DelegateFactory().user)
    with CaptureQueriesContext(connection) as captured:
        assert reads_members_content(request)
        assert reads_members_content(request)
        assert delegate_of(request.user).member.organisation.name
    assert len([query for query in captured if "members_delegate" in query["sql"]]) == 1


@pytest.mark.django_db
def test_delegates_have_no_way_into_the_admin(client):
    client.force_login(DelegateFactory().user)
    assert client.get("/admin/").status_code == 403


# --- Inviting ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_invitation_makes_a_user_and_a_letter_with_a_link(staff):
    member = MemberFactory(organisation__name="Lankų bendruomenė")
    delegate = delegates.invite(member, "Atstovas@Example.LT", staff, "Atstovas", "Naujas")
    user = fresh(delegate.user)
    assert (user.email, user.get_full_name()) == ("atstovas@example.lt", "Atstovas Naujas")
    assert not user.has_usable_password()
    assert delegate.state == DelegateState.INVITED
    assert delegate.invited_by == staff
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.is_secret) == ("invitation", "atstovas@example.lt", True)
    assert "„Lankų bendruomenė“" in letter.text
    uid, token = letter.text.partition("/prisijungti/nuoroda/")[2].split()[0].strip("/").split("/")
    assert links.find_holder(uid, token) == user


@pytest.mark.django_db
def test_a_member_has_several_delegates_and_an_organisation_or_a_person_can_have_one(staff):
    member = MemberFactory()
    person = MemberFactory(organisation=None, surname="Narys")
    for number, whom in enumerate((member, member, person)):
        delegates.invite(whom, f"a{number}@example.lt", staff)
    assert member.delegates.count() == 2
    assert person.delegates.get().user.has_perm(READS)


@pytest.mark.parametrize("typed", ["atstovas@example.lt", "ATSTOVAS@Example.lt", " atstovas@example.lt "])
@pytest.mark.django_db
def test_an_address_is_one_person_however_it_is_written(staff, typed):
    delegate = delegates.invite(MemberFactory(), "atstovas@example.lt", staff)
    with pytest.raises(delegates.AddressTaken, match="jau pakviestas"):
        delegates.invite(delegate.member, typed, staff)
    assert Delegate.objects.count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_who_has_the_address_already_is_said(staff):
    member = MemberFactory(organisation__name="Lankų bendruomenė")
    taken = delegates.invite(member, "atstovas@example.lt", staff)
    UserFactory(username="redaktore", email="Redaktore@example.lt")
    with pytest.raises(delegates.AddressTaken, match="svetainės tvarkytojas redaktore"):
        delegates.invite(member, "redaktore@example.lt", staff)
    with pytest.raises(delegates.AddressTaken, match="nario „Lankų bendruomenė“ atstovas"):
        delegates.invite(MemberFactory(), "atstovas@example.lt", staff)
    delegates.revoke(taken, staff)
    with pytest.raises(delegates.AddressTaken, match="Grąžinkite jam teises"):
        delegates.invite(member, "atstovas@example.lt", staff)


# --- Revoking ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_revoking_ends_everything_at_once(client, staff):
    HomePageFactory()
    delegate = DelegateFactory()
    page = EventPageFactory(title="Tik nariams skirtas", audience="members")
    link = links.sign_in_url(delegate.user, links.INVITATION_LASTS)
    uid, token = link.partition("/nuoroda/")[2].strip("/").split("/")
    calendar = private_calendar_url(CalendarKey.objects.create(user=delegate.user)).removeprefix("http://testserver")
    client.force_login(delegate.user)
    assert client.get("/nariams/").status_code == 200
    assert client.get(page.url).status_code == 200
    assert "Tik nariams skirtas" in Client().get(calendar).content.decode()

    assert delegates.revoke(delegate, staff)
    assert client.get("/nariams/").status_code == 302
    assert client.get(page.url).status_code == 403
    assert Client().get(calendar).status_code == 404
    assert links.find_holder(uid, token) is None
    links.send_sign_in_link(delegate.user.email)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_revoking_twice_is_once_and_restoring_gives_back_what_there_was(client, staff):
    delegate = DelegateFactory()
    cookie = Client()
    cookie.force_login(delegate.user)
    assert delegates.revoke(delegate, staff)
    assert not delegates.revoke(delegate, staff)
    assert Delegate.objects.get().state == DelegateState.REVOKED
    assert delegates.restore(delegate, staff)
    assert not delegates.restore(delegate, staff)
    assert fresh(delegate.user).has_perm(READS)
    assert cookie.get("/nariams/").status_code == 302, "an old cookie stays dead"
    actions = ModelLogEntry.objects.for_instance(delegate).order_by("pk").values_list("action", "user")
    assert list(actions) == [("members.revoke", staff.pk), ("members.restore", staff.pk)]


@pytest.mark.django_db
def test_who_is_staff_as_well_goes_on_as_staff(staff):
    delegate = DelegateFactory()
    delegate.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    delegates.revoke(delegate, staff)
    user = fresh(delegate.user)
    assert user.is_active
    assert not user.has_perm(READS)
    assert user.has_perm("wagtailadmin.access_admin")


@pytest.mark.django_db
def test_a_member_with_delegates_is_not_deleted_but_kindly_refused(client, staff):
    delegate = DelegateFactory()
    client.force_login(staff)
    address = reverse(Member.snippet_viewset.get_url_name("delete"), args=[delegate.member.pk])
    response = client.post(address, follow=True)
    assert response.status_code == 200
    assert "Ištrinti negalima: tai dar naudojama." in response.content.decode()
    assert Member.objects.filter(pk=delegate.member.pk).exists()


# --- The staff's screens ----------------------------------------------------------------------------------------------

TYPED = {"given_name": "Atstovas", "surname": "Naujas", "email": "atstovas@example.lt"}


def errors_of(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_one_is_invited_from_the_members_own_row(admin):
    member = MemberFactory()
    form = admin.get(reverse("delegates:add"), {"narys": member.pk})
    assert f'value="{member.pk}" selected' in form.content.decode()
    response = admin.post(reverse("delegates:add"), TYPED | {"member": member.pk}, follow=True)
    assert "Kvietimas parašytas" in response.content.decode()
    assert Delegate.objects.get().member == member
    assert Letter.objects.get().to == "atstovas@example.lt"


def test_the_way_to_invite_stands_on_the_members_row_and_form(client, staff):
    delegate = DelegateFactory(user__first_name="Atstovas", user__last_name="Pirmasis")
    client.force_login(staff)
    way = f"{reverse('delegates:add')}?narys={delegate.member.pk}"
    assert way in client.get(reverse(Member.snippet_viewset.get_url_name("list"))).content.decode()
    text = client.get(reverse(Member.snippet_viewset.get_url_name("edit"), args=[delegate.member.pk])).content.decode()
    assert way in text
    assert "Atstovas Pirmasis" in text
    assert "Pakviestas" in text
    Member.objects.update(left_on="2020-01-01")
    assert way not in client.get(reverse(Member.snippet_viewset.get_url_name("list"))).content.decode()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(admin):
    taken = DelegateFactory()
    address = reverse("delegates:add")
    response = admin.post(address, TYPED | {"member": taken.member.pk, "email": taken.user.email.upper()})
    assert "jau pakviestas" in errors_of(response)["email"][0]
    assert 'value="Atstovas"' in response.content.decode()
    response = admin.post(address, {"member": "", "email": "ne adresas"})
    assert set(errors_of(response)) == {"member", "email", "given_name", "surname"}
    left = MemberFactory(left_on="2020-01-01")
    assert "member" in errors_of(admin.post(address, TYPED | {"member": left.pk}))
    assert Delegate.objects.count() == 1
    assert not Letter.objects.exists()


def test_somebody_quicker_by_a_moment_is_said_beside_the_field(admin, monkeypatch):
    delegate = DelegateFactory(user__email="atstovas@example.lt")
    check = delegates.check_address
    calls = []

    def first_time_nobody(email, member):
        calls.append(email)
        if len(calls) > 2:
            check(email, member)

    monkeypatch.setattr(delegates, "check_address", first_time_nobody)
    response = admin.post(reverse("delegates:add"), TYPED | {"member": delegate.member.pk})
    assert "jau pakviestas" in errors_of(response)["email"][0]
    assert len(calls) == 3


def test_many_are_invited_from_the_list_of_members(admin):
    with_address = MemberFactory(email="viena@example.lt", organisation__name="Viena")
    person = MemberFactory(organisation=None, given_name="Narys", surname="Fizinis", email="narys@example.lt")
    twin = MemberFactory(email="VIENA@example.lt", organisation__name="Žvaigždė")
    unticked = MemberFactory(email="kita@example.lt", organisation__name="Kita")
    not_asked = [
        MemberFactory(organisation__name="Be adreso"),
        MemberFactory(email="isejo@example.lt", left_on="2020-01-01", organisation__name="Išėjusi"),
        DelegateFactory(member__email="turi@example.lt", member__organisation__name="Jau turi").member,
    ]
    address = reverse("delegates:invite_many")
    text = admin.get(address).content.decode()
    assert all(member.email in text for member in (with_address, person, twin, unticked))
    assert not [member for member in not_asked if str(member) in text]

    chosen = [member.pk for member in (with_address, person, twin, *not_asked)] + ["x"]
    text = admin.post(address, {"member": chosen}, follow=True).content.decode()
    assert "Išsiųsta: 2\u00a0kvietimai." in text
    assert "Nepakviesta: Žvaigždė. Šiuo adresu jau prisijungia nario „Viena“ atstovas." in text
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["narys@example.lt", "viena@example.lt"]
    assert str(person.delegates.get()) == "Narys Fizinis"
    assert str(with_address.delegates.get()) == "viena@example.lt"
    assert unticked.pk in delegates.without_delegates().values_list("pk", flat=True)


def test_nobody_ticked_is_told_so(admin):
    MemberFactory(email="viena@example.lt")
    assert "Pažymėkite bent vieną narį" in admin.post(reverse("delegates:invite_many")).content.decode()


def test_the_invitation_goes_again_to_who_has_not_come_and_to_nobody_else(admin):
    delegate = DelegateFactory()
    address = reverse("delegates:invite_again", args=[delegate.pk])
    assert "Kvietimas išsiųstas dar kartą" in admin.post(address, follow=True).content.decode()
    assert Letter.objects.get().to == delegate.user.email
    User.objects.filter(pk=delegate.user.pk).update(last_login="2026-11-01T00:00Z")
    assert "kvietimo nebereikia" in admin.post(address, follow=True).content.decode()
    assert Letter.objects.count() == 1


def test_states_are_seen_filtered_and_found(admin, secretary):
    DelegateFactory(user__first_name="Žiedė", user__last_name="Pirmoji")
    DelegateFactory(user__last_login="2026-11-01T00:00Z", user__last_name="Antrasis")
    gone = DelegateFactory(user__last_name="Trečiasis", member__organisation__name="Šaltinio bendruomenė")
    delegates.revoke(gone, secretary)

    def listed(**query):
        response = admin.get(reverse("delegates:index"), query)
        assert response.status_code == 200
        return {delegate.user.last_name for delegate in response.context["object_list"]}

    assert listed() == {"Pirmoji", "Antrasis", "Trečiasis"}
    assert listed(state="invited") == {"Pirmoji"}
    assert listed(state="signed_in") == {"Antrasis"}
    assert listed(state="revoked") == {"Trečiasis"}
    assert listed(member=gone.member.pk) == {"Trečiasis"}
    assert listed(q="ziede") == {"Pirmoji"}
    assert listed(q="saltinio") == {"Trečiasis"}
    text = admin.get(reverse("delegates:index")).content.decode()
    assert all(state.label in text for state in DelegateState)


def test_one_button_revokes_and_one_restores(admin):
    delegate = DelegateFactory()
    page = reverse("delegates:edit", args=[delegate.pk])
    revoke, restore = (reverse(f"delegates:{name}", args=[delegate.pk]) for name in ("revoke", "restore"))
    assert revoke in admin.get(page).content.decode()
    assert admin.get(revoke).status_code == 405, "a link that is followed changes nothing"
    text = admin.post(revoke, follow=True).content.decode()
    assert "nebeprisijungs" in text
    assert restore in text
    assert revoke not in text
    assert "vėl gali prisijungti" in admin.post(restore, follow=True).content.decode()
    text = admin.get(reverse("delegates:history", args=[delegate.pk])).content.decode()
    assert "Atšauktas" in text
    assert "Teisės grąžintos" in text


@pytest.mark.django_db
def test_who_may_only_edit_members_invites_and_revokes_nobody(client):
    delegate, user = DelegateFactory(), UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_member"]))
    client.force_login(user)
    row = [delegate.pk]
    for name, args in (("index", []), ("add", []), ("invite_many", []), ("edit", row), ("history", row)):
        assert client.get(reverse(f"delegates:{name}", args=args)).status_code == 302, name
    for name in ("revoke", "restore", "invite_again"):
        client.post(reverse(f"delegates:{name}", args=row))
    assert Delegate.objects.get().state == DelegateState.INVITED
    assert not Letter.objects.exists()
    text = client.get(reverse(Member.snippet_viewset.get_url_name("edit"), args=[delegate.member.pk])).content.decode()
    assert delegate.user.email not in text
    assert reverse("delegates:add") not in text


def test_nobody_deletes_a_delegate(client, staff):
    delegate = DelegateFactory()
    client.force_login(staff)
    assert client.get(f"/admin/delegates/delete/{delegate.pk}/").status_code == 404
    assert "delete" not in client.get(reverse("delegates:index")).content.decode().partition("<main")[2]


def test_the_list_takes_the_same_queries_for_ten_times_the_rows(admin):
    def queries(name):
        admin.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            admin.get(reverse(name))
        return len(captured)

    def grow(number):
        for _ in range(number):
            DelegateFactory()
            MemberFactory(email="a@example.lt", organisation=OrganisationFactory())

    names = ("delegates:index", "delegates:add", "delegates:invite_many")
    grow(3)
    few = [queries(name) for name in names]
    grow(27)
    assert [queries(name) for name in names] == few
