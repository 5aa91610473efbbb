"""Who of the staff may do what: the groups are as desk/roles.py says, and everything of ours has its row there."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from modelcluster.fields import ParentalKey
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow
from wagtail.users.models import UserProfile

from core.models import User
from desk.roles import ADMINISTRATOR, CONTRIBUTOR, EDITOR, RIGHTS, ROLES, SECRETARY, permissions_of
from home.models import LoadedContent
from tests.factories import NewsPageFactory, UserFactory
from tests.test_house_rules import OUR_MODELS

pytestmark = pytest.mark.django_db


def set_up():
    """Run the command; what it said."""
    said = StringIO()
    call_command("set_up_roles", stdout=said)
    return said.getvalue()


def somebody_in(group):
    """Somebody who is in this group."""
    person = UserFactory()
    person.groups.add(group)
    return person


def names_of(group):
    """The permissions of a group, by name."""
    held = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in held}


def everything():
    """All groups as the database has them."""
    return {
        group.name: (
            names_of(group),
            set(group.page_permissions.values_list("page", "permission__codename")),
            set(group.collection_permissions.values_list("collection", "permission__codename")),
            set(group.user_set.values_list("pk", flat=True)),
        )
        for group in Group.objects.all()
    }


# --- The data ---------------------------------------------------------------------------------------------------------


def test_every_model_of_ours_says_who_keeps_it():
    """Pages go by `PAGES`; what stands on a page or in a row goes with it."""
    rows = {
        model._meta.label_lower
        for model in {*OUR_MODELS, LoadedContent}
        if not issubclass(model, Page) and not any(isinstance(field, ParentalKey) for field in model._meta.fields)
    }
    assert rows - set(RIGHTS) == set(), "say in desk/roles.py who may do what with these"
    assert {name for name in RIGHTS if not name.startswith("wagtail")} - rows == set(), "gone: take them out"
    for name in RIGHTS:
        assert apps.get_model(name)


def test_nobody_of_the_staff_but_administrators_reaches_the_site_itself():
    for role in (CONTRIBUTOR, EDITOR, SECRETARY):
        assert not {
            name for name in permissions_of(role) if re.match(r"core\.\w+_(user|sitesettings)|auth|sites", name)
        }
    for role in ROLES:
        assert not {name for name in permissions_of(role) if name.startswith(("auth.", "wagtailcore.change_site"))}


# --- The command ------------------------------------------------------------------------------------------------------


def test_a_new_site_gets_four_roles_and_no_other_group():
    set_up()
    assert {group.name for group in Group.objects.all()} == {role.name for role in ROLES}
    for role in ROLES:
        assert names_of(role.group()) == set(permissions_of(role))


def test_a_second_run_changes_nothing():
    set_up()
    before = everything()
    set_up()
    assert everything() == before


def test_what_somebody_changed_in_a_role_is_set_back_and_own_groups_stay():
    set_up()
    before = everything()
    group = CONTRIBUTOR.group()
    person = UserFactory()
    group.permissions.add(Permission.objects.get(codename="change_user"))
    group.permissions.remove(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=Permission.objects.get(codename="publish_page")
    )
    group.name = "Rašytojai"
    group.save()
    own = Group.objects.create(name="Sava")
    own.permissions.add(Permission.objects.get(codename="change_sitesettings"))
    own.user_set.add(person)
    set_up()
    assert everything() == before | {"Sava": ({"core.change_sitesettings"}, set(), set(), {person.pk})}


def test_a_new_right_of_a_release_arrives_by_the_command(monkeypatch):
    set_up()
    assert not somebody_in(EDITOR.group()).has_perm("members.add_delegate")
    monkeypatch.setitem(RIGHTS, "members.delegate", {EDITOR: "add"})
    set_up()
    assert somebody_in(EDITOR.group()).has_perm("members.add_delegate")
    assert not somebody_in(SECRETARY.group()).has_perm("members.add_delegate")


def test_a_group_of_ones_own_with_the_name_of_a_role_does_not_become_it():
    person = somebody_in(Group.objects.create(name="Administratoriai"))
    said = set_up()
    assert "Administratoriai (sava grupė)" in said
    assert not person.has_perm("core.change_user")
    assert ADMINISTRATOR.group().name == "Administratoriai"


def test_the_role_that_somebody_deleted_comes_back_without_people():
    set_up()
    SECRETARY.group().delete()
    set_up()
    assert names_of(SECRETARY.group()) == set(permissions_of(SECRETARY))
    assert not SECRETARY.group().user_set.exists()


# --- A site of before the roles ---------------------------------------------------------------------------------------


@pytest.fixture
def older_site():
    """Wagtail's two groups as the previous release left them, each with somebody in it."""
    people = {}
    for old, name, more in (
        ("Editors", "Redaktoriai", ("change_topic", "change_member")),
        ("Moderators", "Moderatoriai", ("change_topic", "change_sitesettings", "change_delegate", "change_letter")),
    ):
        group = Group.objects.get(name=old)
        group.name = name
        group.save()
        group.permissions.add(*Permission.objects.filter(codename__in=more))
        LoadedContent.objects.create(key=f"group:{old}", object_pk=group.pk)
        people[name] = somebody_in(group)
    workflow = Workflow.objects.get()
    Workflow.objects.update(name="Moderatorių patvirtinimas")
    LoadedContent.objects.create(key="workflow:Moderators approval", object_pk=workflow.pk)
    return people


