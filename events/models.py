"""Events and their dates. Lists and calendars work on dates, not on events."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
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
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import path, re_path
from wagtail.models import Orderable
from wagtail.search import index

from core.models import BaseIndexPage, ContentPage, Eldership, NamedRow, ViewsMixin
from core.structured_data import absolute
from core.visibility import visible
from events import datasets
from events.calendar import YEARS, month_table
from events.filters import event_listing
from events.forms import EventPageForm
from events.ical import calendar_response, feed_title
from events.structured import event_structured_data
from lithuanian.characters import EN_DASH
from lithuanian.dates import (
    WEEKDAYS,
    WEEKDAYS_SHORT,
    format_month,
    format_period,
    format_time,
    format_time_range,
    weekday_name,
)


class EventKind(models.TextChoices):
    """What sort of event it is."""

    TRAINING = "training", "Mokymai"
    MEETING = "meeting", "Susirinkimas"
    GATHERING = "gathering", "Sąskrydis ar šventė"
    INFORMATION = "information", "Informacinis renginys"
    VISIT = "visit", "Išvyka ar vizitas"
    SIGNING = "signing", "Sutarties pasirašymas"
    OTHER = "other", "Kita"


class EventStatus(models.TextChoices):
    """Whether a date stands."""

    SCHEDULED = "scheduled", "Vyks"
    CANCELLED = "cancelled", "Atšaukta"
    POSTPONED = "postponed", "Atidėta"


class Venue(NamedRow):
    """A place where events are held."""

    address = models.CharField("adresas", max_length=200, blank=True)
    eldership = models.ForeignKey(
        Eldership,
        verbose_name="seniūnija",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="venues",
    )
    latitude = models.DecimalField("platuma", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("ilguma", max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta(NamedRow.Meta):
        verbose_name = "vieta"
        verbose_name_plural = "vietos"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="venue_coordinates_on_earth",
                violation_error_message="Nurodykite ir platumą, ir ilgumą, arba nė vienos.",
            )
        ]

    @property
    def full_name(self):
        """Name and address in one line."""
        return ", ".join(filter(None, [self.name, self.address]))

    @property
    def map_url(self):
        """The place on OpenStreetMap; "" where its coordinates are not known."""
        if self.latitude is None:
            return ""
        point = f"{self.latitude:f}/{self.longitude:f}"
        return f"https://www.openstreetmap.org/?mlat={self.latitude:f}&mlon={self.longitude:f}#map=16/{point}"


class EventIndexPage(BaseIndexPage):
    """All events by date: what comes, what was, by month, as a calendar to subscribe to."""

    page_description = "Renginių sąrašas, mėnesio kalendorius ir prenumerata."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    reserved_slugs = frozenset({"prenumerata", "praeje"})
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
        """Add what all views of the events show: the moment, and the address to subscribe to."""
        context = super().get_context(request, *args, **kwargs)
        calendar_url = absolute(self.get_url(request) or "/") + "kalendorius.ics"
        # A calendar program that knows webcal: subscribes; to http it would take the file once.
        webcal_url = "webcal:" + calendar_url.partition(":")[2]
        return context | {"now": timezone.now(), "calendar_url": calendar_url, "webcal_url": webcal_url}

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

    @path("kalendorius.ics")
    def calendar(self, request):
        """Every date as one calendar to subscribe to."""
        return calendar_response(self.dates(request).in_order(), request, "renginiai", feed_title(request))


class EventPage(ViewsMixin, ContentPage):
    """An event with all its dates."""

    page_description = "Renginys su viena ar keliomis datomis."
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []

    kind = models.CharField("rūšis", max_length=15, choices=EventKind.choices, default=EventKind.OTHER, db_index=True)
    venue = models.ForeignKey(
        Venue, verbose_name="vieta", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    online_url = models.URLField("nuotolinio prisijungimo adresas", blank=True, max_length=500)
    organiser = models.CharField("organizatorius", max_length=150, blank=True, help_text="Tuščia, jei rengia pati VVG.")
    source_url = models.URLField("šaltinio adresas", blank=True, max_length=500)
    is_sample = models.BooleanField("pavyzdys", default=False, editable=False)

    content_panels = [
        *ContentPage.content_panels[:1],
        InlinePanel("dates", heading="Datos", label="Data"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("venue"), FieldPanel("online_url"), FieldPanel("organiser")],
            heading="Kas, kur, kas rengia",
        ),
        FieldPanel("summary"),
        ContentPage.cover_panel,
        FieldPanel("body"),
        InlinePanel("materials", heading="Medžiaga", label="Dokumentas"),
        ContentPage.related_panel,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Turinys"),
            ObjectList(ContentPage.promote_panels, heading="Reklama"),
            ObjectList([FieldPanel("source_url"), *ContentPage.settings_panels], heading="Nustatymai"),
        ]
    )
    search_fields = [*ContentPage.search_fields, index.FilterField("kind")]

    base_form_class = EventPageForm

    class Meta:
        verbose_name = "renginys"
        verbose_name_plural = "renginiai"

    def clean(self):
        """A four-digit address would be taken for a year of the calendar."""
        super().clean()
        if self.slug and self.slug.isdigit():
            raise ValidationError({"slug": "Renginio adresas negali būti vien skaičiai: jis susimaišytų su mėnesiais."})

    def words(self):
        """Found by its organiser too."""
        return [*super().words(), self.organiser]

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
        """The event's dates for a calendar program."""
        return calendar_response(self.ordered_dates, request, self.slug, self.title)

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

    def structured_data(self, request):
        """A schema.org Event for every date."""
        return event_structured_data(self, request)


