"""Settings of the test run: production's, with what a test needs to be quick and to leave nothing behind."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Nothing of a developer's own .env but the database reaches the tests.
os.environ |= {
    "SECRET_KEY": "tests-only",
    "DEBUG": "False",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "",
    "HTTPS": "False",
    "BEHIND_PROXY": "False",
    "REDIS_URL": "",
    "EMAIL_URL": "memorymail://",
    "SERVE_MEDIA": "True",
    "S3_BUCKET": "",
    "SECURITY_CONTACT": "",
}

from lag_site.settings import *  # noqa: E402, F403
from lag_site.settings import STORAGES  # noqa: E402

TEST_ROOT = Path(tempfile.mkdtemp(prefix="lag-tests-"))
atexit.register(shutil.rmtree, TEST_ROOT, ignore_errors=True)
MEDIA_ROOT = TEST_ROOT / "media"
STATIC_ROOT = TEST_ROOT / "static"
STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Tests of other rooms sign in at once; those of the door (test_accounts.py, test_doors.py) ask for the second factor.
STAFF_NEED_SECOND_FACTOR = False
