"""Nothing is lost: what is deleted can be brought back for thirty days, just as it was, and says who needs it."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import LogContext
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision

from core import trash, trash_pages
from core.management.commands.check_files import out_of_step
from core.models import CustomDocument, CustomImage, CustomRendition, Trashable, TrashEntry, for_good
from core.uses import is_in_trash, uses_of
from desk.roles import CONTRIBUTOR, EDITOR
from events.models import EventMaterial, Venue
from home.models import ContactMessage
from home.personal_data import erase, held_about
from members.models import Member
from news.models import NewsPage, Topic
from partners.models import Organisation
from tests import factories
from tests.test_house_rules import FACTORIES

pytestmark = pytest.mark.django_db

ROWS = [model for model in FACTORIES if issubclass(model, Trashable)]
every_row = pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """Uploads in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def an_image(title="Nuotrauka", **fields):
    return CustomImage.objects.create(title=title, file=get_test_image_file(f"{title}.png"), **fields)


def a_document(title="Nuostatai", **fields):
    return CustomDocument.objects.create(title=title, file=ContentFile(title.encode(), f"{title}.txt"), **fields)


def delete_url(thing):
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:delete", args=[thing.pk])
    if isinstance(thing, CustomImage):
        return reverse("wagtailimages:delete", args=[thing.pk])
    if isinstance(thing, CustomDocument):
        return reverse("wagtaildocs:delete", args=[thing.pk])
    return reverse(type(thing).snippet_viewset.get_url_name("delete"), args=[thing.pk])


def bulk_url(*things):
    model = Page if isinstance(things[0], Page) else type(things[0])
    address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
    return f"{address}?" + "&".join(f"id={thing.pk}" for thing in things)


