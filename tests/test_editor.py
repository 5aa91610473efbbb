"""The editor's forms of pages: what they say, what they begin with, what they keep, what they refuse."""

import json
import re

import pytest
import wagtail_factories
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.test.utils.form_data import querydict_from_html, rich_text

from core.blocks import BodyBlock
from events.models import EventDate, EventPage
from home.models import ContactMessage
from news.models import NewsPage, NewsPattern
from partners.models import CooperationAgreementPage
from projects.models import ProjectPage
from tests import factories
from tests.test_house_rules import OUR_MODELS, PAGE_TYPES, REGISTERS, name_of, own_fields

pytestmark = pytest.mark.django_db

every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
# Where the label alone says what to write.
SELF_EVIDENT = {"name", "short_name", "email", "phone", "address", "tags", "collection"}


def editor_of(page):
    """The address of a page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def adder_of(model):
    """The address at which a page of this type is added, below a parent that may have it."""
    parent = getattr(factories, f"{model.__name__}Factory").parent.function()
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def form_at(client, address):
    """The fields of the form at an address as a browser would send them, without blocks, which a script draws."""
    html = client.get(address).content.decode()
    typed = querydict_from_html(html, form_id="page-edit-form")
    for name in re.findall(r'name="([a-z]+)-count"', html) + ["body"]:
        typed[f"{name}-count"] = "0"
    return typed


def text_of(response):
    """The words of an answer in one line."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def publishing(typed):
    """The same form, by the other button."""
    return {**typed.dict(), "action-publish": "action-publish"}


# --- What a form says -------------------------------------------------------------------------------------------------


def rows_of_pages():
    """The models of what stands on a page in rows."""
    for model in OUR_MODELS:
        if any(isinstance(field, ParentalKey) for field in model._meta.get_fields()):
            yield model


@pytest.mark.parametrize("model", [*PAGE_TYPES, *REGISTERS, *rows_of_pages()], ids=name_of)
def test_every_choice_has_an_explanation(model):
    for field in own_fields(model):
        if field.editable and not field.auto_created and not isinstance(field, ParentalKey):
            assert field.help_text or field.name in SELF_EVIDENT or model is ContactMessage, (
                f"{model.__name__}.{field.name}"
            )


@every_page_type
def test_the_tabs_are_named_alike(model):
    tabs = [str(tab.heading) for tab in model.get_edit_handler().children]
    assert (tabs[0], tabs[-2:]) == ("Turinys", ["Adresas ir paieška", "Nustatymai"])


@every_page_type
def test_the_preview_has_three_widths_with_names(model, admin_client):
    page = factories.__dict__[f"{model.__name__}Factory"]()
    html = admin_client.get(editor_of(page)).content.decode()
    assert re.findall(r'data-device-width="(\d+)"', html) == ["375", "768", "1280"]
    labels = re.findall(r'aria-label="([^"]*)"\s+data-device-width', html)
    assert len(labels) == 3
    assert not any("Preview" in label for label in labels)


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_every_block_has_a_sentence_and_a_preview(admin_client, name):
    block = NewsPage._meta.get_field("body").stream_block.child_blocks[name]
    assert re.fullmatch(r"[A-ZĄČĘĖĮŠŲŪŽ].+\.", block.get_description())
    assert block.is_previewable
    factories.NewsPageFactory()
    for _ in range(2):  # with an empty library, and with a picture in it
        shown = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert shown.status_code == 200
        assert "css/components.css" in shown.content.decode()
        wagtail_factories.ImageFactory()
    if name in ("heading", "text", "quote", "callout", "figure", "table", "contact_card", "button", "video"):
        assert re.search(r"<main[^>]*>\s*<\w", shown.content.decode()), "an empty preview"


# --- What a form begins with ------------------------------------------------------------------------------------------


def test_a_new_event_is_organised_by_us_and_has_a_row_for_its_date(admin_client):
    typed = form_at(admin_client, adder_of(EventPage))
    assert typed["organiser"] == "Vietos veiklos grupė"
    assert typed["dates-TOTAL_FORMS"] == "1"
    assert typed["venue"] == ""


