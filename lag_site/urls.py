"""Addresses that are not pages; everything else is the page tree's."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from events import views as events_views
from events.calendars import private_calendar
from home import members_area, views
from home.sitemaps import SITEMAPS
from search import views as search_views

# Wagtail's own doors lead to the one there is.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", include("accounts.urls")),
    path("admin/login/", sign_in),
    path("admin/logout/", logout),
    path("_util/login/", sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots),
    path("paieska/", search_views.search, name="search"),
    path("paieska/pasiulymai/", search_views.suggestions, name="search_suggestions"),
    path("healthz", views.healthz, name="healthz"),
    path(".well-known/security.txt", views.security_txt),
    path("nariams/", members_area.events, name="members_area"),
    path("nariams/medziaga/", members_area.files, name="members_files"),
    path("nariams/duomenys/", members_area.entry, name="member_entry"),
    path("nariams/duomenys/keisti/", members_area.propose, name="member_propose"),
    path("nariams/kalendorius/", members_area.calendar, name="members_calendar"),
    path("registracija/<str:token>/", events_views.registration, name="registration"),
    path("registracija/<str:token>/aciu/", events_views.registration_thanks, name="registration_thanks"),
    path("registracija/<str:token>/atsisakyti/", events_views.registration_cancel, name="registration_cancel"),
    path("registracija/<str:token>/kalendorius.ics", events_views.registration_calendar, name="registration_calendar"),
    # Not below the page of the events: the address stays, whatever an editor does to that page.
    path("renginiai/mano/<str:token>.ics", private_calendar, name="private_calendar"),
    # Files that pages serve (core.models.ViewsMixin): Wagtail's own pattern knows only addresses that end with a slash.
    re_path(r"^((?:[\w\-]+/)+[\w\-]+\.(?:csv|ics|json))$", serve),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/images/<path:name>", views.picture))
urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "home.views.bad_request"
handler403 = "home.views.forbidden"
handler404 = "search.views.not_found"
handler429 = "home.views.too_many_requests"  # asked for by allauth
handler500 = "home.views.server_error"
