"""The abstract pages that all page types are made from, and the links between pages."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from core.blocks import PLAIN_FEATURES, BodyBlock
from core.content_checks import refuse_what_is_not_ready
from core.drafts import unfinished_rows_set_aside
from core.models.audience import Audience
from core.page_form import PageForm
from core.pagination import page_of
from core.visibility import TRASH_PATH, visible
from lithuanian.folding import fold

# --- Deleting ---------------------------------------------------------------------------------------------------------

_for_good = ContextVar("for_good", default=False)
_delete_for_good, _delete_many_for_good = Page.delete, PageQuerySet.delete


@contextmanager
def for_good():
    """Within it `delete()` of pages deletes them, past the trash. One page of ours has `purge()` for it."""
    token = _for_good.set(True)
    try:
        yield
    finally:
        _for_good.reset(token)


def _delete(page, *args, **kwargs):
    """Put it into the trash, with all below it. What Django's `delete()` returns."""
    if _for_good.get():
        return _delete_for_good(page, *args, **kwargs)
    from core import trash_pages  # it knows the models

    trash_pages.put_page_away(page)
    return 1, {page._meta.label: 1}


def _delete_many(pages, *args, **kwargs):
    """Put them into the trash, all or none. What Django's `delete()` returns; a page below another is not counted."""
    if _for_good.get():
        return _delete_many_for_good(pages, *args, **kwargs)
    from core import trash_pages

    gone = len(trash_pages.put_pages_away(list(pages.order_by("path"))))
    return gone, {pages.model._meta.label: gone}


# In the classes that every page and every list of pages comes from: also where somebody holds a bare `Page`, and in
# Wagtail's own code.
_delete.alters_data = _delete_many.alters_data = _delete_many.queryset_only = True
Page.delete, PageQuerySet.delete = _delete, _delete_many


# --- What pages share -------------------------------------------------------------------------------------------------


class RelatedPage(Orderable):
    """
    An editor's link from one page to another: a news item to its project, an event to the news about it.

    It is typed on one of the two pages and shown on both.
    """

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_page_links")
    target = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="puslapis",
        on_delete=models.CASCADE,
        related_name="referring_page_links",
        help_text="Pvz., projektas, apie kurį ši naujiena.",
    )

    panels = [PageChooserPanel("target", required_on_save=False)]

    class Meta(Orderable.Meta):
        verbose_name = "susijęs puslapis"
        verbose_name_plural = "susiję puslapiai"
        constraints = [models.UniqueConstraint(fields=["page", "target"], name="related_page_once")]


def site_pages(request):
    """The home page and the pages right below it that the reader may see, in the tree's order: a list, read once."""
    if not hasattr(request, "_site_pages"):
        site = Site.find_for_request(request)
        request._site_pages = []
        if site is not None:
            below = Page.objects.descendant_of(site.root_page, inclusive=True).filter(
                depth__lte=site.root_page.depth + 1
            )
            request._site_pages = list(visible(below, request).order_by("path"))
    return request._site_pages


