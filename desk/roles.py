"""
Who of the staff may do what: the one place of data. `manage.py set_up_roles` sets the groups exactly so.

**A new model?** It needs a row in `RIGHTS` (`tests/test_roles.py` says so), `{}` where nobody keeps it in the admin.
Pages and what stands on them go by `PAGES`, images and documents by `FILES`.

Whoever runs the server is a superuser and no role: only such a person edits groups and makes other superusers.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.models import LoadedContent


@dataclass(frozen=True)
class Role:
    """
    What somebody is on the site. `key` names it for ever, `name` is the group's in the admin; `wagtail_group` is the
    group of Wagtail's migrations that it takes over, "" where there is none.
    """

    key: str
    name: str
    wagtail_group: str = ""

    @property
    def remembered_as(self):
        """The key of its group among what the product has made (`LoadedContent`)."""
        return f"group:{self.key}"

    def group(self):
        """Its group, by whatever name; None before `set_up_roles`."""
        known = LoadedContent.objects.filter(key=self.remembered_as).values("object_pk")
        return Group.objects.filter(pk__in=known).first()


# In the order in which their groups are set up: „Redaktoriai“ was the name of those who now are contributors.
CONTRIBUTOR = Role("contributor", "Rengėjai", "Editors")
EDITOR = Role("editor", "Redaktoriai", "Moderators")
SECRETARY = Role("secretary", "Narių sekretoriai")
ADMINISTRATOR = Role("administrator", "Administratoriai")
ROLES = (CONTRIBUTOR, EDITOR, SECRETARY, ADMINISTRATOR)

KEEP = "add change delete"

# Rows: for each model what may be done with it, by role. Who is not named may nothing.
RIGHTS = {
    # Registers
    "partners.organisation": {ADMINISTRATOR: KEEP, EDITOR: KEEP, SECRETARY: "add change"},  # most members are some
    "partners.networkmembership": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "members.member": {ADMINISTRATOR: KEEP, EDITOR: KEEP, SECRETARY: KEEP},
    "core.eldership": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "core.municipality": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "projects.programme": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "news.topic": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "news.newspattern": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    "events.venue": {ADMINISTRATOR: KEEP, EDITOR: KEEP},
    # People: who acts for a member, what they propose, who comes to an event
    "members.delegate": {ADMINISTRATOR: "add change", SECRETARY: "add change"},
    "members.memberproposal": {ADMINISTRATOR: "change", SECRETARY: "change"},
    "events.registration": {
        ADMINISTRATOR: "view add change",
        EDITOR: "view add change",
        SECRETARY: "view add change",
    },
    # Letters: those that visitors write, those that the site sends
    "home.contactmessage": {ADMINISTRATOR: "change delete", EDITOR: "change delete"},
    "outbox.letter": {ADMINISTRATOR: "change", EDITOR: "change"},
    # The move-in from an old site: what came of what, and ticks of who has looked
    "wordpress_import.importeditem": {ADMINISTRATOR: "view change", EDITOR: "view change"},
    # The site itself
    "core.sitesettings": {ADMINISTRATOR: "change"},
    "core.user": {ADMINISTRATOR: KEEP},
    "wagtailredirects.redirect": {ADMINISTRATOR: KEEP},
    "wagtailcore.workflow": {ADMINISTRATOR: KEEP},
    "wagtailcore.task": {ADMINISTRATOR: KEEP},
    # By the collection they are in (`FILES`)
    "core.customimage": {},
    "core.customdocument": {},
    # What was deleted comes back by who may delete such a thing; deleted for good it is by few.
    "core.trashentry": {ADMINISTRATOR: "purge"},
    # Made by the site itself
    "core.customrendition": {},
    "core.pendingimport": {},
    "desk.link": {},
    "desk.linkuse": {},
    "desk.pagefinding": {},
    "desk.redirectuse": {},
    "events.calendarkey": {},
    "home.loadedcontent": {},
}

# What may be done with every page. "add" is to write pages and change one's own, "change" to change those of others.
PAGES = {
    ADMINISTRATOR: "add change publish lock unlock bulk_delete",
    EDITOR: "add change publish lock unlock",
    CONTRIBUTOR: "add",
}
# The same of images and documents, and of the collections that they are kept in.
FILES = {
    ADMINISTRATOR: "add change choose",
    EDITOR: "add change choose",
    CONTRIBUTOR: "add choose",
}
COLLECTIONS = {ADMINISTRATOR: KEEP}

# Who approves what is submitted.
APPROVAL = "Redaktoriaus patvirtinimas"
APPROVERS = (EDITOR, ADMINISTRATOR)


def permissions_of(role):
    """Names of the permissions of a role's group: "app.codename", without those on pages and collections."""
    yield "wagtailadmin.access_admin"
    for model, rights in RIGHTS.items():
        app, name = model.split(".")
        for action in rights.get(role, "").split():
            yield f"{app}.{action}_{name}"


def page_permissions_of(role):
    """The same for the root of the page tree."""
    return [f"wagtailcore.{action}_page" for action in PAGES.get(role, "").split()]


def collection_permissions_of(role):
    """The same for the root of the collections."""
    for action in FILES.get(role, "").split():
        yield f"wagtailimages.{action}_image"
        yield f"wagtaildocs.{action}_document"
    for action in COLLECTIONS.get(role, "").split():
        yield f"wagtailcore.{action}_collection"
