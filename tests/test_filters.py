"""Filters of the listings: facets that combine and whose counts are true, text, addresses, bad input."""

from urllib.parse import urlencode

import pytest
from django.http import Http404

from core.filters import TextFilter, YearFacet, folded_contains
from members.filters import member_listing
from partners.filters import agreement_listing
from partners.models import CooperationAgreementPage
from projects.filters import project_listing
from tests.factories import (
    CooperationAgreementPageFactory,
    CooperationIndexPageFactory,
    EldershipFactory,
    MemberFactory,
    MemberListPageFactory,
    OrganisationFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)

pytestmark = pytest.mark.django_db

DATES = ("2022-01-11", "2022-07", "2021", "2012-01-24/2012-01-26", "2015-10-01/..", "../2014", "2009/2011", "")
KINDS = ("cooperation_agreement", "joint_activity_agreement", "letter_of_intent", "")


@pytest.fixture(scope="module")
def register(kept_for_the_module):
    """Agreements of every precision, kind and country, in uneven combinations."""
    page = CooperationIndexPageFactory()
    parties = [
        OrganisationFactory(name="Žydinčio krašto VVG", kind="lag"),
        OrganisationFactory(name="Märkische Seen", kind="lag", country="DE", aliases="Ežerų kraštas"),
        OrganisationFactory(name="Pagalbos centras", kind="ngo", country="GE"),
        OrganisationFactory(name="Universitetas", kind="university"),
    ]
    for number in range(24):
        CooperationAgreementPageFactory(
            title=f"Sutartis dėl {'piliakalnių' if number % 3 else 'ežerų'} {number}",
            kind=KINDS[number % 4],
            date=DATES[number % 8],
            parties=parties[number % 5 : number % 5 + 2],
            unnamed_party_count=number % 2,
            unnamed_party_countries="AT,DE" if number % 2 else "",
        )
    return page


@pytest.fixture(scope="module")
def projects(kept_for_the_module):
    page = ProjectIndexPageFactory()
    for number in range(12):
        ProjectPageFactory(
            scope=("local", "territorial", "international")[number % 3],
            status=("unknown", "finished")[number % 2],
            period=("2018/2019", "../2022-23", "2023/..", "")[number % 4],
        )
    return page


@pytest.fixture(scope="module")
def members(kept_for_the_module):
    page = MemberListPageFactory()
    elderships = [EldershipFactory(slug=f"seniunija-{n}") for n in range(3)]
    for number in range(12):
        MemberFactory(
            eldership=elderships[number % 3],
            sector=("civil_society", "business", "local_authority")[number % 4 % 3],
        )
    return page


@pytest.fixture(scope="module", autouse=True)
def _made_before_the_first_test(register, projects, members):
    """What is made within a test goes with it: all three stand before."""


def listing_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.context["listing"], response.context["page_of_rows"].paginator.count


# How each page makes its listing: without rendering, hundreds of narrowed lists are a matter of seconds.
LISTINGS = {
    "register": lambda page, request: agreement_listing(page.agreements(request), request, page.url),
    "projects": lambda page, request: project_listing(page.projects(request), request, page.url),
    "members": lambda page, request: member_listing(page.members(request), request, page.url),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_every_choice_leaves_as_many_rows_as_it_says(rf, request, name):
    """From the whole list, and from every list that one choice has narrowed already."""
    page = request.getfixturevalue(name)

    def follow(url, depth):
        listing = LISTINGS[name](page, rf.get(url))
        for choice in (choice for _, choices in listing.choices for choice in choices if not choice.selected):
            assert LISTINGS[name](page, rf.get(choice.url)).rows.count() == choice.count > 0, choice.url
            if depth:
                follow(choice.url, depth - 1)
        return sum(len(choices) for _, choices in listing.choices)

    assert follow(page.url, depth=1) > 5


@pytest.mark.parametrize("name", LISTINGS)
def test_the_page_shows_the_rows_of_its_listing(client, request, name):
    listing, number = listing_of(client, request.getfixturevalue(name).url)
    for _, choices in listing.choices:
        assert listing_of(client, choices[-1].url)[1] == choices[-1].count


def test_filters_combine_and_show_as_chips_that_can_be_taken_off(client, register):
    url = f"{register.url}?{urlencode({'salis': 'DE', 'rusis': 'joint_activity_agreement', 'q': 'PILIAKALNIŲ'})}"
    response = client.get(url)
    listing = response.context["listing"]
    rows = list(response.context["page_of_rows"])
    assert rows
    for row in rows:
        assert row.kind == "joint_activity_agreement"
        assert "DE" in row.country_codes
        assert "piliakalnių" in row.title
    chips = listing.active()
    assert [(label, text) for label, text, _ in chips] == [
        ("Rūšis", "Jungtinės veiklos sutartis"),
        ("Šalis", "Vokietija"),
        ("Žodžiai", "PILIAKALNIŲ"),
    ]
    for label, _, without in chips:
        assert len(client.get(without).context["listing"].active()) == 2, label
        assert f'href="{without.replace("&", "&amp;")}"' in response.content.decode()


def test_the_form_works_without_a_script(client, register):
    """A plain GET form whose fields, sent empty, change nothing."""
    content = client.get(register.url).content.decode()
    assert f'<form class="filters__form" method="get" action="{register.url}"' in content
    _, number = listing_of(client, f"{register.url}?q=&metai=&rusis=&salis=&partneris=")
    assert number == 24


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zydincio", True),
        ("Žydinčio", True),
        ("„ŽYDINČIO“", True),
        ("ezeru krastas", True),  # one word of the title, one of a party's other name
        ("piliakalniu nera", False),
        ("%", True),  # nothing to look for: the whole list
    ],
)
def test_words_are_found_without_case_and_diacritics(client, register, words, found):
    _, number = listing_of(client, f"{register.url}?{urlencode({'q': words})}")
    assert bool(number) is found


