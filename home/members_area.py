"""
What concerns one member: `/nariams/`.

Everything here is of the delegate who asks: no address names a member, a proposal or a calendar, so that there is
nothing of anybody else's to ask for.
"""

from collections import Counter
from functools import wraps
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Audience, site_pages
from core.pagination import page_of
from core.visibility import may_list, visible
from events.calendars import private_calendar_url
from events.letters import manage_url
from events.models import (
    CalendarKey,
    EventDate,
    EventIndexPage,
    EventMaterial,
    Registration,
    RegistrationMode,
)
from events.registration import Occasion
from members import proposals
from members.delegates import delegate_of
from members.models import DelegateState, ProposalState

DATES_PER_PAGE, FILES_SHOWN = 20, 100


def for_delegates(view):
    """Let only a delegate in, whom the view is given; others sign in, or are told why this is not for them."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        delegate = delegate_of(request.user)
        if delegate is None or delegate.state == DelegateState.REVOKED:
            context = {"view_title": "Nariams"}
            return render(request, "home/members_area/not_delegate.html", context, status=HTTPStatus.FORBIDDEN)
        if delegate.member.has_left:
            return render(request, "home/members_area/left.html", {"view_title": "Nariams", "delegate": delegate})
        return view(request, delegate, *args, **kwargs)

    return guarded


HEADINGS = {
    "events": "Artimiausi renginiai",
    "files": "Narių renginių medžiaga",
    "entry": "Nario duomenys",
    "propose": "Siūlyti pakeitimą",
    "calendar": "Jūsų kalendorius",
}


def page(request, delegate, name, **context):
    """The answer: a page of this area by its name."""
    context |= {"delegate": delegate, "shown": name, "view_title": HEADINGS[name]}
    return render(request, f"home/members_area/{name}.html", context)


# --- Events and their files -------------------------------------------------------------------------------------------


@require_safe
@for_delegates
def events(request, delegate):
    """What is on, and whether one goes."""
    dates = visible(EventDate.objects.all(), request).for_lists().upcoming(timezone.now())
    page_of_rows = page_of(dates, request, DATES_PER_PAGE)
    rows = with_registrations(list(page_of_rows), request)
    return page(request, delegate, "events", page_of_rows=page_of_rows, rows=rows, now=timezone.now())


def with_registrations(dates, request):
    """
    The dates with what the reader can do about each: a list of dicts.

    `date`; `registration`, the reader's own, with `manage_url`; else `state`, whether one can register now (an
    OccasionState, None where no registration is needed), `opens_at` and `url`, where. Three queries, however many
    dates.
    """
    events = {date.event_id: date.event for date in dates if date.event.registration != RegistrationMode.NONE}
    for event in events.values():
        event.ordered_dates = []
    for date in EventDate.objects.filter(event__in=events).in_order():
        events[date.event_id].ordered_dates.append(date)
    rows = Registration.objects.filter(event__in=events)
    tallies, mine = {}, {}
    for event, date, state, people in rows.order_by().values_list("event", "date", "state").annotate(Sum("people")):
        tallies.setdefault((event, date), Counter())[state] = people
    is_mine = Q(user=request.user) | Q(email_key=request.user.email.lower() or None)
    for registration in rows.active().filter(is_mine):
        mine[registration.event_id, registration.date_id] = registration
    return [_row(date, events.get(date.event_id), tallies, mine, request) for date in dates]


def _row(date, event, tallies, mine, request):
    if event is None:
        return {"date": date}
    by_date = event.registration == RegistrationMode.DATE
    key = (event.pk, date.pk if by_date else None)
    if registration := mine.get(key):
        return {"date": date, "registration": registration, "manage_url": manage_url(registration)}
    occasion = Occasion(event, date if by_date else None, tallies.get(key, Counter()))
    url = f"{event.get_url(request)}registracija/" + (f"?data={date.uid}" if by_date else "")
    return {"date": date, "state": occasion.state(), "opens_at": occasion.opens_at, "url": url}


@require_safe
@for_delegates
def files(request, delegate):
    """The files of events for members, and those for members of any event, newest first."""
    for_members = Q(event__audience=Audience.MEMBERS) | Q(document__audience=Audience.MEMBERS)
    materials = visible(EventMaterial.objects.filter(for_members), request).select_related("event", "document")
    newest = materials.order_by("-document__created_at", "-pk")[:FILES_SHOWN]
    return page(request, delegate, "files", materials=[one for one in newest if may_list(one.document, request)])


# --- The member's entry -----------------------------------------------------------------------------------------------


def entry_in_words(member):
    """What the register says of the member, and what visitors see of it: dicts of `label`, `value`, `is_public`."""
    rows = [
        {
            "label": "Pavadinimas" if member.organisation else "Vardas ir pavardė",
            "value": str(member),
            "is_public": bool(member.organisation) or member.shows_name,
        },
        {"label": "Sektorius", "value": member.get_sector_display(), "is_public": True},
    ]
    for name, value in proposals.entry_of(member).items():
        if not name.startswith("shows_"):
            label = capfirst(proposals.fields_of(member)[name].verbose_name)
            is_public = name == "website" or getattr(member, f"shows_{name}")
            rows.append({"label": label, "value": value, "is_public": is_public and bool(value)})
    return rows


def waiting_proposals(delegate):
    """What any delegate of the member has proposed and nobody has decided: dicts of `is_own`, `changes`."""
    waiting = delegate.member.proposals.filter(state=ProposalState.PENDING).select_related("user")
    shown = []
    for proposal in waiting:
        proposal.member = delegate.member
        shown.append({"is_own": proposal.user == delegate.user, "changes": proposals.changes_of(proposal)})
    return shown


class EntryForm(forms.Form):
    """The member's entry as its delegate would have it; the fields are the register's own."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in proposals.fields_of(member).items():
            options = {"assume_scheme": "https"} if name == "website" else {}
            self.fields[name] = field.formfield(label=capfirst(field.verbose_name), **options)

    def clean(self):
        """What is shown must be there."""
        cleaned = super().clean()
        for name in proposals.CONTACTS:
            if cleaned.get(f"shows_{name}") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Įrašykite, ką rodyti, arba nuimkite varnelę „rodyti“.")
        return cleaned

    def pairs(self):
        """Each contact with the tick that shows it, then what stands alone: a list of (field, tick or None)."""
        contacts = [(self[name], self[f"shows_{name}"]) for name in proposals.CONTACTS]
        return contacts + ([(self["website"], None)] if "website" in self.fields else [])


