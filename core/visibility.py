"""
The gate: the only place that says what a reader may see.

Every output goes through `visible()`: pages, lists, counts, related items, previous/next, feeds, calendars, exports,
the sitemap, structured data. `.live()` and `.public()` stand nowhere else (tests/test_house_rules.py). What the gate
holds back from a reader:

* what is in the trash (`core.trash`): pages below `TRASH_PATH`, whatever else they say; rows do not show by themselves;
* drafts, and pages whose time is over (`expire_at`), the minute it is over, whether or not the scheduler has run;
* pages for members (`BasePage.audience`), unless the reader may read members' content;
* pages at or below a Wagtail view restriction (login, group, password) that the reader does not meet;
* rows that belong to a page (`visible_through`) when that page is held back;
* rows whose own model holds them back (`withheld_from`).

Documents have a rule more: one that pages use is as closed as those pages are (`may_download`, and `visible()` alike).
"""

from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex

# Where pages in the trash are kept: beside the home page, outside the site.
TRASH_PATH = "/__siuksline__/"


def reads_members_content(request):
    """Whether this reader may read what is for members: staff, and users who hold `core.read_members_content`."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and is_among_members(user))


def is_among_members(user):
    """Whether this user may read what is for members, now."""
    return user.has_perm("core.read_members_content") or user.has_perm("wagtailadmin.access_admin")


def visible(queryset, request):
    """
    Narrow `queryset` (pages, or rows of a register) to what the reader behind `request` may see.

    `request` is an HttpRequest, or None for a reader of whom nothing is known: then only what everybody may see.
    """
    model = queryset.model
    if issubclass(model, Page):
        return queryset.filter(_page_condition(model, request))
    if model is get_document_model():
        return queryset.filter(_document_condition(request))
    if through := getattr(model, "visible_through", None):
        page_model = model._meta.get_field(through).related_model
        return queryset.filter(**{f"{through}__in": visible(page_model.objects.all(), request).order_by().values("pk")})
    return queryset.exclude(model.withheld_from(request)) if hasattr(model, "withheld_from") else queryset


def may_see(page, request):
    """Whether the reader behind `request` may see this one page."""
    return visible(type(page).objects.filter(pk=page.pk), request).exists()


def may_knock(page):
    """Whether everybody may see this page, or is held back by nothing but a door that asks for a password."""
    closed = page.get_view_restrictions() if isinstance(page, Page) else ()
    if any(restriction.restriction_type != PageViewRestriction.PASSWORD for restriction in closed):
        return False
    pages = type(page).objects.filter(pk=page.pk)
    return pages.filter(_open_to_all(type(page), None)).exists()


def may_show(image, request):
    """Whether a picture may be shown to the reader beyond the pages that use it: its collection is not closed."""
    return image.collection_id not in _closed_collections(request)


def may_list(document, request):
    """Whether a page may name this document to the reader: neither it nor its collection is closed to them."""
    if document.audience == "members" and not reads_members_content(request):
        return False
    return document.collection_id not in _closed_collections(request)


def may_download(document, request):
    """
    Whether the reader may have the file itself: it may be listed, and, where pages use it, one of them may be seen.

    So an agenda attached to members' events alone is theirs alone, whatever its own column says.
    """
    if not may_list(document, request):
        return False
    if (user := getattr(request, "user", None)) and user.has_perm("wagtailadmin.access_admin"):
        return True
    uses = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False)
    )
    pages = Page.objects.filter(pk__in={int(key) for key in uses.values_list("object_id", flat=True)})
    return not pages.exists() or visible(pages, request).exists()


def _document_condition(request):
    """
    Documents that may be downloaded (`may_download`), as a condition: two queries inside the one.

    Lists hold for staff, too, only what stands on a page that shows: a draft's files are found in the admin.
    """
    condition = ~Q(collection__in=_closed_collections(request))
    if not reads_members_content(request):
        condition &= ~Q(audience="members")
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False),
    )
    number = Cast("to_object_id", BigIntegerField())
    pages = visible(Page.objects.all(), request).order_by().values("pk")
    seen = uses.annotate(page=Cast("object_id", BigIntegerField())).filter(page__in=pages)
    return condition & (Q(pk__in=seen.values_list(number)) | ~Q(pk__in=uses.values_list(number)))


def _page_condition(model, request):
    condition = _open_to_all(model, request)
    for path in _closed_paths(request):
        condition &= ~Q(path__startswith=path)
    return condition


def _open_to_all(model, request):
    """What holds of a page wherever it stands: live, not over, not in the trash, for this reader."""
    condition = (
        Q(live=True)
        & ~Q(url_path__startswith=TRASH_PATH)
        & (Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))
    )
    if not reads_members_content(request):
        for audience_model in _models_with_audience(model):
            if audience_model is model:
                condition &= ~Q(audience="members")
            else:
                condition &= ~Q(pk__in=audience_model.objects.filter(audience="members").values("pk"))
    return condition


@cache
def _models_with_audience(model):
    """The concrete page models with an `audience` column whose rows a queryset of `model` can hold."""
    return [
        candidate
        for candidate in apps.get_models()
        if issubclass(candidate, model) and any(field.name == "audience" for field in candidate._meta.fields)
    ]


def _closed_paths(request):
    """Tree paths of the sections that a Wagtail view restriction closes to this reader; read once per request."""
    if not hasattr(request, "_closed_paths"):
        closed = {
            restriction.page.pk: restriction.page.path
            for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups")
            if not _admits(restriction, request)
        }
        paths = [*closed.values(), *_paths_of_aliases(list(closed))]
        if request is None:
            return paths
        request._closed_paths = paths
    return request._closed_paths


def _admits(restriction, request):
    """Whether a view restriction lets the reader in. Of a request refused early (a wrong Host) no user is known."""
    return hasattr(request, "user") and restriction.accept_request(request)


def _closed_collections(request):
    """Keys of the collections that a view restriction, on them or above, closes to this reader; read once a request."""
    if hasattr(request, "_closed_collections"):
        return request._closed_collections
    restrictions = CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups")
    closed = Q(pk__in=[])
    for restriction in restrictions:
        if not _admits(restriction, request):
            closed |= Q(path__startswith=restriction.collection.path)
    keys = set(Collection.objects.filter(closed).values_list("pk", flat=True)) if closed != Q(pk__in=[]) else set()
    if request is not None:
        request._closed_collections = keys
    return keys


def _paths_of_aliases(keys):
    """Tree paths of the aliases of these pages, and of theirs: an alias is closed to whom its source is closed."""
    paths = []
    while keys:
        aliases = dict(Page.objects.filter(alias_of__in=keys).values_list("pk", "path"))
        paths += aliases.values()
        keys = list(aliases)
    return paths