@pytest.fixture
def pattern():
    """A pattern of a call."""
    return NewsPattern.objects.create(
        name="Kvietimas",
        slug="kvietimas",
        title="Kviečiame: [įrašykite priemonę]",
        summary="Priimame iki [įrašykite].",
        topic=factories.TopicFactory(name="Kvietimai"),
        body=[("heading", {"text": "Kas gali teikti", "level": "h2"}), ("text", "<p>[Įrašykite, kas.]</p>")],
    )


def test_a_new_news_item_offers_patterns_and_begins_with_one(admin_client, pattern):
    address = adder_of(NewsPage)
    assert f'href="?sablonas={pattern.slug}"' in admin_client.get(address).content.decode()
    begun = admin_client.get(f"{address}?sablonas={pattern.slug}")
    page = begun.context["form"].instance
    assert (page.title, page.summary) == (pattern.title, pattern.summary)
    assert list(page.topics.all()) == [pattern.topic]
    assert [block.block_type for block in page.body] == ["heading", "text"]
    assert "?sablonas=" not in begun.content.decode()
    assert not NewsPage.objects.exists()
    assert admin_client.get(f"{address}?sablonas=nera").status_code == 404


def test_what_a_pattern_left_to_write_is_not_published(admin_client, pattern):
    address = adder_of(NewsPage)
    typed = form_at(admin_client, f"{address}?sablonas=kvietimas")
    refused = admin_client.post(address, publishing(typed))
    assert "liko iš šablono" in text_of(refused)
    assert not NewsPage.objects.exists()
    typed["title"], typed["summary"] = "Kviečiame: smulkusis verslas", "Priimame iki gruodžio 15 d."
    assert admin_client.post(address, publishing(typed)).status_code == 302
    assert NewsPage.objects.get().live


# --- Drafts always save -----------------------------------------------------------------------------------------------


@every_page_type
def test_a_draft_with_nothing_but_a_title_is_saved(model, admin_client):
    if model.max_count == 1:
        page = factories.__dict__[f"{model.__name__}Factory"]()
        address = editor_of(page)
    else:
        address = adder_of(model)
    typed = form_at(admin_client, address)
    for name in list(typed):
        if not re.search(r"_FORMS$|-count$|-(?:id|ORDER|DELETE)$|^csrf|^next$|revision|countries$", name):
            typed[name] = ""
    typed["title"] = "Tik pavadinimas"
    response = admin_client.post(address, typed)
    assert response.status_code == 302, response.context["form"].errors
    page = model.objects.latest("pk").get_latest_revision_as_object()
    assert (page.title, bool(page.slug)) == ("Tik pavadinimas", True)
    reopened = admin_client.get(editor_of(page))
    assert reopened.status_code == 200
    assert page.make_preview_request(original_request=reopened.wsgi_request).status_code == 200


@every_page_type
def test_a_draft_without_a_title_is_asked_for_one_kindly(model, admin_client):
    page = factories.__dict__[f"{model.__name__}Factory"]()
    typed = form_at(admin_client, editor_of(page)).dict() | {"title": "", "summary": "Jau parašyta santrauka"}
    refused = admin_client.post(editor_of(page), typed)
    assert "Įrašykite pavadinimą. Tinka ir laikinas" in text_of(refused)
    assert "Jau parašyta santrauka" in text_of(refused)


HALF_FILLED = [
    (EventPage, "dates", {"note": "Lauke"}, "renginio data", {"start": "2027-01-05 10:00"}),
    (CooperationAgreementPage, "parties", {"role": "lead"}, "sutarties šalis", {"organisation": "organisation"}),
    (ProjectPage, "links", {"title": "Svetainė"}, "projekto nuoroda", {"url": "https://example.lt/"}),
]


