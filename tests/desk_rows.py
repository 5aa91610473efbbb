"""One of everything that the desk tells of."""

from datetime import timedelta

from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from core.models import CustomImage
from desk.links.collecting import collect_from_page
from desk.models import Link
from desk.signals import look_again
from events import registration as service
from events.models import EventPage, Registration
from events.registration import Occasion
from home.models import ContactMessage
from members.models import Delegate, Member, MemberProposal
from outbox.models import Letter, LetterKind
from tests import factories
from wordpress_import.models import ImportedItem, Verdict


def draft_of(user, **fields):
    """A page that this person has begun."""
    page = factories.NewsPageFactory(live=False, first_published_at=None, owner=user, **fields)
    page.save_revision(user=user)
    return page


def given_up():
    """A letter that could not be sent."""
    return Letter.objects.create(
        kind=LetterKind.MESSAGE,
        to="nera@example.lt",
        subject="Žinia apie mokymus",
        text="Sveiki",
        gave_up_at=timezone.now(),
    )


def fill(administrator, editor, contributor, audience="public"):
    """
    One more row for every line of the desk as `administrator` sees it, two for some; `audience` is for whom its pages
    are. Returns what the rows are about, by name.
    """
    number, now = Page.objects.count(), timezone.now()
    draft_of(administrator)
    page = draft_of(contributor)
    Workflow.objects.get().start(draft_of(contributor), contributor)
    state = Workflow.objects.get().start(draft_of(administrator), administrator)
    state.current_task_state.reject(user=editor)
    factories.StandardPageFactory(audience=audience, review_on=timezone.localdate())
    bad = (
        f'<p><a linktype="page" id="{page.pk}">x</a><a href="/{number}/">y</a>'
        f'<a href="https://a{number}.example/">z</a></p>'
    )
    collect_from_page(factories.StandardPageFactory(audience=audience, body=[("text", bad)]))
    Link.objects.filter(url__startswith="http").update(failures=3, first_failed_on=timezone.localdate())
    image = CustomImage.objects.create(title="x", file=get_test_image_file(filename=f"{number}.png"))
    look_again(factories.NewsPageFactory(audience=audience, cover=image).pk)
    event = factories.EventPageFactory(
        audience=audience, registration="event", capacity=2, dates=[(now + timedelta(days=2), None)]
    )
    event = EventPage.objects.get(pk=event.pk)
    for _ in range(2):
        registration = service.register(
            Occasion(event),
            {"name": "A", "email": f"a{Registration.objects.count()}@example.lt", "people": 2, "note": "Ar galima?"},
            notify=False,
        )
    event.registrations.filter(state="registered").update(people=1)
    delegate = Delegate.objects.create(
        user=factories.UserFactory(email=f"atstovas{number}@example.lt"),
        member=Member.objects.first() or factories.MemberFactory(),
    )
    proposal = MemberProposal.objects.create(
        member=delegate.member, user=delegate.user, before={"website": ""}, after={"website": "https://a.example/"}
    )
    letter = given_up()
    for place, verdict in enumerate(Verdict.values):
        ImportedItem.objects.create(
            source="senoji.example.lt",
            kind="post",
            number=number * 10 + place,
            status="publish",
            title="Pavyzdys",
            verdict=verdict,
            old_address="https://senoji.example.lt/pavyzdys/",
            remarks=[{"code": "x", "text": "Lentelė be antraščių."}],
            words={"before": 9, "after": 8, "lost": ["žodis"], "gained": ["Žodis"]},
            comments=2,
            thing=page,
        )
    message = factories.ContactMessageFactory()
    ContactMessage.objects.filter(pk=message.pk).update(received_at=now - timedelta(days=1))
    return {
        "event": event,
        "registration": registration,
        "delegate": delegate,
        "proposal": proposal,
        "letter": letter,
        "image": image,
    }
