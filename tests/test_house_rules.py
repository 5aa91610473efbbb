"""Rules that the whole house keeps, whoever builds a room on to it."""

import ast
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.text import camel_case_to_spaces
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page, Workflow, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import querydict_from_html

from home.models import LoadedContent
from tests import factories

HOUSE = settings.BASE_DIR
# What a room may import of the others. `lag_site` knows everyone and is imported by no one.
FLOORS = {
    "lithuanian": set(),
    "core": {"lithuanian"},
    "outbox": {"lithuanian", "core"},
    "accounts": {"lithuanian", "core", "outbox"},
    "partners": {"lithuanian", "core"},
    "projects": {"lithuanian", "core", "partners"},
    "members": {"lithuanian", "core", "outbox", "accounts", "partners"},
    "news": {"lithuanian", "core"},
    "events": {"lithuanian", "core", "outbox", "accounts"},
    "home": {"lithuanian", "core", "outbox", "accounts", "partners", "projects", "members", "news", "events"},
}
FLOORS["wordpress_import"] = set(FLOORS)
FLOORS["desk"] = set(FLOORS)
FLOORS["lag_site"] = set(FLOORS)
APPS = [app for app in FLOORS if app not in ("lithuanian", "lag_site")]
# `LoadedContent` is the loading command's own memory, which no editor meets.
OUR_MODELS = [m for m in apps.get_models() if m._meta.app_label in APPS and m is not LoadedContent]
PAGE_TYPES = [model for model in get_page_models() if model._meta.app_label in APPS]
REGISTERS = get_snippet_models()
FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and hasattr(factory, "_meta") and not factory._meta.abstract
}
# No pages of ours: mail programs read only what stands in the letter itself, and a report is kept as one file.
STANDING_ALONE = {
    HOUSE / "templates" / "outbox" / "letter.html",
    HOUSE / "templates" / "wordpress_import" / "report_file.html",
}
TEMPLATES = sorted(set((HOUSE / "templates").rglob("*.html")) - STANDING_ALONE)


def name_of(thing):
    """A test's name: the class's, or the file's in its folder."""
    return getattr(thing, "__name__", None) or str(thing.relative_to(HOUSE))


def python_files(*rooms):
    """The Python files of some rooms, as tested and shipped: no caches, no migrations."""
    return [path for room in rooms for path in sorted((HOUSE / room).rglob("*.py")) if "migrations" not in path.parts]


every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
every_register = pytest.mark.parametrize("model", REGISTERS, ids=name_of)


# --- The code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", FLOORS)
def test_imports_run_down(room):
    assert python_files(room)
    for path in python_files(room):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:  # dots stay in the room
                names = [node.module]
            for other in {name.partition(".")[0] for name in names}:
                if other in FLOORS and other != room:
                    assert other in FLOORS[room], f"{path}:{node.lineno}: {room} may not import {other}"


def test_the_language_needs_no_framework():
    for path in python_files("lithuanian"):
        assert not re.search(r"^\s*(?:from|import) (?:django|wagtail)\b", path.read_text(), re.MULTILINE), path


def test_every_room_has_a_floor():
    rooms = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert rooms - {"tests"} == set(FLOORS)


def test_only_the_gate_says_what_is_live_or_public():
    for path in python_files(*APPS):
        if path != HOUSE / "core" / "visibility.py":
            found = re.search(r"\.(?:live|not_live|public|not_public|private)\(\)", path.read_text())
            assert not found, f"{path} goes past core.visibility: {found[0]}"


