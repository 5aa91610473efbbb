"""The desk: each line appears when it should, leads to where it is mended, and goes when it is mended."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from core.models import CustomImage, SiteSettings
from desk.lines import LINES, lines_for
from desk.links.collecting import collect_from_page
from desk.models import Link
from desk.signals import look_again
from events import registration as service
from events.models import EventPage, Registration
from events.registration import Occasion
from home.models import ContactMessage
from members.models import MemberProposal
from tests import factories
from tests.desk_rows import draft_of, fill, given_up
from tests.factories import NOON
from tests.test_doors import an_imported_item
from wordpress_import.models import ImportedItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def fresh(user):
    """The same person at the next request: nothing is remembered of what they may."""
    return type(user).objects.get(pk=user.pk)


def line(user, name):
    """What one line tells this person: a list of entries; [] where it is not shown."""
    return next((found.entries for found in lines_for(fresh(user)) if found.line.name == name), [])


def shown_to(people, name):
    """The roles to which a line is shown."""
    return {role for role, user in people.items() if line(user, name)}


def browser_of(user):
    """A browser in which this person has signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def leads_to(user, name):
    """What the first entry of a line leads to, as this person sees it; the desk shows the link."""
    browser, entry = browser_of(user), line(user, name)[0]
    desk = browser.get("/admin/").content.decode()
    assert f'data-line="{name}"' in desk
    assert f'href="{entry.url}"' in desk.replace("&amp;", "&")
    how_to_url = next(line.how_to_url for line in LINES if line.name == name)
    part = desk.partition(f'data-line="{name}"')[2].partition("</section>")[0]
    assert f'href="{how_to_url}">Kaip tai daryti<' in part
    assert f'href="{how_to_url}">Kaip tai daryti<' in browser.get(reverse("desk:line", args=[name])).content.decode()
    response = browser.get(entry.url)
    assert response.status_code == 200
    return response.content.decode()


# --- The first screen -------------------------------------------------------------------------------------------------


def test_the_desk_says_kindly_that_there_is_nothing_to_do(people):
    for user in people.values():
        shown = browser_of(user).get("/admin/").content.decode()
        assert "Viskas sutvarkyta" in shown
        assert "data-line" not in shown


def test_what_is_often_begun_is_one_click_away_for_whom_may(people):
    news, events = factories.NewsIndexPageFactory(), factories.EventIndexPageFactory()
    actions = {
        reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk]): {"contributor", "editor"},
        reverse("wagtailadmin_pages:add", args=["events", "eventpage", events.pk]): {"contributor", "editor"},
        reverse("wagtailsnippets_members_member:add"): {"editor", "secretary"},
        reverse("wagtailimages:add_multiple"): {"contributor", "editor"},
        reverse("wagtaildocs:add_multiple"): {"contributor", "editor"},
    }
    for role, user in people.items():
        browser = browser_of(user)
        shown = browser.get("/admin/").content.decode()
        for address, roles in actions.items():
            assert (f'href="{address}"' in shown) == (role in roles | {"administrator"}), (role, address)
            if role in roles:
                assert browser.get(address).status_code == 200


def test_only_who_sees_pages_is_offered_to_search_them(people):
    for role, user in people.items():
        shown = browser_of(user).get("/admin/").content.decode()
        assert ('role="search"' in shown) == (role != "secretary"), role


def test_the_whole_of_a_line_stands_on_a_screen_of_its_own(people):
    for number in range(7):
        draft_of(people["editor"], title=f"Juodraštis {number}")
    browser = browser_of(people["editor"])
    desk = browser.get("/admin/").content.decode()
    address = reverse("desk:line", args=["mano-juodrasciai"])
    assert f'href="{address}"' in desk
    assert "7\N{NO-BREAK SPACE}jūsų juodraščiai" in desk
    assert desk.count("Juodraštis ") == 5
    whole = browser.get(address).content.decode()
    assert all(f"Juodraštis {number}" in whole for number in range(7))
    table = b"".join(browser.get(f"{address}?export=csv").streaming_content).decode()
    assert table.count("Juodraštis ") == 7


