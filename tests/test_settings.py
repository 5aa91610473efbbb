"""What the site starts with, and what every answer carries."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
import wagtail_factories
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connections

from core import checks
from lag_site.settings import env
from tests import factories

PRODUCTION = {
    "SECRET_KEY": "rs7GZtQwO3yJ2m8kLhXvB4nCe6uA9pFd1iTgKxYzWqEjNb5VaM",
    "DEBUG": "False",
    "HTTPS": "True",
    "SITE_URL": "https://www.example.lt",
    "DATABASE_URL": "sqlite:///:memory:",
    "EMAIL_URL": "consolemail://",
}
NOWHERE = "postgres://nobody:secret@127.0.0.1:1/nothing"


def start(*command, **environment):
    """A command of the site in a process of its own, with production's environment but for what is named."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**keep, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_says_in_one_line(process, *words):
    assert process.returncode != 0
    assert len(process.stderr.strip().splitlines()) == 1, process.stderr
    for word in words:
        assert word in process.stderr


# --- The start --------------------------------------------------------------------------------------------------------


def test_production_settings_pass_the_deployment_checks():
    process = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    assert process.returncode == 0, process.stderr
    assert "no issues" in process.stdout


@pytest.mark.parametrize("command", [["check"], ["migrate"], ["runserver", "127.0.0.1:0"]])
def test_a_missing_secret_key_is_told_in_one_line(command):
    assert_says_in_one_line(start("manage.py", *command, SECRET_KEY=""), "SECRET_KEY is not set", ".env.example")


@pytest.mark.parametrize("command", [["migrate"], ["runserver", "127.0.0.1:0"], ["check", "--database", "default"]])
def test_a_database_out_of_reach_is_told_in_one_line(command):
    process = start("manage.py", *command, DATABASE_URL=NOWHERE)
    assert_says_in_one_line(process, "The database cannot be reached", "DATABASE_URL")
    assert "secret" not in process.stderr


