"""What every other app builds on: users, media, places, settings and the abstract pages."""

from core.models.audience import Audience
from core.models.imports import PendingImport
from core.models.media import CustomDocument, CustomImage, CustomRendition
from core.models.pages import BaseIndexPage, BasePage, ContentPage, RelatedPage, ViewsMixin, for_good, site_pages
from core.models.places import Eldership, Municipality
from core.models.registers import NamedRow
from core.models.settings import SiteSettings
from core.models.trash import KeptManager, Trashable, TrashableQuerySet, TrashEntry
from core.models.users import User

__all__ = [
    "Audience",
    "BaseIndexPage",
    "BasePage",
    "ContentPage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "Eldership",
    "KeptManager",
    "Municipality",
    "NamedRow",
    "PendingImport",
    "RelatedPage",
    "SiteSettings",
    "TrashEntry",
    "Trashable",
    "TrashableQuerySet",
    "User",
    "ViewsMixin",
    "for_good",
    "site_pages",
]
