"""A site in which every kind of page exists under every restriction, each with a word of its own to look for."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.models import CustomDocument, RelatedPage, User
from core.trash_pages import put_page_away
from events.models import CalendarKey, EventDate, EventIndexPage, EventMaterial, EventPage, Venue
from home.models import HomePage, StandardPage
from members.models import Delegate, Member
from news.models import NewsIndexPage, NewsPage, Topic
from partners.models import AgreementParty, CooperationAgreementPage, CooperationIndexPage, Organisation
from projects.models import ProjectAgreement, ProjectIndexPage, ProjectPage

# How a page can be kept from readers, and which groups of readers (besides nobody) may see it all the same.
RESTRICTIONS = {
    "public": {"anonymous", "reader", "group", "delegate", "former", "password", "editor"},
    "draft": set(),
    "scheduled": set(),
    "expired": set(),
    "unpublished": set(),
    "trashed": set(),
    "members": {"delegate", "editor"},
    "login": {"reader", "group", "delegate", "former", "editor"},
    "group": {"group"},
    "password": {"password"},
}
KINDS = ("news", "event", "past", "agreement", "project", "standard")


def token(kind, restriction):
    """The word that stands in the title of one page and nowhere else."""
    return f"Zq{kind}{restriction}"


class LeakSite:
    """The pages, and the documents of events, by (kind, restriction), and the readers by name."""

    def __init__(self):
        self.pages, self.documents, self.users = {}, {}, {}
        root = Page.get_first_root_node()
        self.home = root.add_child(instance=HomePage(title="Pradžia", slug="pradzia-nuotekos"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": self.home, "hostname": "testserver", "port": 80}
        )
        self.parents = {
            "news": self._add(self.home, NewsIndexPage, "naujienos"),
            "event": self._add(self.home, EventIndexPage, "renginiai"),
            "agreement": self._add(self.home, CooperationIndexPage, "bendradarbiavimas"),
            "project": self._add(self.home, ProjectIndexPage, "projektai"),
            "standard": self.home,
        }
        self.parents["past"] = self.parents["event"]
        self.readers_group = Group.objects.create(name="Skaitytojai")
        self.topic = Topic.objects.create(name="Tema", slug="tema")
        self.venue = Venue.objects.create(name="Vieta", slug="vieta")
        # One organisation in all agreements and projects, so that its page could give every one of them away;
        # and one a page, whose own page and place in lists must not exist while its only agreement is hidden.
        self.shared = Organisation.objects.create(name="Bendra organizacija", slug="bendra", kind="lag")
        for kind in KINDS:
            for restriction in RESTRICTIONS:
                self.pages[kind, restriction] = self._page(kind, restriction)
        for restriction in RESTRICTIONS:
            project, agreement = self.pages["project", restriction], self.pages["agreement", restriction]
            # Each hidden project hangs on the public agreement and the other way round.
            ProjectAgreement.objects.create(page=project, agreement=self.pages["agreement", "public"])
            if restriction != "public":
                ProjectAgreement.objects.create(page=self.pages["project", "public"], agreement=agreement)
            for kind in KINDS:
                hidden, shown = self.pages[kind, restriction], self.pages[kind, "public"]
                if hidden != shown:
                    RelatedPage.objects.create(page=shown, target=hidden)
        for kind in KINDS:
            put_page_away(self.pages[kind, "trashed"])
            # As if somebody had got past everything else: the gate alone holds it back.
            Page.objects.filter(pk=self.pages[kind, "trashed"].pk).update(live=True)
        self._users()

    def _add(self, parent, model, slug, **fields):
        return parent.add_child(instance=model(title=fields.pop("title", slug), slug=slug, **fields))

    def _page(self, kind, restriction):
        title = f"{token(kind, restriction)} puslapis"
        summary = f"{token(kind, restriction)} santrauka"
        fields = {"title": title, "summary": summary, "show_in_menus": kind == "standard"}
        if restriction == "members":
            fields["audience"] = "members"
        if restriction == "expired":
            fields["expire_at"] = timezone.now() - timedelta(minutes=1)
        if restriction in ("draft", "scheduled", "unpublished"):
            fields["live"] = False
        if restriction == "scheduled":
            fields["go_live_at"] = timezone.now() + timedelta(days=1)
        model = {
            "news": NewsPage,
            "event": EventPage,
            "past": EventPage,
            "agreement": CooperationAgreementPage,
            "project": ProjectPage,
            "standard": StandardPage,
        }[kind]
        if kind == "news":
            fields["date"] = "2024-05-06"
        if kind == "agreement":
            fields |= {"date": "2011-02", "kind": "letter_of_intent", "unnamed_party_count": 1}
            fields["unnamed_party_countries"] = "AT" if restriction == "public" else "JP"
        if kind == "project":
            fields |= {"period": "2012/2013", "scope": "local", "lead": self.shared, "aim": token(kind, restriction)}
        if model is EventPage:
            fields |= {"venue": self.venue, "registration": "event"}
        page = self._add(self.parents[kind], model, f"{kind}-{restriction}", **fields)
        if kind == "news":
            page.topics.add(self.topic)
            page.save()
        if model is EventPage:
            start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3 if kind == "event" else -3)
            EventDate.objects.create(event=page, start=start, end=start + timedelta(hours=2))
            # Nothing but the page it is attached to says who may have the file.
            document = CustomDocument(title=f"{token(kind, restriction)} darbotvarkė")
            document.file.save(f"{kind}-{restriction}.txt", ContentFile(token(kind, restriction).encode()), save=False)
            document.save()
            EventMaterial.objects.create(event=page, document=document)
            self.documents[kind, restriction] = document
        if kind == "agreement":
            own = Organisation.objects.create(
                name=f"{token('party', restriction)} grupė", slug=f"salis-{restriction}", kind="ngo"
            )
            AgreementParty.objects.create(page=page, organisation=self.shared)
            AgreementParty.objects.create(page=page, organisation=own)
        if restriction in ("login", "group", "password"):
            rule = {"login": "login", "group": "groups", "password": "password"}[restriction]
            closed = PageViewRestriction.objects.create(page=page, restriction_type=rule, password="slaptas")
            if restriction == "group":
                closed.groups.add(self.readers_group)
        return page

    def _users(self):
        for name in ("reader", "group", "delegate", "former", "editor"):
            self.users[name] = User.objects.create_user(name, f"{name}@example.lt", "ilgas-slaptazodis-1")
            # Everybody has a key, though not everybody may have what it opens.
            CalendarKey.objects.create(user=self.users[name], token=f"raktas-{name}")
        self.users["group"].groups.add(self.readers_group)
        self.users["editor"].user_permissions.add(Permission.objects.get(codename="access_admin"))
        for name, left_on in (("delegate", None), ("former", timezone.localdate() - timedelta(days=1))):
            organisation = Organisation.objects.create(name=f"Nario {name} bendruomenė", slug=name, kind="community")
            member = Member.objects.create(organisation=organisation, sector="civil_society", left_on=left_on)
            Delegate.objects.create(user=self.users[name], member=member)

    def sign_in(self, client, reader):
        """Make `client` the reader of that name."""
        if reader in self.users:
            client.force_login(self.users[reader])
        if reader == "password":
            keys = PageViewRestriction.objects.filter(restriction_type="password").values_list("pk", flat=True)
            session = client.session
            session[PageViewRestriction.passed_view_restrictions_session_key] = list(keys)
            session.save()

    def expected(self, reader):
        """The words that `reader` may meet, and those that must not show."""
        words = {token(kind, name): reader in who for kind in (*KINDS, "party") for name, who in RESTRICTIONS.items()}
        return {word for word, seen in words.items() if seen}, {word for word, seen in words.items() if not seen}

    def outputs(self):
        """Every public address of the site that could give a page away, page addresses aside: name → address."""
        day = timezone.localdate() + timedelta(days=3)
        before = timezone.localdate() - timedelta(days=3)
        news, events = self.parents["news"].url, self.parents["event"].url
        register, projects = self.parents["agreement"].url, self.parents["project"].url
        return {
            "home": self.home.url,
            "news": news,
            "news by year": f"{news}?metai=2024",
            "news by topic": f"{news}?tema=tema",
            "news by word": f"{news}?q=puslapis",
            "rss": f"{news}rss/",
            "events": events,
            "events by kind": f"{events}?rusis=other",
            "events by word": f"{events}?q=puslapis",
            "past events": f"{events}praeje/",
            "month": f"{events}{day:%Y/%m}/",
            "month of past": f"{events}{before:%Y/%m}/",
            "calendar": f"{events}kalendorius.ics",
            "calendar of a kind": f"{events}kiti-renginiai.ics",
            "how to subscribe": f"{events}prenumerata/",
            "events json": f"{events}renginiai.json",
            "events csv": f"{events}renginiai.csv",
            "register": register,
            "register by kind": f"{register}?rusis=letter_of_intent",
            "register by word": f"{register}?q=puslapis",
            "register by party": f"{register}?q=grupe",
            "register json": f"{register}sutartys.json",
            "register csv": f"{register}sutartys.csv",
            "organisation": f"{register}partneriai/bendra/",
            "projects": projects,
            "projects by scope": f"{projects}?mastas=local",
            "projects json": f"{projects}projektai.json",
            "projects csv": f"{projects}projektai.csv",
            "sitemap": "/sitemap.xml",
            "robots": "/robots.txt",
            "not found": "/zqnewsdraft-nera/",
            "not found, but searched for": "/puslapis/",
            "search": "/paieska/?q=puslapis",
            "search, more": "/paieska/?q=puslapis&page=2",
            "search, all pages": "/paieska/?q=puslapis&page=3",
            "search by kind": "/paieska/?q=puslapis&rusis=naujienos",
            "search, parties": "/paieska/?q=grupe",
            "search, files": "/paieska/?q=darbotvarke",
            **{f"search, {kind} nearly": f"/paieska/?q=zq{kind}publik" for kind in KINDS},
            "suggestions": "/paieska/pasiulymai/?q=pusl",
            "suggestions by a word": "/paieska/pasiulymai/?q=zq",
            "calendar of an event": self.pages["event", "public"].url + "kalendorius.ics",
            "registration": self.pages["event", "public"].url + "registracija/",
            **{f"public {kind}": self.pages[kind, "public"].url for kind in KINDS},
        }
