"""Nothing is lost: what is deleted can be brought back for thirty days, just as it was."""

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from core.models import CustomImage, TrashEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_smoke(admin_client, client):
    image = CustomImage.objects.create(title="x", file=get_test_image_file())
    page = factories.NewsPageFactory(cover=image)
    url = reverse("wagtailimages:delete", args=[image.pk])
    r = admin_client.get(url)
    print(r.content.decode()[-3000:])
    r = admin_client.post(url)
    assert CustomImage.objects.count() == 1
    d = reverse("wagtailadmin_pages:delete", args=[page.pk])
    print(admin_client.get(d).content.decode()[-2000:])
    r = admin_client.post(d, follow=True)
    assert r.status_code == 200
    print(r.content.decode()[:4000])
    page.refresh_from_db()
    assert not page.live
    r = admin_client.post(url, follow=True)
    assert CustomImage.objects.count() == 0
    r = admin_client.get(reverse("trash:index"))
    print(r.content.decode())
    for e in TrashEntry.objects.exclude(page_state=None):
        r = admin_client.post(reverse("trash:restore"), {"entry": e.pk}, follow=True)
    page.refresh_from_db()
    assert page.live
    assert CustomImage.objects.count() == 1
