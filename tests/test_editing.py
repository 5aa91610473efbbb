"""Every save can be brought back; two editors and a sign-in that runs out lose nothing."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks.base import BlockField
from wagtail.models import RevisionMixin, Site
from wagtail.snippets.models import get_snippet_models

from core.models import SiteSettings
from members.models import Delegate, Member, MemberProposal
from news.models import NewsPage
from partners.models import Organisation
from projects.models import Programme
from tests import factories
from tests.test_house_rules import FACTORIES, PAGE_TYPES

pytestmark = pytest.mark.django_db

# What staff change in the admin and what has no history of revisions, each with its reason.
WITHOUT_HISTORY = {
    "ContactMessage": "visitors write letters; staff read them and never change a word",
}
REGISTERS = [model for model in get_snippet_models() if model.__name__ not in WITHOUT_HISTORY]


def url(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


# --- History ----------------------------------------------------------------------------------------------------------


def test_whatever_is_edited_in_the_admin_keeps_its_revisions():
    without = {model.__name__ for model in get_snippet_models() if not issubclass(model, RevisionMixin)}
    assert without == set(WITHOUT_HISTORY)
    assert issubclass(SiteSettings, RevisionMixin)
    # Delegates are made, revoked and restored, proposals decided: both say by whom and when, nothing of them is typed.
    assert not any(issubclass(model, RevisionMixin) for model in (Delegate, MemberProposal))
    assert all(issubclass(model, RevisionMixin) for model in PAGE_TYPES)


def sent(client, address):
    """The form at `address` as a browser would send it back."""
    response = client.get(address)
    form = response.context["form"]
    data = {}
    for one in [form, *getattr(form, "formsets", {}).values()]:
        if hasattr(one, "management_form"):
            data |= {field.html_name: field.value() for field in one.management_form}
            bound = [field for inner in one.forms for field in inner]
        else:
            bound = list(one)
        data |= {field.html_name: field.value() for field in bound}
    data |= {f"{name}-count": "0" for name, field in form.fields.items() if isinstance(field, BlockField)}
    opened = response.context.get("object", None)
    if opened is not None and getattr(opened, "latest_revision_id", None):
        data["loaded_revision_id"] = opened.latest_revision_id
        data["loaded_revision_created_at"] = response.context["loaded_revision_created_at"]
    return {name: "" if value is None else value for name, value in data.items() if value is not False}


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_the_state_before_the_first_edit_is_brought_back(admin_client, model):
    row = FACTORIES[model]()
    field = {"Member": "phone", "NetworkMembership": "note"}.get(model.__name__, "name")
    before = getattr(row, field)
    for text in ("Pirmas", "Antras"):
        data = sent(admin_client, url(model, "edit", row.pk)) | {field: text}
        assert admin_client.post(url(model, "edit", row.pk), data).status_code == 302
        assert getattr(model.objects.get(pk=row.pk), field) == text
    states = list(row.revisions.order_by("pk"))
    assert [state.content[field] for state in states] == [before, "Pirmas", "Antras"]
    compared = admin_client.get(url(model, "revisions_compare", row.pk, states[0].pk, states[2].pk))
    assert "Antras" in compared.content.decode()
    history = admin_client.get(url(model, "history", row.pk)).content.decode()
    assert url(model, "revisions_revert", row.pk, states[0].pk) in history
    revert = url(model, "revisions_revert", row.pk, states[0].pk)
    data = sent(admin_client, revert) | {"loaded_revision_id": "", "revision": states[0].pk}
    assert admin_client.post(url(model, "edit", row.pk), data).status_code == 302
    assert getattr(model.objects.get(pk=row.pk), field) == before


@pytest.fixture
def site_data():
    """Who the LAG is, as it was loaded with the site, and the address of its form."""
    factories.HomePageFactory()
    row = SiteSettings.for_site(Site.objects.get())
    SiteSettings.objects.filter(pk=row.pk).update(name="Kaip įkelta", phone="+370 600 00000")
    return SimpleNamespace(row=row, form=url(SiteSettings, "edit", row.pk))


def test_the_data_of_the_site_are_compared_and_brought_back(admin_client, site_data):
    row, form = site_data.row, site_data.form
    for text in ("Pirmas", "Antras"):
        assert admin_client.post(form, sent(admin_client, form) | {"name": text}).status_code == 302
        assert SiteSettings.objects.get().name == text
    states = list(row.revisions.order_by("pk"))
    assert [state.content["name"] for state in states] == ["Kaip įkelta", "Pirmas", "Antras"]
    compared = admin_client.get(url(SiteSettings, "revisions_compare", row.pk, states[0].pk, states[2].pk))
    assert "Antras" in compared.content.decode()
    history = admin_client.get(url(SiteSettings, "history", row.pk)).content.decode()
    revert = url(SiteSettings, "revisions_revert", row.pk, states[0].pk)
    assert revert in history
    assert "Užfiksuota, kaip buvo iki pirmo taisymo" in history
    data = sent(admin_client, revert) | {"loaded_revision_id": "", "revision": states[0].pk}
    assert admin_client.post(revert, data).status_code == 302
    assert SiteSettings.objects.get().name == "Kaip įkelta"


def test_the_data_of_the_site_are_not_saved_over_what_somebody_else_saved_meanwhile(admin_client, site_data):
    mine, theirs = sent(admin_client, site_data.form), sent(admin_client, site_data.form)
    assert admin_client.post(site_data.form, theirs | {"name": "Jų"}).status_code == 302
    answer = admin_client.post(site_data.form, mine | {"name": "Mano"})
    assert answer.status_code == 200
    assert "kol taisėte, šį įrašą išsaugojo kitas žmogus" in answer.content.decode()
    assert 'value="Mano"' in answer.content.decode()
    assert SiteSettings.objects.get().name == "Jų"
    assert "w-autosave" not in answer.content.decode().partition("<form")[2].partition(">")[0]


def test_the_data_of_the_site_are_one_row_that_nobody_adds_deletes_or_lists(admin_client, site_data):
    views = SiteSettings.snippet_viewset
    names = {pattern.name for pattern in views.get_urlpatterns()}
    assert not names & {"add", "copy", "delete", "usage", "list_results"}
    form = admin_client.get(site_data.form)
    assert form.status_code == 200
    assert "/delete/" not in form.content.decode()
    assert admin_client.get(url(SiteSettings, "list"))["Location"] == site_data.form
    assert SiteSettings not in get_snippet_models()
    assert admin_client.post(f"/admin/bulk/core/sitesettings/delete/?id={site_data.row.pk}").status_code == 404
    assert SiteSettings.objects.exists()


def test_the_menu_opens_the_data_of_the_site(admin_client, site_data):
    for args in ([], [site_data.row.site_id]):
        of_wagtail = reverse("wagtailsettings:edit", args=["core", "sitesettings", *args])
        assert admin_client.get(of_wagtail)["Location"] == site_data.form
    assert of_wagtail.removesuffix(f"{site_data.row.site_id}/") in admin_client.get("/admin/").content.decode()
    assert admin_client.get("/admin/settings/core/sitesettings/999/").status_code == 404


def test_the_data_of_the_site_are_previewed_on_its_first_page(admin_client, site_data):
    preview = url(SiteSettings, "preview_on_edit", site_data.row.pk)
    assert preview in admin_client.get(site_data.form).content.decode()
    typed = sent(admin_client, site_data.form) | {"name": "Dar neišsaugotas vardas"}
    assert admin_client.post(preview, typed).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(preview)
    assert shown.status_code == 200
    assert "Dar neišsaugotas vardas" in shown.content.decode().partition("<footer")[2]
    assert SiteSettings.objects.get().name == "Kaip įkelta"
    # A version of the history too.
    first = site_data.row.revisions.get()
    SiteSettings.objects.update(name="Vėliau")
    shown = admin_client.get(url(SiteSettings, "revisions_view", site_data.row.pk, first.pk)).content.decode()
    assert "Kaip įkelta" in shown.partition("<footer")[2]


def test_the_measures_of_a_programme_are_in_its_history():
    programme = factories.ProgrammeFactory()
    factories.MeasureFactory(programme=programme, name="Pirmoji")
    first = Programme.objects.get(pk=programme.pk).save_revision()
    Programme.objects.get(pk=programme.pk).measures.all().delete()
    old = first.as_object()
    assert [measure.name for measure in old.measures.all()] == ["Pirmoji"]


# --- Two editors ------------------------------------------------------------------------------------------------------


def test_a_row_is_not_saved_over_what_somebody_else_saved_meanwhile(admin_client):
    row = factories.OrganisationFactory(name="Sena")
    address = url(Organisation, "edit", row.pk)
    mine, theirs = sent(admin_client, address), sent(admin_client, address)
    assert admin_client.post(address, theirs | {"name": "Jų"}).status_code == 302
    answer = admin_client.post(address, mine | {"name": "Mano"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "kol taisėte, šį įrašą išsaugojo kitas žmogus" in text
    assert 'value="Mano"' in text
    assert Organisation.objects.get().name == "Jų"
    # Who has read the warning may go on: both texts are in the history.
    newest = Organisation.objects.get().latest_revision
    again = mine | {"name": "Mano", "loaded_revision_id": newest.pk}
    again["loaded_revision_created_at"] = newest.created_at.isoformat()
    assert f'name="loaded_revision_id" value="{newest.pk}"' in text
    assert admin_client.post(address, again).status_code == 302
    assert [state.content["name"] for state in row.revisions.order_by("pk")] == ["Sena", "Jų", "Mano"]


@pytest.mark.parametrize("view", ["add", "edit"])
def test_a_row_is_saved_when_somebody_says_so_and_not_while_it_is_typed(admin_client, view):
    row = factories.OrganisationFactory()
    page = admin_client.get(url(Organisation, view, *([row.pk] if view == "edit" else []))).content.decode()
    assert "w-autosave" not in page.partition("<form")[2].partition(">")[0]


def test_a_page_is_autosaved_as_a_draft_with_fields_missing(admin_client):
    page = factories.NewsPageFactory(title="Naujiena")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "w-autosave" in admin_client.get(address).content.decode()
    data = {"title": "Kita", "slug": page.slug, "date": "", "summary": "Pusė", "body-count": "0", "audience": "public"}
    data |= {"related_page_links-TOTAL_FORMS": "0", "related_page_links-INITIAL_FORMS": "0"}
    answer = admin_client.post(address, data, headers={"accept": "application/json"})
    assert answer.json()["success"], answer.json()
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "Pusė"
    assert NewsPage.objects.get(pk=page.pk).title == "Naujiena"


# --- A sign-in that runs out ------------------------------------------------------------------------------------------


HERE = {"origin": "http://testserver"}


@pytest.fixture
def address():
    return reverse("wagtailadmin_pages:edit", args=[factories.NewsPageFactory().pk])


def test_a_form_sent_when_the_sign_in_is_over_comes_back_with_all_that_was_typed(client, address):
    answer = client.post(address, {"title": "Ilgai rašytas", "body": ["a", "<b>&"]}, headers=HERE)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Jūsų tekstas išliko" in text
    assert 'value="Ilgai rašytas"' in text
    assert 'value="&lt;b&gt;&amp;"' in text
    assert 'href="/prisijungti/?next=/admin/"' in text
    assert f'action="{address}"' in text


def test_what_is_sent_again_after_signing_in_elsewhere_asks_for_one_more_click_and_is_saved(admin_user, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin_user)
    page = NewsPage.objects.get()
    typed_text = {"title": "Ilgai rašytas", "slug": page.slug, "date": "2026-03-02", "summary": "", "body-count": "0"}
    typed_text |= {"audience": "public", "csrfmiddlewaretoken": "seno-seanso", "next": ""}
    typed_text |= {"related_page_links-TOTAL_FORMS": "0", "related_page_links-INITIAL_FORMS": "0"}
    answer = browser.post(address, typed_text, headers=HERE)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Liko vienas mygtukas." in text
    assert "seno-seanso" not in text
    fresh = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert browser.post(address, typed_text | {"csrfmiddlewaretoken": fresh}, headers=HERE).status_code == 302
    assert NewsPage.objects.get().get_latest_revision_as_object().title == "Ilgai rašytas"


@pytest.mark.parametrize("headers", [{}, {"origin": "https://kitas.example"}, {"origin": "null"}])
def test_a_form_of_strangers_is_not_given_back(admin_user, address, headers):
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(admin_user)
    for browser in (Client(enforce_csrf_checks=True), signed_in):
        answer = browser.post(address, {"title": "Svetimas"}, headers=headers)
        assert "Svetimas" not in answer.content.decode()


def test_autosave_is_told_in_words_that_the_sign_in_is_over(client, address):
    answer = client.post(address, {"title": "Tekstas"}, headers=HERE | {"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["success"] is False
    assert answer.json()["error_message"].startswith("Prisijungimas baigėsi.")


def test_members_are_given_nothing_back(client, address):
    member = factories.UserFactory(email="narys@example.lt")
    Delegate.objects.create(user=member, member=factories.MemberFactory())
    client.force_login(member)
    assert "Tekstas" not in client.post(address, {"title": "Tekstas"}, headers=HERE).content.decode()
    assert Member.objects.count() == 1
