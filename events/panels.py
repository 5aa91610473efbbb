"""What an editor's form for an event shows that is no field."""

from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel


class RegistrationsPanel(Panel):
    """How many people have registered, with links to the lists; nothing before there is something to count."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one event."""

        template_name = "events/admin/panel.html"

        def is_shown(self):
            """Only for an event that one can register for, to those who may see who does."""
            return bool(self.occasions) and self.may_look

        @property
        def may_look(self):
            """Whether this editor may see registrations."""
            from events.admin.views import LOOK, POLICY  # the screens need the models, which have this panel

            return POLICY.user_has_any_permission(self.request.user, LOOK)

        @cached_property
        def stored(self):
            """The event as stored, not as typed; None for a new one."""
            from events.models import EventPage

            return EventPage.objects.filter(pk=self.instance.pk).first()

        @cached_property
        def occasions(self):
            """All that one can register for, with their counts."""
            from events.admin.listing import tallied_occasions

            return tallied_occasions(self.stored) if self.stored else []

        def get_context_data(self, parent_context=None):
            """What the table of counts needs."""
            context = super().get_context_data(parent_context)
            by_date = any(occasion.date for occasion, _ in self.occasions)
            return context | {"event": self.stored, "occasions": self.occasions, "by_date": by_date}


class RepeatPanel(Panel):
    """The helper that makes rows of dates from the first one."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one event."""

        template_name = "events/admin/repeat.html"
        media = Media(js=[Script("js/repeat.js", type="module")])

        def get_context_data(self, parent_context=None):
            """The rhythms there are, and whom to ask."""
            from events.admin.repeat import RHYTHMS  # the screens need the models, which have this panel
            from events.repetition import MOST

            context = super().get_context_data(parent_context)
            return context | {"rhythms": RHYTHMS, "most": MOST, "url": reverse("repeat_dates")}
