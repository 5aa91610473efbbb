"""Where things are: municipalities and their elderships (seniūnijos)."""

from django.db import models
from wagtail.search import index

from core.models.registers import NamedRow


class Municipality(NamedRow):
    """A municipality (savivaldybė) of the LAG's territory."""

    class Meta(NamedRow.Meta):
        verbose_name = "savivaldybė"
        verbose_name_plural = "savivaldybės"


class Eldership(NamedRow):
    """An eldership (seniūnija): the smallest administrative unit, the way people say where they live."""

    municipality = models.ForeignKey(
        Municipality,
        verbose_name="savivaldybė",
        on_delete=models.PROTECT,
        related_name="elderships",
        help_text="Kuriai savivaldybei seniūnija priklauso.",
    )

    search_fields = [*NamedRow.search_fields, index.FilterField("municipality")]

    class Meta(NamedRow.Meta):
        verbose_name = "seniūnija"
        verbose_name_plural = "seniūnijos"
