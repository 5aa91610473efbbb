"""The register of cooperation: its order, time line, pages of agreements and organisations, memberships."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.models import (
    AgreementAmendment,
    AgreementParty,
    CooperationAgreementPage,
    CooperationIndexPage,
    NetworkMembership,
    Organisation,
)
from projects.models import ProjectAgreement, ProjectPartner
from tests.factories import (
    CooperationAgreementPageFactory,
    CooperationIndexPageFactory,
    MemberFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    return CooperationIndexPageFactory()


def plain(response):
    """The page's text with ordinary spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


# --- The register -----------------------------------------------------------------------------------------------------


def test_order_is_latest_day_then_earliest_then_the_registers_own(client, register):
    stated = [
        ("2015-10-01/..", 0),  # nobody knows how long: newest of all
        ("2022-07", 9),
        ("2022-01-11", 0),
        ("2021-12-31", 1),  # a day at the year's end before the year it ends
        ("2021", 0),
        ("2021-07-17", 0),
        ("2014-09-15", 1),
        ("2014-09-15", 2),
        ("2014-09-15", 3),
        ("2012-01-24/2012-01-26", 0),
        ("../2011", 0),
        ("", 0),
    ]
    for number, (date, order) in sorted(enumerate(stated), key=lambda pair: pair[0] * 7 % 12):
        CooperationAgreementPageFactory(title=f"Nr. {number}", date=date, register_order=order)
    rows = client.get(register.url).context["page_of_rows"]
    assert [(row.date, row.register_order) for row in rows] == stated


def test_equal_dates_and_orders_keep_the_order_of_entry(register):
    pages = [CooperationAgreementPageFactory(date="2014-09-15") for _ in range(4)]
    assert list(CooperationAgreementPage.objects.in_register_order()) == pages


def test_the_register_says_how_many_in_words(client, register):
    for number, words in ((1, "1 sutartis"), (2, "2 sutartys"), (10, "10 sutarčių")):
        while CooperationAgreementPage.objects.count() < number:
            CooperationAgreementPageFactory()
        assert f'role="status">{words}</p>' in plain(client.get(register.url))


def test_the_register_shows_dates_as_stated_parties_projects_and_the_mark_of_abroad(client, register):
    abroad = OrganisationFactory(name="Märkische Seen", slug="markische-seen", country="DE")
    agreement = CooperationAgreementPageFactory(
        title="Protokolas", date="2012-01-24/2012-01-26", date_inferred="2012-01-25", parties=[abroad]
    )
    project = ProjectPageFactory(title="Paieškos")
    ProjectAgreement.objects.create(page=project, agreement=agreement)
    text = plain(client.get(register.url))
    assert "2012 m. sausio 24–26 d." in text
    assert "2012 m. sausio 25 d." not in text  # only inferred: said on the agreement's own page
    assert f'<a href="{register.url}partneriai/markische-seen/">Märkische Seen</a> (Vokietija)' in text
    assert f'<a href="{project.url}">Paieškos</a>' in text
    assert "Tarptautinė" in text
    assert text.count("<h1") == 1


def test_the_time_line_counts_years_without_a_gap_and_leads_to_them(client, register):
    for date in ("2011-02", "2014-09-15", "2014-09-15"):
        CooperationAgreementPageFactory(date=date)
    NetworkMembershipFactory(since="2013-10-01", network__name="Kaimų sąjunga")
    NetworkMembershipFactory(since="", network__name="Tinklas")
    response = client.get(register.url)
    line = response.context["timeline"]
    assert [(year.year, year.count) for year in line.years] == [(2011, 1), (2012, 0), (2013, 0), (2014, 2)]
    assert line.years[1].url == ""
    assert client.get(line.years[3].url).context["page_of_rows"].paginator.count == 2
    spans = {span.membership.network.name: (span.start, span.length, span.is_since_known) for span in line.spans}
    assert spans == {"Tinklas": (0, 4, False), "Kaimų sąjunga": (2, 2, True)}
    assert '2014</span><span class="visually-hidden"> m.: 2 sutartys' in plain(response)


