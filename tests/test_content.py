"""The LAG's own content and the commands that load it and remove its samples."""

import re
import shutil
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from core.models import SiteSettings
from core.visibility import visible
from events.models import EventDate, EventPage, Venue
from events.registration import occasions, register
from home.content_loading.markup import to_blocks, to_rich_text
from home.models import HomePage, LoadedContent, StandardPage
from members.models import Member
from news.models import NewsPage
from partners.models import AgreementParty, CooperationAgreementPage, NetworkMembership, Organisation
from projects.models import Programme, ProjectPage
from tests.factories import DelegateFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

# Written down from the LAG's own register, not from the files: place in it, date, kind, the other parties, project.
BS, JVS, BSUS, KP = "cooperation_agreement", "joint_activity_agreement", "cooperation_arrangement", "letter_of_intent"
AGREEMENTS = [
    (1, "2022-01-11", BS, "vytauto-didziojo-universitetas", ""),
    (2, "2022-07", JVS, "traku-krasto prienu-rajono elektrenu elektrenu-miesto", "Maisto atlieka – žaliava!?!"),
    (3, "2021-07-14", JVS, "ukmerges-rajono zarasu-visagino-regiono alytaus-miesto", "Sąveikos lauku – sumanumo link"),
    (4, "2021", "other", "dalyvavimo-ir-bendradarbiavimo-centras", ""),
    (
        5,
        "2020-05-13",
        JVS,
        "kaisiadoriu-rajono kauno-rajono prienu-rajono raseiniu-rajono kedainiu-rajono jonavos-rajono sirvintu-rajono "
        "elektrenu",
        "Žydinti Lietuva",
    ),
    (
        6,
        "2019-10-14",
        JVS,
        "ukmerges-rajono taurages-rajono",
        "Lėtojo turizmo skatinimas Ukmergės, Tauragės ir Alytaus rajonuose",
    ),
    (7, "2018-08", BS, "druskininku", "Lėtos kultūros patirtys 2.00/ CultTrips 2.00"),
    (8, "2018-05-15", JVS, "traku-krasto prienu-rajono dzukijos", "Dzūkijos piliakalnių kelias"),
    (
        9,
        "2017-11-23",
        KP,
        "druskininku sventosios-zuvininkystes-regiono markische-seen",
        "Bendradarbiavimo paieškos: Lietuva – Vokietija",
    ),
    (10, "2016-11-30", BS, "vsi-pazangus-sprendimai", ""),
    (11, "2015-12-09", BS, "traku-krasto", ""),
    (12, "2015-06-15", BS, "vsi-devynios-galybes", ""),
    (13, "2014-12-17", BS, "alytaus-rajono-daugu-kulturos-centras", ""),
    (14, "2014-12-17", BS, "alytaus-rajono-savivaldybes-viesoji-biblioteka", ""),
    (15, "2014-09-15", BS, "alytaus-rajono-savivaldybes-visuomenes-sveikatos-biuras", ""),
    (16, "2014-09-15", BS, "dzukijos", ""),
    (17, "2014-09-15", BS, "druskininku", ""),
    (18, "2014-09-15", BS, "varenos-krasto", ""),
    (19, "2012-01-24/2012-01-26", KP, "elsbeere-wienerwald", ""),
    (20, "2011-09-09", BS, "birstono", ""),
    (21, "2010-02-05", BSUS, "kodukant-laanemaa", ""),
    (22, "2009-10-30", BSUS, "jurbarko-vvg-nemunas", ""),
    (23, "2009-10-23", BSUS, "rietavo-vvg-rietavo-iniciatyvos", ""),
]
PARTNERS_ABROAD = {
    "markische-seen": "DE",
    "elsbeere-wienerwald": "AT",
    "kodukant-laanemaa": "EE",
    "dalyvavimo-ir-bendradarbiavimo-centras": "GE",
}
OLD_NEWS = "/projektas-alytaus-rajono-vietos-veiklos-grupes-bendruomeniu-saskrydis/"


def load(folder=None):
    """Run the command; what it says."""
    out = StringIO()
    call_command("load_content", *(["--from", str(folder)] if folder else []), stdout=out)
    return out.getvalue()


