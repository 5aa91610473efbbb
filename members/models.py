"""The LAG's members."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.contrib.routable_page.models import path
from wagtail.models import RevisionMixin

from core.alphabet import by_letter
from core.fields import EDTFField
from core.models import BaseIndexPage, Eldership
from core.visibility import visible
from lithuanian.folding import fold
from lithuanian.sorting import KEY_LENGTH, sort_key
from members import datasets
from members.filters import member_listing
from partners.models import Organisation


class Sector(models.TextChoices):
    """The interest group that a member belongs to; a LAG balances the three."""

    CIVIL_SOCIETY = "civil_society", "Pilietinė visuomenė"
    BUSINESS = "business", "Verslas"
    LOCAL_AUTHORITY = "local_authority", "Vietos valdžia"


class MemberQuerySet(models.QuerySet):
    """The language of the member list."""

    def in_order(self):
        """In Lithuanian order of names, organisations and persons together."""
        return self.order_by(Coalesce("organisation__sort_key", "person_sort_key"), "pk")


class Member(RevisionMixin, models.Model):
    """
    A member of the LAG: an organisation, or a natural person.

    What is shown of contacts is what the member agreed to, field by field; a person's name too.
    """

    organisation = models.OneToOneField(
        Organisation,
        verbose_name="organizacija",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="membership",
    )
    given_name = models.CharField("vardas", max_length=80, blank=True, help_text="Tik kai narys – fizinis asmuo.")
    surname = models.CharField("pavardė", max_length=120, blank=True, help_text="Tik kai narys – fizinis asmuo.")
    person_sort_key = models.CharField(max_length=KEY_LENGTH, editable=False, default="")
    person_folded = models.TextField(editable=False, default="")
    sector = models.CharField("sektorius", max_length=20, choices=Sector.choices, db_index=True)
    eldership = models.ForeignKey(
        Eldership,
        verbose_name="seniūnija",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    joined = EDTFField("narys nuo", blank=True)
    left_on = models.DateField("išstojo", null=True, blank=True)
    email = models.EmailField("el. paštas", blank=True)
    phone = models.CharField("telefonas", max_length=40, blank=True)
    address = models.CharField("adresas", max_length=200, blank=True)
    shows_name = models.BooleanField(
        "rodyti vardą", default=False, help_text="Fizinio asmens vardas rodomas tik jam sutikus."
    )
    shows_email = models.BooleanField("rodyti el. paštą", default=False)
    shows_phone = models.BooleanField("rodyti telefoną", default=False)
    shows_address = models.BooleanField("rodyti adresą", default=False)
    is_sample = models.BooleanField("pavyzdys", default=False, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "narys"
        verbose_name_plural = "nariai"
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(organisation__isnull=False, surname="", given_name="")
                    | (models.Q(organisation__isnull=True) & ~models.Q(surname=""))
                ),
                name="member_is_organisation_or_person",
                violation_error_message="Nurodykite organizaciją arba asmens pavardę – vieną iš dviejų.",
            )
        ]

    def __str__(self):
        return self.organisation.name if self.organisation else self.person_name

    def save(self, *args, **kwargs):
        """Derive a person's place in the order, by surname, last if unnamed, and the text that filters compare."""
        is_named = self.surname and self.shows_name
        self.person_sort_key = sort_key(f"{self.surname} {self.given_name}") if is_named else "z"
        self.person_folded = fold(self.person_name)
        super().save(*args, **kwargs)

    @property
    def person_name(self):
        """Given name and surname of a natural person, whether or not they may be shown."""
        return f"{self.given_name} {self.surname}".strip()

    def clean(self):
        """Refuse, beside the field, what is neither or both of an organisation and a person."""
        super().clean()
        has_person = bool(self.given_name or self.surname)
        if self.organisation_id and has_person:
            message = "Narys – arba organizacija, arba fizinis asmuo: palikite tik vieną iš jų."
            raise ValidationError({"surname" if self.surname else "given_name": message})
        if not self.organisation_id and not self.surname:
            if has_person:
                raise ValidationError({"surname": "Įrašykite ir pavardę."})
            raise ValidationError({"organisation": "Pasirinkite organizaciją arba įrašykite fizinio asmens pavardę."})

    @staticmethod
    def withheld_from(request):
        """Former members are nobody's to see on the site."""
        return models.Q(left_on__lte=timezone.localdate())

    @property
    def name(self):
        """The name that may be shown: a person who has not agreed stays "Fizinis asmuo"."""
        if self.organisation:
            return self.organisation.name
        return self.person_name if self.shows_name else "Fizinis asmuo"

    @property
    def filed_as(self):
        """The name it stands under in an alphabet, a person by surname; "" for one who stays unnamed."""
        if self.organisation:
            return self.organisation.name
        return self.surname if self.shows_name else ""


class MemberListPage(BaseIndexPage):
    """The list of members with filters, and their balance by sector."""

    page_description = "Narių sąrašas su paieška ir sudėtimi pagal sektorius."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    per_page = 100
    exports = (datasets.MEMBERS,)

    class Meta:
        verbose_name = "narių sąrašas"
        verbose_name_plural = "narių sąrašai"

    def members(self, request):
        """The members this reader may see, in Lithuanian order."""
        members = visible(Member.objects.all(), request).in_order()
        return members.select_related("organisation", "eldership__municipality")

    @path("")
    def member_list(self, request):
        """The list with its filters."""
        members = self.members(request)
        listing = member_listing(members, request, self.get_url(request))
        rows = self.paginate(request, listing.rows)
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "page_of_rows": rows,
                "letters": by_letter(rows, lambda member: member.filed_as),
                "has_samples": any(member.is_sample for member in rows),
                "composition": composition(members, listing),
            },
        )


def composition(members, listing):
    """
    How the members are spread over the sectors: a dict of `total` and `parts`, a list in the order of `Sector`.

    Of a part: `label`; `count`; `start`, the members in the parts before it; `share` of all in per cent, to one
    decimal; `url` of the list narrowed to it, "" where that is empty. One query.
    """
    counts = dict(members.order_by().values_list("sector").annotate(n=models.Count("pk")))
    total = sum(counts.values())
    parts, start = [], 0
    for sector in Sector:
        count = counts.get(sector.value, 0)
        parts.append(
            {
                "sector": sector.value,
                "label": sector.label,
                "count": count,
                "start": start,
                "share": round(Decimal(100 * count) / total, 1) if total else Decimal(0),
                "url": f"{listing.path}?sektorius={sector.value}" if count else "",
            }
        )
        start += count
    return {"total": total, "parts": parts}
