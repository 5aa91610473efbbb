"""
What needs a hand: the lines of the desk, one declaration each.

A line is shown to whom it concerns and only while there is something to do. Each of its entries leads to the place
where it is mended. A line costs two queries at most, however many rows it has: the database does the counting.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, IntegerField, Min, Q, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from core.trash_pages import without_trash
from desk.findings import findings_for
from desk.guide import how_to
from desk.links.external import external_uses
from desk.links.internal import broken_links
from desk.models import FAILURES_TO_DIE
from desk.pages import edit_url, editable, page_type
from desk.reviews import to_review
from events.models import EventDate, EventPage, EventStatus, Registration, RegistrationMode, RegistrationState
from events.registration import Occasion
from home.models import ContactMessage
from lithuanian.dates import format_date
from lithuanian.plurals import counted
from members.models import MemberProposal, ProposalState
from outbox.models import Letter
from wordpress_import.models import ImportedItem
from wordpress_import.telling import sentences
from wordpress_import.views import POLICY, TO_LOOK_AT

SHOWN = 5
# The address of the report of what was moved.
MOVED = "wordpress_import:perkelimas"


@dataclass(frozen=True)
class Entry:
    """One thing to do: what it is, where it is mended, and what is worth knowing before going there."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """
    One kind of things to do.

    `rows` takes a user and returns a queryset or a list, or None for whom the line does not concern; `entry` makes an
    `Entry` of a row. `nouns` are the three forms after a number. `guide` is the heading below which the editors' guide
    says how it is done. `report` is the name of the address that shows them all, where there is one better than the
    line's own, and `query` narrows it to them.
    """

    name: str
    icon: str
    nouns: tuple[str, str, str]
    advice: str
    guide: str
    rows: Callable
    entry: Callable
    report: str = ""
    query: str = ""

    def found(self, user):
        """What is to do for this user: a `Found`; None where there is nothing."""
        rows = self.rows(user)
        if rows is None:
            return None
        number = len(rows) if isinstance(rows, list) else rows.count()
        return Found(self, number, [self.entry(row) for row in rows[:SHOWN]]) if number else None

    @property
    def title(self):
        """What they are, as the heading of their list: „Juodraščiai“."""
        return self.nouns[1][0].upper() + self.nouns[1][1:]

    @property
    def url(self):
        """Where all of them stand."""
        return reverse(self.report) + self.query if self.report else reverse("desk:line", args=[self.name])

    @property
    def how_to_url(self):
        """Where the guide says how it is done."""
        return how_to(self.guide)


@dataclass(frozen=True)
class Found:
    """A line with what there is to do today."""

    line: Line
    number: int
    entries: list[Entry]

    @property
    def heading(self):
        """The number and what they are: „3 juodraščiai“."""
        return counted(self.number, *self.line.nouns)

    @property
    def has_more(self):
        """Whether some of them are not among the entries."""
        return self.number > len(self.entries)


def lines_for(user):
    """Everything that needs this user's hand: a list of `Found`, in the order of `LINES`."""
    return [found for line in LINES if (found := line.found(user))]


# --- Pages ------------------------------------------------------------------------------------------------------------


def in_workflow(*statuses):
    """The numbers of the pages that stand in moderation with one of these statuses: a queryset."""
    states = WorkflowState.objects.filter(base_content_type=page_type(), status__in=statuses)
    return states.annotate(key=Cast("object_id", IntegerField())).values("key")