def test_gunicorn_tells_a_missing_secret_key_in_one_line():
    process = start("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0", SECRET_KEY="")
    assert process.returncode != 0
    assert "Traceback" not in process.stderr
    assert [line for line in process.stderr.splitlines() if "SECRET_KEY is not set" in line]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://user:secret@host:port/name"),
        ("DATABASE_URL", "postgres://user:secret@host"),
        ("DATABASE_URL", "mysql://user:secret@host/name"),
        ("DATABASE_URL", "secret"),
        ("EMAIL_URL", "secret"),
        ("EMAIL_URL", "smtp://user:secret@host:port"),
        ("EMAIL_URL", "smtp://user:secret@host"),
        ("SITE_URL", "www.secret.lt"),
        ("HTTPS", "secret"),
        ("DEBUG", "Trueish secret"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_in_one_line_and_not_repeated(name, value):
    process = start("-c", "import lag_site.settings", **{name: value})
    assert_says_in_one_line(process, name)
    assert "secret" not in process.stderr


def test_a_slip_leaves_https_on():
    assert start("-c", "import lag_site.settings", HTTPS="Ture").returncode != 0
    on = "from lag_site import settings as s; assert s.SECURE_SSL_REDIRECT and s.SESSION_COOKIE_SECURE"
    assert start("-c", on, HTTPS="on").returncode == 0


def test_every_switch_is_documented():
    documented = (settings.BASE_DIR / ".env.example").read_text()
    for name in env.scheme:
        assert f"\n{name}=" in documented, f"{name} is not in .env.example"


def test_what_is_on_only_behind_a_proxy_is_off_without_one():
    header = "from lag_site import settings as s; print(hasattr(s, 'SECURE_PROXY_SSL_HEADER'))"
    assert start("-c", header, BEHIND_PROXY="False").stdout.strip() == "False"
    assert start("-c", header, BEHIND_PROXY="True").stdout.strip() == "True"


# --- The database -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_this_database_knows_where_a_lithuanian_word_ends():
    assert [w for w in run_checks(tags=[Tags.database], databases=["default"]) if w.id == "core.W001"] == []


def test_a_database_that_glues_quotation_marks_to_words_is_warned_of(monkeypatch):
    glued = SimpleNamespace(vendor="postgresql")
    monkeypatch.setattr(checks, "connections", {"default": glued})
    monkeypatch.setattr(checks, "_words", lambda connection, text: f"'{text}':1")
    warnings = checks.words_end_at_quotation_marks(databases=["default"])
    assert [warning.id for warning in warnings] == ["core.W001"]


@pytest.mark.django_db
def test_sqlite_waits_for_other_writers_wherever_its_file_is():
    database = connections["default"]
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert (
        start(
            "-c",
            "from lag_site.settings import DATABASES as d; "
            "assert d['default']['OPTIONS']['transaction_mode'] == 'IMMEDIATE'",
            DATABASE_URL="sqlite:////tmp/other.sqlite3",
        ).returncode
        == 0
    )


# --- What every answer carries ----------------------------------------------------------------------------------------


def policy(response):
    """The Content-Security-Policy of an answer: directive → sources."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


PUBLIC = ["/", "/naujienos/", "/naujienos/rss/", "/renginiai/renginiai.json", "/nera-tokio/", "/robots.txt", "/healthz"]


@pytest.fixture
def site(db):
    """A site with a news item, an event and a contact page; the page with the form is the last."""
    factories.NewsPageFactory()
    factories.EventPageFactory()
    return factories.ContactPageFactory()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_allow_nothing_inline_and_nobody_else(site, client, path):
    response = client.get(path)
    rules = policy(response)
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["object-src"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    # A video's player may be asked in after a click, and nothing else of anybody's.
    assert rules.pop("frame-src") == ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
    for name, sources in rules.items():
        assert set(sources) <= {"'none'", "'self'"}, name
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/"])
def test_the_admin_has_a_policy_of_its_own_that_lets_nobody_else_in(site, admin_client, path):
    rules = policy(admin_client.get(path, follow=True))
    assert rules["default-src"] == ["'self'"]
    assert "'unsafe-inline'" in rules["style-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["base-uri"] == rules["object-src"] == ["'none'"]
    assert rules["frame-ancestors"] == rules["form-action"] == ["'self'"]
    for name, sources in rules.items():
        assert set(sources) <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}, name


def test_the_weaker_policy_stays_in_the_admin(site, admin_client):
    assert "'unsafe-inline'" not in str(policy(admin_client.get("/")))
    assert "'unsafe-inline'" not in str(policy(admin_client.get("/administracija/")))


@pytest.mark.parametrize("path", [*PUBLIC, "/sitemap.xml", "/renginiai/kalendorius.ics", "/renginiai/?rusis=training"])
def test_a_reader_gets_no_cookie(site, client, path):
    assert not client.get(path).cookies


def test_the_form_alone_gives_a_cookie_and_only_one_for_its_own_safety(site, client):
    response = client.get(site.url)
    assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}
    assert "no-store" in response["Cache-Control"]


def test_cookies_are_safe_in_production():
    shown = start(
        "-c",
        "from lag_site import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)",
    )
    assert shown.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True"]
    # Django's own defaults, which nothing may loosen: `__Host-` asks for no domain and the whole path.
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_DOMAIN is settings.CSRF_COOKIE_DOMAIN is None
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/"


def test_https_is_asked_for_on_the_same_host_first(settings, client, site):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # The middleware reads its settings when it is made, so a client of its own.
    client = type(client)()
    answer = client.get("/naujienos/?q=a")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/naujienos/?q=a")
    assert client.get("/healthz").status_code == 200
    secure = client.get("/naujienos/", secure=True)
    assert secure["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


def test_an_answer_to_somebody_signed_in_is_nobody_elses(site, admin_client, client):
    assert "no-store" in admin_client.get("/naujienos/")["Cache-Control"]
    assert "no-store" not in client.get("/naujienos/")["Cache-Control"]


def test_an_uploaded_file_is_a_download_that_may_load_nothing(db, client):
    document = wagtail_factories.DocumentFactory(file__filename="ataskaita.txt", collection__parent=None)
    response = client.get(document.url)
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
