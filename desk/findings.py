"""What the content checks find on published pages: looked at when one is published, and for all of them every night."""

from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from core.content_checks import findings, findings_of
from desk.models import PageFinding
from desk.pages import editable, published


def look_through_page(page):
    """Look at one page again."""
    found = findings(page.specific) if page.live else []
    _write([(page.pk, finding) for finding in found], PageFinding.objects.filter(page=page.pk))


def look_through_everything():
    """Look at all published pages again: what was right yesterday may be over today."""
    found = [(page.pk, finding) for page, several in findings_of(published()) for finding in several]
    _write(found, PageFinding.objects.all())


def pages_with(image):
    """The published pages that show this picture."""
    keys = ReferenceIndex.get_references_to(image).values_list("object_id", flat=True)
    return Page.objects.filter(pk__in={int(key) for key in keys if key.isdecimal()}, live=True)


def findings_for(user):
    """What was found on the published pages that this user may edit."""
    pages = editable(user).filter(live=True).order_by().values("pk")
    return PageFinding.objects.filter(page__in=pages).select_related("page").order_by("page__title", "page", "pk")


@transaction.atomic
def _write(found, outdated):
    outdated.delete()
    rows = [PageFinding(page_id=key, code=finding.code, message=finding.message) for key, finding in found]
    PageFinding.objects.bulk_create(rows, batch_size=500)
