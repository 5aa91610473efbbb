"""
Where the files of the old site are: its folder `wp-content/uploads`, or the site itself while it still answers.

Both answer `fetch(path)` with a file open for octets, or raise `Missing` with what to tell the editor. Neither believes
a path: nothing outside the folder is opened, and no other host is asked.
"""

import os
import tempfile
import time
import unicodedata
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import requests
from django.conf import settings

from wordpress_import.export import host_of

CONNECTS_WITHIN, ANSWERS_WITHIN, LONGEST = 10, 30, 300  # seconds: for a connection, without a word, and altogether
PAUSE = 0.3  # seconds between two requests: it is somebody's small server
REDIRECTS = 5
# Codes of `Missing`.
ABSENT, UNREACHABLE, UNSAFE, TOO_LARGE = "file-missing", "file-unreachable", "file-unsafe", "file-too-large"


class Missing(Exception):
    """There is no file to be had. `code`: the kind of reason; the message is a part of a Lithuanian sentence."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def most_octets():
    """The size of the largest file that the site takes."""
    return max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)


def is_safe(path):
    """Whether a path stays below the folder that it is said to be in, whatever system reads it."""
    parts = path.replace("\\", "/").split("/")
    return bool(path) and ".." not in parts and parts[0] != "" and ":" not in parts[0] and path.isprintable()


class Uploads:
    """A copy of the old site's folder of uploads: that folder, or one above it."""

    def __init__(self, folder):
        """folder: a path. Raises FileNotFoundError if there is no such folder."""
        folder = Path(folder)
        inner = (folder / "wp-content" / "uploads", folder / "uploads", folder)
        self.folder = next(one for one in inner if one.is_dir() or one == folder).resolve(strict=True)
        if not self.folder.is_dir():
            raise FileNotFoundError(folder)
        self._paths = None

    def fetch(self, path):
        """The file at a path below the folder, open for octets. Raises `Missing`."""
        if not is_safe(path):
            raise Missing(UNSAFE, "jo kelias veda už įkeltų failų aplanko")
        file = self.folder / path
        if not file.is_file():
            file = self._found_otherwise(path)
        try:
            file = file.resolve()
            if not file.is_relative_to(self.folder):
                raise Missing(UNSAFE, "jis yra nuoroda į failą už įkeltų failų aplanko")
            if file.stat().st_size > most_octets():
                raise Missing(TOO_LARGE, f"jis didesnis už {_megabytes(most_octets())}")
            return file.open("rb")
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
            raise Missing(ABSENT, "jo nepavyko perskaityti") from error

    def _found_otherwise(self, path):
        """Another computer may have written the same name with other octets, or in capitals."""
        if self._paths is None:
            self._paths = {}
            for inside, _, names in os.walk(self.folder):
                for name in names:
                    file = Path(inside, name)
                    self._paths.setdefault(_alike(str(file.relative_to(self.folder))), file)
        if file := self._paths.get(_alike(path)):
            return file
        raise Missing(ABSENT, "jo nėra tarp įkeltų failų")


def _alike(path):
    return unicodedata.normalize("NFC", path).casefold()


class Remote:
    """The old site itself, asked for one file after the other. It alone is asked, whatever it redirects to."""

    def __init__(self, base_url, pause=PAUSE):
        """
        base_url: where the site answers now, "https://senoji.lt". pause: seconds between two requests.

        Raises ValueError if that is no address of the web.
        """
        self.base_url = base_url.rstrip("/")
        self.host = host_of(self.base_url)
        if urlsplit(self.base_url).scheme not in ("http", "https") or not self.host:
            raise ValueError(base_url)
        self.pause, self._asked_at = pause, None
        self._session = requests.Session()
        self._session.trust_env = False  # no netrc, no proxy of the machine's
        # A file that is packed for the way could unpack to anything.
        self._session.headers = {
            "User-Agent": f"VVG-perkelimas/1.0 (+{settings.SITE_URL})",
            "Accept-Encoding": "identity",
        }

    def fetch(self, path):
        """The file at a path below the uploads, open for octets; gone when it is closed. Raises `Missing`."""
        if not is_safe(path):
            raise Missing(UNSAFE, "jo kelias veda už įkeltų failų aplanko")
        url = f"{self.base_url}/wp-content/uploads/{quote(path)}"
        try:
            with closing(self._answer(url)) as answer:
                if answer.status_code in (404, 410):
                    raise Missing(ABSENT, "senojoje svetainėje jo nebėra")
                if answer.status_code != 200:
                    raise Missing(UNREACHABLE, f"senoji svetainė jo neatidavė (atsakymas {answer.status_code})")
                return self._kept(answer)
        except requests.RequestException as error:
            raise Missing(UNREACHABLE, "senoji svetainė neatsako") from error

    def _answer(self, url):
        for _ in range(REDIRECTS + 1):
            if self._asked_at is not None:
                time.sleep(max(0, self._asked_at + self.pause - time.monotonic()))
            answer = self._session.get(
                url, stream=True, allow_redirects=False, timeout=(CONNECTS_WITHIN, ANSWERS_WITHIN)
            )
            self._asked_at = time.monotonic()
            if not answer.is_redirect:
                return answer
            answer.close()
            url = urljoin(url, answer.headers["Location"])
            if urlsplit(url).scheme not in ("http", "https") or host_of(url) != self.host:
                raise Missing(UNREACHABLE, "senoji svetainė siunčia jo į kitą svetainę")
        raise Missing(UNREACHABLE, "senoji svetainė siunčia jo ratu")

    def _kept(self, answer):
        """What comes, in a file of its own, as far as it is of a size that the site takes."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 – whoever asked closes it
        most, ends = most_octets(), time.monotonic() + LONGEST
        try:
            for chunk in answer.iter_content(64 * 1024):
                file.write(chunk)
                if file.tell() > most:
                    raise Missing(TOO_LARGE, f"jis didesnis už {_megabytes(most)}")
                if time.monotonic() > ends:
                    raise Missing(UNREACHABLE, "senoji svetainė jį siunčia per lėtai")
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file


def _megabytes(octets):
    return f"{octets // 1024**2} MB"
