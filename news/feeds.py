"""The news as RSS 2.0."""

from datetime import datetime, time

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from core.models import SiteSettings
from core.structured_data import absolute

FEED_LENGTH = 30


def news_feed(index_page, request):
    """The latest news that the reader may see; an item whose day is not known has no date."""
    facts = SiteSettings.for_request(request)
    address = absolute(index_page.get_url(request))
    feed = Rss201rev2Feed(
        title=f"{facts.name}: naujienos",
        link=address,
        description=index_page.summary or f"{facts.name}: naujienos",
        language="lt",
        feed_url=address + "rss/",
    )
    for item in index_page.news(request).prefetch_related("topics")[:FEED_LENGTH]:
        link = absolute(item.get_url(request))
        feed.add_item(
            title=item.title,
            link=link,
            description=item.summary,
            unique_id=f"urn:uuid:{item.translation_key}",
            unique_id_is_permalink=False,
            pubdate=published_at(item),
            categories=[topic.name for topic in item.topics.all()],
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
