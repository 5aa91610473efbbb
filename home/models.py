"""The home page and the pages of plain text: what looks across all the others."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from core.blocks import PLAIN_FEATURES
from core.models import BasePage, ContentPage, Trashable, site_pages
from core.visibility import visible
from events.models import EventDate, EventIndexPage
from home import contact
from home.figures import figures
from news.models import NewsIndexPage, NewsPage
from partners.models import CooperationAgreementPage, CooperationIndexPage, Organisation


class HomePage(BasePage):
    """The front door: what is on next, what is new, who we are in figures, with whom we work."""

    page_description = "Svetainės pradžia."
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "home.ContactPage",
        "home.OpenDataPage",
        "news.NewsIndexPage",
        "events.EventIndexPage",
        "partners.CooperationIndexPage",
        "projects.ProjectIndexPage",
        "members.MemberListPage",
    ]

    eyebrow = models.CharField("viršutinė eilutė", max_length=80, blank=True, help_text="Trumpai virš antraštės.")
    heading = models.CharField(
        "antraštė", max_length=120, blank=True, help_text="Didžioji antraštė; tuščia – pavadinimas."
    )
    lead = models.TextField(
        "įvadas",
        max_length=400,
        blank=True,
        help_text="Du trys sakiniai po didžiąja antrašte: kas esame ir ką čia rasite.",
    )
    about = RichTextField(
        "kas mes",
        blank=True,
        features=PLAIN_FEATURES,
        help_text="Trumpa pastraipa apie VVG pradžios puslapio apačioje, su nuoroda į „Apie VVG“.",
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("eyebrow"), FieldPanel("heading"), FieldPanel("lead")], heading="Pirmasis ekranas"),
        FieldPanel("about"),
    ]

    class Meta:
        verbose_name = "pradžios puslapis"
        verbose_name_plural = "pradžios puslapiai"

    def child_at(self, request, slug):
        """The page right below among those that the menu needs anyway: one query less for every page of the site."""
        below = (page for page in site_pages(request) if page.depth == self.depth + 1)
        page = next((page for page in below if page.slug == slug), None)
        return page.specific if page else None

    def get_context(self, request, *args, **kwargs):
        """Add what is on, what is new, the figures, the partners."""
        context = super().get_context(request, *args, **kwargs)
        agreements = visible(CooperationAgreementPage.objects.all(), request).order_by()
        partners = list(Organisation.objects.with_agreements(agreements).order_by("sort_key"))
        indexes = {page.specific_class: page for page in site_pages(request)}
        context.update(
            next_dates=visible(EventDate.objects.all(), request).for_lists().upcoming(timezone.now())[:3],
            latest_news=visible(NewsPage.objects.all(), request).newest_first().for_cards()[:3],
            figures=figures(agreements, partners, request),
            partners=partners,
            events_index=indexes.get(EventIndexPage),
            news_index=indexes.get(NewsIndexPage),
            register=indexes.get(CooperationIndexPage),
        )
        return context


class StandardPage(ContentPage):
    """A page of plain text: about us, the strategy, privacy."""

    page_description = "Paprastas teksto puslapis: apie mus, strategija, privatumas."
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    source_url = models.URLField(
        "šaltinio adresas",
        blank=True,
        max_length=500,
        help_text="Pvz., buvusios svetainės puslapis, iš kurio perkeltas tekstas.",
    )

    content_panels = [
        *ContentPage.content_panels,
        ContentPage.related_panel,
        FieldPanel("source_url", heading="Jei tekstas perkeltas iš kitur: šaltinio adresas", classname="collapsed"),
    ]

    class Meta:
        verbose_name = "teksto puslapis"
        verbose_name_plural = "teksto puslapiai"


class OpenDataPage(ContentPage):
    """The dictionary of the open data: every dataset, its addresses, what each field means."""

    page_description = "Atvirų duomenų rinkiniai ir jų laukų reikšmės."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = "atvirų duomenų puslapis"
        verbose_name_plural = "atvirų duomenų puslapiai"

    def get_context(self, request, *args, **kwargs):
        """Add the datasets, each with the page that serves it, which knows its address."""
        context = super().get_context(request, *args, **kwargs)
        context["exports"] = [
            {"dataset": dataset, "page": page, "address": page.get_url(request) + dataset.name}
            for page in site_pages(request)
            for dataset in getattr(page.specific_class, "exports", ())
        ]
        return context


class ContactPage(ContentPage):
    """How to reach us, with a form."""

    page_description = "Kontaktai ir laiško forma."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    thanks = models.CharField(
        "padėka", max_length=200, default="Ačiū! Jūsų laišką gavome.", help_text="Rodoma išsiuntus formą."
    )

    content_panels = [*ContentPage.content_panels, FieldPanel("thanks")]

    class Meta:
        verbose_name = "kontaktų puslapis"
        verbose_name_plural = "kontaktų puslapiai"

    def get_context(self, request, *args, **kwargs):
        """Add an empty form, for the preview too."""
        return super().get_context(request, *args, **kwargs) | {"form": contact.ContactForm()}

    def serve(self, request, *args, **kwargs):
        """Show the form; take a letter."""
        return contact.serve(self, request)


class ContactMessage(Trashable):
    """A letter from the contact form: kept here first, then sent on, so that none is lost when the post fails."""

    name = models.CharField("vardas", max_length=100)
    email = models.EmailField("el. paštas")
    text = models.TextField("laiškas", max_length=5000)
    received_at = models.DateTimeField("gautas", auto_now_add=True)
    sent_at = models.DateTimeField("persiųstas el. paštu", null=True, editable=False)
    # When somebody of the staff has opened it here.
    read_at = models.DateTimeField("perskaitytas", null=True, editable=False)
    # The same form sent twice is one letter.
    token = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = "laiškas iš svetainės"
        verbose_name_plural = "laiškai iš svetainės"
        ordering = ["-received_at"]

    def __str__(self):
        return f"{self.name}, {timezone.localtime(self.received_at):%Y-%m-%d %H:%M}"


class LoadedContent(models.Model):
    """Something that `load_content` has loaded and will never load again (see `home.content_loading`)."""

    key = models.CharField(max_length=300, unique=True)
    object_pk = models.PositiveBigIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.key
