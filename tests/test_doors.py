"""
Who comes in by which door: every address of our own, for every role. Nothing is open by default.

**Adding an address?** `test_every_door_is_in_the_table` fails until it has a row here:

* an address of the site (anything not below /admin/): in `DOORS`, by its name, or by its route where it has none. Say
  whom it is for, and give values for what stands in the address (any value that is of the right form);
* a view of our own in the admin: in `ADMIN_DOORS`, by its full name ("delegates:add"); a register of Wagtail's making:
  by its namespace ("wagtailsnippets_events_venue"). Say for whom of the staff it is, and in `ROWS_BEHIND` how to make
  what it is about.

The door of the admin itself (anonymous, members, staff without a second factor) is tested for all its addresses at once
and needs no row.
"""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site, Workflow

from accounts import links
from core import trash_pages
from core.models import CustomDocument, CustomImage, SiteSettings, User
from desk.roles import ROLES as STAFF_ROLES
from events.models import Registration
from members.models import Delegate, MemberProposal
from outbox.models import Letter, LetterKind
from tests import factories
from tests.test_accounts import by_password, code, give_factor
from tests.test_house_rules import FACTORIES
from wordpress_import.models import ImportedItem, Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

ROLES = ("anonymous", "member", "contributor", "secretary", "editor", "administrator")
EVERYBODY, SIGNED_IN, DELEGATES = set(ROLES), set(ROLES) - {"anonymous"}, {"member"}
# The staff (desk/roles.py); the administrator has that role and is no superuser.
STAFF, ADMINISTRATORS = {"contributor", "secretary", "editor", "administrator"}, {"administrator"}
WRITERS, EDITORS, SECRETARIES = STAFF - {"secretary"}, {"editor", "administrator"}, {"secretary", "administrator"}
REGISTRARS = EDITORS | SECRETARIES
OUR_APPS = {
    "core",
    "outbox",
    "accounts",
    "partners",
    "projects",
    "members",
    "news",
    "events",
    "home",
    "search",
    "wordpress_import",
    "desk",
}

