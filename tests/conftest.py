"""What every test finds ready."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from core.models import SiteSettings, TrashEntry, User, for_good
from core.visibility import TRASH_PATH
from desk.roles import ROLES
from events.models import EventIndexPage, Registration
from members.models import Member
from news.models import NewsIndexPage, Topic
from outbox import delivery
from outbox.models import Letter
from partners.models import Organisation
from tests.factories import NOON, HomePageFactory, UserFactory
from tests.mailbox import Mailbox
from tests.races import alone, database_in_a_file


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail keeps the sites' root pages in the cache, where no rollback reaches them."""
    cache.clear()


@pytest.fixture
def noon(time_machine):
    """The clock stands at `NOON`, a Sunday in November."""
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def people(db):
    """Somebody of each role of the staff, by the role's key, and the site's home page."""
    HomePageFactory()
    call_command("set_up_roles", verbosity=0)
    people = {}
    for role in ROLES:
        people[role.key] = UserFactory(username=role.key, email=f"{role.key}@example.lt")
        people[role.key].groups.add(role.group())
    return people


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup, django_db_blocker):
    """
    A database in which what a fixture of the module makes stays until the module's last test.

    What a test changes is undone after the test, what the fixture made after the module.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded_site(kept_for_the_module):
    """
    The site with its roles and the LAG's content, as `load_content` makes it, loaded once for all tests of a module.

    A module of such tests says `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]`.
    """
    call_command("set_up_roles", verbosity=0)
    call_command("load_content", verbosity=0)


@pytest.fixture
def mailbox(settings):
    """A real mail server on this machine, to which the site sends (tests/mailbox.py)."""
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield box
    box.close()


@pytest.fixture
def database(db, tmp_path, monkeypatch):
    """
    A database in which threads and processes meet (tests/races.py), by its DATABASE_URL.

    On PostgreSQL that of the tests, whose rows are taken away again at the end. A test's SQLite is in memory, where no
    second connection comes in as it does in a file: there a copy of it in a file is used.
    """
    monkeypatch.setattr(delivery, "hand_over", lambda pk: None)  # sending is not what is raced for
    if connection.vendor == "sqlite":
        with database_in_a_file(tmp_path / "race.sqlite3"):
            yield f"sqlite:///{tmp_path}/race.sqlite3"
        return
    where = connection.settings_dict
    password = f":{where['PASSWORD']}" if where["PASSWORD"] else ""
    yield f"postgres://{where['USER']}{password}@{where['HOST']}:{where['PORT'] or 5432}/{where['NAME']}"
    alone(take_away)


def take_away():
    """Leave the database as it was."""
    for model in (Registration, Letter, User, ModelLogEntry, PageLogEntry, SiteSettings):
        model.objects.all().delete()
    for model in (Member, Organisation, Topic):
        model.everything.all().purge()
    for model in (EventIndexPage, NewsIndexPage):
        for index in model.objects.all():
            index.purge()
    with for_good():
        Page.objects.filter(depth=2, slug=TRASH_PATH.strip("/")).delete()
    TrashEntry.objects.all().delete()
