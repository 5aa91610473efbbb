"""A page that is published is looked at after the commit: its links, and what the checks find on it."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from core.models import CustomImage
from desk.findings import look_through_page, pages_with
from desk.links.collecting import collect_from_page


@receiver(page_published)
def look_after_publishing(sender, instance, **kwargs):
    """Whatever goes wrong in looking, the page is published."""
    transaction.on_commit(lambda: look_again(instance.pk), robust=True)


@receiver(post_save, sender=CustomImage)
def look_where_the_picture_is_shown(sender, instance, created, **kwargs):
    """Its description may have been written or taken away."""
    if not created:
        transaction.on_commit(lambda: _look_at_pages_with(instance), robust=True)


def look_again(pk):
    """Read the page as it is stored now."""
    if page := Page.objects.filter(pk=pk).first():
        collect_from_page(page)
        look_through_page(page)


def _look_at_pages_with(image):
    for page in pages_with(image):
        look_through_page(page)
