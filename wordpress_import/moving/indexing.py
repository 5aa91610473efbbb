"""What is brought is entered into the search and into the admin's once, not at each of its savings."""

from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.search import index

from search.following import bring_in_step, pages_later


class Indexing:
    """Knows which pages are saved while `instead_of_signals()` holds; `catch_up()` enters them."""

    @contextmanager
    def instead_of_signals(self):
        """Let no saving of a page enter it by itself: a text is saved three times until it is public."""
        models = [model for model in index.get_indexed_models() if issubclass(model, Page)]
        for model in models:
            post_save.disconnect(post_save_signal_handler, sender=model)
        try:
            with pages_later() as self._saved:
                yield
        finally:
            for model in models:
                post_save.connect(post_save_signal_handler, sender=model)

    def catch_up(self):
        """Enter what was saved since the last time."""
        bring_in_step(self._saved)
        for page in Page.objects.filter(pk__in=self._saved).specific():
            index.insert_or_update_object(page)
        self.forget()

    def forget(self):
        """What was saved since then is entered later: its text is to come."""
        self._saved.clear()
