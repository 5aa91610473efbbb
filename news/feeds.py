"""
The news as RSS 2.0.

Nothing in it depends on the moment of asking, so that a reader who comes with the ETag of the last answer (Django's
ConditionalGetMiddleware) is told 304.
"""

from datetime import UTC, datetime, time

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from core.feeds import printable
from core.models import SiteSettings
from core.structured_data import absolute

FEED_LENGTH = 30


class NewsFeed(Rss201rev2Feed):
    """RSS 2.0 whose date of change is the news', never the present moment (Django's answer for an empty feed)."""

    def latest_post_date(self):
        """When the newest change was made."""
        return self.feed["changed_at"]


def news_feed(index_page, request):
    """The latest news that the reader may see; an item whose day is not known has no date."""
    facts = SiteSettings.for_request(request)
    address = absolute(index_page.get_url(request))
    news = list(index_page.news(request).prefetch_related("topics")[:FEED_LENGTH])
    changes = [page.last_published_at for page in [index_page, *news] if page.last_published_at]
    feed = NewsFeed(
        title=printable(f"{facts.name}: naujienos"),
        link=address,
        description=printable(index_page.summary or f"{facts.name}: naujienos"),
        language="lt",
        feed_url=address + "rss/",
        changed_at=max(changes, default=datetime.fromtimestamp(0, UTC)),
    )
    for item in news:
        feed.add_item(
            title=printable(item.title),
            link=absolute(item.get_url(request)),
            description=printable(item.summary),
            unique_id=f"urn:uuid:{item.translation_key}",
            unique_id_is_permalink=False,
            pubdate=published_at(item),
            categories=[printable(topic.name) for topic in item.topics.all()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def published_at(item):
    """The moment to tell feed readers, or None where only a month or a year is known."""
    if not item.date_earliest or item.date_earliest != item.date_latest:
        return None
    published = item.first_published_at
    if published and timezone.localdate(published) == item.date_earliest:
        return published
    return timezone.make_aware(datetime.combine(item.date_earliest, time(9)))
