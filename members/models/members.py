"""The members: organisations and natural persons."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import RevisionMixin

from core.fields import EDTFField
from core.models import Eldership, KeptManager, Trashable, TrashableQuerySet
from lithuanian.folding import fold
from lithuanian.sorting import KEY_LENGTH, sort_key
from partners.models import Organisation


class Sector(models.TextChoices):
    """The interest group that a member belongs to; a LAG balances the three."""

    CIVIL_SOCIETY = "civil_society", "Pilietinė visuomenė"
    BUSINESS = "business", "Verslas"
    LOCAL_AUTHORITY = "local_authority", "Vietos valdžia"


# What a member is filed by: its organisation's name, or a person's surname.
FILED_BY = Coalesce("organisation__sort_key", "person_sort_key")


class MemberQuerySet(TrashableQuerySet):
    """The language of the member list."""

    def in_order(self):
        """As readers see them: by name in Lithuanian order; a person who stays unnamed comes last."""
        unnamed = models.Q(organisation__isnull=True, shows_name=False)
        return self.order_by(models.Case(models.When(unnamed, then=models.Value("z")), default=FILED_BY), "pk")

    def by_name(self):
        """As the staff see them: by name in Lithuanian order, organisations and persons together."""
        return self.order_by(FILED_BY, "pk")


class Member(Trashable, RevisionMixin, models.Model):
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
        help_text="Kai narys – organizacija. Jei jos sąraše nėra, pridėsite čia pat.",
    )
    given_name = models.CharField("vardas", max_length=80, blank=True, help_text="Tik kai narys – fizinis asmuo.")
    surname = models.CharField("pavardė", max_length=120, blank=True, help_text="Tik kai narys – fizinis asmuo.")
    person_sort_key = models.CharField(max_length=KEY_LENGTH, editable=False, default="")
    person_folded = models.TextField(editable=False, default="")
    sector = models.CharField(
        "sektorius",
        max_length=20,
        choices=Sector.choices,
        db_index=True,
        help_text="Pagal jį skaičiuojama, ar VVG sudėtis subalansuota.",
    )
    eldership = models.ForeignKey(
        Eldership,
        verbose_name="seniūnija",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text="Kur narys veikia ar gyvena.",
    )
    joined = EDTFField("narys nuo", blank=True)
    left_on = models.DateField(
        "išstojo",
        null=True,
        blank=True,
        help_text="Pirma diena, kai nebe narys. Kol tebėra narys – tuščia.",
    )
    email = models.EmailField(
        "el. paštas",
        blank=True,
        help_text="Viešai rodomas tik pažymėjus žemiau; čia siunčiame kvietimą atstovui.",
    )
    phone = models.CharField(
        "telefonas",
        max_length=40,
        blank=True,
        help_text="Viešai rodomas tik pažymėjus žemiau.",
    )
    address = models.CharField(
        "adresas",
        max_length=200,
        blank=True,
        help_text="Viešai rodomas tik pažymėjus žemiau.",
    )
    shows_name = models.BooleanField(
        "rodyti vardą", default=False, help_text="Fizinio asmens vardas rodomas tik jam sutikus."
    )
    shows_email = models.BooleanField(
        "rodyti el. paštą",
        default=False,
        help_text="Tik nariui sutikus.",
    )
    shows_phone = models.BooleanField(
        "rodyti telefoną",
        default=False,
        help_text="Tik nariui sutikus.",
    )
    shows_address = models.BooleanField(
        "rodyti adresą",
        default=False,
        help_text="Tik nariui sutikus.",
    )
    is_sample = models.BooleanField("pavyzdys", default=False, editable=False)

    objects = KeptManager.from_queryset(MemberQuerySet)()

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
        """Derive a person's place in the order, by surname, and the text that filters compare."""
        self.person_sort_key = sort_key(f"{self.surname} {self.given_name}")
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
    def has_left(self):
        """Whether it is a member no more."""
        return self.left_on is not None and self.left_on <= timezone.localdate()

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