# Name or route: (for whom, what stands in the address).
DOORS = {
    "account_login": (EVERYBODY, {}),
    "account_request_link": (EVERYBODY, {}),
    "account_link": (EVERYBODY, {"uid": "1", "token": "x.y"}),
    "account_logout": (EVERYBODY, {}),
    "mfa_authenticate": (SIGNED_IN, {}),
    "account_reauthenticate": (SIGNED_IN, {}),
    "mfa_reauthenticate": (SIGNED_IN, {}),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, {}),
    "mfa_index": (SIGNED_IN, {}),
    "account_end_sessions": (SIGNED_IN, {}),
    "account_change_password": (SIGNED_IN, {}),
    "account_remove_password": (SIGNED_IN, {}),
    "mfa_activate_totp": (SIGNED_IN, {}),
    "mfa_deactivate_totp": (SIGNED_IN, {}),
    "mfa_list_webauthn": (SIGNED_IN, {}),
    "mfa_add_webauthn": (SIGNED_IN, {}),
    "mfa_edit_webauthn": (SIGNED_IN, {"pk": 1}),
    "mfa_remove_webauthn": (SIGNED_IN, {"pk": 1}),
    "mfa_view_recovery_codes": (SIGNED_IN, {}),
    "mfa_generate_recovery_codes": (SIGNED_IN, {}),
    "mfa_download_recovery_codes": (SIGNED_IN, {}),
    "admin/login/": (EVERYBODY, {}),
    "admin/logout/": (EVERYBODY, {}),
    "_util/login/": (EVERYBODY, {}),
    "sitemap": (EVERYBODY, {}),
    "search": (EVERYBODY, {}),
    "search_suggestions": (EVERYBODY, {}),
    "robots.txt": (EVERYBODY, {}),
    "healthz": (EVERYBODY, {}),
    ".well-known/security.txt": (EVERYBODY, {}),
    # What concerns the member whom a delegate acts for: nobody else, not even an administrator.
    "members_area": (DELEGATES, {}),
    "members_files": (DELEGATES, {}),
    "member_entry": (DELEGATES, {}),
    "member_propose": (DELEGATES, {}),
    "members_calendar": (DELEGATES, {}),
    "registration": (EVERYBODY, {"token": "x"}),
    "registration_cancel": (EVERYBODY, {"token": "x"}),
    "registration_calendar": (EVERYBODY, {"token": "x"}),
    "registration_thanks": (EVERYBODY, {"token": "x"}),
    "private_calendar": (EVERYBODY, {"token": "x"}),
    "media/images/<path:name>": (EVERYBODY, {"name": "x"}),
    # Files of pages: whose they are the gate says (test_leaks.py).
    r"^((?:[\w\-]+/)+[\w\-]+\.(?:csv|ics|json))$": (EVERYBODY, "/renginiai/kalendorius.ics"),
}
# Wagtail's own: documents and pages ask the gate, the password of a section asks for that password.
OF_WAGTAIL = {
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailcore_authenticate_with_password",
    # Shadowed by doors of ours above.
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailcore_login",
    "wagtail_serve",
}
# Wagtail's own addresses in the admin that lead to views of ours.
TAKEN_OVER = {
    "wagtailimages:delete",
    "wagtaildocs:delete",
}
# Our own views of the admin by name, registers by namespace: for whom of the staff.
ADMIN_DOORS = {
    "wagtailsnippets_core_eldership": EDITORS,
    "wagtailsnippets_core_municipality": EDITORS,
    "wagtailsnippets_core_sitesettings": ADMINISTRATORS,
    "site_data": ADMINISTRATORS,
    "wagtailsnippets_events_venue": EDITORS,
    "wagtailsnippets_home_contactmessage": EDITORS,
    "wagtailsnippets_members_member": REGISTRARS,
    "wagtailsnippets_news_topic": EDITORS,
    "wagtailsnippets_news_newspattern": EDITORS,
    "wagtailsnippets_partners_networkmembership": EDITORS,
    "wagtailsnippets_partners_organisation": REGISTRARS,
    "wagtailsnippets_projects_programme": EDITORS,
    "wagtailsnippets_search_promotedresult": EDITORS,
    # Choosing from a register is part of writing a page.
    "wagtailsnippetchoosers_core_eldership": STAFF,
    "wagtailsnippetchoosers_core_municipality": STAFF,
    "wagtailsnippetchoosers_events_venue": STAFF,
    "wagtailsnippetchoosers_news_newspattern": STAFF,
    "wagtailsnippetchoosers_news_topic": STAFF,
    "wagtailsnippetchoosers_partners_organisation": STAFF,
    "wagtailsnippetchoosers_projects_programme": STAFF,
    "wagtailsnippetchoosers_search_promotedresult": STAFF,
    "delegates:index": SECRETARIES,
    "delegates:index_results": SECRETARIES,
    "delegates:add": SECRETARIES,
    "delegates:edit": SECRETARIES,
    "delegates:invite_many": SECRETARIES,
    "delegates:invite_again": SECRETARIES,
    "delegates:revoke": SECRETARIES,
    "delegates:restore": SECRETARIES,
    "member_proposals:index": SECRETARIES,
    "member_proposals:index_results": SECRETARIES,
    "member_proposals:edit": SECRETARIES,
    "wordpress_import:perkelimas": EDITORS,
    "wordpress_import:perkelimas_results": EDITORS,
    "wordpress_import:tick": EDITORS,
    "search_admin:nerasta": WRITERS,
    "search_admin:nerasta_results": WRITERS,
    "letters:index": EDITORS,
    "letters:index_results": EDITORS,
    "letters:edit": EDITORS,
    "personal_data": ADMINISTRATORS,
    # Everybody sees there what is theirs to bring back.
    "trash:index": STAFF,
    "trash:index_results": STAFF,
    "trash:restore": STAFF,
    "trash:place": STAFF,
    "trash:purge": ADMINISTRATORS,
    "delete_image": EDITORS,
    "delete_document": EDITORS,
    "desk:line": STAFF,
    "wagtailusers_users:index": ADMINISTRATORS,
    "wagtailusers_users:index_results": ADMINISTRATORS,
    "wagtailusers_users:add": ADMINISTRATORS,
    "wagtailusers_users:edit": ADMINISTRATORS,
    "desk:turinys": WRITERS,
    "desk:turinys_results": WRITERS,
    "desk:perziureti": WRITERS,
    "desk:perziureti_results": WRITERS,
    "desk:vidines-nuorodos": WRITERS,
    "desk:vidines-nuorodos_results": WRITERS,
    "desk:isorines-nuorodos": WRITERS,
    "desk:isorines-nuorodos_results": WRITERS,
    "desk:paveiksleliai": WRITERS,
    "desk:paveiksleliai_results": WRITERS,
    "desk:peradresavimai": ADMINISTRATORS,
    "desk:peradresavimai_results": ADMINISTRATORS,
    "guide": STAFF,
    "repeat_dates": WRITERS,
    "registrations:index": REGISTRARS,
    "registrations:event": REGISTRARS,
    "registrations:add": REGISTRARS,
    "registrations:message": REGISTRARS,
    "registrations:sheet": REGISTRARS,
    "registrations:edit": REGISTRARS,
    "registrations:cancel": REGISTRARS,
    "registrations:place": REGISTRARS,
    "registrations:move": REGISTRARS,
}


