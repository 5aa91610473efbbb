"""Organisations: described once, whoever refers to them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.http import Http404
from django_countries.fields import CountryField
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from core.fields import EDTFField, newest_first
from core.models import KeptManager, NamedRow, Trashable, TrashableQuerySet
from core.visibility import visible
from lithuanian.dates import InvalidDate, edtf_bounds

HOME_COUNTRY = "LT"
# As the register of legal entities gives it now, or as it did before 2004.
CODE_VALIDATOR = RegexValidator(
    r"^(?:[0-9]{9}|[0-9]{7})\Z", "Įmonės kodas – 9 skaitmenys be tarpų (senas – 7).", code="legal_code"
)


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    LAG = "lag", "Vietos veiklos grupė"
    FLAG = "flag", "Žuvininkystės regiono vietos veiklos grupė"
    UNIVERSITY = "university", "Universitetas"
    MUNICIPAL_INSTITUTION = "municipal_institution", "Savivaldybės įstaiga"
    PUBLIC_INSTITUTION = "public_institution", "Viešoji įstaiga"
    NGO = "ngo", "Nevyriausybinė organizacija"
    COMMUNITY = "community", "Bendruomeninė organizacija"
    BUSINESS = "business", "Verslo įmonė"
    MUNICIPALITY = "municipality", "Savivaldybė"
    PUBLIC_BODY = "public_body", "Valstybės institucija"
    NETWORK = "network", "Tinklas ar sąjunga"


class LegalForm(models.TextChoices):
    """The form an organisation is registered in."""

    ASSOCIATION = "association", "Asociacija"
    PUBLIC_INSTITUTION = "public_institution", "Viešoji įstaiga (VšĮ)"
    BUDGETARY_INSTITUTION = "budgetary_institution", "Biudžetinė įstaiga (BĮ)"
    CHARITY_FUND = "charity_fund", "Labdaros ir paramos fondas"
    PRIVATE_COMPANY = "private_company", "Uždaroji akcinė bendrovė (UAB)"
    SMALL_PARTNERSHIP = "small_partnership", "Mažoji bendrija (MB)"
    FARM = "farm", "Ūkininko ūkis"


class OrganisationQuerySet(TrashableQuerySet):
    """The register of organisations."""

    def with_agreements(self, agreements):
        """Organisations that are a party to one of `agreements` (a queryset of agreements)."""
        return self.filter(agreement_parties__page__in=agreements).distinct()

    def taking_part(self, request):
        """
        Organisations with a page of their own: something that this reader may see joins them with the LAG.

        A party to an agreement; a project's partner, lead or funder; a network that the LAG is a member of. Projects
        stand above this app, so they are reached by their relations.
        """
        parties = visible(self.model._meta.get_field("agreement_parties").related_model.objects.all(), request)
        parts = visible(self.model._meta.get_field("project_parts").related_model.objects.all(), request)
        projects = visible(self.model._meta.get_field("led_projects").related_model.objects.all(), request)
        return self.filter(
            Q(pk__in=parties.order_by().values("organisation"))
            | Q(pk__in=parts.order_by().values("organisation"))
            | Q(pk__in=projects.filter(lead__isnull=False).values("lead"))
            | Q(pk__in=projects.filter(funder__isnull=False).values("funder"))
            | Q(pk__in=NetworkMembership.objects.order_by().values("network"))
        )


class Organisation(PreviewableMixin, NamedRow):
    """An organisation other than the LAG itself."""

    short_name = models.CharField(
        "trumpas pavadinimas",
        max_length=150,
        blank=True,
        help_text="Pvz., Birštono VVG. Rodomas sąrašuose.",
    )
    aliases = models.TextField(
        "kiti pavadinimai",
        blank=True,
        help_text="Po vieną eilutėje: senas vardas, vardas kita kalba, dažna rašyba. Pagal juos randama paieškoje.",
    )
    code = models.CharField(
        "įmonės kodas",
        max_length=9,
        blank=True,
        validators=[CODE_VALIDATOR],
        help_text="Iš Juridinių asmenų registro: 9 skaitmenys. Užsienio organizacijoms palikite tuščią.",
    )
    kind = models.CharField(
        "rūšis",
        max_length=30,
        choices=OrganisationKind.choices,
        db_index=True,
        help_text="Pagal ją skaitytojai atsirenka partnerius.",
    )
    legal_form = models.CharField(
        "teisinė forma",
        max_length=30,
        choices=LegalForm.choices,
        blank=True,
        help_text="Kaip įregistruota; nežinoma – palikite tuščią.",
    )
    country = CountryField(
        "šalis",
        default=HOME_COUNTRY,
        db_index=True,
        help_text="Kurioje šalyje įregistruota.",
    )
    website = models.URLField(
        "svetainė",
        blank=True,
        help_text="Pvz., https://www.birstonovvg.lt",
    )
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name="ženklas",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Rodomas organizacijos puslapyje.",
    )
    note = models.TextField("pastaba", blank=True, help_text="Rodoma organizacijos puslapyje.")
    is_sample = models.BooleanField("pavyzdys", default=False, editable=False)

    objects = KeptManager.from_queryset(OrganisationQuerySet)()

    search_fields = [
        *NamedRow.search_fields,
        index.SearchField("short_name"),
        index.SearchField("aliases"),
        index.FilterField("kind"),
        index.FilterField("country"),
    ]

    class Meta(NamedRow.Meta):
        verbose_name = "organizacija"
        verbose_name_plural = "organizacijos"
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="organisation_code_once",
                violation_error_message="Organizacija su tokiu įmonės kodu jau yra.",
            )
        ]

    def clean(self):
        """Refuse the code of an organisation in the trash, which keeps it so that it can come back."""
        super().clean()
        if self.code and (row := in_trash_by_code(self.code)):
            raise ValidationError({"code": f"Šį kodą turi „{row}“, ištrinta į šiukšlinę. Grąžinkite ją iš ten."})

    def words(self):
        """Found by any of its names, and by its code."""
        return [self.name, self.short_name, self.aliases, self.code]

    @property
    def display_name(self):
        """The short name where there is one: for lists where the same words would repeat."""
        return self.short_name or self.name

    @property
    def is_abroad(self):
        """Whether it comes from another country than the LAG."""
        return self.country.code != HOME_COUNTRY

    @property
    def preview_modes(self):
        """One; a new organisation, which nothing can refer to yet, has no page to look at."""
        return super().preview_modes if self.pk else []

    def serve_preview(self, request, mode_name):
        """Its page below the register of cooperation, as readers would see it."""
        from partners.models.agreements import CooperationIndexPage  # it knows organisations

        register = visible(CooperationIndexPage.objects.all(), request).first()
        if register is None:
            raise Http404("No register that organisations' pages lie below")
        return register.show_organisation(request, self)

    def projects(self, request):
        """The projects it leads, takes part in or pays for that this reader may see, newest first."""
        projects = visible(self._meta.get_field("led_projects").related_model.objects.all(), request)
        mine = Q(lead=self) | Q(funder=self) | Q(partners__organisation=self)
        return projects.filter(mine).distinct().in_register_order()


def in_trash_by_code(code):
    """The organisation in the trash that has this code; None if there is none."""
    return Organisation.everything.filter(trash__isnull=False, code=code).first()


class NetworkMembership(Trashable, RevisionMixin, models.Model):
    """The LAG's own membership in a network: not an agreement, though the old site listed it among them."""

    network = models.ForeignKey(
        Organisation,
        verbose_name="tinklas",
        on_delete=models.PROTECT,
        related_name="lag_memberships",
        limit_choices_to=Q(kind=OrganisationKind.NETWORK),
        help_text="Organizacija, kurios rūšis – „Tinklas ar sąjunga“.",
    )
    since = EDTFField("nuo", blank=True, earliest="since_earliest", latest="since_latest")
    since_as_stated = models.CharField(
        "data šaltinio žodžiais",
        max_length=150,
        blank=True,
        help_text="Jei šaltinis datą įvardija neaiškiai – jo žodžiais.",
    )
    until = EDTFField("iki", blank=True, help_text="Tuščia, kol narystė tebegalioja.")
    note = models.CharField(
        "pastaba",
        max_length=300,
        blank=True,
        help_text="Pvz., kuo narystė mums naudinga. Rodoma viešai.",
    )
    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        help_text="Iš kur žinome apie narystę.",
    )
    since_earliest = models.DateField(null=True, editable=False)
    since_latest = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = "narystė tinkle"
        verbose_name_plural = "narystės tinkluose"
        ordering = [*newest_first("since"), "pk"]

    def __str__(self):
        return str(self.network)

    def clean(self):
        """Refuse two dates that make no period, beside the later one."""
        super().clean()
        if self.since and self.until:
            try:
                edtf_bounds(self.period)
            except InvalidDate as error:
                raise ValidationError({"until": str(error)}) from error

    @property
    def period(self):
        """From when to when, EDTF: open where an end is not written; "" if nothing is known."""
        if "/" in self.since or not (self.since or self.until):
            return self.since
        return f"{self.since or '..'}/{self.until or '..'}"