def test_the_time_line_keeps_its_length_when_the_list_is_narrowed(client, register):
    CooperationAgreementPageFactory(date="2011", kind="letter_of_intent")
    CooperationAgreementPageFactory(date="2013", kind="cooperation_agreement")
    line = client.get(f"{register.url}?rusis=letter_of_intent").context["timeline"]
    assert [(year.year, year.count) for year in line.years] == [(2011, 1), (2012, 0), (2013, 0)]
    chosen = client.get(f"{register.url}?metai=2013").context["timeline"]
    assert [year.selected for year in chosen.years] == [False, False, True]


def test_a_membership_that_ended_ends_on_the_time_line(client, register):
    CooperationAgreementPageFactory(date="2010")
    CooperationAgreementPageFactory(date="2020")
    NetworkMembershipFactory(since="2012", until="2015-06")
    (span,) = client.get(register.url).context["timeline"].spans
    assert (span.start, span.length) == (2, 4)


def test_an_empty_register_is_a_clear_page(client, register):
    assert "Tokių sutarčių registre nėra" in plain(client.get(register.url))


def test_partners_are_grouped_and_in_lithuanian_order(client, register):
    for name, kind, country in (
        ("Čekiškės VVG", "lag", "LT"),
        ("Cirkliškio VVG", "lag", "LT"),
        ("Ąžuolų VVG", "flag", "LT"),
        ("Alovės VVG", "lag", "LT"),
        ("Yvų VVG", "lag", "LT"),
        ("Jonavos VVG", "lag", "LT"),
        ("VšĮ „Biblioteka“", "ngo", "LT"),
        ("Märkische Seen", "lag", "DE"),
    ):
        CooperationAgreementPageFactory(parties=[OrganisationFactory(name=name, kind=kind, country=country)])
    OrganisationFactory(name="Ne partneris")
    groups = client.get(register.url).context["partner_groups"]
    assert [(heading, number) for heading, number, _ in groups] == [
        ("Vietos veiklos grupės Lietuvoje", 6),
        ("Kitos organizacijos Lietuvoje", 1),
        ("Partneriai užsienyje", 1),
    ]
    letters = groups[0][2]
    assert [(letter.heading, [row.name for row in letter.rows]) for letter in letters] == [
        ("A, Ą", ["Alovės VVG", "Ąžuolų VVG"]),
        ("C", ["Cirkliškio VVG"]),
        ("Č", ["Čekiškės VVG"]),
        ("Y", ["Yvų VVG"]),
        ("J", ["Jonavos VVG"]),
    ]
    assert [letter.heading for letter in groups[1][2]] == ["B"]


def test_partners_are_filed_by_the_name_that_is_shown(client, register):
    long_name = OrganisationFactory(name="Vietos veiklos grupė „Kodukant“", short_name="Kodukant", country="EE")
    CooperationAgreementPageFactory(parties=[long_name, OrganisationFactory(name="Märkische Seen", country="DE")])
    ((_, _, letters),) = client.get(register.url).context["partner_groups"]
    assert [letter.heading for letter in letters] == ["K", "M"]


def grow(number):
    for _ in range(number):
        agreement = CooperationAgreementPageFactory(parties=[OrganisationFactory(), OrganisationFactory(country="EE")])
        project = ProjectPageFactory()
        ProjectAgreement.objects.create(page=project, agreement=agreement)


def test_ten_times_the_rows_take_the_same_queries(client, register):
    shared = OrganisationFactory(slug="bendra")
    NetworkMembershipFactory()
    grow(2)
    AgreementParty.objects.create(page=CooperationAgreementPage.objects.first(), organisation=shared)
    first = CooperationAgreementPage.objects.in_register_order().first()
    urls = [register.url, f"{register.url}?rusis=cooperation_agreement&q=sutartis", first.url]
    urls.append(f"{register.url}partneriai/bendra/")

    def queries():
        counts = {}
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            counts[url] = len(captured)
        return counts

    few = queries()
    grow(18)
    for agreement in CooperationAgreementPage.objects.exclude(parties__organisation=shared):
        AgreementParty.objects.create(page=agreement, organisation=shared)
    assert queries() == few
    assert max(few.values()) <= 15, few


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_addresses_of_the_register(client, register):
    agreement = CooperationAgreementPageFactory(slug="sutartis-su-biblioteka")
    assert agreement.url == f"{register.url}sutartys/sutartis-su-biblioteka/"
    for path, status in {
        "": 200,
        "sutartys/sutartis-su-biblioteka/": 200,
        "sutartys/sutartis-su-biblioteka": 301,
        "sutartis-su-biblioteka/": 404,
        "sutartys/": 301,
        "partneriai/": 301,
        "sutartys/nera/": 404,
        "sutartys/sutartis-su-biblioteka/dar/": 404,
        "partneriai/nera/": 404,
        "partneriai/nera/dar/": 404,
        "kazkas/": 404,
        "sutartys.json": 200,
        "sutartys.csv": 200,
        "sutartys.xml": 404,
        "sutartys.json/": 404,
    }.items():
        assert client.get(register.url + path).status_code == status, path
    assert client.get(f"{register.url}sutartys/")["Location"] == register.url