@pytest.mark.parametrize("live", [False, True], ids=["draft", "published"])
@pytest.mark.parametrize(("model", "relation", "begun", "row_name", "rest"), HALF_FILLED)
def test_a_row_that_was_only_begun_waits_in_the_draft(admin_client, live, model, relation, begun, row_name, rest):
    page = factories.__dict__[f"{model.__name__}Factory"](live=live)
    page.save_revision()
    stored = getattr(page, relation).count()
    typed = form_at(admin_client, editor_of(page))
    number = int(typed[f"{relation}-TOTAL_FORMS"])
    typed[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    row = {"id": "", "ORDER": str(number + 1), "DELETE": "", "status": "scheduled", "role": "partner", **begun}
    typed.update({f"{relation}-{number}-{name}": value for name, value in row.items()})
    for _ in range(2):  # and once more from what the editor shows then
        saved = admin_client.post(editor_of(page), typed, follow=True)
        assert saved.redirect_chain, saved.context["form"].errors
        draft = model.objects.get(pk=page.pk).get_latest_revision_as_object()
        rows = list(getattr(draft, relation).all())
        assert len(rows) == number + 1
        for name, value in begun.items():
            assert getattr(rows[-1], name) == value
        if relation != "links":  # an empty text fits its table
            assert getattr(model.objects.get(pk=page.pk), relation).count() == stored
        typed = form_at(admin_client, editor_of(page))
    assert draft.make_preview_request(original_request=saved.wsgi_request).status_code == 200
    refused = admin_client.post(editor_of(page), publishing(typed))
    assert refused.status_code == 200
    finished = {
        f"{relation}-{number}-{name}": factories.OrganisationFactory().pk if value == "organisation" else value
        for name, value in rest.items()
    }
    assert admin_client.post(editor_of(page), publishing(typed) | finished).status_code == 302
    assert getattr(model.objects.get(pk=page.pk), relation).count() == stored + 1


def test_a_stored_date_from_which_its_start_is_taken_stays_until_the_draft_has_one_again(admin_client):
    page = factories.EventPageFactory(live=False)
    page.save_revision()
    before = EventDate.objects.get()
    typed = form_at(admin_client, editor_of(page))
    typed["dates-0-start"] = typed["dates-0-end"] = ""
    assert admin_client.post(editor_of(page), typed).status_code == 302
    assert EventDate.objects.get().start == before.start
    assert EventPage.objects.get().get_latest_revision_as_object().dates.get().start is None
    typed = form_at(admin_client, editor_of(page))
    typed["dates-0-start"] = "2027-01-05 10:00"
    assert admin_client.post(editor_of(page), publishing(typed)).status_code == 302
    assert (EventDate.objects.get().pk, EventDate.objects.get().start.year) == (before.pk, 2027)


DATED = [
    (NewsPage, "date"),
    (CooperationAgreementPage, "date"),
    (CooperationAgreementPage, "date_inferred"),
    (ProjectPage, "period"),
]


@pytest.mark.parametrize("live", [False, True], ids=["draft", "published"])
@pytest.mark.parametrize(("model", "field"), DATED)
def test_a_date_that_is_none_is_kept_in_the_draft_and_said(admin_client, client, live, model, field):
    page = factories.__dict__[f"{model.__name__}Factory"](live=live)
    page.save_revision()
    typed = form_at(admin_client, editor_of(page))
    typed[field] = "kitą pavasarį"
    saved = admin_client.post(editor_of(page), typed, follow=True)
    assert saved.redirect_chain
    assert "Datoje negali būti tarpų" in text_of(saved)
    assert 'value="kitą pavasarį"' in saved.content.decode()
    draft = model.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert getattr(draft, field) == "kitą pavasarį"
    assert draft.make_preview_request(original_request=saved.wsgi_request).status_code == 200
    refused = admin_client.post(editor_of(page), publishing(form_at(admin_client, editor_of(page))))
    assert field in refused.context["form"].errors
    for public in (page.get_parent().url, "/sitemap.xml"):
        assert client.get(public).status_code == 200


def test_half_written_blocks_are_kept_and_shown(admin_client):
    page = factories.NewsPageFactory(live=False)
    page.save_revision()
    blocks = [
        ("button", {"label": "", "page": "", "url": ""}),
        ("video", {"url": "https://example.lt/ne-vaizdas", "title": ""}),
        ("figure", {"image-image": "", "image-alt_text": "", "caption": "Be nuotraukos"}),
        ("heading", {"text": "", "level": "h2"}),
    ]
    typed = form_at(admin_client, editor_of(page)).dict() | streamfield_of("body", blocks)
    saved = admin_client.post(editor_of(page), typed, follow=True)
    assert saved.redirect_chain, saved.context["form"].errors
    draft = NewsPage.objects.get().get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["button", "video", "figure", "heading"]
    assert draft.make_preview_request(original_request=saved.wsgi_request).status_code == 200
    assert admin_client.post(editor_of(page), publishing_dict(typed)).status_code == 200


def publishing_dict(typed):
    """A plain form by the other button."""
    return {**typed, "action-publish": "action-publish"}


def streamfield_of(name, blocks):
    """What a body of these blocks sends; keys of nested values are joined by hyphens already."""
    data = {f"{name}-count": str(len(blocks))}
    for number, (kind, values) in enumerate(blocks):
        prefix = f"{name}-{number}"
        data |= {f"{prefix}-type": kind, f"{prefix}-deleted": "", f"{prefix}-order": str(number), f"{prefix}-id": ""}
        data |= {f"{prefix}-value-{key}": value for key, value in values.items()}
    return data


def test_a_title_of_which_no_address_can_be_made_gets_one(admin_client):
    address = adder_of(NewsPage)
    for _ in range(2):
        assert admin_client.post(address, form_at(admin_client, address).dict() | {"title": "!?!"}).status_code == 302
    assert sorted(NewsPage.objects.values_list("slug", flat=True)) == ["puslapis", "puslapis-2"]


def test_an_empty_text_is_not_kept(admin_client):
    page = factories.NewsPageFactory(live=False)
    page.save_revision()
    typed = form_at(admin_client, editor_of(page)).dict()
    typed |= {"body-count": "1", "body-0-type": "text", "body-0-deleted": "", "body-0-order": "0", "body-0-id": ""}
    typed["body-0-value"] = rich_text("<p></p>")
    assert admin_client.post(editor_of(page), publishing_dict(typed)).status_code == 302
    assert not NewsPage.objects.get().body


# --- What the server lets nobody write --------------------------------------------------------------------------------

HOSTILE = [
    '<a href="javascript:alert(1)">tekstas</a>',
    '<a href="JaVaScRiPt&#58;alert(1)">tekstas</a>',
    '<a href="data:text/html,<script>alert(1)</script>">tekstas</a>',
    '<a href="vbscript:x">tekstas</a>',
    '<p style="position:fixed">tekstas</p>',
    '<p onclick="alert(1)">tekstas</p>',
    '<img src="x" onerror="alert(1)">',
    "<script>alert(1)</script>",
    '<iframe src="https://example.lt/"></iframe>',
    '<b onmouseover="alert(1)" style="color:red">tekstas</b>',
]


def as_draftail(html):
    """What somebody could send in place of the editor's script: raw HTML as the text of a block, and as an entity."""
    address = re.search(r'href="([^"]*)"', html)
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "abcde",
                    "text": html,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": len(html), "key": 0}] if address else [],
                }
            ],
            "entityMap": {
                "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address[1] if address else ""}}
            },
        }
    )


