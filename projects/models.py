"""Programmes that pay, their measures, and the projects."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.contrib.routable_page.models import path
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import EDTFField, last_day, newest_first
from core.models import BaseIndexPage, ContentPage, NamedRow
from core.visibility import visible
from partners.models import CooperationAgreementPage, CooperationIndexPage, Organisation
from projects import datasets
from projects.filters import project_listing


class ProjectScope(models.TextChoices):
    """How far a project reaches."""

    LOCAL = "local", "Vietos projektas"
    TERRITORIAL = "territorial", "Teritorinio bendradarbiavimo projektas"
    INTERNATIONAL = "international", "Tarptautinio bendradarbiavimo projektas"


class ProjectStatus(models.TextChoices):
    """How far a project has come; unknown unless a source says so."""

    UNKNOWN = "unknown", "Nežinoma"
    PLANNED = "planned", "Rengiamas"
    APPLIED = "applied", "Pateikta paraiška"
    RUNNING = "running", "Vykdomas"
    SUSPENDED = "suspended", "Sustabdytas"
    FINISHED = "finished", "Įgyvendintas"


# A sum in euros; empty where it is not known.
AMOUNT = {
    "max_digits": 12,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}


class Programme(ClusterableModel, NamedRow):
    """A programme that pays for projects, with the words that its publicity rules ask for."""

    short_name = models.CharField(
        "trumpas pavadinimas",
        max_length=80,
        blank=True,
        help_text="Pvz., KPP 2014–2020. Rodomas sąrašuose.",
    )
    period = EDTFField("laikotarpis", blank=True, earliest="period_earliest", latest="period_latest")
    fund = models.CharField(
        "fondas",
        max_length=150,
        blank=True,
        help_text="Pvz., Europos žemės ūkio fondas kaimo plėtrai (EŽŪFKP).",
    )
    publicity_statement = models.CharField(
        "viešinimo sakinys",
        max_length=255,
        blank=True,
        help_text="Rodomas prie ES emblemos kiekviename šios programos projekto puslapyje.",
    )
    show_eu_emblem = models.BooleanField(
        "rodyti ES emblemą",
        default=False,
        help_text="Pažymėkite, jei programą finansuoja Europos Sąjunga: emblema bus kiekviename jos projekto "
        "puslapyje.",
    )
    period_earliest = models.DateField(null=True, editable=False)
    period_latest = models.DateField(null=True, editable=False)

    class Meta(NamedRow.Meta):
        verbose_name = "programa"
        verbose_name_plural = "programos"

    @property
    def measures_listed(self):
        """All its measures in one line."""
        return "; ".join(str(measure) for measure in self.measures.all())


class Measure(Orderable):
    """A measure or field of activity of a programme."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(
        "kodas",
        max_length=40,
        blank=True,
        help_text="Pvz., LEADER-19.2-SAVA-6.4.",
    )
    name = models.CharField(
        "pavadinimas",
        max_length=255,
        help_text="Taip, kaip vadina programa ar strategija.",
    )

    panels = [FieldPanel("code"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = "priemonė"
        verbose_name_plural = "priemonės"

    def __str__(self):
        return f"{self.code} {self.name}".strip()


class ProjectIndexPage(BaseIndexPage):
    """The register of projects."""

    page_description = "Projektų registras su filtrais."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    per_page = 24
    exports = (datasets.PROJECTS,)

    class Meta:
        verbose_name = "projektų registras"
        verbose_name_plural = "projektų registrai"

    def projects(self, request):
        """The projects this reader may see, newest first."""
        return visible(ProjectPage.objects.child_of(self), request).in_register_order()

    @path("")
    def register(self, request):
        """The register with its filters."""
        listing = project_listing(self.projects(request), request, self.get_url(request))
        rows = self.paginate(request, listing.rows.select_related("programme", "lead", "cover"))
        return self.render(request, context_overrides={"listing": listing, "page_of_rows": rows})


class ProjectQuerySet(PageQuerySet):
    """The language of the register of projects."""

    def in_register_order(self):
        """Newest first by the period's latest possible day, then the earliest, then by title."""
        return self.order_by(*newest_first("period"), "title", "pk")


class ProjectPage(ContentPage):
    """A project the LAG leads or takes part in."""

    page_description = "Projektas: kas, su kuo, už kiek ir kas iš to išėjo."
    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types = []
    named_rows = ("lead", "programme", "measure", "funder", "cover")

    scope = models.CharField(
        "mastas",
        max_length=15,
        choices=ProjectScope.choices,
        blank=True,
        db_index=True,
        help_text="Vietos – mūsų teritorijoje; teritorinio – su Lietuvos VVG; tarptautinio – su užsienio partneriais.",
    )
    status = models.CharField(
        "būklė",
        max_length=10,
        choices=ProjectStatus.choices,
        default=ProjectStatus.UNKNOWN,
        db_index=True,
        help_text="„Nežinoma“, kol šaltinis nepasako kitaip.",
    )
    led_by_us = models.BooleanField("vykdome mes", default=False, help_text="VVG yra pagrindinė projekto vykdytoja.")
    lead = models.ForeignKey(
        Organisation,
        verbose_name="pagrindinis partneris",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_projects",
        help_text="Kai vykdo ne VVG: kas vadovauja projektui.",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name="programa",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
        help_text="Kas moka. Jos ES emblema ir viešinimo sakinys bus projekto puslapyje.",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name="priemonė",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        help_text="Programos ar strategijos priemonė, pagal kurią gauta parama.",
    )
    funder = models.ForeignKey(
        Organisation,
        verbose_name="rėmėjas",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funded_projects",
        help_text="Kai remia ne programa, o, pavyzdžiui, savivaldybė.",
    )
    number = models.CharField(
        "projekto numeris",
        max_length=60,
        blank=True,
        help_text="Pvz., 44TT-KA-18-4-04902-PR001.",
    )
    rules_cited = models.CharField(
        "taisyklės",
        max_length=300,
        blank=True,
        help_text="Kokiomis taisyklėmis vadovaujamasi: pavadinimas, data, numeris.",
    )
    period = EDTFField("laikotarpis", blank=True, earliest="period_earliest", latest="period_latest")
    period_as_stated = models.CharField(
        "laikotarpis šaltinio žodžiais",
        max_length=200,
        blank=True,
        help_text="Pvz., „2017 m. – 2018 m.“ – jei šaltinis laikotarpį įvardija neaiškiai.",
    )
    application_submitted = EDTFField("paraiška pateikta", blank=True)
    period_earliest = models.DateField(null=True, editable=False)
    period_latest = models.DateField(null=True, editable=False, db_index=True)
    total_amount = models.DecimalField(
        "visa vertė, Eur",
        **AMOUNT,
        help_text="Pvz., 25000,00. Nežinoma – palikite tuščią.",
    )
    support_amount = models.DecimalField(
        "paramos suma, Eur",
        **AMOUNT,
        help_text="Kiek skiria programa ar rėmėjas.",
    )
    support_intensity = models.DecimalField(
        "paramos intensyvumas, %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Kokią vertės dalį sudaro parama: nuo 0 iki 100.",
    )
    own_contribution = models.DecimalField(
        "nuosavas įnašas, Eur",
        **AMOUNT,
        help_text="Kiek prideda vykdytojas ir partneriai.",
    )
    money_note = models.CharField(
        "pastaba dėl pinigų",
        max_length=300,
        blank=True,
        help_text="Pvz., jei sumą bendrai valdo keli partneriai. Rodoma viešai.",
    )
    places = models.TextField("vietos", blank=True, help_text="Kur vykdomas projektas.")
    aim = models.TextField(
        "tikslas",
        blank=True,
        help_text="Ko siekiama – vienas du sakiniai. Viešinimo taisyklės prašo nurodyti tikslą.",
    )
    result = models.TextField(
        "rezultatas",
        blank=True,
        help_text="Kas padaryta ir kam tai naudinga. Vykdomam projektui – ko tikimasi.",
    )
    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        max_length=500,
        help_text="Iš kur žinome apie projektą.",
    )
    editor_note = models.TextField("pastaba redaktoriams", blank=True, help_text="Viešai nerodoma.")

    objects = PageManager.from_queryset(ProjectQuerySet)()

    content_panels = [
        *ContentPage.content_panels[:1],
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("scope"), FieldPanel("status")], heading="Kas tai per projektas"),
        MultiFieldPanel(
            [FieldPanel("period"), FieldPanel("period_as_stated"), FieldPanel("application_submitted")],
            heading="Kada",
        ),
        MultiFieldPanel([FieldPanel("led_by_us"), FieldPanel("lead")], heading="Kas vykdo"),
        InlinePanel("partners", heading="Partneriai", label="Partneris", help_text="Be pagrindinio partnerio ir mūsų."),
        InlinePanel(
            "agreement_links", heading="Sutartys", label="Sutartis", help_text="Sutartys, kuriomis remiasi projektas."
        ),
        MultiFieldPanel(
            [
                FieldPanel("programme"),
                FieldPanel("measure"),
                FieldPanel("funder"),
                FieldPanel("number"),
                FieldPanel("rules_cited"),
                FieldRowPanel([FieldPanel("total_amount"), FieldPanel("support_amount")]),
                FieldRowPanel([FieldPanel("support_intensity"), FieldPanel("own_contribution")]),
                FieldPanel("money_note"),
            ],
            heading="Kas remia ir kiek",
        ),
        MultiFieldPanel([FieldPanel("aim"), FieldPanel("result"), FieldPanel("places")], heading="Kam ir kas iš to"),
        ContentPage.cover_panel,
        FieldPanel("body"),
        InlinePanel("links", heading="Nuorodos", label="Nuoroda", help_text="Pvz., projekto svetainė ar duomenų bazė."),
        InlinePanel(
            "publications", heading="Leidiniai", label="Leidinys", help_text="Failai, kuriuos galima atsisiųsti."
        ),
        ContentPage.related_panel,
    ]
    further_tabs = [("Šaltinis", [FieldPanel("source_url"), FieldPanel("editor_note")])]
    search_fields = [*ContentPage.search_fields, index.SearchField("number"), index.FilterField("scope")]

    class Meta:
        verbose_name = "projektas"
        verbose_name_plural = "projektai"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(support_intensity__isnull=True)
                | models.Q(support_intensity__gte=0, support_intensity__lte=100),
                name="project_intensity_is_a_share",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{amount}__isnull": True}) | models.Q(**{f"{amount}__gte": 0}),
                    name=f"project_{amount}_not_negative",
                )
                for amount in ("total_amount", "support_amount", "own_contribution")
            ),
        ]

    def words(self):
        """Found by its number, aim and places too."""
        return [*super().words(), self.number, self.aim, self.places]

    def text_time(self, today):
        """Of a project that is over nothing lies ahead, whether or not a sentence names a day."""
        return today, last_day(self.period)

    def visible_agreements(self, request):
        """The agreements behind this project that the reader may see, in the register's order."""
        agreements = CooperationAgreementPage.objects.filter(project_links__page=self)
        return visible(agreements, request).in_register_order()

    def get_context(self, request, *args, **kwargs):
        """Add partners and agreements."""
        context = super().get_context(request, *args, **kwargs)
        context["partners"] = self.partners.select_related("organisation")
        context["agreements"] = self.visible_agreements(request)
        context["links"] = self.links.all()
        context["publications"] = [row.document for row in self.publications.select_related("document")]
        context["register_url"] = CooperationIndexPage.address(request)
        return context