def test_no_test_is_skipped():
    for path in python_files("tests"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            assert name not in ("skip", "skipif", "skipunless", "importorskip", "xfail"), f"{path}:{node.lineno}"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_dependency_is_pinned_and_has_its_reason():
    reasons = (HOUSE / "docs" / "decisions.md").read_text().lower()
    for name in ("requirements.txt", "requirements-s3.txt", "requirements-dev.txt"):
        asked_for, _, brought = (
            (HOUSE / name).read_text().partition("bring with" if "s3" not in name else "brings with")
        )
        for line in asked_for.splitlines() + brought.splitlines()[1:]:
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", line), f"{name}: {line}"
        for package in re.findall(r"^([\w.-]+)==", asked_for, re.MULTILINE):
            assert f"`{package.lower()}`" in reasons, f"docs/decisions.md does not say why {package} is used"


# --- What is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OUR_MODELS, ids=name_of)
def test_everything_an_editor_reads_is_lithuanian(model):
    """A name that Django makes of the code's own English word was never given."""
    assert model._meta.verbose_name != camel_case_to_spaces(model.__name__)
    # The English plural is a Lithuanian one only after ė: „savivaldybės“.
    assert model._meta.verbose_name_plural != f"{model._meta.verbose_name}s" or model._meta.verbose_name[-1] == "ė"
    for field in own_fields(model):
        if field.editable and not field.auto_created and not isinstance(field, ParentalKey):
            assert field.verbose_name != field.name.replace("_", " "), f"{model.__name__}.{field.name}"


def own_fields(model):
    """The fields of a model that we wrote: not those of a base class of Django or Wagtail."""

    def fields_of(cls):
        return cls._meta.local_fields + cls._meta.local_many_to_many if hasattr(cls, "_meta") else []

    for field in fields_of(model):
        origin = [cls for cls in model.__mro__ if field.name in {own.name for own in fields_of(cls)}][-1]
        if origin.__module__.partition(".")[0] in APPS:
            yield field


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_templates_have_nothing_inline(template):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", text, re.IGNORECASE)
    for tag in re.findall(r"<script[^>]*>", text, re.IGNORECASE):
        assert "src=" in tag
    assert "javascript:" not in text.lower()


class PageParser(HTMLParser):
    """What a rendered page holds that a rule is about."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.inline = 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.headings += tag == "h1"
        if tag == "style" or (tag == "script" and "src" not in attrs and attrs.get("type") != "application/ld+json"):
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in attrs if name == "style" or name.startswith("on")]


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_every_page_type_and_register_has_a_factory():
    assert PAGE_TYPES
    assert REGISTERS
    assert not {model.__name__ for model in [*PAGE_TYPES, *REGISTERS]} - {model.__name__ for model in FACTORIES}


@every_page_type
def test_page_types_say_what_they_are_and_where_they_stand(model):
    assert re.fullmatch(r"[A-ZĄČĘĖĮŠŲŪŽ][^.!?]+\.", str(model.page_description)), model.page_description
    assert "parent_page_types" in vars(model), "which pages it may stand below"
    assert "subpage_types" in vars(model), "which pages may stand below it"
    assert get_template(model.template)


@every_page_type
@pytest.mark.django_db
def test_pages_render_with_one_heading_and_nothing_inline(model, client):
    page = FACTORIES[model]()
    response = client.get(page.get_url())
    assert response.status_code == 200
    shown = PageParser(response.content.decode())
    assert shown.headings == 1
    assert shown.inline == []


@every_page_type
@pytest.mark.django_db
def test_pages_are_edited_previewed_and_remembered(model, admin_client):
    page = FACTORIES[model]()
    page.save_revision()
    for view in ("edit", "history", "usage", "delete", "copy", "move", "unpublish"):
        response = admin_client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), follow=True)
        assert response.status_code == 200, view
    preview = page.make_preview_request(original_request=admin_client.get("/admin/").wsgi_request)
    assert preview.status_code == 200
    assert PageParser(preview.content.decode()).headings == 1


@every_page_type
@pytest.mark.django_db
def test_the_editors_preview_shows_what_is_typed_in_a_frame(model, admin_client):
    page = FACTORIES[model]()
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    typed = querydict_from_html(form, form_id="page-edit-form")
    typed["title"] = "Kitas pavadinimas"
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            typed[f"{field.name}-count"] = "0"  # a script draws the blocks, so the form as sent holds none
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin_client.post(preview, typed).json()["is_valid"]
    response = admin_client.get(preview)
    assert "Kitas pavadinimas" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


@every_page_type
@pytest.mark.django_db
def test_pages_are_published_on_time_and_withdrawn_on_time(model, client):
    page = FACTORIES[model]()
    address = page.get_url()
    page.unpublish()
    now = timezone.now()
    page.go_live_at, page.expire_at = now + timedelta(days=1), now + timedelta(days=3)
    page.save_revision().publish()

    def at(days):
        with time_machine.travel(now + timedelta(days=days, minutes=1)):
            before = client.get(address).status_code
            call_command("publish_scheduled", verbosity=0)
            return before, client.get(address).status_code

    assert at(days=0) == (404, 404)
    assert at(days=1) == (404, 200)
    assert at(days=2) == (200, 200)
    # Over the minute it is over, whether or not the scheduler has run.
    assert at(days=3) == (404, 404)
    assert not Page.objects.get(pk=page.pk).live


@every_page_type
@pytest.mark.django_db
def test_pages_go_through_moderation(model, admin_user):
    page = FACTORIES[model]()
    workflow = Workflow.objects.get()
    assert page.get_workflow() == workflow
    page.title = "Siūlomas pavadinimas"
    page.save_revision()
    state = workflow.start(page, admin_user)
    assert model.objects.get(pk=page.pk).title != "Siūlomas pavadinimas"
    state.current_task_state.approve(user=admin_user)
    assert model.objects.get(pk=page.pk).title == "Siūlomas pavadinimas"


# --- Registers --------------------------------------------------------------------------------------------------------


@every_register
@pytest.mark.django_db
def test_registers_are_listed_found_edited_and_added_to(model, admin_client):
    row = FACTORIES[model]()
    views = model.snippet_viewset
    may_add = views.permission_policy.user_has_permission(admin_client.get("/admin/").wsgi_request.user, "add")
    listed = admin_client.get(reverse(views.get_url_name("list")))
    assert listed.status_code == 200
    assert str(row) in listed.content.decode()
    assert admin_client.get(reverse(views.get_url_name("list")) + "?q=nera-tokio").status_code == 200
    for view in ("edit", "history", "usage", "delete"):
        response = admin_client.get(reverse(views.get_url_name(view), args=[row.pk]))
        assert response.status_code == 200, view
    assert admin_client.get(reverse(views.get_url_name("add"))).status_code == (200 if may_add else 302)


@pytest.mark.django_db
def test_the_settings_of_the_site_are_edited_in_one_form(admin_client):
    factories.HomePageFactory()
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings"])
    assert admin_client.get(address, follow=True).status_code == 200
