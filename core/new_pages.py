"""What a new page begins with in the editor."""

from django.dispatch import receiver
from wagtail.signals import init_new_page

from core.models import ContentPage


@receiver(init_new_page, dispatch_uid="new-content-page")
def begin_with_a_text(sender, page, parent, **kwargs):
    """An empty text to write into, one click less; it is not kept if it stays empty."""
    if isinstance(page, ContentPage) and not page.body:
        page.body = [("text", "")]
