"""Old addresses: redirects that editors and moved pages made, each counted, and those of the site that was before."""

import logging
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.visibility import may_knock
from desk.models import RedirectUse
from wordpress_import import addresses

logger = logging.getLogger(__name__)


class OldAddressMiddleware:
    """
    Leads from old addresses to where the thing is now, always by one hop.

    Stands before what adds a slash, since that would be a hop of its own. An address at which a page is found costs
    nothing: looked up are only those that are not found, lack their slash, or ask for something of WordPress by number.
    Nobody is led to a page that is hidden: such an address answers as if nothing had ever been there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request, or lead on."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if request.META.get("HTTP_HOST", "").partition(":")[0].lower() == settings.OTHER_HOST:
            return self._to_the_one_host(request)
        if addresses.asks_by_number(request) and (address := addresses.resolve(request)):
            return HttpResponsePermanentRedirect(address)
        response = self.get_response(request)
        if response.status_code == 404 or _only_adds_a_slash(request, response):
            return self._lead_on(request) or response
        return response

    def _lead_on(self, request):
        """The answer that leads to where the thing is now; None where there is no such place."""
        if "\x00" in request.path_info or request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if redirect := _stored_redirect(request):
            if request.method == "GET":
                _count(redirect)
            kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
            return kind(redirect.link)
        address = addresses.resolve(request)
        if address is None or address == request.path:
            return None
        return HttpResponsePermanentRedirect(address)

    def _to_the_one_host(self, request):
        """From „www.“ to the site's own name, or the other way round, and straight to the page."""
        moved = self._lead_on(request) or HttpResponsePermanentRedirect(_with_its_slash(request))
        moved["Location"] = settings.SITE_URL + moved["Location"] if moved["Location"][0] == "/" else moved["Location"]
        return moved


def _stored_redirect(request):
    """The redirect stored for this address, if it leads to what everybody may see or to a door."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    if redirect is None or not redirect.link:
        return None
    return redirect if not redirect.redirect_page or may_knock(redirect.redirect_page) else None


def _only_adds_a_slash(request, response):
    """Whether this is Django's own answer to an address that lacks its slash."""
    if response.status_code != 301 or request.path.endswith("/"):
        return False
    return unquote(urlparse(response["Location"]).path) == f"{request.path}/"


def _with_its_slash(request):
    """The address that was asked for; a page's with the slash that it ends with."""
    path = "/" + request.path.lstrip("/")  # „//host“ would be another site's
    is_file = "." in path.rpartition("/")[2]
    return request.get_full_path().replace(request.path, path, 1) if is_file or path.endswith("/") else f"{path}/"


def _count(redirect):
    """Nothing of who it was, only that somebody was led on."""
    try:
        count_use(redirect)
    except DatabaseError:  # whatever becomes of the counting, the reader is led on
        logger.exception("A used redirect was not counted")


def count_use(redirect):
    """One more use today. Two at the same moment are both counted: the database adds."""
    today = RedirectUse.objects.filter(redirect=redirect, day=timezone.localdate())
    if today.update(hits=F("hits") + 1):
        return
    try:
        with transaction.atomic():
            RedirectUse.objects.create(redirect=redirect, hits=1)
    except IntegrityError:  # somebody else was first
        today.update(hits=F("hits") + 1)