@pytest.mark.parametrize("html", HOSTILE)
def test_a_text_cannot_smuggle_in_what_a_browser_would_run(admin_client, client, html):
    page = factories.NewsPageFactory()
    page.save_revision()
    for sent in (as_draftail(html), rich_text(html)):
        typed = form_at(admin_client, editor_of(page)).dict()
        typed |= {"body-count": "1", "body-0-type": "text", "body-0-deleted": "", "body-0-order": "0", "body-0-id": ""}
        typed["body-0-value"] = sent
        assert admin_client.post(editor_of(page), publishing_dict(typed)).status_code in (200, 302)
        shown = client.get(page.get_url()).content.decode()
        body = shown[shown.index("<main") : shown.index("</main>")].lower()
        links = re.findall(r"<a\b[^>]*>", body)
        assert not any(re.search(r"href=[\"']?\s*(?:javascript|data|vbscript):", link) for link in links), links
        assert not re.search(r"<[a-z][^>]*\s(?:on[a-z]+|style)\s*=", body)
        assert "<script" not in body
        assert "<iframe" not in body


@pytest.mark.parametrize("sent", ["<p>ne JSON</p>", "{}", "[]", '{"blocks": 1}', "null", ""])
def test_a_text_that_is_no_text_is_no_error_of_ours(admin_client, sent):
    page = factories.NewsPageFactory()
    page.save_revision()
    typed = form_at(admin_client, editor_of(page)).dict()
    typed |= {"body-count": "1", "body-0-type": "text", "body-0-deleted": "", "body-0-order": "0", "body-0-id": ""}
    typed["body-0-value"] = sent
    assert admin_client.post(editor_of(page), typed).status_code < 500
