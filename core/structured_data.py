"""JSON-LD: what search engines are told, as one graph a page, and only what stands on the page itself."""

from django.conf import settings


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
            "logo": absolute(settings.STATIC_URL + "img/logo.png"),
            "foundingDate": facts.registered_on.isoformat() if facts.registered_on else "",
            "identifier": facts.legal_code,
            "email": facts.email,
            "telephone": facts.phone,
            "areaServed": facts.territory,
            "address": address if facts.street_address else None,
            "sameAs": [link.value["url"] for link in facts.links],
        }
    )


def breadcrumbs(page):
    """The way down to `page` as a schema.org BreadcrumbList, or None for the home page."""
    above = page.breadcrumb_pages
    if not above:
        return None
    steps = [*above, page]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.title,
                "item": absolute(step.get_url() or "/"),
            }
            for place, step in enumerate(steps, 1)
        ],
    }


def graph(page, request):
    """The whole graph of one page: who we are, where the page stands, what the page is about. JSON-ready dict."""
    parts = [organization(request), breadcrumbs(page), page.structured_data(request)]
    return {"@context": "https://schema.org", "@graph": [part for part in parts if part]}


def pruned(facts):
    """`facts` without what is not known."""
    return {key: value for key, value in facts.items() if value not in ("", None, [], {})}