@require_safe
@for_delegates
def entry(request, delegate):
    """What the register says, and what is proposed."""
    pending = waiting_proposals(delegate)
    return page(request, delegate, "entry", facts=entry_in_words(delegate.member), pending=pending)


@require_http_methods(["GET", "HEAD", "POST"])
@for_delegates
def propose(request, delegate):
    """Propose changes to the member's entry."""
    member = delegate.member
    own = member.proposals.filter(user=delegate.user, state=ProposalState.PENDING).first()
    initial = proposals.entry_of(member) | (own.after if own else {})
    form = EntryForm(request.POST or None, member=member, initial=initial)
    if form.is_valid():
        if proposals.propose(delegate, form.cleaned_data):
            said = "Pasiūlymas išsiųstas. Kai jį peržiūrėsime, parašysime jums."
        else:
            said = "Pasiūlymas atsiimtas." if own else "Nieko nepakeista: registre taip ir parašyta."
        messages.success(request, said)
        return redirect("member_entry")
    return page(request, delegate, "propose", form=form, has_pending=bool(own))


# --- The private calendar ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_delegates
def calendar(request, delegate):
    """One's own calendar address: see it, make it, have another one in its place."""
    if request.method == "POST":
        key, is_new = CalendarKey.objects.get_or_create(user=request.user)
        if is_new:
            messages.success(request, "Adresas sukurtas.")
        elif "renew" in request.POST:
            key.renew()
            messages.success(request, "Adresas pakeistas. Senasis nebegalioja: kalendoriuje įrašykite naująjį.")
        return redirect("members_calendar")
    key = CalendarKey.objects.filter(user=request.user).first()
    address = private_calendar_url(key) if key else ""
    events_page = next((one for one in site_pages(request) if one.specific_class is EventIndexPage), None)
    return page(
        request,
        delegate,
        "calendar",
        address=address,
        webcal="webcal:" + address.partition(":")[2],
        how_to=events_page and events_page.get_url(request) + "prenumerata/",
    )
