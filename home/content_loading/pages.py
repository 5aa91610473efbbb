"""
The pages. First every page is added as a draft, so that texts can link to any of them; then each new one gets its text
and is published through a revision, so that its history starts with what was loaded.
"""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from core.models import RelatedPage, for_good
from events.models import EventDate, EventIndexPage, EventPage, Venue
from home.content_loading.ledger import ContentError, values_of
from home.content_loading.markup import to_blocks, to_rich_text
from home.models import ContactPage, HomePage, OpenDataPage, StandardPage
from members.models import MemberListPage
from news.models import NewsIndexPage, NewsPage, Topic
from partners.models import AgreementParty, CooperationAgreementPage, CooperationIndexPage, Organisation
from projects.models import ProjectAgreement, ProjectIndexPage, ProjectLink, ProjectPage, ProjectPartner

INDEX_MODELS = {
    "naujienos": NewsIndexPage,
    "renginiai": EventIndexPage,
    "projektai": ProjectIndexPage,
    "bendradarbiavimas": CooperationIndexPage,
    "vvg-nariai": MemberListPage,
}
PLAIN_MODELS = {"standard": StandardPage, "contact": ContactPage, "opendata": OpenDataPage}
HOME_SLUG = "home"
DEFAULT_PORTS = {"http": 80, "https": 443}
# What a file says of a page that is no field of it.
OWN_NAMES = ("type", "old_address")
# What a file says of a page that is set only once all pages stand.
LATE = ("body", "intro", "about", "related")


def load_pages(content, ledger, report):
    """Load every page. `report(label, rows, made)` tells how each step went."""
    drafts = []

    def load(label, rows, draft_of):
        made = [(page, row) for row in rows if (page := draft_of(row))]
        report(label, rows, len(made))
        drafts.extend(made)

    load("pradžios puslapis", [content["pages"]["home"]], lambda row: _home(ledger, row))
    home = ledger.find(HomePage, HOME_SLUG)
    indexes = [{"slug": slug, "show_in_menus": True, **row} for slug, row in content["pages"]["index"].items()]
    load("skyriai", indexes, lambda row: _draft(ledger, INDEX_MODELS[row["slug"]], home, row))
    load("puslapiai", content["pages"]["page"], lambda row: _draft(ledger, PLAIN_MODELS[row["type"]], home, row))
    for file, table, index, model, relations in (
        ("agreements", "agreement", "bendradarbiavimas", CooperationAgreementPage, _agreement_relations),
        ("projects", "project", "projektai", ProjectPage, _project_relations),
        ("events", "event", "renginiai", EventPage, _event_relations),
        ("news", "news", "naujienos", NewsPage, _news_relations),
    ):
        parent = ledger.find(INDEX_MODELS[index], index)
        load(
            model._meta.verbose_name_plural,
            content[file][table],
            lambda row, model=model, parent=parent, relations=relations: _draft(ledger, model, parent, row, relations),
        )
    for page, row in drafts:
        # Read anew: since it was made, pages below it have changed what it knows of its place in the tree.
        _publish(type(page).objects.get(pk=page.pk), row, home)


def _home(ledger, row):
    """The home page as a draft in the place of Wagtail's welcome page and as the root of the default site, or None."""
    if ledger.has(HomePage, HOME_SLUG):
        return None
    if home := HomePage.objects.first():
        ledger.adopt(HomePage, HOME_SLUG, home)
        return None
    home = make_home(**_plain(HomePage, row, ledger))
    ledger.add(HomePage, HOME_SLUG, home)
    return home


def make_home(**fields):
    """A home page with these fields as a draft, in the place of Wagtail's welcome page and as the site's root."""
    root = Page.objects.get(depth=1)
    welcome = root.get_children().filter(slug=HOME_SLUG).first()
    if welcome:
        # It gives its address away now, and goes once the site has another root: a site falls with its root page.
        welcome.slug = "welcome"
        welcome.save()
    home = root.add_child(instance=HomePage(slug=HOME_SLUG, **fields, live=False))
    address = urlsplit(settings.SITE_URL)
    place = {"hostname": address.hostname, "port": address.port or DEFAULT_PORTS[address.scheme]}
    Site.objects.update_or_create(is_default_site=True, defaults={**place, "site_name": home.title, "root_page": home})
    if welcome:
        with for_good():
            Page.objects.get(pk=welcome.pk).delete()
    return home


