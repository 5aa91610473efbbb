"""What an editor's form for a news item shows that is no field."""

from wagtail.admin.panels import Panel


class PatternsPanel(Panel):
    """The patterns that a new news item can begin with; nothing once it has begun."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one news item."""

        template_name = "news/admin/patterns.html"

        def is_shown(self):
            """Only for a new item, before a pattern was chosen, and where there are any."""
            return not self.instance.pk and not self.instance.title and bool(self.patterns)

        @property
        def patterns(self):
            """All patterns, by name."""
            from news.models import NewsPattern  # the models have this panel

            return NewsPattern.objects.all()