def bring_back(client, *entries):
    return client.post(reverse("trash:restore"), {"entry": [entry.pk for entry in entries]}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- Rows, pictures, documents ----------------------------------------------------------------------------------------


@every_row
@pytest.mark.parametrize("way", [delete_url, bulk_url], ids=["one", "many"])
def test_a_row_goes_into_the_trash_and_comes_back_the_same(admin_client, admin_user, model, way):
    row = FACTORIES[model]()
    before = serialize("json", [model._base_manager.get(pk=row.pk)])
    asked = admin_client.get(way(row)).content.decode()
    assert "Dar 30 dienų galėsite grąžinti" in asked
    answer = admin_client.post(way(row), follow=True)
    assert not model.objects.filter(pk=row.pk).exists()
    entry = TrashEntry.objects.get()
    assert (entry.label, entry.trashed_by, entry.days_left) == (str(row), admin_user, 29)
    assert "Atšaukti" in said(answer)[0]
    assert f'name="entry" value="{entry.pk}"' in said(answer)[0]
    listed = admin_client.get(reverse(model.snippet_viewset.get_url_name("list"))).content.decode()
    assert f"/{row.pk}/" not in listed.partition('id="listing-results"')[2]
    admin_client.post(reverse("trash:restore"), {"entry": entry.pk})
    assert serialize("json", [model.objects.get(pk=row.pk)]) == before
    assert not TrashEntry.objects.exists()
    done = list(ModelLogEntry.objects.filter(object_id=str(row.pk)).order_by("pk").values_list("action", "user"))
    assert done[-2:] == [("core.trash", admin_user.pk), ("core.untrash", admin_user.pk)]


@every_row
def test_what_is_in_the_trash_keeps_what_only_one_row_may_have_and_the_form_says_so(admin_client, model):
    row = FACTORIES[model]()
    fields = [field.name for field in model._meta.fields if field.unique and field.editable and not field.primary_key]
    row.delete()
    for name in fields:
        fresh = model(**{name: getattr(row, name)})
        with pytest.raises(Exception, match="yra šiukšlinėje"):
            fresh.validate_unique()


def test_an_address_in_the_trash_is_refused_beside_the_field(admin_client):
    factories.TopicFactory(name="Kaimas", slug="kaimas").delete()
    answer = admin_client.post(reverse(Topic.snippet_viewset.get_url_name("add")), {"name": "Kaimas", "slug": "kaimas"})
    assert answer.status_code == 200
    assert "Toks įrašas („Kaimas“) yra šiukšlinėje." in answer.content.decode()


@pytest.mark.parametrize("make", [an_image, a_document])
@pytest.mark.parametrize("way", [delete_url, bulk_url], ids=["one", "many"])
def test_a_file_goes_into_the_trash_and_comes_back_with_it(
    admin_client, client, make, way, django_capture_on_commit_callbacks
):
    thing = make()
    thing.tags.add("kaimas")
    name = thing.file.name
    octets = thing.file.open().read()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(way(thing))
    assert not type(thing).objects.exists()
    assert default_storage.exists(name)
    bring_back(admin_client, TrashEntry.objects.get())
    back = type(thing).objects.get()
    assert (back.pk, back.file.open().read(), [tag.name for tag in back.tags.all()]) == (thing.pk, octets, ["kaimas"])


def test_a_picture_in_the_trash_is_public_in_no_size(client, django_capture_on_commit_callbacks):
    image = an_image()
    rendition = image.get_rendition("fill-100x100")
    assert client.get(rendition.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert client.get(rendition.url).status_code == 404
    assert not default_storage.exists(rendition.file.name)
    trash.restore(CustomImage.everything.get())
    assert client.get(CustomImage.objects.get().get_rendition("fill-100x100").url).status_code == 200


def test_a_document_in_the_trash_is_served_to_nobody(client, admin_client):
    document = a_document()
    assert client.get(document.url).status_code == 200
    document.delete()
    assert client.get(document.url).status_code == 404
    assert admin_client.get(document.url).status_code == 404


@pytest.mark.parametrize("path", ["admin:chooser", "admin:search", "admin:list"])
def test_a_picture_in_the_trash_is_neither_listed_nor_found_nor_chosen(admin_client, path):
    image = an_image("Zqnuotrauka")
    address = {
        "admin:chooser": reverse("wagtailimages_chooser:choose_results"),
        "admin:search": reverse("wagtailimages:index") + "?q=Zqnuotrauka",
        "admin:list": reverse("wagtailimages:index"),
    }[path]
    assert "Zqnuotrauka.png" in (text := admin_client.get(address).content.decode()) or "Zqnuotrauka" in text
    image.delete()
    text = admin_client.get(address).content.decode().replace('value="Zqnuotrauka"', "").replace("„Zqnuotrauka“", "")
    assert f"/{image.pk}/" not in text


def test_searching_pictures_and_rows_still_works():
    an_image("Piliakalnis")
    factories.TopicFactory(name="Piliakalnis")
    assert CustomImage.objects.search("Piliakalnis").count() == 1
    assert get_document_model().objects.search("nera").count() == 0


def test_a_collection_is_not_deleted_while_the_trash_holds_something_of_it(admin_client):
    collection = Collection.get_first_root_node().add_child(name="Šventės")
    an_image(collection=collection).delete()
    admin_client.post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))
    assert Collection.objects.filter(pk=collection.pk).exists()


# --- In use -----------------------------------------------------------------------------------------------------------


def used(kind):
    """Something in use, and the title of who uses it."""
    if kind == "picture":
        thing = an_image()
        factories.NewsPageFactory(title="Kas naudoja", cover=thing)
    elif kind == "picture in a text":
        thing = an_image()
        factories.NewsPageFactory(title="Kas naudoja", body=[("text", _embed(thing))])
    elif kind == "document":
        thing = a_document()
        EventMaterial.objects.create(event=factories.EventPageFactory(title="Kas naudoja"), document=thing)
        ReferenceIndex.create_or_update_for_object(Page.objects.get(title="Kas naudoja").specific)
    elif kind == "topic":
        thing = factories.TopicFactory()
        page = factories.NewsPageFactory(title="Kas naudoja")
        page.topics.add(thing)
        page.save()
    elif kind == "topic of a draft":
        thing = factories.TopicFactory()
        page = factories.NewsPageFactory(title="Kas naudoja")
        page.topics.add(thing)
        page.save_revision()
    elif kind == "cover of a draft":
        thing = an_image()
        page = factories.NewsPageFactory(title="Kas naudoja")
        page.cover = thing
        page.save_revision()
    elif kind == "venue of a date":
        thing = factories.VenueFactory()
        page = factories.EventPageFactory(title="Kas naudoja")
        page.dates.update(venue=thing)
    else:
        thing = factories.OrganisationFactory()
        factories.ProjectPageFactory(title="Kas naudoja", lead=thing)
    return thing


