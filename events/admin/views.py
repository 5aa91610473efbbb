"""The staff's screens of registrations. Everything that writes goes through `events.registration`."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from events import registration
from events.admin import mailing
from events.admin.export import RegistrationSpreadsheet
from events.admin.forms import MessageForm, RegistrationForm
from events.admin.listing import ORDERS, events_with_registration, registration_listing, tallied_occasions, tallies_of
from events.models import EventPage, Registration, RegistrationMode, RegistrationState
from lithuanian.plurals import counted

PER_PAGE = 50
BLANK_ROWS = 8
POLICY = ModelPermissionPolicy(Registration)
LOOK = ["view", "add", "change"]


class RegistrationView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What all the screens share: who may see them, and where they are."""

    permission_policy = POLICY
    any_permission_required = LOOK
    header_icon = "list-ul"

    @cached_property
    def event(self):
        """The event that the address names."""
        return get_object_or_404(EventPage, pk=self.kwargs["event_pk"])

    @cached_property
    def event_url(self):
        """The list of the event's registrations."""
        return reverse("registrations:event", args=[self.event.pk])

    def get_breadcrumbs_items(self):
        """All events, this event, this screen."""
        items = [*self.breadcrumbs_items, {"url": reverse("registrations:index"), "label": "Registracijos"}]
        if "event_pk" in self.kwargs or "pk" in self.kwargs:
            items.append({"url": self.event_url, "label": self.event.title})
        return [*items, {"url": "", "label": self.get_page_title()}] if self.get_page_title() else items

    def get_context_data(self, **kwargs):
        """What the templates ask before they offer something."""
        context = super().get_context_data(**kwargs)
        context["may_add"] = self.user_has_permission("add")
        context["may_change"] = self.user_has_permission("change")
        if "event_pk" in self.kwargs or "pk" in self.kwargs:
            context |= {"event": self.event, "event_url": self.event_url}
        return context

    def paginated(self, rows):
        """The page of `rows` that the address asks for."""
        return Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))


class EventsView(RegistrationView):
    """The events that have registration, next first, with their counts."""

    template_name = "events/admin/events.html"

    def get(self, request):
        """One page of events."""
        page = self.paginated(events_with_registration())
        found = tallies_of(page)
        rows = [(event, found[event.pk]) for event in page]
        return self.render_to_response(self.get_context_data(page_of_rows=page, rows=rows))

    def get_header_title(self):
        """The heading."""
        return "Registracijos"


class RegistrationsView(RegistrationView):
    """The registrations of an event: counts, search, filters, order; as a file too."""

    template_name = "events/admin/registrations.html"

    def get(self, request, event_pk):
        """One page of the narrowed list, or all of it as a spreadsheet."""
        listing = registration_listing(self.event, request.GET, self.event_url)
        order = request.GET.get("tvarka", "")
        order = order if order in ORDERS else ""
        rows = listing.rows.order_by(*ORDERS[order][1])
        if (file_format := request.GET.get("export")) in RegistrationSpreadsheet.FORMATS:
            return RegistrationSpreadsheet(self.event, rows).response(file_format)
        return self.render_to_response(
            self.get_context_data(
                listing=listing,
                query_string="&".join(filter(None, [listing.query_string, order and f"tvarka={order}"])),
                page_of_rows=self.paginated(rows),
                occasions=tallied_occasions(self.event),
                by_date=self.event.registration == RegistrationMode.DATE,
                orders=[(value, name, value == order) for value, (name, _) in ORDERS.items()],
            )
        )

    def get_header_title(self):
        """The heading."""
        return f"Registracijos: {self.event.title}"


class FormView(RegistrationView):
    """A screen with one form of a registration, and what the service may object to it."""

    template_name = "events/admin/form.html"

    def get(self, request, **kwargs):
        """The form as it stands."""
        return self.shown(self.get_form())

    def post(self, request, **kwargs):
        """Save; what cannot be saved is said beside the field, and nothing typed is lost."""
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                return self.save(form)
            except registration.AlreadyRegistered as error:
                address = reverse("registrations:edit", args=[error.registration.pk])
                text = "Šis el. paštas jau užregistruotas: <a href='{}'>{}</a>."
                form.add_error("email", format_html(text, address, error.registration.name))
            except registration.NoPlaces as error:
                form.add_error("people", places_left(error.remaining))
            except registration.NotOpen:
                form.add_error(None, "Pakeitimai neįrašyti: registracija jau atšaukta.")
        return self.shown(form)

    def shown(self, form):
        """The screen with the form."""
        return self.render_to_response(self.get_context_data(form=form))


