"""The projects: the list, a project's page with its money and publicity, the programmes in the admin."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.models import Programme, ProjectAgreement, ProjectLink, ProjectPage, ProjectPartner
from tests.factories import (
    CooperationAgreementPageFactory,
    CooperationIndexPageFactory,
    MeasureFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    CooperationIndexPageFactory()
    return ProjectIndexPageFactory()


def plain(response):
    """The page's text with ordinary spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_projects_are_listed_newest_first_with_their_number_in_words(client, index):
    for number, period in enumerate(["2019", "2023/..", "", "2020-02-20/2022-02-20", "../2022-23"]):
        ProjectPageFactory(title=f"Nr. {number}", period=period)
    response = client.get(index.url)
    periods = [page.period for page in response.context["page_of_rows"]]
    assert periods == ["2023/..", "../2022-23", "2020-02-20/2022-02-20", "2019", ""]
    assert 'role="status">5 projektai</p>' in plain(response)


def test_projects_are_found_by_number_partner_and_lead(client, index):
    page = ProjectPageFactory(number="44TT-KK-20-1", lead=OrganisationFactory(name="Žiedų kraštas"))
    ProjectPartner.objects.create(page=page, organisation=OrganisationFactory(name="Širvintų VVG"))
    ProjectPageFactory()
    for words in ("44tt-kk", "ziedu", "sirvintu vvg"):
        assert list(client.get(index.url, {"q": words}).context["page_of_rows"]) == [page], words


def test_hidden_projects_are_neither_listed_nor_counted(client, index):
    ProjectPageFactory(title="Matomas", scope="local")
    for number, fields in enumerate(({"live": False}, {"audience": "members"}, {"expire_at": timezone.now()})):
        ProjectPageFactory(title=f"Slaptas {number}", scope="international", period="1999", **fields)
    response = client.get(index.url)
    assert "Slaptas" not in response.content.decode()
    choices = {facet.name: [choice.value for choice in found] for facet, found in response.context["listing"].choices}
    assert choices["mastas"] == ["local"]
    assert "1999" not in choices["metai"]


def test_a_project_shows_every_fact(client, index):
    programme = ProgrammeFactory(
        name="Kaimo plėtros programa",
        fund="Kaimo fondas",
        publicity_statement="Europa investuoja į kaimo vietoves",
        show_eu_emblem=True,
    )
    lead = OrganisationFactory(name="Kaišiadorių VVG", slug="kaisiadoriu-vvg")
    partner = OrganisationFactory(name="Märkische Seen", slug="markische-seen", country="DE")
    agreement = CooperationAgreementPageFactory(title="Jungtinės veiklos sutartis")
    page = ProjectPageFactory(
        title="Žydinti Lietuva",
        scope="territorial",
        status="finished",
        period="../2022-23",
        period_as_stated="baigtas rudenį",
        application_submitted="2021-07-17",
        lead=lead,
        programme=programme,
        measure=MeasureFactory(programme=programme, code="LEADER-19.3", name="Bendradarbiavimas"),
        funder=OrganisationFactory(name="Savivaldybė"),
        number="44TT-KK-20-1",
        rules_cited="Veiklos srities taisyklės",
        total_amount="103559.00",
        support_amount="98381.00",
        support_intensity="95.00",
        own_contribution="5178.00",
        money_note="Kiekvieno partnerio – po lygiai.",
        places="Nemunaičio seniūnija",
        aim="Puošti kaimą.",
        result="Papuošta.",
        source_url="http://example.lt/zydinti/",
        editor_note="Tik redaktoriams.",
    )
    ProjectPartner.objects.create(page=page, organisation=partner)
    ProjectAgreement.objects.create(page=page, agreement=agreement)
    ProjectLink.objects.create(page=page, title="Projekto svetainė", url="http://example.lt/")
    text = plain(client.get(page.url))
    for fact in (
        "Teritorinio bendradarbiavimo projektas",
        "Įgyvendintas",
        "iki 2022 m. rudens",
        "„baigtas rudenį“",
        "2021 m. liepos 17 d.",
        '/bendradarbiavimas/partneriai/kaisiadoriu-vvg/">Kaišiadorių VVG</a>',
        '/bendradarbiavimas/partneriai/markische-seen/">Märkische Seen</a> (Vokietija)',
        "Kaimo plėtros programa",
        "Kaimo fondas",
        "LEADER-19.3 Bendradarbiavimas",
        "Savivaldybė",
        "44TT-KK-20-1",
        "Veiklos srities taisyklės",
        "103 559,00 €",
        "98 381,00 €, tai 95 % vertės",
        "5 178,00 €",
        "po lygiai",
        "Nemunaičio seniūnija",
        "Puošti kaimą.",
        "Papuošta.",
        f'<a href="{agreement.url}">Jungtinės veiklos sutartis</a>',
        '<a href="http://example.lt/" rel="external">Projekto svetainė</a>',
        'href="http://example.lt/zydinti/"',
        "Europa investuoja į kaimo vietoves",
        "img/emblem-eu.svg",
    ):
        assert fact in text, fact
    assert "Tik redaktoriams" not in text
    assert text.count("<h1") == 1


