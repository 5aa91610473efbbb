"""Reports: what is worth looking after when there is time. Each as a table with filters, and as a file."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn, UserColumn
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.permissions import permission_policy as redirect_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, ReferenceIndex, get_page_content_types
from wagtail.permissions import page_permission_policy

from core.content_checks import check_names
from core.models import CustomImage
from core.reports import Report as BaseReport
from desk.findings import findings_for
from desk.guide import how_to
from desk.links.external import external_uses
from desk.links.internal import broken_links
from desk.models import FAILURES_TO_DIE, LinkUse, PageFinding
from desk.pages import edit_url, editable, page_type
from desk.reviews import to_review
from lithuanian.dates import format_date


class DayColumn(Column):
    """A day, as it stands in the calendar."""

    def get_value(self, instance):
        """„2026 m. lapkričio 22 d.“; "" for none."""
        day = super().get_value(instance)
        return format_date(day) if day else ""


class Report(BaseReport):
    """
    A report of the desk: for who writes pages, unless it says otherwise.

    `guide` is the heading below which the editors' guide says what to do about it.
    """

    space = "desk"
    template_name = "desk/report.html"
    guide = "Ataskaitos"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]

    @property
    def how_to_url(self):
        """Where the guide says what to do."""
        return how_to(self.guide)


class ReviewFilterSet(WagtailFilterSet):
    """By page type."""

    content_type = ContentTypeFilter(
        label="Rūšis", queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["content_type"]


class ReviewReport(Report):
    """Pages whose day of review has come."""

    name = "perziureti"
    guide = "Peržiūrėtini puslapiai"
    page_title = "Peržiūrėtini puslapiai"
    header_icon = "time"
    nothing = "Nėra puslapių, kuriuos jau metas peržiūrėti."
    filterset_class = ReviewFilterSet
    columns = [
        TitleColumn("title", label="Puslapis", get_url=lambda page: edit_url(page.pk)),
        DayColumn("review_on", label="Peržiūrėti iki"),
        DateColumn("last_published_at", label="Skelbta"),
        UserColumn("owner", label="Kas sukūrė"),
    ]
    list_export = ["title", "review_on", "last_published_at", "owner"]
    export_headings = {
        "title": "Puslapis",
        "review_on": "Peržiūrėti iki",
        "last_published_at": "Skelbta",
        "owner": "Kas sukūrė",
    }

    def get_queryset(self):
        """Of those that this user may edit."""
        return to_review(editable(self.request.user)).select_related("owner__wagtail_userprofile")


class BrokenLinksReport(Report):
    """Links within the site that lead nowhere."""

    name = "vidines-nuorodos"
    guide = "Neveikiančios nuorodos"
    page_title = "Neveikiančios vidinės nuorodos"
    header_icon = "link"
    nothing = "Visos svetainės vidinės nuorodos veikia."
    columns = [
        TitleColumn("page", label="Puslapis", accessor="page.title", get_url=lambda link: link.url),
        Column("target", label="Nuoroda į"),
        Column("problem", label="Kas negerai"),
    ]
    list_export = ["page.title", "target", "problem"]
    export_headings = {"page.title": "Puslapis", "target": "Nuoroda į", "problem": "Kas negerai"}

    def get_queryset(self):
        """Computed at once: a list."""
        return broken_links(self.request.user)


class DeadLinksFilterSet(WagtailFilterSet):
    """How it stands."""

    state = django_filters.ChoiceFilter(
        label="Būklė",
        choices=[("dead", "Neveikia"), ("failing", "Neatsakė paskutinį kartą"), ("alive", "Veikia")],
        method="by_state",
        empty_label="Visos",
    )

    class Meta:
        model = LinkUse
        fields = ["state"]

    def by_state(self, queryset, name, value):
        """The links that stand so."""
        return queryset.filter(STATES[value])


STATES = {
    "dead": Q(link__failures__gte=FAILURES_TO_DIE),
    "failing": Q(link__failures__gt=0),
    "alive": Q(link__failures=0, link__checked_on__isnull=False),
}


class DeadLinksReport(Report):
    """Links to other sites, as the nightly check has found them: where they stand, since when they fail."""

    name = "isorines-nuorodos"
    guide = "Neveikiančios nuorodos"
    page_title = "Išorinės nuorodos"
    header_icon = "link-external"
    nothing = "Nuorodų į kitas svetaines nėra arba jos dar nesurinktos: tai daroma naktį."
    filterset_class = DeadLinksFilterSet
    columns = [
        TitleColumn("source", label="Kur", get_url=lambda use: use.edit_url),
        Column("link", label="Nuoroda"),
        Column("status", label="Atsakymas", accessor="link.status"),
        DayColumn("first_failed_on", label="Neveikia nuo", accessor="link.first_failed_on"),
        DayColumn("checked_on", label="Tikrinta", accessor="link.checked_on"),
    ]
    list_export = ["source", "link.url", "link.status", "link.failures", "link.first_failed_on", "link.checked_on"]
    export_headings = {
        "source": "Kur",
        "link.url": "Nuoroda",
        "link.status": "Atsakymas",
        "link.failures": "Dienų be atsakymo",
        "link.first_failed_on": "Neveikia nuo",
        "link.checked_on": "Tikrinta",
    }

    def get_queryset(self):
        """Those on pages and in registers that this user may edit; what fails longest first."""
        return external_uses(self.request.user).order_by(
            "-link__failures", F("link__first_failed_on").asc(nulls_last=True), "link__url", "pk"
        )

    def decorate_paginated_queryset(self, uses):
        """With where each is mended."""
        finder = AdminURLFinder(self.request.user)
        for use in uses:
            use.edit_url = finder.get_edit_url(use.source)
        return uses


class FindingFilterSet(WagtailFilterSet):
    """By check and by page type."""

    code = django_filters.ChoiceFilter(
        label="Patikra", choices=lambda: list(check_names().items()), empty_label="Visos"
    )
    content_type = ContentTypeFilter(
        label="Rūšis",
        field_name="page__content_type",
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = PageFinding
        fields = ["code", "content_type"]


class FindingsReport(Report):
    """What the content checks found on published pages."""

    name = "turinys"
    guide = "Juodraštis, peržiūra, paskelbimas"
    page_title = "Turinio patikra"
    header_icon = "glasses"
    nothing = "Publikuotuose puslapiuose pastabų nėra."
    filterset_class = FindingFilterSet
    columns = [
        TitleColumn("page", label="Puslapis", accessor="page.title", get_url=lambda row: edit_url(row.page_id)),
        Column("check", label="Patikra"),
        Column("message", label="Kas rasta"),
    ]
    list_export = ["page.title", "check", "message"]
    export_headings = {"page.title": "Puslapis", "check": "Patikra", "message": "Kas rasta"}

    def get_queryset(self):
        """Of those pages that this user may edit."""
        return findings_for(self.request.user)

    def decorate_paginated_queryset(self, rows):
        """With the names of the checks."""
        names = check_names()
        for row in rows:
            row.check = names.get(row.code, row.code)
        return rows


class UndescribedImagesReport(Report):
    """Pictures in use that have no description of their own, with where they are used."""

    name = "paveiksleliai"
    guide = "Paveikslėliai ir dokumentai"
    page_title = "Paveikslėliai be aprašymo"
    header_icon = "image"
    nothing = "Visi naudojami paveikslėliai turi aprašymus."
    permission_policy = image_policy
    any_permission_required = ["change"]
    columns = [
        TitleColumn(
            "title", label="Paveikslėlis", get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk])
        ),
        Column("places", label="Kur naudojamas"),
        DateColumn("created_at", label="Įkeltas"),
    ]
    list_export = ["title", "places", "created_at"]
    export_headings = {"title": "Paveikslėlis", "places": "Kur naudojamas", "created_at": "Įkeltas"}

    def get_queryset(self):
        """Of those that this user may edit."""
        return undescribed_images(self.request.user)

    def decorate_paginated_queryset(self, images):
        """With the titles of the pages that show them."""
        uses = _references_to(CustomImage).filter(to_object_id__in=[str(image.pk) for image in images])
        pairs = set(uses.values_list("to_object_id", "object_id"))
        titles = dict(Page.objects.filter(pk__in={page for _, page in pairs}).values_list("pk", "draft_title"))
        for image in images:
            own = sorted(titles[int(page)] for key, page in pairs if key == str(image.pk) and int(page) in titles)
            image.places = ", ".join(f"„{title}“" for title in own)
        return images


def undescribed_images(user):
    """Pictures that pages use and that say nothing of what they show."""
    used = _references_to(CustomImage).filter(to_object_id=Cast(OuterRef("pk"), CharField()))
    mine = image_policy.instances_user_has_permission_for(user, "change").filter(description="")
    return mine.filter(Exists(used)).order_by("-created_at", "-pk")


def _references_to(model):
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return ReferenceIndex.objects.filter(to_content_type=kind, base_content_type=page_type())


class RedirectFilterSet(WagtailFilterSet):
    """Used or not."""

    used = django_filters.ChoiceFilter(
        label="Naudojimas",
        choices=[("yes", "Naudojami"), ("no", "Niekas nesinaudojo")],
        method="by_use",
        empty_label="Visi",
    )

    class Meta:
        model = Redirect
        fields = ["used"]

    def by_use(self, queryset, name, value):
        """Whether anybody has come by it."""
        return queryset.filter(hits__isnull=value == "no")


class RedirectsReport(Report):
    """Which redirects still lead somebody on, and which nobody needs."""

    name = "peradresavimai"
    page_title = "Peradresavimų naudojimas"
    header_icon = "redirect"
    nothing = "Peradresavimų nėra."
    permission_policy = redirect_policy
    any_permission_required = ["add", "change", "delete"]
    filterset_class = RedirectFilterSet
    columns = [
        TitleColumn("old_path", label="Iš", get_url=lambda row: reverse("wagtailredirects:edit", args=[row.pk])),
        Column("target", label="Į"),
        NumberColumn("hits", label="Kartų"),
        DayColumn("last_used", label="Paskutinį kartą"),
    ]
    list_export = ["old_path", "target", "hits", "last_used"]
    export_headings = {"old_path": "Iš", "target": "Į", "hits": "Kartų", "last_used": "Paskutinį kartą"}

    def get_queryset(self):
        """The most used first."""
        rows = Redirect.objects.annotate(hits=Sum("desk_uses__hits"), last_used=Max("desk_uses__day"))
        return rows.select_related("redirect_page").order_by(F("hits").desc(nulls_last=True), "old_path", "pk")

    def decorate_paginated_queryset(self, rows):
        """With where each leads."""
        for row in rows:
            row.target = row.redirect_page.title if row.redirect_page else row.redirect_link
            row.hits = row.hits or 0
        return rows


REPORTS = [
    FindingsReport,
    ReviewReport,
    BrokenLinksReport,
    DeadLinksReport,
    UndescribedImagesReport,
    RedirectsReport,
]
