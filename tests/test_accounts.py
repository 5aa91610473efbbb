"""Signing in: the link, the password, the second factor, how long it lasts, what nobody learns from it."""

import html
import re
import time
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as configured
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from accounts import adapters, links, throttling, views
from core.models import SiteSettings, User
from outbox import delivery
from outbox.models import Letter, LetterKind
from tests import factories
from tests.mailbox import links_in
from tests.races import alone, together

SIGN_IN, ACCOUNT = "/prisijungti/", "/paskyra/"
PASSWORD, NEW_PASSWORD = "trys katės ant pečiaus", "nauja katė po stalu"
NEW_TWICE = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
ALLAUTH = Path(allauth.__file__).parent
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    """A home page, as every screen's menu asks for one."""
    factories.HomePageFactory()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Answers are not held back to be all alike, but where that is what is tested."""
    monkeypatch.setattr(views, "LINK_ANSWER_SECONDS", 0)


@pytest.fixture
def member():
    """Somebody who reads members' content, with a password."""
    user = factories.UserFactory(email="Atstovas@Example.lt")
    user.user_permissions.add(Permission.objects.get(codename="read_members_content"))
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def administrator(settings):
    """An administrator with a password and no second factor yet, where one is demanded."""
    settings.STAFF_NEED_SECOND_FACTOR = True
    return User.objects.create_superuser("administratorius-1", "administratore@example.lt", PASSWORD)


def give_factor(user):
    """An authenticator app and recovery codes; returns the codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def code(shift=0):
    """What the authenticator app shows now, or `shift` half minutes later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift))


def by_password(client, user, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": user.username, "password": password, **more})


def link_in(letter):
    """The path of the link in a letter."""
    return re.search(r"https?://[^/\s]+(/prisijungti/nuoroda/\S+)", letter.text)[1]


def asked_link(client, email, **more):
    """Ask for a link; the path of the one that was sent, or None."""
    before = Letter.objects.count()
    response = client.post(reverse("account_request_link"), {"email": email, **more})
    assert response.status_code == 302, response.context["link_form"].errors
    return link_in(Letter.objects.first()) if Letter.objects.count() > before else None


def signed_in_as(client):
    """The person whom the site knows this browser as; None for nobody."""
    user = client.get("/").wsgi_request.user
    return user if user.is_authenticated else None


# --- The link ---------------------------------------------------------------------------------------------------------


def test_a_link_signs_in_by_its_button_and_only_once(client, member):
    path = asked_link(client, "atstovas@example.LT")
    for _ in range(2):  # reading uses nothing up: programs that guard mailboxes read links too
        assert client.get(path).status_code == 200
    assert signed_in_as(client) is None
    assert client.post(path).status_code == 302
    assert signed_in_as(client) == member
    other = Client()
    assert other.get(path).status_code == other.post(path).status_code == 410
    assert signed_in_as(other) is None


def test_a_page_of_a_link_tells_its_address_to_nobody(client, member):
    for path in (asked_link(client, member.email), "/prisijungti/nuoroda/1/xxx.yyy/"):
        response = client.get(path)
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["Cache-Control"] == "private, no-store"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert member.email not in response.content.decode()


@pytest.mark.parametrize("lasts", [links.SIGN_IN_LASTS, links.INVITATION_LASTS])
def test_a_link_grows_old(member, lasts):
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        uid, token = links.sign_in_url(member, lasts).split("/")[-3:-1]
    with time_machine.travel(now + lasts - timedelta(seconds=1), tick=False):
        assert links.find_holder(uid, token) == member
    with time_machine.travel(now + lasts, tick=False):
        assert links.find_holder(uid, token) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda user: user.end_sessions(),
        lambda user: user.set_password("kitas slaptažodis visai"),
        lambda user: setattr(user, "email", "kita@example.lt"),
        lambda user: setattr(user, "is_active", False),
        lambda user: setattr(user, "last_login", timezone.now()),
    ],
    ids=["signed out everywhere", "new password", "new address", "switched off", "signed in"],
)
def test_a_link_dies_with_what_it_was_made_for(member, change):
    uid, token = links.sign_in_url(member, links.SIGN_IN_LASTS).split("/")[-3:-1]
    assert links.find_holder(uid, token) == member
    change(member)
    member.save()
    assert links.find_holder(uid, token) is None


