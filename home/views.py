"""Addresses that are no pages: health, robots, security contact, errors, pictures."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.kept_forms import give_back, may_be_kept
from accounts.middleware import is_staff


@require_safe
@never_cache
def healthz(request):
    """Whether the database and the uploads answer: 200 if both, else 503, telling them apart."""
    state = {"database": _works(_ask_database), "storage": _works(lambda: default_storage.exists("healthz"))}
    return JsonResponse(state, status=200 if all(word == "ok" for word in state.values()) else 503)


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _works(check):
    try:
        check()
    except Exception:  # whatever fails, the answer must still be given
        return "fails"
    return "ok"


@require_safe
def robots(request):
    """What crawlers may read: everything but the admin and filtered lists."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """Whom to tell about a hole in the site (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = settings.SECURITY_CONTACT or f"{settings.SITE_URL}/kontaktai/"
    if "@" in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: lt, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def picture(request, name):
    """A rendition of an image. Originals and documents are never served from here."""
    path = PurePosixPath("images") / name
    if ".." in path.parts or not default_storage.exists(str(path)):
        raise Http404("No such picture")
    response = FileResponse(default_storage.open(str(path)))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bad_request(request, exception=None):
    """400."""
    return render(request, "400.html", {"view_title": "Šito nesupratome"}, status=400)


def forbidden(request, exception=None):
    """403."""
    return render(request, "403.html", {"view_title": "Šis puslapis ne visiems"}, status=403)


def too_many_requests(request):
    """429."""
    return render(request, "429.html", {"view_title": "Per daug bandymų"}, status=429)


def server_error(request):
    """500: a page that needs neither database nor context."""
    return render(None, "500.html", status=500)


def csrf_failure(request, reason=""):
    """A form whose security token does not fit; what staff have typed is given back to them."""
    if may_be_kept(request) and is_staff(request.user):
        return give_back(request)
    return render(request, "403.html", {"view_title": "Formos išsiųsti nepavyko", "is_csrf": True}, status=403)
