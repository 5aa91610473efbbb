"""The register of cooperation: agreements dated exactly as precisely as their source."""

import datetime

from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.contrib.routable_page.models import path
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import EDTFField, last_day, newest_first
from core.models import BaseIndexPage, ContentPage, site_pages
from core.visibility import visible
from lithuanian.sorting import sort_key
from partners import datasets
from partners.directory import partner_groups
from partners.filters import agreement_listing
from partners.models.organisations import HOME_COUNTRY, NetworkMembership, Organisation
from partners.timeline import timeline

AGREEMENTS_SEGMENT = "sutartys"


class AgreementKind(models.TextChoices):
    """What the parties called their agreement."""

    COOPERATION_AGREEMENT = "cooperation_agreement", "Bendradarbiavimo sutartis"
    JOINT_ACTIVITY_AGREEMENT = "joint_activity_agreement", "Jungtinės veiklos sutartis"
    COOPERATION_ARRANGEMENT = "cooperation_arrangement", "Bendradarbiavimo susitarimas"
    LETTER_OF_INTENT = "letter_of_intent", "Ketinimų protokolas"
    OTHER = "other", "Susitarimas, kurio rūšis neįvardyta"


class AgreementStatus(models.TextChoices):
    """Whether an agreement still binds; unknown unless a source says so."""

    UNKNOWN = "unknown", "Nežinoma"
    IN_FORCE = "in_force", "Galioja"
    ENDED = "ended", "Pasibaigusi"


class PartyRole(models.TextChoices):
    """What a party does in the agreement."""

    PARTNER = "partner", "Partneris"
    LEAD = "lead", "Pagrindinis partneris"


class CooperationIndexPage(BaseIndexPage):
    """The register of cooperation: agreements with filters and a time line, partners, memberships in networks."""

    page_description = "Sutarčių registras: sąrašas, filtrai, laiko juosta ir partneriai."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.CooperationAgreementPage"]
    reserved_slugs = frozenset({"sutartys", "partneriai"})
    # The whole register on one page: a reader scrolls and searches it, and prints it.
    per_page = 100
    exports = (datasets.AGREEMENTS,)

    class Meta:
        verbose_name = "bendradarbiavimo registras"
        verbose_name_plural = "bendradarbiavimo registrai"

    def route(self, request, path_components):
        """Agreements answer below `sutartys/` and nowhere else."""
        if path_components[:1] == [AGREEMENTS_SEGMENT] and len(path_components) > 1:
            agreement = self.child_at(request, path_components[1])
            if agreement is None:
                raise Http404("No such agreement")
            return agreement.route(request, path_components[2:])
        if path_components:
            # Where no view answers this raises Http404; the page tree would go on and find an agreement by its slug.
            self.resolve_subpage(f"/{'/'.join(path_components)}/")
        return super().route(request, path_components)

    @classmethod
    def address(cls, request):
        """Where the register is for this reader, "" where there is none: organisations' pages lie below it."""
        registers = (page for page in site_pages(request) if issubclass(page.specific_class, cls))
        return next((page.get_url(request) for page in registers), "")

    def agreements(self, request):
        """The agreements this reader may see, in the register's order."""
        return visible(CooperationAgreementPage.objects.child_of(self), request).in_register_order()

    @path("")
    def register(self, request):
        """The register with its filters."""
        agreements = self.agreements(request)
        listing = agreement_listing(agreements, request, self.get_url(request))
        memberships = NetworkMembership.objects.select_related("network")
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "page_of_rows": self.paginate(request, listing.rows.with_links(request)),
                "memberships": memberships,
                "timeline": timeline(listing, memberships),
                "partner_groups": partner_groups(Organisation.objects.with_agreements(agreements.order_by())),
                "register_url": listing.path,
            },
        )

    @path("sutartys/")
    @path("partneriai/")
    def folder(self, request):
        """A folder's own address leads to the register."""
        return HttpResponsePermanentRedirect(self.get_url(request))

    @path("partneriai/<slug:slug>/")
    def organisation(self, request, slug):
        """One organisation with everything it took part in."""
        organisation = Organisation.objects.taking_part(request).filter(slug=slug).first()
        if organisation is None:
            raise Http404("No such organisation")
        return self.show_organisation(request, organisation)

    def show_organisation(self, request, organisation):
        """The page of an organisation, also of one that is not saved as it is shown."""
        return self.render(
            request,
            template="partners/organisation.html",
            context_overrides={
                "organisation": organisation,
                "agreements": self.agreements(request).filter(parties__organisation=organisation).with_links(request),
                "projects": organisation.projects(request),
                "memberships": organisation.lag_memberships.all(),
                "register_url": self.get_url(request),
                "view_title": organisation.name,
            },
        )


