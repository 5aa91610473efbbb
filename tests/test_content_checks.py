"""What a page lacks: found, said, and waited for by every way of publishing."""

import json
from datetime import timedelta

import pytest
import wagtail_factories
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from core.content_checks import NotReady, check_names, findings, findings_of
from core.models import RelatedPage
from events.models import EventPage
from news.models import NewsPage
from tests import factories
from tests.test_editor import editor_of, form_at, publishing, text_of

pytestmark = pytest.mark.django_db


def found(page, code):
    """What one check says of a page: messages with, before each, whether publishing waits."""
    return [
        ("stops" if finding.stops else "told", finding.message) for finding in findings(page) if finding.code == code
    ]


def news(**fields):
    """A news item, not saved, with nothing to find."""
    usual = {"title": "Sodai", "summary": "Rišame sodus.", "date": "2026-03-02", "cover_decorative": True}
    return NewsPage(**usual | fields)


def image(description=""):
    """A picture of the library."""
    return wagtail_factories.ImageFactory(description=description)


def figure(alt="", decorative=False):
    """A picture's block in a body, as stored."""
    value = {"image": {"image": image().pk, "alt_text": alt, "decorative": decorative}, "caption": ""}
    return {"type": "figure", "value": value, "id": "1"}


def body(*blocks):
    """A body as it is stored."""
    stream = NewsPage._meta.get_field("body")
    return stream.to_python(json.dumps(list(blocks)))


def test_a_good_page_has_nothing_to_find():
    text = '<p>Rišome sodus su <a linktype="page" id="1">Daugų bendruomene</a>, o vakare – dainavome.</p>'
    assert findings(news(body=body({"type": "text", "value": text, "id": "1"}))) == []


class TestPictures:
    def test_a_cover_is_described_or_only_decorates(self):
        assert found(news(cover=image(), cover_decorative=False), "image-alt")[0][0] == "stops"
        assert not found(news(cover=image(), cover_decorative=True), "image-alt")
        assert not found(news(cover=image(), cover_decorative=False, cover_alt="Sodas"), "image-alt")
        assert not found(news(cover=image("Sodas"), cover_decorative=False), "image-alt")

    @pytest.mark.parametrize("name", ["IMG_2031", "dsc01234.jpg", "sodas.png"])
    def test_the_name_of_a_file_describes_nothing(self, name):
        assert found(news(cover=image(name), cover_decorative=False), "image-alt")[0][0] == "told"

    def test_pictures_in_the_text_and_in_galleries(self):
        assert found(news(body=body(figure())), "image-alt")[0][0] == "stops"
        assert not found(news(body=body(figure("Sodas"))), "image-alt")
        assert not found(news(body=body(figure(decorative=True))), "image-alt")
        items = [{"type": "item", "value": figure()["value"], "id": str(n)} for n in range(2)]
        gallery = {"type": "gallery", "value": {"images": items}, "id": "1"}
        assert "paveikslėlių: 2" in found(news(body=body(gallery)), "image-alt")[0][1]

    def test_a_cover_or_none_on_purpose(self):
        assert found(news(cover_decorative=False), "cover") == [
            ("told", found(news(cover_decorative=False), "cover")[0][1])
        ]
        assert not found(news(cover_decorative=True), "cover")


class TestTexts:
    def test_a_summary(self):
        assert found(news(summary=" "), "summary")[0][0] == "told"

    @pytest.mark.parametrize(
        "words", ["čia", "Spauskite čia", "<b>Plačiau</b>", "", "https://example.lt/a", "www.example.lt"]
    )
    def test_links_that_say_nothing(self, words):
        html = f'<p>Aprašas – <a href="https://example.lt/a">{words}</a>.</p>'
        assert found(news(body=body({"type": "text", "value": html, "id": "1"})), "link-text")[0][0] == "told"

    @pytest.mark.parametrize("words", ["Kvietimo aprašas", "čia rasite kvietimo aprašą", "info@example.lt"])
    def test_links_that_say_something(self, words):
        html = f'<p>Aprašas – <a href="https://example.lt/a">{words}</a>.</p>'
        assert not found(news(body=body({"type": "text", "value": html, "id": "1"})), "link-text")

    @pytest.mark.parametrize(("levels", "wrong"), [("23", 0), ("2323", 0), ("3", 1), ("32", 1), ("2332", 0), ("33", 1)])
    def test_headings_step_down_one_by_one(self, levels, wrong):
        blocks = [{"type": "heading", "value": {"text": "A", "level": f"h{n}"}, "id": n} for n in levels]
        assert len(found(news(body=body(*blocks)), "heading-order")) == wrong

    def test_slips_of_typing_are_told_with_the_words(self):
        html = '<p>Kūrybinių partnerysčių partnerysčių potencialas .. "Kaimas" 2014-2020 m.</p>'
        told = " ".join(
            text for _, text in found(news(body=body({"type": "text", "value": html, "id": "1"})), "typography")
        )
        for words in ("partnerysčių partnerysčių", '"Kaimas" 2014-2020 → „Kaimas“ 2014–2020'):
            assert words in told

    def test_what_only_editors_read_is_nobodys_business(self):
        page = factories.CooperationAgreementPageFactory(source_text="žodis žodis ,kitas", editor_note='"pastaba"')
        assert not found(page, "typography")


