"""The page of results, suggestions as one types, and the page for an address that leads nowhere."""

import re
from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.pagination import page_of
from search.asking import cleaned
from search.finding import find, suggested
from search.hits import Hit, hits, links
from search.missed import remember
from search.models import SearchKind
from search.promotion import promoted_for

PER_PAGE = 10
HINTS = 5
# From so many letters on something is suggested.
SUGGESTED_FROM = 2


@require_safe
def search(request):
    """
    `/paieska/?q=…`: what was found, `&rusis=…` of one kind only.

    An unknown kind is no kind; whatever is typed gets a page, never an error.
    """
    typed = request.GET.get("q", "")
    kind = request.GET.get("rusis", "")
    kind = kind if kind in SearchKind.values else ""
    answer = find(typed, request, kind)
    page_of_rows = page_of(answer.entries, request, PER_PAGE)
    if request.method == "GET" and page_of_rows.number == 1:
        remember(answer)
    is_first = page_of_rows.number == 1 and not kind
    context = {
        "answer": answer,
        "kind": kind,
        "kinds": [
            {
                "label": SearchKind(value).label,
                "count": count,
                "current": value == kind,
                "url": address(answer.typed, value),
            }
            for value, count in answer.counts.items()
        ],
        "all_url": address(answer.typed),
        "corrected_url": address(answer.asked.text),
        "page_of_rows": page_of_rows,
        "hits": hits(list(page_of_rows), answer.asked, request),
        "promoted": promoted_for(answer.asked, request) if is_first else [],
        "view_title": f"Paieška: {answer.typed}" if answer.typed else "Paieška",
    }
    return render(request, "search/results.html", context)


def address(typed, kind=""):
    """The address of a search, worth sharing: without what was not chosen."""
    return f"{reverse('search')}?" + urlencode({"q": typed} | ({"rusis": kind} if kind else {}))


@require_safe
def suggestions(request):
    """`/paieska/pasiulymai/?q=…`: titles that have words beginning so, and where they lead."""
    typed = cleaned(request.GET.get("q", ""))
    entries = suggested(typed, request) if len(typed) >= SUGGESTED_FROM else []
    return JsonResponse({"titles": [{"title": title, "url": url} for title, url in links(entries, request)]})


def not_found(request, exception=None):
    """404, with what the words of the address find."""
    context = {"view_title": "Tokio puslapio nėra", "hints": _hints(request)}
    return render(request, "404.html", context, status=404)


def _hints(request) -> list[Hit]:
    """What an address like /naujienos/senas-pavadinimas/ may have meant; nothing for one that is no words."""
    slug = request.path_info.strip("/").rpartition("/")[2]
    if request.method != "GET" or not re.fullmatch(r"[^\W\d_]{2,}(?:-\w+)*", slug):
        return []
    answer = find(slug.replace("-", " "), request, guess=False)
    return hits(answer.entries[:HINTS], answer.asked, request)
