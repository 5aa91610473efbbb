"""What an editor puts first for certain searches."""

from dataclasses import dataclass

from wagtail.models import Page

from core.visibility import visible
from lithuanian.word_forms import stem_sequence
from search.models import PromotedResult


@dataclass
class Promoted:
    """A page that is shown first, with the editor's sentence."""

    title: str
    url: str
    sentence: str


def promoted_for(asked, request):
    """What is put first for a search, in whatever form its words are, as far as the reader may see it: a list."""
    if not asked:
        return []
    sequence = stem_sequence(asked.text)
    rows = [row for row in PromotedResult.objects.all() if sequence in row.sequences()]
    pages = visible(Page.objects.filter(pk__in=[row.page_id for row in rows]), request).in_bulk() if rows else {}
    return [
        Promoted(page.title, page.get_url(request), row.sentence) for row in rows if (page := pages.get(row.page_id))
    ]