def test_a_link_made_for_somebody_switched_off_is_dead(member):
    member.is_active = False
    member.save()
    uid, token = links.sign_in_url(member, links.SIGN_IN_LASTS).split("/")[-3:-1]
    assert links.find_holder(uid, token) is None


def test_a_link_that_was_dead_stays_dead_when_the_person_is_switched_on_again(member):
    uid, token = links.sign_in_url(member, links.SIGN_IN_LASTS).split("/")[-3:-1]
    member.end_sessions()
    for active in (False, True):
        member.is_active = active
        member.save()
        assert links.find_holder(uid, token) is None


@pytest.mark.parametrize("uid", ["1", "0", "zzzzzzzzzzzzz", "99999999999999", "ąžuolas", "-1"])
@pytest.mark.parametrize("token", ["x", ".", "1.1", "a" * 300, "1:2", "šaknis.šaka"])
def test_a_wrong_link_is_answered_kindly(client, member, uid, token):
    for answer in (
        client.get(f"/prisijungti/nuoroda/{uid}/{token}/"),
        client.post(f"/prisijungti/nuoroda/{uid}/{token}/"),
    ):
        assert answer.status_code == 410
        assert "Atsiųsti naują nuorodą" in answer.content.decode()


def test_another_persons_link_does_not_fit(member):
    other = factories.UserFactory(email="kita@example.lt")
    token = links.sign_in_url(member, links.SIGN_IN_LASTS).split("/")[-2]
    uid = links.sign_in_url(other, links.SIGN_IN_LASTS).split("/")[-3]
    assert links.find_holder(uid, token) is None


def test_of_two_who_use_a_link_at_the_same_moment_one_gets_in(database):
    member = alone(lambda: factories.UserFactory(email="atstovas@example.lt"))
    uid, token = links.sign_in_url(member, links.SIGN_IN_LASTS).split("/")[-3:-1]
    got = together([lambda: links.use(uid, token)] * 8)
    assert [user for user in got if user] == [member]


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(client, member):
    factories.UserFactory(email="buves@example.lt", is_active=False)
    answers = []
    for email in (member.email, "niekas@example.lt", "buves@example.lt"):
        response = client.post(reverse("account_request_link"), {"email": email})
        answers.append((response.status_code, response["Location"], client.get(response["Location"]).status_code))
    assert len(set(answers)) == 1
    assert [letter.to for letter in Letter.objects.all()] == [member.email]


def test_the_answer_takes_the_same_time_for_a_known_and_an_unknown_address(client, member, monkeypatch):
    monkeypatch.setattr(views, "LINK_ANSWER_SECONDS", 0.3)
    monkeypatch.setitem(configured.ACCOUNT_RATE_LIMITS, "sign_in_link", "100/m/ip")

    def seconds(email):
        began = time.perf_counter()
        client.post(reverse("account_request_link"), {"email": email})
        return time.perf_counter() - began

    known = sorted(seconds(member.email) for _ in range(5))
    unknown = sorted(seconds("niekas@example.lt") for _ in range(5))
    # The floor hides what writing a letter takes; how evenly a busy machine wakes up is not ours to test.
    assert abs(known[2] - unknown[2]) < 0.1, (known, unknown)
    assert min(known + unknown) >= 0.3


