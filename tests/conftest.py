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
def kept_for_the_module(django_db_setup, django_db_blocker):
    """
    A database in which what a fixture of the module makes stays until the module's last test.

    What a test changes is undone after the test, what the fixture made after the module.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded_site(kept_for_the_module):
    """
    The site with the LAG's content, as `load_content` makes it, loaded once for all tests of a module.

    A module of such tests says `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]`.
    """
    call_command("load_content", verbosity=0)