def rights_of(person):
    """Everything that somebody may do, by themselves or on pages and collections."""
    person = type(person).objects.get(pk=person.pk)
    groups = person.groups.all()
    return (
        person.get_all_permissions()
        | {f"page {codename}" for codename in groups.values_list("page_permissions__permission__codename", flat=True)}
        | {f"in {name}" for name in groups.values_list("collection_permissions__permission__codename", flat=True)}
    )


def test_people_keep_what_they_could_and_gain_nothing_silently(older_site):
    before = {name: rights_of(person) for name, person in older_site.items()}
    said = set_up()
    for (name, person), role in zip(older_site.items(), (CONTRIBUTOR, EDITOR), strict=True):
        assert before[name] - rights_of(person) - {"page None", "in None"} == set(), name
        gained = rights_of(person) - before[name] - {"page None", "in None"}
        assert gained <= set(permissions_of(role)), name
        groups = set(person.groups.values_list("name", flat=True))
        assert groups == {role.name, f"{name}: ankstesnės teisės"}
        assert f"{name}: ankstesnės teisės" in said
    # Who wrote without publishing does so still.
    assert "page publish_page" not in rights_of(older_site["Redaktoriai"])
    assert "page publish_page" in rights_of(older_site["Moderatoriai"])


def test_what_people_had_before_is_put_aside_once(older_site):
    set_up()
    before = everything()
    set_up()
    assert everything() == before
    Group.objects.filter(name__contains="ankstesnės").delete()
    set_up()
    assert set(everything()) == {role.name for role in ROLES}


def test_the_same_on_a_site_that_never_loaded_content():
    person = somebody_in(Group.objects.get(name="Editors"))
    set_up()
    assert CONTRIBUTOR.group() in person.groups.all()


# --- Approval ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["new", "older"])
def test_those_who_publish_approve(site, request):
    if site == "older":
        request.getfixturevalue("older_site")
    set_up()
    workflow = Workflow.objects.get()
    task = GroupApprovalTask.objects.get()
    assert workflow.name == task.name == "Redaktoriaus patvirtinimas"
    assert set(task.groups.all()) == {EDITOR.group(), ADMINISTRATOR.group()}
    assert Page.get_first_root_node().workflowpage.workflow == workflow


def test_a_workflow_that_somebody_deleted_or_changed_stays_so():
    set_up()
    Workflow.objects.all().delete()
    set_up()
    assert not Workflow.objects.exists()


# --- Accounts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def administrator(client):
    """Somebody who has signed in as an administrator, who is no superuser."""
    set_up()
    person = somebody_in(ADMINISTRATOR.group())
    client.force_login(person)
    return person


PERSON = {"username": "naujas", "email": "naujas@example.lt", "first_name": "Vardenis", "last_name": "Pavardenis"}
PASSWORDS = {"password1": "kito žmogaus katė", "password2": "kito žmogaus katė", "is_active": "on"}


def test_administrators_make_accounts_with_roles_but_no_superusers(client, administrator):
    typed = {**PERSON, **PASSWORDS, "is_superuser": "on", "groups": [EDITOR.group().pk]}
    assert client.post(reverse("wagtailusers_users:add"), typed).status_code == 302
    made = User.objects.get(username="naujas")
    assert not made.is_superuser
    assert list(made.groups.all()) == [EDITOR.group()]
    typed["first_name"] = "Kitas"
    assert client.post(reverse("wagtailusers_users:edit", args=[made.pk]), typed).status_code == 302
    made.refresh_from_db()
    assert (made.first_name, made.is_superuser) == ("Kitas", False)


