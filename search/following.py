"""
Entries follow what they are of, in the same moment.

Who may see a thing needs no following (published or not, where it stands, for whom, in the trash): the gate is asked at
every search. So what follows is texts: of the thing itself and of the rows that it names. What is deleted for good
takes its entry along. What is changed past the models, in the database, `manage.py rebuild_search` brings in step.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from core.models import BasePage, Eldership
from events.models import EventDate, EventPage, Venue
from members.models import Member
from news.models import NewsPage, Topic
from partners.models import AgreementParty, CooperationAgreementPage, Organisation
from projects.models import Programme, ProjectPage, ProjectPartner
from search.entries import OWN_MODELS, prefetched, refresh

# What Wagtail notes of a page beside its text.
_NOTES = {
    "draft_title",
    "expire_at",
    "expired",
    "first_published_at",
    "go_live_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
}
# A page's rows whose texts are the page's too, and the field that says of which page.
_ROWS_OF_PAGES = {EventDate: "event_id", AgreementParty: "page_id", ProjectPartner: "page_id"}


def _pages_with(venues):
    """Events held at one of these venues: querysets."""
    return [EventPage.objects.filter(venue__in=venues), EventPage.objects.filter(dates__venue__in=venues)]


# Who names a row of a register: querysets of things, by the row.
_NAMED_BY = {
    Topic: lambda topic: [NewsPage.objects.filter(topics=topic)],
    Venue: lambda venue: _pages_with([venue]),
    Programme: lambda programme: [ProjectPage.objects.filter(programme=programme)],
    Eldership: lambda eldership: [
        Member.everything.filter(eldership=eldership),
        *_pages_with(Venue.everything.filter(eldership=eldership)),
    ],
    Organisation: lambda organisation: [
        Member.everything.filter(organisation=organisation),
        CooperationAgreementPage.objects.filter(parties__organisation=organisation),
        ProjectPage.objects.filter(partners__organisation=organisation),
        ProjectPage.objects.filter(lead=organisation),
        ProjectPage.objects.filter(funder=organisation),
    ],
}


_waiting = ContextVar("pages whose entries wait", default=None)


@contextmanager
def pages_later():
    """Let the entries of pages wait that are saved several times in a row: a set of those saved meanwhile."""
    token = _waiting.set(set())
    try:
        yield _waiting.get()
    finally:
        _waiting.reset(token)


def refresh_pages(keys):
    """The entries of pages, now or, within `pages_later`, when whoever made them wait says so."""
    if (waiting := _waiting.get()) is None:
        bring_in_step(keys)
    else:
        waiting.update(keys)


def bring_in_step(keys):
    """The entries of pages, from their rows: what is handed over may carry the text of a draft."""
    for page in Page.objects.filter(pk__in=keys).specific():
        if isinstance(page, BasePage):
            refresh([page])


@receiver(page_published)
def published(sender, instance, **kwargs):
    """A page with all that stands on it is another."""
    refresh_pages([instance.pk])


@receiver(post_save)
def saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """A page, a row that stands on one, a row of a register, a document."""
    if raw:
        return
    if issubclass(sender, BasePage):
        if update_fields is None or not _NOTES.issuperset(update_fields):
            refresh_pages([instance.pk])
    elif sender in _ROWS_OF_PAGES:
        refresh_pages([getattr(instance, _ROWS_OF_PAGES[sender])])
    elif sender in OWN_MODELS:
        refresh(list(sender.everything.filter(pk=instance.pk)))


@receiver(post_delete)
def deleted(sender, instance, origin=None, **kwargs):
    """
    A row that stood on a page.

    Where it goes along with its page, the page may still be there at this moment, its entry not: none is made anew.
    """
    if sender in _ROWS_OF_PAGES and not issubclass(getattr(origin, "model", type(origin)), Page):
        refresh_pages([getattr(instance, _ROWS_OF_PAGES[sender])])


@receiver(m2m_changed, sender=NewsPage.topics.through)
def topics_changed(sender, instance, action, reverse, pk_set, **kwargs):
    """A news item is about something else."""
    if action.startswith("post_"):
        refresh_pages((pk_set or []) if reverse else [instance.pk])


@receiver(pre_save)
def about_to_be_saved(sender, instance, **kwargs):
    """Remember how a row that others name has been called."""
    if sender in _NAMED_BY and instance.pk:
        instance._called_before = _called(sender.everything.filter(pk=instance.pk).first())


@receiver(post_save)
def renamed(sender, instance, raw=False, **kwargs):
    """What names a row says its new name."""
    before = getattr(instance, "_called_before", None)
    if raw or sender not in _NAMED_BY or before in (None, _called(instance)):
        return
    for things in _NAMED_BY[sender](instance):
        refresh(list(prefetched(things.distinct())))


def _called(row):
    return row and [*row.words(), getattr(row, "address", "")]
