"""What every register row that is not a page shares: a name, its Lithuanian order, an address part."""

from itertools import count

from django.db import models
from django.utils.text import slugify
from wagtail.models import RevisionMixin
from wagtail.search import index

from core.models.trash import Trashable
from lithuanian.folding import fold
from lithuanian.sorting import KEY_LENGTH, name_for_sorting, sort_key


class NamedRow(Trashable, RevisionMixin, index.Indexed, models.Model):
    """
    A row of a register: named, in Lithuanian order, with history.

    `sort_key` (CLDR `lt` order as plain bytes) and `folded` (letters without case and diacritics, what text filters
    compare, since SQLite's LIKE does not know Ą or Š) are derived at every save.
    """

    name = models.CharField("pavadinimas", max_length=255)
    slug = models.SlugField(
        "adreso dalis",
        max_length=255,
        unique=True,
        help_text="Mažosios lotyniškos raidės, skaitmenys ir brūkšneliai.",
    )
    sort_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    folded = models.TextField(editable=False)

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.FilterField("slug"),
        index.FilterField("trash"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Derive the order and the text that filters compare, then save. A row without an address part gets one."""
        self.slug = self.slug or free_slug(type(self), self.name)
        self.sort_key = sort_key(name_for_sorting(self.name))
        self.folded = fold(" ".join(self.words()))
        super().save(*args, **kwargs)

    def words(self):
        """Every text by which a reader may look for this row: an iterable of strings."""
        return [self.name]


def free_slug(model, name, taken=()):
    """An address part made of a name that no row of `model` has, nor `taken`: "zydinti", "zydinti-2" …"""
    longest = model._meta.get_field("slug").max_length - 10
    plain = slugify(fold(name))[:longest].strip("-") or model._meta.model_name
    used = {*taken, *model._base_manager.filter(slug__startswith=plain).values_list("slug", flat=True)}
    numbered = (f"{plain}-{number}" for number in count(2))
    return plain if plain not in used else next(slug for slug in numbered if slug not in used)