def _embed(image):
    return f'<p>Tekstas.</p><embed embedtype="image" id="{image.pk}" alt="" format="fullwidth"/>'


USES = ["picture", "picture in a text", "document", "topic", "topic of a draft", "cover of a draft", "venue of a date"]


@pytest.mark.parametrize("kind", [*USES, "organisation"])
def test_what_is_in_use_is_not_offered_for_deletion_and_is_told_by_whom(admin_client, kind):
    thing = used(kind)
    page = Page.objects.get(title="Kas naudoja")
    for address in (delete_url(thing), bulk_url(thing)):
        for send in (admin_client.get, admin_client.post):
            text = send(address).content.decode()
            assert "Ištrinti negalima" in text
            assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}">Kas naudoja</a>' in text
            assert '<button class="button serious"' not in text
    with pytest.raises(ProtectedError):
        thing.delete()
    with pytest.raises(ProtectedError):
        type(thing).objects.filter(pk=thing.pk).delete()
    assert type(thing).objects.filter(pk=thing.pk).exists()
    assert not TrashEntry.objects.exists()


def test_of_many_all_go_or_none(admin_client):
    free, busy = factories.TopicFactory(), used("topic")
    admin_client.post(bulk_url(free, busy))
    assert Topic.objects.count() == 2


def test_asking_who_uses_many_costs_as_much_as_for_few():
    def rows(number):
        found = [factories.OrganisationFactory() for _ in range(number)]
        for organisation in found:
            factories.ProjectPageFactory(lead=organisation)
        return found

    few, many = rows(2), rows(12)
    with CaptureQueriesContext(connection) as first:
        uses_of(few)
    with CaptureQueriesContext(connection) as second:
        uses_of(many)
    assert len(first) == len(second)


def test_what_only_the_trash_uses_may_follow_it_and_comes_back_with_it(admin_client):
    image = an_image()
    page = factories.NewsPageFactory(cover=image)
    page.delete()
    image.delete()
    answer = bring_back(admin_client, TrashEntry.objects.get(label=page.title))
    assert CustomImage.objects.get() == image
    assert "Kartu grąžinta" in said(answer)[0]
    member = factories.MemberFactory()
    organisation = member.organisation
    member.delete()
    organisation.delete()
    bring_back(admin_client, TrashEntry.objects.get(content_type__model="member"))
    assert Member.objects.get().organisation == Organisation.objects.get(pk=organisation.pk)


# --- Pages ------------------------------------------------------------------------------------------------------------


def tree(home):
    """Everything of the pages below `home`: fields, order, children, revisions, addresses, links to them."""
    pages = list(home.get_descendants().specific())
    for page in pages:
        page.path = ""  # the order stands in the list; the numbers in the path are the tree's own
    return {
        "pages": serialize("json", pages),
        "above": [page.get_parent().pk for page in Page.objects.filter(pk__in=[page.pk for page in pages])],
        "pages of Wagtail": [{**row, "path": ""} for row in home.get_descendants().values()],
        "addresses": [page.get_url() for page in pages],
        "revisions": serialize("json", Revision.objects.order_by("pk")),
        "dates": [serialize("json", page.dates.order_by("pk")) for page in pages if hasattr(page, "dates")],
        "redirects": serialize("json", Redirect.objects.order_by("pk")),
        "references": list(ReferenceIndex.objects.order_by("pk").values()),
    }