def _draft(ledger, model, parent, row, relations=None):
    """One page as a draft, or None if it was loaded before, is there already or has lost its parent."""
    if parent is None or ledger.has(model, row["slug"]):
        return None
    page = parent.get_children().filter(slug=row["slug"]).first()
    if page:
        ledger.adopt(model, row["slug"], page)
        return None
    related = relations(ledger, row) if relations else {}
    for objects in related.values():
        for place, item in enumerate(objects):
            item.sort_order = place
    plain = _plain(model, {name: value for name, value in row.items() if name not in related}, ledger)
    page = parent.add_child(instance=model(**plain, **related, live=False))
    ledger.add(model, row["slug"], page)
    return page


def _plain(model, row, ledger):
    """The values of those fields that can be set before all pages stand."""
    return values_of(model, {name: value for name, value in row.items() if name not in (*OWN_NAMES, *LATE)}, ledger)


def _publish(page, row, home):
    """Give a new page the texts of its row, whose links lead to pages below `home`, and publish it."""

    def page_at(path):
        return Page.objects.filter(url_path=home.url_path.rstrip("/") + path).first()

    for name in ("intro", "about"):
        if name in row:
            setattr(page, name, to_rich_text(row[name], page_at))
    if "body" in row:
        page.body = to_blocks(row["body"], page_at)
    for path in row.get("related", ()):
        target = page_at(path)
        if target is None:
            raise ContentError(f"„{row['slug']}“ is related to {path}, which is not there.")
        page.related_page_links.add(RelatedPage(target=target))
    page.save_revision().publish()


def _agreement_relations(ledger, row):
    parties = [(ledger.find(Organisation, party["organisation"]), party["role"]) for party in row["parties"]]
    return {"parties": [AgreementParty(organisation=who, role=role) for who, role in parties if who]}


def _project_relations(ledger, row):
    partners = [ledger.find(Organisation, slug) for slug in row["partners"]]
    agreements = [ledger.find(CooperationAgreementPage, slug) for slug in row.get("agreement_links", ())]
    return {
        "partners": [ProjectPartner(organisation=partner) for partner in partners if partner],
        "agreement_links": [ProjectAgreement(agreement=agreement) for agreement in agreements if agreement],
        "links": [ProjectLink(**link) for link in row.get("links", ())],
    }


def _news_relations(ledger, row):
    topics = [ledger.find(Topic, slug) for slug in row["topics"]]
    return {"topics": [topic for topic in topics if topic]}


def _event_relations(ledger, row):
    return {"dates": [_event_date(ledger, date_row) for date_row in row["dates"]]}


def _event_date(ledger, row):
    """
    A date of an event. It says its days (`start`, `end`), or counts them from the day of loading (`in_days`,
    `end_in_days`), so that a sample lies ahead whenever it is loaded; `at` and `until` are hours in Vilnius.
    """
    first = _day(row, "start", "in_days")
    last = _day(row, "end", "end_in_days") or first
    until = row.get("until") or ("23:59:59" if row.get("all_day") else None)
    rest = {name: row[name] for name in ("all_day", "status", "note") if name in row}
    venue = ledger.find(Venue, row["venue"]) if "venue" in row else None
    return EventDate(
        start=_moment(first, row.get("at", "00:00")), end=until and _moment(last, until), venue=venue, **rest
    )


def _day(row, stated, counted):
    if stated in row:
        return date.fromisoformat(row[stated])
    return timezone.localdate() + timedelta(days=row[counted]) if counted in row else None


def _moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(hour)), timezone.get_default_timezone())
