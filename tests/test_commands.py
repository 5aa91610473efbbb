"""Commands of the site."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import User
from home.management.commands.erase_old_letters import KEPT_DAYS
from home.models import ContactMessage
from tests.factories import ContactMessageFactory, UserFactory

pytestmark = pytest.mark.django_db


def output_of(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_letters_are_erased_after_the_days_that_the_privacy_page_names():
    now = timezone.now()
    for age in (timedelta(days=KEPT_DAYS, minutes=1), timedelta(days=KEPT_DAYS, minutes=-1), timedelta()):
        letter = ContactMessageFactory()
        ContactMessage.objects.filter(pk=letter.pk).update(received_at=now - age)

    assert output_of("erase_old_letters").strip().endswith(": 1")
    assert ContactMessage.objects.count() == 2
    assert not ContactMessage.objects.filter(received_at__lt=now - timedelta(days=KEPT_DAYS)).exists()
    assert output_of("erase_old_letters").strip().endswith(": 0")


def test_the_first_administrator_is_made_once_and_told_the_password(settings, client):
    settings.DEBUG = True
    UserFactory()
    told = output_of("ensure_admin")
    admin = User.objects.get(username="admin")
    password = next(line.split()[-1] for line in told.splitlines() if "slaptažodis (password)" in line)
    assert len(password) >= 16
    assert client.login(username="admin", password=password)
    assert admin.is_superuser

    assert output_of("ensure_admin") == ""
    assert User.objects.filter(is_superuser=True).count() == 1


def test_no_administrator_is_made_on_a_server():
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("ensure_admin")
    assert not User.objects.exists()