def test_an_address_that_is_none_is_refused_beside_its_field(client):
    response = client.post(reverse("account_request_link"), {"email": "ne adresas", "next": "/renginiai/"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="ne adresas"' in page
    assert 'aria-invalid="true"' in page
    assert "Nuoroda neišsiųsta" in page
    assert page.count('name="next" value="/renginiai/"') == 2


def test_whoever_is_signed_in_becomes_who_the_link_is_for(client, member):
    client.force_login(factories.UserFactory())
    client.post(asked_link(client, member.email))
    assert signed_in_as(client) == member


def test_a_link_used_by_whoever_is_signed_in_asks_for_the_second_factor_again(client, member):
    """Else the link alone would be proof enough for taking the second factor off."""
    by_password(client, member)
    give_factor(member)
    assert client.post(asked_link(client, member.email))["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert signed_in_as(client) == member


def test_a_link_is_no_way_round_the_second_factor(client, administrator):
    give_factor(administrator)
    path = asked_link(client, administrator.email, next="/admin/reports/")
    response = client.post(path)
    assert response["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert signed_in_as(client) is None
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response["Location"] == "/admin/reports/"
    assert client.get("/admin/").status_code == 200


def test_the_letter_with_a_link_is_a_secret_of_half_an_hour(client, member):
    asked_link(client, member.email)
    letter = Letter.objects.get()
    assert (letter.kind, letter.is_secret, letter.to) == (LetterKind.SIGN_IN, True, member.email)
    assert letter.expires_at - timezone.now() <= links.SIGN_IN_LASTS


def test_an_invitation_lasts_a_week_and_says_who_invites(client, member):
    letter = links.send_invitation(member, "Organizacija kviečia jus būti jos atstovu.", "/nariams/")
    assert letter.kind == LetterKind.INVITATION
    assert letter.is_secret
    assert "Organizacija kviečia jus būti jos atstovu." in letter.text
    assert configured.SITE_URL + SIGN_IN in letter.text
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert client.post(link_in(letter))["Location"] == "/nariams/"
        assert signed_in_as(client) == member


# --- Where to go on ---------------------------------------------------------------------------------------------------

ELSEWHERE = [
    "https://kitur.example/",
    "//kitur.example/",
    "/\\kitur.example",
    "javascript:alert(1)",
    "\thttps://x.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_another_site(client, member, target):
    assert client.post(asked_link(client, member.email, next=target))["Location"] == "/nariams/"
    path = asked_link(Client(), member.email) + f"?next={target}"
    assert client.post(path)["Location"] == "/nariams/"
    assert client.post("/atsijungti/", {"next": target})["Location"] == "/"
    assert by_password(client, member, next=target)["Location"] == "/nariams/"


def test_signing_in_leads_back_to_where_it_was_asked_for(client, member):
    assert client.post(asked_link(client, member.email, next="/renginiai/?q=a"))["Location"] == "/renginiai/?q=a"
    client.post("/atsijungti/")
    assert by_password(client, member, next="/renginiai/")["Location"] == "/renginiai/"


# --- The password -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["email", "username"])
def test_a_password_signs_in_by_address_or_name_whatever_its_case(client, member, name):
    client.post(SIGN_IN, {"login": getattr(member, name).upper(), "password": PASSWORD})
    assert signed_in_as(client) == member


def test_a_wrong_password_an_unknown_name_and_somebody_switched_off_are_told_the_same(client, member):
    off = factories.UserFactory(is_active=False)
    off.set_password(PASSWORD)
    off.save()
    no_password = factories.UserFactory(email="beslaptazodzio@example.lt")
    no_password.set_unusable_password()
    no_password.save()
    tries = [(member.email, "ne tas"), ("niekas@example.lt", "ne tas"), ("niekas", PASSWORD), (off.username, PASSWORD)]
    tries += [(no_password.email, ""), (no_password.email, "!")]
    shown = set()
    for login, password in tries:
        response = client.post(SIGN_IN, {"login": login, "password": password or "x"})
        assert response.status_code == 200
        shown.add(str(response.context["form"].errors))
        assert f'value="{login}"' in response.content.decode()
    assert len(shown) == 1
    assert "nesutampa" in shown.pop()
    assert signed_in_as(client) is None


def test_a_known_and_an_unknown_name_cost_one_hash_of_a_password(client, member, monkeypatch):
    from django.contrib.auth import hashers

    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args, **kwargs: hashed.append(1) or encode(*args, **kwargs))
    counts = []
    link_only = factories.UserFactory()
    link_only.set_unusable_password()
    link_only.save()
    for login in (member.username, member.email, "niekas", "niekas@example.lt", link_only.username):
        hashed.clear()
        client.post(SIGN_IN, {"login": login, "password": "ne tas"})
        counts.append(len(hashed))
    assert counts == [1] * 5


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("trumpas1", "per trumpas"),
        ("slaptazodis123", "atspėti"),
        ("Slaptažodis 2026", "atspėti"),
        ("atstovas@example.lt", "atspėti"),
        ("alytausrajonovvg", "atspėti"),
        ("111111111111", "atspėti"),
        ("123456789012", "atspėti"),
        ("leavemealone", "dažnai"),
    ],
)
def test_passwords_that_somebody_would_guess_are_refused(member, password, problem):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"name": "Alytaus rajono VVG", "short_name": "Alytaus r. VVG"}
    )
    with pytest.raises(ValidationError) as refused:
        validate_password(password, member)
    assert problem in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password", ["katė ant seno stogo", "vejasvejasvejelis", "a1!" * 5 + "xyzž", "ilgas" * 40, "5820 4471 9936"]
)
def test_long_passwords_of_any_kind_are_taken(member, password):
    if password == "a1!" * 5 + "xyzž":
        assert len(password) == 19
    validate_password(password, member)


