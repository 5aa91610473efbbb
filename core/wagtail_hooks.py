"""What the page tree and the admin are told by core."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from wagtail import hooks

from core.models import Audience
from core.visibility import reads_members_content


@hooks.register("before_serve_page")
def keep_what_is_not_for_this_reader(page, request, serve_args, serve_kwargs):
    """The gate at the door of the page itself: over is gone, what is for members is for members."""
    if page.expire_at and page.expire_at <= timezone.now():
        raise Http404("Expired")
    if getattr(page, "audience", None) == Audience.MEMBERS and not reads_members_content(request):
        raise PermissionDenied("For members")
