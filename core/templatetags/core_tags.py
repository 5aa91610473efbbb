"""What templates may ask of the house: dates and numbers in Lithuanian, navigation, structured data, covers."""

import json

from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe
from wagtail.models import Page

from core import structured_data
from core.models import BasePage, site_pages
from core.silhouette import hills, horizon
from core.visibility import may_list, may_see, visible
from lithuanian import dates, numbers, plurals

register = template.Library()


@register.filter
def edtf(value):
    """A date of stated precision in Lithuanian; "" for an unknown one. A draft's that is none stays as typed."""
    try:
        return dates.edtf_to_text(value) if value else ""
    except dates.InvalidDate:
        return value


@register.filter
def long_date(value):
    """A day, or a moment's day in Vilnius: „2022 m. sausio 11 d.“"""
    if not value:
        return ""
    return dates.format_date(timezone.localdate(value) if hasattr(value, "hour") else value)


@register.filter
def short_month(day):
    """The month of a day, short: „gruod.“"""
    return dates.MONTHS_SHORT[day.month - 1]


@register.filter
def month_name(day):
    """The month of a day, as a heading names it: „2026 m. gruodis“."""
    return dates.format_month(day.year, day.month, "nominative")


@register.filter
def weekday(day):
    """The name of a day of the week: „ketvirtadienis“."""
    return dates.weekday_name(day)


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


@register.filter
def lines(text):
    """What an editor typed one a line, as a list without the empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.simple_tag(takes_context=True)
def site_menu(context):
    """
    The ways through the site: the pages right below the home page that the reader may see.

    A dict of lists: `main` (pages meant for menus), `more` (the others, for the footer), `feeds` (what can be
    subscribed to). Items are dicts with `title`, `url`, and `current`: "page" for this page, "true" for its section.
    """
    menu = {"main": [], "more": [], "feeds": []}
    request = context.get("request")
    if request is None:
        return menu
    here = getattr(context.get("page"), "path", "") or "-"
    for page in site_pages(request)[1:]:
        url = page.get_url(request)
        current = "page" if request.path == url else "true" if here.startswith(page.path) else ""
        menu["main" if page.show_in_menus else "more"].append({"title": page.title, "url": url, "current": current})
        for path, mime_type, title in getattr(page.specific_class, "feeds", ()):
            menu["feeds"].append({"title": title, "url": url + path, "type": mime_type})
    return menu


@register.simple_tag(takes_context=True)
def reader_may_see(context, page):
    """Whether the reader may see a page that an editor chose; False where none was chosen."""
    return bool(page) and may_see(page, context.get("request"))


@register.simple_tag(takes_context=True)
def listed_documents(context, documents):
    """Of the documents that a page names, those that the reader may know of: a list."""
    return [document for document in documents if document and may_list(document, context.get("request"))]


@register.simple_tag(takes_context=True)
def visible_pages(context, pages):
    """Of the pages an editor chose, those that the reader may see, in the editor's order: a list."""
    keys = [page.pk for page in pages if page]
    found = visible(Page.objects.filter(pk__in=keys), context.get("request")).specific().in_bulk()
    return [found[key] for key in keys if key in found]


@register.simple_tag(takes_context=True)
def json_ld(context):
    """The page's JSON-LD graph as a script element that no text in it can close; nothing where there is no page."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or request is None:
        return ""
    graph = structured_data.graph(page, request, above=context["breadcrumbs"], view_title=context.get("view_title"))
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    # Safe: every character that could end the element is written as an escape above.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag
def chapters(body):
    """The chapters of a body: a list of (place in the body, text) of its h2 headings."""
    return [
        (place, block.value["text"])
        for place, block in enumerate(body, 1)
        if block.block_type == "heading" and block.value["level"] == "h2"
    ]


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The page's one full address: without filters, with the number of a later page of results."""
    number = getattr(context.get("page_of_rows"), "number", 1)
    return structured_data.absolute(context["request"].path) + (f"?page={number}" if number > 1 else "")


@register.filter
def absolute(path):
    """The full address of a path of this site."""
    return structured_data.absolute(path)


@register.inclusion_tag("components/silhouette.html")
def silhouette(title):
    """Hillforts above the river, drawn from the title: the same for ever, no two alike."""
    return hills(title)


@register.inclusion_tag("components/skyline.html")
def skyline(title):
    """The hills below a page's heading, drawn from its title."""
    return horizon(title)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_of_rows, listing=None):
    """Links between pages of results; they keep the filters of `listing`. Nothing where all fits one page."""
    address = f"?{listing.query_string}&" if listing and listing.query_string else "?"

    def url(number):
        return f"{address}page={number}"

    numbers_shown = page_of_rows.paginator.get_elided_page_range(page_of_rows.number, on_each_side=1, on_ends=1)
    return {
        "page_of_rows": page_of_rows,
        "links": [
            {"number": number, "url": url(number) if isinstance(number, int) else ""} for number in numbers_shown
        ],
        "previous": url(page_of_rows.previous_page_number()) if page_of_rows.has_previous() else "",
        "next": url(page_of_rows.next_page_number()) if page_of_rows.has_next() else "",
    }
