"""Fifty people whose forms reach the running site at the same moment."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from core.forms import SHORTEST_SECONDS

EVENT = """
from datetime import timedelta
from django.utils import timezone
from events.models import EventDate, EventIndexPage, EventPage
event = EventIndexPage.objects.get().add_child(
    instance=EventPage(title="Lenktynės", slug="lenktynes", registration="event", capacity=10)
)
EventDate.objects.create(event=event, start=timezone.now() + timedelta(days=7))
"""
STATES = """
from events.models import Registration
print(*Registration.objects.filter(event__slug="lenktynes").order_by("pk").values_list("state", flat=True))
"""


def test_fifty_forms_at_once_for_ten_places(site):
    site.manage("shell", "--no-imports", "-c", EVENT)
    path, together = "/renginiai/lenktynes/registracija/", Barrier(50)

    def register(number):
        # Each from a computer of their own: one computer may not send so many.
        def ask(*request):
            connection = HTTPConnection(
                urlsplit(site.url).netloc, timeout=60, source_address=(f"127.0.1.{number + 1}", 0)
            )
            connection.request(*request)
            return connection.getresponse()

        opened = ask("GET", path)
        cookie = opened.getheader("Set-Cookie").partition(";")[0]
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', opened.read().decode()))
        together.wait(timeout=60)
        time.sleep(SHORTEST_SECONDS + 1)
        details = {"name": f"Atstovas {number}", "email": f"atstovas{number}@lenktynes.example", "website": ""}
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": site.url}
        answer = ask("POST", path, urlencode(fields | details), headers)
        return answer.status, answer.getheader("Location", "")

    with ThreadPoolExecutor(max_workers=50) as people:
        answers = list(people.map(register, range(50)))
    assert {status for status, _ in answers} == {302}
    assert len({address for _, address in answers}) == 50
    assert site.manage("shell", "--no-imports", "-c", STATES).split() == ["registered"] * 10 + ["waiting"] * 40
