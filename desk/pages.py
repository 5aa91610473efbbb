"""Pages as the desk asks for them: by who may edit them."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.trash_pages import without_trash


def edit_url(pk):
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[pk])


def page_type():
    """The content type that all pages share."""
    return ContentType.objects.get_for_model(Page, for_concrete_model=False)


def editable(user):
    """The pages that this user may edit; the root is none."""
    return without_trash(page_permission_policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1))


def published():
    """The pages that readers can come to."""
    return Page.objects.filter(live=True, depth__gt=1)
