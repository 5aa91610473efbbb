"""The pages of events: the list of all, and each event with its dates."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.contrib.routable_page.models import path, re_path
from wagtail.models import Orderable
from wagtail.search import index

from core.models import Audience, BaseIndexPage, ContentPage, ViewsMixin
from core.structured_data import absolute
from core.visibility import visible
from events import datasets
from events.calendar import month_table
from events.filters import event_listing
from events.forms import EventPageForm
from events.ical import Subscription, calendar_response, feed_title
from events.models.dates import EventDate
from events.models.places import Venue
from events.panels import RegistrationsPanel, RepeatPanel
from events.structured import event_structured_data
from lithuanian.dates import WEEKDAYS, WEEKDAYS_SHORT, format_month


class EventKind(models.TextChoices):
    """What sort of event it is."""

    TRAINING = "training", "Mokymai"
    MEETING = "meeting", "Susirinkimas"
    GATHERING = "gathering", "Sąskrydis ar šventė"
    INFORMATION = "information", "Informacinis renginys"
    VISIT = "visit", "Išvyka ar vizitas"
    SIGNING = "signing", "Sutarties pasirašymas"
    OTHER = "other", "Kita"


# The kinds that have a calendar of their own: its address, and what it is called. Addresses stay: people subscribe.
KIND_CALENDARS = {
    EventKind.TRAINING: ("mokymai", "Mokymai"),
    EventKind.MEETING: ("susirinkimai", "Susirinkimai"),
    EventKind.GATHERING: ("sventes", "Sąskrydžiai ir šventės"),
    EventKind.INFORMATION: ("informaciniai-renginiai", "Informaciniai renginiai"),
    EventKind.VISIT: ("isvykos", "Išvykos ir vizitai"),
    EventKind.SIGNING: ("sutarciu-pasirasymai", "Sutarčių pasirašymai"),
    EventKind.OTHER: ("kiti-renginiai", "Kiti renginiai"),
}


class RegistrationMode(models.TextChoices):
    """What one registers for."""

    NONE = "none", "Nereikia"
    EVENT = "event", "Į visą renginį"
    DATE = "date", "Į kiekvieną datą atskirai"


class EventIndexPage(BaseIndexPage):
    """All events by date: what comes, what was, by month, as a calendar to subscribe to."""

    page_description = "Renginių sąrašas, mėnesio kalendorius ir prenumerata."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    reserved_slugs = frozenset({"mano", "praeje", "prenumerata"})
    feeds = (("kalendorius.ics", "text/calendar", "Renginių kalendorius"),)
    per_page = 20
    exports = (datasets.EVENTS,)

    class Meta:
        verbose_name = "renginių sąrašas"
        verbose_name_plural = "renginių sąrašai"

    def dates(self, request):
        """The dates of events this reader may see."""
        return visible(EventDate.objects.filter(event__in=EventPage.objects.child_of(self)), request).for_lists()

    @path("")
    def upcoming(self, request):
        """What is on now and next, nearest first."""
        return self._list(request, self.dates(request).upcoming(timezone.now()), past=False)

    @path("praeje/", name="past")
    def past(self, request):
        """What was, newest first."""
        return self._list(request, self.dates(request).past(timezone.now()), past=True)

    def _list(self, request, dates, past):
        address = self.get_url(request) + ("praeje/" if past else "")
        listing = event_listing(dates, request, address, with_years=past)
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "page_of_rows": self.paginate(request, listing.rows),
                "past": past,
                "shown": "past" if past else "upcoming",
                "view_title": "Praėję renginiai" if past else "",
            },
        )

    def get_context(self, request, *args, **kwargs):
        """Add what all views of the events show: the moment."""
        return super().get_context(request, *args, **kwargs) | {"now": timezone.now()}

    @re_path(r"^(?P<year>[0-9]{4})/(?P<month>0[1-9]|1[0-2])/$", name="month")
    def month(self, request, year, month):
        """One month as a table."""
        table = month_table(self.dates(request), int(year), int(month), timezone.localdate())
        if table is None:
            raise Http404("No events near this month")
        context = {
            "month": table,
            "weekdays": list(zip(WEEKDAYS, WEEKDAYS_SHORT, strict=True)),
            "view_title": f"{format_month(table.first.year, table.first.month)} renginiai",
        }
        return self.render(request, template="events/month.html", context_overrides=context)

    @path("prenumerata/", name="subscription")
    def subscription(self, request):
        """How to have the events in one's own calendar, program by program."""
        names = [("kalendorius", "Visi renginiai"), *KIND_CALENDARS.values()]
        base = absolute(self.get_url(request) or "/")
        return self.render(
            request,
            template="events/subscription.html",
            context_overrides={
                "calendars": [Subscription(title, f"{base}{name}.ics") for name, title in names],
                "view_title": "Renginiai jūsų kalendoriuje",
            },
        )

    @path("kalendorius.ics")
    def calendar(self, request):
        """Every date as one calendar to subscribe to."""
        return calendar_response(self.dates(request).in_order(), request, "renginiai", feed_title(request))

    @re_path(r"^(?P<name>[a-z-]+)\.ics$")
    def calendar_of_kind(self, request, name):
        """The dates of one kind of events as a calendar."""
        for kind, (address, title) in KIND_CALENDARS.items():
            if address == name:
                dates = self.dates(request).filter(event__kind=kind).in_order()
                return calendar_response(dates, request, name, feed_title(request, title.lower()))
        raise Http404("No such calendar")