class ProjectPartner(Orderable):
    """An organisation that takes part in a project."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organizacija",
        on_delete=models.PROTECT,
        related_name="project_parts",
        help_text="Kiekviena organizacija aprašoma vieną kartą; naują pridėsite čia pat.",
    )

    panels = [FieldPanel("organisation", required_on_save=False)]
    visible_through = "page"

    class Meta(Orderable.Meta):
        verbose_name = "projekto partneris"
        verbose_name_plural = "projekto partneriai"
        constraints = [models.UniqueConstraint(fields=["page", "organisation"], name="project_partner_once")]


class ProjectAgreement(Orderable):
    """An agreement on which a project rests."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey(
        CooperationAgreementPage,
        verbose_name="sutartis",
        on_delete=models.CASCADE,
        related_name="project_links",
        help_text="Sutartis, kuria remiasi projektas.",
    )

    panels = [FieldPanel("agreement", required_on_save=False)]
    visible_through = "page"

    class Meta(Orderable.Meta):
        verbose_name = "projekto sutartis"
        verbose_name_plural = "projekto sutartys"
        constraints = [models.UniqueConstraint(fields=["page", "agreement"], name="project_agreement_once")]


class ProjectLink(Orderable):
    """A link out: a project's own site or data base."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(
        "pavadinimas",
        max_length=150,
        help_text="Kas ten, pvz., „Projekto svetainė“.",
    )
    url = models.URLField(
        "adresas",
        max_length=500,
        help_text="Pvz., https://www.slowtrips.eu",
    )

    panels = [FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "projekto nuoroda"
        verbose_name_plural = "projekto nuorodos"


class ProjectPublication(Orderable):
    """A publication of a project, as a document."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="publications")
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name="dokumentas",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Leidinys, žemėlapis ar vadovas, kurį galima atsisiųsti.",
    )

    panels = [FieldPanel("document", required_on_save=False)]

    class Meta(Orderable.Meta):
        verbose_name = "projekto leidinys"
        verbose_name_plural = "projekto leidiniai"