def a_delegate():
    """Somebody who acts for a member."""
    return Delegate.objects.create(user=factories.UserFactory(), member=factories.MemberFactory())


def a_proposal():
    """A change of a member's entry that a delegate proposes."""
    delegate = a_delegate()
    return MemberProposal.objects.create(member=delegate.member, user=delegate.user, before={}, after={})


def a_registration():
    """Somebody who comes to an event."""
    event = factories.EventPageFactory(registration="event")
    return Registration.objects.create(event=event, name="Atstovas", email="a@example.lt", state="registered")


def a_letter():
    """A letter in the outbox."""
    return Letter.objects.create(kind=LetterKind.MESSAGE, to="a@example.lt", subject="Žinia", text="Sveiki")


def an_imported_item():
    """A page of an old site that could not be brought over."""
    return ImportedItem.objects.get_or_create(
        source="senoji.example.lt", kind="page", number=1, defaults={"title": "Apie mus", "verdict": Verdict.FAILED}
    )[0]


def a_page_in_the_trash():
    """The entry of a deleted news item."""
    return trash_pages.put_page_away(factories.NewsPageFactory())


def an_image():
    """A picture that nobody uses."""
    return CustomImage.objects.create(title="Nuotrauka", file=get_test_image_file())


def a_document():
    """A document that nobody uses."""
    return CustomDocument.objects.create(title="Nuostatai", file=ContentFile(b"Nuostatai", "nuostatai.txt"))


