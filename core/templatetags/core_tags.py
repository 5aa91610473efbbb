"""What templates may ask of the house: dates and numbers in Lithuanian, navigation, structured data, covers."""

import json

from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe
from wagtail.models import Page, Site

from core.silhouette import hills
from core.visibility import visible
from lithuanian import dates, numbers, plurals

register = template.Library()


@register.filter
def edtf(value):
    """A date of stated precision in Lithuanian; "" for an unknown one."""
    return dates.edtf_to_text(value) if value else ""


@register.filter
def long_date(value):
    """A day, or a moment's day in Vilnius: „2022 m. sausio 11 d.“"""
    if not value:
        return ""
    return dates.format_date(timezone.localdate(value) if hasattr(value, "hour") else value)


@register.filter
def counted(number, forms):
    """A number with its noun: `62|counted:"narys,nariai,narių"` → „62 nariai“."""
    return plurals.counted(number, *forms.split(","))


@register.filter
def noun(number, forms):
    """The noun alone in the form the number asks for: `62|noun:"narys,nariai,narių"` → „nariai“."""
    return plurals.plural(number, *forms.split(","))


@register.filter
def euros(amount):
    """„178 327,30 €“; "" for an unknown amount."""
    return "" if amount is None else numbers.format_euros(amount)


@register.filter
def percent(share):
    """„95 %“; "" for an unknown share."""
    return "" if share is None else numbers.format_percent(share)


@register.simple_tag(takes_context=True)
def navigation(context):
    """The main menu: pages below the home page that are meant for menus and that the reader may see."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    current = context.get("page")
    here = getattr(current, "path", "") or "-"
    pages = visible(Page.objects.child_of(site.root_page).in_menu(), request).order_by("path")
    items = []
    for page in pages:
        items.append({"page": page, "url": page.get_url(request), "is_current": here.startswith(page.path)})
    return items


@register.simple_tag(takes_context=True)
def visible_pages(context, pages):
    """Of the pages an editor chose, those that the reader may see, in the editor's order: a list."""
    keys = [page.pk for page in pages if page]
    found = visible(Page.objects.filter(pk__in=keys), context.get("request")).specific().in_bulk()
    return [found[key] for key in keys if key in found]


@register.simple_tag
def json_ld(graph):
    """A JSON-LD graph as a script element that no text in it can close."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    # Safe: every character that could end the element is written as an escape above.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.inclusion_tag("components/silhouette.html")
def silhouette(title):
    """Hillforts against the sky, drawn from the title: the same for ever, no two alike."""
    return hills(title)