@pytest.mark.parametrize("slug", ["sutartys", "partneriai"])
def test_an_agreement_cannot_take_the_address_of_a_view(register, slug):
    from django.core.exceptions import ValidationError

    page = CooperationAgreementPageFactory()
    page.slug = slug
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "slug" in refusal.value.message_dict


# --- An agreement -----------------------------------------------------------------------------------------------------


def test_an_agreement_shows_every_fact_and_what_is_doubtful_about_its_date(client, register):
    lead = OrganisationFactory(name="Kaišiadorių rajono VVG", slug="kaisiadoriu-vvg")
    page = CooperationAgreementPageFactory(
        title="Protokolas",
        kind="letter_of_intent",
        date="2012-01-24/2012-01-26",
        date_as_stated="vizito antrosios dienos vakare",
        date_inferred="2012-01-25",
        date_note="Diena išvesta iš vizito dienų.",
        parties=[],
        unnamed_party_count=9,
        unnamed_party_countries="SE,AT,DE",
        areas_of_work="kaimo turizmas\nkaimo plėtra",
        place_signed="Kazlų Rūda",
        status="ended",
        source_url="http://example.lt/saltinis/",
        source_text="Pasirasem  protokola.",
        editor_note="Pasitikrinti archyve.",
    )
    AgreementParty.objects.create(page=page, organisation=lead, role="lead")
    AgreementAmendment.objects.create(page=page, date="2013-05", text="Pratęsta.")
    text = plain(client.get(page.url))
    for fact in (
        "2012 m. sausio 24–26 d.",
        "„vizito antrosios dienos vakare“",
        "Numanoma data:</strong> 2012 m. sausio 25 d.",
        "Diena išvesta iš vizito dienų.",
        "Ketinimų protokolas",
        f'<a href="{register.url}partneriai/kaisiadoriu-vvg/">Kaišiadorių rajono VVG</a>',
        "pagrindinis partneris",
        "9 neįvardyti partneriai: Austrija, Švedija, Vokietija",
        "kaimo turizmas",
        "Kazlų Rūda",
        "Pasibaigusi",
        "2013 m. gegužės mėn.: Pratęsta.",
        'href="http://example.lt/saltinis/"',
        "Pasirasem",
    ):
        assert fact in text, fact
    assert "<details" in text.partition("Pasirasem")[0]
    assert "Pasitikrinti archyve" not in text


def test_neighbours_follow_the_register_through_the_gate(client, register):
    pages = [CooperationAgreementPageFactory(title=f"Nr. {day}", date=f"2020-05-{day:02}") for day in (3, 2, 1)]
    hidden = {"draft": {"live": False}, "members": {"audience": "members"}, "expired": {"expire_at": timezone.now()}}
    for name, fields in hidden.items():
        CooperationAgreementPageFactory(title=f"Slapta {name}", date="2020-05-02", register_order=1, **fields)

    def neighbours(page):
        context = client.get(page.url).context
        return context["newer"], context["older"]

    assert neighbours(pages[0]) == (None, pages[1])
    assert neighbours(pages[1]) == (pages[0], pages[2])
    assert neighbours(pages[2]) == (pages[1], None)


def test_the_page_of_an_agreement_can_be_previewed_before_it_is_saved(register):
    page = CooperationAgreementPage(title="Nauja", slug="nauja", date="2022-07")
    page.parties = [AgreementParty(organisation=OrganisationFactory(name="Partnerė"))]
    page.set_url_path(register)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Partnerė" in response.content.decode()


# --- An organisation --------------------------------------------------------------------------------------------------


def organisation_url(register, organisation):
    return f"{register.url}partneriai/{organisation.slug}/"