@pytest.fixture
def site():
    """A few pages below each other, live and drafts, with links, pictures, a redirect, an alias."""
    home = factories.HomePageFactory()
    about = factories.StandardPageFactory(title="Apie", slug="apie", parent=home)
    team = factories.StandardPageFactory(
        title="Komanda", slug="komanda", parent=about, cover=an_image(), cover_alt="Žmonės"
    )
    factories.StandardPageFactory(title="Ruošinys", slug="ruosinys", parent=about, live=False)
    last = factories.StandardPageFactory(title="Paskutinis", slug="paskutinis", parent=home)
    last.body = [("text", f'<p><a linktype="page" id="{team.pk}">Komanda</a></p>')]
    last.save_revision().publish()
    team.save_revision().publish()
    Redirect.objects.create(old_path="/senas", redirect_page=team)
    return home


@pytest.mark.parametrize("way", [delete_url, bulk_url], ids=["one", "many"])
def test_a_page_goes_with_all_below_it_and_comes_back_the_same(admin_client, client, site, way):
    about = Page.objects.get(slug="apie")
    addresses = [page.get_url() for page in about.get_descendants(inclusive=True)]
    before = tree(site)
    asked = admin_client.get(way(about)).content.decode()
    assert "kartu su 2 žemesniais puslapiais" in asked.replace("\xa0", " ")
    assert "Paskutinis" in asked  # it links to a page below
    answer = admin_client.post(way(about), follow=True)
    assert "Atšaukti" in said(answer)[0]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    listing = admin_client.get(reverse("wagtailadmin_explore", args=[site.pk])).content.decode()
    assert "Apie" not in listing.partition('id="listing-results"')[2]
    entry = TrashEntry.objects.get()
    answer = bring_back(admin_client, entry)
    assert "Puslapis vėl rodomas svetainėje." in said(answer)[0]
    assert tree(site) == before
    assert [client.get(address).status_code for address in addresses] == [200, 200, 404]
    assert client.get("/senas/").status_code == 301


def test_every_path_of_deleting_a_page_ends_in_the_trash(site):
    page = Page.objects.get(slug="komanda").specific
    page.delete()
    assert is_in_trash(Page.objects.get(pk=page.pk))
    assert TrashEntry.objects.get().label == "Komanda"


def test_an_address_taken_meanwhile_is_said_and_the_editor_keeps_the_new_one(admin_client, site):
    about = Page.objects.get(slug="apie")
    Page.objects.get(slug="komanda").specific.delete()
    factories.StandardPageFactory(title="Kita komanda", slug="komanda", parent=about)
    answer = bring_back(admin_client, TrashEntry.objects.get())
    assert "Jo adresas dabar „komanda-1“" in said(answer)[0]
    page = Page.objects.get(title="Komanda")
    assert page.get_latest_revision_as_object().slug == page.slug == "komanda-1"


def test_a_page_whose_parent_is_gone_asks_where_to(admin_client, site):
    about, team = Page.objects.get(slug="apie"), Page.objects.get(slug="komanda")
    team.specific.delete()
    about.specific.delete()
    entry = TrashEntry.objects.get(label="Komanda")
    answer = bring_back(admin_client, entry)
    assert "nebėra arba jis pats šiukšlinėje" in answer.content.decode()
    where = reverse("trash:place", args=[entry.pk])
    refused = admin_client.post(where, {"parent": factories.NewsIndexPageFactory(parent=site).pk})
    assert "Po šiuo puslapiu jo dėti negalima" in refused.content.decode()
    assert "Pasirinkite puslapį." in admin_client.post(where, {"parent": ""}).content.decode()
    admin_client.post(where, {"parent": Page.objects.get(slug="paskutinis").pk})
    assert Page.objects.get(pk=team.pk).get_parent().slug == "paskutinis"


