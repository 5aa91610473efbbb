"""The blocks of a page's body. Each says to the editor in one sentence what it is for. No raw HTML."""

import re

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page


def first_of(model, number=1):
    """The first rows of a model, for previews: the latest pictures, documents or pages of the site; a list."""
    return list(model.objects.order_by("-pk")[:number])


def a_picture():
    """A picture of the library for a preview, described; None where there is none."""
    for image in first_of(get_image_model()):
        image.contextual_alt_text, image.decorative = image.description or image.title, False
        return image
    return None


PLAIN_FEATURES = ["bold", "italic", "link", "document-link", "ul", "ol"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside the body; the page's title is the only h1."""

    text = blocks.CharBlock(label="Tekstas", max_length=150)
    level = blocks.ChoiceBlock(
        label="Lygis",
        choices=[("h2", "Skyrius"), ("h3", "Poskyris")],
        default="h2",
        required=True,
        help_text="Poskyris – tik po skyriaus.",
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
    caption = blocks.CharBlock(
        label="Parašas", required=False, max_length=250, help_text="Kas, kur, kada. Rodomas po nuotrauka."
    )

    class Meta:
        icon = "image"
        label = "Paveikslėlis"
        description = "Nuotrauka ar piešinys su parašu."
        template = "components/blocks/figure.html"

    def get_preview_value(self):
        """With a picture of the library."""
        return self.normalize({"image": a_picture(), "caption": "Bendruomenių sąskrydis Daugų miesto parke"})


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    images = blocks.ListBlock(FigureBlock(), label="Paveikslėliai", min_num=2, max_num=40)

    class Meta:
        icon = "image"
        label = "Galerija"
        description = "Kelios nuotraukos greta."
        template = "components/blocks/gallery.html"

    def get_preview_value(self):
        """With a picture of the library."""
        return self.normalize({"images": [{"image": a_picture(), "caption": ""} for _ in range(3)]})


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set apart."""

    text = blocks.TextBlock(label="Citata")
    source = blocks.CharBlock(
        label="Kieno žodžiai",
        required=False,
        max_length=150,
        help_text="Pareigos ar bendruomenė; vardas – tik žmogui sutikus.",
    )

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

    def get_preview_value(self):
        """With documents of the library."""
        return self.normalize({"heading": "Paraiškos dokumentai", "documents": first_of(get_document_model(), 3)})


class CalloutBlock(blocks.StructBlock):
    """A remark that must not be missed."""

    tone = blocks.ChoiceBlock(
        label="Pobūdis",
        choices=[("note", "Pastaba"), ("important", "Svarbu")],
        default="note",
        required=True,
        help_text="„Svarbu“ – tik tam, ko nepastebėjęs žmogus nukentės, pvz., terminui.",
    )
    text = blocks.RichTextBlock(label="Tekstas", features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        label = "Pastaba"
        description = "Tai, ko negalima nepastebėti."
        template = "components/blocks/callout.html"
        preview_value = {"tone": "important", "text": "<p>Paraiškas priimame iki gruodžio 15 d. 16 val.</p>"}


class ButtonBlock(blocks.StructBlock):
    """One link that stands out: to a page of the site or to another address."""

    label = blocks.CharBlock(label="Užrašas", max_length=60, help_text="Kas bus paspaudus, pvz., „Registruotis“.")
    page = blocks.PageChooserBlock(label="Svetainės puslapis", required=False)
    url = blocks.URLBlock(label="Kitas adresas", required=False, help_text="Tik jei veda iš svetainės.")

    class Meta:
        icon = "link"
        label = "Mygtukas"
        description = "Viena svarbi nuoroda."
        template = "components/blocks/button.html"
        preview_value = {"label": "Pildyti paraišką", "page": None, "url": "https://www.example.lt/"}

    def clean(self, value):
        """Exactly one target; a draft may wait for it."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(cleaned["url"]):
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
    title = blocks.CharBlock(
        label="Apie ką įrašas", max_length=150, help_text="Pvz., „Kaip užpildyti paraišką“. Skaitoma dar nepaspaudus."
    )

    class Meta:
        icon = "media"
        label = "Vaizdo įrašas"
        description = "YouTube ar Vimeo įrašas. Įkeliamas tik paspaudus."
        template = "components/blocks/video.html"
        preview_value = {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "title": "Kaip užpildyti paraišką"}
        value_class = VideoValue

    def clean(self, value):
        """Only services whose player we know; a draft may wait for it."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned.player:
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

    def get_preview_value(self):
        """With the latest pages of the site."""
        return self.normalize({"heading": "Taip pat skaitykite", "pages": first_of(Page, 2)})


class ContactCardBlock(blocks.StructBlock):
    """How to reach an office or a duty; no person is named."""

    title = blocks.CharBlock(label="Kas", max_length=120, help_text="Pareigos ar tarnyba, ne asmens vardas.")
    email = blocks.EmailBlock(label="El. paštas", required=False)
    phone = blocks.CharBlock(label="Telefonas", required=False, max_length=40)
    text = blocks.TextBlock(label="Kita", required=False, help_text="Pvz., kada ir kur priimame.")

    class Meta:
        icon = "mail"
        label = "Kontaktas"
        description = "Kaip susisiekti su tarnyba ar pareigūnu."
        template = "components/blocks/contact_card.html"
        preview_value = {
            "title": "VVG administracija",
            "email": "info@example.lt",
            "phone": "+370 315 00000",
            "text": "Pirmadieniais–ketvirtadieniais 8–17 val.",
        }


class BodyBlock(blocks.StreamBlock):
    """Everything a body may hold. A new page begins with an empty text; one that stays empty is not kept."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label="Tekstas",
        features=PLAIN_FEATURES,
        required=False,
        description="Pastraipos ir sąrašai.",
        template="components/blocks/text.html",
        preview_value="<p>Bendruomenės gali teikti paraiškas <b>iki gruodžio 15 d.</b> Parama skiriama:</p>"
        "<ul><li>patalpoms sutvarkyti,</li><li>įrangai įsigyti.</li></ul>",
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
        preview_value={
            "caption": "Kvietimo terminai",
            "columns": [{"type": "text", "heading": "Darbas"}, {"type": "text", "heading": "Iki kada"}],
            "rows": [{"values": ["Paraiškos", "gruodžio 15 d."]}, {"values": ["Vertinimas", "sausio 30 d."]}],
        },
    )
    callout = CalloutBlock()
    video = VideoBlock()
    button = ButtonBlock()
    related_pages = RelatedPagesBlock()
    contact_card = ContactCardBlock()

    class Meta:
        template = "components/blocks/body.html"

    def clean(self, value):
        """What was typed, without texts that say nothing."""
        cleaned = super().clean(value)
        for place in reversed(range(len(cleaned))):
            if cleaned[place].block_type == "text" and not strip_tags(cleaned[place].value.source).strip():
                del cleaned[place]
        return cleaned
