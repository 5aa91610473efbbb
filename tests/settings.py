"""Settings of the test run: production's, with what a test needs to be quick and to leave nothing behind."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ["DEBUG"] = "False"
os.environ["HTTPS"] = "False"
os.environ["SITE_URL"] = "http://testserver"
os.environ["REDIS_URL"] = ""
os.environ["EMAIL_URL"] = "memorymail://"

from lag_site.settings import *  # noqa: E402, F403
from lag_site.settings import STORAGES  # noqa: E402

MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="lag-media-"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
