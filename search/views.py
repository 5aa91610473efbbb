"""The page of results."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pagination import page_of
from search.finding import find
from search.hits import hits
from search.models import SearchKind

PER_PAGE = 10


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
        "page_of_rows": page_of_rows,
        "hits": hits(list(page_of_rows), answer.asked, request),
        "view_title": f"Paieška: {answer.typed}" if answer.typed else "Paieška",
    }
    return render(request, "search/results.html", context)


def address(typed, kind=""):
    """The address of a search, worth sharing: without what was not chosen."""
    return "?" + urlencode({"q": typed} | ({"rusis": kind} if kind else {}))
