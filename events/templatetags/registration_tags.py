"""What templates of events may ask about registration."""

from django import template
from django.utils import timezone

from events.registration import OccasionState
from lithuanian.calendar_text import format_time
from lithuanian.dates import format_date

register = template.Library()


@register.filter
def moment(value):
    """A moment in Vilnius, as after „iki“: „2026 m. gruodžio 3 d. 17:00 val.“"""
    local = timezone.localtime(value)
    return f"{format_date(local.date())} {format_time(local.time())}"


@register.inclusion_tag("events/registration_panel.html", takes_context=True)
def registration_panel(context):
    """What one can register for on the event's page: nothing where there is no registration or all is over."""
    page, request = context["page"], context["request"]
    open_or_known = [one for one in page.occasions if one.state() != OccasionState.OVER]
    return {
        "occasions": open_or_known,
        "is_for_reader": any(one.is_for(request) for one in open_or_known),
        "page": page,
        "address": page.get_url(request),
    }
