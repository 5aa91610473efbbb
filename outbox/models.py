"""Letters that the site sends: kept in the same transaction as what they tell of, sent afterwards, tried again."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# How long after each failure the letter is tried again; after the last one it waits for somebody of the staff.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
# A sender that has not said how it went after this long is taken for dead.
CLAIM_LASTS = timedelta(minutes=10)
# How long letters are kept: those that went, and those that did not and wait for somebody of the staff.
SENT_KEPT, UNSENT_KEPT = timedelta(days=30), timedelta(days=90)


class LetterKind(models.TextChoices):
    """What a letter is about: staff filter by it."""

    SIGN_IN = "sign_in", "Prisijungimo nuoroda"
    INVITATION = "invitation", "Kvietimas atstovui"
    SECURITY = "security", "Paskyros sauga"
    REGISTRATION = "registration", "Registracija"
    PROMOTION = "promotion", "Atsirado vieta"
    CHANGE = "change", "Renginio pakeitimas"
    REMINDER = "reminder", "Priminimas"
    MESSAGE = "message", "Žinia dalyviams"
    PROPOSAL = "proposal", "Nario duomenys"
    CONTACT = "contact", "Laiškas iš svetainės"
    APPROVAL = "approval", "Puslapio tvirtinimas"


class LetterQuerySet(models.QuerySet):
    """The language of the outbox."""

    def waiting(self):
        """Neither sent nor given up, and still of use."""
        now = timezone.now()
        return self.filter(sent_at=None, gave_up_at=None).filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def due(self):
        """Waiting letters whose turn it is and that nobody is sending, oldest first."""
        now = timezone.now()
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS)
        return self.waiting().filter(free, next_try_at__lte=now).order_by("next_try_at", "pk")

    def failed(self):
        """Letters that need somebody's hand: given up, not sent, and nobody has said that it is settled otherwise."""
        return self.filter(sent_at=None, gave_up_at__isnull=False, settled_at=None)

    def late(self):
        """Letters whose time was over before they could be sent."""
        return self.filter(sent_at=None, gave_up_at=None, expires_at__lte=timezone.now())

    def outdated(self):
        """Letters that are not kept any longer; one that holds a key to an account not past the key's time."""
        now = timezone.now()
        return self.filter(
            Q(sent_at__lt=now - SENT_KEPT)
            | Q(sent_at=None, created_at__lt=now - UNSENT_KEPT)
            | Q(is_secret=True, sent_at=None, expires_at__lt=now)
        )


class Letter(models.Model):
    """
    One letter to one address.

    `key` names what the letter is for; a second letter with the same key is never written. `about` names the row that
    it tells of, so that the letter goes when the row's personal data do. `expires_at` is the moment
    after which it would only confuse (a sign-in link, a reminder): it is not sent any more. The text of an `is_secret`
    letter (it holds a key to somebody's account) is erased as soon as it is sent.
    """

    kind = models.CharField("rūšis", max_length=15, choices=LetterKind.choices, db_index=True)
    # None and not "": letters without a key are many, and unique all the same.
    key = models.CharField(max_length=200, unique=True, null=True, editable=False)  # noqa: DJ001
    about = models.CharField(max_length=100, blank=True, editable=False, db_index=True)
    to = models.EmailField("kam", max_length=254, db_index=True)
    reply_to = models.EmailField("atsakyti", max_length=254, blank=True)
    subject = models.CharField("tema", max_length=250)
    text = models.TextField("tekstas")
    html = models.TextField(editable=False, blank=True)
    # An .ics file that goes along, and its name.
    calendar = models.TextField(editable=False, blank=True)
    calendar_name = models.CharField(max_length=100, editable=False, blank=True)
    is_secret = models.BooleanField(default=False, editable=False)

    created_at = models.DateTimeField("parašytas", auto_now_add=True)
    expires_at = models.DateTimeField("galioja iki", null=True, blank=True, editable=False)
    next_try_at = models.DateTimeField("kitas bandymas", default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("bandymų", default=0, editable=False)
    last_error = models.CharField("klaida", max_length=500, blank=True, editable=False)
    sent_at = models.DateTimeField("išsiųstas", null=True, editable=False, db_index=True)
    gave_up_at = models.DateTimeField("nebebandoma nuo", null=True, editable=False, db_index=True)
    # When somebody of the staff has said that it need not be sent any more.
    settled_at = models.DateTimeField("sutvarkyta kitaip", null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "siunčiamas laiškas"
        verbose_name_plural = "siunčiami laiškai"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.subject} – {self.to}"

    def claim(self):
        """Take the letter for sending, unless another process has or it is not due. Returns whether it is ours."""
        due = Letter.objects.due().filter(pk=self.pk)
        return bool(due.update(claimed_at=timezone.now(), attempts=F("attempts") + 1))

    @property
    def state(self):
        """How it stands, in a word for the staff."""
        if self.sent_at:
            return "Išsiųstas"
        if self.settled_at:
            return "Sutvarkyta kitaip"
        if self.gave_up_at:
            return "Nepavyko išsiųsti"
        if self.expires_at and self.expires_at <= timezone.now():
            return "Paseno neišsiųstas"
        return "Bus bandoma dar kartą" if self.attempts else "Laukia eilėje"

    def try_again(self):
        """Give a letter that was given up another round of tries, beginning now."""
        Letter.objects.filter(pk=self.pk, sent_at=None).update(
            gave_up_at=None, settled_at=None, claimed_at=None, attempts=0, next_try_at=timezone.now(), last_error=""
        )

    def settle(self):
        """Leave a letter that was given up as it is: its reader has been told in another way."""
        Letter.objects.failed().filter(pk=self.pk).update(settled_at=timezone.now())