class EventPage(ViewsMixin, ContentPage):
    """An event with all its dates."""

    page_description = "Renginys su viena ar keliomis datomis."
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []

    kind = models.CharField(
        "rūšis",
        max_length=15,
        choices=EventKind.choices,
        default=EventKind.OTHER,
        db_index=True,
        help_text="Pagal ją skaitytojai atsirenka renginius ir prenumeruoja kalendorių, pvz., tik mokymus.",
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name="vieta",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text="Visų datų vieta. Jei kuri data vyks kitur, vietą nurodykite prie jos. Naują vietą pridėsite "
        "čia pat.",
    )
    online_url = models.URLField(
        "nuotolinio prisijungimo adresas",
        blank=True,
        max_length=500,
        help_text="Pvz., https://meet.example.lt/mokymai. Rodomas renginio puslapyje ir kalendoriuje.",
    )
    organiser = models.CharField("organizatorius", max_length=150, blank=True, help_text="Tuščia, jei rengia pati VVG.")
    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        max_length=500,
        help_text="Jei renginys perkeltas iš kitur: iš kokio puslapio.",
    )
    is_sample = models.BooleanField("pavyzdys", default=False, editable=False)

    registration = models.CharField(
        "registracija",
        max_length=5,
        choices=RegistrationMode.choices,
        default=RegistrationMode.NONE,
        help_text="Ar žmonės registruojasi, ir į ką: į visą renginį ar renkasi dieną.",
    )
    registration_audience = models.CharField(
        "kas gali registruotis",
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        help_text="„Tik nariams“ – registruojasi tik prisijungę narių atstovai.",
    )
    registration_opens = models.DateTimeField(
        "registracija nuo", null=True, blank=True, help_text="Tuščia: nuo paskelbimo."
    )
    registration_closes = models.DateTimeField(
        "registracija iki", null=True, blank=True, help_text="Tuščia: iki renginio pradžios."
    )
    capacity = models.PositiveIntegerField(
        "vietų skaičius",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Tuščia: neribota. Kai vietos baigiasi, kiti patenka į laukiančiųjų sąrašą.",
    )
    asks_organisation = models.BooleanField(
        "klausti organizacijos",
        default=True,
        help_text="Pvz., bendruomenės ar įmonės pavadinimo.",
    )
    asks_phone = models.BooleanField(
        "klausti telefono",
        default=False,
        help_text="Pažymėkite, tik jei tikrai skambinsite.",
    )
    asks_people = models.BooleanField(
        "klausti, kiek žmonių", default=False, help_text="Tada viena registracija gali užimti kelias vietas."
    )
    asks_note = models.BooleanField(
        "leisti palikti pastabą",
        default=True,
        help_text="Laisvas laukas, pvz., apie mitybą ar judėjimo negalią.",
    )
    retention_days = models.PositiveSmallIntegerField(
        "kiek dienų saugoti",
        default=90,
        help_text="Tiek dienų po paskutinės datos asmens duomenys ištrinami; skaičiai lieka.",
    )

    content_panels = [
        *ContentPage.content_panels[:1],
        FieldPanel("kind"),
        InlinePanel(
            "dates",
            heading="Datos",
            label="Data",
            help_text="Po eilutę kiekvienai dienai. Atšauktos datos netrinkite – pakeiskite jos būklę.",
        ),
        RepeatPanel(heading="Kartoti datas"),
        MultiFieldPanel(
            [FieldPanel("venue"), FieldPanel("online_url"), FieldPanel("organiser")], heading="Kur ir kas rengia"
        ),
        FieldPanel("summary"),
        ContentPage.cover_panel,
        FieldPanel("body"),
        InlinePanel(
            "materials",
            heading="Medžiaga",
            label="Dokumentas",
            help_text="Darbotvarkė, skaidrės, protokolas. Narių renginio failus atsisiunčia tik nariai.",
        ),
        ContentPage.related_panel,
        FieldPanel("source_url", heading="Jei renginys perkeltas iš kitur: šaltinio adresas", classname="collapsed"),
    ]
    registration_panels = [
        RegistrationsPanel(heading="Kas užsiregistravo"),
        MultiFieldPanel(
            [FieldPanel("registration"), FieldPanel("registration_audience", heading="Kam skirta registracija")],
            heading="Kas registruojasi",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("registration_opens"), FieldPanel("registration_closes")]),
                FieldPanel("capacity"),
            ],
            heading="Kada ir kiek",
        ),
        MultiFieldPanel(
            [
                FieldPanel("asks_organisation"),
                FieldPanel("asks_phone"),
                FieldPanel("asks_people"),
                FieldPanel("asks_note"),
            ],
            heading="Ko klausti",
            help_text="Vardo, pavardės ir el. pašto klausiama visada. Klauskite tik to, ko tikrai reikia.",
        ),
        InlinePanel("questions", heading="Savi klausimai", label="Klausimas"),
        FieldPanel("retention_days"),
    ]
    further_tabs = [("Registracija", registration_panels)]
    search_fields = [*ContentPage.search_fields, index.FilterField("kind")]

    base_form_class = EventPageForm

    class Meta:
        verbose_name = "renginys"
        verbose_name_plural = "renginiai"
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_closes__isnull=True)
                | Q(registration_opens__isnull=True)
                | Q(registration_closes__gt=F("registration_opens")),
                name="event_registration_closes_after_it_opens",
                violation_error_message="Registracija turi baigtis vėliau, nei prasideda.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="event_has_a_place_at_least",
                violation_error_message="Vietų turi būti bent viena. Jei jų neribojate, palikite tuščią.",
            ),
        ]

    def clean(self):
        """A four-digit address would be taken for a year of the calendar."""
        super().clean()
        if self.slug and self.slug.isdigit():
            raise ValidationError({"slug": "Renginio adresas negali būti vien skaičiai: jis susimaišytų su mėnesiais."})

    def save(self, *args, **kwargs):
        """Keep the dates that others know of, and tell those who have registered what has changed."""
        from events import changes  # it writes letters, which need the models

        if not self.pk or kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)  # nothing is known yet, or no date is touched
            return
        with transaction.atomic():
            known = changes.keep(self)
            super().save(*args, **kwargs)
            changes.tell(self, known)

    def words(self):
        """Found by its organiser too."""
        return [*super().words(), self.organiser]

    def text_time(self, today):
        """What an event that is over said of itself need not be rewritten: today, at the latest its own last day."""
        days = [timezone.localdate(date.ends_at) for date in self.dates.all() if date.start]
        return min([today, max(days)]) if days else today, None

    @path("")
    def event(self, request):
        """The event with all its dates."""
        now, dates = timezone.now(), self.ordered_dates
        return self.render(
            request,
            context_overrides={
                "upcoming_dates": [date for date in dates if date.ends_at >= now],
                "past_dates": [date for date in reversed(dates) if date.ends_at < now],
                "materials": [material.document for material in self.materials.select_related("document")],
                "now": now,
            },
        )

    @path("kalendorius.ics")
    def calendar(self, request):
        """The event's dates for a calendar program, or the one whose UID is `?data=`."""
        uid = request.GET.get("data")
        dates = [date for date in self.ordered_dates if uid in (None, date.calendar_uid)]
        if uid and not dates:
            raise Http404("No such date")
        return calendar_response(dates, request, self.slug, self.title)

    @path("registracija/")
    def registration_form(self, request):
        """Register for the event, or for one of its dates."""
        from events import views  # they know the models

        return views.register(self, request)

    @path("registracija/nuoroda/")
    def registration_link(self, request):
        """Have the link to one's own registration sent once more."""
        from events import views

        return views.send_link(self, request)

    @cached_property
    def ordered_dates(self):
        """
        All dates, nearest first: a list.

        Sorted here and not by the database, since the dates of a preview are not in it; nor have they been saved, so
        whole days are made whole here too.
        """
        if self.venue_id:
            self.venue = Venue.objects.select_related("eldership__municipality").get(pk=self.venue_id)
        dates = [date for date in self.dates.select_related("venue__eldership__municipality") if date.start]
        for date in dates:
            date.event = self
            date.make_days_whole()
        return sorted(dates, key=lambda date: date.start)

    @property
    def next_or_last_date(self):
        """The next date, else the last; None where there is none."""
        dates = self.ordered_dates
        return next((date for date in dates if date.ends_at >= timezone.now()), dates[-1] if dates else None)

    @cached_property
    def occasions(self):
        """What one can register for, counted once for all that the page shows of it."""
        from events.registration import occasions  # it knows the models

        return occasions(self)

    def structured_data(self, request):
        """A schema.org Event for every date."""
        return event_structured_data(self, request)


class EventMaterial(Orderable):
    """A file that belongs to an event: agenda, slides, minutes."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name="dokumentas",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="PDF, DOCX, XLSX ar kitas failas. Naują įkelsite čia pat.",
    )

    panels = [FieldPanel("document", required_on_save=False)]
    visible_through = "event"

    class Meta(Orderable.Meta):
        verbose_name = "renginio medžiaga"
        verbose_name_plural = "renginių medžiaga"