def test_from_the_old_address_of_a_page_that_came_back_elsewhere_readers_are_led_on(client, site):
    about, team = Page.objects.get(slug="apie"), Page.objects.get(slug="komanda")
    factories.StandardPageFactory(title="Vadovė", slug="vadove", parent=team)
    team.specific.delete()
    elsewhere = Page.objects.get(slug="paskutinis")
    trash_pages.restore_page(TrashEntry.objects.get(), elsewhere)
    assert client.get("/apie/komanda/")["Location"] == "/paskutinis/komanda/"
    assert client.get("/apie/komanda/vadove/")["Location"] == "/paskutinis/komanda/vadove/"
    # One that comes back to its place needs none, also from a release that did not remember the address.
    Redirect.objects.all().delete()
    about.specific.delete()
    trash_pages.restore_page(TrashEntry.objects.get())
    Page.objects.get(slug="komanda").delete()
    entry = TrashEntry.objects.get()
    del entry.page_state["url_path"]
    trash_pages.restore_page(entry, Page.objects.get(pk=about.pk))
    assert not Redirect.objects.exists()


def test_pages_deleted_by_code_as_a_queryset_or_as_bare_pages_are_in_the_trash(site):
    about, team = Page.objects.get(slug="apie"), Page.objects.get(slug="komanda")
    assert type(about) is Page
    keys = set(about.get_descendants(inclusive=True).values_list("pk", flat=True))
    assert about.get_descendants(inclusive=True).delete() == (1, {"wagtailcore.Page": 1})
    assert set(Page.objects.filter(pk__in=keys).values_list("pk", flat=True)) == keys
    assert all(is_in_trash(page) for page in Page.objects.filter(pk__in=keys))
    trash_pages.restore_page(TrashEntry.objects.get())
    assert Page.objects.get(pk=about.pk).delete() == (1, {"wagtailcore.Page": 1})
    assert TrashEntry.objects.get().label == "Apie"
    trash_pages.restore_page(TrashEntry.objects.get())
    type(team.specific).objects.filter(slug__in=["komanda", "paskutinis"]).delete()
    assert {entry.label for entry in TrashEntry.objects.all()} == {"Komanda", "Paskutinis"}
    assert not any(Page.find_problems())


def test_of_many_pages_all_are_deleted_or_none(site):
    with pytest.raises(ProtectedError):
        Page.objects.filter(depth__gt=1).delete()  # the home page among them
    assert not TrashEntry.objects.exists()


def test_a_page_is_gone_for_good_by_the_other_word_alone(site):
    about = Page.objects.get(slug="apie").specific
    with pytest.raises(RuntimeError), for_good():
        raise RuntimeError
    Page.objects.filter(pk=about.pk).delete()
    assert TrashEntry.objects.get().object_id == about.pk
    Page.objects.get(pk=about.pk).specific.purge()
    assert not Page.objects.filter(title__in=["Apie", "Komanda", "Ruošinys"]).exists()
    assert not any(Page.find_problems())


def test_what_was_planned_is_planned_again_and_not_published_out_of_the_trash(site):
    page = Page.objects.get(slug="ruosinys").specific
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    page.refresh_from_db()
    page.delete()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        call_command("publish_scheduled", verbosity=0)
        assert not Page.objects.get(pk=page.pk).live
    trash_pages.restore_page(TrashEntry.objects.get())
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        call_command("publish_scheduled", verbosity=0)
        assert Page.objects.get(pk=page.pk).live


def test_an_alias_goes_and_comes_with_its_source(client, site):
    page = Page.objects.get(slug="komanda").specific
    alias = page.create_alias(update_slug="komanda-kitur", parent=site)
    assert client.get(alias.get_url()).status_code == 200
    page.delete()
    assert client.get(alias.get_url()).status_code == 404
    trash_pages.restore_page(TrashEntry.objects.get())
    assert client.get(alias.get_url()).status_code == 200


