"""What the import remembers: each thing of the old site, what has become of it, what somebody should look at."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from lithuanian.folding import fold


class Verdict(models.TextChoices):
    """What has become of a thing of the old site."""

    BEGUN = "begun", "Pradėta"
    IMPORTED = "imported", "Perkelta"
    KEPT = "kept", "Nepaliesta: jau pataisyta redaktoriaus"
    LEFT = "left", "Palikta senojoje svetainėje"
    FAILED = "failed", "Nepavyko"


# The rank of what asks for nobody's eye.
CALM = 2


class ImportedItemQuerySet(models.QuerySet):
    """The language of the import's report."""

    def to_look_at(self):
        """
        What asks for somebody's eye, the failed first: it failed or was only begun, something about it is remarked,
        or words of it are missing; and nobody has ticked it off.
        """
        return self.in_order_of_need().filter(need__lt=CALM)

    def in_order_of_need(self):
        """What asks for somebody's eye first, then everything else as it was brought over; annotated with `need`."""
        unticked = models.Q(checked_at=None)
        asks = ~models.Q(remarks=[]) | (models.Q(words__has_key="lost") & ~models.Q(words__lost=[]))
        need = models.Case(
            models.When(unticked & models.Q(verdict=Verdict.FAILED), then=0),
            models.When(unticked & (asks | models.Q(verdict=Verdict.BEGUN)), then=1),
            default=CALM,
        )
        return self.annotate(need=need).order_by("need", "pk")

    def of(self, source):
        """Everything of one old site."""
        return self.filter(source=source)


class ImportedItem(models.Model):
    """
    A post, page, attachment, category or tag of an old site.

    It is known by the site's host (`source`), what WordPress calls its kind and its number there. `digest` is of all
    that the export said of it, the rules included: equal digests have nothing to bring. `revision` is the revision that
    the import left behind: a page whose latest is another one was edited since and is not touched again.
    """

    wagtail_reference_index_ignore = True

    source = models.CharField("senoji svetainė", max_length=200)
    kind = models.CharField("rūšis", max_length=100)
    number = models.PositiveBigIntegerField("numeris")
    status = models.CharField("būsena senojoje svetainėje", max_length=50, blank=True)
    title = models.TextField("pavadinimas", blank=True)
    old_address = models.TextField("senasis adresas", blank=True)
    # The path of the old address as `addresses.folded` makes it: without slashes at the ends, in small letters.
    old_path = models.CharField(max_length=500, blank=True, db_index=True, editable=False)

    # Where an attachment's file was, below wp-content/uploads/, in small letters.
    file_path = models.CharField(max_length=500, blank=True, db_index=True, editable=False)

    content_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    thing = GenericForeignKey()

    verdict = models.CharField("kas nutiko", max_length=10, choices=Verdict.choices, db_index=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveBigIntegerField(null=True, editable=False)
    # How the import left the page: {"live": …, "scheduled": …, "password": …}, "own" where it only filled an empty text
    # of a page of the site's own. A page that stands otherwise was changed since.
    left_as = models.JSONField(default=dict, blank=True, editable=False)
    # What the report's search looks through: the title and the old address.
    folded = models.TextField(editable=False, blank=True)
    # Sentences for the editor: a list of {"code": stable name, "text": Lithuanian}.
    remarks = models.JSONField("pastabos", default=list, blank=True)
    # The comparison of words before and after (`bodies.words`): {"before": n, "after": n, "lost": [...]}.
    words = models.JSONField("žodžiai", default=dict, blank=True)
    comments = models.PositiveIntegerField("komentarų", default=0)
    imported_at = models.DateTimeField("perkelta", default=timezone.now)
    checked_at = models.DateTimeField("patikrinta", null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ImportedItemQuerySet.as_manager()

    class Meta:
        verbose_name = "perkeltas įrašas"
        verbose_name_plural = "perkelti įrašai"
        constraints = [models.UniqueConstraint(fields=["source", "kind", "number"], name="imported_item_once")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="imported_item_thing")]

    def __str__(self):
        return self.title or f"{self.kind} {self.number}"

    def save(self, *args, **kwargs):
        """Derive what the search looks through, then save."""
        self.folded = fold(f"{self.title} {self.old_address}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)