def test_staff_need_longer_passwords(administrator, member):
    validate_password("puodukas arb", member)
    with pytest.raises(ValidationError, match="bent 15"):
        validate_password("puodukas arb", administrator)


def test_a_password_is_changed_and_ends_other_sessions(client, member):
    other = Client()
    other.force_login(member)
    by_password(client, member)
    page = reverse("account_change_password")
    refused = client.post(page, {"password1": NEW_PASSWORD, "password2": "kita katė po stalu"})
    assert "Slaptažodžiai nesutampa." in refused.content.decode()
    assert client.post(page, NEW_TWICE).status_code == 302
    assert signed_in_as(client) == member
    assert signed_in_as(other) is None
    assert "Slaptažodis pakeistas." in client.get(ACCOUNT).content.decode()
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == (LetterKind.SECURITY, member.email.lower())
    assert "pakeistas slaptažodis" in letter.text
    assert "127.0.0.1" in letter.text


def test_a_forgotten_password_is_replaced_after_the_link(client, member):
    client.post(asked_link(client, member.email))
    assert client.get(reverse("account_change_password")).status_code == 200
    client.post(reverse("account_change_password"), NEW_TWICE)
    client.post("/atsijungti/")
    by_password(client, member, NEW_PASSWORD)
    assert signed_in_as(client) == member