def whole_database():
    """Every row of every table, as the database has it."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


# --- The facts ------------------------------------------------------------------------------------------------------


def test_the_register_is_whole():
    agreements = CooperationAgreementPage.objects.all()
    assert Counter(agreements.values_list("kind", flat=True)) == {BS: 12, JVS: 5, BSUS: 3, KP: 2, "other": 1}
    precision = Counter("range" if "/" in date else len(date) for date in agreements.values_list("date", flat=True))
    assert precision == {10: 19, 7: 2, 4: 1, "range": 1}
    assert {page.register_order for page in agreements if page.is_international} == {4, 7, 9, 19, 21}


@pytest.mark.parametrize(("order", "date", "kind", "parties", "project"), AGREEMENTS)
def test_an_agreement_is_dated_as_its_source_dates_it(order, date, kind, parties, project):
    agreement = CooperationAgreementPage.objects.get(register_order=order)
    assert (agreement.date, agreement.kind) == (date, kind)
    slugs = [party.organisation.slug for party in agreement.parties.all()]
    assert [slug.removesuffix("-vvg") for slug in slugs] == parties.split()
    assert [link.page.title for link in agreement.project_links.all()] == ([project] if project else [])
    assert agreement.date_as_stated
    assert agreement.source_url


def test_what_the_sources_leave_open_is_said():
    by_order = {page.register_order: page for page in CooperationAgreementPage.objects.all()}
    assert {order: page.date_inferred for order, page in by_order.items() if page.date_inferred} == {19: "2012-01-25"}
    assert by_order[19].date_note
    assert "24" in by_order[9].date_note
    assert by_order[7].unnamed_party_count == 9
    assert {country.code for country in by_order[7].unnamed_party_countries} == {"AT", "DE", "IT", "LU", "RO", "SE"}
    leads = {
        (order, party.organisation.slug)
        for order, page in by_order.items()
        for party in page.parties.all()
        if party.role == "lead"
    }
    assert leads == {(5, "kaisiadoriu-rajono-vvg")}


def test_partners_are_one_each_however_the_sources_call_them():
    counts = Counter(name for _, _, _, parties, _ in AGREEMENTS for name in parties.split())
    partners = Organisation.objects.with_agreements(CooperationAgreementPage.objects.order_by())
    assert partners.count() == len(counts) == 31
    found = {organisation.slug: organisation.agreement_parties.count() for organisation in partners}
    assert {slug.removesuffix("-vvg"): count for slug, count in found.items()} == counts
    assert Counter(partner.kind for partner in partners) == {
        "lag": 23,
        "flag": 1,
        "university": 1,
        "public_institution": 2,
        "municipal_institution": 3,
        "ngo": 1,
    }
    abroad = partners.exclude(country="LT")
    assert {partner.slug: partner.country.code for partner in abroad} == PARTNERS_ABROAD
    assert not Organisation.objects.filter(name__startswith="Alytaus rajono vietos veiklos").exists()
    assert Organisation.objects.filter(is_sample=False).count() == 37


def test_projects_rest_on_their_agreements():
    assert ProjectPage.objects.count() == 8
    assert ProjectPage.objects.filter(agreement_links__isnull=False).distinct().count() == 7
    assert ProjectPage.objects.get(title="Žydinti Lietuva").support_amount == 98381
    gathering = ProjectPage.objects.get(led_by_us=True)
    assert gathering.funder.name == "Alytaus rajono savivaldybės administracija"
    assert Programme.objects.get(slug="kpp-2014-2020").measures.count() == 6


def test_memberships_are_no_agreements():
    since = {membership.network.name: membership.since for membership in NetworkMembership.objects.all()}
    assert since == {
        "Lietuvos vietos veiklos grupių tinklas": "",
        "Lietuvos kaimo bendruomenių sąjunga": "2015-10-01",
    }


def test_members_are_samples_and_say_so():
    members = Member.objects.select_related("organisation")
    assert len(members) == 62
    assert Counter(member.organisation.kind if member.organisation else "person" for member in members) == {
        "community": 30,
        "business": 12,
        "ngo": 8,
        "municipality": 8,
        "person": 4,
    }
    assert all(member.is_sample and member.name.endswith("(pavyzdys)") for member in members)
    assert all(member.organisation.is_sample for member in members if member.organisation)


def test_sample_events_lie_ahead_and_the_past_ones_are_real():
    real = EventPage.objects.filter(is_sample=False)
    assert [
        (date.first_day.isoformat(), date.last_day.isoformat(), date.all_day)
        for date in EventDate.objects.filter(event__in=real).order_by("start")
    ] == [("2012-01-24", "2012-01-26", True), ("2015-12-09", "2015-12-09", True)]

    samples = EventPage.objects.filter(is_sample=True)
    assert samples.count() == 6
    assert all(event.title.endswith("(pavyzdys)") for event in samples)
    meeting = samples.get(kind="information", venue__slug="nemunaicio-kaimas")
    loaded_on = timezone.localdate(LoadedContent.objects.get(key=f"eventpage:{meeting.slug}").loaded_at)
    (date,) = meeting.dates.all()
    assert date.first_day == loaded_on + timedelta(days=5)
    hours = [timezone.localtime(moment).strftime("%H:%M") for moment in (date.start, date.end)]
    assert hours == ["17:30", "19:00"]
    fair = samples.get(kind="gathering").dates.get()
    assert (fair.first_day, fair.last_day, fair.all_day) == (
        loaded_on + timedelta(days=33),
        loaded_on + timedelta(days=34),
        True,
    )
    training = samples.get(kind="training").dates.all()
    assert [date.venue.slug if date.venue else None for date in training] == [None, None, "simno-miestas"]


# --- The site -------------------------------------------------------------------------------------------------------


def test_the_site_stands_on_the_home_page():
    site = Site.objects.get()
    home = HomePage.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("testserver", 80, home.pk)
    assert [page.title for page in home.get_children().in_menu()] == [
        "Naujienos",
        "Renginiai",
        "Projektai",
        "Bendradarbiavimas",
        "VVG nariai",
        "Apie VVG",
        "Kontaktai",
    ]
    assert [locale.language_code for locale in Locale.objects.all()] == ["lt"]
    assert not any(Page.find_problems())
    assert Page.objects.filter(depth=2).count() == 1
    settings_row = SiteSettings.for_site(site)
    assert settings_row.name == "Alytaus rajono vietos veiklos grupė"
    assert [settings_row.founded_on.isoformat(), settings_row.registered_on.isoformat()] == ["2008-12-08", "2009-03-04"]


def test_every_page_has_a_history_and_nothing_left_to_publish():
    for page in Page.objects.filter(depth__gt=1):
        assert page.revisions.count() == 1
        assert page.live
        assert page.first_published_at
        assert not page.has_unpublished_changes
        assert page.get_latest_revision_as_object().specific_deferred.title == page.title


def test_the_old_address_of_the_news_leads_to_the_news(client):
    response = client.get(OLD_NEWS)
    assert (response.status_code, response["Location"]) == (301, f"/naujienos{OLD_NEWS}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/bendradarbiavimas/", "/vvg-nariai/", "/strategija-2015-2020/", "/apie-vvg/"])
def test_the_other_old_addresses_are_as_they_were(client, path):
    assert client.get(path).status_code == 200


def test_every_page_answers_with_one_heading(client):
    open_pages = visible(Page.objects.filter(depth__gt=1), None)
    paths = [page.get_url() for page in open_pages]
    paths += [
        f"/bendradarbiavimas/partneriai/{organisation.slug}/"
        for organisation in Organisation.objects.filter(agreement_parties__isnull=False).distinct()
    ]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        assert len(re.findall(r"<h1[\s>]", response.content.decode())) == 1, path
    (closed,) = Page.objects.filter(depth__gt=1).exclude(pk__in=open_pages)
    assert client.get(closed.get_url()).status_code == 403


def test_links_inside_the_site_are_kept_by_page():
    pages = Page.objects.filter(depth__gt=1).specific()
    fields = [getattr(page, name, "") for page in pages for name in ("body", "intro", "about")]
    text = "".join(field if isinstance(field, str) else str(list(field.raw_data)) for field in fields)
    assert "](/" not in text
    assert 'href="/' not in text
    linked = set(re.findall(r'linktype="page" id="(\d+)"', text))
    assert len(linked) > 20
    assert Page.objects.live().filter(pk__in=linked).count() == len(linked)


# --- Loading again --------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing():
    before = whole_database()
    told = load()
    assert whole_database() == before
    assert len(told.splitlines()) == 19
    assert all(line.endswith("naujų 0") for line in told.splitlines())


def test_what_an_editor_did_stays():
    about = StandardPage.objects.get(slug="apie-vvg")
    about.title, about.slug = "Mūsų istorija", "istorija"
    about.save_revision().publish()
    StandardPage.objects.get(slug="privatumas").move(about, pos="last-child")
    NewsPage.objects.get(slug="paverskite-savo-svajone-verslu").delete()
    CooperationAgreementPage.objects.get(register_order=23).delete()
    Organisation.objects.get(slug="rietavo-vvg-rietavo-iniciatyvos").delete()
    Organisation.objects.filter(slug="birstono-vvg").update(slug="birstonas", name="Birštono krašto VVG")
    Member.objects.filter(organisation__kind="business").delete()
    SiteSettings.objects.update(name="Kita vietos veiklos grupė")
    Site.objects.update(site_name="Kita", port=8080)
    Redirect.objects.all().delete()

    before = whole_database()
    load()
    assert whole_database() == before


@pytest.fixture
def folder(tmp_path):
    """A copy of the content that a test may change."""
    return Path(shutil.copytree(settings.BASE_DIR / "content", tmp_path / "content"))


def test_a_later_release_adds_what_is_new(folder):
    # The editor calls the partner otherwise by now; the file still knows it by its old slug.
    Organisation.objects.filter(slug="birstono-vvg").update(slug="birstonas")
    with (folder / "agreements.toml").open("a") as file:
        file.write(
            '[[agreement]]\nslug = "nauja"\ntitle = "Nauja sutartis"\nregister_order = 24\nkind = "other"\n'
            'date = "2026-03"\n'
            'parties = [{ organisation = "birstono-vvg", role = "partner" }]\n'
            'body = "Plačiau – [pas mus](/apie-vvg/)."\n'
        )
    assert "bendradarbiavimo sutartys: 24, naujų 1" in load(folder)
    agreement = CooperationAgreementPage.objects.get(slug="nauja")
    assert agreement.live
    assert [party.organisation.slug for party in agreement.parties.all()] == ["birstonas"]
    assert f'id="{StandardPage.objects.get(slug="apie-vvg").pk}"' in agreement.body[0].value.source
    assert "naujų 1" not in load(folder)


def test_what_stands_there_already_is_left_alone(folder):
    OrganisationFactory(slug="nauja", name="Sava", kind="ngo")
    HomePage.objects.get().add_child(instance=StandardPage(title="Sava", slug="nauja"))
    with (folder / "organisations.toml").open("a") as file:
        file.write('[[organisation]]\nslug = "nauja"\nname = "Nesava"\nkind = "ngo"\ncountry = "LT"\n')
    with (folder / "pages.toml").open("a") as file:
        file.write('[[page]]\nslug = "nauja"\ntitle = "Nesava"\ntype = "standard"\nbody = "Tekstas."\n')
    told = load(folder)
    assert "naujų 1" not in told
    assert Organisation.objects.get(slug="nauja").name == "Sava"
    assert StandardPage.objects.get(slug="nauja").title == "Sava"
    assert not StandardPage.objects.get(slug="nauja").body


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("organisations", "[[organisation]\n", "at line"),
        ("organisations", '[[organisation]]\nslug = "x"\nname = "X"\nkind = "ngo"\ncolour = "red"\n', "colour"),
        ("organisations", '[[organisation]]\nslug = "x"\nname = "X"\nkind = "club"\n', "club"),
        ("members", '[[eldership]]\nslug = "x"\nname = "X"\nmunicipality = "y"\n', "municipality:y"),
        ("news", '[[news]]\nslug = "x"\ntitle = "X"\ndate = "2019-13"\ntopics = []\n', "2019-13"),
        ("news", '[[news]]\nslug = "x"\ntitle = "X"\ntopics = []\nrelated = ["/nera/"]\n', "/nera/"),
    ],
)
def test_a_mistake_in_a_file_is_told_and_nothing_is_loaded(folder, file, text, said):
    with (folder / f"{file}.toml").open("a") as stream:
        stream.write(text)
    before = whole_database()
    with pytest.raises(CommandError, match=re.escape(said)):
        load(folder)
    assert whole_database() == before


def test_a_folder_without_the_files_is_told(tmp_path):
    with pytest.raises(CommandError, match="agreements.toml"):
        load(tmp_path)


# --- Removing samples -----------------------------------------------------------------------------------------------


def remove_samples(*arguments):
    out = StringIO()
    call_command("remove_samples", *arguments, stdout=out)
    return out.getvalue().strip()


def test_samples_go_for_good_and_nothing_real_with_them():
    assert remove_samples("--yes") == "Pašalinta: renginių 6, narių 62, organizacijų 58."
    assert not Member.objects.exists()
    assert EventPage.objects.count() == 2
    assert Organisation.objects.count() == 37
    assert Venue.objects.count() == 10
    assert not any(Page.find_problems())
    before = whole_database()
    assert remove_samples("--yes") == "Pavyzdžių nėra."
    load()
    assert whole_database() == before


def test_a_sample_that_became_real_stays():
    community, firm = Organisation.objects.filter(is_sample=True, kind="community")[:2]
    community.name = "Tikra bendruomenė"
    community.save()
    AgreementParty.objects.create(page=CooperationAgreementPage.objects.first(), organisation=firm)
    assert remove_samples("--yes") == "Pašalinta: renginių 6, narių 61, organizacijų 56."
    assert Member.objects.get().organisation == community
    assert Organisation.objects.filter(pk=firm.pk).exists()


def test_samples_are_not_removed_unasked(monkeypatch):
    with pytest.raises(CommandError, match="--yes"):
        remove_samples()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError, match="Nothing was removed"):
        remove_samples()
    assert Member.objects.count() == 62
    monkeypatch.setattr("builtins.input", lambda question: "t")
    assert remove_samples().startswith("Pašalinta")


def test_a_sample_member_for_whom_somebody_acts_stays():
    member = Member.objects.exclude(organisation=None).first()
    DelegateFactory(member=member)
    assert remove_samples("--yes").splitlines() == [
        "Pašalinta: renginių 6, narių 61, organizacijų 57.",
        f"Liko „{member}“: turi atstovų.",
    ]


def test_a_sample_event_that_somebody_has_registered_for_stays():
    event = EventPage.objects.get(slug="informacinis-susitikimas-nuo-idejos-iki-projekto-pavyzdys")
    [occasion] = occasions(event)
    register(occasion, {"name": "Bendruomenė", "email": "bendruomene@example.lt"})
    told = remove_samples("--yes")
    assert told.splitlines() == [
        "Pašalinta: renginių 5, narių 62, organizacijų 58.",
        f"Liko „{event.title}“: į jį yra užsiregistravusių.",
    ]
    assert event.registrations.count() == 1


# --- The markup of the files ----------------------------------------------------------------------------------------


def test_markup_becomes_blocks():
    text = """
