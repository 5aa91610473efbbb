"""Counting the redirects that are used."""

import logging
from urllib.parse import urlparse

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from desk.models import RedirectUse

logger = logging.getLogger(__name__)


class CountingRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, each counted when it leads somebody on: one number a day, and nothing of who it was."""

    def process_response(self, request, response):
        """Count only what was led on: a page that is found, or not found at all, writes nothing."""
        answer = super().process_response(request, response)
        if answer is not response and request.method == "GET":
            self._count(request)
        return answer

    def _count(self, request):
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
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
