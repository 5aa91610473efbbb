"""With 2,000 events of three dates each every list, month and calendar asks the database as often as with 20."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from events.calendars import private_calendar_url
from events.models import CalendarKey, EventDate, EventPage
from tests.factories import EventIndexPageFactory, EventPageFactory, UserFactory

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 2000


def make_events(model, number):
    """Events 0 … `number` - 1 like `model`, each with three dates: one behind, two ahead. Those there are stay."""
    parent = model.get_parent()
    made = Page.objects.child_of(parent).filter(slug__startswith="daug-").count()
    first = Page.objects.child_of(parent).count() + 1
    pages = [
        Page(
            title=f"Renginys {place}",
            slug=f"daug-{place}",
            url_path=f"{parent.url_path}daug-{place}/",
            path=Page._get_path(parent.path, parent.depth + 1, first + place - made),
            depth=parent.depth + 1,
            content_type_id=model.content_type_id,
            locale_id=model.locale_id,
            draft_title=f"Renginys {place}",
        )
        for place in range(made, number)
    ]
    made_pages = Page.objects.bulk_create(pages)
    columns = [field.column for field in EventPage._meta.local_fields if field.column != "page_ptr_id"]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f'one."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO events_eventpage (page_ptr_id, {names}) SELECT page.id, {values}"  # noqa: S608
            " FROM wagtailcore_page page, events_eventpage one WHERE one.page_ptr_id = %s AND page.id >= %s",
            [model.pk, made_pages[0].pk],
        )
    Page.objects.filter(pk=parent.pk).update(numchild=first + len(pages))
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    EventDate.objects.bulk_create(
        EventDate(event_id=page.pk, start=start, end=start + timedelta(hours=2), over_at=start + timedelta(hours=2))
        for place, page in enumerate(made_pages, made)
        for start in (now + timedelta(days=days + place % 28, hours=1) for days in (-30, 1, 31))
    )


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """What each address costs with few events and with many: {address: (queries, queries, the last answer)}."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        EventIndexPageFactory()
        model = EventPageFactory(title="Pirmas", kind="training")
        user = UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="read_members_content"))
        private = private_calendar_url(CalendarKey.objects.create(user=user)).removeprefix("http://testserver")
        month = f"/renginiai/{timezone.localdate() + timedelta(days=20):%Y/%m}/"
        addresses = ["/renginiai/", "/renginiai/?q=renginys&rusis=training", "/renginiai/praeje/", month]
        addresses += ["/renginiai/kalendorius.ics", private, "/renginiai/renginiai.json", "/renginiai/daug-7/", "/"]
        costs = {address: [] for address in addresses}
        client = Client()
        for number in (FEW, MANY):
            make_events(model, number)
            client.get("/renginiai/")
            for address in addresses:
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    response = client.get(address)
                costs[address].append((len(queries), response))
        yield {"private" if "/mano/" in address else address: cost for address, cost in costs.items()}
        transaction.set_rollback(True)


def test_every_address_costs_the_same(counts):
    for address, ((few, first), (many, second)) in counts.items():
        assert (first.status_code, second.status_code) == (200, 200), address
        assert few == many <= 15, f"{address}: {few} queries for {FEW} events, {many} for {MANY}"


def test_the_calendar_has_them_all(counts):
    for address in ("/renginiai/kalendorius.ics", "private"):
        _, (_, response) = counts[address]
        assert len(set(re.findall(rb"^UID:\S{36}\r$", response.content, re.MULTILINE))) == MANY * 3 + 1