class EventDateQuerySet(models.QuerySet):
    """The language of dates. A date is upcoming until it is over; an all-day one until its last day is over."""

    def upcoming(self, at):
        """Not over at the moment `at`, nearest first."""
        return self.filter(over_at__gte=at).in_order()

    def past(self, at):
        """Over at the moment `at`, newest first."""
        return self.filter(over_at__lt=at).order_by("-start", "-pk")

    def between(self, first, last):
        """Touching the time from `first` up to, not including, `last`."""
        return self.filter(start__lt=last, over_at__gte=first).in_order()

    def in_order(self):
        """Nearest first."""
        return self.order_by("start", "pk")

    def for_lists(self):
        """With what a list shows: event and place."""
        return self.select_related(
            "event", "event__cover", "event__venue__eldership__municipality", "venue__eldership__municipality"
        )


class EventDate(Orderable):
    """
    One date of an event. `start` and `end` are moments; of an all-day date they are the first moment of the first day
    and the last moment (23:59:59) of the last day in Vilnius.
    """

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="dates")
    # Part of the calendar UID: given once, kept for ever.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    start = models.DateTimeField("pradžia")
    end = models.DateTimeField("pabaiga", null=True, blank=True)
    # When it is over: the end, or the start where no end is known. Derived at every save.
    over_at = models.DateTimeField(editable=False, db_index=True)
    all_day = models.BooleanField("visą dieną", default=False)
    status = models.CharField("būklė", max_length=10, choices=EventStatus.choices, default=EventStatus.SCHEDULED)
    note = models.CharField("pastaba", max_length=200, blank=True, help_text="Pvz., kodėl atšaukta.")
    venue = models.ForeignKey(
        Venue,
        verbose_name="kita vieta",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dates",
        help_text="Tik jei šią dieną vieta kita nei viso renginio.",
    )

    objects = EventDateQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("all_day")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("note")]),
        FieldPanel("venue"),
    ]
    visible_through = "event"

    class Meta(Orderable.Meta):
        verbose_name = "renginio data"
        verbose_name_plural = "renginio datos"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="event_date_ends_after_start",
                violation_error_message="Pabaiga negali būti ankstesnė už pradžią.",
            ),
            models.UniqueConstraint(fields=["event", "uid"], name="event_date_uid_once"),
        ]

    def __str__(self):
        return f"{self.first_day}"

    @property
    def ends_at(self):
        """When it is over: the end, or the start where no end is known."""
        return self.end or self.start

    @property
    def first_day(self):
        """The first day, in Vilnius."""
        return timezone.localdate(self.start)

    @property
    def last_day(self):
        """The last day, in Vilnius: the first where no end is known. What ends at midnight ends with the day before."""
        if not self.end or self.end == self.start:
            return self.first_day
        return timezone.localdate(self.end - timedelta(microseconds=1))

    @property
    def days_text(self):
        """The days with their names: „2026 m. gruodžio 3 d., ketvirtadienis“."""
        names = dict.fromkeys([weekday_name(self.first_day), weekday_name(self.last_day)])
        return f"{format_period(self.first_day, self.last_day)}, {EN_DASH.join(names)}"

    @property
    def hours_text(self):
        """„10:00–12:30 val.“; over several days „pradžia 10:00 val., pabaiga 12:00 val.“; "" for whole days."""
        if self.all_day:
            return ""
        start = timezone.localtime(self.start).time()
        if not self.end:
            return format_time(start)
        end = timezone.localtime(self.end).time()
        if self.first_day == self.last_day:
            return format_time_range(start, end)
        return f"pradžia {format_time(start)}, pabaiga {format_time(end)}"

    @property
    def when_text(self):
        """Days and hours in one line."""
        return ", ".join(filter(None, [self.days_text, self.hours_text]))

    @property
    def place(self):
        """Where this date is held: its own place, or the event's; None if unknown."""
        return self.venue or self.event.venue

    @property
    def calendar_uid(self):
        """
        The UID in calendars: the same for ever, and another one for a copy of the event.

        Made from the event's `translation_key`, which Wagtail renews when a page is copied, and the date's own `uid`,
        which a copy shares.
        """
        return str(uuid.uuid5(self.event.translation_key, str(self.uid)))

    def make_days_whole(self):
        """Let an all-day date cover whole days, whatever hours were typed."""
        if self.all_day and self.start:
            last = timezone.localtime(self.end or self.start)
            self.start = timezone.localtime(self.start).replace(hour=0, minute=0, second=0, microsecond=0)
            self.end = last.replace(hour=23, minute=59, second=59, microsecond=0)

    def clean(self):
        """Refuse an end before the start, and a year that can only be a slip, beside the field."""
        super().clean()
        for name in ("start", "end"):
            if (moment := getattr(self, name)) and moment.year not in YEARS:
                raise ValidationError({name: f"Patikrinkite metus: jie turi būti tarp {YEARS[0]} ir {YEARS[-1]}."})
        self.make_days_whole()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": "Pabaiga negali būti ankstesnė už pradžią."})

    def save(self, *args, **kwargs):
        """Derive what lists compare, then save."""
        self.make_days_whole()
        self.over_at = self.ends_at
        super().save(*args, **kwargs)


class EventMaterial(Orderable):
    """A file that belongs to an event: agenda, slides, minutes."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name="dokumentas", on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document")]
    visible_through = "event"

    class Meta(Orderable.Meta):
        verbose_name = "renginio medžiaga"
        verbose_name_plural = "renginių medžiaga"