def test_an_organisation_shows_all_it_took_part_in(client, register):
    ProjectIndexPageFactory()
    organisation = OrganisationFactory(
        name="Dzūkijos kaimo plėtros partnerių asociacija", short_name="Dzūkijos VVG", aliases="Dzūkijos VVG tinklas"
    )
    CooperationAgreementPageFactory(title="Jos sutartis", parties=[organisation])
    CooperationAgreementPageFactory(title="Kitų sutartis")
    ProjectPartner.objects.create(page=ProjectPageFactory(title="Kur partnerė"), organisation=organisation)
    ProjectPageFactory(title="Kur vadovė", lead=organisation)
    ProjectPageFactory(title="Kur rėmėja", funder=organisation)
    both = ProjectPageFactory(title="Kur ir viena, ir kita", lead=organisation)
    ProjectPartner.objects.create(page=both, organisation=organisation)
    NetworkMembershipFactory(network=organisation, since="2015-10-01")
    text = plain(client.get(organisation_url(register, organisation)))
    for shown in ("Jos sutartis", "Kur partnerė", "Kur vadovė", "Kur rėmėja", "Dzūkijos VVG tinklas"):
        assert shown in text, shown
    assert text.count(">Kur ir viena, ir kita</a>") == 1
    assert "nuo 2015 m. spalio 1 d." in text
    assert "Kitų sutartis" not in text
    assert "<title>Dzūkijos kaimo plėtros partnerių asociacija" in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize("part", ["agreement", "partner", "lead", "funder", "network"])
def test_one_part_is_enough_for_a_page(client, register, part):
    organisation = OrganisationFactory()
    assert client.get(organisation_url(register, organisation)).status_code == 404
    if part == "agreement":
        CooperationAgreementPageFactory(parties=[organisation])
    elif part == "partner":
        ProjectPartner.objects.create(page=ProjectPageFactory(), organisation=organisation)
    elif part == "network":
        NetworkMembershipFactory(network=organisation)
    else:
        ProjectPageFactory(**{part: organisation})
    assert client.get(organisation_url(register, organisation)).status_code == 200
    assert client.get("/sitemap.xml").content.decode().count(organisation_url(register, organisation)) == 1


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"audience": "members"}, {"expire_at": timezone.now() - timedelta(minutes=1)}]
)
def test_what_is_hidden_gives_no_page_and_no_line(client, register, hidden):
    organisation = OrganisationFactory(name="Slapta organizacija", country="JP")
    agreement = CooperationAgreementPageFactory(title="Slapta sutartis", date="1999", parties=[organisation], **hidden)
    project = ProjectPageFactory(title="Slaptas projektas", lead=organisation, funder=organisation, **hidden)
    ProjectPartner.objects.create(page=project, organisation=organisation)
    assert client.get(organisation_url(register, organisation)).status_code == 404
    assert client.get(agreement.url).status_code in (403, 404)
    for url in (register.url, f"{register.url}?q=slapta", project.get_parent().url):
        text = client.get(url).content.decode().replace('value="slapta"', "").replace(": slapta</a>", "")
        for word in ("Slapta", "Japonija", "1999"):
            assert word not in text, (url, word)


def test_a_member_alone_has_no_page(client, register):
    member = MemberFactory()
    assert client.get(organisation_url(register, member.organisation)).status_code == 404


# --- Memberships ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        ("2015-10-01", "", "2015-10-01/.."),
        ("2015", "2019-05", "2015/2019-05"),
        ("2015-10-01/..", "", "2015-10-01/.."),
        ("", "2019", "../2019"),
        ("", "", ""),
    ],
)
def test_the_period_of_a_membership(since, until, period):
    assert NetworkMembership(since=since, until=until).period == period


# --- The database -----------------------------------------------------------------------------------------------------


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_party_stands_once_in_an_agreement(register):
    page = CooperationAgreementPageFactory()
    party = page.parties.get()
    refused(
        "INSERT INTO partners_agreementparty (page_id, organisation_id, role, sort_order) VALUES (%s, %s, 'lead', 1)",
        page.pk,
        party.organisation_id,
    )


def test_a_number_of_parties_is_never_negative(register):
    page = CooperationAgreementPageFactory()
    refused("UPDATE partners_cooperationagreementpage SET unnamed_party_count = -1 WHERE page_ptr_id = %s", page.pk)


def test_two_organisations_never_share_an_address():
    first, second = OrganisationFactory(), OrganisationFactory()
    refused("UPDATE partners_organisation SET slug = %s WHERE id = %s", first.slug, second.pk)


