"""
Lists of the admin ask the database as often for many rows as for few.

**Adding a list?** Give it a row in `LISTS`: its address, and what makes one row of it.
"""

import time
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from core.models import CustomDocument, CustomImage
from events.models import EventPage, Registration
from members.models import MemberProposal
from news.models import NewsPage
from outbox.models import Letter, LetterKind
from partners.models import AgreementParty, CooperationAgreementPage
from search.models import MissedSearch
from tests import factories
from tests.many_rows import many_members, many_pages

pytestmark = pytest.mark.django_db


def a_used_organisation():
    """An organisation that is a member and a party."""
    organisation = factories.MemberFactory(organisation__country="DE").organisation
    AgreementParty.objects.create(page=agreement(), organisation=organisation)


def agreement():
    """The one agreement of the test."""
    return CooperationAgreementPage.objects.first() or factories.CooperationAgreementPageFactory(parties=[])


def a_person():
    """A natural person."""
    factories.MemberFactory(organisation=None, surname="Pavardė", given_name="Vardas")


def a_member_with_delegates():
    """A member for whom two act."""
    member = factories.MemberFactory()
    factories.DelegateFactory.create_batch(2, member=member)


def a_proposal():
    """What a delegate proposes."""
    delegate = factories.DelegateFactory()
    MemberProposal.objects.create(member=delegate.member, user=delegate.user, before={}, after={})


def an_event_with_registrations():
    """An event for which two have registered."""
    event = factories.EventPageFactory(registration="event")
    for n in range(2):
        Registration.objects.create(event=event, name="Atstovas", email=f"a{n}@example.lt", state="registered")


def a_registration():
    """Somebody who comes to the first event."""
    event = _the_event()
    email = f"a{Registration.objects.count()}@example.lt"
    Registration.objects.create(event=event, name="Atstovas", email=email, state="registered")


def _the_event():
    return EventPage.objects.order_by("pk").first() or factories.EventPageFactory(registration="event")


def a_letter():
    """A letter in the outbox."""
    Letter.objects.create(kind=LetterKind.MESSAGE, to="a@example.lt", subject="Žinia", text="Sveiki")


def an_image():
    """A picture."""
    CustomImage.objects.create(title="Paveikslėlis", file=get_test_image_file())


def a_document():
    """A document."""
    CustomDocument.objects.create(title="Dokumentas", file="documents/x.pdf")


def a_saved_page():
    """A page with a draft and somebody who edited it."""
    page = factories.NewsPageFactory()
    page.save_revision(user=factories.UserFactory(), log_action=True)
    page.cover = CustomImage.objects.first()
    page.save()


def a_missed_search():
    """Something that was searched for in vain."""
    MissedSearch.objects.create(query=f"svajonė {MissedSearch.objects.count()}")


def a_redirect():
    """A redirect."""
    Redirect.objects.create(old_path=f"/senas-{Redirect.objects.count()}", redirect_page=factories.NewsPageFactory())


def explorer():
    """The list of the news pages."""
    index = factories.NewsIndexPage.objects.first() or factories.NewsIndexPageFactory()
    return reverse("wagtailadmin_explore", args=[index.pk])


def registrations():
    """The registrations of the first event."""
    return reverse("registrations:event", args=[_the_event().pk])


def register(name):
    """The list of a register."""
    return f"wagtailsnippets_{name}:list"


def chooser(name):
    """Choosing from a register."""
    return f"wagtailsnippetchoosers_{name}:choose"


