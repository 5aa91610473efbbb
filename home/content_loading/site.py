"""What stands around the pages: who the LAG is, who may do what, old addresses."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, Task, Workflow, WorkflowPage

from core.models import Eldership, Municipality, SiteSettings
from events.models import Registration, Venue
from home.content_loading.ledger import load_row
from home.models import ContactMessage
from members.models import Delegate, Member, MemberProposal
from news.models import NewsPage, Topic
from outbox.models import Letter
from partners.models import NetworkMembership, Organisation
from projects.models import Programme

# The names that Wagtail's migrations give, and ours.
GROUPS = {"Editors": "Redaktoriai", "Moderators": "Moderatoriai"}
WORKFLOW = {"Moderators approval": "Moderatorių patvirtinimas"}
# What both groups keep besides pages.
REGISTERS = (Municipality, Eldership, Organisation, NetworkMembership, Member, Programme, Topic, Venue, Registration)
# What moderators alone keep: the site's data, letters, who may see what is for members.
OF_MODERATORS = (SiteSettings, ContactMessage, Letter, Delegate, MemberProposal)


def load_settings(content, ledger, report):
    """Say who the LAG is."""
    row = content["pages"]["site"]
    made = load_row(ledger, SiteSettings, row, slug="default", site=Site.objects.get(is_default_site=True))
    report(SiteSettings._meta.verbose_name, [row], int(made))


def load_roles(content, ledger, report):
    """Name Wagtail's groups and workflow in Lithuanian; give the groups the registers, the workflow all pages."""
    made = [_load_group(ledger, old, new) for old, new in GROUPS.items()]
    report("grupės", GROUPS, sum(made))
    made = [_load_workflow(ledger, old, new) for old, new in WORKFLOW.items()]
    report("darbo eigos", WORKFLOW, sum(made))


def _load_group(ledger, old, new):
    group = Group.objects.filter(name=old).first()
    if group is None or ledger.has(Group, old):
        return False
    group.name = new
    group.save()
    models = [*REGISTERS, *OF_MODERATORS] if old == "Moderators" else REGISTERS
    types = ContentType.objects.get_for_models(*models).values()
    group.permissions.add(*Permission.objects.filter(content_type__in=types))
    ledger.add(Group, old, group)
    return True


def _load_workflow(ledger, old, new):
    workflow = Workflow.objects.filter(name=old).first()
    if workflow is None or ledger.has(Workflow, old):
        return False
    workflow.name = new
    workflow.save()
    Task.objects.filter(name=old).update(name=new)
    WorkflowPage.objects.get_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    ledger.add(Workflow, old, workflow)
    return True


def load_redirects(content, ledger, report):
    """Lead the old site's addresses of news, where they were others, to the news."""
    rows = [row for row in content["news"]["news"] if "old_address" in row]
    made = 0
    for row in rows:
        page = ledger.find(NewsPage, row["slug"])
        if page:
            old_path = Redirect.normalise_path(row["old_address"])
            made += load_row(ledger, Redirect, {"redirect_page": page}, slug=old_path, old_path=old_path, site=None)
    report("peradresavimai", rows, made)
