"""The sitemap: every public page and the views that are pages to a reader."""

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from core.visibility import visible
from partners.models import CooperationIndexPage, Organisation


class PageSitemap(Sitemap):
    """Every page that everybody may see."""

    def items(self):
        """Pages of the default site, by the gate."""
        root = Site.objects.get(is_default_site=True).root_page
        return visible(Page.objects.descendant_of(root, inclusive=True), None).order_by("path")

    def location(self, page):
        """The page's path."""
        return page.get_url()

    def lastmod(self, page):
        """When it was last published."""
        return page.last_published_at


class OrganisationSitemap(Sitemap):
    """A page for every organisation that something public joins with the LAG."""

    def items(self):
        """Organisations with a page that everybody may see, below the register's address."""
        register = visible(CooperationIndexPage.objects.all(), None).first()
        if register is None:
            return []
        self.base = register.get_url()
        return Organisation.objects.taking_part(None).order_by("sort_key")

    def location(self, organisation):
        """Its page in the register."""
        return f"{self.base}partneriai/{organisation.slug}/"


SITEMAPS = {"pages": PageSitemap, "organisations": OrganisationSitemap}