def test_a_line_that_does_not_concern_somebody_is_shut(people):
    shut = {name.name for name in LINES if name.rows(fresh(people["secretary"])) is None}
    assert {"mano-juodrasciai", "kitu-juodrasciai", "be-pabaigos", "laiskai", "zinutes", "nuorodos"} <= shut
    for name in shut:
        assert browser_of(people["secretary"]).get(reverse("desk:line", args=[name])).status_code == 302
    assert browser_of(people["editor"]).get("/admin/darbai/nera-tokios/").status_code == 404


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_a_draft_is_told_to_who_wrote_it_and_to_who_may_publish_it(people):
    page = draft_of(people["contributor"], title="Pradėta naujiena")
    assert shown_to(people, "mano-juodrasciai") == {"contributor"}
    assert shown_to(people, "kitu-juodrasciai") == {"editor", "administrator"}
    assert "Pradėta naujiena" in leads_to(people["contributor"], "mano-juodrasciai")
    page.save_revision(user=people["editor"]).publish()
    assert shown_to(people, "mano-juodrasciai") == shown_to(people, "kitu-juodrasciai") == set()


def test_changes_of_a_published_page_that_nobody_has_published_are_a_draft(people):
    page = factories.NewsPageFactory()
    page.title = "Pakeista"
    page.save_revision(user=people["editor"])
    assert "nepublikuoti pakeitimai" in line(people["editor"], "mano-juodrasciai")[0].note
    assert shown_to(people, "kitu-juodrasciai") == {"administrator"}


def test_a_draft_with_its_hour_and_one_in_the_trash_wait_for_nobody(people):
    page = draft_of(people["editor"])
    page.go_live_at = NOON + timedelta(days=1)
    page.save_revision(user=people["editor"]).publish()
    assert shown_to(people, "mano-juodrasciai") == set()
    other = draft_of(people["editor"])
    browser_of(people["editor"]).post(reverse("wagtailadmin_pages:delete", args=[other.pk]))
    assert shown_to(people, "mano-juodrasciai") == shown_to(people, "kitu-juodrasciai") == set()


def test_what_is_submitted_waits_for_who_may_approve_and_comes_back_to_who_submitted(people):
    page = draft_of(people["contributor"], title="Pateikta naujiena")
    state = Workflow.objects.get().start(page, people["contributor"])
    assert shown_to(people, "pateikta") == {"editor", "administrator"}
    assert shown_to(people, "mano-juodrasciai") == shown_to(people, "kitu-juodrasciai") == set()
    assert "Pateikta naujiena" in leads_to(people["editor"], "pateikta")
    state.current_task_state.reject(user=people["editor"], comment="Trūksta datos")
    assert shown_to(people, "pateikta") == set()
    assert shown_to(people, "grazinta") == {"contributor"}
    assert "Pateikta naujiena" in leads_to(people["contributor"], "grazinta")
    state.refresh_from_db()
    state.resume(user=people["contributor"])
    assert shown_to(people, "grazinta") == set()
    state.refresh_from_db()
    state.current_task_state.approve(user=people["editor"])
    assert shown_to(people, "pateikta") == set()


def test_a_page_whose_day_of_review_has_come_is_told_until_it_has_another(people):
    page = factories.StandardPageFactory(title="Senos taisyklės", review_on=timezone.localdate())
    factories.StandardPageFactory(review_on=timezone.localdate() + timedelta(days=1))
    factories.StandardPageFactory(review_on=timezone.localdate(), live=False)
    assert shown_to(people, "perziureti") == {"editor", "administrator"}
    assert [entry.title for entry in line(people["editor"], "perziureti")] == ["Senos taisyklės"]
    assert "Senos taisyklės" in leads_to(people["editor"], "perziureti")
    page.review_on = timezone.localdate() + timedelta(days=180)
    page.save_revision().publish()
    assert shown_to(people, "perziureti") == set()