class CooperationAgreementQuerySet(PageQuerySet):
    """The language of the register."""

    def in_register_order(self):
        """Newest first by the latest possible day, then the earliest, then the register's own order."""
        return self.order_by(*newest_first("date"), "register_order", "pk")

    def with_links(self, request):
        """
        With parties, and with the projects this reader may see as `visible_project_links`: a fixed number of queries.
        """
        return self.prefetch_related(
            models.Prefetch("parties", queryset=AgreementParty.objects.select_related("organisation")),
            models.Prefetch("project_links", queryset=project_links(request), to_attr="visible_project_links"),
        )

    def around(self, agreement):
        """The agreements just before and just after one in the register's order: a pair, None where there is none."""
        rows = [None, *self.in_register_order().only("title", "url_path"), None]
        place = next((place for place, row in enumerate(rows) if row and row.pk == agreement.pk), None)
        return (rows[place - 1], rows[place + 1]) if place else (None, None)


def project_links(request):
    """
    The links from projects to agreements whose project this reader may see, with the projects' pages.

    The model of the link belongs to `projects`, which stands above this app, so it is reached by its relation.
    """
    link = CooperationAgreementPage._meta.get_field("project_links").related_model
    return visible(link.objects.select_related("page"), request)


class CooperationAgreementPage(ContentPage):
    """An agreement with one or several organisations. The LAG itself is always a party and never a row."""

    page_description = "Sutartis ar susitarimas su vienu ar keliais partneriais."
    parent_page_types = ["partners.CooperationIndexPage"]
    subpage_types = []

    kind = models.CharField(
        "rūšis",
        max_length=30,
        choices=AgreementKind.choices,
        blank=True,
        db_index=True,
        help_text="Taip, kaip sutartį pavadino jos šalys.",
    )
    date = EDTFField("data", blank=True, earliest="date_earliest", latest="date_latest")
    date_as_stated = models.CharField(
        "data šaltinio žodžiais",
        max_length=200,
        blank=True,
        help_text="Pvz., „2012 m. sausio pabaiga“ – jei šaltinis datą įvardija neaiškiai.",
    )
    date_inferred = EDTFField(
        "numanoma data",
        blank=True,
        help_text="Tikslesnė data, kurią galima numanyti, bet kurios šaltinis neįvardija. Rodoma tik kaip pastaba.",
    )
    date_note = models.TextField(
        "pastaba dėl datos",
        blank=True,
        help_text="Kodėl data numanoma arba kuo šaltiniai nesutampa. Rodoma viešai.",
    )
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False, db_index=True)
    unnamed_party_count = models.PositiveSmallIntegerField(
        "neįvardytų partnerių skaičius",
        default=0,
        help_text="Kiek partnerių šaltinis mini, bet neįvardija. 0 – įvardyti visi.",
    )
    unnamed_party_countries = CountryField(
        "neįvardytų partnerių šalys",
        multiple=True,
        blank=True,
        help_text="Iš kokių šalių neįvardyti partneriai, jei žinoma.",
    )
    areas_of_work = models.TextField("veiklos sritys", blank=True, help_text="Po vieną eilutėje.")
    place_signed = models.CharField(
        "pasirašymo vieta",
        max_length=150,
        blank=True,
        help_text="Pvz., Kazlų Rūda.",
    )
    status = models.CharField(
        "būklė",
        max_length=10,
        choices=AgreementStatus.choices,
        default=AgreementStatus.UNKNOWN,
        help_text="„Nežinoma“, kol šaltinis nepasako kitaip.",
    )
    register_order = models.PositiveIntegerField(
        "eilė registre",
        default=0,
        help_text="Kuri pirmesnė, kai datos sutampa: mažesnis skaičius – aukščiau.",
    )
    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        max_length=500,
        help_text="Iš kur žinome apie sutartį.",
    )
    source_text = models.TextField("šaltinio tekstas", blank=True, help_text="Pažodžiui, kaip senojoje svetainėje.")
    editor_note = models.TextField("pastaba redaktoriams", blank=True, help_text="Viešai nerodoma.")

    objects = PageManager.from_queryset(CooperationAgreementQuerySet)()

    content_panels = [
        *ContentPage.content_panels[:1],
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("date_as_stated"),
                FieldPanel("date_inferred"),
                FieldPanel("date_note"),
            ],
            heading="Data",
        ),
        InlinePanel(
            "parties",
            heading="Partneriai",
            label="Partneris",
            help_text="Po eilutę kiekvienam. Savęs (VVG) nerašykite.",
        ),
        MultiFieldPanel(
            [FieldPanel("unnamed_party_count"), FieldPanel("unnamed_party_countries")],
            heading="Partneriai, kurių šaltinis neįvardija",
            classname="collapsed",
        ),
        *ContentPage.content_panels[1:],
        FieldPanel("areas_of_work"),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("place_signed"), FieldPanel("register_order")],
            heading="Būklė, vieta, eilė registre",
        ),
        InlinePanel(
            "amendments", heading="Pakeitimai", label="Pakeitimas", help_text="Kas pakeista vėliau: po eilutę."
        ),
        InlinePanel(
            "scans", heading="Sutarties dokumentai", label="Dokumentas", help_text="Kopijos be asmens duomenų."
        ),
        ContentPage.related_panel,
    ]
    source_panels = [FieldPanel("source_url"), FieldPanel("source_text"), FieldPanel("editor_note")]
    further_tabs = [("Šaltinis", source_panels)]
    search_fields = [
        *ContentPage.search_fields,
        index.FilterField("kind"),
        index.RelatedFields("parties", [index.RelatedFields("organisation", [index.SearchField("name")])]),
    ]

    class Meta:
        verbose_name = "bendradarbiavimo sutartis"
        verbose_name_plural = "bendradarbiavimo sutartys"

    def set_url_path(self, parent):
        """Agreements live at `<register>/sutartys/<slug>/` without a folder page between."""
        if parent:
            self.url_path = f"{parent.url_path}{AGREEMENTS_SEGMENT}/{self.slug}/"
        else:
            super().set_url_path(parent)
        return self.url_path

    def words(self):
        """Found by its text, its place and its source's words; by parties through their own names."""
        return [*super().words(), self.place_signed, self.areas_of_work, self.date_as_stated]

    def text_time(self, today):
        """What an agreement plans is done, or was not, three years after it was signed."""
        signed = last_day(self.date)
        return today, signed and signed + datetime.timedelta(days=3 * 365)

    def get_context(self, request, *args, **kwargs):
        """Add what the agreement is linked with, and its neighbours in the register, each by the gate."""
        context = super().get_context(request, *args, **kwargs)
        if self.pk:
            parties = AgreementParty.objects.select_related("organisation")
            models.prefetch_related_objects([self], models.Prefetch("parties", queryset=parties))
        newer, older = visible(CooperationAgreementPage.objects.all(), request).around(self)
        context.update(
            parties=self.parties.all(),
            amendments=self.amendments.all(),
            scans=[scan.document for scan in self.scans.select_related("document")],
            project_links=project_links(request).filter(agreement=self.pk),
            newer=newer,
            older=older,
            register_url=CooperationIndexPage.address(request),
        )
        return context

    @property
    def country_codes(self):
        """Countries of all parties besides the LAG itself, named or not: sorted ISO codes."""
        codes = {party.organisation.country.code for party in self.parties.all()}
        return sorted(codes | {country.code for country in self.unnamed_party_countries})

    @property
    def unnamed_country_names(self):
        """Countries of the unnamed parties, in Lithuanian order of their names."""
        return sorted((country.name for country in self.unnamed_party_countries), key=sort_key)

    @property
    def register_year(self):
        """The year it stands under in the register, None if undated: of the latest possible day, as the order is."""
        if self.date_latest is None:
            return None
        return (self.date_earliest if self.date_latest == datetime.date.max else self.date_latest).year

    @property
    def is_international(self):
        """Whether a party comes from abroad."""
        return any(code != HOME_COUNTRY for code in self.country_codes)


