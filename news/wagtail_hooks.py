"""The topics of the news in the admin."""

from wagtail.snippets.models import register_snippet

from core.viewsets import RegisterViewSet
from news.models import Topic


class TopicViewSet(RegisterViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    menu_label = "Naujienų temos"
    menu_order = 230
    add_to_admin_menu = True


register_snippet(TopicViewSet)