def test_nobody_makes_themselves_a_superuser(client, administrator):
    typed = {**PERSON, "is_superuser": "on", "is_active": "on"}
    client.post(reverse("wagtailusers_users:edit", args=[administrator.pk]), typed)
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_a_superusers_account_is_changed_by_superusers_alone(client, administrator):
    above = User.objects.create_superuser("serveris", "serveris@example.lt", "ilgas slaptas sakinys")
    before = above.password
    edit = reverse("wagtailusers_users:edit", args=[above.pk])
    assert client.get(edit)["Location"] == "/admin/"
    client.post(edit, {**PERSON, **PASSWORDS})
    for action, typed in (
        ("delete", {}),
        ("set_active_state", {"mark_as_active": "False"}),
        ("assign_role", {"role": CONTRIBUTOR.group().pk}),
    ):
        many = reverse("wagtail_bulk_action", args=["core", "user", action])
        client.post(f"{many}?id={above.pk}&id={UserFactory().pk}", typed)
    client.post(reverse("wagtailusers_users:delete", args=[above.pk]))
    above.refresh_from_db()
    assert (above.username, above.password, above.is_active) == ("serveris", before, True)
    assert not above.groups.exists()
    assert edit not in client.get(reverse("wagtailusers_users:index")).content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("wagtailusers_users:copy", args=[above.pk])


def test_superusers_make_superusers(admin_client):
    set_up()
    typed = {**PERSON, **PASSWORDS, "is_superuser": "on"}
    assert admin_client.post(reverse("wagtailusers_users:add"), typed).status_code == 302
    assert User.objects.get(username="naujas").is_superuser


# --- Letters about approval -------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(mailbox):
    """A page that a contributor has sent to be approved, the contributor, and an editor."""
    set_up()
    author, editor = somebody_in(CONTRIBUTOR.group()), somebody_in(EDITOR.group())
    for person, name in ((author, "Vardenis"), (editor, "Redaktorė")):
        person.first_name, person.last_name, person.email = name, "", f"{person.username}@example.lt"
        person.save()
    page = NewsPageFactory(title="Talka prie ežero", live=False, owner=author)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page, author, editor


def letters(mailbox):
    """The letters that have come, by address: subject and text."""
    call_command("send_letters", verbosity=0)
    return {
        letter.envelope_to[0]: (letter["subject"], letter.get_body("plain").get_content()) for letter in mailbox.letters
    }


def test_editors_are_told_of_a_page_that_waits(mailbox, submitted):
    page, author, editor = submitted
    came = letters(mailbox)
    assert set(came) == {editor.email}
    subject, text = came[editor.email]
    assert subject == "Laukia patvirtinimo: Talka prie ežero"
    assert "Vardenis prašo paskelbti puslapį „Talka prie ežero“ (naujiena)." in text
    assert f"http://testserver/admin/pages/{page.pk}/edit/" in text
    assert len(mailbox.letters) == 1


def test_the_author_is_told_that_it_is_published(mailbox, submitted):
    page, author, editor = submitted
    page.current_workflow_task_state.approve(user=editor)
    subject, text = letters(mailbox)[author.email]
    assert subject == "Paskelbta: Talka prie ežero"
    assert "jūsų puslapis „Talka prie ežero“ paskelbtas. Patvirtino Redaktorė." in text
    assert page.full_url in text


def test_the_author_is_told_what_to_mend(mailbox, submitted):
    page, author, editor = submitted
    page.current_workflow_task_state.reject(user=editor, comment="Trūksta datos.")
    subject, text = letters(mailbox)[author.email]
    assert subject == "Grąžinta taisyti: Talka prie ežero"
    assert "Redaktorė rašo: Trūksta datos." in text
    assert f"http://testserver/admin/pages/{page.pk}/edit/" in text


def test_who_has_asked_for_no_letters_gets_none(mailbox, submitted):
    page, author, editor = submitted
    profile = UserProfile.get_for_user(author)
    profile.approved_notifications = False
    profile.save()
    page.current_workflow_task_state.approve(user=editor)
    assert author.email not in letters(mailbox)
