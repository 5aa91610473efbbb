"""Pages whose day of review has come (`BasePage.review_on`, a column of every page type)."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import get_page_models

from core.models import BasePage


def to_review(pages):
    """Those of `pages` that are published and should have been looked at by now, longest overdue first: `review_on`."""
    due = Q(pk__in=[])
    days = []
    for model in get_page_models():
        if issubclass(model, BasePage):
            due |= Q(pk__in=model.objects.filter(review_on__lte=timezone.localdate()).order_by().values("pk"))
            days.append(Subquery(model.objects.filter(pk=OuterRef("pk")).order_by().values("review_on")[:1]))
    return pages.filter(due, live=True).annotate(review_on=Coalesce(*days)).order_by("review_on", "pk")
