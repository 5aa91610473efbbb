"""Events in the admin: their places, what may not be deleted, and the way to registrations."""

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from core.bulk import ChangeAction, ExportAction
from core.models import Eldership
from core.viewsets import (
    NAME_PANELS,
    WIDE,
    ConditionFilter,
    NamedFilter,
    RegisterFilterSet,
    RegisterViewSet,
    UsageColumn,
)
from events.admin.repeat import repeat
from events.admin.views import LOOK, POLICY
from events.models import EventPage, RegistrationMode, Venue


class VenueFilters(RegisterFilterSet):
    """Where they are, and whether the map knows them."""

    eldership = NamedFilter("Seniūnija", Eldership)
    on_map = ConditionFilter(
        "Žemėlapyje",
        {"yra": ("Su koordinatėmis", Q(latitude__isnull=False)), "nera": ("Be koordinačių", Q(latitude__isnull=True))},
    )

    class Meta:
        model = Venue
        fields = ["eldership"]


class VenueViewSet(RegisterViewSet):
    """Places where events are held."""

    model = Venue
    icon = "home"
    menu_label = "Renginių vietos"
    menu_order = 240
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("address", label="Adresas", sort_key="address", classname=WIDE),
        Column("eldership", label="Seniūnija", accessor="eldership.name", sort_key="eldership"),
        UsageColumn(),
    ]
    orderings = {"eldership": ["eldership__sort_key"]}
    filterset_class = VenueFilters
    list_export = ["name", "address", "eldership_name", "latitude", "longitude"]
    export_headings = {"name": "Pavadinimas", "eldership_name": "Seniūnija"}
    export_filename = "renginiu-vietos"
    panels = [
        *NAME_PANELS,
        FieldPanel("address"),
        FieldPanel("eldership", widget=forms.Select),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    def get_queryset(self, request):
        """With the elderships."""
        return super().get_queryset(request).select_related("eldership")


register_snippet(VenueViewSet)


@hooks.register("register_bulk_action")
class ChangeEldershipOfVenues(ChangeAction):
    """Venues of another eldership."""

    models = [Venue]
    action_type = "change_eldership"
    display_name = "Keisti seniūniją"
    aria_label = "Keisti pažymėtų vietų seniūniją"
    field_name = "eldership"


@hooks.register("register_bulk_action")
class ExportVenues(ExportAction):
    """Venues as chosen."""

    models = [Venue]


@hooks.register("before_delete_page")
def keep_events_with_registrations(request, page):
    """Refuse to delete a page with or above an event that others know of: registered for, or in their calendars."""
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def keep_events_with_registrations_in_bulk(request, action_type, objects, action):
    """The same for many pages at once."""
    return _refuse_to_delete(request, objects) if action_type == "delete" and action.models == [Page] else None


def _refuse_to_delete(request, pages):
    registered = EventPage.objects.filter(registrations__isnull=False).distinct()
    known = EventPage.objects.filter(live=True, dates__over_at__gte=timezone.now()).distinct()
    if names := _names_below(pages, registered):
        said = f"yra registracijų į {names}. Verčiau nebepublikuokite arba atšaukite datas."
    elif names := _names_below(pages, known):
        said = (
            f"paskelbto renginio {names} datos gali būti žmonių kalendoriuose. Atšaukite datas – kalendoriai tai "
            "parodys; ištrinti galėsite, kai jos praeis. Jei paskelbėte per klaidą, pirmiausia nebepublikuokite."
        )
    else:
        return None
    messages.error(request, f"Neištrinta: {said}")
    parent = pages[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk) if parent else redirect("wagtailadmin_home")


def _names_below(pages, events):
    """The titles of those of `events` that stand at or below one of the pages; "" for none."""
    kept = [event.title for page in pages for event in events.descendant_of(page, inclusive=True)]
    return ", ".join(f"„{title}“" for title in kept[:5]) + (" ir kt." if len(kept) > 5 else "")


# --- Registrations ----------------------------------------------------------------------------------------------------


class RegistrationsMenuItem(MenuItem):
    """The way to registrations, for those who may see who comes."""

    def is_shown(self, request):
        """Whether this reader may."""
        return POLICY.user_has_any_permission(request.user, LOOK)


@hooks.register("register_admin_urls")
def registration_urls():
    """The staff's screens of registrations."""
    return [path("registracijos/", include("events.admin.urls"))]


@hooks.register("register_admin_urls")
def repeat_url():
    """Whom the "repeat" helper of an event's form asks."""
    return [path("kartoti-datas/", repeat, name="repeat_dates")]


@hooks.register("register_admin_menu_item")
def registrations_menu_item():
    """Registrations in the admin's menu."""
    return RegistrationsMenuItem("Registracijos", reverse("registrations:index"), icon_name="list-ul", order=195)


@hooks.register("register_permissions")
def registration_permissions():
    """What a group may be allowed: nobody deletes a registration, it is cancelled and later erased."""
    codenames = [f"{action}_registration" for action in LOOK]
    return Permission.objects.filter(content_type__app_label="events", codename__in=codenames)


@hooks.register("register_page_listing_more_buttons")
def registrations_in_list_of_pages(page, user, next_url=None):
    """From the list of events to who comes."""
    yield from _registrations_button(page, user)


@hooks.register("register_page_header_buttons")
def registrations_in_header_of_page(page, user, view_name, next_url=None):
    """From an event to who comes."""
    yield from _registrations_button(page, user)


def _registrations_button(page, user):
    event = page.specific if page.specific_class is EventPage else None
    if event and event.registration != RegistrationMode.NONE and POLICY.user_has_any_permission(user, LOOK):
        yield Button("Registracijos", reverse("registrations:event", args=[page.pk]), icon_name="list-ul", priority=25)