def test_what_is_in_the_trash_is_edited_by_nobody_and_found_by_no_search(admin_client, site):
    page = Page.objects.get(slug="komanda").specific
    page.delete()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Šis puslapis – šiukšlinėje." in admin_client.get(address).content.decode()
    admin_client.post(address, {"title": "Kitas", "slug": "kitas", "body-count": "0", "action-publish": "1"})
    assert Page.objects.get(pk=page.pk).title == "Komanda"
    search = admin_client.get(reverse("wagtailadmin_pages:search_results") + "?q=Komanda").content.decode()
    assert f"/admin/pages/{page.pk}/" not in search
    for chooser in (
        reverse("wagtailadmin_choose_page_search") + "?q=Komanda",
        reverse("wagtailadmin_choose_page"),
    ):
        assert f'"{page.pk}"' not in admin_client.get(chooser).content.decode()
    root = admin_client.get(reverse("wagtailadmin_explore_root")).content.decode()
    assert "Šiukšlinė" not in root.partition('id="listing-results"')[2]


def test_the_home_page_is_not_deleted(admin_client, site):
    for address in (delete_url(site), bulk_url(site)):
        assert "Jos ištrinti negalima" in said(admin_client.post(address, follow=True))[0]
    with pytest.raises(ProtectedError):
        site.delete()
    assert Page.objects.get(pk=site.pk).url_path == site.url_path


def test_a_locked_page_is_deleted_by_nobody_else_nor_with_what_it_stands_below(admin_client, site):
    team = Page.objects.get(slug="komanda")
    team.locked, team.locked_by, team.locked_at = True, factories.UserFactory(), timezone.now()
    team.save()
    for page in (team, team.get_parent()):
        for address in (delete_url(page), bulk_url(page)):
            assert "„Komanda“ užrakinta" in said(admin_client.post(address, follow=True))[0]
    assert not is_in_trash(Page.objects.get(pk=team.pk))
    assert "locked" in admin_client.get(reverse("wagtailadmin_pages:edit", args=[team.pk])).content.decode()


def test_two_pages_with_one_address_part_may_lie_in_the_trash(site):
    for parent in ("apie", "paskutinis"):
        page = factories.StandardPageFactory(title=parent, slug="tas-pats", parent=Page.objects.get(slug=parent))
        page.delete()
    for entry in TrashEntry.objects.all():
        trash_pages.restore_page(entry)
    assert Page.objects.filter(slug="tas-pats").count() == 2


# --- The screen -------------------------------------------------------------------------------------------------------


def test_the_screen_says_what_who_when_and_how_long(admin_client):
    admin_client.post(delete_url(factories.TopicFactory(name="Žydinti tema")))
    TrashEntry.objects.update(trashed_at=timezone.now() - timedelta(days=10))
    an_image("Kita").delete()
    text = admin_client.get(reverse("trash:index")).content.decode()
    for word in ("Žydinti tema", "Tema", "admin", "19", "Grąžinti", "Kita", "Paveikslėlis"):
        assert word in text
    entry = TrashEntry.objects.get(label="Žydinti tema")
    found = admin_client.get(reverse("trash:index_results") + "?q=zydinti").content.decode()
    assert "Žydinti tema" in found
    assert "Grąžinti „Kita“" not in found
    by_kind = admin_client.get(reverse("trash:index_results") + f"?kind={entry.content_type_id}").content.decode()
    assert "Žydinti tema" in by_kind
    assert "Grąžinti „Kita“" not in by_kind


def test_the_screen_costs_the_same_however_much_is_there(admin_client):
    def queries(number):
        for _ in range(number):
            factories.TopicFactory().delete()
            factories.NewsPageFactory().delete()
        with CaptureQueriesContext(connection) as context:
            assert admin_client.get(reverse("trash:index")).status_code == 200
        return len(context)

    queries(1)
    assert queries(1) == queries(10)


