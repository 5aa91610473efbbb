"""
Who may do what, tried: every action of the admin by every role, and what has become of the thing.

`ROWS` is the table as an editor reads it („Kas ką gali“ in docs/redaktoriams.md says the same, a test sees to that). An
action stands below one of its rows: a function that is given somebody's browser and tries; it says whether it came off.
It is tried by each role of tests/test_doors.py in a site of its own, and must come off for just those of the row.

**Adding an action?** Write a function with `@action("its row")`; a new row also goes into the guide. Which addresses
open for whom stands in tests/test_doors.py.
"""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageViewRestriction, Site, Workflow
from wagtail.test.utils.form_data import querydict_from_html

from core import trash_pages
from core.models import CustomDocument, CustomImage, SiteSettings, TrashEntry, User
from core.trash import put_away
from desk import roles
from events.models import Registration
from home.models import ContactMessage
from members.models import Delegate, MemberProposal
from news.models import NewsIndexPage, NewsPage, Topic
from outbox.models import Letter
from tests import factories
from tests.test_doors import (
    ADMINISTRATORS,
    EDITORS,
    REGISTRARS,
    ROLES,
    SECRETARIES,
    STAFF,
    WRITERS,
    a_delegate,
    a_letter,
    a_registration,
    an_imported_item,
    browsers,  # noqa: F401
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

# As the guide has it: what, and for whom.
ROWS = {
    "Rašyti puslapius, taisyti savo ir teikti tvirtinti": WRITERS,
    "Įkelti paveikslėlius ir dokumentus, taisyti savo": WRITERS,
    "Taisyti kitų puslapius, paveikslėlius ir dokumentus": EDITORS,
    "Tvirtinti, skelbti, nebeskelbti, perkelti, užrakinti, trinti": EDITORS,
    "Ištrinti puslapį su viskuo, kas po juo": ADMINISTRATORS,
    "Temos, programos, renginių vietos, seniūnijos, tinklai, siūlomi radiniai": EDITORS,
    "Nariai ir organizacijos": REGISTRARS,
    "Ištrinti organizaciją": EDITORS,
    "Atstovai ir jų siūlomi pakeitimai": SECRETARIES,
    "Registracijos į renginius": REGISTRARS,
    "Gauti ir siunčiami laiškai": EDITORS,
    "Tikrinti, kas perkelta iš „WordPress“": EDITORS,
    "Darbuotojų paskyros ir vaidmenys": ADMINISTRATORS,
    "Svetainės ir asmens duomenys, peradresavimai, kolekcijos, tvirtinimo eigos, ištrinti galutinai": ADMINISTRATORS,
    "Grupės ir jų teisės, svetainės adresas": set(),
}
ACTIONS = {}


def action(row):
    """An action that belongs to this row."""

    def keep(function):
        ACTIONS[function.__name__] = (row, function)
        return function

    return keep


(
    WRITE, UPLOAD, MEND, PUBLISH, FELL, REGISTERS, MEMBERS, DISSOLVE, DELEGATES, COMING, LETTERS, MOVED, ACCOUNTS, SITE,
    GROUPS,
) = ROWS  # fmt: skip


# --- Means ------------------------------------------------------------------------------------------------------------


def above():
    """The browser of whoever runs the server: opens any form, so that others can try to send it."""
    person = User.objects.filter(username="virsus").first() or User.objects.create_superuser("virsus", "v@example.lt")
    browser = Client()
    browser.force_login(person)
    return browser


def send(browser, path, form_id=None, **typed):
    """Send the form of a page of the admin as it stands, but for what is typed."""
    data = form_of(above().get(path).content.decode(), form_id)
    for name, value in typed.items():
        data[name.replace("__", "-")] = value
    return browser.post(path, data)


def form_of(html, form_id=None):
    """What a form holds: the one of this name, or the one that asks for most."""
    if form_id:
        return querydict_from_html(html, form_id=form_id)
    forms = [querydict_from_html(html, form_index=number) for number in range(html.count("<form"))]
    return max(forms, key=len)


def of(user, **values):
    """A news page of theirs that nobody has published."""
    page = factories.NewsPageFactory(live=False, owner=user, **values)
    page.save_revision(user=user)
    return page


def again(thing):
    """The thing as the database has it; None where it is gone."""
    return type(thing).objects.filter(pk=thing.pk).first()


def at(name, *args):
    """An address of the admin's pages."""
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def save(browser, page, **typed):
    """Save a page in the editor with another title."""
    return send(browser, at("edit", page.pk), "page-edit-form", title="Kitas pavadinimas", body__count="0", **typed)


def title_of_latest(page):
    """The title that the newest version of a page has."""
    return again(page).get_latest_revision_as_object().title


def submitted():
    """A page of somebody's that waits for approval."""
    page = of(factories.UserFactory())
    page.get_workflow().start(page, page.owner)
    return again(page)


def decide(browser, page, what):
    """Answer what waits for approval."""
    state = page.current_workflow_task_state
    browser.post(at("workflow_action", page.pk, what, state.pk), {"comment": "Taip."})
    return again(page)


# --- Pages ------------------------------------------------------------------------------------------------------------


@action(WRITE)
def add_a_page(browser, user):
    path = at("add", "news", "newspage", NewsIndexPage.objects.get().pk)
    send(browser, path, "page-edit-form", title="Nauja", slug="nauja-naujiena", summary="Viena.", body__count="0")
    return NewsPage.objects.filter(slug="nauja-naujiena", live=False).exists()


@action(WRITE)
def change_ones_own_page(browser, user):
    page = of(user)
    save(browser, page)
    return title_of_latest(page) == "Kitas pavadinimas"


@action(WRITE)
def submit_ones_own_page(browser, user):
    page = of(user)
    save(browser, page, **{"action-submit": "1"})
    return again(page).workflow_in_progress


@action(WRITE)
def delete_ones_own_draft(browser, user):
    page = of(user)
    browser.post(at("delete", page.pk))
    return again(page) is None or not again(page).is_descendant_of(NewsIndexPage.objects.get())


@action(WRITE)
def copy_ones_own_page(browser, user):
    page = of(user)
    send(browser, at("copy", page.pk), new_slug="kopija")
    return Page.objects.filter(slug="kopija").exists()


@action(WRITE)
def go_back_to_an_older_version_of_ones_own(browser, user):
    page = of(user, title="Pirmas")
    first = page.latest_revision
    page.title = "Antras"
    page.save_revision()
    send(browser, at("revisions_revert", page.pk, first.pk), "page-edit-form", body__count="0")
    return title_of_latest(page) == "Pirmas"


@action(WRITE)
def open_the_list_of_pages(browser, user):
    return opens(browser, reverse("wagtailadmin_explore_root"))


@action(MEND)
def change_somebodys_draft(browser, user):
    page = of(factories.UserFactory())
    save(browser, page)
    return title_of_latest(page) == "Kitas pavadinimas"


@action(MEND)
def change_a_published_page(browser, user):
    page = NewsPage.objects.filter(live=True).first()
    save(browser, page)
    return title_of_latest(page) == "Kitas pavadinimas"


@action(MEND)
def see_the_history_of_somebodys_page(browser, user):
    return opens(browser, at("history", of(factories.UserFactory()).pk))


@action(MEND)
def see_somebodys_draft(browser, user):
    return opens(browser, at("view_draft", of(factories.UserFactory()).pk))


@action(PUBLISH)
def publish_ones_own_page(browser, user):
    page = of(user)
    save(browser, page, **{"action-publish": "1"})
    return again(page).live


@action(PUBLISH)
def publish_a_new_page_at_once(browser, user):
    path = at("add", "news", "newspage", NewsIndexPage.objects.get().pk)
    typed = {"title": "Nauja", "slug": "nauja-naujiena", "summary": "Viena.", "action-publish": "1"}
    send(browser, path, "page-edit-form", body__count="0", **typed)
    return NewsPage.objects.filter(slug="nauja-naujiena", live=True).exists()


@action(PUBLISH)
def unpublish_a_page(browser, user):
    page = NewsPage.objects.filter(live=True).first()
    browser.post(at("unpublish", page.pk))
    return not again(page).live


@action(PUBLISH)
def approve_what_waits(browser, user):
    return decide(browser, submitted(), "approve").live


@action(PUBLISH)
def reject_what_waits(browser, user):
    return not decide(browser, submitted(), "reject").workflow_in_progress


@action(PUBLISH)
def approve_ones_own(browser, user):
    page = of(user)
    page.get_workflow().start(page, user)
    return decide(browser, again(page), "approve").live


@action(PUBLISH)
def lock_a_page(browser, user):
    page = of(user)
    browser.post(at("lock", page.pk))
    return again(page).locked


@action(PUBLISH)
def unlock_somebodys_page(browser, user):
    page = of(user, locked=True, locked_by=factories.UserFactory())
    browser.post(at("unlock", page.pk))
    return not again(page).locked


@action(PUBLISH)
def move_a_published_page(browser, user):
    page = factories.StandardPageFactory(live=True, owner=user)
    there = factories.StandardPageFactory(parent=page.get_parent())
    browser.post(at("move_confirm", page.pk, there.pk))
    return Page.objects.get(pk=page.pk).is_child_of(Page.objects.get(pk=there.pk))


@action(PUBLISH)
def order_pages_anew(browser, user):
    index = NewsIndexPage.objects.get()
    last = [factories.NewsPageFactory(parent=index) for _ in range(2)][-1]
    browser.post(f"{at('set_page_position', last.pk)}?position=0")
    return index.get_children().first().pk == last.pk


@action(PUBLISH)
def close_a_page_to_some(browser, user):
    page = of(user)
    browser.post(at("set_privacy", page.pk), {"restriction_type": PageViewRestriction.LOGIN})
    return PageViewRestriction.objects.filter(page=page.pk).exists()


@action(PUBLISH)
def delete_a_published_page(browser, user):
    page = factories.NewsPageFactory(parent=NewsIndexPage.objects.get(), owner=user)
    browser.post(at("delete", page.pk))
    return gone(page)


@action(PUBLISH)
def delete_somebodys_draft(browser, user):
    page = of(factories.UserFactory())
    browser.post(at("delete", page.pk))
    return gone(page)


@action(PUBLISH)
def delete_many_pages(browser, user):
    pages = [of(factories.UserFactory()) for _ in range(2)]
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    browser.post(f"{many}?" + "&".join(f"id={page.pk}" for page in pages))
    return all(gone(page) for page in pages)


@action(PUBLISH)
def publish_many_pages(browser, user):
    pages = [of(user) for _ in range(2)]
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    browser.post(f"{many}?" + "&".join(f"id={page.pk}" for page in pages))
    return all(again(page).live for page in pages)


@action(FELL)
def delete_a_page_with_those_below_it(browser, user):
    page = factories.StandardPageFactory(live=False, owner=user)
    factories.StandardPageFactory(parent=page, live=False, owner=user)
    browser.post(at("delete", page.pk))
    return gone(page)


# --- Pictures and documents -------------------------------------------------------------------------------------------


def a_picture(user):
    """A picture that they have uploaded."""
    return CustomImage.objects.create(title="Ežeras", file=a_png(), uploaded_by_user=user)


def a_png():
    """The smallest picture."""
    path = settings.BASE_DIR / "static" / "img" / "logo.png"
    return SimpleUploadedFile("ezeras.png", path.read_bytes(), "image/png")


def a_document(user):
    """A document that they have uploaded."""
    return CustomDocument.objects.create(title="Tvarka", file=a_pdf(), uploaded_by_user=user)


def a_pdf():
    """Something that is taken for a document."""
    return SimpleUploadedFile("tvarka.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


def rename(browser, kind, thing):
    """Give a picture or a document another name."""
    typed = {"title": "Kitas pavadinimas", "file": ""}
    send(browser, reverse(f"wagtail{kind}:edit", args=[thing.pk]), **typed)
    return again(thing).title == "Kitas pavadinimas"


def remove(browser, kind, thing):
    """Delete a picture or a document."""
    browser.post(reverse(f"wagtail{kind}:delete", args=[thing.pk]))
    return gone(thing)


@action(UPLOAD)
def upload_a_picture(browser, user):
    send(browser, reverse("wagtailimages:add"), title="Ežeras", file=a_png())
    return CustomImage.objects.filter(uploaded_by_user=user).exists()


@action(UPLOAD)
def upload_a_document(browser, user):
    send(browser, reverse("wagtaildocs:add"), title="Tvarka", file=a_pdf())
    return CustomDocument.objects.filter(uploaded_by_user=user).exists()


@action(UPLOAD)
def change_ones_own_picture(browser, user):
    return rename(browser, "images", a_picture(user))


@action(UPLOAD)
def change_ones_own_document(browser, user):
    return rename(browser, "docs", a_document(user))


@action(UPLOAD)
def delete_ones_own_picture(browser, user):
    return remove(browser, "images", a_picture(user))


@action(UPLOAD)
def delete_ones_own_document(browser, user):
    return remove(browser, "docs", a_document(user))


@action(MEND)
def change_somebodys_picture(browser, user):
    return rename(browser, "images", a_picture(factories.UserFactory()))


@action(MEND)
def change_somebodys_document(browser, user):
    return rename(browser, "docs", a_document(factories.UserFactory()))


@action(MEND)
def delete_somebodys_picture(browser, user):
    return remove(browser, "images", a_picture(factories.UserFactory()))


@action(MEND)
def delete_somebodys_document(browser, user):
    return remove(browser, "docs", a_document(factories.UserFactory()))


def bring_back(browser, user, uploader):
    """Take a picture out of the trash."""
    picture = a_picture(uploader)
    put_away([picture])
    entry = TrashEntry.objects.get(object_id=picture.pk)
    browser.post(reverse("trash:restore"), {"entry": entry.pk})
    return again(picture) is not None


@action(UPLOAD)
def bring_back_ones_own_picture(browser, user):
    return bring_back(browser, user, user)


@action(MEND)
def bring_back_somebodys_picture(browser, user):
    return bring_back(browser, user, factories.UserFactory())


@action(PUBLISH)
def bring_back_a_page_that_was_published(browser, user):
    page = factories.NewsPageFactory(parent=NewsIndexPage.objects.get())
    entry = trash_pages.put_page_away(page)
    browser.post(reverse("trash:restore"), {"entry": entry.pk})
    return not gone(page)


@action(SITE)
def delete_for_good(browser, user):
    picture = a_picture(user)
    put_away([picture])
    entry = TrashEntry.objects.get(object_id=picture.pk)
    browser.post(reverse("trash:purge", args=[entry.pk]))
    return not CustomImage.everything.filter(pk=picture.pk).exists()


# --- Registers --------------------------------------------------------------------------------------------------------

KEPT_AS = {
    "Topic": REGISTERS,
    "Programme": REGISTERS,
    "Venue": REGISTERS,
    "Eldership": REGISTERS,
    "Municipality": REGISTERS,
    "NetworkMembership": REGISTERS,
    "PromotedResult": REGISTERS,
    "Member": MEMBERS,
    "Organisation": MEMBERS,
}


def of_a_register(name, row):
    """The three actions that every register has."""
    factory = getattr(factories, f"{name}Factory")
    model = factory._meta.model
    views = model.snippet_viewset

    def add(browser, user):
        return opens(browser, reverse(views.get_url_name("add")))

    def change(browser, user):
        thing = factory()
        send(browser, reverse(views.get_url_name("edit"), args=[thing.pk]))
        return thing.revisions.filter(user=user).exists()

    def delete(browser, user):
        thing = factory()
        browser.post(reverse(views.get_url_name("delete"), args=[thing.pk]))
        return gone(thing)

    for function, where in ((add, row), (change, row), (delete, DISSOLVE if name == "Organisation" else row)):
        function.__name__ = f"{function.__name__}_{model._meta.model_name}"
        action(where)(function)


for name, row in KEPT_AS.items():
    of_a_register(name, row)


# --- People and letters -----------------------------------------------------------------------------------------------


@action(DELEGATES)
def invite_a_delegate(browser, user):
    typed = {"member": factories.MemberFactory().pk, "email": "atstovas@example.lt"}
    browser.post(reverse("delegates:add"), {**typed, "given_name": "Vardenis", "surname": "Pavardenis"})
    return Delegate.objects.filter(user__email="atstovas@example.lt").exists()


@action(DELEGATES)
def revoke_a_delegate(browser, user):
    delegate = a_delegate()
    browser.post(reverse("delegates:revoke", args=[delegate.pk]))
    return again(delegate).revoked_at is not None


@action(DELEGATES)
def see_what_delegates_propose(browser, user):
    delegate = a_delegate()
    proposal = MemberProposal.objects.create(
        member=delegate.member, user=delegate.user, before={"phone": ""}, after={"phone": "+370 600 00000"}
    )
    return opens(browser, reverse("member_proposals:edit", args=[proposal.pk]))


@action(COMING)
def see_who_comes(browser, user):
    return opens(browser, reverse("registrations:event", args=[a_registration().event_id]))


@action(COMING)
def cancel_somebodys_registration(browser, user):
    registration = a_registration()
    browser.post(reverse("registrations:cancel", args=[registration.pk]))
    return Registration.objects.get(pk=registration.pk).state != "registered"


@action(LETTERS)
def read_a_message(browser, user):
    message = factories.ContactMessageFactory()
    return opens(browser, reverse(ContactMessage.snippet_viewset.get_url_name("edit"), args=[message.pk]))


@action(LETTERS)
def delete_a_message(browser, user):
    message = factories.ContactMessageFactory()
    browser.post(reverse(ContactMessage.snippet_viewset.get_url_name("delete"), args=[message.pk]))
    return gone(message)


@action(LETTERS)
def read_a_letter_of_the_site(browser, user):
    return opens(browser, reverse("letters:edit", args=[a_letter().pk]))


@action(LETTERS)
def try_a_letter_again(browser, user):
    letter = a_letter()
    Letter.objects.filter(pk=letter.pk).update(attempts=3)
    browser.post(reverse("letters:edit", args=[letter.pk]))
    return Letter.objects.get(pk=letter.pk).attempts == 0


# --- The move-in ------------------------------------------------------------------------------------------------------


@action(MOVED)
def see_what_was_moved(browser, user):
    an_imported_item()
    return opens(browser, reverse("wordpress_import:perkelimas"))


@action(MOVED)
def tick_off_what_was_moved(browser, user):
    item = an_imported_item()
    browser.post(reverse("wordpress_import:tick"), {"check": item.pk})
    return again(item).checked_by == user


# --- The site itself --------------------------------------------------------------------------------------------------

PASSWORD = "kito žmogaus katė"  # noqa: S105
PERSON = {"username": "naujas", "email": "n@example.lt", "first_name": "A", "last_name": "B", "is_active": "on"}


@action(ACCOUNTS)
def add_an_account(browser, user):
    browser.post(reverse("wagtailusers_users:add"), {**PERSON, "password1": PASSWORD, "password2": PASSWORD})
    return User.objects.filter(username="naujas").exists()


@action(ACCOUNTS)
def give_somebody_a_role(browser, user):
    person = factories.UserFactory()
    typed = {**PERSON, "groups": [roles.EDITOR.group().pk]}
    browser.post(reverse("wagtailusers_users:edit", args=[person.pk]), typed)
    return person.groups.exists()


@action(ACCOUNTS)
def give_many_a_role(browser, user):
    person = factories.UserFactory()
    many = reverse("wagtail_bulk_action", args=["core", "user", "assign_role"])
    browser.post(f"{many}?id={person.pk}", {"role": roles.EDITOR.group().pk})
    return person.groups.exists()


@action(ACCOUNTS)
def close_an_account(browser, user):
    person = factories.UserFactory()
    browser.post(reverse("wagtailusers_users:edit", args=[person.pk]), {**PERSON, "is_active": ""})
    return not again(person).is_active


@action(SITE)
def change_who_the_lag_is(browser, user):
    path = reverse(SiteSettings.snippet_viewset.get_url_name("edit"), args=[SiteSettings.objects.get().pk])
    send(browser, path, name="Kita vietos veiklos grupė", links__count="0")
    return SiteSettings.objects.get().name == "Kita vietos veiklos grupė"


@action(SITE)
def bring_back_who_the_lag_was(browser, user):
    row = SiteSettings.objects.get()
    old = row.save_revision()
    SiteSettings.objects.update(name="Kita vietos veiklos grupė")
    revert = reverse(row.snippet_viewset.get_url_name("revisions_revert"), args=[row.pk, old.pk])
    send(browser, revert, links__count="0")
    return SiteSettings.objects.get().name == row.name


@action(SITE)
def look_up_personal_data(browser, user):
    return opens(browser, reverse("personal_data"))


@action(SITE)
def add_a_redirect(browser, user):
    typed = {"old_path": "/senas/", "redirect_link": "https://example.lt/", "is_permanent": "on", "site": ""}
    browser.post(reverse("wagtailredirects:add"), typed)
    return Redirect.objects.filter(old_path="/senas").exists()


@action(SITE)
def add_a_collection(browser, user):
    typed = {"name": "Vidaus", "parent": Collection.get_first_root_node().pk}
    browser.post(reverse("wagtailadmin_collections:add"), typed)
    return Collection.objects.filter(name="Vidaus").exists()


@action(SITE)
def switch_a_workflow_off(browser, user):
    workflow = Workflow.objects.get()
    browser.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
    return not again(workflow).active


@action(GROUPS)
def change_a_group(browser, user):
    group = Group.objects.create(name="Sava")
    send(browser, reverse("wagtailusers_groups:edit", args=[group.pk]), name="Kita")
    return again(group).name == "Kita"


@action(GROUPS)
def delete_a_group(browser, user):
    group = Group.objects.create(name="Sava")
    browser.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    return gone(group)


@action(GROUPS)
def make_a_superuser(browser, user):
    person = factories.UserFactory()
    browser.post(reverse("wagtailusers_users:edit", args=[person.pk]), {**PERSON, "is_superuser": "on"})
    return again(person).is_superuser


@action(GROUPS)
def move_the_site(browser, user):
    site = Site.objects.get()
    send(browser, reverse("wagtailsites:edit", args=[site.pk]), hostname="kitas.example.lt")
    return again(site).hostname == "kitas.example.lt"


# --- The test ---------------------------------------------------------------------------------------------------------


def opens(browser, path):
    """Whether a screen is shown."""
    response = browser.get(path, follow=True)
    shown = response.wsgi_request.path
    return response.status_code == 200 and shown.startswith("/admin/") and shown != "/admin/"


def gone(thing):
    """Whether a thing is deleted or lies in the trash."""
    left = again(thing)
    if left is None:
        return True
    if isinstance(left, Page):
        return not left.is_descendant_of(Site.objects.get().root_page)
    return bool(getattr(left, "trashed_at", None))


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_comes_off_for_those_of_its_row(browsers, name):  # noqa: F811
    row, try_it = ACTIONS[name]
    people = {"anonymous": factories.UserFactory(), "member": User.objects.get(email="narys@example.lt")}
    people |= {role.key: User.objects.get(groups=role.group()) for role in roles.ROLES}
    came_off = set()
    for role in ROLES:
        with transaction.atomic():
            if try_it(browsers[role], people[role]):
                came_off.add(role)
            transaction.set_rollback(True)
    assert came_off == ROWS[row]
    # Whoever runs the server may do everything: so the action can come off at all.
    assert try_it(above(), User.objects.get(username="virsus"))


def test_every_row_is_tried():
    assert {row for row, _ in ACTIONS.values()} == set(ROWS)
    assert len(ACTIONS) * len(ROLES) > 400


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_menu_leads_nowhere_where_one_may_not_go(browsers, role):  # noqa: F811
    html = browsers[role].get("/admin/").content.decode()
    found = set(re.findall(r'"url": "(/admin/[^"]*)"', html)) | set(re.findall(r'href="(/admin/[^"]*)"', html))
    assert len(found) > 3
    for path in found - {"/admin/", "/admin/logout/"}:
        assert opens(browsers[role], path), path


def test_what_lies_in_the_trash_is_brought_back_as_browsers_ask():
    """The tests' own client would not be asked for the form's token."""
    topic = factories.TopicFactory()
    put_away([topic])
    person = factories.UserFactory()
    person.groups.add(roles.EDITOR.group())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    html = browser.get(reverse("trash:index")).content.decode()
    form = html.partition('class="undo"')[2].partition("</form>")[0]
    data = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))
    assert browser.post(reverse("trash:restore"), data).status_code == 302
    assert Topic.objects.filter(pk=topic.pk).exists()
