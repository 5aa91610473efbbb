"""`set_up_roles`: the groups of the staff exactly as `desk.roles` says, at each run."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from desk.roles import (
    APPROVAL,
    APPROVERS,
    ROLES,
    collection_permissions_of,
    page_permissions_of,
    permissions_of,
)
from home.models import LoadedContent

# What releases before the roles called these in their memory.
WAGTAIL_WORKFLOW = "Moderators approval"
WORKFLOW = "workflow:approval"


class Command(BaseCommand):
    """
    The roles are the product's: what somebody has changed in their groups is set back, other groups are left alone.

    The first run on a site that has people takes over the groups they are in. What those could do beyond the new role
    they keep, in a group of its own that the command names: nobody loses or gains anything without a word.
    """

    help = "Set the groups of the staff and their permissions as desk/roles.py says. Run it after each migrate."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        """Set up every role, then who approves pages. `--verbosity 0` is silent."""
        self.is_silent = verbosity == 0
        for role in ROLES:
            group = role.group() or self._first(role)
            if group.name != role.name:
                self._free(role.name)
                group.name = role.name
                group.save()
            set_rights(
                group,
                found(permissions_of(role)),
                {Page.get_first_root_node(): found(page_permissions_of(role))},
                {Collection.get_first_root_node(): found(collection_permissions_of(role))},
            )
            self._say(f"{role.name}: žmonių – {group.user_set.count()}.")
        self._set_up_approval()

    def _say(self, line):
        if not self.is_silent:
            self.stdout.write(line)

    def _first(self, role):
        """The group of a role that has none yet: Wagtail's, with the people in it, or a new one."""
        group = (
            remembered(Group, f"group:{role.wagtail_group}") or Group.objects.filter(name=role.wagtail_group).first()
        )
        if group:
            self._keep_what_people_could(group, role)
        else:
            self._free(role.name)
            group = Group.objects.create(name=role.name)
        LoadedContent.objects.update_or_create(key=role.remembered_as, defaults={"object_pk": group.pk})
        return group

    def _keep_what_people_could(self, group, role):
        """Give the people of a group that becomes a role a second group, with what the role does not hold."""
        people = list(group.user_set.all())
        more = list(set(group.permissions.all()) - set(found(permissions_of(role))))
        pages, collections = {}, {}
        for held in group.page_permissions.all():
            if held.page.depth > 1 or held.permission not in found(page_permissions_of(role)):
                pages.setdefault(held.page, []).append(held.permission)
        for held in group.collection_permissions.all():
            if held.collection.depth > 1 or held.permission not in found(collection_permissions_of(role)):
                collections.setdefault(held.collection, []).append(held.permission)
        if people and (more or pages or collections):
            kept = Group.objects.create(name=free_name(f"{group.name}: ankstesnės teisės"))
            set_rights(kept, more, pages, collections)
            kept.user_set.set(people)
            self._say(
                f"„{group.name}“ dabar yra „{role.name}“. Ką tie žmonės galėjo daugiau, palikta grupėje „{kept.name}“: "
                "kai nebereikės, ištrinkite ją."
            )

    def _free(self, name):
        """Rename a group of somebody's own that has the name of a role: its people must not gain the role."""
        for group in Group.objects.filter(name=name):
            group.name = free_name(f"{name} (sava grupė)")
            group.save()
            self._say(f"Grupė „{name}“ buvo sukurta ne šios programos. Dabar ji – „{group.name}“.")

    def _set_up_approval(self):
        """One approval for all pages, by those who publish; where pages go otherwise by now, is left alone."""
        workflow = remembered(Workflow, WORKFLOW)
        if workflow is None:
            workflow = (
                remembered(Workflow, f"workflow:{WAGTAIL_WORKFLOW}")
                or Workflow.objects.filter(name=WAGTAIL_WORKFLOW).first()
            )
            if workflow is None:
                return  # somebody has deleted it
            LoadedContent.objects.update_or_create(key=WORKFLOW, defaults={"object_pk": workflow.pk})
            WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
        Workflow.objects.filter(pk=workflow.pk).update(name=APPROVAL)
        for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).order_by("pk")[:1]:
            GroupApprovalTask.objects.filter(pk=task.pk).update(name=APPROVAL)
            task.groups.set([role.group() for role in APPROVERS])


def remembered(model, key):
    """The row that the product has made or taken over under this key; None where there is none any more."""
    return model.objects.filter(pk__in=LoadedContent.objects.filter(key=key).values("object_pk")).first()


def found(names):
    """The permissions of these names; one that does not exist is an error."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, _, codename in (name.partition(".") for name in names)
    ]


def free_name(name):
    """`name`, with a number where a group is called so."""
    number, free = 1, name
    while Group.objects.filter(name=free).exists():
        number += 1
        free = f"{name} {number}"
    return free


def set_rights(group, permissions, pages, collections):
    """Let a group do just this. `pages` and `collections` map a page or collection to permissions on it."""
    group.permissions.set(permissions)
    for model, place, wanted in (
        (GroupPagePermission, "page", pages),
        (GroupCollectionPermission, "collection", collections),
    ):
        wanted = {(where.pk, permission.pk) for where, held in wanted.items() for permission in held}
        for held in model.objects.filter(group=group):
            here = (getattr(held, f"{place}_id"), held.permission_id)
            if here in wanted:
                wanted.remove(here)
            else:
                held.delete()
        for where, permission in sorted(wanted):
            model.objects.create(group=group, permission_id=permission, **{f"{place}_id": where})