def test_everybody_sees_and_restores_what_they_could_delete_and_only_few_purge(client):
    call_command("set_up_roles", verbosity=0)
    topic, page = factories.TopicFactory(name="Sena tema"), factories.NewsPageFactory(title="Sena naujiena")
    topic.delete()
    page.delete()
    contributor, editor = factories.UserFactory(), factories.UserFactory()
    contributor.groups.add(CONTRIBUTOR.group())
    editor.groups.add(EDITOR.group())
    client.force_login(contributor)
    assert "Sena" not in client.get(reverse("trash:index")).content.decode()
    bring_back(client, *TrashEntry.objects.all())
    assert TrashEntry.objects.count() == 2
    client.force_login(editor)
    text = client.get(reverse("trash:index")).content.decode()
    assert "Sena tema" in text
    assert "Sena naujiena" in text
    assert "Ištrinti galutinai" not in text
    client.post(reverse("trash:purge", args=[TrashEntry.objects.first().pk]))
    bring_back(client, *TrashEntry.objects.all())
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert NewsPage.objects.get(pk=page.pk).live


# --- For good ---------------------------------------------------------------------------------------------------------


def test_an_administrator_deletes_for_good_after_being_asked(admin_client, django_capture_on_commit_callbacks):
    image = an_image()
    image.delete()
    address = reverse("trash:purge", args=[TrashEntry.objects.get().pk])
    assert "Grąžinti nebegalės niekas" in admin_client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(address)
    assert not CustomImage.everything.exists()
    assert not TrashEntry.objects.exists()
    assert not default_storage.exists(image.file.name)
    assert ModelLogEntry.objects.filter(action="core.purge", object_id=str(image.pk)).exists()


def test_what_something_in_the_trash_needs_is_not_purged_before_it(admin_client):
    member = factories.MemberFactory()
    organisation = member.organisation
    member.delete()
    organisation.delete()
    entry = TrashEntry.objects.get(content_type__model="organisation")
    answer = admin_client.post(reverse("trash:purge", args=[entry.pk]), follow=True)
    assert "dar reikalinga čia" in said(answer)[0]
    assert Organisation.everything.filter(pk=organisation.pk).exists()


def test_after_thirty_days_it_goes_and_not_before(site, capsys):
    with time_machine.travel(timezone.now() - timedelta(days=30, minutes=1)):
        member = factories.MemberFactory()
        organisation = member.organisation
        member.delete()
        organisation.delete()
        Page.objects.get(slug="apie").specific.delete()
    with time_machine.travel(timezone.now() - timedelta(days=29)):
        factories.TopicFactory().delete()
    call_command("empty_trash")
    assert "Ištrinta galutinai: 3." in capsys.readouterr().out
    assert [entry.content_type.model for entry in TrashEntry.objects.all()] == ["topic"]
    assert not Member.everything.exists()
    assert not Organisation.everything.filter(pk=organisation.pk).exists()
    assert not Page.objects.filter(title__in=["Apie", "Komanda"]).exists()
    assert PageLogEntry.objects.filter(action="wagtail.delete", label="Komanda").exists()


def test_personal_data_are_erased_in_the_trash_too():
    message = factories.ContactMessageFactory(email="asmuo@example.lt")
    message.delete()
    erase(held_about("asmuo@example.lt"))
    assert not ContactMessage.everything.exists()
    assert not TrashEntry.objects.exists()
    with time_machine.travel(timezone.now() - timedelta(days=100)):
        factories.ContactMessageFactory().delete()
    call_command("erase_old_letters", verbosity=0)
    assert not ContactMessage.everything.exists()
    assert not TrashEntry.objects.exists()


# --- Files and rows in step -------------------------------------------------------------------------------------------