def test_a_picture_without_words_is_told_until_it_has_some(people, django_capture_on_commit_callbacks):
    image = CustomImage.objects.create(title="Nuotrauka", file=get_test_image_file())
    page = factories.NewsPageFactory(title="Su viršeliu", cover=image)
    look_again(page.pk)
    assert shown_to(people, "paveiksleliai") == {"editor", "administrator"}
    assert "Su viršeliu" in leads_to(people["editor"], "paveiksleliai")
    with django_capture_on_commit_callbacks(execute=True):
        image.description = "Žmonės prie ežero"
        image.save()
    assert shown_to(people, "paveiksleliai") == set()


def test_a_link_to_nowhere_is_told_until_it_leads_somewhere(people):
    target = factories.StandardPageFactory(title="Anketa", live=False)
    page = factories.StandardPageFactory(
        title="Kaip dalyvauti", body=[("text", f'<p><a linktype="page" id="{target.pk}">x</a></p>')]
    )
    collect_from_page(page)
    assert shown_to(people, "nuorodos") == {"editor", "administrator"}
    assert line(people["editor"], "nuorodos")[0].note == "Anketa – puslapis nepublikuotas"
    assert "Kaip dalyvauti" in leads_to(people["editor"], "nuorodos")
    Page.objects.filter(pk=target.pk).update(live=True)
    assert shown_to(people, "nuorodos") == set()


def test_a_dead_link_to_another_site_is_told_until_it_answers_or_goes(people):
    page = factories.StandardPageFactory(title="Naudinga", body=[("text", '<p><a href="https://a.example/">x</a></p>')])
    organisation = factories.OrganisationFactory(name="Kaimo bendruomenė", website="https://a.example/")
    call_command("check_links", limit=0, verbosity=0)
    Link.objects.update(failures=3, first_failed_on=timezone.localdate())
    assert shown_to(people, "isorines-nuorodos") == {"editor", "administrator"}
    assert {entry.title for entry in line(people["editor"], "isorines-nuorodos")} == {"Naudinga", str(organisation)}
    page.body = []
    page.save_revision().publish()
    collect_from_page(page)
    assert [entry.title for entry in line(people["editor"], "isorines-nuorodos")] == [str(organisation)]
    assert "Kaimo bendruomenė" in leads_to(people["editor"], "isorines-nuorodos")
    Link.objects.update(failures=0, first_failed_on=None)
    assert shown_to(people, "isorines-nuorodos") == set()


# --- Events and registrations -----------------------------------------------------------------------------------------


def test_an_event_whose_registration_never_closes_is_told(people):
    event = factories.EventPageFactory(title="Mokymai", registration="event")
    factories.EventPageFactory(registration="none")
    factories.EventPageFactory(registration="event", registration_closes=NOON + timedelta(days=2))
    factories.EventPageFactory(registration="event", dates=[(NOON - timedelta(days=2), None)])
    assert shown_to(people, "be-pabaigos") == {"editor", "administrator"}
    assert [entry.title for entry in line(people["editor"], "be-pabaigos")] == ["Mokymai"]
    assert 'name="registration_closes"' in leads_to(people["editor"], "be-pabaigos")
    event.registration_closes = NOON + timedelta(days=1)
    event.save()
    assert shown_to(people, "be-pabaigos") == set()
    called_off = factories.EventPageFactory(registration="event", dates=[(NOON + timedelta(days=3), None)])
    called_off.dates.update(status="cancelled")
    assert shown_to(people, "be-pabaigos") == set()


def test_where_one_registers_by_date_every_date_to_come_needs_its_close(people):
    dates = [(NOON + timedelta(days=day), None) for day in (-3, 3, 5)]
    event = factories.EventPageFactory(registration="date", dates=dates)
    first, second, third = event.dates.order_by("start")
    assert len(line(people["editor"], "be-pabaigos")) == 1
    for date in (second, third):
        date.registration_closes = date.start
        date.save()
    assert line(people["editor"], "be-pabaigos") == []
    assert first.registration_closes is None


