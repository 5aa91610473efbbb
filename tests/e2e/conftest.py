"""
The whole site as a visitor meets it: production's settings, gunicorn, the real content, a real browser.

`site` is its address and its commands; `page` (pytest-playwright) is a browser's tab, whose addresses are relative to
it. The site is made once a run, in a folder of its own, and is the same for every test: a test that changes something
makes its own page.
"""

import json
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


# One of each, whatever else is there; run in the site itself. Nothing of it is public.
ROWS = """
import json
from core import trash_pages
from core.models import User
from core.trash import put_away
from desk.models import RedirectUse
from news.models import Topic
from search.models import PromotedResult
from tests.desk_rows import draft_of, fill
from tests.test_doors import a_document
from tests.test_house_rules import PAGE_TYPES, REGISTERS
from wagtail.contrib.redirects.models import Redirect

admin = User.objects.get(username="{admin}")
editor, contributor = (User.objects.create(username=name) for name in ("redaktore", "rengeja"))
filled = fill(admin, editor, contributor, audience="members")
rows = {{"registrations": filled["registration"], "delegates": filled["delegate"], "letters": filled["letter"]}}
rows["member_proposals"] = filled["proposal"]
rows["delete_image"], rows["delete_document"] = filled["image"], a_document()
rows["wagtailusers_users"] = editor
rows["trash"] = trash_pages.put_page_away(draft_of(contributor, title="Nebereikalinga naujiena"))
put_away([Topic.objects.create(name="Nebereikalinga tema", slug="nebereikalinga-tema")])
RedirectUse.objects.create(redirect=Redirect.add_redirect("/sena-vieta/", "/"), hits=3)
PromotedResult.objects.create(name="parama", page=filled["event"])
for model in REGISTERS:
    rows["wagtailsnippets_" + model._meta.label_lower.replace(".", "_")] = model.objects.first()
numbers = {{space: row.pk for space, row in rows.items() if row}}
numbers["event"] = filled["event"].pk
pages = {{model.__name__: model.objects.first().pk for model in PAGE_TYPES}}
print(json.dumps({{"rows": numbers, "pages": pages}}))
"""


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


def first_sign_in(browser, site, name):
    """
    The first sign-in of all of somebody of the staff, as production asks: password, connecting an authenticator app,
    recovery codes, the admin. Returns the browser's tab and the codes.
    """
    page = browser.new_context(base_url=site.url, locale="lt-LT").new_page()
    page.goto("/admin/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(ADMIN[1])
    page.get_by_role("button", name="Prisijungti", exact=True).click()
    page.get_by_role("link", name="Susieti programėlę").click()
    secret = page.locator("code.secret").inner_text()
    assert page.locator("svg.qr").bounding_box()["width"] > 150
    page.locator("[name=code]").fill(code_of_app(secret))
    page.get_by_role("button", name="Susieti").click()
    codes = re.findall(r"\d{8}", page.locator(".codes").inner_text())
    assert len(codes) == 10
    page.goto("/admin/")
    page.wait_for_url("**/admin/")
    return page, codes


@pytest.fixture(scope="session")
def staff_state(browser, site, tmp_path_factory):
    """What a browser keeps once the administrator has signed in: for `new_context(storage_state=…)`. Once a run."""
    path = tmp_path_factory.mktemp("staff") / "state.json"
    page, _ = first_sign_in(browser, site, ADMIN[0])
    page.context.storage_state(path=path)
    page.context.close()
    return path


def code_of_app(secret):
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture(scope="session")
def numbers(site):
    """The numbers of one of each: `rows` by the namespace of what shows them, `pages` by their types."""
    return json.loads(site.manage("shell", "--verbosity", "0", "-c", ROWS.format(admin=ADMIN[0])).splitlines()[-1])


@pytest.fixture
def plain(browser, base_url):
    """A tab on a phone without JavaScript."""
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="lt-LT"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def staff_tab(browser, base_url, staff_state):
    """Opens a tab of a browser of its own in which an administrator has signed in: `staff_tab()`."""

    def open_tab():
        context = browser.new_context(
            base_url=base_url,
            storage_state=staff_state,
            locale="lt-LT",
            timezone_id="Europe/Vilnius",
            viewport={"width": 1280, "height": 900},
        )
        return context.new_page()

    return open_tab


@pytest.fixture
def editor(staff_tab):
    """A browser's tab in which an editor has signed in."""
    tab = staff_tab()
    yield tab
    tab.context.close()


@pytest.fixture(scope="module")
def tab(staff_tab):
    """An administrator's tab, the same for all tests of a module that only look."""
    tab = staff_tab()
    yield tab
    tab.context.close()
