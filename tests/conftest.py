"""What every test finds ready."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail keeps the sites' root pages in the cache, where no rollback reaches them."""
    cache.clear()


@pytest.fixture(scope="module")
def loaded_site(django_db_setup, django_db_blocker):
    """
    The site with the LAG's content, as `load_content` makes it, loaded once for all tests of a module.

    A module of such tests says `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]`. What a
    test changes is undone after the test, the content after the module.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        call_command("load_content", verbosity=0)
        yield
        transaction.set_rollback(True)
