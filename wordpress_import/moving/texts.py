"""A page gets its text, its particulars and its state: the second half of bringing an item."""

from django.utils import timezone
from django.utils.html import escape
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.content_checks import findings
from core.models import CustomImage
from events.models import EventDate, EventPage, Venue
from home.models import StandardPage
from lithuanian.folding import fold
from news.models import NewsPage
from wordpress_import import bodies
from wordpress_import.addresses import folded
from wordpress_import.bodies.shortcodes import readable
from wordpress_import.models import Verdict
from wordpress_import.moving import events
from wordpress_import.moving.memory import remark, thing_of
from wordpress_import.moving.states import State, state_of
from wordpress_import.moving.tree import LONGEST_TITLE, cut, shell_title, text_field

LONGEST_SUMMARY = 300
LONGEST_REDIRECT = 255
# Of what is new in a text that was not touched: so many words are told.
WORDS_TOLD = 25


class Texts:
    """Brings texts; what it needs to know of the rest of the move is handed to it."""

    def __init__(self, survey, tree, memory, places, topics):
        self._survey, self._tree, self._memory, self._places, self._topics = survey, tree, memory, places, topics

    def bring(self, item, shell, row):
        """Give the page of `shell` the text of `item`, put it into its state and enter it all in `row`."""
        self._places.reset(item.number)
        remarks = list(shell.remarks) or [one for one in row.remarks if one["code"] in ("slug", "parent", "own-page")]
        words = self._fill_own_page(item, shell, remarks) if shell.own else self._fill(item, shell, row, remarks)
        if self._places.missing:
            names = ", ".join(f"„{name}“" for name in sorted(self._places.missing))
            remarks.append(remark("missing-media", f"Neperkelti failai, kuriuos tekstas rodo ar mini: {names}."))
        row.verdict, row.digest = Verdict.IMPORTED, self._survey.items[item.number].digest
        row.revision = Page.objects.filter(pk=shell.page.pk).values_list("latest_revision_id", flat=True).get()
        row.remarks, row.words, row.comments = _once(remarks), words, item.comments

    # --- A page of its own ---

    def _fill(self, item, shell, row, remarks):
        page = shell.page.specific_class.objects.get(pk=shell.page.pk)  # its place in the tree may have moved since
        body = bodies.convert(item.content, self._places, item.title)
        remarks += _said(body.remarks)
        page.title = shell_title(self._survey.items[item.number])
        blocks = list(body.blocks)
        if len(item.title) > LONGEST_TITLE:
            blocks.insert(0, {"type": "text", "value": f"<p>{escape(item.title)}</p>"})
            remarks.append(remark("title", "Pavadinimas per ilgas: sutrumpintas, visas stovi teksto pradžioje."))
        elif not item.title.strip():
            remarks.append(remark("title", "Pavadinimo nebuvo: sugalvokite."))
        if not item.title.strip() and body.teaser:
            page.title = cut(body.teaser, 80)
        page.body = page.body.stream_block.to_python(blocks) if hasattr(page.body, "stream_block") else blocks
        page.summary = self._summary(item, body, remarks)
        self._cover(page, item, remarks)
        if isinstance(page, NewsPage):
            self._news(page, item)
        if isinstance(page, EventPage):
            self._event(page, item, remarks)
        if isinstance(page, StandardPage) and page.depth == self._tree.home.depth + 1:
            page.show_in_menus = item.number in self._survey.menu
        self._remark_on(item, page, remarks)
        self._put_into_state(page, item, shell, row, remarks)
        return body.words.as_dict()

    def _summary(self, item, body, remarks):
        excerpt = bodies.plain(item.excerpt) if item.excerpt else ""
        if len(excerpt) > LONGEST_SUMMARY:
            remarks.append(remark("excerpt", f"Ištrauka per ilga santraukai, ji visa: „{excerpt}“"))
            return cut(excerpt, LONGEST_SUMMARY)
        return excerpt or cut(body.teaser, LONGEST_SUMMARY)

    def _cover(self, page, item, remarks):
        number = item.first_meta("_thumbnail_id")
        page.cover, page.cover_decorative = None, False
        if not (number.isascii() and number.isdigit()):
            return
        picture = thing_of(self._memory.row("attachment", int(number)))
        if not isinstance(picture, CustomImage):
            self._places.missing.add(getattr(self._survey.items.get(int(number)), "title", "") or f"Nr. {number}")
            return
        page.cover = picture
        if not picture.description:
            page.cover_decorative = True
            remarks.append(
                remark(
                    "cover", "Viršelio nuotrauka senojoje svetainėje neaprašyta: pažymėta kaip puošianti, aprašykite."
                )
            )

    def _news(self, page, item):
        moment = item.published or item.modified
        if moment:
            page.date = timezone.localdate(moment).isoformat()
        topics = [self._topics.get((taxonomy, slug)) for taxonomy, slug, _ in item.terms]
        page.topics = list({topic.pk: topic for topic in topics if topic}.values())

    def _event(self, page, item, remarks):
        when = events.date_of(item)
        if when is None:
            remarks.append(remark("event-date", "Renginio datos įrašo laukuose nėra: įrašykite."))
        elif not page.dates.exists():
            page.dates = [when]
        else:
            date: EventDate = page.dates.first()
            date.start, date.end, date.all_day = when.start, when.end, when.all_day
            page.dates = [date, *list(page.dates.all())[1:]]
        if name := self._survey.names.get(events.venue_number(item)):
            known = [venue for venue in Venue.objects.all() if fold(venue.name) == fold(name)]
            page.venue = known[0] if known else self._new_venue(name)

    @staticmethod
    def _new_venue(name):
        venue = Venue(name=name[:255])
        venue.save()
        venue.save_revision()
        return venue

    def _remark_on(self, item, page, remarks):
        """What an editor should know that no check tells."""
        if item.sticky:
            remarks.append(remark("sticky", "Įrašas buvo prisegtas viršuje; čia naujienos rikiuojamos pagal datą."))
        noted = self._survey.items[item.number]
        if noted.becomes == "unknown":
            remarks.append(
                remark("kind", f"Nežinoma įrašo rūšis „{item.kind}“: tekstas – juodraštyje, spręskite, kuo jam būti.")
            )
        if item.status == "future" and state_of(item) is State.DRAFT and item.published:
            when = timezone.localtime(item.published)
            remarks.append(
                remark("planned", f"Turėjo pasirodyti {when:%Y-%m-%d %H:%M}: perskaitykite ir paskelbkite patys.")
            )

    # --- The state ---

    def _put_into_state(self, page, item, shell, row, remarks):
        state = state_of(item)
        if self._survey.items[item.number].becomes == "unknown" or shell.answers is not None:
            state = State.DRAFT
        _guard_by_password(page, item.password if state is State.PASSWORD else "")
        if page.live and state in (State.DRAFT, State.SCHEDULED):
            page.unpublish(log_action=False)
        page.go_live_at = item.published if state is State.SCHEDULED else None
        if state in (State.DRAFT, State.SCHEDULED):
            page.save()
        with disable_reference_index_auto_update():  # publishing does, or saving has done
            revision = page.save_revision(clean=False)
        if state is State.DRAFT:
            page.revisions.update(approved_go_live_at=None)
        else:
            page.publish_as_it_was(revision)
        if state in (State.PUBLIC, State.PASSWORD):
            remarks += [remark("not-ready", one.message) for one in findings(page) if one.stops]
            self._redirect(page, item)
            self._remark_on_what_covers(page, state, remarks)
        _keep_dates(page, item)
        stands = Page.objects.get(pk=page.pk)
        row.left_as = {"live": stands.live, "scheduled": state is State.SCHEDULED, "password": state is State.PASSWORD}

    def _remark_on_what_covers(self, page, state, remarks):
        closed = page.get_view_restrictions().exclude(page_id=page.pk).select_related("page").first()
        if closed:
            remarks.append(
                remark(
                    "closed-above",
                    f"Puslapis stovi po „{closed.page.title}“, kurį saugo slaptažodis; senojoje svetainėje šis buvo "
                    "atviras. Jei toks ir turi būti, perkelkite jį kitur.",
                )
            )

    def _redirect(self, page, item):
        """Lead from the old address, and from those before it, to the page, where they differ from its own."""
        url = Page.objects.get(pk=page.pk).get_url() or ""
        path = item.link.partition("://")[2].partition("/")[2].partition("?")[0]
        old = [f"/{path}"] if "?" not in item.link else []
        above = path.rstrip("/").rpartition("/")[0]
        old += [f"/{above}/{slug}".replace("//", "/") for slug in item.meta.get("_wp_old_slug", ()) if slug]
        for address in old:
            stored = Redirect.normalise_path(address)
            if len(stored) > LONGEST_REDIRECT or folded(address) == folded(url) or not folded(address):
                continue
            if not Redirect.objects.filter(old_path=stored).exists():
                Redirect.objects.create(old_path=stored, redirect_page_id=page.pk, is_permanent=True)

    # --- A page of the site's own ---

    def _fill_own_page(self, item, shell, remarks):
        page = shell.page.specific_class.objects.get(pk=shell.page.pk)
        name = text_field(page)
        if name == "body":
            body = bodies.convert(item.content, self._places, item.title)
            page.body = page.body.stream_block.to_python(body.blocks)
            remarks += _said(body.remarks)
            words = body.words.as_dict()
        else:
            text = bodies.rich_text(item.content, self._places)
            setattr(page, name, text)
            before = bodies.words.words_of_html(readable(item.content))
            words = bodies.words.compared(before, bodies.words.words_of_html(text), [], []).as_dict()
        page.publish_as_it_was(page.save_revision(clean=False))
        remarks.append(
            remark("filled", f"Tekstas įkeltas į svetainės puslapį „{page.title}“, kurio teksto laukas buvo tuščias.")
        )
        return words

    # --- What was changed here since ---

    def keep(self, item, page, row):
        """Leave a page that an editor has changed; say what is new in the old site's text."""
        new = []
        noted = self._survey.items[item.number]
        if (title := shell_title(noted)) != page.title:
            new.append(f"pavadinimas „{title}“")
        latest = page.get_latest_revision_as_object()
        there = set(_words(str(getattr(latest, text_field(page), ""))))
        words = [word for word in dict.fromkeys(_words(item.content)) if word not in there]
        if words:
            told = " ".join(words[:WORDS_TOLD]) + (" …" if len(words) > WORDS_TOLD else "")
            new.append(f"žodžiai, kurių čia nėra: {told}")
        what = "; ".join(new) or "skirtumų tekste nėra, pasikeitė datos, temos ar kiti duomenys"
        row.verdict, row.digest, row.comments = Verdict.KEPT, noted.digest, item.comments
        row.remarks = [
            remark(
                "kept", f"Puslapį čia pataisė redaktorius, o senojoje svetainėje jis irgi pasikeitė. Nauja ten: {what}."
            )
        ]


def _guard_by_password(page, password):
    """Let the page ask for this password; "" for none."""
    restrictions = PageViewRestriction.objects.filter(page=page, restriction_type=PageViewRestriction.PASSWORD)
    if not password:
        restrictions.delete()
    elif not restrictions.update(password=password[:255]):
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password=password[:255]
        )


def _keep_dates(page, item):
    """Published and changed when they were at the old site, not when they came here."""
    dates = {}
    modified = item.modified or item.published
    if modified:
        dates["latest_revision_created_at"] = modified
    stored = Page.objects.get(pk=page.pk)
    if stored.live and item.published:
        dates["first_published_at"] = item.published
        dates["last_published_at"] = max(modified, item.published)
    if dates:
        Page.objects.filter(pk=page.pk).update(**dates)


def _said(remarks):
    return [remark(one.code, one.text) for one in remarks]


def _words(html):
    return [fold(word) for word in bodies.plain(html).split() if fold(word)]


def _once(remarks):
    """The same sentence once."""
    return list({(one["code"], one["text"]): one for one in remarks}.values())
