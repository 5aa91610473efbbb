"""What the desk remembers: the links of the pages, what checks found on them, which redirects are used."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

URL_LENGTH = 1000
# A link is called dead when it failed on so many different days.
FAILURES_TO_DIE = 3


class LinkQuerySet(models.QuerySet):
    """The language of links."""

    def external(self):
        """Those to other sites."""
        return self.filter(url__startswith="http")

    def used(self):
        """Those that some page or register still has."""
        return self.filter(uses__isnull=False).distinct()

    def dead(self):
        """Those that have not answered on several days."""
        return self.external().filter(failures__gte=FAILURES_TO_DIE)

    def due(self, today):
        """Those whose day to be asked has come: never asked ones first, then the longest waiting."""
        come = Q(next_check_on=None) | Q(next_check_on__lte=today)
        return self.external().used().filter(come).order_by(models.F("next_check_on").asc(nulls_first=True), "pk")


class Link(models.Model):
    """
    What pages or registers link to: the full address of another site, a path of this one, or something of this site by
    its number („page:12“, „document:3“, „image:5“), as it was chosen.

    `failures` counts the days on which it failed in a row; one answer makes it 0. `status` says in words how it stood
    when it was asked last.
    """

    wagtail_reference_index_ignore = True

    url = models.CharField("adresas", max_length=URL_LENGTH, unique=True)
    status = models.CharField("atsakymas", max_length=120, blank=True)
    failures = models.PositiveSmallIntegerField("dienų be atsakymo", default=0)
    first_failed_on = models.DateField("neveikia nuo", null=True)
    checked_on = models.DateField("tikrinta", null=True)
    next_check_on = models.DateField("kitas tikrinimas", null=True, db_index=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "nuoroda"
        verbose_name_plural = "nuorodos"
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, first_failed_on=None) | Q(failures__gt=0, first_failed_on__isnull=False),
                name="link_fails_since_a_day",
            )
        ]

    def __str__(self):
        return self.url


class LinkUse(models.Model):
    """That a page or a row of a register has a link. Of a page: as it is published."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(Link, verbose_name="nuoroda", on_delete=models.CASCADE, related_name="uses")
    source_type = models.ForeignKey(ContentType, verbose_name="kas", on_delete=models.CASCADE, related_name="+")
    source_id = models.PositiveBigIntegerField("kuris")
    source = GenericForeignKey("source_type", "source_id", for_concrete_model=False)

    class Meta:
        verbose_name = "nuorodos vieta"
        verbose_name_plural = "nuorodų vietos"
        constraints = [models.UniqueConstraint(fields=["link", "source_type", "source_id"], name="link_use_once")]
        indexes = [models.Index(fields=["source_type", "source_id"], name="link_use_by_source")]

    def __str__(self):
        return f"{self.source}: {self.link}"


class PageFinding(models.Model):
    """What a content check (`core.content_checks`) found on a published page when it was last looked at."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name="puslapis", on_delete=models.CASCADE, related_name="desk_findings"
    )
    code = models.CharField("patikra", max_length=30, db_index=True)
    message = models.TextField("kas rasta")

    class Meta:
        verbose_name = "turinio pastaba"
        verbose_name_plural = "turinio pastabos"
        ordering = ["pk"]

    def __str__(self):
        return self.message


class RedirectUse(models.Model):
    """How often a redirect was asked for on a day. Nothing is kept of who asked."""

    wagtail_reference_index_ignore = True

    redirect = models.ForeignKey(
        "wagtailredirects.Redirect", verbose_name="peradresavimas", on_delete=models.CASCADE, related_name="desk_uses"
    )
    day = models.DateField("diena", default=timezone.localdate)
    hits = models.PositiveIntegerField("kartų", default=0)

    class Meta:
        verbose_name = "peradresavimo diena"
        verbose_name_plural = "peradresavimų dienos"
        constraints = [models.UniqueConstraint(fields=["redirect", "day"], name="redirect_use_once_a_day")]

    def __str__(self):
        return f"{self.redirect}, {self.day}: {self.hits}"
