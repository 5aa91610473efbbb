"""Who comes: registrations for events, the questions they answer, and the waiting list."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.models import Audience
from core.visibility import is_among_members
from lithuanian.folding import fold
from lithuanian.sorting import KEY_LENGTH, sort_key, surname_first


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    LINE = "line", "Trumpas atsakymas"
    TEXT = "text", "Ilgas atsakymas"
    YES_NO = "yes_no", "Taip arba ne"
    CHOICE = "choice", "Vienas iš sąrašo"


class RegistrationQuestion(Orderable):
    """A question of the event's own on its registration form. `choices`: one a line."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(
        "klausimas",
        max_length=200,
        help_text="Pvz., „Ar reikia pavėžėti?“",
    )
    kind = models.CharField(
        "kaip atsakoma",
        max_length=6,
        choices=QuestionKind.choices,
        default=QuestionKind.LINE,
        help_text="Trumpas tekstas, taip arba ne, vienas iš kelių atsakymų.",
    )
    choices = models.TextField("pasirinkimai", blank=True, help_text="Po vieną eilutėje; tik kai atsakoma iš sąrašo.")
    required = models.BooleanField(
        "būtina atsakyti",
        default=False,
        help_text="Pažymėkite tik tada, kai be atsakymo registracija nieko verta.",
    )

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("kind"), FieldPanel("required")]), FieldPanel("choices")]
    visible_through = "event"

    class Meta(Orderable.Meta):
        verbose_name = "registracijos klausimas"
        verbose_name_plural = "registracijos klausimai"

    def __str__(self):
        return self.text

    def clean(self):
        """Whoever chooses from a list has something to choose from."""
        super().clean()
        if self.kind == QuestionKind.CHOICE and len(self.options) < 2:
            raise ValidationError({"choices": "Įrašykite bent du skirtingus pasirinkimus, po vieną eilutėje."})

    @property
    def options(self):
        """What one chooses from: a list without empty lines, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.choices.splitlines()))))


class RegistrationState(models.TextChoices):
    """
    Where a registration stands. A place is held by `HOLDING`; `ACTIVE` ones still want to come.

    A promoted one came off the waiting list; it differs from a registered one in nothing but its past.
    """

    REGISTERED = "registered", "Užsiregistravo"
    WAITING = "waiting", "Laukia vietos"
    PROMOTED = "promoted", "Gavo atsilaisvinusią vietą"
    CANCELLED = "cancelled", "Atsisakė"
    CANCELLED_BY_STAFF = "staff", "Atšaukė darbuotojai"


HOLDING = (RegistrationState.REGISTERED, RegistrationState.PROMOTED)
ACTIVE = (*HOLDING, RegistrationState.WAITING)


class RegistrationQuerySet(models.QuerySet):
    """The language of registrations."""

    def holding(self):
        """Those who have a place."""
        return self.filter(state__in=HOLDING)

    def waiting(self):
        """Those who wait for one, in their order."""
        return self.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")

    def active(self):
        """Those who want to come, with a place or without."""
        return self.filter(state__in=ACTIVE)

    def of(self, occasion):
        """Those for one occasion (`events.registration.Occasion`)."""
        return self.filter(event=occasion.event, date=occasion.date)

    def with_unread_note(self, at):
        """Those who have written something that nobody has read, for what is not over at the moment `at`."""
        comes = Q(date__over_at__gte=at) | Q(date=None, event__dates__over_at__gte=at)
        return (
            self.active().filter(comes, note_read_at=None, by_staff=False, erased_at=None).exclude(note="").distinct()
        )

    def people(self):
        """How many people these registrations bring."""
        return self.aggregate(people=models.Sum("people"))["people"] or 0


class Registration(models.Model):
    """
    Somebody's registration for an event, or for one date of it (`date`).

    Made and changed only by `events.registration`, which holds the event's row locked meanwhile. `answers` is a list of
    {"question", "answer"} as asked and given. After `erased_at` no personal data is left; the row still counts.
    """

    event = models.ForeignKey(
        "events.EventPage", verbose_name="renginys", on_delete=models.PROTECT, related_name="registrations"
    )
    date = models.ForeignKey(
        "events.EventDate",
        verbose_name="data",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    # Whose registration it is, where somebody signed in has made it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="naudotojas",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    # In links: names this registration and no other.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The form it came by: the same form sent twice is one registration.
    form_token = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001

    name = models.CharField("vardas ir pavardė", max_length=120)
    organisation = models.CharField("organizacija", max_length=200, blank=True)
    # Only staff may leave it empty, for somebody who has none (events.admin.forms).
    email = models.EmailField("el. paštas", max_length=254)
    email_key = models.CharField(max_length=254, editable=False, db_index=True)
    phone = models.CharField("telefonas", max_length=40, blank=True)
    people = models.PositiveSmallIntegerField("kiek žmonių", default=1, validators=[MinValueValidator(1)])
    note = models.TextField("pastaba", blank=True, max_length=1000)
    # When somebody of the staff has opened the registration since the note was written.
    note_read_at = models.DateTimeField(null=True, editable=False)
    answers = models.JSONField("atsakymai", default=list, blank=True, editable=False)
    # What the staff's list is searched and ordered by. Derived at every save: empty once the rest is erased.
    folded = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=KEY_LENGTH, default="", editable=False)

    state = models.CharField("būklė", max_length=10, choices=RegistrationState.choices, db_index=True, editable=False)
    by_staff = models.BooleanField("įrašė darbuotojai", default=False, editable=False)
    created_at = models.DateTimeField("užsiregistravo", auto_now_add=True)
    queued_at = models.DateTimeField("laukia nuo", null=True, editable=False)
    promoted_at = models.DateTimeField("gavo vietą", null=True, editable=False)
    cancelled_at = models.DateTimeField("atšaukta", null=True, editable=False)
    wants_reminder = models.BooleanField("priminti dieną prieš", default=True)
    erased_at = models.DateTimeField("duomenys ištrinti", null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "registracija"
        verbose_name_plural = "registracijos"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="registration_brings_somebody"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="registration_waits_since_a_moment"
            ),
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(date__isnull=True, state__in=["registered", "promoted", "waiting"]) & ~Q(email_key=""),
                name="registration_once_an_address_and_event",
            ),
            models.UniqueConstraint(
                fields=["date", "email_key"],
                condition=Q(date__isnull=False, state__in=["registered", "promoted", "waiting"]) & ~Q(email_key=""),
                name="registration_once_an_address_and_date",
            ),
        ]

    def __str__(self):
        return f"{self.name or 'Duomenys ištrinti'} – {self.event}"

    def save(self, *args, **kwargs):
        """Derive what tells one address from another and what the list is searched and ordered by, then save."""
        self.email_key = self.email.strip().lower()
        self.folded = fold(f"{self.name} {self.organisation} {self.email} {self.phone}")
        self.sort_key = sort_key(surname_first(self.name))
        super().save(*args, **kwargs)

    @property
    def holds_a_place(self):
        """Whether a place is taken by it."""
        return self.state in HOLDING

    @property
    def may_be_told(self):
        """
        Whether letters may tell this person of the event: of one for members, not who is no longer among them.

        Whoever has no account was let in by staff, or came while the event was for everybody.
        """
        return self.event.audience == Audience.PUBLIC or self.user is None or is_among_members(self.user)

    @property
    def is_active(self):
        """Whether these people still want to come."""
        return self.state in ACTIVE

    @property
    def first_date(self):
        """The date it is for, or the event's next one, else its last: an EventDate, None where there is none."""
        if self.date_id:
            return self.date
        return self.event.next_or_last_date