def test_an_organisation_in_use_is_not_deleted():
    agreement = CooperationAgreementPageFactory()
    with pytest.raises(ProtectedError):
        Organisation.objects.get(agreement_parties__page=agreement).delete()


def test_the_register_exists_once():
    assert CooperationIndexPage.max_count == 1


# --- The admin --------------------------------------------------------------------------------------------------------


def admin_url(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def agreement_form(**fields):
    """What the admin's form of an agreement sends."""
    data = {
        "title": "Sutartis su biblioteka",
        "slug": "sutartis-su-biblioteka",
        "kind": "cooperation_agreement",
        "unnamed_party_count": "0",
        "register_order": "0",
        "status": "unknown",
        "audience": "public",
        "body-count": "0",
        "place_signed": "Kazlų Rūda",
        "areas_of_work": "dzūkų tradicijos",
    }
    for name in ("parties", "amendments", "scans", "related_page_links"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data | fields


def add_agreement(client, register, **fields):
    url = reverse("wagtailadmin_pages:add", args=["partners", "cooperationagreementpage", register.pk])
    return client.post(url, agreement_form(**fields))


@pytest.mark.parametrize("field", ["date", "date_inferred"])
def test_a_date_that_cannot_be_read_is_refused_beside_its_field(admin_client, register, field):
    """In Lithuanian, with examples, and whatever else was typed is still there."""
    action = {"action-publish": "action-publish"}
    response = add_agreement(admin_client, register, **{field: "2022 m. liepa"}, **action)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert "Datoje negali būti tarpų." in errors[field][0]
    assert "2022-01-11, 2022-07, 2021, 2012-01-24/2012-01-26" in errors[field][0]
    content = response.content.decode()
    beside = content.partition(f'data-contentpath="{field}"')[2].partition(f'name="{field}" value="2022 m. liepa"')[0]
    assert errors[field][0] in beside
    for typed in ("2022 m. liepa", "Sutartis su biblioteka", "Kazlų Rūda", "dzūkų tradicijos"):
        assert typed in content, typed
    assert not CooperationAgreementPage.objects.exists()


def test_an_agreement_is_saved_with_the_date_as_typed(admin_client, register):
    response = add_agreement(admin_client, register, date="2012-01-24/2012-01-26")
    assert response.status_code == 302
    page = CooperationAgreementPage.objects.get()
    assert (page.date, str(page.date_earliest), str(page.date_latest)) == (
        "2012-01-24/2012-01-26",
        "2012-01-24",
        "2012-01-26",
    )


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"since": "2015 spalis"}, "since", "Datoje negali būti tarpų."),
        ({"until": "2015-13"}, "until", "kalendoriuje nėra"),
        ({"since": "2015", "until": "2012"}, "until", "baigiasi anksčiau"),
        ({"since": "2015/..", "until": ".."}, "until", "Pavyzdžiai: 2022-01-11"),
    ],
)
def test_dates_of_a_membership_are_refused_beside_their_field(admin_client, typed, field, message):
    network = OrganisationFactory(kind="network")
    data = {"network": network.pk, "since": "", "until": "", "note": "Pastaba lieka"} | typed
    response = admin_client.post(admin_url(NetworkMembership, "add"), data)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert "Pastaba lieka" in response.content.decode()
    assert not NetworkMembership.objects.exists()


def listed(client, model, **query):
    response = client.get(admin_url(model, "list"), query)
    assert response.status_code == 200
    return [str(row) for row in response.context["object_list"]]


@pytest.mark.parametrize("words", ["zydinti", "Žydinti", "Ž", "lietuva žydinti", "Senasis"])
def test_organisations_are_found_in_the_admin_by_any_of_their_names(admin_client, words):
    OrganisationFactory(name="Žydinti Lietuva", aliases="Senasis vardas")
    OrganisationFactory(name="Kita")
    assert listed(admin_client, Organisation, q=words) == ["Žydinti Lietuva"]
    chooser = Organisation.snippet_viewset.chooser_viewset
    for view in ("choose", "choose_results"):
        response = admin_client.get(reverse(chooser.get_url_name(view)), {"q": words})
        assert [str(row) for row in response.context["results"]] == ["Žydinti Lietuva"], view