# Name of the view, or a function that gives an address; what makes a row; the query.
LISTS = [
    (register("partners_organisation"), a_used_organisation, ""),
    (register("partners_organisation"), a_used_organisation, "?export=csv"),
    (register("partners_networkmembership"), factories.NetworkMembershipFactory, ""),
    (register("partners_networkmembership"), factories.NetworkMembershipFactory, "?export=csv"),
    (register("members_member"), a_member_with_delegates, ""),
    (register("members_member"), a_member_with_delegates, "?ordering=-acting&q=organizacija"),
    (register("members_member"), a_member_with_delegates, "?export=csv"),
    (register("members_member"), a_person, ""),
    (register("core_eldership"), factories.EldershipFactory, ""),
    (register("core_eldership"), factories.EldershipFactory, "?export=csv"),
    (register("core_municipality"), factories.MunicipalityFactory, ""),
    (register("projects_programme"), factories.MeasureFactory, ""),
    (register("projects_programme"), factories.MeasureFactory, "?export=csv"),
    (register("events_venue"), factories.VenueFactory, ""),
    (register("events_venue"), factories.VenueFactory, "?export=csv"),
    (register("news_topic"), factories.TopicFactory, ""),
    (register("news_newspattern"), factories.NewsPatternFactory, ""),
    (register("home_contactmessage"), factories.ContactMessageFactory, ""),
    (register("search_promotedresult"), factories.PromotedResultFactory, ""),
    ("search_admin:nerasta", a_missed_search, ""),
    (chooser("partners_organisation"), a_used_organisation, ""),
    (chooser("events_venue"), factories.VenueFactory, ""),
    (chooser("projects_programme"), factories.MeasureFactory, ""),
    (chooser("core_eldership"), factories.EldershipFactory, ""),
    ("delegates:index", factories.DelegateFactory, ""),
    ("delegates:invite_many", lambda: factories.MemberFactory(email="a@example.lt"), ""),
    ("member_proposals:index", a_proposal, ""),
    ("registrations:index", an_event_with_registrations, ""),
    (registrations, a_registration, ""),
    (registrations, a_registration, "?export=csv"),
    ("letters:index", a_letter, ""),
    ("wagtailimages:index", an_image, ""),
    ("wagtailimages_chooser:choose", an_image, ""),
    ("wagtaildocs:index", a_document, ""),
    ("wagtaildocs_chooser:choose", a_document, ""),
    ("wagtailusers_users:index", factories.UserFactory, ""),
    ("wagtailredirects:index", a_redirect, ""),
    (explorer, a_saved_page, ""),
    ("wagtailadmin_pages:search", a_saved_page, "?q=naujiena"),
    ("wagtailadmin_choose_page", a_saved_page, ""),
    ("wagtailadmin_reports:aging_pages", a_saved_page, ""),
    ("wagtailadmin_reports:page_types_usage", a_saved_page, ""),
    ("wagtailadmin_reports:site_history", a_saved_page, ""),
    ("wagtailadmin_reports:locked_pages", a_saved_page, ""),
    ("wagtailadmin_reports:workflow", a_saved_page, ""),
    ("wagtailadmin_home", a_saved_page, ""),
]


def queries(client, address):
    """How often the database is asked; a failure names what is asked."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        assert response.status_code == 200, response.get("Location")
        if response.streaming:
            b"".join(response.streaming_content)
    return [query["sql"] for query in asked]


def same(few, many):
    """The same number of queries; else those that are asked more often."""
    before = Counter(sql.partition(" WHERE ")[0] for sql in few)
    more = Counter(sql.partition(" WHERE ")[0] for sql in many) - before
    assert len(many) <= len(few), more


@pytest.mark.parametrize(("view", "make", "query"), LISTS, ids=lambda part: getattr(part, "__name__", part) or "-")
def test_queries_do_not_grow_with_the_rows(admin_client, view, make, query, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    factories.HomePageFactory()
    for _ in range(3):
        make()
    address = (view() if callable(view) else reverse(view)) + query
    queries(admin_client, address)  # what is kept for the life of the process
    few = queries(admin_client, address)
    for _ in range(9):
        make()
    queries(admin_client, address)  # renditions of new pictures are made once
    same(few, queries(admin_client, address))


SLOWEST = 5  # seconds; a loaded machine takes a tenth of it


def test_two_thousand_members_are_listed_as_quickly_as_ten(admin_client):
    list_of_members = reverse(register("members_member"))
    addresses = [
        list_of_members,
        f"{list_of_members}?p=40&ordering=-name",
        f"{list_of_members}?q=bendruomene&delegates=yra&membership=dabar",
        reverse(register("partners_organisation")),
        reverse(register("core_eldership")),
        reverse("delegates:index"),
        reverse(chooser("partners_organisation")),
        reverse("wagtailusers_users:index"),
    ]
    many_members(10)
    few = [queries(admin_client, address) and queries(admin_client, address) for address in addresses]
    many_members(2000, first=10)
    for address, asked in zip(addresses, few, strict=True):
        started = time.monotonic()
        same(asked, queries(admin_client, address))
        assert time.monotonic() - started < SLOWEST, address


def test_five_thousand_pages_are_listed_as_quickly_as_sixty(admin_client):
    # Sixty fill a page of results: Wagtail's chooser of pages asks three times for each row it shows.
    page = factories.NewsPageFactory(title="Naujiena")
    many_pages(page, 60)
    addresses = [
        explorer(),
        f"{explorer()}?ordering=title&p=50",
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:page_types_usage"),
        f"{reverse('wagtailadmin_pages:search')}?q=naujiena",
        reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
        reverse("wagtailadmin_home"),
    ]
    few = [queries(admin_client, address) and queries(admin_client, address) for address in addresses]
    many_pages(page, 4940, first=60)
    assert NewsPage.objects.count() == 5001
    assert Page.find_problems() == ([], [], [], [], [])
    for address, asked in zip(addresses, few, strict=True):
        started = time.monotonic()
        same(asked, queries(admin_client, address))
        assert time.monotonic() - started < SLOWEST, address
