"""What every response gets, or every request is checked for."""

from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.deprecation import MiddlewareMixin
from wagtail.admin import messages

from core.content_checks import NotReady


class AdminPolicyMiddleware(MiddlewareMixin):
    """Give the admin its own, weaker, Content-Security-Policy: Wagtail's screens need inline styles."""

    def process_response(self, request, response):
        """Replace the public policy on addresses of the admin, on a page previewed there too."""
        if request.path.startswith(reverse("wagtailadmin_home")):
            # A preview has been through all this already, as the public page that nobody may frame.
            del response["Content-Security-Policy"]
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response


class CachePolicyMiddleware(MiddlewareMixin):
    """
    Say who may keep a copy: nobody where a signed-in person is answered, everybody for a moment otherwise.

    The same address shows a member more than a visitor, so an answer to a request with a session never enters a cache.
    """

    def process_response(self, request, response):
        """Add Cache-Control where the view has not."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            add_never_cache_headers(response)
            response["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control") and response.status_code == 200 and request.method == "GET":
            response["Cache-Control"] = "no-cache"
        return response


class BadRequestMiddleware(MiddlewareMixin):
    """
    Refuse what no database takes: a NUL byte in the address (PostgreSQL would answer with an error).

    What is typed into the search is cleaned there: whatever it is, its reader gets a page.

    And a form of the admin that lacks a field which it always has: no browser has sent it, and it is no fault of the
    site. Blocks, for one, read the number of their rows without asking whether it is there.
    """

    def process_request(self, request):
        """Raise 400 for a NUL byte in the path or the query."""
        if request.path_info in (reverse("search"), reverse("search_suggestions")):
            return
        if "\x00" in request.path_info or any(
            "\x00" in text for name, values in request.GET.lists() for text in (name, *values)
        ):
            raise BadRequest("NUL byte in the address")

    def process_exception(self, request, exception):
        """Raise 400 where a view of the admin looked in vain for a field of the form; where, stands in the log."""
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if in_admin and request.method == "POST" and isinstance(exception, MultiValueDictKeyError):
            raise BadRequest("A field is missing from the form") from exception


class NotReadyMiddleware(MiddlewareMixin):
    """Tell whoever approves a page, or publishes many at once, what the page still lacks, in its editor."""

    def process_exception(self, request, exception):
        """Lead to the page, nothing published."""
        if not isinstance(exception, NotReady):
            return None
        messages.error(request, exception.message)
        editor = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # Wagtail's window for a comment
            return JsonResponse({"step": "success", "redirect": editor})
        return redirect(editor)


# Namespaces of the views by which pages and rows are added.
_FORMS_OF_WAGTAIL = ("wagtailadmin_pages", "wagtailsnippets_")


class SavedAtOnceMiddleware(MiddlewareMixin):
    """
    Ask again for a new page or row, where another request took the same address, code or place at the very moment.

    It came between this one's check and its saving: a page's form that was saving by itself (`core.page_form`), a
    second button, a second person. Now the form finds what was saved, and says so beside the field.
    """

    def process_exception(self, request, exception):
        """Once more; what fails again is an error as any."""
        asked = request.resolver_match
        if not isinstance(exception, (ValidationError, IntegrityError)) or request.method != "POST":
            return None
        if not asked or asked.url_name != "add" or not asked.namespace.startswith(_FORMS_OF_WAGTAIL):
            return None
        return asked.func(request, *asked.args, **asked.kwargs)