def test_a_random_run_leaves_no_file_without_a_row_and_no_row_without_its_file(
    admin_client, django_capture_on_commit_callbacks
):
    dice = random.Random(4)

    def upload():
        dice.choice([an_image, a_document])(title=f"failas{dice.randrange(5)}")

    def anything(manager):
        rows = [row for model in (CustomImage, CustomDocument) for row in getattr(model, manager).all()]
        return dice.choice(rows) if rows else None

    def replace():
        if thing := anything("objects"):
            image = isinstance(thing, CustomImage)
            file = (
                ContentFile(get_test_image_file().file.getvalue(), "naujas.png")
                if image
                else ContentFile(b"Naujas tekstas", "naujas.txt")
            )
            data = {
                "title": thing.title,
                "file": file,
                "audience": "public",
                "tags": "",
                "collection": "1",
                "description": "x",
            }
            address = reverse("wagtailimages:edit" if image else "wagtaildocs:edit", args=[thing.pk])
            assert admin_client.post(address, data).status_code == 302

    def delete():
        if thing := anything("objects"):
            thing.delete()

    def restore():
        if (thing := anything("everything")) and thing.trash_id:
            trash.restore(thing)

    def purge():
        if entry := TrashEntry.objects.order_by("?").first():
            trash.purge(entry)

    def draw():
        if (image := anything("objects")) and isinstance(image, CustomImage):
            image.get_rendition("fill-50x50")

    for _ in range(120):
        with django_capture_on_commit_callbacks(execute=True):
            dice.choice([upload, upload, replace, delete, restore, purge, draw])()
        assert out_of_step() == ([], [])
    assert CustomImage.everything.count() + CustomDocument.everything.count() > 5
    call_command("check_files")


def test_files_and_rows_out_of_step_are_told(capsys):
    image, document = an_image(), a_document()
    default_storage.delete(image.file.name)
    orphan = default_storage.save("documents/pamestas.txt", ContentFile(b"x"))
    CustomRendition.objects.all().delete()
    with pytest.raises(CommandError, match="1 rows without a file, 1 files without a row"):
        call_command("check_files")
    told = capsys.readouterr().out
    assert f"Įrašas be failo: {image.file.name}" in told
    assert f"Failas be įrašo: {orphan}" in told
    assert document.file.name not in told


def test_a_replaced_file_is_kept_in_the_trash_and_can_be_brought_back(admin_client, django_capture_on_commit_callbacks):
    document = a_document("Senas")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(
            reverse("wagtaildocs:edit", args=[document.pk]),
            {"title": "Naujas", "file": ContentFile(b"Naujas", "n.txt"), "audience": "public", "collection": "1"},
        )
    entry = TrashEntry.objects.get()
    assert entry.label == "Senas (ankstesnis failas)"
    bring_back(admin_client, entry)
    assert {d.title: d.file.open().read() for d in CustomDocument.objects.all()} == {
        "Naujas": b"Naujas",
        "Senas (ankstesnis failas)": b"Senas",
    }


def test_every_place_of_events_in_use_is_known_by_its_date():
    venue = used("venue of a date")
    assert list(uses_of([venue])) == [venue.pk]
    assert Venue.objects.filter(pk=venue.pk).exists()


def test_each_of_many_deleted_at_once_has_its_own_entry_in_the_history():
    """Wagtail's history shows one entry for each number of a request: of what was logged under one, only the last."""
    rows = [factories.TopicFactory(), factories.TopicFactory()]
    with LogContext(user=factories.UserFactory()):
        trash.put_away(rows)
    entries = ModelLogEntry.objects.filter(action="core.trash", object_id__in=[str(row.pk) for row in rows])
    assert len(set(entries.values_list("uuid", flat=True))) == 2


def test_a_member_and_a_membership_in_the_trash_show_in_no_list(client):
    page = factories.MemberListPageFactory()
    member = factories.MemberFactory(organisation__name="Zqnarys")
    membership = factories.NetworkMembershipFactory(network__name="Zqtinklas")
    register = factories.CooperationIndexPageFactory()
    addresses = [page.url, page.url + "nariai.json", page.url + "nariai.csv", register.url, "/", "/sitemap.xml"]

    def shown():
        return {word for address in addresses for word in ("Zqnarys", "zqtinklas") if word.lower() in text(address)}

    def text(address):
        return client.get(address).content.decode().lower()

    assert "Zqnarys" in shown()
    member.delete()
    membership.delete()
    assert shown() == set()