class TestTime:
    WRITTEN = "Mokymai vyks 2019 m. gegužės 22 d. Alytuje."

    def test_a_page_of_plain_text_is_measured_against_today(self):
        page = factories.StandardPageFactory(summary=self.WRITTEN)
        assert self.WRITTEN in found(page, "stale-future")[0][1]
        page.summary = "Mokymai vyks 2119 m. gegužės 22 d. Alytuje."
        assert not found(page, "stale-future")

    def test_a_news_item_against_its_own_day(self):
        assert not found(news(date="2019-05-20", summary=self.WRITTEN), "stale-future")
        assert not found(news(date="2019-05", summary=self.WRITTEN), "stale-future")
        assert found(news(date="2019-06", summary=self.WRITTEN), "stale-future")

    def test_an_event_that_is_over_need_not_be_rewritten(self):
        over = timezone.now() - timedelta(days=30)
        day = timezone.localdate(over).isoformat()
        page = factories.EventPageFactory(dates=[(over, None)], summary=f"Mokymai vyks {day}.")
        assert not found(page, "stale-future")
        page.summary = self.WRITTEN  # copied from an older one
        assert found(page, "stale-future")

    def test_of_a_project_that_is_over_nothing_lies_ahead(self):
        page = factories.ProjectPageFactory(period="2018/2019", result="Įvyks 3 konferencijos.")
        assert found(page, "stale-future")
        page.period = "2018/.."
        assert not found(page, "stale-future")


class TestOwnTypes:
    def test_an_event_without_date_or_place(self):
        page = factories.EventPageFactory(venue=None, dates=[])
        assert found(page, "event-date")[0][0] == found(page, "event-place")[0][0] == "stops"
        page.online_url = "https://example.lt/"
        assert not found(page, "event-place")
        page = factories.EventPageFactory(venue=None)
        page.dates.update(venue=factories.VenueFactory())
        assert not found(page, "event-place")

    def test_an_agreement_without_kind(self):
        page = factories.CooperationAgreementPageFactory(kind="", parties=[])
        assert found(page, "agreement-kind")[0][0] == "stops"
        assert found(page, "agreement-party")[0][0] == "told"

    @pytest.mark.parametrize(("status", "level"), [("running", "stops"), ("applied", "stops"), ("finished", "told")])
    def test_a_project_whose_programme_is_not_made_known(self, status, level):
        page = factories.ProjectPageFactory(status=status)
        assert found(page, "publicity")[0][0] == level
        page.programme.show_eu_emblem = True
        assert found(page, "publicity")[0][0] == "told"
        page.programme.publicity_statement = "Bendrai finansuoja Europos Sąjunga"
        assert not found(page, "publicity")
        page.programme = None
        assert found(page, "publicity")[0][0] == "told"

    @pytest.mark.parametrize("typed_on", ["news", "project"])
    def test_what_is_about_a_project_says_who_pays(self, typed_on):
        programme = factories.ProgrammeFactory(name="Kaimo programa", publicity_statement="Remia Europos Sąjunga")
        project = factories.ProjectPageFactory(programme=programme)
        page = factories.NewsPageFactory()
        here, there = (page, project) if typed_on == "news" else (project, page)
        RelatedPage.objects.create(page=here, target=there)
        assert "Remia Europos Sąjunga" in found(page, "publicity")[0][1]
        page.summary = "Projektą finansuoja kaimo programa."
        assert not found(page, "publicity")


def test_reports_ask_a_fixed_number_of_times(django_assert_max_num_queries):
    def add(number):
        for _ in range(number):
            page = factories.NewsPageFactory(cover=image(), body=[("text", "<p>žodis žodis</p>")])
            project = factories.ProjectPageFactory()
            factories.EventPageFactory(venue=None)
            factories.CooperationAgreementPageFactory(kind="")
            RelatedPage.objects.create(page=page, target=project)

    def asked():
        with django_assert_max_num_queries(500) as queries:
            told = list(findings_of(Page.objects.all()))
        return len(queries), len(told)

    add(1)
    list(findings_of(Page.objects.all()))
    few, _ = asked()
    add(5)
    many, told = asked()
    assert many == few
    assert told >= 24