# Wagtail's own doors in the admin, by namespace or by name where one is another's: for whom of the staff. Whoever is
# not named gets nothing there, neither by looking nor by sending. What the others may do is tried in test_actions.py.
NOBODY = set()
WAGTAIL_DOORS = {
    # What everybody in the admin needs: the frame, one's own account, choosing.
    "wagtailadmin_home": STAFF,
    "wagtailadmin_account": STAFF,
    "wagtailadmin_sprite": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_javascript_catalog": STAFF,
    "wagtailadmin_editing_sessions": STAFF,
    "wagtailadmin_block_preview": STAFF,
    "wagtailadmin_tag_autocomplete": STAFF,
    "wagtailadmin_tag_model_autocomplete": STAFF,
    "wagtailadmin_api": STAFF,
    "wagtailadmin_choose_page": STAFF,
    "wagtailadmin_choose_page_child": STAFF,
    "wagtailadmin_choose_page_search": STAFF,
    "wagtailadmin_choose_page_chosen_multiple": STAFF,
    "wagtailadmin_choose_page_external_link": STAFF,
    "wagtailadmin_choose_page_email_link": STAFF,
    "wagtailadmin_choose_page_phone_link": STAFF,
    "wagtailadmin_choose_page_anchor_link": STAFF,
    "wagtailembeds": STAFF,
    "wagtailimages_chooser": STAFF,
    "wagtaildocs_chooser": STAFF,
    "wagtailimages_chooser:create": WRITERS,
    "wagtaildocs_chooser:create": WRITERS,
    # It asks of each thing whether it may be done with it.
    "wagtail_bulk_action": STAFF,
    # A page that fails, for trying how that looks.
    "wagtailadmin_error_test": STAFF,
    "wagtailsnippets": STAFF,
    "wagtailadmin_explore_root": WRITERS,
    "wagtailadmin_explore": WRITERS,
    "wagtailadmin_explore_results": WRITERS,
    "wagtailadmin_pages": WRITERS,
    # An empty question whether to stop an approval; stopping asks anew.
    "wagtailadmin_pages:confirm_workflow_cancellation": STAFF,
    # Shows the two titles before it asks; moving is refused (test_actions.py).
    "wagtailadmin_pages:move_confirm": STAFF,
    "wagtailimages": WRITERS,
    "wagtaildocs": WRITERS,
    "wagtailadmin_reports": WRITERS,
    # What one may see of each thing is sorted out row by row.
    "wagtailadmin_reports:site_history": STAFF,
    "wagtailadmin_reports:site_history_results": STAFF,
    "delegates": SECRETARIES,
    "letters": EDITORS,
    "wagtailusers_users": ADMINISTRATORS,
    "wagtailredirects": ADMINISTRATORS,
    "wagtailsettings": ADMINISTRATORS,
    "wagtailadmin_collections": ADMINISTRATORS,
    "wagtailadmin_workflows": ADMINISTRATORS,
    # The names of the steps of approval, which everybody reads on a page that waits.
    "wagtailadmin_workflows:task_chooser": STAFF,
    "wagtailadmin_workflows:task_chooser_results": STAFF,
    "wagtailadmin_workflows:task_chooser_create": STAFF,
    "wagtailadmin_workflows:task_chosen": STAFF,
    # Whoever runs the server.
    "wagtailusers_groups": NOBODY,
    "wagtailsites": NOBODY,
    # Shut (accounts).
    "wagtailadmin_password_reset": NOBODY,
    "wagtailadmin_password_reset_done": NOBODY,
    "wagtailadmin_password_reset_confirm": NOBODY,
    "wagtailadmin_password_reset_complete": NOBODY,
}
# What Wagtail's doors are about, by namespace.
ROWS_OF_WAGTAIL = {
    "wagtailadmin_pages": factories.NewsPageFactory,
    "wagtailadmin_collections": lambda: Collection.get_first_root_node().add_child(name="Vidaus"),
    "wagtailadmin_workflows": Workflow.objects.get,
    "wagtailredirects": lambda: Redirect.objects.create(old_path="/senas", redirect_link="https://example.lt/"),
    "wagtailusers_users": factories.UserFactory,
    "wagtailusers_groups": lambda: Group.objects.create(name="Sava"),
    "wagtailsites": Site.objects.get,
    "wagtailimages": an_image,
    "wagtaildocs": a_document,
    "delegates": a_delegate,
    "letters": a_letter,
}


# A page for trying how a fault looks; and two views of Wagtail's that read cleaned data of a form that is not valid.
FAILS_OF_WAGTAIL = {
    "wagtailadmin_error_test",
    "wagtailadmin_choose_page_external_link",
    "wagtailredirects:process_import",
}

# What our own views of the admin are about, by the beginning of their names.
ROWS_BEHIND = {
    "delegates": a_delegate,
    "member_proposals": a_proposal,
    "registrations": a_registration,
    "letters": a_letter,
    "personal_data": a_letter,
    "wordpress_import": an_imported_item,
    "search_admin": a_letter,
    "trash": a_page_in_the_trash,
    "delete_image": an_image,
    "delete_document": a_document,
    "repeat_dates": a_registration,
    "guide": a_letter,
    "wagtailusers_users": factories.UserFactory,
    "desk": a_registration,
    "wagtailsnippets_core_sitesettings": SiteSettings.of_the_site,
    "site_data": Site.objects.get,
}


