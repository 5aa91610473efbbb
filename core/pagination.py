"""Pages of results."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404


def page_of(rows, request, per_page):
    """One page of `rows` (a queryset or list) for `?page=`; 404 for a page that is not there."""
    try:
        return Paginator(rows, per_page).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("No such page of results") from error