class AddView(FormView):
    """Write somebody down by hand, also when registration is closed."""

    any_permission_required = None
    permission_required = "add"
    page_title = "Įrašyti žmogų"

    @cached_property
    def occasions(self):
        """What one can register for."""
        if found := registration.occasions(self.event):
            return found
        raise Http404("Nothing to register for")

    def get_form(self, data=None):
        """An empty form; dates to choose from where registration is by date, the one that the list shows first."""
        dated = [occasion for occasion in self.occasions if occasion.date]
        initial = {"occasion": self.request.GET.get("data")}
        return RegistrationForm(data, event=self.event, occasions=dated, initial=initial)

    def save(self, form):
        """Register; to the list, with the new registration named."""
        pk = form.cleaned_data.get("occasion")
        (occasion,) = [found for found in self.occasions if pk is None or found.date.pk == pk]
        told = form.cleaned_data
        token = told["token"] and told["token"].hex
        made = registration.register(occasion, form.details(), form_token=token, by_staff=True, notify=told["notify"])
        where = "Vieta yra." if made.holds_a_place else "Laisvų vietų nėra: įrašyta į laukiančiųjų eilę."
        edit = messages.button(reverse("registrations:edit", args=[made.pk]), "Atverti")
        messages.success(self.request, f"{made.name} – įrašyta. {where}", buttons=[edit])
        return redirect(self.event_url)


class OneRegistrationView(RegistrationView):
    """A screen of one registration."""

    any_permission_required = None
    permission_required = "change"

    @cached_property
    def registration(self):
        """The registration that the address names."""
        return get_object_or_404(Registration.objects.select_related("event", "date", "user"), pk=self.kwargs["pk"])

    @property
    def event(self):
        """Its event."""
        return self.registration.event

    @property
    def edit_url(self):
        """Its own screen."""
        return reverse("registrations:edit", args=[self.registration.pk])


class EditView(OneRegistrationView, FormView):
    """See and correct a registration; cancel it, let it in, move it."""

    template_name = "events/admin/edit.html"

    def get(self, request, **kwargs):
        """Show it: now somebody of the staff has read what the person has written."""
        Registration.objects.filter(pk=self.registration.pk, note_read_at=None).update(note_read_at=timezone.now())
        return super().get(request, **kwargs)

    def get_page_title(self):
        """Whose registration it is."""
        return self.registration.name or "Duomenys ištrinti"

    def get_form(self, data=None):
        """The form with what was told; None where nothing is left to change."""
        if self.registration.is_active and not self.registration.erased_at:
            return RegistrationForm(data, event=self.event, registration=self.registration)
        return None

    def post(self, request, **kwargs):
        """Refuse kindly where it has been cancelled meanwhile."""
        if self.registration.is_active and not self.registration.erased_at:
            return super().post(request, **kwargs)
        messages.warning(request, "Pakeitimai neįrašyti: registracija jau atšaukta.")
        return redirect(self.edit_url)

    def save(self, form):
        """Correct; back to the same screen."""
        registration.change(self.registration, form.details(), by_staff=True, notify=form.cleaned_data["notify"])
        messages.success(self.request, f"{self.registration.name} – įrašyta.")
        return redirect(self.edit_url)

    def get_context_data(self, **kwargs):
        """Where it stands, and where it may go."""
        row = self.registration
        others = [
            (occasion, tally)
            for occasion, tally in tallied_occasions(self.event)
            if occasion.date and occasion.date.pk != row.date_id
        ]
        place = registration.place_in_queue(row) if row.state == RegistrationState.WAITING else None
        # Beside the form only what it has no field for; without one, all.
        answers = kwargs["form"].kept_answers if kwargs["form"] else row.answers
        return super().get_context_data(row=row, others=others, place_in_queue=place, answers=answers, **kwargs)


class ActionView(OneRegistrationView):
    """Something done to one registration by a button."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Do it, say what was done, back to the registration."""
        if self.act(notify="notify" in request.POST):
            messages.success(request, self.done)
        else:
            messages.warning(request, "Nieko nepakeista: tai jau padaryta anksčiau.")
        return redirect(self.edit_url)


