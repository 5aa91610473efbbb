"""Views of events that are no pages: somebody's own registration."""

from django.http import Http404


def registration(request, token):
    """See, change or cancel one registration, by the link from a letter."""
    raise Http404("Not yet")
