"""What can be found, and what people asked for in vain."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from core.models import NamedRow
from lithuanian.folding import fold
from lithuanian.word_forms import stem_sequence


class SearchKind(models.TextChoices):
    """What a hit is, in the words of the list and its filter."""

    NEWS = "naujienos", "Naujienos"
    EVENT = "renginiai", "Renginiai"
    PROJECT = "projektai", "Projektai"
    AGREEMENT = "sutartys", "Sutartys"
    ORGANISATION = "organizacijos", "Organizacijos"
    MEMBER = "nariai", "Nariai"
    PAGE = "puslapiai", "Kiti puslapiai"
    DOCUMENT = "dokumentai", "Dokumentai"


# The relation by which an entry of a kind is of something; of every other kind it is a page.
OWNERS = ("page", "organisation", "member", "document")


class SearchEntryQuerySet(models.QuerySet):
    """Entries, as they are looked for."""

    def matching(self, query):
        """Those that match a query of Wagtail's, by its search backend, newest first."""
        found = get_search_backend().search(query, self.order_by("-day", "-id"), order_by_relevance=False)
        return found.get_queryset()


class SearchEntry(index.Indexed, models.Model):
    """
    Something that can be found: a page, an organisation, a member or a document.

    It holds texts and their keys only (`lithuanian.word_forms`); title, address and who may see it are asked of the
    thing itself at every search. `keys` is what Wagtail's search backend has in its index: plain ASCII words, so that
    both databases take them alike. Each begins with where the word stands, `t` in the title or `a` anywhere, and what
    it is: `x` the word, `s` its stem, `r` its root.
    """

    wagtail_reference_index_ignore = True
    search_auto_update = False  # `search.entries.refresh` does, many at once

    kind = models.CharField(max_length=20, choices=SearchKind.choices, db_index=True, editable=False)
    page = models.OneToOneField(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="search_entry", editable=False
    )
    organisation = models.OneToOneField(
        "partners.Organisation", null=True, on_delete=models.CASCADE, related_name="search_entry", editable=False
    )
    member = models.OneToOneField(
        "members.Member", null=True, on_delete=models.CASCADE, related_name="search_entry", editable=False
    )
    document = models.OneToOneField(
        "core.CustomDocument", null=True, on_delete=models.CASCADE, related_name="search_entry", editable=False
    )
    title = models.TextField(editable=False)
    # Further names by which it is called, a line each: they count as the title does.
    names = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    # When it is from, in words; an event's next date is asked anew at every search.
    date_text = models.CharField(max_length=200, blank=True, editable=False)
    # The day by which newer stands before older; the first of all where there is none.
    day = models.DateField(default=date.min, editable=False)
    keys = models.TextField(editable=False)
    # Stems in their order (`stem_sequence`), of title, names and text: where quoted phrases are looked for.
    sequence = models.TextField(editable=False)

    objects = SearchEntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("keys"),
        index.AutocompleteField("called"),
        *map(index.FilterField, ("id", "kind", "day", "sequence", *OWNERS)),
    ]

    class Meta:
        verbose_name = "paieškos įrašas"
        verbose_name_plural = "paieškos įrašai"
        # In this order (`SearchEntryQuerySet.matching`) the first few are found without sorting all.
        indexes = [models.Index(fields=["-day", "-id"], name="search_entry_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, organisation=None, member=None, document=None)
                | Q(page=None, organisation__isnull=False, member=None, document=None)
                | Q(page=None, organisation=None, member__isnull=False, document=None)
                | Q(page=None, organisation=None, member=None, document__isnull=False),
                name="search_entry_is_of_one_thing",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def called(self):
        """Its title and names, folded: what is suggested as one types begins with these words."""
        return fold(f"{self.title} {self.names}")

    def words(self):
        """All its words as one text."""
        return f"{self.title}\n{self.names}\n{self.text}"


class SearchWord(models.Model):
    """A word of some entry, as it is written there: among these it is guessed what a mistyped one should have been."""

    exact = models.CharField(max_length=60, unique=True, editable=False)
    written = models.CharField(max_length=60, editable=False)

    class Meta:
        verbose_name = "paieškos žodis"
        verbose_name_plural = "paieškos žodžiai"

    def __str__(self):
        return self.written


class MissedSearch(models.Model):
    """
    What was searched for and not found, by day: a number, and nothing of who it was.

    What looks like a person's own data (an address, a number) is not kept at all (`search.missed`).
    """

    wagtail_reference_index_ignore = True

    query = models.CharField("ko ieškota", max_length=100)
    day = models.DateField("diena", default=timezone.localdate)
    times = models.PositiveIntegerField("kartų", default=1)

    class Meta:
        verbose_name = "nerasta paieška"
        verbose_name_plural = "nerastos paieškos"
        constraints = [models.UniqueConstraint(fields=["query", "day"], name="missed_search_once_a_day")]

    def __str__(self):
        return self.query


class PromotedResult(NamedRow):
    """A page that is shown first, marked as put there, to who searches by certain words."""

    name = models.CharField(
        "ko ieškoma",
        max_length=255,
        help_text="Žodžiai, kuriuos žmonės rašo į paiešką. Pvz., „paraiška“. Galūnės ir lietuviški ženklai nesvarbu.",
    )
    others = models.TextField(
        "ko dar",
        blank=True,
        help_text="Kiti žodžiai, kuriais ieško to paties, po vieną eilutėje. Pvz., „kaip gauti paramą“.",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="puslapis",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Ką rodyti pirmiausia. Mato tik tie, kam puslapis skirtas.",
    )
    sentence = models.CharField(
        "sakinys",
        max_length=200,
        blank=True,
        help_text="Vienu sakiniu: ką ten rasite.",
    )

    class Meta(NamedRow.Meta):
        verbose_name = "siūlomas radinys"
        verbose_name_plural = "siūlomi radiniai"

    def words(self):
        """Found by any of its searches."""
        return [self.name, *self.others.splitlines()]

    def sequences(self):
        """The searches that it is for, as sequences of stems: a set."""
        return {stem_sequence(words) for words in self.words() if words.strip()}
