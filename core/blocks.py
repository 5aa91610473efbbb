"""The blocks of a page's body. Each says to the editor in one sentence what it is for. No raw HTML."""

import re

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

PLAIN_FEATURES = ["bold", "italic", "link", "document-link", "ul", "ol"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside the body; the page's title is the only h1."""

    text = blocks.CharBlock(label="Tekstas", max_length=150)
    level = blocks.ChoiceBlock(
        label="Lygis", choices=[("h2", "Skyrius"), ("h3", "Poskyris")], default="h2", required=True
    )

    class Meta:
        icon = "title"
        label = "Antraštė"
        description = "Skyriaus ar poskyrio pavadinimas."
        template = "components/blocks/heading.html"
        preview_value = {"text": "Ką nuveikėme kartu", "level": "h2"}


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows in words and, if wanted, a caption."""

    image = ImageBlock(label="Paveikslėlis")
    caption = blocks.CharBlock(label="Parašas", required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Paveikslėlis"
        description = "Nuotrauka ar piešinys su parašu."
        template = "components/blocks/figure.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    images = blocks.ListBlock(FigureBlock(), label="Paveikslėliai", min_num=2, max_num=40)

    class Meta:
        icon = "image"
        label = "Galerija"
        description = "Kelios nuotraukos greta."
        template = "components/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set apart."""

    text = blocks.TextBlock(label="Citata")
    source = blocks.CharBlock(label="Kieno žodžiai", required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = "Citata"
        description = "Kieno nors žodžiai, išskirti iš teksto."
        template = "components/blocks/quote.html"
        preview_value = {"text": "Kaimas stiprus tada, kai žmonės susitaria.", "source": ""}


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    heading = blocks.CharBlock(label="Antraštė", required=False, max_length=100)
    documents = blocks.ListBlock(DocumentChooserBlock(), label="Dokumentai", min_num=1)

    class Meta:
        icon = "doc-full"
        label = "Dokumentai"
        description = "Failai atsisiųsti: formos, ataskaitos, leidiniai."
        template = "components/blocks/documents.html"


class CalloutBlock(blocks.StructBlock):
    """A remark that must not be missed."""

    tone = blocks.ChoiceBlock(
        label="Pobūdis", choices=[("note", "Pastaba"), ("important", "Svarbu")], default="note", required=True
    )
    text = blocks.RichTextBlock(label="Tekstas", features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        label = "Pastaba"
        description = "Tai, ko negalima nepastebėti."
        template = "components/blocks/callout.html"


class ButtonBlock(blocks.StructBlock):
    """One link that stands out: to a page of the site or to another address."""

    label = blocks.CharBlock(label="Užrašas", max_length=60)
    page = blocks.PageChooserBlock(label="Svetainės puslapis", required=False)
    url = blocks.URLBlock(label="Kitas adresas", required=False)

    class Meta:
        icon = "link"
        label = "Mygtukas"
        description = "Viena svarbi nuoroda."
        template = "components/blocks/button.html"

    def clean(self, value):
        """Exactly one target."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError("Pasirinkite puslapį arba įrašykite adresą – vieną iš dviejų.")
            raise blocks.StructBlockValidationError(block_errors={"page": error})
        return cleaned


VIDEO_PLAYERS = (
    # (what an editor pastes, provider's name, address of the player that keeps no cookies)
    (
        re.compile(r"^https://(?:www\.|m\.)?(?:youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]{6,20})(?:[&?].*)?$"),
        "YouTube",
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        re.compile(r"^https://(?:www\.)?vimeo\.com/(\d{5,12})$"),
        "Vimeo",
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
)


class VideoValue(blocks.StructValue):
    """A video's address with what the page needs of it."""

    def _match(self):
        for pattern, provider, player in VIDEO_PLAYERS:
            if match := pattern.match(self.get("url") or ""):
                return provider, player.format(match[1])
        return "", ""

    @property
    def provider(self):
        """Name of the service that shows the video, "" if unknown."""
        return self._match()[0]

    @property
    def player(self):
        """Address of the service's player without cookies, "" if unknown."""
        return self._match()[1]


class VideoBlock(blocks.StructBlock):
    """A video kept elsewhere: nothing is asked of the other service before the reader's click."""

    url = blocks.URLBlock(label="Vaizdo įrašo adresas", help_text="YouTube arba Vimeo.")
    title = blocks.CharBlock(label="Apie ką įrašas", max_length=150)

    class Meta:
        icon = "media"
        label = "Vaizdo įrašas"
        description = "YouTube ar Vimeo įrašas. Įkeliamas tik paspaudus."
        template = "components/blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        """Only services whose player we know."""
        cleaned = super().clean(value)
        if not cleaned.player:
            error = ValidationError("Tinka tik YouTube ir Vimeo adresai, pvz., https://www.youtube.com/watch?v=…")
            raise blocks.StructBlockValidationError(block_errors={"url": error})
        return cleaned


class RelatedPagesBlock(blocks.StructBlock):
    """Links to other pages of the site, shown with their summaries."""

    heading = blocks.CharBlock(label="Antraštė", default="Taip pat skaitykite", max_length=100)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label="Puslapiai", min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Puslapių nuorodos"
        description = "Kiti svetainės puslapiai su santraukomis."
        template = "components/blocks/related_pages.html"


class ContactCardBlock(blocks.StructBlock):
    """How to reach an office or a duty; no person is named."""

    title = blocks.CharBlock(label="Kas", max_length=120, help_text="Pareigos ar tarnyba, ne asmens vardas.")
    email = blocks.EmailBlock(label="El. paštas", required=False)
    phone = blocks.CharBlock(label="Telefonas", required=False, max_length=40)
    text = blocks.TextBlock(label="Kita", required=False)

    class Meta:
        icon = "mail"
        label = "Kontaktas"
        description = "Kaip susisiekti su tarnyba ar pareigūnu."
        template = "components/blocks/contact_card.html"


class BodyBlock(blocks.StreamBlock):
    """Everything a body may hold."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label="Tekstas",
        features=PLAIN_FEATURES,
        description="Pastraipos ir sąrašai.",
        template="components/blocks/text.html",
    )
    figure = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    documents = DocumentsBlock()
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="Tekstas", required=False)),
            ("rich_text", blocks.RichTextBlock(label="Tekstas su nuorodomis", features=INLINE_FEATURES)),
        ],
        label="Lentelė",
        description="Lentelė su stulpelių antraštėmis.",
        template="components/blocks/table.html",
    )
    callout = CalloutBlock()
    video = VideoBlock()
    button = ButtonBlock()
    related_pages = RelatedPagesBlock()
    contact_card = ContactCardBlock()

    class Meta:
        template = "components/blocks/body.html"
