"""The topics of the news in the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.bulk import ExportAction
from core.viewsets import RegisterViewSet
from news.models import Topic


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
