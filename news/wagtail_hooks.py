"""The topics of the news and the patterns of news items in the admin."""

from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.snippets.models import register_snippet

from core.bulk import ExportAction
from core.viewsets import NAME_PANELS, RegisterViewSet
from news.models import NewsPage, NewsPattern, Topic


class TopicViewSet(RegisterViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    menu_label = "Naujienų temos"
    menu_order = 230
    add_to_admin_menu = True
    export_filename = "naujienu-temos"


register_snippet(TopicViewSet)


@hooks.register("register_bulk_action")
class ExportTopics(ExportAction):
    """Topics as chosen."""

    models = [Topic]


class NewsPatternViewSet(RegisterViewSet):
    """How news items of common kinds begin."""

    model = NewsPattern
    icon = "copy"
    menu_label = "Naujienų šablonai"
    menu_order = 231
    add_to_admin_menu = True
    panels = [*NAME_PANELS, FieldPanel("title"), FieldPanel("summary"), FieldPanel("topic"), FieldPanel("body")]


register_snippet(NewsPatternViewSet)


class BeginFromPattern(CreateView):
    """Wagtail's form for a new page, in which a pattern has written the beginning."""

    def get(self, request):
        """The form, filled in; nothing is saved."""
        get_object_or_404(NewsPattern, slug=request.GET["sablonas"]).begin(self.page)
        return super().get(request)


@hooks.register("before_create_page")
def begin_from_pattern(request, parent_page, page_class):
    """A new news item at `?sablonas=<slug>` begins with that pattern."""
    if (
        page_class is NewsPage
        and request.method == "GET"
        and "sablonas" in request.GET
        and not hasattr(request, "begun")
    ):
        request.begun = True  # the view asks its hooks once more
        return BeginFromPattern.as_view()(request, "news", "newspage", parent_page.pk)
    return None
