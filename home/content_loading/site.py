"""What stands around the pages: who the LAG is, old addresses."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from core.models import SiteSettings
from home.content_loading.ledger import load_row
from news.models import NewsPage


def load_settings(content, ledger, report):
    """Say who the LAG is."""
    row = content["pages"]["site"]
    made = load_row(ledger, SiteSettings, row, slug="default", site=Site.objects.get(is_default_site=True))
    report(SiteSettings._meta.verbose_name, [row], int(made))


def load_redirects(content, ledger, report):
    """Lead the old site's addresses of news, where they were others, to the news."""
    rows = [row for row in content["news"]["news"] if "old_address" in row]
    made = 0
    for row in rows:
        page = ledger.find(NewsPage, row["slug"])
        if page:
            old_path = Redirect.normalise_path(row["old_address"])
            made += load_row(ledger, Redirect, {"redirect_page": page}, slug=old_path, old_path=old_path, site=None)
    report("peradresavimai", rows, made)