def registered(event, **details):
    """Somebody's registration."""
    number = Registration.objects.count()
    fields = {"name": "Dalyvis", "email": f"dalyvis{number}@example.lt", "people": 1}
    return service.register(Occasion(event), fields | details, notify=False)


def test_who_waits_though_there_is_room_is_told(people):
    event = factories.EventPageFactory(title="Išvyka", registration="event", capacity=3)
    event = EventPage.objects.get(pk=event.pk)
    registered(event, people=2)
    waiting = registered(event, people=2)
    assert shown_to(people, "laukia-vietos") == {"editor", "secretary", "administrator"}
    assert line(people["editor"], "laukia-vietos")[0].note.endswith("laisvų vietų 1")
    assert "Dalyvis" in leads_to(people["secretary"], "laukia-vietos")
    service.give_place(waiting, notify=False)
    assert shown_to(people, "laukia-vietos") == set()


def test_who_waits_where_all_is_taken_needs_nobody(people):
    event = EventPage.objects.get(pk=factories.EventPageFactory(registration="event", capacity=1).pk)
    registered(event)
    registered(event)
    assert shown_to(people, "laukia-vietos") == set()


def test_a_note_is_told_until_somebody_opens_the_registration(people):
    event = EventPage.objects.get(pk=factories.EventPageFactory(title="Išvyka", registration="event").pk)
    asks = registered(event, note="Ar bus kur pastatyti dviratį?")
    registered(event)
    service.register(Occasion(event), {"name": "A", "email": "", "people": 1, "note": "x"}, by_staff=True)
    assert shown_to(people, "pastabos") == {"editor", "secretary", "administrator"}
    assert len(line(people["secretary"], "pastabos")) == 1
    assert "Ar bus kur pastatyti dviratį?" in leads_to(people["secretary"], "pastabos")
    assert shown_to(people, "pastabos") == set()
    asks.refresh_from_db()
    service.change(asks, {"note": "O kur pastatyti automobilį?"})
    assert shown_to(people, "pastabos") == {"editor", "secretary", "administrator"}
    service.change(asks, {"note": "Atsakyta telefonu"}, by_staff=True)
    browser_of(people["editor"]).get(reverse("registrations:edit", args=[asks.pk]))
    assert shown_to(people, "pastabos") == set()


def test_the_week_says_day_by_day_how_full_it_is(people):
    days = [(NOON + timedelta(days=2, hours=hour), NOON + timedelta(days=2, hours=hour + 1)) for hour in (0, 3)]
    event = factories.EventPageFactory(title="Dvi grupės", registration="date", capacity=5, dates=days)
    event = EventPage.objects.get(pk=event.pk)
    first = event.dates.order_by("start").first()
    service.register(Occasion(event, first), {"name": "A", "email": "a@example.lt", "people": 3}, notify=False)
    factories.EventPageFactory(title="Po savaitės", dates=[(NOON + timedelta(days=8), None)])
    factories.EventPageFactory(title="Juodraštinis", live=False, dates=[(NOON + timedelta(days=1), None)])
    gone = factories.EventPageFactory(title="Neįvyks", dates=[(NOON + timedelta(days=3), None)])
    gone.dates.update(status="cancelled")
    shown = browser_of(people["secretary"]).get("/admin/").content.decode()
    assert shown.count("Dvi grupės") == 2
    assert "užimta 3 iš 5, liko 2\N{NO-BREAK SPACE}vietos" in shown
    assert "užimta 0 iš 5, liko 5\N{NO-BREAK SPACE}vietos" in shown
    assert "2026\N{NO-BREAK SPACE}m. lapkričio 24\N{NO-BREAK SPACE}d., antradienis" in shown
    assert "Atšaukta" in shown
    assert "Po savaitės" not in shown
    assert "Juodraštinis" not in shown
    assert f'href="{reverse("registrations:event", args=[event.pk])}"' in shown