def test_a_password_is_removed_by_whoever_has_an_address(client, member):
    by_password(client, member)
    client.post(reverse("account_remove_password"))
    member.refresh_from_db()
    assert not member.has_usable_password()
    assert signed_in_as(client) == member
    User.objects.filter(pk=member.pk).update(email="")
    client.post(reverse("account_change_password"), {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_remove_password"))
    member.refresh_from_db()
    assert member.has_usable_password()


KEYS_OF_THE_ACCOUNT = [
    "account_change_password",
    "account_remove_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_deactivate_totp",
]


@pytest.mark.parametrize("has_password", [True, False])
@pytest.mark.parametrize("name", KEYS_OF_THE_ACCOUNT)
def test_who_signed_in_long_ago_shows_again_who_they_are(client, member, name, has_password):
    give_factor(member)
    if name == "mfa_activate_totp":
        Authenticator.objects.exclude(type="recovery_codes").delete()
    if not has_password:
        member.set_unusable_password()
        member.save()
    with time_machine.travel(timezone.now() - timedelta(minutes=16)):
        path = asked_link(client, member.email)
        if client.post(path)["Location"] == reverse("mfa_authenticate"):
            client.post(reverse("mfa_authenticate"), {"code": code()})
        assert signed_in_as(client) == member
    only = {"account_remove_password": [client.post], "mfa_view_recovery_codes": [client.get]}
    for method in only.get(name, [client.get, client.post]):
        response = method(reverse(name))
        assert response.status_code == 302, method
        assert response["Location"].startswith("/prisijungti/dar-karta/"), response["Location"]
    assert client.get("/prisijungti/dar-karta/", follow=True).status_code == 200


def test_who_has_only_the_link_shows_by_it_who_they_are(client, member):
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    response = client.get(reverse("account_change_password"), follow=True)
    page = response.content.decode()
    assert 'type="password"' not in page
    assert f'name="email" value="{member.email}"' in page
    path = asked_link(client, member.email, next=ACCOUNT)
    assert client.post(path)["Location"] == ACCOUNT
    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_new_password_is_never_kept_in_the_session(client, member):
    client.force_login(member)
    client.post(reverse("account_change_password"), NEW_TWICE)
    assert "nauja katė" not in str(dict(client.session))


# --- The second factor ------------------------------------------------------------------------------------------------


def test_an_administrator_signs_in_for_the_first_time(client, administrator, monkeypatch):
    """Password, then the admin leads to the account, where the app is connected; then the admin is open."""
    assert by_password(client, administrator)["Location"] == "/admin/"
    response = client.get("/admin/")
    assert response["Location"] == f"{ACCOUNT}?next=/admin/"
    page = client.get(response["Location"]).content.decode()
    assert "Svetainės tvarkymui reikia antro žingsnio" in page
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="secret">(\w+)</code>', page)[1]
    assert '<svg class="qr"' in page
    assert "<img" not in page.partition("<main")[2].partition("</main>")[0]
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    shown = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    # Outside a test each save is committed at once, and allauth goes on from there.
    monkeypatch.setattr(transaction, "on_commit", lambda then, **kwargs: then())
    monkeypatch.setattr(delivery, "hand_over", lambda pk: None)
    response = client.post(reverse("mfa_activate_totp"), {"code": shown})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    page = client.get(response["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert client.get("/admin/").status_code == 200
    assert "susieta autentifikavimo programėlė" in Letter.objects.get(kind=LetterKind.SECURITY).text


def test_the_qr_code_holds_the_secret(client, administrator):
    """The drawn path is the code of the address that a phone reads."""
    from qrcode import QRCode

    by_password(client, administrator)
    response = client.get(reverse("mfa_activate_totp"))
    code = QRCode(border=4)
    code.add_data(response.context["totp_url"])
    dark = sum(sum(row) for row in code.get_matrix())
    assert str(response.context["totp_svg"]).count("M") - 1 == dark
    assert response.context["form"].secret in response.context["totp_url"]
    assert "issuer=VVG" in response.context["totp_url"]


def test_password_and_code_open_the_admin_and_a_code_works_once(client, administrator):
    give_factor(administrator)
    now = code()
    by_password(client, administrator, next="/admin/reports/")
    assert client.post(reverse("mfa_authenticate"), {"code": now})["Location"] == "/admin/reports/"
    assert client.get("/admin/").status_code == 200
    other = Client()
    by_password(other, administrator)
    assert other.post(reverse("mfa_authenticate"), {"code": now}).status_code == 200
    assert signed_in_as(other) is None


def test_a_code_used_once_is_used_up_as_long_as_it_would_be_valid(client, administrator):
    give_factor(administrator)
    now = timezone.now()
    with time_machine.travel(now):
        shown = code()
        by_password(client, administrator)
        assert client.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 302
    with time_machine.travel(now + timedelta(seconds=31)):
        other = Client()
        by_password(other, administrator)
        assert other.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 200


def test_a_recovery_code_stands_in_for_the_phone_once(client, administrator):
    codes = give_factor(administrator)
    for expected in (302, 200):
        browser = Client()
        by_password(browser, administrator)
        assert browser.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_a_session_from_before_the_factor_shows_it_at_the_door(client, administrator):
    by_password(client, administrator)
    give_factor(administrator)
    response = client.get("/admin/pages/")
    assert response["Location"] == "/prisijungti/dar-karta/kodu/?next=/admin/pages/"
    assert client.post(response["Location"], {"code": code()})["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_without_its_factor_the_door_is_shut_again(client, administrator):
    give_factor(administrator)
    by_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get("/admin/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=administrator).exists()
    assert client.get("/admin/")["Location"].startswith(ACCOUNT)


def test_a_lost_factor_is_taken_off_by_a_command(client, administrator, capsys):
    give_factor(administrator)
    by_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    call_command("reset_second_factor", administrator.email.upper())
    assert not Authenticator.objects.filter(user=administrator).exists()
    assert signed_in_as(client) is None
    assert Letter.objects.filter(kind=LetterKind.SECURITY, to=administrator.email).exists()
    with pytest.raises(CommandError, match="niekas@example.lt"):
        call_command("reset_second_factor", "niekas@example.lt")


def test_on_a_developers_machine_a_password_is_enough(client, administrator, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    by_password(client, administrator)
    assert client.get("/admin/").status_code == 200


def test_the_second_factor_is_demanded_where_debug_is_off():
    from lag_site import settings as production

    assert not production.DEBUG
    assert production.STAFF_NEED_SECOND_FACTOR is True


# --- How long it lasts ------------------------------------------------------------------------------------------------


def with_factor(client, user):
    """Sign in with the password and a code."""
    give_factor(user)
    by_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert signed_in_as(client) == user


def test_staff_are_signed_out_after_eight_hours_without_a_touch(client, administrator):
    now = timezone.now()
    with time_machine.travel(now):
        with_factor(client, administrator)
    for hours in (7, 14, 21):
        with time_machine.travel(now + timedelta(hours=hours)):
            assert client.get("/admin/").status_code == 200
    with time_machine.travel(now + timedelta(hours=29, minutes=1)):
        assert client.get("/admin/")["Location"].startswith(SIGN_IN)


def test_staff_are_signed_out_after_a_week_whatever_they_do(client, administrator):
    now = timezone.now()
    with time_machine.travel(now):
        with_factor(client, administrator)
    for hours in range(6, 7 * 24, 6):
        with time_machine.travel(now + timedelta(hours=hours)):
            assert signed_in_as(client) == administrator, hours
    with time_machine.travel(now + timedelta(days=7, minutes=1)):
        assert signed_in_as(client) is None


def test_members_stay_for_a_month(client, member):
    now = timezone.now()
    with time_machine.travel(now):
        client.post(asked_link(client, member.email))
    for days in (10, 20, 29):
        with time_machine.travel(now + timedelta(days=days)):
            assert signed_in_as(client) == member
    with time_machine.travel(now + timedelta(days=30, minutes=1)):
        assert signed_in_as(client) is None


@pytest.mark.parametrize("way", ["sign out", "sign out everywhere", "new password", "switched off"])
def test_an_old_cookie_opens_nothing(client, member, way):
    by_password(client, member)
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = client.cookies[configured.SESSION_COOKIE_NAME].value
    assert signed_in_as(thief) == member
    if way == "sign out":
        client.post("/atsijungti/")
    elif way == "sign out everywhere":
        assert client.post(reverse("account_end_sessions")).status_code == 302
    elif way == "new password":
        member.set_password("visai kita katė čia")
        member.save()
    else:
        User.objects.filter(pk=member.pk).update(is_active=False)
    assert signed_in_as(thief) is None
    assert signed_in_as(client) is None


def test_signing_out_asks_for_a_button(client, member):
    client.force_login(member)
    assert "Atsijungti" in client.get("/atsijungti/").content.decode()
    assert signed_in_as(client) == member
    assert client.post("/admin/logout/").status_code == 302
    assert signed_in_as(client) is None


# --- How often --------------------------------------------------------------------------------------------------------


def test_guessing_a_password_is_stopped_for_the_account_by_either_name_and_ends_after_a_while(client, member):
    now = timezone.now()
    with time_machine.travel(now):
        for place in range(5):
            name = member.email if place % 2 else member.username
            assert "nesutampa" in client.post(SIGN_IN, {"login": name, "password": "ne tas"}).content.decode()
        assert "Per daug nesėkmingų bandymų" in by_password(client, member).content.decode()
        assert signed_in_as(client) is None
        # The link is another way in, which a stranger's guesses do not shut.
        assert asked_link(client, member.email)
    with time_machine.travel(now + timedelta(minutes=11)):
        by_password(client, member)
        assert signed_in_as(client) == member


def test_guessing_is_stopped_for_the_visitors_address(client):
    for place in range(20):
        assert "nesutampa" in client.post(SIGN_IN, {"login": f"n{place}", "password": "x"}).content.decode()
    assert "Per daug" in client.post(SIGN_IN, {"login": "n21", "password": "x"}).content.decode()
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert "nesutampa" in other.post(SIGN_IN, {"login": "n22", "password": "x"}).content.decode()


def test_a_flood_of_attempts_is_answered_in_lithuanian(client):
    for _ in range(30):
        client.post(SIGN_IN, {})
    response = client.post(SIGN_IN, {})
    assert response.status_code == 429
    assert "Per daug bandymų" in response.content.decode()


def test_links_for_one_address_are_few_known_or_not(client, member):
    for email in (member.email, "niekas@example.lt"):
        for _ in range(3):
            assert client.post(reverse("account_request_link"), {"email": email}).status_code == 302
        response = client.post(reverse("account_request_link"), {"email": email.upper()})
        assert response.status_code == 429
        assert "Per daug bandymų" in response.content.decode()
        assert email.upper() in response.content.decode()
    assert Letter.objects.count() == 3


def test_guessing_a_code_is_stopped(client, administrator):
    give_factor(administrator)
    by_password(client, administrator)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "Per daug nesėkmingų bandymų" in response.content.decode()
    assert signed_in_as(client) is None


def test_a_rate_that_nobody_set_is_a_mistake(rf):
    with pytest.raises(ValueError, match="nera-tokio"):
        throttling.consume(rf.post("/"), "nera-tokio")


@pytest.mark.parametrize(("proxies", "limited"), [(0, True), (1, False)])
def test_the_visitors_address_is_the_proxys_word_only_behind_a_proxy(client, settings, proxies, limited):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for place in range(21):
        response = client.post(
            SIGN_IN, {"login": f"n{place}", "password": "x"}, headers={"x-forwarded-for": f"198.51.100.{place}"}
        )
    assert ("Per daug" in response.content.decode()) is limited


# --- By post, really --------------------------------------------------------------------------------------------------


def test_the_link_comes_by_mail_and_signs_in(client, member, mailbox):
    """Asked for, sent by SMTP, taken from the letter that came, used; our copy holds no link any more."""
    asked_link(client, member.email, next="/renginiai/")
    call_command("send_letters")
    letter = mailbox.wait_for(member.email, "Prisijungimo nuoroda")
    (link,) = {found for found in links_in(letter) if "/nuoroda/" in found}
    assert link.startswith(configured.SITE_URL)
    assert "Laba diena" in letter.get_body(("html",)).get_content()
    assert client.post(link.removeprefix(configured.SITE_URL))["Location"] == "/renginiai/"
    assert signed_in_as(client) == member
    assert Letter.objects.get().text == ""


# --- Everything is Lithuanian -----------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(?:the|your|you|this|that|and|or|is|are|with|for|from|not|please|enter|password|sign|code|codes|account|email|"
    r"address|invalid|incorrect|required|field|security|key|keys|recovery|authenticator|authentication|remember|login|"
    r"logout|username|too|many|again|confirm|cancel|added|removed|activated|use)\b",
    re.IGNORECASE,
)
# Names of products, and what is written the same in every language.
NAMES = re.compile(r"„[^“]*(?:Authenticator|Aegis|JavaScript)[^“]*“|\S+@\S+")


def english_in(response):
    """English words that a reader would see or hear on a page."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", " ", response.content.decode(), flags=re.DOTALL)
    heard = re.findall(r"(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"", page)
    text = html.unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *heard]))
    return ENGLISH.findall(NAMES.sub(" ", text))


def test_the_search_for_english_finds_it(client):
    class Shown:
        content = b'<p>Invalid code</p><input placeholder="Email">'

    assert english_in(Shown) == ["Invalid", "code", "Email"]


def test_every_screen_and_every_mistake_is_told_in_lithuanian(client, administrator):
    """All screens, as they come and as they are refused."""
    seen = 0

    def look(response):
        nonlocal seen
        seen += 1
        assert response.status_code in (200, 410, 429), (response.request["PATH_INFO"], response.status_code)
        assert english_in(response) == [], response.request["PATH_INFO"]
        assert '<html lang="lt"' in response.content.decode()

    look(client.get(SIGN_IN))
    for typed in ({}, {"login": "x", "password": "y"}):
        look(client.post(SIGN_IN, typed))
    for typed in ({}, {"email": "x"}, {"email": "x" * 300 + "@example.lt"}):
        look(client.post(reverse("account_request_link"), typed))
    look(client.get("/prisijungti/nuoroda/1/x/"))
    look(client.get(links.sign_in_url(administrator, links.SIGN_IN_LASTS).removeprefix(configured.SITE_URL)))
    look(client.get(f"{SIGN_IN}?issiusta=1&atsijungta=1"))
    by_password(client, administrator)
    look(client.get(f"{ACCOUNT}?next=/admin/"))
    look(client.get("/atsijungti/"))
    page = reverse("account_change_password")
    mistakes = ["", "trumpas", "leavemealone1", "slaptazodis123456", "administratorius-1"]
    for password in mistakes[:4]:
        look(client.post(page, {"password1": password, "password2": password}))
    cache.clear()
    look(client.post(page, {"password1": NEW_PASSWORD, "password2": "kita"}))
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"):
        look(client.get(reverse(name)))
    for typed in ({}, {"code": "1"}):
        look(client.post(reverse("mfa_activate_totp"), typed))
    for typed in ({}, {"name": "a", "credential": "x"}, {"name": "a", "credential": "{}"}):
        look(client.post(reverse("mfa_add_webauthn"), typed))
    for name in ("account_reauthenticate",):
        look(client.get(reverse(name)))
        for typed in ({}, {"password": "x"}):
            look(client.post(reverse(name), typed))
    give_factor(administrator)
    cache.clear()
    look(client.get(ACCOUNT))
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        look(client.get(reverse(name)))
    for typed in ({}, {"code": "x"}):
        look(client.post(reverse("mfa_reauthenticate"), typed))
    client.post("/atsijungti/")
    by_password(client, administrator)
    look(client.get(reverse("mfa_authenticate")))
    for typed in ({"code": ""}, {"code": "x"}, {"credential": "x"}, {"credential": "{}"}):
        look(client.post(reverse("mfa_authenticate"), typed))
    for _ in range(6):
        response = client.post(reverse("mfa_authenticate"), {"code": "x"})
    look(response)
    for _ in range(31):
        response = client.post(SIGN_IN, {})
    look(client.get(SIGN_IN, follow=True))
    assert seen > 40


def test_letters_and_messages_for_every_event_of_allauth_are_ours(client, member):
    """What allauth can tell of by a letter or a message with the views that are mounted has words of ours."""
    files = [*(ALLAUTH / "mfa").rglob("*.py"), ALLAUTH / "account/internal/flows/password_change.py"]
    sources = "".join(path.read_text() for path in files)
    told = set(re.findall(r'"((?:account|mfa)/messages/\w+\.txt)"', sources))
    written = set(re.findall(r'"((?:account|mfa)/email/\w+)"', sources))
    assert len(told) == len(written) == 7
    assert told <= set(adapters.MESSAGES)
    assert written <= set(adapters.LETTERS)
