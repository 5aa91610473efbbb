"""What a news item should not be without."""

from core.content_checks import content_check
from core.content_checks.common import there_is_a_cover
from news.models import NewsPage

content_check("cover", "Nėra viršelio", NewsPage)(there_is_a_cover)
