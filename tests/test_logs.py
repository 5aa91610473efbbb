"""Addresses that are keys are in no log: not Django's, not runserver's, not gunicorn's, not nginx's."""

import logging
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler

from core.logs import SECRET_PLACES, MaskingFormatter, mask

KEY = "wJ3-kf_9zQ"
ADDRESSES = [f"/renginiai/mano/{KEY}.ics", f"/registracija/{KEY}:{KEY}/", f"/prisijungti/nuoroda/1a/{KEY}/"]


@pytest.fixture
def lines():
    """What the console's handler writes meanwhile."""
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, MaskingFormatter)]
    written = []
    old, handler.emit = handler.emit, lambda record: written.append(handler.format(record))
    yield written
    handler.emit = old


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", 'GET "https://example.lt{}" 404', "/prisijungti/?next={}&x=1"])
def test_a_key_is_masked_wherever_it_stands(address, around):
    assert KEY not in mask(around.format(address))
    assert "…" in mask(around.format(address))
    assert KEY not in mask(around.format(address.replace("/", "%2F")))


def test_nothing_else_is_masked():
    text = "Not Found: /renginiai/kalendorius.ics /renginiai/mano-svente/ /prisijungti/ 2026-11-22"
    assert mask(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_django_tells_of_a_wrong_key_without_it(client, lines, address):
    client.get(address)
    client.post(address)
    assert lines
    assert KEY not in "".join(lines)


@pytest.mark.django_db
def test_a_traceback_has_no_key(client, lines, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError(f"broken at http://testserver{ADDRESSES[0]}")

    monkeypatch.setattr("events.calendars.HttpResponse", fail)
    client.raise_request_exception = False
    assert client.get(ADDRESSES[0]).status_code == 500
    text = "".join(lines)
    assert "Traceback" in text
    assert "RuntimeError: broken at http://testserver/renginiai/mano/…" in text
    assert KEY not in text


def test_runserver_tells_requests_without_keys(lines):
    handler = object.__new__(WSGIRequestHandler)
    handler.request, handler.client_address = None, ("127.0.0.1", 1)
    handler.log_message('"%s" %s %s', f"GET {ADDRESSES[0]} HTTP/1.1", "200", "1")
    [line] = lines
    assert "GET /renginiai/mano/… HTTP/1.1" in line


def test_gunicorn_tells_requests_without_keys(tmp_path):
    log = tmp_path / "log"
    environment = {**os.environ, "SECRET_KEY": "x", "HTTPS": "False", "DATABASE_URL": f"sqlite:///{tmp_path}/db"}
    options = ["--config", "deploy/gunicorn.conf.py", "--workers", "1", "--bind", "127.0.0.1:0"]
    options += ["--access-logfile", str(log), "--error-logfile", str(log)]
    # By its own script, as systemd starts it: the project is found all the same.
    script = os.path.join(os.path.dirname(sys.executable), "gunicorn")
    process = subprocess.Popen([script, *options], cwd=settings.BASE_DIR, env=environment)
    try:
        port = wait_for(lambda: re.search(r"127\.0\.0\.1:(\d+)", log.read_text() if log.exists() else ""))[1]
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESSES[0]}", timeout=20)
        assert "GET /renginiai/mano/… HTTP/1.1" in wait_for(lambda: "GET" in log.read_text() and log.read_text())
        assert KEY not in log.read_text()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(found):
    """What `found()` finds within half a minute."""
    for _ in range(300):
        if result := found():
            return result
        time.sleep(0.1)
    raise AssertionError("Nothing came")


def test_nginx_keeps_no_log_of_the_same_places():
    config = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    [names] = re.findall(r"location ~ \^/\((.*?)\)/ \{\s+access_log off;\s+error_log /dev/null;", config)
    assert {f"/{name}/" for name in names.split("|")} == set(SECRET_PLACES)


@pytest.mark.django_db
def test_crawlers_are_told_of_no_key(client):
    text = client.get("/robots.txt").content.decode()
    for place in SECRET_PLACES:
        assert place not in text