def all_doors(patterns=None, route="", spaces=()):
    """Every address: its route, its full name, its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*spaces, pattern.name or ""])
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield SimpleNamespace(route=here, name=name, module=view.__module__, in_admin=here.startswith("admin/"))
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from all_doors(pattern.url_patterns, here, inner)


DOORS_OF_SITE = [door for door in all_doors() if not door.in_admin or door.route in DOORS]
DOORS_OF_ADMIN = [door for door in all_doors() if door.in_admin and door.route not in DOORS]


def row_of(door):
    """The key of an admin door's row; None for one that is Wagtail's own."""
    space = door.name.partition(":")[0]
    register = re.fullmatch(r"wagtailsnippet(?:s|choosers)_([a-z]+)_\w+", space)
    if register and register[1] in OUR_APPS:
        return space
    return door.name if door.module.partition(".")[0] in OUR_APPS else None


def row_behind(row):
    """
    Something that the views of this row are about, as the numbers of it and of its revision: there must be one for
    anybody to be refused it.
    """
    register = re.fullmatch(r"wagtailsnippet(?:s|choosers)_([a-z]+)_(\w+)", row)
    make = ROWS_BEHIND.get(row.partition(":")[0]) or FACTORIES[apps.get_model(*register.groups())]
    return numbers_of(make())


def numbers_of(behind):
    """The number of something, and of a revision of it where it has some."""
    return behind.pk, behind.save_revision().pk if hasattr(behind, "save_revision") else 1


def address(door, pk=1, revision=1):
    """An address that fits a door of the admin: these numbers wherever one is asked for."""
    route = door.route.replace("^.*/$", "nera-tokio/")
    if "(" in route:  # a regular expression
        route = re.sub(r"\((?:\?P(<\w+>))?[^)]*\)", lambda group: group[1] or str(revision), route)
    route = re.sub(r"[\^$\\]", "", route)
    route = re.sub(r"<(?:\w+:)?revision\w*>", str(revision), route)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", str(pk), route)


def somebody(role):
    """Somebody of the staff who has this role and nothing else."""
    person = factories.UserFactory()
    person.groups.add(role.group())
    return person


@pytest.fixture
def browsers():
    """A browser for each role, in which somebody of that role has signed in."""
    member = factories.UserFactory(email="narys@example.lt")
    Delegate.objects.create(user=member, member=factories.MemberFactory())
    browsers = {"anonymous": Client()}
    people = {"member": member} | {role.key: somebody(role) for role in STAFF_ROLES}
    for name in ROLES[1:]:
        browsers[name] = Client()
        browsers[name].force_login(people[name])
    return browsers


def outcome(response):
    """What a door answered: "in", "sign in" or "no"; a wrong number behind an open door is "in"."""
    if response.status_code == 302 and response["Location"].partition("?")[0] == reverse("account_login"):
        return "sign in"
    if response.status_code == 403 or (response.status_code == 302 and response["Location"] == "/admin/"):
        return "no"
    return "in"


def test_every_door_is_in_the_table():
    site = {door.name or door.route for door in DOORS_OF_SITE}
    assert site - OF_WAGTAIL - set(DOORS) == set(), "say in DOORS whom these are for"
    assert set(DOORS) - site == set(), "gone: take them out of DOORS"
    admin = {row_of(door) for door in DOORS_OF_ADMIN} - {None}
    assert admin - set(ADMIN_DOORS) == set(), "say in ADMIN_DOORS whom these are for"
    assert set(ADMIN_DOORS) - admin == set(), "gone: take them out of ADMIN_DOORS"


def test_the_addresses_of_the_admin_are_those_of_its_doors():
    for door in DOORS_OF_ADMIN:
        if door.name and door.name not in TAKEN_OVER:
            assert resolve(address(door)).view_name == door.name


@pytest.mark.parametrize("door", DOORS)
def test_doors_of_the_site_open_for_whom_they_are(browsers, door):
    for_whom, values = DOORS[door]
    if isinstance(values, str):
        path = values
    elif door in {known.name for known in DOORS_OF_SITE}:
        path = reverse(door, kwargs=values)
    else:
        path = "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), door)
    for role, browser in browsers.items():
        answer = outcome(browser.get(path))
        if role in for_whom:
            # The doors to the sign-in page lead there; a member of staff who is in already goes on to the admin.
            led_on = path in ("/admin/login/", "/_util/login/") or (door in ("account_login", "mfa_authenticate"))
            assert answer == "in" or led_on, (role, path)
        else:
            assert answer == ("sign in" if role == "anonymous" else "no"), (role, path)


@pytest.mark.parametrize("row", ADMIN_DOORS)
def test_doors_of_the_admin_open_for_whom_they_are(browsers, row):
    doors = [door for door in DOORS_OF_ADMIN if row_of(door) == row]
    assert doors
    numbers = row_behind(row)
    for door in doors:
        for role in STAFF:
            answer = outcome(browsers[role].get(address(door, *numbers)))
            if role not in ADMIN_DOORS[row]:
                assert answer == "no", (role, door.name)
            elif door.name.endswith((":list", ":index", ":choose")):
                assert answer == "in", (role, door.name)


def row_of_wagtail(door):
    """The key of the row of one of Wagtail's doors: its own, or its namespace's."""
    return door.name if door.name in WAGTAIL_DOORS else door.name.partition(":")[0]


# What falls through to the pages of a site that is not there.
DOORS_OF_WAGTAIL = [door for door in DOORS_OF_ADMIN if row_of(door) is None and door.name]


def test_every_door_of_wagtail_is_in_its_table():
    doors = {row_of_wagtail(door) for door in DOORS_OF_WAGTAIL}
    assert doors - set(WAGTAIL_DOORS) == set(), "say in WAGTAIL_DOORS whom these are for"
    assert set(WAGTAIL_DOORS) - doors == set(), "gone: take them out of WAGTAIL_DOORS"


def behind_wagtails(row):
    """Something that Wagtail's views of this row are about."""
    return ROWS_OF_WAGTAIL.get(row.partition(":")[0], factories.NewsPageFactory)()


