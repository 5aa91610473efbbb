"""Places where events are held."""

from django.db import models
from django.db.models import Q

from core.models import Eldership, NamedRow


class Venue(NamedRow):
    """A place where events are held."""

    address = models.CharField(
        "adresas",
        max_length=200,
        blank=True,
        help_text="Pvz., Pulko g. 21, Alytus.",
    )
    eldership = models.ForeignKey(
        Eldership,
        verbose_name="seniūnija",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="venues",
        help_text="Pagal ją skaitytojai atsirenka renginius. Ne mūsų krašte – palikite tuščią.",
    )
    latitude = models.DecimalField(
        "platuma",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Pvz., 54.396. Įrašius platumą ir ilgumą, renginyje atsiranda nuoroda į žemėlapį.",
    )
    longitude = models.DecimalField(
        "ilguma",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Pvz., 24.041.",
    )

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
    def eldership_name(self):
        """The name of its eldership, "" where it is not known."""
        return self.eldership.name if self.eldership else ""

    @property
    def map_url(self):
        """The place on OpenStreetMap; "" where its coordinates are not known."""
        if self.latitude is None:
            return ""
        point = f"{self.latitude:f}/{self.longitude:f}"
        return f"https://www.openstreetmap.org/?mlat={self.latitude:f}&mlon={self.longitude:f}#map=16/{point}"