Pirma pastraipa
tęsiasi **čia**.

- vienas;
- du.

## Skyrius

### Poskyris

> Pasakyta
> dviem eilutėmis.

Pabaiga.
"""
    assert to_blocks(text, lambda path: None) == [
        ("text", "<p>Pirma pastraipa tęsiasi <b>čia</b>.</p><ul><li>vienas;</li><li>du.</li></ul>"),
        ("heading", {"text": "Skyrius", "level": "h2"}),
        ("heading", {"text": "Poskyris", "level": "h3"}),
        ("quote", {"text": "Pasakyta\ndviem eilutėmis.", "source": ""}),
        ("text", "<p>Pabaiga.</p>"),
    ]


def test_markup_never_lets_html_through():
    text = 'A < B & "C" [<b>](https://x.lt/?a=1&b="2") **<i>**'
    assert to_rich_text(text, lambda path: None) == (
        "<p>A &lt; B &amp; &quot;C&quot; "
        '<a href="https://x.lt/?a=1&amp;b=&quot;2&quot;">&lt;b&gt;</a> <b>&lt;i&gt;</b></p>'
    )


def test_markup_links_to_pages():
    home = HomePage.objects.get()
    assert to_rich_text("[x](/) [y](/nera/)", {"/": home}.get) == (
        f'<p><a linktype="page" id="{home.pk}">x</a> <a href="/nera/">y</a></p>'
    )
