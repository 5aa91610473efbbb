"""A moved body is stored, passes what publishing asks of a body, and is shown."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from core.blocks import BodyBlock
from tests.factories import HomePageFactory, StandardPageFactory
from tests.test_house_rules import PageParser
from tests.wordpress_places import SITE, UPLOADS, FakePlaces
from wordpress_import.bodies import Picture, Target, convert

pytestmark = pytest.mark.django_db

SAMPLE = f"""
<!-- wp:heading --><h2>Sąskrydis</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p onclick="alert(1)">Žr. <a href="{SITE}/naujienos/7/">puslapį</a> ir
<a href="{UPLOADS}/70.pdf">failą</a>.</p><!-- /wp:paragraph -->
<!-- wp:list --><ul><li>a<ol><li>b</li></ol></li></ul><!-- /wp:list -->
<!-- wp:image --><figure><img class="wp-image-1"><figcaption>Aikštė</figcaption></figure><!-- /wp:image -->
<!-- wp:shortcode -->[gallery ids="1,2"]<!-- /wp:shortcode -->
<!-- wp:quote --><blockquote><p>Kaimas gyvas.</p><cite>Dalyvė</cite></blockquote><!-- /wp:quote -->
<!-- wp:table --><table><tr><th>Darbas</th><th>Terminas</th></tr><tr><td>Paraiška</td><td></td></tr>
<tr><td>Sutartis</td><td><a href="{SITE}/naujienos/7/">žr. čia</a></td></tr></table><!-- /wp:table -->
<!-- wp:embed --><figure><div>https://youtu.be/aqz-KE-bpKQ</div></figure><!-- /wp:embed -->
<!-- wp:file --><div class="wp-block-file"><a href="{UPLOADS}/70.pdf">Forma</a></div><!-- /wp:file -->
<!-- wp:button --><div class="wp-block-button">
<a class="wp-block-button__link" href="{SITE}/naujienos/7/">Pildyti</a></div><!-- /wp:button -->
<!-- wp:html --><script>alert(1)</script><iframe src="https://www.google.com/maps/embed"></iframe><!-- /wp:html -->
"""


class StoredPlaces(FakePlaces):
    """The small old site, with its things in the database."""

    def __init__(self, page, document, images):
        super().__init__(titles={})
        self.page, self.document, self.images = page, document, images

    def link(self, href):
        target = super().link(href)
        if target.kind == "page":
            return Target("page", self.page.pk)
        return Target("document", self.document.pk, title="Forma") if target.kind == "document" else target

    def image(self, src, number):
        return Picture(self.images[number - 1].pk)


@pytest.fixture
def places():
    """A page, a document and two pictures."""
    page = StandardPageFactory(parent=HomePageFactory(), title="Kita", slug="kita")
    document = get_document_model().objects.create(title="Forma", file=ContentFile(b"%PDF-1.4", "forma.pdf"))
    images = [
        get_image_model().objects.create(title=name, file=get_test_image_file(f"{name}.png")) for name in ("a", "b")
    ]
    return StoredPlaces(page, document, images)


def test_a_moved_body_is_stored_and_shown(places, client):
    body = convert(SAMPLE, places, "Sąskrydis 2024")
    assert (body.words.lost, body.words.gained) == ([], [])
    assert [block["type"] for block in body.blocks] == [
        "heading", "text", "figure", "gallery", "quote", "table", "video", "documents", "button", "text",
    ]  # fmt: skip
    block = BodyBlock()
    value = block.to_python(body.blocks)
    assert block.get_prep_value(block.clean(value)) == body.blocks

    page = StandardPageFactory(parent=places.page.get_parent(), slug="moved", body=value)
    page.refresh_from_db()
    assert page.body.get_prep_value() == body.blocks
    response = client.get(page.get_url())
    html = response.content.decode()
    assert response.status_code == 200
    assert PageParser(html).inline == []
    assert "alert(" not in html
    for shown in (
        'href="/kita/">puslapį</a>', "<figcaption>", "Aikštė", "Kaimas gyvas.", "– Dalyvė",
        '<th scope="col">Terminas</th>',
        "youtube-nocookie.com", "Pildyti</a>", "Žemėlapis</a>", "Forma",
    ):  # fmt: skip
        assert shown in html