class CancelView(ActionView):
    """Cancel it: who waits moves up."""

    done = "Registracija atšaukta. Jei kas laukė vietos, ją gavo eilės tvarka."

    def act(self, notify):
        """Returns whether it changed."""
        return registration.cancel(self.registration, by_staff=True, notify=notify)


class PlaceView(ActionView):
    """Let it in from the waiting list."""

    done = "Vieta suteikta."

    def act(self, notify):
        """Returns whether it changed."""
        return registration.give_place(self.registration, notify=notify)


class MoveView(ActionView):
    """Move it to another date of the event."""

    done = "Registracija perkelta į kitą datą."

    def post(self, request, pk):
        """A date where the address is registered already is told by name."""
        try:
            return super().post(request, pk)
        except registration.AlreadyRegistered as error:
            there = messages.button(reverse("registrations:edit", args=[error.registration.pk]), "Atverti aną")
            messages.error(request, "Neperkelta: į tą datą šis el. paštas jau užregistruotas.", buttons=[there])
            return redirect(self.edit_url)

    def act(self, notify):
        """Returns whether it changed."""
        chosen = self.request.POST.get("data", "")
        for occasion in registration.occasions(self.event):
            if occasion.date and str(occasion.date.pk) == chosen:
                return registration.move(self.registration, occasion, notify=notify)
        raise Http404("No such date")


class MessageView(RegistrationView):
    """Write to all who come, or to those of the narrowed list: write, look, send."""

    any_permission_required = None
    permission_required = "change"
    page_title = "Rašyti dalyviams"
    template_name = "events/admin/message.html"

    @cached_property
    def listing(self):
        """The list as narrowed where the staff came from."""
        return registration_listing(self.event, self.request.GET, self.event_url)

    @cached_property
    def recipients(self):
        """Whom it goes to."""
        return mailing.recipients(self.listing)

    def get(self, request, event_pk):
        """An empty message."""
        return self.shown(MessageForm())

    def post(self, request, event_pk):
        """What was written is looked at first, and sent by a second button."""
        form = MessageForm(request.POST)
        if not form.is_valid() or "edit" in request.POST or not self.recipients:
            return self.shown(form)
        if "send" not in request.POST:
            return self.shown(form, is_preview=True)
        told = form.cleaned_data
        sent = mailing.send(self.event, self.recipients, told["subject"], told["text"], told["token"])
        if sent:
            messages.success(request, f"{counted(sent, 'laiškas', 'laiškai', 'laiškų')} – siunčiama.")
        else:
            messages.warning(request, "Ši žinia jau buvo išsiųsta; antrą kartą nesiunčiama.")
        return redirect(self.listing.url())

    def shown(self, form, is_preview=False):
        """The message being written, or looked at."""
        silent = self.event.registrations.active().filter(email="").count()
        return self.render_to_response(
            self.get_context_data(form=form, recipients=self.recipients, is_preview=is_preview, silent=silent)
        )

    def get_context_data(self, **kwargs):
        """With the narrowed list."""
        return super().get_context_data(listing=self.listing, **kwargs)


class SheetView(RegistrationView):
    """The attendance sheet of one date, to print: names in Lithuanian order and a line to sign on."""

    template_name = "events/admin/sheet.html"

    def get(self, request, event_pk):
        """The sheet of the chosen date, else of the next one, else of the last."""
        dates = self.event.ordered_dates
        chosen = request.GET.get("data")
        date = next((date for date in dates if str(date.pk) == chosen), None)
        if chosen and not date:
            raise Http404("No such date")
        date = date or self.event.next_or_last_date
        by_date = self.event.registration == RegistrationMode.DATE
        rows = self.event.registrations.holding().filter(date=date if by_date else None).order_by("sort_key", "pk")
        return self.render_to_response(
            self.get_context_data(date=date, dates=dates, lines=sheet_lines(rows), blank_rows=range(BLANK_ROWS))
        )


def sheet_lines(registrations):
    """A line for each person: pairs of the registration and whether it is the one who registered."""
    return [(row, number == 0) for row in registrations for number in range(row.people)]


def places_left(number):
    """Why so many people cannot come."""
    if not number:
        return "Laisvų vietų nebėra."
    return f"Laisvų vietų tiek nėra: liko {counted(number, 'vieta', 'vietos', 'vietų')}."