def drafts(pages):
    """Those of `pages` that hold what readers do not see yet; not what is submitted, returned or has its hour set."""
    busy = in_workflow(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    scheduled = Revision.objects.filter(base_content_type=page_type(), approved_go_live_at__isnull=False)
    scheduled = scheduled.annotate(key=Cast("object_id", IntegerField())).values("key")
    return (
        pages.filter(Q(has_unpublished_changes=True) | Q(live=False, first_published_at=None))
        .exclude(pk__in=busy)
        .exclude(pk__in=scheduled)
        .select_related("latest_revision__user", "owner")
        .order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")
    )


def by(user):
    """Whether a page was last written by `user`: a condition."""
    return Q(latest_revision__user=user) | Q(latest_revision__user=None, owner=user)


def own_drafts(user):
    """What the user has begun."""
    return _or_none(user, drafts(editable(user).filter(by(user))))


def drafts_of_others(user):
    """What others have begun, for who may publish it."""
    may = without_trash(page_permission_policy.instances_user_has_permission_for(user, "publish").filter(depth__gt=1))
    return drafts(may.exclude(by(user))) if page_permission_policy.user_has_permission(user, "publish") else None


def draft_entry(page):
    """When it was written, and by whom."""
    author = (page.latest_revision and page.latest_revision.user) or page.owner
    name = author.get_full_name() or author.get_username() if author else ""
    state = "nepublikuoti pakeitimai" if page.live else "dar nepublikuota"
    return Entry(page.draft_title, edit_url(page.pk), ", ".join(filter(None, [name, _day(page), state])))


def submissions(user):
    """What others have submitted and this user may approve."""
    states = TaskState.objects.reviewable_by(user).filter(revision__base_content_type=page_type())
    return states.select_related("revision__user").order_by("started_at", "pk")


def submission_entry(state):
    """Who has submitted it and when."""
    author, day = state.revision.user, format_date(timezone.localdate(state.started_at))
    name = author.get_full_name() or author.get_username() if author else ""
    return Entry(state.revision.object_str, edit_url(state.revision.object_id), ", ".join(filter(None, [name, day])))


def returned(user):
    """What this user has submitted and was asked to mend."""
    pages = WorkflowState.objects.filter(
        base_content_type=page_type(), status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
    )
    keys = pages.annotate(key=Cast("object_id", IntegerField())).values("key")
    return _or_none(user, editable(user).filter(pk__in=keys).order_by("pk"))


def page_entry(page):
    """A page by its title."""
    return Entry(page.draft_title, edit_url(page.pk))


def _or_none(user, rows):
    return rows if _may_edit(user) else None


def _may_edit(user):
    return page_permission_policy.user_has_permission(user, "change")


def _day(page):
    moment = page.latest_revision_created_at
    return format_date(timezone.localdate(moment)) if moment else ""


def overdue_reviews(user):
    """Pages whose day of review has come."""
    return _or_none(user, to_review(editable(user)))


def review_entry(page):
    """By when."""
    return Entry(page.title, edit_url(page.pk), f"peržiūrėti iki {format_date(page.review_on)}")


def undescribed_pictures(user):
    """Published pages with a picture that says nothing to whoever does not see it."""
    return findings_for(user).filter(code="image-alt") if _may_edit(user) else None


def finding_entry(finding):
    """What was found."""
    return Entry(finding.page.title, edit_url(finding.page_id), finding.message)


def links_to_nowhere(user):
    """Links within the site that lead nowhere."""
    return broken_links(user) if _may_edit(user) else None


def link_entry(link):
    """Which link, and why."""
    return Entry(link.page.title, link.url, f"{link.target} – {link.problem}")


def dead_links(user):
    """Links to other sites that have not answered for days."""
    return _or_none(user, external_uses(user).filter(link__failures__gte=FAILURES_TO_DIE).order_by("link__url", "pk"))


def dead_link_entry(use):
    """Which address, and since when."""
    since = f"neveikia nuo {format_date(use.link.first_failed_on)}"
    return Entry(str(use.source), AdminURLFinder().get_edit_url(use.source), f"{use.link.url} – {since}")


# --- Events -----------------------------------------------------------------------------------------------------------


def without_closing(user):
    """Events to come that one registers for, and nobody has said until when."""
    if not _may_edit(user):
        return None
    comes = Q(dates__over_at__gte=timezone.now(), dates__status="scheduled")
    open_ended = Q(registration=RegistrationMode.EVENT) | Q(dates__registration_closes=None)
    return (
        EventPage.objects.filter(pk__in=editable(user).order_by().values("pk"))
        .exclude(registration=RegistrationMode.NONE)
        .filter(comes, open_ended, registration_closes=None)
        .annotate(next_start=Min("dates__start"))
        .order_by("next_start", "pk")
    )


def event_entry(event):
    """An event with its next date."""
    day = format_date(timezone.localdate(event.next_start))
    return Entry(event.draft_title, f"{edit_url(event.pk)}#tab-registracija", day)


def waiting_with_room(user):
    """
    Occasions with free places for which people wait: a list, next first.

    Whoever can be given a place gets it by itself; left are those who come with more people than there is room for.
    """
    if not user.has_perm("events.change_registration"):
        return None
    now, people = timezone.now(), Registration.objects.order_by()
    waited_for = people.filter(state=RegistrationState.WAITING, event__live=True, erased_at=None)
    events = EventPage.objects.in_bulk(waited_for.values_list("event", flat=True).distinct())
    ahead = EventDate.objects.filter(event__in=events, status=EventStatus.SCHEDULED, start__gt=now).order_by("start")
    tallies = {}
    rows = people.filter(event__in=events).values_list("event", "date", "state").annotate(people=Sum("people"))
    for event, date, state, number in rows:
        tallies.setdefault((event, date), Counter())[state] = number
    found = {}
    for date in ahead:
        event = events[date.event_id]
        own = date if event.registration == RegistrationMode.DATE else None
        key = (event.pk, own and own.pk)
        occasion = Occasion(event, own, tallies.get(key, Counter()))
        if key not in found and occasion.has_queue() and occasion.remaining() != 0:
            found[key] = (occasion, date)
    return list(found.values())


def waiting_entry(row):
    """How many wait, and for how many there is room."""
    occasion, date = row
    waiting = counted(occasion.tally[RegistrationState.WAITING], "laukia", "laukia", "laukia")
    room = "vietų neribota" if occasion.capacity is None else f"laisvų vietų {occasion.remaining()}"
    url = f"{reverse('registrations:event', args=[occasion.event.pk])}?busena=laukia"
    return Entry(occasion.event.title, url, f"{format_date(date.first_day)}, {waiting}, {room}")


def unread_notes(user):
    """Registrations whose people have written something that nobody of the staff has read."""
    if not user.has_perm("events.change_registration"):
        return None
    rows = Registration.objects.with_unread_note(timezone.now())
    return rows.select_related("event").order_by("created_at", "pk")


def note_entry(registration):
    """What is asked, and for which event."""
    note = Truncator(" ".join(registration.note.split())).chars(120)
    url = reverse("registrations:edit", args=[registration.pk])
    return Entry(registration.name, url, f"{registration.event.title}: „{note}“")


# --- Members and letters ----------------------------------------------------------------------------------------------


def undecided_proposals(user):
    """What members propose to change in their entries."""
    if not user.has_perm("members.change_memberproposal"):
        return None
    rows = MemberProposal.objects.filter(state=ProposalState.PENDING)
    return rows.select_related("member__organisation").order_by("created_at", "pk")


def proposal_entry(proposal):
    """Whose, and since when."""
    day = format_date(timezone.localdate(proposal.created_at))
    return Entry(str(proposal.member), reverse("member_proposals:edit", args=[proposal.pk]), day)


def unread_messages(user):
    """Letters of the contact form that have not reached the LAG's mailbox and that nobody has read here either."""
    if not user.has_perm("home.change_contactmessage"):
        return None
    settled = timezone.now() - timedelta(minutes=10)  # a new one may be on its way
    return ContactMessage.objects.filter(sent_at=None, read_at=None, received_at__lt=settled).order_by("received_at")


def message_entry(message):
    """From whom, and when."""
    url = reverse(type(message).snippet_viewset.get_url_name("edit"), args=[message.pk])
    return Entry(message.name, url, format_date(timezone.localdate(message.received_at)))


def failed_letters(user):
    """Letters that the site has given up."""
    if not user.has_perm("outbox.change_letter"):
        return None
    return Letter.objects.failed().defer("text", "html", "calendar").order_by("-gave_up_at", "-pk")


def letter_entry(letter):
    """To whom."""
    return Entry(letter.subject, reverse("letters:edit", args=[letter.pk]), letter.to)


# --- The move-in ------------------------------------------------------------------------------------------------------


def moved_unseen(user):
    """What came over from an old site, or did not, that nobody has looked at."""
    if not POLICY.user_has_permission(user, "view"):
        return None
    return ImportedItem.objects.to_look_at().defer("folded", "words")


def moved_entry(item):
    """What is remarked first; the report lists those that wait in the same order."""
    note = Truncator(next(iter(sentences(item)), item.get_verdict_display())).chars(120)
    return Entry(str(item), f"{reverse(MOVED)}{TO_LOOK_AT}#irasas-{item.pk}", note)


LINES = [
    Line(
        "grazinta",
        "resubmit",
        ("puslapis grąžintas taisyti", "puslapiai grąžinti taisyti", "puslapių grąžinta taisyti"),
        "Perskaitykite pastabą, pataisykite ir pateikite dar kartą.",
        "Tvirtinimas",
        returned,
        page_entry,
    ),
    Line(
        "pateikta",
        "clipboard-list",
        (
            "puslapis laukia jūsų patvirtinimo",
            "puslapiai laukia jūsų patvirtinimo",
            "puslapių laukia jūsų patvirtinimo",
        ),
        "Peržiūrėkite ir patvirtinkite arba grąžinkite taisyti.",
        "Tvirtinimas",
        submissions,
        submission_entry,
    ),
    Line(
        "be-pabaigos",
        "date",
        (
            "renginys be registracijos pabaigos",
            "renginiai be registracijos pabaigos",
            "renginių be registracijos pabaigos",
        ),
        "Nurodykite, iki kada registruojamasi: be to registracija užsidaro tik renginiui prasidėjus.",
        "Įjungti registraciją",
        without_closing,
        event_entry,
    ),
    Line(
        "pasiulymai",
        "user",
        ("narių siūlomas pakeitimas", "narių siūlomi pakeitimai", "narių siūlomų pakeitimų"),
        "Patvirtinkite arba parašykite, kodėl ne.",
        "Siūlomi pakeitimai",
        undecided_proposals,
        proposal_entry,
    ),
    Line(
        "laiskai",
        "mail",
        ("laiško išsiųsti nepavyko", "laiškų išsiųsti nepavyko", "laiškų išsiųsti nepavyko"),
        "Patikrinkite adresą ir bandykite dar kartą arba paskambinkite.",
        "Laiškai",
        failed_letters,
        letter_entry,
    ),
    Line(
        "laukia-vietos",
        "group",
        (
            "renginys, į kurį laukiama vietos",
            "renginiai, į kuriuos laukiama vietos",
            "renginių, į kuriuos laukiama vietos",
        ),
        "Vietų yra, bet laukiantiesiems jų per mažai: suteikite vietą arba susitarkite.",
        "Kas užsiregistravo",
        waiting_with_room,
        waiting_entry,
    ),
    Line(
        "pastabos",
        "comment",
        (
            "neperskaityta registracijos pastaba",
            "neperskaitytos registracijų pastabos",
            "neperskaitytų registracijų pastabų",
        ),
        "Perskaitykite, ką žmogus parašė, ir, jei klausia, atsakykite.",
        "Kas užsiregistravo",
        unread_notes,
        note_entry,
    ),
    Line(
        "zinutes",
        "mail",
        (
            "neperskaitytas laiškas iš svetainės",
            "neperskaityti laiškai iš svetainės",
            "neperskaitytų laiškų iš svetainės",
        ),
        "Į jūsų pašto dėžutę nenukeliavo. Perskaitykite čia ir atsakykite.",
        "Laiškai",
        unread_messages,
        message_entry,
    ),
    Line(
        "paveiksleliai",
        "image",
        (
            "puslapis su neaprašytu paveikslėliu",
            "puslapiai su neaprašytais paveikslėliais",
            "puslapių su neaprašytais paveikslėliais",
        ),
        "Parašykite, kas juose matyti, arba pažymėkite, kad tik puošia.",
        "Paveikslėliai ir dokumentai",
        undescribed_pictures,
        finding_entry,
    ),
    Line(
        "nuorodos",
        "link",
        ("neveikianti vidinė nuoroda", "neveikiančios vidinės nuorodos", "neveikiančių vidinių nuorodų"),
        "Skaitytojas, ją paspaudęs, nieko neranda. Pakeiskite arba pašalinkite.",
        "Neveikiančios nuorodos",
        links_to_nowhere,
        link_entry,
        "desk:vidines-nuorodos",
    ),
    Line(
        "isorines-nuorodos",
        "link-external",
        ("neveikianti išorinė nuoroda", "neveikiančios išorinės nuorodos", "neveikiančių išorinių nuorodų"),
        "Kita svetainė neatsako jau kelias dienas. Raskite naują adresą arba nuorodą pašalinkite.",
        "Neveikiančios nuorodos",
        dead_links,
        dead_link_entry,
    ),
    Line(
        "perziureti",
        "time",
        (
            "puslapis, kurį metas peržiūrėti",
            "puslapiai, kuriuos metas peržiūrėti",
            "puslapių, kuriuos metas peržiūrėti",
        ),
        "Ar tekstas dar teisingas? Pataisykite ir nustatykite naują dieną.",
        "Peržiūrėtini puslapiai",
        overdue_reviews,
        review_entry,
        "desk:perziureti",
    ),
    Line(
        "perkelta",
        "download",
        (
            "iš „WordPress“ perkeltas įrašas laukia žvilgsnio",
            "iš „WordPress“ perkelti įrašai laukia žvilgsnio",
            "iš „WordPress“ perkeltų įrašų laukia žvilgsnio",
        ),
        "Perskaitykite pastabą, jei reikia – pataisykite, ir pažymėkite, kad patikrinta.",
        "Ataskaitos",
        moved_unseen,
        moved_entry,
        MOVED,
        TO_LOOK_AT,
    ),
    Line(
        "mano-juodrasciai",
        "edit",
        ("jūsų juodraštis", "jūsų juodraščiai", "jūsų juodraščių"),
        "Pabaikite ir paskelbkite arba ištrinkite, jei nebereikia.",
        "Juodraštis, peržiūra, paskelbimas",
        own_drafts,
        draft_entry,
    ),
    Line(
        "kitu-juodrasciai",
        "edit",
        ("kolegų juodraštis", "kolegų juodraščiai", "kolegų juodraščių"),
        "Gal jau metas paskelbti?",
        "Juodraštis, peržiūra, paskelbimas",
        drafts_of_others,
        draft_entry,
    ),
]