def test_reports_narrow_to_some_checks_and_know_their_names():
    factories.EventPageFactory(venue=None)
    [(page, [finding])] = findings_of(Page.objects.all(), codes={"event-place"})
    assert isinstance(page, EventPage)
    assert check_names()[finding.code] == "Renginys be vietos"


# --- At publishing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def unready():
    """An event whose stored draft has no place."""
    page = factories.EventPageFactory(venue=None, live=False)
    page.save_revision()
    return page


def test_the_form_says_beside_the_field_what_publishing_waits_for(admin_client, unready):
    refused = admin_client.post(editor_of(unready), publishing(form_at(admin_client, editor_of(unready))))
    assert list(refused.context["form"].errors) == ["venue"]
    assert "Nenurodyta, kur vyks renginys" in text_of(refused)
    saved = admin_client.post(editor_of(unready), form_at(admin_client, editor_of(unready)), follow=True)
    assert "Kad galėtumėte publikuoti, dar reikia" in text_of(saved)


def test_what_is_only_told_does_not_stop_publishing(admin_client):
    page = factories.NewsPageFactory(live=False, summary="")
    page.save_revision()
    done = admin_client.post(editor_of(page), publishing(form_at(admin_client, editor_of(page))), follow=True)
    assert "Nėra santraukos" in text_of(done)
    assert NewsPage.objects.get().live


def test_a_time_of_publishing_is_checked_when_it_is_set(admin_client, unready):
    typed = form_at(admin_client, editor_of(unready))
    typed["go_live_at"] = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"
    assert "venue" in admin_client.post(editor_of(unready), publishing(typed)).context["form"].errors


def test_what_was_scheduled_comes_out_on_time(time_machine):
    page = factories.EventPageFactory(live=False)
    now = timezone.now()
    page.go_live_at = now + timedelta(hours=1)
    page.save_revision().publish()
    revision = EventPage.objects.get().latest_revision
    revision.content["venue"] = None
    revision.save()
    time_machine.move_to(now + timedelta(hours=2))
    call_command("publish_scheduled", verbosity=0)
    assert EventPage.objects.get().live


def test_many_at_once_are_published_or_none_and_it_is_said_why(admin_client, unready):
    ready = factories.NewsPageFactory(live=False)
    ready.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    done = admin_client.post(
        f"{address}?id={ready.pk}&id={unready.pk}&next=/admin/", {"include_descendants": ""}, follow=True
    )
    assert "nepublikuota. Nenurodyta, kur vyks renginys" in text_of(done)
    assert not Page.objects.filter(pk__in=[ready.pk, unready.pk], live=True).exists()


@pytest.mark.parametrize("script", [False, True], ids=["page", "window"])
def test_approval_leads_to_the_editor_and_publishes_nothing(admin_client, admin_user, unready, script):
    state = Workflow.objects.get().start(unready, admin_user)
    address = reverse("wagtailadmin_pages:workflow_action", args=[unready.pk, "approve", state.current_task_state.pk])
    headers = {"x-requested-with": "XMLHttpRequest"} if script else {}
    answer = admin_client.post(address, {"comment": ""}, headers=headers)
    assert editor_of(unready) in (answer.json()["redirect"] if script else answer["Location"])
    assert "nepublikuota. Nenurodyta, kur vyks renginys" in text_of(admin_client.get(editor_of(unready)))
    assert not EventPage.objects.get().live
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_code_is_refused_too(unready):
    with pytest.raises(NotReady, match="Nenurodyta"):
        unready.get_latest_revision().publish()


# --- In the editor ----------------------------------------------------------------------------------------------------


def test_the_side_panel_shows_what_the_draft_lacks_and_an_autosave_brings_it_anew(admin_client, unready):
    shown = text_of(admin_client.get(editor_of(unready)))
    panel = shown.partition("data-our-findings")[2].partition("checker-axe-configuration")[0]
    assert "Be to nepublikuosime." in panel
    assert "Nenurodyta, kur vyks renginys" in panel
    typed = form_at(admin_client, editor_of(unready))
    typed["venue"] = str(factories.VenueFactory().pk)
    saved = admin_client.post(editor_of(unready), typed, headers={"accept": "application/json"}).json()
    partial = saved["html"].partition("[data-our-findings]")[2]
    assert "Turinio patikra" in partial
    assert "Nenurodyta, kur vyks renginys" not in partial


def test_wagtails_checker_of_the_preview_speaks_lithuanian(admin_client):
    page = factories.NewsPageFactory()
    html = admin_client.get(editor_of(page)).content.decode()
    configuration = html.partition('id="checker-axe-configuration"')[2].partition("</script>")[0]
    assert (
        "Paveikslėlis be apra" in configuration.encode().decode("unicode_escape", "ignore")
        or "\\u0161" in configuration
    )
    assert "image-alt" in configuration