class BasePage(Page):
    """
    What every page has: a one-sentence summary, a cover, an audience, a date by which somebody looks at it again.

    `folded` is the text that listing filters compare (see `NamedRow`), derived at every save.
    """

    summary = models.TextField(
        "santrauka",
        max_length=300,
        blank=True,
        help_text="Vienas sakinys: apie ką šis puslapis. Rodomas sąrašuose, paieškoje ir dalijantis nuoroda. "
        "Pvz., „Paraiškas smulkiam verslui pradėti priimame iki gruodžio 15 d.“",
    )
    cover = models.ForeignKey(
        "core.CustomImage",
        verbose_name="viršelis",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Jei nepasirinksite, svetainė nupieš piliakalnių siluetą pagal pavadinimą.",
    )
    cover_alt = models.CharField(
        "viršelio aprašymas",
        max_length=200,
        blank=True,
        help_text="Kas matyti nuotraukoje – tam, kas jos nemato. Pvz., „Moterys pina šiaudinius sodus“. Tuščia: imamas "
        "paveikslėlio aprašymas.",
    )
    cover_decorative = models.BooleanField(
        "viršelis tik puošia arba jo nebus",
        default=False,
        help_text="Pažymėkite, jei nuotrauka nieko nepasako arba jos sąmoningai nededate: aprašymo nereikės.",
    )
    audience = models.CharField(
        "kam skirta",
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        db_index=True,
        help_text="„Tik nariams“ – mato tik prisijungę narių atstovai ir darbuotojai.",
    )
    review_on = models.DateField(
        "peržiūrėti iki",
        null=True,
        blank=True,
        help_text="Kada verta patikrinti, ar tekstas dar teisingas. Tą dieną puslapis atsiras darbalaukio sąraše.",
    )
    folded = models.TextField(editable=False, blank=True, default="")

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    cover_panel = MultiFieldPanel(
        [FieldPanel("cover"), FieldPanel("cover_alt"), FieldPanel("cover_decorative")], heading="Viršelis"
    )
    related_panel = InlinePanel(
        "related_page_links",
        heading="Susiję puslapiai",
        label="Puslapis",
        help_text="Pvz., naujienos projektas. Užtenka nurodyti viename iš dviejų puslapių: nuoroda bus abiejuose.",
    )
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text="Paskutinė adreso dalis; susidaro iš pavadinimo. Paskelbus verčiau nekeisti: žmonės jau "
                    "gali turėti nuorodą.",
                ),
                FieldPanel("show_in_menus"),
            ],
            heading="Adresas ir meniu",
        ),
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description")],
            heading="Kitoks pavadinimas ir aprašymas paieškos sistemoms",
            help_text="Nebūtina: tuščia – imamas puslapio pavadinimas ir santrauka.",
            classname="collapsed",
        ),
    ]
    settings_panels = [FieldPanel("audience"), FieldPanel("review_on"), *Page.settings_panels]
    # Tabs of the editor between the content and the address: pairs of name and panels.
    further_tabs = ()

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("audience")]

    base_form_class = PageForm

    # Relations to rows that the page itself names: read together with it where it is served.
    named_rows = ()
    # Addresses below this page that are its own views and so cannot be a child's.
    reserved_slugs = frozenset()
    # What a reader can subscribe to here: (address below this page, MIME type, title).
    feeds = ()
    # The registers that this page exports as `<name>.json` and `<name>.csv` below its address.
    exports = ()

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls):
        """The editor of a page type: the same tabs by the same names everywhere."""
        tabs = [
            ("Turinys", cls.content_panels),
            *cls.further_tabs,
            ("Adresas ir paieška", cls.promote_panels),
            ("Nustatymai", cls.settings_panels),
        ]
        panels = [ObjectList(panels, heading=name) for name, panels in tabs]
        return TabbedInterface(panels, base_form_class=cls.base_form_class).bind_to_model(cls)

    def words(self):
        """Every text by which a listing's filter may find this page: an iterable of strings."""
        return [self.title, self.summary]

    def _set_core_field_defaults(self):
        super()._set_core_field_defaults()
        if not self.slug and self.path:  # a title of which no address can be made, such as „!!!“
            self.slug = self._get_autogenerated_slug("puslapis")

    def clean(self):
        """Refuse an address that belongs to a view of the parent (a month, a feed)."""
        super().clean()
        parent = self.get_parent() if self.path else None
        if parent and self.slug in getattr(parent.specific_class, "reserved_slugs", ()):
            raise ValidationError({"slug": "Šis adresas reikalingas pačiai svetainei. Pakeiskite adreso dalį."})

    def save(self, *args, **kwargs):
        """Derive the text that filters compare, then save; a draft's unfinished rows wait in its revision."""
        self.folded = fold(" ".join(filter(None, self.words())))
        if self.live:
            super().save(*args, **kwargs)
        else:
            with unfinished_rows_set_aside(self):
                super().save(*args, **kwargs)

    def publish(self, revision, **kwargs):
        """
        Publish a revision, unless it lacks what publishing waits for: then `NotReady` (`core.content_checks`).

        The ways that pass by the editor's form come here: approval, many pages at once, a command. What was scheduled
        has been checked when it was, and comes out on time.
        """
        if not revision.approved_go_live_at:
            refuse_what_is_not_ready(revision.as_object())
        return super().publish(revision, **kwargs)

    def publish_as_it_was(self, revision, **kwargs):
        """
        Publish a revision of a text that was public before it came to this site, whatever it lacks.

        The one way past the checks, for the move-in (`wordpress_import`): who could read it yesterday reads it today,
        and what it lacks is told to the editors.
        """
        return super().publish(revision, **kwargs)

    def text_time(self, today):
        """
        What the page's text is measured against when it speaks of what lies ahead: (a day, the last day it is about).

        Usually today, and no day.
        """
        return today, None

    def purge(self):
        """Delete it for good, with all below it. What Django's `delete()` returns."""
        with for_good():
            return self.delete()

    def get_lock(self):
        """What is in the trash is edited by nobody; else as Wagtail does."""
        from core import trash_pages

        return trash_pages.TrashLock(self) if self.url_path.startswith(TRASH_PATH) else super().get_lock()

    def route(self, request, path_components):
        """Go on at a child that `child_at` finds; else as Wagtail does."""
        if path_components and (child := self.child_at(request, path_components[0])):
            child._cached_parent_obj = self  # as Wagtail does: get_parent() asks nothing
            return child.route(request, path_components[1:])
        return super().route(request, path_components)

    def child_at(self, request, slug):
        """The child at `slug` by one query instead of Wagtail's two, where only one type can stand below; else None."""
        types = self.allowed_subpage_models()
        if len(types) != 1:
            return None
        children = types[0].objects.child_of(self).filter(slug=slug)
        # Without names select_related() would follow every relation.
        return (children.select_related(*types[0].named_rows) if types[0].named_rows else children).first()

    def get_view_restrictions(self):
        """The restrictions on this page and above: Wagtail's answer, by one query instead of its two or more."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        # A section that is an alias is restricted as the section it is an alias of.
        here = models.Q(page__path__in=above) | models.Q(page__aliases__path__in=above)
        return PageViewRestriction.objects.filter(here).distinct()

    def serve_password_required_response(self, request, form, action_url):
        """Ask for the password with 403: caches and crawlers are not told that the closed page is all right."""
        response = super().serve_password_required_response(request, form, action_url)
        response.status_code = 403
        return response

    def breadcrumbs(self, request):
        """The pages above this one that the reader may see, from the home page down: a list."""
        shown = [page for page in site_pages(request) if self.path.startswith(page.path) and page.path != self.path]
        if shown and self.depth > shown[0].depth + 2:
            shown += visible(self.get_ancestors().filter(depth__gt=shown[0].depth + 1), request)
        return shown

    def related_pages(self, request):
        """The pages linked with this one by an editor, in either direction, that this reader may see: a list."""
        linked = models.Q(related_page_links__target=self.pk) if self.pk else models.Q()
        if getattr(request, "is_preview", False):
            # What was typed in the form is not in the database yet.
            linked |= models.Q(pk__in=[link.target_id for link in self.related_page_links.all()])
        else:
            linked |= models.Q(referring_page_links__page=self.pk)
        return list(visible(Page.objects.filter(linked).distinct().order_by("title"), request).specific())

    def get_context(self, request, *args, **kwargs):
        """Add the way down to this page."""
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        return context

    def structured_data(self, request):
        """What schema.org should know of this page beyond title and address: a dict, a list of dicts, or None."""
        return


class ContentPage(BasePage):
    """A page with a body of blocks."""

    body = StreamField(
        BodyBlock(),
        verbose_name="turinys",
        blank=True,
        help_text="Spauskite „+“ ir rinkitės: tekstas, antraštė, paveikslėlis… Dalis sukeisite tempdami.",
    )

    content_panels = [*BasePage.content_panels, BasePage.cover_panel, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        """Add the pages that an editor linked with this one."""
        context = super().get_context(request, *args, **kwargs)
        context["related_pages"] = self.related_pages(request)
        return context


class ViewsMixin(RoutablePageMixin):
    """Views below a page's address. One may be a file (`renginiai.json`), whose address ends without a slash."""

    def resolve_subpage(self, path):
        """Find the view for `path`; Wagtail always hands it over with a slash at the end."""
        return super().resolve_subpage(path.rstrip("/") if "." in path else path)


class BaseIndexPage(ViewsMixin, BasePage):
    """A page that lists others: an introduction, filters, pages of results."""

    intro = RichTextField(
        "įžanga",
        blank=True,
        features=PLAIN_FEATURES,
        help_text="Vienas ar du sakiniai virš sąrašo: kas čia ir kam tai naudinga.",
    )
    per_page = 20

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        abstract = True

    @re_path(r"^(?P<name>[a-z]+)\.(?P<form>json|csv)$")
    def export(self, request, name, form):
        """One of the registers in `exports`, as JSON or CSV."""
        dataset = next((dataset for dataset in self.exports if dataset.name == name), None)
        if dataset is None:
            raise Http404("No such register")
        return getattr(dataset, form)(request)

    def paginate(self, request, rows):
        """One page of `rows` (a queryset or list) for `?page=`; 404 for a page that is not there."""
        return page_of(rows, request, self.per_page)
