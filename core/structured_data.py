"""JSON-LD: what search engines are told, as one graph a page, and only what stands on the page itself."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from wagtail.images.shortcuts import get_rendition_or_not_found


def absolute(path):
    """The full address of a path of this site; full addresses are left alone."""
    return path if path.startswith("http") else settings.SITE_URL + path


def organization(request):
    """The LAG itself as a schema.org Organization; unknown facts are left out."""
    from core.models import SiteSettings

    facts = SiteSettings.for_request(request)
    address = {
        "@type": "PostalAddress",
        "streetAddress": facts.street_address,
        "addressLocality": facts.locality,
        "postalCode": facts.postal_code,
        "addressCountry": "LT",
    }
    return pruned(
        {
            "@type": "Organization",
            "@id": settings.SITE_URL + "/#organization",
            "name": facts.name,
            "alternateName": facts.short_name,
            "url": settings.SITE_URL + "/",
            "logo": absolute(static("img/logo.png")),
            "foundingDate": facts.registered_on.isoformat() if facts.registered_on else "",
            "identifier": facts.legal_code,
            "email": facts.email,
            "telephone": facts.phone,
            "areaServed": facts.territory,
            "address": address if facts.street_address else None,
            "sameAs": [link.value["url"] for link in facts.links],
        }
    )


def website(request):
    """The site as a schema.org WebSite."""
    from core.models import SiteSettings

    return {
        "@type": "WebSite",
        "@id": settings.SITE_URL + "/#website",
        "url": settings.SITE_URL + "/",
        "name": SiteSettings.for_request(request).name,
        "inLanguage": "lt",
        "publisher": {"@id": settings.SITE_URL + "/#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": settings.SITE_URL + reverse("search") + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(above, title, url):
    """The way down to the page `title` as a schema.org BreadcrumbList, or None where nothing is above it."""
    if not above:
        return None
    steps = [(page.title, page.get_url() or "/") for page in above] + [(title, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def graph(page, request, above, view_title=None):
    """
    The whole graph of one page: who we are, where the page stands, what it is about. JSON-ready dict.

    `above` is what the reader's breadcrumbs show; `view_title` names a view of the page's own (a month, an
    organisation), which stands one step below the page.
    """
    if view_title:
        own, trail = None, breadcrumbs([*above, page], view_title, request.path)
    else:
        own, trail = page.structured_data(request), breadcrumbs(above, page.title, page.get_url(request) or "/")
    own = own if isinstance(own, list) else [own]
    parts = [organization(request), website(request), trail, *own]
    return {"@context": "https://schema.org", "@graph": [part for part in parts if part]}


def share_image(page):
    """The full address of the picture that stands for a page where it is shared: its cover, or the site's own."""
    if page.cover:
        return absolute(get_rendition_or_not_found(page.cover, "fill-1200x630|format-jpeg").url)
    return absolute(static("img/og.png"))


def pruned(facts):
    """`facts` without what is not known."""
    return {key: value for key, value in facts.items() if value not in ("", None, [], {})}
