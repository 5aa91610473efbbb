"""Private calendars: what one person may see, at an address that nobody else knows."""

import copy

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.structured_data import absolute
from core.visibility import reads_members_content, visible
from events.ical import calendar_response, feed_title
from events.models import CalendarKey, EventDate


def private_calendar_url(key):
    """The full address of the calendar that belongs to a `CalendarKey`."""
    return absolute(reverse("private_calendar", args=[key.token]))


@require_safe
def private_calendar(request, token):
    """
    The events that the holder of a key may see, whoever asks.

    A wrong, a renewed and a revoked key are answered alike. Neither the address nor the answer is to be kept by
    anybody on the way; the calendar program may keep its copy and ask whether it is still right (ETag).
    """
    key = CalendarKey.objects.select_related("user").filter(token=token, user__is_active=True).first()
    reader = seen_by(key.user, request) if key else None
    if reader and reads_members_content(reader):
        dates = visible(EventDate.objects.all(), reader).for_lists().in_order()
        response = calendar_response(dates, reader, "renginiai", feed_title(reader))
    else:
        response = HttpResponse("Tokio kalendoriaus nėra.", status=404, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def seen_by(user, request):
    """A request like `request`, but of `user`, who has no session here."""
    reader = copy.copy(request)
    reader.user, reader.session = user, {}
    return reader