def test_publicity_is_shown_only_where_the_programme_asks_for_it(client, index):
    publicity = 'class="publicity"'
    page = ProjectPageFactory(programme=ProgrammeFactory(publicity_statement="", show_eu_emblem=False))
    assert publicity not in client.get(page.url).content.decode()
    page = ProjectPageFactory(programme=None)
    assert publicity not in client.get(page.url).content.decode()
    page = ProjectPageFactory(programme=ProgrammeFactory(publicity_statement="Remia ES"))
    block = client.get(page.url).content.decode().partition(publicity)[2].partition("</aside>")[0]
    assert "Remia ES" in block
    assert "emblem" not in block


def test_sums_that_are_not_known_are_not_shown_as_nought(client, index):
    text = plain(client.get(ProjectPageFactory().url))
    for word in ("Visa vertė", "Parama", "Nuosavas įnašas", "€"):
        assert word not in text
    assert "Nuosavas įnašas</dt><dd>0,00 €" in plain(client.get(ProjectPageFactory(own_contribution=0).url))


def test_a_project_does_not_show_an_agreement_that_is_hidden(client, index):
    page = ProjectPageFactory()
    ProjectAgreement.objects.create(
        page=page, agreement=CooperationAgreementPageFactory(title="Slapta sutartis", audience="members")
    )
    assert "Slapta" not in client.get(page.url).content.decode()


def test_addresses(client, index):
    page = ProjectPageFactory(slug="zydinti-lietuva")
    assert page.url == "/projektai/zydinti-lietuva/"
    for path, status in {"": 200, "nera/": 404, "zydinti-lietuva/dar/": 404, "projektai.json": 200}.items():
        assert client.get(index.url + path).status_code == status, path


def test_ten_times_the_rows_take_the_same_queries(client, index):
    page = ProjectPageFactory(lead=OrganisationFactory(), funder=OrganisationFactory())

    def grow(number):
        for _ in range(number):
            ProjectPageFactory(lead=OrganisationFactory())
            ProjectPartner.objects.create(page=page, organisation=OrganisationFactory())
            ProjectAgreement.objects.create(page=page, agreement=CooperationAgreementPageFactory())

    def queries():
        counts = {}
        for url in (index.url, page.url):
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            counts[url] = len(captured)
        return counts

    grow(2)
    few = queries()
    grow(18)
    assert queries() == few
    assert max(few.values()) <= 15, few


@pytest.mark.parametrize(
    "change",
    ["support_intensity = 100.01", "support_intensity = -1", "total_amount = -1", "support_amount = -0.01"],
)
def test_the_database_refuses_impossible_sums(index, change):
    page = ProjectPageFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE projects_projectpage SET {change} WHERE page_ptr_id = %s", [page.pk])


def test_a_partner_and_an_agreement_stand_once_in_a_project(index):
    page, organisation, agreement = ProjectPageFactory(), OrganisationFactory(), CooperationAgreementPageFactory()
    for model, row in ((ProjectPartner, {"organisation": organisation}), (ProjectAgreement, {"agreement": agreement})):
        model.objects.create(page=page, **row)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(page=page, **row)


def test_programmes_are_found_in_the_admin_and_kept_while_in_use(admin_client, index):
    programme = ProgrammeFactory(name="Žemės ūkio planas")
    ProgrammeFactory(name="Kita programa")
    ProjectPageFactory(programme=programme)
    url = reverse(Programme.snippet_viewset.get_url_name("list"))
    assert [str(row) for row in admin_client.get(url, {"q": "zemes ukio"}).context["object_list"]] == [programme.name]
    delete = reverse(Programme.snippet_viewset.get_url_name("delete"), args=[programme.pk])
    assert "Ištrinti negalima: tai dar naudojama." in admin_client.post(delete, follow=True).content.decode()
    assert ProjectPage.objects.get().programme == programme
