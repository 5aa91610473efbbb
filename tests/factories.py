"""
One factory for every page type and every register: `NewsPageFactory(title="…")` puts the page where it belongs.

A page's parent is the one that the site has, made where it is missing: the home page, an index page below it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory
import wagtail_factories
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from core.models import Eldership, Municipality, User
from events.models import EventDate, EventIndexPage, EventPage, Venue
from home.models import ContactMessage, ContactPage, HomePage, OpenDataPage, StandardPage
from members.models import Delegate, Member, MemberListPage
from news.models import NewsIndexPage, NewsPage, NewsPattern, Topic
from partners.models import (
    AgreementParty,
    CooperationAgreementPage,
    CooperationIndexPage,
    NetworkMembership,
    Organisation,
)
from projects.models import Measure, Programme, ProjectIndexPage, ProjectPage
from search.models import PromotedResult

VILNIUS = ZoneInfo("Europe/Vilnius")


def at(*parts):
    """A moment in Vilnius."""
    return datetime(*parts, tzinfo=VILNIUS)


# Where the fixture `noon` stops the clock.
NOON = at(2026, 11, 22, 12)


def below(parent_factory):
    """A page's parent: the one page of that type that the site has, or a new one."""
    return factory.LazyFunction(lambda: parent_factory._meta.model.objects.first() or parent_factory())


# --- Users ------------------------------------------------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in and may do nothing."""

    username = factory.Sequence("naudotojas{}".format)

    class Meta:
        model = User


# --- Registers --------------------------------------------------------------------------------------------------------


class NamedRowFactory(DjangoModelFactory):
    """A row with a name; the address part follows from the sequence, since Lithuanian names may fold alike."""

    slug = factory.Sequence("eilute-{}".format)

    class Meta:
        abstract = True


class MunicipalityFactory(NamedRowFactory):
    name = factory.Sequence("Savivaldybė {}".format)

    class Meta:
        model = Municipality


class EldershipFactory(NamedRowFactory):
    name = factory.Sequence("Seniūnija {}".format)
    municipality = factory.SubFactory(MunicipalityFactory)

    class Meta:
        model = Eldership


class OrganisationFactory(NamedRowFactory):
    name = factory.Sequence("Organizacija Nr. {}".format)
    kind = "ngo"
    country = "LT"

    class Meta:
        model = Organisation


class NetworkMembershipFactory(DjangoModelFactory):
    network = factory.SubFactory(OrganisationFactory, kind="network")
    since = "2010"

    class Meta:
        model = NetworkMembership


class ProgrammeFactory(NamedRowFactory):
    name = factory.Sequence("Programa {}".format)
    period = "2014/2020"

    class Meta:
        model = Programme


class MeasureFactory(DjangoModelFactory):
    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence("Priemonė {}".format)

    class Meta:
        model = Measure


class MemberFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    sector = "civil_society"
    eldership = factory.SubFactory(EldershipFactory)

    class Meta:
        model = Member


class DelegateFactory(DjangoModelFactory):
    """Somebody who acts for a member and has not signed in yet."""

    user = factory.SubFactory(
        UserFactory, email=factory.Sequence("atstovas{}@example.lt".format), username=factory.SelfAttribute("email")
    )
    member = factory.SubFactory(MemberFactory)

    class Meta:
        model = Delegate


class TopicFactory(NamedRowFactory):
    name = factory.Sequence("Tema {}".format)

    class Meta:
        model = Topic


class NewsPatternFactory(NamedRowFactory):
    name = factory.Sequence("Šablonas {}".format)

    class Meta:
        model = NewsPattern


class PromotedResultFactory(NamedRowFactory):
    name = factory.Sequence("Paieška {}".format)
    page = factory.LazyFunction(lambda: StandardPageFactory())

    class Meta:
        model = PromotedResult