def test_an_agreement_is_counted_once_a_country_however_many_parties_it_has(client, register):
    page = CooperationAgreementPageFactory(
        parties=[OrganisationFactory(country="EE"), OrganisationFactory(country="EE")],
        unnamed_party_count=1,
        unnamed_party_countries="EE",
    )
    listing, _ = listing_of(client, f"{register.url}?salis=EE")
    counts = {choice.value: choice.count for facet, choices in listing.choices for choice in choices}
    assert counts["EE"] == 1
    assert list(listing.rows) == [page]


def test_a_choice_that_leaves_nothing_stays_in_sight(client, register):
    response = client.get(f"{register.url}?salis=GE&metai=1999")
    assert response.context["page_of_rows"].paginator.count == 0
    content = response.content.decode()
    assert "Tokių sutarčių registre nėra" in content
    assert '<option value="1999" selected>1999 (0)</option>' in content


@pytest.mark.parametrize(
    "query",
    [
        "rusis=nera",
        "salis=XX",
        "salis=de",
        "partneris=%C5%BE",
        "metai=20",
        "metai=0000",
        "metai=%D9%A2%D9%A0%D9%A2%D9%A2",
        "metai=2022-01",
        "rusis=%ff",
        "page=abc",
        "page=-1",
        "page=0",
        "page=999",
        "page=",
        "page=%ff",
        "page=1e1",
        "rusis=" + "a" * 10_000,
        "metai=" + "1" * 10_000,
        "page=" + "9" * 4_000,
    ],
)
def test_what_is_no_choice_and_no_page_is_not_found(client, register, query):
    assert client.get(f"{register.url}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000,
        "q=" + "+".join("abcdefghij") * 10,
        "q=%EF%B7%BA" * 1 + "%EF%B7%BA" * 99,  # a sign that folds to many words
        "q=%ff%fe",
        "q=%22",
        "q='%3B--",
        "q=%E2%80%A8",
        "q=%F0%9F%92%A5",
        "q=_%25%5C",
        "q[]=1&metai[]=2",
        "q=1&q=2",
    ],
)
@pytest.mark.parametrize("name", ["register", "projects", "members"])
def test_odd_words_get_a_clear_page(client, request, name, query):
    assert client.get(f"{request.getfixturevalue(name).url}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "metai=%00", "%00=1", "page=%00"])
def test_a_nul_byte_is_a_bad_request(client, register, query):
    assert client.get(f"{register.url}?{query}").status_code == 400


def test_a_year_is_counted_where_the_date_touches_it(register):
    """Of an open date only the known end: nobody can tell how far the other reaches."""
    facet = YearFacet("metai", "Metai", "date")
    for value, years in {
        "2022-07": ["2022"],
        "2009/2011": ["2009", "2010", "2011"],
        "2022-24": ["2022", "2023"],  # a winter
        "2015-10-01/..": ["2015"],
        "../2014": ["2014"],
    }.items():
        page = CooperationAgreementPageFactory(date=value)
        rows = CooperationAgreementPage.objects.filter(pk=page.pk)
        assert sorted(facet.counts(rows)) == years
        matching = [str(year) for year in range(1, 2060) if rows.filter(facet.condition(f"{year:04}")).exists()]
        assert matching == years


def test_text_of_punctuation_alone_is_no_filter():
    text = TextFilter(folded_contains("folded"))
    assert text.clean(" „?!“ ") == ""
    assert text.clean("  Dzūkija\x07 ") == "Dzūkija"
    assert len(text.clean("ž" * 500)) == 100


def test_a_year_has_four_digits():
    facet = YearFacet("metai", "Metai", "date")
    assert facet.clean("2022") == "2022"
    with pytest.raises(Http404):
        facet.clean("20222")
