"""Registering for an event, and somebody's own registration behind the link from a letter."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail import hooks

from accounts.throttling import consume
from core.visibility import may_see
from events import letters
from events import registration as service
from events.ical import attachment
from events.models import Registration
from events.registration_forms import ChangeForm, LinkForm, RegistrationForm
from lithuanian.plurals import counted

TOO_OFTEN = "Per daug bandymų iš eilės. Palaukite kelias minutes ir bandykite dar kartą – tai, ką įrašėte, išliko."
NOT_OPEN = {
    service.OccasionState.NOT_YET: "Registracija dar neprasidėjo.",
    service.OccasionState.CLOSED: "Registracija jau baigėsi.",
    service.OccasionState.CANCELLED: "Renginys atšauktas, todėl registruotis nebegalima.",
    service.OccasionState.POSTPONED: "Renginys atidėtas, todėl registracija sustabdyta.",
    service.OccasionState.OVER: "Renginys jau įvyko.",
}
FREE_PLACES = ("laisva vieta", "laisvos vietos", "laisvų vietų")
MORE_PEOPLE = ("žmogus", "žmonės", "žmonių")


# --- Registering: views below the page of an event --------------------------------------------------------------------


def register(page, request):
    """The form for the event, or for the date `?data=` of it; without one, the dates to choose from."""
    found = service.occasions(page)
    if not found:
        raise Http404("No registration for this event")
    occasion = _chosen(found, request.GET.get("data", ""))
    if occasion is None:
        return page.render(
            request, template="events/registration_dates.html", context_overrides={"view_title": "Registracija"}
        )
    if not occasion.is_for(request):
        return _form_page(page, request, occasion, status=403 if request.method == "POST" else 200)
    form = RegistrationForm(page, request.POST or None, initial=_known_of(request.user))
    refused = {}
    if request.method == "POST" and form.is_valid():
        if not consume(request, "registration", f"{page.pk}:{form.cleaned_data['email'].lower()}"):
            form.add_error(None, TOO_OFTEN)
            return _form_page(page, request, occasion, form=form, status=429)
        user = request.user if request.user.is_authenticated else None
        try:
            made = service.register(occasion, form.details(), form_token=form.nonce, user=user)
            return redirect("registration_thanks", letters.token_of(made))
        except service.NotOpen as error:
            form.add_error(None, f"{NOT_OPEN[error.state]} Jūsų neužregistravome; tai, ką įrašėte, dar matote žemiau.")
            refused = {"state": error.state}
        except service.NoPlaces as error:
            form.add_error("people", f"Iš viso čia telpa {counted(error.remaining, *MORE_PEOPLE)}.")
        except service.AlreadyRegistered:
            form.add_error("email", "Šiuo adresu jau užsiregistruota.")
            refused = {"is_twin": True}
    return _form_page(page, request, occasion, form=form, **refused)


def _chosen(found, uid):
    """The occasion with the date `uid`, or the only one there is; None where the reader has to choose."""
    if not uid:
        return found[0] if len(found) == 1 else None
    for occasion in found:
        if occasion.date and str(occasion.date.uid) == uid:
            return occasion
    raise Http404("No such date")


def _form_page(page, request, occasion, *, form=None, status=200, **context):
    context = {"view_title": "Registracija", "occasion": occasion, "state": occasion.state(), "form": form} | context
    response = page.render(request, template="events/registration_form.html", context_overrides=context)
    response.status_code = status
    return response


def _known_of(user):
    """What a form need not ask of somebody signed in. Rooms above tell what they know (hook `known_of_user`)."""
    if not user.is_authenticated:
        return {}
    known = {"name": user.get_full_name(), "email": user.email}
    for tell in hooks.get_hooks("known_of_user"):
        known |= tell(user)
    return known


def send_link(page, request):
    """Send the links to somebody's registrations for this event once more; the answer is the same if there are none."""
    form, sent_to = LinkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if consume(request, "registration_link", f"{page.pk}:{email.lower()}"):
            for registration in Registration.objects.active().filter(event=page, email_key=email.lower()):
                letters.link_again(registration)
            sent_to = email
        else:
            form.add_error(None, TOO_OFTEN)
    context = {"view_title": "Nuoroda į registraciją", "form": form, "sent_to": sent_to}
    return page.render(request, template="events/registration_link.html", context_overrides=context)


# --- One's own registration -------------------------------------------------------------------------------------------


def own_registration(view):
    """
    Find the registration that the token in the address names, and keep the address from others.

    Whoever has the address may do what is done here, signed in or not: so nothing is to be gained by forging a request,
    no cookie is needed against it, and whoever is not signed in gets none. Of the address, other pages and sites are
    told no more than the host: "no-referrer" would hide the origin too, by which the sign-out in the header is trusted.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request, token):
        registration = letters.find_registration(token)
        if registration is None or registration.erased_at:
            status = 404 if registration is None else 410
            response = render(request, "events/registration_gone.html", {"registration": registration}, status=status)
        else:
            response = view(request, registration)
        response["Referrer-Policy"] = "strict-origin"
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def _own_page(request, registration, template, **context):
    occasion = service.occasion_of(registration)
    event = registration.event
    is_waiting = registration.is_active and not registration.holds_a_place
    facts = {
        "registration": registration,
        "token": letters.token_of(registration),
        "event": event,
        "event_url": event.get_url(request) if may_see(event, request) else "",
        "dates": letters.dates_of(registration),
        "is_over": occasion.state() == service.OccasionState.OVER,
        "place_in_queue": service.place_in_queue(registration) if is_waiting else None,
    }
    return render(request, f"events/{template}.html", facts | context)


@own_registration
def registration(request, registration):
    """See one's registration and change what one has told."""
    form = ChangeForm(registration, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.change(registration, form.details())
            return redirect(request.path + "?pakeista=1")
        except service.NotOpen as error:
            form.add_error(None, NOT_OPEN.get(error.state, "Ši registracija jau atšaukta."))
        except service.NoPlaces as error:
            left = counted(error.remaining, *FREE_PLACES)
            form.add_error("people", f"Tiek vietų nebėra: papildomai yra {left}.")
        registration.refresh_from_db()
    changed = request.GET.get("pakeista") == "1" and not form.is_bound
    return _own_page(request, registration, "registration", form=form, changed=changed)


@own_registration
def registration_thanks(request, registration):
    """What has come of the form: a place, or a place in the queue."""
    return _own_page(request, registration, "registration_thanks")


@own_registration
def registration_cancel(request, registration):
    """Ask whether it is meant; then give the place back."""
    if request.method == "POST":
        service.cancel(registration)
    if request.method == "POST" or not registration.is_active:
        return redirect("registration", letters.token_of(registration))
    return _own_page(request, registration, "registration_cancel")


@own_registration
def registration_calendar(request, registration):
    """The dates for a calendar program; nothing for whoever has no place."""
    if not registration.holds_a_place:
        raise Http404("No place, no dates")
    response = HttpResponse(attachment(letters.dates_of(registration)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{registration.event.slug}.ics"'
    return response
