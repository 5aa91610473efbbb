"""Which addresses a page or a row links to: read from its fields, whatever blocks its texts are made of."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.encoding import iri_to_uri
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from desk.models import URL_LENGTH

ADDRESS = re.compile(r"(?:https?:)?//\S+|/\S*", re.IGNORECASE)
# A meeting's address answers its guests only, and the page's own history is no link of the page.
NOT_ASKED = {"online_url"}
READ_FIELDS = (models.URLField, RichTextField, StreamField)


def addresses_of(row):
    """The addresses that a page or a row of a register links to: a set of full addresses and of paths of this site."""
    found = set()
    for part in (row, *(child for name in parts_with_links(type(row)) for child in getattr(row, name).all())):
        for field in _read_fields(type(part)):
            value = getattr(part, field.attname)
            found |= set(_in_value(value.get_prep_value() if isinstance(field, StreamField) else value))
    return {address for address in map(canonical, found) if address}


def parts_with_links(model):
    """The names of the rows that belong to a page of this type and hold links of their own."""
    relations = get_all_child_relations(model) if issubclass(model, Page) else []
    return [relation.get_accessor_name() for relation in relations if _read_fields(relation.related_model)]


def registers_with_links():
    """The models of ours, other than pages, whose rows hold links."""
    return [model for model in apps.get_models() if hasattr(model, "snippet_viewset") and _read_fields(model)]


def _read_fields(model):
    fields = model._meta.concrete_fields
    return [field for field in fields if isinstance(field, READ_FIELDS) and field.name not in NOT_ASKED]


def canonical(address):
    """The address without its fragment, as it is asked for; a path for one of this site; "" for what is no link."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port not in (None, {"http": 80, "https": 443}.get(parts.scheme)) else ""
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https") or not (host or parts.path.startswith("/")):
        return ""
    if not host or is_own(host + port):
        address = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    else:
        address = urlunsplit((parts.scheme or "https", host + port, parts.path or "/", parts.query, ""))
    address = iri_to_uri(address)
    return address if len(address) <= URL_LENGTH else ""


def is_own(host):
    """Whether this site answers to `host`."""
    return host == urlsplit(settings.SITE_URL).netloc or host in settings.ALLOWED_HOSTS


def _in_value(value):
    """The addresses in what a field holds: text with links, an address, blocks in blocks."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _in_value(part)
    elif isinstance(value, str):
        if "<" in value:
            yield from _Hrefs(value).found
        elif ADDRESS.fullmatch(value.strip()):
            yield value


class _Hrefs(HTMLParser):
    """The addresses of the links in a text. Those to pages and documents have none: the index of references knows."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]
