"""
Entries follow what they are of, in the same moment.

Who may see a thing needs no following: the gate is asked at every search. What is read is always the row of the
database, since a page that is saved as a draft carries its draft's text.
"""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import BasePage, CustomDocument
from members.models import Member
from partners.models import Organisation
from search.entries import refresh

ROWS = (Organisation, Member, CustomDocument)


def refresh_page(page):
    """The entry of a page, from its row."""
    stored = Page.objects.filter(pk=page.pk).first()
    if stored is not None and issubclass(stored.specific_class or Page, BasePage):
        refresh(stored.specific)


@receiver((page_published, page_unpublished, page_slug_changed))
def published(sender, instance, **kwargs):
    """A page's text is another, or it is gone from the site."""
    refresh_page(instance)


@receiver(post_page_move)
def moved(sender, instance, **kwargs):
    """A page that goes into the trash, or comes back, goes with all below it."""
    for page in Page.objects.descendant_of(instance, inclusive=True):
        refresh_page(page)


@receiver(post_save)
def saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """A row of a register, a document, or a page that is saved as it is live."""
    if raw:
        return
    if isinstance(instance, BasePage):
        if update_fields is None and instance.live:
            refresh_page(instance)
    elif sender in ROWS:
        refresh_row(sender, instance.pk)
        if sender is Organisation:
            for member in Member.objects.filter(organisation=instance.pk):
                refresh(member)


def refresh_row(model, key):
    """The entry of a row, from the database; gone where the row is in the trash."""
    row = model.everything.filter(pk=key).first()
    if row is not None:
        refresh(row)