def test_organisations_and_memberships_are_listed_and_filtered_in_the_admin(admin_client):
    for name, kind, country in (("Čia", "lag", "LT"), ("Cia", "ngo", "LT"), ("Ąžuolai", "lag", "DE")):
        OrganisationFactory(name=name, kind=kind, country=country)
    NetworkMembershipFactory(network__name="Žvejų tinklas")
    assert listed(admin_client, Organisation) == ["Ąžuolai", "Cia", "Čia", "Žvejų tinklas"]
    assert listed(admin_client, Organisation, kind="lag") == ["Ąžuolai", "Čia"]
    assert listed(admin_client, Organisation, country="DE") == ["Ąžuolai"]
    assert listed(admin_client, NetworkMembership, q="zveju") == ["Žvejų tinklas"]
    assert listed(admin_client, NetworkMembership, q="nera") == []


@pytest.mark.parametrize("words", ['"', "%", "(", "a" * 5_000, "\u2028", "🦆"])
def test_odd_words_in_the_admin_are_no_error(admin_client, words):
    OrganisationFactory()
    listed(admin_client, Organisation, q=words)


@pytest.mark.parametrize("use", ["party", "lead", "partner", "membership", "member"])
def test_an_organisation_in_use_is_kept_and_the_editor_is_told_where_it_is_used(admin_client, register, use):
    organisation = OrganisationFactory(name="Reikalinga organizacija")
    if use == "party":
        CooperationAgreementPageFactory(title="Kur ji įrašyta", parties=[organisation])
    elif use == "lead":
        ProjectPageFactory(title="Kur ji įrašyta", lead=organisation)
    elif use == "partner":
        page = ProjectPageFactory(title="Kur ji įrašyta")
        ProjectPartner.objects.create(page=page, organisation=organisation)
    elif use == "membership":
        NetworkMembershipFactory(network=organisation)
    else:
        MemberFactory(organisation=organisation)
    bulk = reverse("wagtail_bulk_action", args=["partners", "organisation", "delete"])
    for url in (admin_url(Organisation, "delete", organisation.pk), f"{bulk}?id={organisation.pk}"):
        for send in (admin_client.get, admin_client.post):
            content = send(url, follow=True).content.decode()
            assert "Ištrinti negalima: tai dar naudojama." in content, url
            assert "Naudojama čia:" in content
            assert '<button class="button serious"' not in content
            if use in ("party", "lead", "partner"):
                assert ">Kur ji įrašyta</a>" in content
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_an_organisation_not_in_use_can_be_deleted(admin_client):
    organisation = OrganisationFactory()
    assert admin_client.post(admin_url(Organisation, "delete", organisation.pk)).status_code == 302
    assert not Organisation.objects.exists()


def test_an_organisation_is_previewed_as_its_page_shows_it(admin_client, client, register):
    organisation = OrganisationFactory()
    CooperationAgreementPageFactory(title="Jos sutartis", parties=[organisation])
    ProjectPageFactory(title="Juodraštis", lead=organisation, live=False)
    form = admin_url(Organisation, "edit", organisation.pk)
    preview = admin_url(Organisation, "preview_on_edit", organisation.pk)
    assert preview in admin_client.get(form).content.decode()
    typed = {"name": "Dar neišsaugota", "slug": organisation.slug, "kind": organisation.kind, "country": "LT"}
    assert admin_client.post(preview, typed).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(preview)
    assert shown.status_code == 200
    assert "Dar neišsaugota" in shown.content.decode().partition("<h1")[2].partition("</h1>")[0]
    assert "Jos sutartis" in plain(shown)
    assert "Juodraštis" not in plain(shown)  # the gate's word holds in a preview too
    assert Organisation.objects.get(pk=organisation.pk).name != "Dar neišsaugota"
    assert client.get(preview).status_code == 302


def test_a_new_organisation_has_no_page_to_preview(admin_client):
    form = admin_client.get(admin_url(Organisation, "add")).content.decode()
    assert admin_url(Organisation, "preview_on_add") not in form


def test_an_organisation_without_the_register_has_no_preview(admin_client):
    organisation = OrganisationFactory()
    preview = admin_url(Organisation, "preview_on_edit", organisation.pk)
    admin_client.post(preview, {"name": "Nauja", "slug": "nauja", "kind": "ngo", "country": "LT"})
    assert admin_client.get(preview).status_code == 404
