"""What every test finds ready."""

import shutil

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail keeps the sites' root pages in the cache, where no rollback reaches them."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _media_folder():
    """Uploads of the run are gone when it is over."""
    from django.conf import settings

    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
