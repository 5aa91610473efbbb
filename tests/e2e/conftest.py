"""
The whole site as a visitor meets it: production's settings, gunicorn, the real content, a real browser.

`site` is its address and its commands; `page` (pytest-playwright) is a browser's tab, whose addresses are relative to
it. The site is made once a run, in a folder of its own, and is the same for every test: a test that changes something
makes its own page.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.mailbox import Mailbox

HOUSE = Path(__file__).resolve().parents[2]
ADMIN = ("e2e", "ilgas-slaptazodis-1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class RunningSite:
    """A site in processes of its own. `url` has no slash at its end."""

    def __init__(self, folder, mailbox):
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = folder / "gunicorn.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "e2e-only",
            "DEBUG": "False",
            "HTTPS": "False",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "localhost",  # passkeys belong to a name, an address of numbers has none
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": str(folder / "media"),
            "EMAIL_URL": mailbox.url,
            "DJANGO_SUPERUSER_PASSWORD": ADMIN[1],
        }

    def manage(self, *command):
        """Run a command of the site; what it printed."""
        process = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=HOUSE,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode == 0, process.stderr
        return process.stdout

    def start(self):
        """Serve; returns the server's process when the site answers."""
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"]
        with self.log.open("w") as log:
            server = subprocess.Popen(
                [*command, "--bind", self.url.removeprefix("http://")],
                cwd=HOUSE,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz"):
                    return server
            except OSError:
                assert server.poll() is None, self.log.read_text()
                time.sleep(0.1)
        server.kill()
        raise AssertionError(f"The site did not start: {self.log.read_text()}")


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def mailbox():
    """The mail server that the site sends its letters to."""
    box = Mailbox()
    yield box
    box.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory, mailbox):
    """The running site with its content and an administrator (`ADMIN`)."""
    site = RunningSite(tmp_path_factory.mktemp("site"), mailbox)
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    site.manage("migrate", "--verbosity", "0")
    site.manage("set_up_roles", "--verbosity", "0")
    site.manage("load_content", "--verbosity", "0")
    site.manage("createsuperuser", "--noinput", "--username", ADMIN[0], "--email", "e2e@example.lt")
    server = site.start()
    yield site
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium; where there is none the tests fail and do not pass by."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert executable, "No Chromium on this machine: make e2e-browser"
    return {**browser_type_launch_args, "executable_path": executable, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def base_url(site):
    """Addresses in tests are relative to the site."""
    return site.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, base_url):
    """A Lithuanian reader in Lithuania."""
    return {**browser_context_args, "base_url": base_url, "locale": "lt-LT", "timezone_id": "Europe/Vilnius"}


@pytest.fixture(scope="session")
def staff_state(browser, site, tmp_path_factory):
    """
    What a browser keeps once the administrator has signed in, as production asks: for `new_context(storage_state=…)`.

    The first sign-in of all: password, connecting an authenticator app, recovery codes, the admin. Once a run.
    """
    path = tmp_path_factory.mktemp("staff") / "state.json"
    context = browser.new_context(base_url=site.url, locale="lt-LT")
    page = context.new_page()
    page.goto("/admin/")
    page.locator("[name=login]").fill(ADMIN[0])
    page.locator("[name=password]").fill(ADMIN[1])
    page.get_by_role("button", name="Prisijungti", exact=True).click()
    page.get_by_role("link", name="Susieti programėlę").click()
    secret = page.locator("code.secret").inner_text()
    assert page.locator("svg.qr").bounding_box()["width"] > 150
    page.locator("[name=code]").fill(code_of_app(secret))
    page.get_by_role("button", name="Susieti").click()
    assert len(re.findall(r"\d{8}", page.locator(".codes").inner_text())) == 10
    page.goto("/admin/")
    page.wait_for_url("**/admin/")
    context.storage_state(path=path)
    context.close()
    return path


def code_of_app(secret):
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def plain(browser, base_url):
    """A tab on a phone without JavaScript."""
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="lt-LT"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(browser, base_url, staff_state):
    """A browser's tab in which an editor has signed in."""
    context = browser.new_context(
        base_url=base_url,
        storage_state=staff_state,
        locale="lt-LT",
        timezone_id="Europe/Vilnius",
        viewport={"width": 1280, "height": 900},
    )
    yield context.new_page()
    context.close()
