"""
Asking other sites whether an address still answers: politely, and never inside this network.

One request at a time, with a pause for each host; HEAD, and GET where HEAD is not understood; nothing is read of what
comes but the first line and the headers. robots.txt is honoured. Before each connection the name is resolved here, all
its addresses must be public, and the connection goes to the very address that was looked at – after a redirect too.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

TIMEOUT, LONGEST = 10, 30  # seconds without a word, and altogether
PAUSE = 2  # seconds between two requests to one host
REDIRECTS = 5
ROBOTS_LENGTH = 64 * 1024
PORTS = {"http": 80, "https": 443}
# The page is not gone: its host does not talk to programs, or not now.
RELUCTANT = {401, 403, 405, 406, 407, 408, 418, 425, 429, 451, 501, 503, 999}
# Translates addresses of the old internet into the new one: what is behind it counts (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Verdict(StrEnum):
    """What an answer says of a link."""

    ALIVE = "alive"
    FAILED = "failed"
    UNREACHABLE = "unreachable"  # no answer at all: it may be our own network
    REFUSED = "refused"  # not asked: no address of the public internet
    UNKNOWN = "unknown"  # asked not to ask, or too often


@dataclass(frozen=True)
class Answer:
    """What became of asking: the verdict, and in words for the staff."""

    verdict: Verdict
    words: str


class Refused(Exception):
    """An address that is not asked: what for, in words."""


def is_public(address, port):
    """Whether a connection may go there: an address of the public internet, at a port of the web."""
    address = ipaddress.ip_address(address)
    if address.version == 6:
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64:
            inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner), port)
    return address.is_global and not address.is_multicast and port in PORTS.values()


class Asker:
    """
    Asks one address after the other.

    `may_connect(address, port)` guards every connection; tests let their own server in by another one. `pause` is in
    seconds.
    """

    def __init__(self, may_connect=is_public, pause=PAUSE, longest=LONGEST):
        self.may_connect, self.pause, self.longest = may_connect, pause, longest
        self.agent = f"VVG-nuorodu-tikrinimas/1.0 (+{settings.SITE_URL})"
        self.asked_at, self.robots, self.tired = {}, {}, set()

    def ask(self, url):
        """How a link stands: an Answer. Never raises."""
        try:
            return self._follow(url)
        except Refused as error:
            return Answer(Verdict.REFUSED, str(error))
        except TimeoutError:
            return Answer(Verdict.UNREACHABLE, "neatsako")
        except ssl.SSLError:
            return Answer(Verdict.FAILED, "netinkamas saugumo liudijimas")
        except socket.gaierror:
            return Answer(Verdict.UNREACHABLE, "tokios svetainės nėra")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(Verdict.UNREACHABLE, "nepavyko prisijungti")

    def _follow(self, url):
        for _ in range(REDIRECTS + 1):
            host = urlsplit(url).netloc
            if host in self.tired or not self._is_welcome(url):
                return Answer(Verdict.UNKNOWN, "prašo netikrinti")
            status, location, _ = self._request("HEAD", url)
            if status >= 400:
                status, location, _ = self._request("GET", url)
            if 300 <= status < 400 and location:
                url = urljoin(url, location)
                continue
            if status in (429, 503):
                self.tired.add(host)
            if status < 400 or status in RELUCTANT:
                return Answer(Verdict.ALIVE if status < 400 else Verdict.UNKNOWN, f"atsakymas {status}")
            return Answer(Verdict.FAILED, "tokio puslapio nėra" if status in (404, 410) else f"klaida {status}")
        return Answer(Verdict.FAILED, "per daug peradresavimų")

    def _is_welcome(self, url):
        """Whether the host's robots.txt lets us ask; read once a run. Without one, or none to be had, it does."""
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self.robots:
            rules = RobotFileParser()
            rules.allow_all = True
            status, _, text = self._request("GET", f"{base}/robots.txt", read=ROBOTS_LENGTH)
            if status == 200:
                rules.allow_all = False
                rules.parse(text.decode(errors="replace").splitlines())
            self.robots[base] = rules
        return self.robots[base].can_fetch(self.agent, url)

    def _request(self, method, url, read=0):
        """One request: (status, Location or "", what was read)."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
            raise Refused("tokio adreso negalima tikrinti")
        self._wait(parts.netloc)
        connection = self._connection(parts)
        # A host that sends a little now and then would hold us for ever.
        guard = threading.Timer(self.longest, _cut, [connection])
        guard.start()
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"})
            response = connection.getresponse()
            return response.status, response.getheader("Location") or "", response.read(read) if read else b""
        finally:
            guard.cancel()
            connection.close()

    def _wait(self, host):
        wait = self.asked_at.get(host, float("-inf")) + self.pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self.asked_at[host] = time.monotonic()

    def _connection(self, parts):
        """A connection to an address that was looked at, whatever the name says a moment later."""
        port = parts.port or PORTS[parts.scheme]
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(place[0] for *_, place in found))
        if not all(self.may_connect(address, port) for address in addresses):
            raise Refused("vidinis adresas, iš interneto nepasiekiamas")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname, port, timeout=TIMEOUT)
        connection._create_connection = lambda _, timeout, source: _connect(addresses, port, timeout)
        return connection


def _connect(addresses, port, timeout):
    """To the first of the addresses that answers."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:  # the next one
            continue
    return socket.create_connection((addresses[-1], port), timeout)


def _cut(connection):
    """End a connection from outside: what waits for it gets an error."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it has ended by itself
            return