# --- Members and letters ----------------------------------------------------------------------------------------------


def test_a_proposal_is_told_until_it_is_decided(people):
    delegate = factories.DelegateFactory()
    proposal = MemberProposal.objects.create(member=delegate.member, user=delegate.user, before={}, after={})
    assert shown_to(people, "pasiulymai") == {"secretary", "administrator"}
    assert str(delegate.member) in leads_to(people["secretary"], "pasiulymai")
    proposal.state = "approved"
    proposal.decided_at = NOON
    proposal.save()
    assert shown_to(people, "pasiulymai") == set()


def test_a_letter_that_failed_is_told_until_it_is_tried_again(people):
    letter = given_up()
    assert shown_to(people, "laiskai") == {"editor", "administrator"}
    assert "Žinia apie mokymus" in leads_to(people["editor"], "laiskai")
    letter.try_again()
    assert shown_to(people, "laiskai") == set()


def test_a_letter_that_failed_may_be_settled_otherwise(people):
    letter = given_up()
    address = reverse("letters:edit", args=[letter.pk])
    browser_of(people["editor"]).post(address, {"settle": "1"})
    assert shown_to(people, "laiskai") == set()
    letter.refresh_from_db()
    assert letter.state == "Sutvarkyta kitaip"
    browser_of(people["editor"]).post(address)
    letter.refresh_from_db()
    assert letter.settled_at is None
    assert letter.gave_up_at is None


def test_a_message_that_reached_no_mailbox_is_told_until_somebody_reads_it(people, time_machine):
    SiteSettings.objects.all().delete()
    message = factories.ContactMessageFactory(text="Kada bus kvietimas?")
    factories.ContactMessageFactory(sent_at=NOON)
    assert shown_to(people, "zinutes") == set()  # it may be on its way
    time_machine.move_to(NOON + timedelta(hours=1), tick=False)
    assert shown_to(people, "zinutes") == {"editor", "administrator"}
    assert "Kada bus kvietimas?" in leads_to(people["editor"], "zinutes")
    assert shown_to(people, "zinutes") == set()
    assert ContactMessage.objects.get(pk=message.pk).read_at


# --- The move-in ------------------------------------------------------------------------------------------------------


def test_what_came_from_an_old_site_is_told_until_somebody_has_looked(people):
    assert shown_to(people, "perkelta") == set()
    an_imported_item()
    assert shown_to(people, "perkelta") == {"editor", "administrator"}
    report = leads_to(people["editor"], "perkelta")
    assert "Apie mus" in report
    item = ImportedItem.objects.get()
    assert line(people["editor"], "perkelta")[0].url.endswith(f"#irasas-{item.pk}")
    assert f'id="irasas-{item.pk}"' in report
    browser_of(people["editor"]).post(reverse("wordpress_import:tick"), {"check": item.pk})
    assert shown_to(people, "perkelta") == set()


def test_the_desk_leads_to_all_that_waits_of_the_old_site(people):
    for number in range(7):
        ImportedItem.objects.create(source="a", kind="post", number=number, verdict="failed", title=f"Nr. {number}")
    desk = browser_of(people["editor"]).get("/admin/").content.decode()
    assert f'href="{reverse("wordpress_import:perkelimas")}?rodyti=ziureti"' in desk


# --- As fast with many rows as with one -------------------------------------------------------------------------------


def test_the_desk_asks_the_same_number_of_questions_for_one_row_and_for_many(people):
    browser = browser_of(people["administrator"])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get("/admin/").content.decode()
        missing = {name.name for name in LINES if f'data-line="{name.name}"' not in shown}
        assert missing == set()
        return len(asked)

    those = people["administrator"], people["editor"], people["contributor"]
    fill(*those)
    cost()
    one = cost()
    for _ in range(7):
        fill(*those)
    assert cost() == one
