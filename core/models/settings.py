"""Who the LAG is: everything a takeover by another LAG changes in one form."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock, URLBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin


class LinkBlock(StructBlock):
    """A named link out of the site."""

    label = CharBlock(label="Pavadinimas", max_length=80)
    url = URLBlock(label="Adresas")

    class Meta:
        icon = "link"
        label = "Nuoroda"


@register_setting(icon="site", order=1)
class SiteSettings(PreviewableMixin, RevisionMixin, BaseSiteSetting):
    """The LAG's identity, contacts, emblems and links: the footer, the contact page and structured data show them."""

    name = models.CharField(
        "pavadinimas",
        max_length=150,
        default="Vietos veiklos grupė",
        help_text="Visas pavadinimas, pvz., Alytaus rajono vietos veiklos grupė.",
    )
    short_name = models.CharField(
        "trumpas pavadinimas",
        max_length=60,
        default="VVG",
        help_text="Rodomas svetainės viršuje ir laiškuose.",
    )
    name_genitive = models.CharField(
        "trumpas pavadinimas kilmininku",
        max_length=60,
        blank=True,
        help_text="Ko? Pvz., Alytaus rajono VVG.",
    )
    legal_form = models.CharField("teisinė forma", max_length=80, blank=True, help_text="Pvz., Asociacija.")
    legal_code = models.CharField(
        "juridinio asmens kodas",
        max_length=20,
        blank=True,
        help_text="Pvz., 301234567. Rodomas poraštėje.",
    )
    registry_note = models.CharField(
        "registras", max_length=200, blank=True, help_text="Kur kaupiami duomenys apie juridinį asmenį."
    )
    territory = models.CharField(
        "teritorija",
        max_length=255,
        blank=True,
        help_text="Pvz., Alytaus rajono savivaldybė be Alytaus miesto.",
    )
    founded_on = models.DateField("steigimo diena", null=True, blank=True, help_text="Kada nutarta steigti.")
    registered_on = models.DateField("įregistravimo diena", null=True, blank=True, help_text="Kada įregistruota.")

    street_address = models.CharField("adresas", max_length=200, blank=True, help_text="Gatvė ir namas.")
    locality = models.CharField(
        "vietovė",
        max_length=100,
        blank=True,
        help_text="Pvz., Alytus.",
    )
    postal_code = models.CharField(
        "pašto kodas",
        max_length=12,
        blank=True,
        help_text="Pvz., LT-62133.",
    )
    email = models.EmailField("el. paštas", blank=True, help_text="Čia ateina ir laiškai iš kontaktų formos.")
    phone = models.CharField(
        "telefonas",
        max_length=40,
        blank=True,
        help_text="Pvz., +370 315 00000.",
    )
    working_hours = models.TextField(
        "darbo laikas",
        blank=True,
        help_text="Po eilutę, pvz., „I–IV 8–17 val.“",
    )

    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name="ženklas",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Svetainės viršuje ir dalijantis nuorodomis. Kvadratinis, bent 512 × 512 taškų.",
    )
    funding_statement = models.CharField(
        "rėmimo sakinys",
        max_length=255,
        blank=True,
        default="Bendrai finansuoja Europos Sąjunga",
        help_text="Rodomas prie ES emblemos kiekvieno puslapio apačioje.",
    )
    show_eu_emblem = models.BooleanField(
        "rodyti ES emblemą",
        default=True,
        help_text="Poraštėje, kartu su rėmimo sakiniu. ES lėšomis išlaikoma svetainė privalo ją rodyti.",
    )
    links = StreamField(
        [("link", LinkBlock())],
        blank=True,
        verbose_name="nuorodos",
        help_text="Socialiniai tinklai, išorės sistemos.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("short_name"),
                FieldPanel("name_genitive"),
                FieldPanel("legal_form"),
                FieldPanel("legal_code"),
                FieldPanel("registry_note"),
                FieldPanel("territory"),
                FieldPanel("founded_on"),
                FieldPanel("registered_on"),
            ],
            heading="Kas mes",
        ),
        MultiFieldPanel(
            [
                FieldPanel("street_address"),
                FieldPanel("locality"),
                FieldPanel("postal_code"),
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("working_hours"),
            ],
            heading="Kaip mus rasti",
        ),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("show_eu_emblem"),
                FieldPanel("funding_statement"),
                FieldPanel("links"),
            ],
            heading="Ženklai ir nuorodos",
        ),
    ]

    class Meta:
        verbose_name = "Svetainės duomenys"
        verbose_name_plural = "Svetainės duomenys"

    def __str__(self):
        return self.name

    def serve_preview(self, request, mode_name):
        """The site's first page as it would say who the LAG is: head and foot are the same on all pages."""
        setattr(request, self.get_cache_attr_name(), self)
        home = self.site.root_page.specific
        return home.serve_preview(request, home.default_preview_mode)

    @classmethod
    def of_the_site(cls):
        """Who the LAG is, where there is no request to ask by: letters, passwords. Nothing is written for it."""
        return cls.objects.first() or cls()
