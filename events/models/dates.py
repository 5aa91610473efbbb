"""The dates of events. Lists and calendars work on dates, not on events."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from events.calendar import YEARS
from events.models.places import Venue
from lithuanian.characters import EN_DASH
from lithuanian.dates import format_period, format_time, format_time_range, weekday_name


class EventStatus(models.TextChoices):
    """Whether a date stands."""

    SCHEDULED = "scheduled", "Vyks"
    CANCELLED = "cancelled", "Atšaukta"
    POSTPONED = "postponed", "Atidėta"


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

    def to_keep(self, at):
        """
        Dates that cannot be deleted at the moment `at`, only cancelled: others know of them.

        Readers may have a date in their calendars once its event has been published, until it is over; whoever has
        registered for it stands in its list even then.
        """
        published = Q(event__live=True) | Q(event__first_published_at__isnull=False)
        return self.filter(published & Q(over_at__gte=at) | Q(registrations__isnull=False)).distinct()

    def in_order(self):
        """Nearest first."""
        return self.order_by("start", "pk")

    def for_lists(self):
        """With what a list shows: event and place."""
        return self.select_related(
            "event", "event__cover", "event__venue__eldership__municipality", "venue__eldership__municipality"
        )


# What a calendar must know of a date: when one of these changes, its copies elsewhere are out of date.
CALENDAR_FACTS = ("start", "end", "all_day", "status", "venue_id")


class EventDate(Orderable):
    """
    One date of an event. `start` and `end` are moments; of an all-day date they are the first moment of the first day
    and the last moment (23:59:59) of the last day in Vilnius.
    """

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="dates")
    # Part of the calendar UID: given once, kept for ever.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    start = models.DateTimeField(
        "pradžia",
        help_text="Diena ir valanda, pvz., 2026-12-03 17:30.",
    )
    end = models.DateTimeField(
        "pabaiga",
        null=True,
        blank=True,
        help_text="Jei nežinoma, palikite tuščią.",
    )
    # When it is over: the end, or the start where no end is known. Derived at every save.
    over_at = models.DateTimeField(editable=False, db_index=True)
    all_day = models.BooleanField(
        "visą dieną",
        default=False,
        help_text="Tada valandos nerodomos.",
    )
    status = models.CharField(
        "būklė",
        max_length=10,
        choices=EventStatus.choices,
        default=EventStatus.SCHEDULED,
        help_text="„Atšaukta“ ar „Atidėta“ matys ir tie, kas datą turi savo kalendoriuje; užsiregistravusiems "
        "parašysime.",
    )
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
    # Where registration is by date, a date may differ from its event.
    capacity = models.PositiveIntegerField(
        "vietų skaičius",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Tuščia: kaip viso renginio.",
    )
    registration_opens = models.DateTimeField(
        "registracija nuo", null=True, blank=True, help_text="Tuščia: kaip viso renginio."
    )
    registration_closes = models.DateTimeField(
        "registracija iki", null=True, blank=True, help_text="Tuščia: kaip viso renginio."
    )
    # How often what a calendar must know has changed since the date was first published, and when it last did.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = EventDateQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("start", required_on_save=False), FieldPanel("end"), FieldPanel("all_day")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("note")]),
        FieldPanel("venue"),
        MultiFieldPanel(
            [
                FieldPanel("capacity"),
                FieldRowPanel([FieldPanel("registration_opens"), FieldPanel("registration_closes")]),
            ],
            heading="Registracija į šią datą",
            help_text="Tik kai registruojamasi į kiekvieną datą atskirai, o šiai datai galioja kas kita.",
            classname="collapsed",
        ),
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
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="event_date_has_a_place_at_least",
                violation_error_message="Vietų turi būti bent viena. Jei jų neribojate, palikite tuščią.",
            ),
            models.CheckConstraint(
                condition=Q(registration_closes__isnull=True)
                | Q(registration_opens__isnull=True)
                | Q(registration_closes__gt=F("registration_opens")),
                name="event_date_registration_closes_after_it_opens",
                violation_error_message="Registracija turi baigtis vėliau, nei prasideda.",
            ),
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
        opens, closes = self.registration_opens, self.registration_closes
        if opens and closes and closes <= opens:
            raise ValidationError({"registration_closes": "Registracija turi baigtis vėliau, nei prasideda."})

    def save(self, *args, **kwargs):
        """Derive what lists compare and what calendars are told of the change, then save."""
        self.make_days_whole()
        self.over_at = self.ends_at
        self._count_changes()
        super().save(*args, **kwargs)

    def _count_changes(self):
        """
        Set `sequence` and `changed_at` from the stored row.

        Never from `self`, which may come from an old revision: in a calendar a lower number is an older version.
        """
        stored = EventDate.objects.filter(pk=self.pk).first() if self.pk else None
        if stored:
            self.sequence, self.changed_at = stored.sequence, stored.changed_at
            if any(getattr(self, name) != getattr(stored, name) for name in CALENDAR_FACTS):
                self.sequence, self.changed_at = stored.sequence + 1, timezone.now()
        elif self.pk:
            # It was deleted, and an old revision brings it back: how far it had counted is not known any more, but no
            # date changes every minute since 1970.
            self.changed_at = timezone.now()
            self.sequence = int(self.changed_at.timestamp()) // 60