class AgreementParty(Orderable):
    """One organisation's part in an agreement."""

    page = ParentalKey(CooperationAgreementPage, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organizacija",
        on_delete=models.PROTECT,
        related_name="agreement_parties",
        help_text="Savęs (VVG) nerašykite: mes – kiekvienos sutarties šalis. Naują organizaciją pridėsite čia pat.",
    )
    role = models.CharField(
        "vaidmuo",
        max_length=10,
        choices=PartyRole.choices,
        default=PartyRole.PARTNER,
        help_text="„Pagrindinis partneris“ – kas vadovauja.",
    )

    panels = [FieldPanel("organisation", required_on_save=False), FieldPanel("role")]
    visible_through = "page"

    class Meta(Orderable.Meta):
        verbose_name = "sutarties šalis"
        verbose_name_plural = "sutarties šalys"
        constraints = [models.UniqueConstraint(fields=["page", "organisation"], name="agreement_party_once")]

    def __str__(self):
        return str(self.organisation)


class AgreementAmendment(Orderable):
    """A later change of an agreement."""

    page = ParentalKey(CooperationAgreementPage, on_delete=models.CASCADE, related_name="amendments")
    date = EDTFField("data", blank=True)
    text = models.TextField(
        "kas pakeista",
        help_text="Pvz., „Pratęsta iki 2023 m.“",
    )

    panels = [FieldPanel("date"), FieldPanel("text")]
    visible_through = "page"

    class Meta(Orderable.Meta):
        verbose_name = "sutarties pakeitimas"
        verbose_name_plural = "sutarties pakeitimai"


class AgreementScan(Orderable):
    """A file of the agreement itself."""

    page = ParentalKey(CooperationAgreementPage, on_delete=models.CASCADE, related_name="scans")
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name="dokumentas",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Pasirašytos sutarties kopija be asmens duomenų.",
    )

    panels = [FieldPanel("document", required_on_save=False)]
    visible_through = "page"

    class Meta(Orderable.Meta):
        verbose_name = "sutarties dokumentas"
        verbose_name_plural = "sutarties dokumentai"
