"""
Letters about pages that wait for approval. Wagtail knows when and to whom, and who has asked for none; the letters are
the site's own: kept in the outbox, sent after the commit, tried again.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from outbox.models import LetterKind
from outbox.post import post


class ByOutbox:
    """A notifier of Wagtail's that leaves letters in the outbox: a template and the beginning of a subject."""

    template = subject = ""

    def who(self, instance):
        """Whose doing it is that the letter tells of."""
        return instance.workflow_state.requested_by

    def get_context(self, instance, **kwargs):
        """What our templates need besides."""
        return super().get_context(instance, **kwargs) | {"who": self.who(instance)}

    def send_emails(self, template_set, context, recipients, **kwargs):
        """One letter to each."""
        page = context["object"].specific
        told = {
            "title": page.get_admin_display_title(),
            "kind": page._meta.verbose_name,
            "who": context["who"],
            "comment": context.get("comment"),
            "edit": urljoin(settings.SITE_URL, reverse("wagtailadmin_pages:edit", args=[page.pk])),
            "address": page.full_url,
        }
        for person in recipients:
            post(LetterKind.APPROVAL, person.email, f"{self.subject}: {told['title']}", self.template, told)
        return True


class Submitted(ByOutbox, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """To all who may approve the page, but to whoever has sent it."""

    template, subject = "page_submitted", "Laukia patvirtinimo"


class Approved(ByOutbox, mail.WorkflowStateApprovalEmailNotifier):
    """To whoever has sent the page."""

    template, subject = "page_approved", "Paskelbta"

    def who(self, instance):
        """Who approved last."""
        return instance.current_task_state.finished_by


class Rejected(ByOutbox, mail.WorkflowStateRejectionEmailNotifier):
    """To whoever has sent the page, with what is to be mended."""

    template, subject = "page_rejected", "Grąžinta taisyti"
    who = Approved.who


def say_nothing(**kwargs):
    """Wagtail tells superusers of each submission twice; once is enough."""


RECEIVERS = [
    (task_submitted, Submitted(), TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, say_nothing, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_approved, Approved(), WorkflowState, "workflow_state_approved_email_notification"),
    (workflow_rejected, Rejected(), WorkflowState, "workflow_state_rejected_email_notification"),
]


def take_over():
    """Stand in the places of Wagtail's notifiers: whoever comes first under a name keeps it."""
    for signal, receiver, sender, name in RECEIVERS:
        signal.connect(receiver, sender=sender, dispatch_uid=name)
