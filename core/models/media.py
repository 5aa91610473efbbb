"""Images and documents. Both models are ours from the first migration, since they cannot be swapped later."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet
from wagtail.search import index

from core.models.audience import Audience
from core.models.trash import KeptManager, Trashable, TrashableQuerySet


class CustomImageQuerySet(TrashableQuerySet, ImageQuerySet):
    """Pictures: searched as Wagtail does, deleted as everything here."""


class CustomDocumentQuerySet(TrashableQuerySet, DocumentQuerySet):
    """Documents, the same."""


class CustomImage(Trashable, AbstractImage):
    """A picture. `description` is its alternative text; `credit` names the author or source, shown under it."""

    credit = models.CharField(
        "autorius ar šaltinis",
        max_length=200,
        blank=True,
        help_text="Pvz., Alytaus rajono VVG archyvas. Rodoma po nuotrauka.",
    )

    objects = KeptManager.from_queryset(CustomImageQuerySet)()
    everything = CustomImageQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.FilterField("trash")]

    class Meta(AbstractImage.Meta):
        verbose_name = "paveikslėlis"
        verbose_name_plural = "paveikslėliai"

    def withdraw(self):
        """Take its sizes off the web; they are made again when somebody asks for them."""
        self.renditions.all().delete()


class CustomRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(
        CustomImage, verbose_name="paveikslėlis", on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        verbose_name = "paveikslėlio dydis"
        verbose_name_plural = "paveikslėlių dydžiai"
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class CustomDocument(Trashable, AbstractDocument):
    """A file to download. Who may have it: see `core.visibility.may_download`."""

    audience = models.CharField(
        "kam skirtas",
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        db_index=True,
        help_text="Failas, kurį naudoja tik narių puslapiai, ir taip atiduodamas tik nariams.",
    )

    objects = KeptManager.from_queryset(CustomDocumentQuerySet)()
    everything = CustomDocumentQuerySet.as_manager()

    admin_form_fields = (*Document.admin_form_fields, "audience")
    search_fields = [*AbstractDocument.search_fields, index.FilterField("trash")]

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokumentas"
        verbose_name_plural = "dokumentai"