@pytest.mark.parametrize("row", [row for row, for_whom in WAGTAIL_DOORS.items() if for_whom != STAFF])
def test_wagtails_doors_are_shut_to_whom_they_are_not_for(browsers, row):
    behind = behind_wagtails(row)
    numbers = numbers_of(behind)
    for door in DOORS_OF_WAGTAIL:
        if row_of_wagtail(door) != row:
            continue
        path = address(door, *numbers)
        for role in STAFF - WAGTAIL_DOORS[row]:
            for method in ("get", "post"):
                status = getattr(browsers[role], method)(path).status_code
                assert not 200 <= status < 300, (role, method, door.name)
    assert type(behind)._default_manager.filter(pk=behind.pk).exists()


def rows_of_doors():
    """The rows of both tables, and how what they are about is made."""
    for row in ADMIN_DOORS:
        yield pytest.param(row, row_of, lambda row=row: row_behind(row), id=row)
    for row in WAGTAIL_DOORS:
        yield pytest.param(row, row_of_wagtail, lambda row=row: numbers_of(behind_wagtails(row)), id=row)


@pytest.mark.parametrize(("row", "key", "make"), rows_of_doors())
def test_an_empty_form_is_refused_and_is_no_fault(row, key, make):
    browser = Client(raise_request_exception=False)
    browser.force_login(factories.UserFactory(is_superuser=True))
    numbers = make()
    for door in DOORS_OF_ADMIN if key is row_of else DOORS_OF_WAGTAIL:
        if key(door) == row and door.name not in FAILS_OF_WAGTAIL:
            with transaction.atomic():
                answer = browser.post(address(door, *numbers))
                transaction.set_rollback(True)  # the next door finds all as it was
            assert answer.status_code < 500, door.name


