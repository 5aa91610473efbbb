"""The desk itself: the first screen of the admin."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy

from desk.lines import lines_for
from desk.week import week_for
from events.models import EventIndexPage, EventPage
from members.models import Member
from news.models import NewsIndexPage, NewsPage


@dataclass(frozen=True)
class Action:
    """Something that is often begun: straight to the screen where it is added."""

    label: str
    icon: str
    url: str


def actions_for(user):
    """What this user may begin: a list of Action."""
    found = [
        _page_action(user, "Nauja naujiena", "doc-full", NewsIndexPage, NewsPage),
        _page_action(user, "Naujas renginys", "date", EventIndexPage, EventPage),
        _action(
            user.has_perm("members.add_member"),
            "Naujas narys",
            "user",
            reverse(Member.snippet_viewset.get_url_name("add")),
        ),
        _action(
            image_policy.user_has_permission(user, "add"),
            "Įkelti paveikslėlį",
            "image",
            reverse("wagtailimages:add_multiple"),
        ),
        _action(
            document_policy.user_has_permission(user, "add"),
            "Įkelti dokumentą",
            "doc-full-inverse",
            reverse("wagtaildocs:add_multiple"),
        ),
    ]
    return [action for action in found if action]


def _action(may, label, icon, url):
    return Action(label, icon, url) if may else None


def _page_action(user, label, icon, index_model, model):
    index = index_model.objects.first()
    may = index and index.permissions_for_user(user).can_add_subpage()
    args = [model._meta.app_label, model._meta.model_name, index.pk] if index else []
    return Action(label, icon, reverse("wagtailadmin_pages:add", args=args)) if may else None


class DeskPanel(Component):
    """What one may begin, what needs a hand, what is on this week."""

    name = "desk"
    order = 10
    template_name = "desk/desk.html"

    def get_context_data(self, parent_context):
        """Ask everything anew: what was mended a moment ago is gone."""
        request = parent_context["request"]
        return {
            "actions": actions_for(request.user),
            "found": lines_for(request.user),
            "week": week_for(request),
        }