class VenueFactory(NamedRowFactory):
    name = factory.Sequence("Vieta {}".format)
    eldership = factory.SubFactory(EldershipFactory)

    class Meta:
        model = Venue


class ContactMessageFactory(DjangoModelFactory):
    name = "Skaitytojas"
    email = "skaitytojas@example.lt"
    text = "Laba diena, norėčiau paklausti."
    token = factory.Sequence("{:032x}".format)

    class Meta:
        model = ContactMessage


# --- Pages ------------------------------------------------------------------------------------------------------------


class PageFactory(wagtail_factories.PageFactory):
    """A page that everybody may see."""

    title = factory.Sequence("Puslapis {}".format)
    summary = "Apie ką šis puslapis, vienu sakiniu."

    class Meta:
        abstract = True


class HomePageFactory(PageFactory):
    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "Pradžia"

    class Meta:
        model = HomePage
        skip_postgeneration_save = True

    @factory.post_generation
    def site(page, create, extracted):
        """The home page is the root of the one site there is."""
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": page, "hostname": "testserver", "port": 80}
        )


class StandardPageFactory(PageFactory):
    parent = below(HomePageFactory)
    body = [("text", "<p>Pastraipa teksto.</p>")]

    class Meta:
        model = StandardPage


class OpenDataPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Atviri duomenys"

    class Meta:
        model = OpenDataPage


class ContactPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Kontaktai"

    class Meta:
        model = ContactPage


class NewsIndexPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Naujienos"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(PageFactory):
    parent = below(NewsIndexPageFactory)
    title = factory.Sequence("Naujiena Nr. {}".format)
    date = "2026-03-02"
    body = [("text", "<p>Kas įvyko.</p>")]

    class Meta:
        model = NewsPage


class EventIndexPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Renginiai"

    class Meta:
        model = EventIndexPage


class EventPageFactory(PageFactory):
    """An event with one date a week ahead; `dates=[(start, end), …]` for others, `dates=[]` for none."""

    parent = below(EventIndexPageFactory)
    title = factory.Sequence("Renginys Nr. {}".format)
    kind = "training"
    venue = factory.SubFactory(VenueFactory)

    class Meta:
        model = EventPage
        skip_postgeneration_save = True

    @factory.post_generation
    def dates(page, create, extracted):
        """The dates, in Vilnius: pairs of moments, the second of which may be None."""
        if extracted is None:
            start = datetime.combine(timezone.localdate() + timedelta(days=7), datetime.min.time(), VILNIUS)
            extracted = [(start.replace(hour=10), start.replace(hour=12))]
        for start, end in extracted:
            EventDate.objects.create(event=page, start=start, end=end)


class CooperationIndexPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Bendradarbiavimas"

    class Meta:
        model = CooperationIndexPage


class CooperationAgreementPageFactory(PageFactory):
    """An agreement with one named party; `parties=[organisation, …]` for others."""

    parent = below(CooperationIndexPageFactory)
    title = factory.Sequence("Sutartis Nr. {}".format)
    kind = "cooperation_agreement"
    date = "2021-07"

    class Meta:
        model = CooperationAgreementPage
        skip_postgeneration_save = True

    @factory.post_generation
    def parties(page, create, extracted):
        """The named parties: organisations."""
        for organisation in [OrganisationFactory()] if extracted is None else extracted:
            AgreementParty.objects.create(page=page, organisation=organisation)


class ProjectIndexPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "Projektai"

    class Meta:
        model = ProjectIndexPage


class ProjectPageFactory(PageFactory):
    parent = below(ProjectIndexPageFactory)
    title = factory.Sequence("Projektas Nr. {}".format)
    scope = "local"
    status = "finished"
    period = "2018/2019"
    programme = factory.SubFactory(ProgrammeFactory)

    class Meta:
        model = ProjectPage


class MemberListPageFactory(PageFactory):
    parent = below(HomePageFactory)
    title = "VVG nariai"

    class Meta:
        model = MemberListPage