def test_a_form_without_a_field_that_it_always_has_is_answered_in_words(browsers):
    page = factories.NewsPageFactory()
    pattern = FACTORIES[apps.get_model("news.newspattern")]()
    for path in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse(pattern.snippet_viewset.get_url_name("edit"), args=[pattern.pk]),
    ):
        answer = browsers["administrator"].post(path)
        assert answer.status_code == 400
        assert "Šito nesupratome" in answer.content.decode()


# --- The one door to the admin ----------------------------------------------------------------------------------------


@pytest.fixture
def second_factor_demanded(settings):
    """As in production."""
    settings.STAFF_NEED_SECOND_FACTOR = True


def test_nobody_is_let_into_any_address_of_the_admin(browsers, second_factor_demanded):
    assert len(DOORS_OF_ADMIN) > 250
    for door in DOORS_OF_ADMIN:
        path = address(door)
        for method in ("get", "post"):
            for role, browser in browsers.items():
                answer = getattr(browser, method)(path)
                if role == "anonymous":
                    assert answer["Location"].startswith("/prisijungti/?next="), path
                elif role == "member":
                    assert answer.status_code == 403, path
                else:
                    assert answer["Location"].startswith("/paskyra/?next="), (role, path)


def test_staff_who_came_by_the_link_alone_are_not_let_in(second_factor_demanded):
    user = factories.UserFactory(is_superuser=True, email="tvarko@example.lt")
    browser = Client()
    browser.post(links.sign_in_url(user, links.SIGN_IN_LASTS).removeprefix("http://testserver"))
    assert browser.get("/paskyra/").status_code == 200
    assert browser.get("/admin/")["Location"] == "/paskyra/?next=/admin/"


def test_a_script_of_the_admin_is_refused_and_not_led_elsewhere(browsers, second_factor_demanded):
    for browser in browsers.values():
        assert browser.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_with_a_second_factor_the_admin_opens(second_factor_demanded):
    user = User.objects.create_superuser("tvarko", "tvarko@example.lt", "ilgas slaptas sakinys")
    give_factor(user)
    browser = Client()
    by_password(browser, user, "ilgas slaptas sakinys")
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/abc-def/",
        "/admin/password_reset/complete/",
    ],
)
def test_wagtails_password_reset_is_shut(browsers, path):
    for role, browser in browsers.items():
        answer = browser.get(path)
        assert answer.status_code == {"anonymous": 302, "member": 403}.get(role, 404)


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_sign_in_leads_to_ours(path):
    user = User.objects.create_superuser("tvarko", "tvarko@example.lt", "ilgas slaptas sakinys")
    for method in ("get", "post"):
        answer = getattr(Client(), method)(
            f"{path}?next=/admin/pages/", {"username": user.username, "password": "ilgas slaptas sakinys"}
        )
        assert answer.status_code == 302
        assert answer["Location"].startswith("/prisijungti/?")
        assert "sessionid" not in answer.cookies
        assert not answer.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("path", ["/accounts/signup/", "/prisijungti/registracija/", "/signup/", "/accounts/login/"])
def test_nobody_signs_up(path):
    for method in ("get", "post"):
        assert getattr(Client(), method)(path).status_code == 404


def test_ones_own_password_and_address_are_not_changed_in_the_admin(browsers):
    page = browsers["administrator"].get("/admin/account/").content.decode()
    assert 'name="password' not in page
    assert "new_password" not in page
    assert 'type="email"' not in page
    assert 'href="/paskyra/"' in page


def test_an_administrator_changes_another_persons_password(browsers):
    user = factories.UserFactory(email="senas@example.lt", first_name="A", last_name="B")
    path = reverse("wagtailusers_users:edit", args=[user.pk])
    typed = {"username": user.username, "email": "naujas@example.lt", "first_name": "A", "last_name": "B"}
    typed |= {"password1": "kito žmogaus katė", "password2": "kito žmogaus katė", "is_active": "on"}
    assert browsers["administrator"].post(path, typed).status_code == 302
    user.refresh_from_db()
    assert user.check_password("kito žmogaus katė")
    assert user.email == "naujas@example.lt"
