"""What may be uploaded: each kind by its real door, checked by name and content; refusals say why, in Lithuanian."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from core import uploads
from core.models import CustomDocument, CustomImage
from core.uploads import CONTENTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """Uploads in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def archive(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def picture(form="PNG", size=(40, 30)):
    made = io.BytesIO()
    Image.new("RGB", size, "green").save(made, form)
    return made.getvalue()


def png_that_says(width, height):
    """A PNG of a few octets whose head promises a huge picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )


def compound(name, kind=2, at=512):
    """An office file of before 2007, as far as it is looked into: its head and the entry of one stream."""
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    entry = encoded.ljust(64, b"\x00") + len(encoded).to_bytes(2, "little") + bytes([kind]) + b"\x01" + b"\x00" * 60
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(at, b"\x00") + entry


DOCX = archive(word__document="<w/>")
GOOD = {
    "csv": "Pavadinimas;Šalis\n„Žydinti“;LT\n".encode(),
    "doc": compound("WordDocument"),
    "docx": DOCX,
    "odp": archive(mimetype="application/vnd.oasis.opendocument.presentation", content="<o/>"),
    "odt": archive(mimetype="application/vnd.oasis.opendocument.text", content="<o/>"),
    "ods": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="<o/>"),
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "ppt": compound("PowerPoint Document", at=512 + 128 * 1_000),
    "pptx": archive(ppt__presentation="<p/>"),
    "rtf": b"{\\rtf1 Tekstas}",
    "txt": "Ąžuolas".encode("cp1257"),
    "xls": compound("Workbook"),
    "xlsx": archive(xl__workbook="<x/>"),
    "zip": archive(failas="x"),
}
HTML, SVG = (
    b"<html><script>alert(1)</script></html>",
    b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
)
EXE = b"MZ\x90\x00\x03\x00\x00\x00"
BAD_DOCUMENTS = {
    "html": ("puslapis.html", HTML),
    "svg": ("piesinys.svg", SVG),
    "exe": ("programa.exe", EXE),
    "no extension": ("failas", b"tekstas"),
    "double extension": ("ataskaita.pdf.exe", GOOD["pdf"]),
    "html called pdf": ("ataskaita.pdf", HTML),
    "program called txt": ("tekstas.txt", EXE),
    "pdf called csv": ("lentele.csv", GOOD["pdf"]),
    "zip called docx": ("rastas.docx", GOOD["zip"]),
    "docx called xlsx": ("lentele.xlsx", DOCX),
    "odt called ods": ("lentele.ods", GOOD["odt"]),
    "odt called odp": ("skaidres.odp", GOOD["odt"]),
    "xls called doc": ("rastas.doc", GOOD["xls"]),
    "doc called ppt": ("skaidres.ppt", GOOD["doc"]),
    "docx called doc": ("rastas.doc", DOCX),
    "html called doc": ("rastas.doc", HTML),
    "name of a stream in a text": ("rastas.doc", GOOD["doc"][:512] + "WordDocument".encode("utf-16-le") * 90),
    "name of a stream that is a folder": ("rastas.doc", compound("WordDocument", kind=1)),
    "stream without a compound file": ("rastas.doc", b"x" * 512 + GOOD["doc"][512:]),
    "broken zip": ("rinkinys.zip", GOOD["zip"][:20]),
    "empty": ("tuscias.pdf", b""),
    "svg called odt": ("rastas.odt", SVG),
}
BAD_PICTURES = {
    "svg": ("piesinys.svg", SVG),
    "html": ("puslapis.html", HTML),
    "html called png": ("nuotrauka.png", HTML),
    "svg called png": ("nuotrauka.png", SVG),
    "gif called png": ("nuotrauka.png", picture("GIF")),
    "pdf called jpg": ("nuotrauka.jpg", GOOD["pdf"]),
    "cut off head": ("nuotrauka.png", picture()[:20]),
    "30,000 × 30,000": ("didele.png", png_that_says(30_000, 30_000)),
    "4 thousand million pixels": ("didele.png", png_that_says(65_000, 65_000)),
    "double extension": ("nuotrauka.png.html", picture()),
    "empty": ("tuscia.png", b""),
}
LITHUANIAN = ("Failo", "failas", "Failas", "failo", "paveikslėl", "Paveikslėl", "nuotrauk", "formatas")


def send(client, kind, name, content, door):
    """Upload by one of the doors: the form, the form for many at once, the window that chooses."""
    file = SimpleUploadedFile("x", content)
    file._name = name  # as a hostile client says it; Django's own constructor would tidy it
    data = {"title": "Įkeltas", "collection": "1", "audience": "public", "description": "x", "tags": ""}
    if door == "one":
        return client.post(reverse(f"wagtail{kind}:add"), data | {"file": file})
    if door == "many":
        return client.post(reverse(f"wagtail{kind}:add_multiple"), {"files[]": file, "title": "Įkeltas"})
    space = f"wagtail{kind}_chooser"
    prefix = {"docs": "document-chooser-upload", "images": "image-chooser-upload"}[kind]
    return client.post(
        reverse(f"{space}:create"), {f"{prefix}-{key}": value for key, value in (data | {"file": file}).items()}
    )


def told(answer):
    """The text of an answer, of a page or of one for a script."""
    return answer.content.decode() + answer.content.decode("unicode-escape", "replace")


every_door = pytest.mark.parametrize("door", ["one", "many", "choosing"])


def test_every_kind_that_may_be_uploaded_is_looked_into(settings):
    assert set(CONTENTS) == set(settings.WAGTAILDOCS_EXTENSIONS) == set(GOOD)


@every_door
@pytest.mark.parametrize("kind", GOOD)
def test_a_document_that_is_what_it_says_is_taken(admin_client, kind, door):
    assert send(admin_client, "docs", f"Failas ąč.{kind.upper()}", GOOD[kind], door).status_code in (200, 302)
    assert CustomDocument.objects.get().file.open().read() == GOOD[kind]


@every_door
@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_document_that_is_not_is_refused_with_a_word(admin_client, case, door):
    answer = send(admin_client, "docs", *BAD_DOCUMENTS[case], door)
    assert answer.status_code == 200
    assert any(
        word in answer.content.decode("unicode-escape", "replace") + answer.content.decode() for word in LITHUANIAN
    )
    assert not CustomDocument.everything.exists()


def test_the_oldest_workbooks_are_workbooks():
    assert CONTENTS["xls"](SimpleUploadedFile("x.xls", compound("Book")))
    assert not CONTENTS["xls"](SimpleUploadedFile("x.xls", compound("Bookmarks")))


@every_door
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_taken(admin_client, form, door):
    assert send(admin_client, "images", f"Nuotrauka.{form.lower()}", picture(form), door).status_code in (200, 302)
    assert CustomImage.objects.count() == 1


@every_door
@pytest.mark.parametrize("case", BAD_PICTURES)
def test_what_is_no_picture_or_too_large_is_refused_with_a_word(admin_client, case, door):
    answer = send(admin_client, "images", *BAD_PICTURES[case], door)
    assert answer.status_code == 200
    assert not CustomImage.everything.exists()
    assert any(
        word in answer.content.decode("unicode-escape", "replace") + answer.content.decode() for word in LITHUANIAN
    )


@every_door
@pytest.mark.parametrize("kind", ["docs", "images"])
def test_what_is_too_big_is_refused_with_a_word(admin_client, kind, door, monkeypatch):
    for field in (WagtailDocumentField, WagtailImageField):
        started = field.__init__

        def smaller(self, *args, _started=started, **kwargs):
            _started(self, *args, **kwargs)
            self.max_upload_size, self.max_upload_size_text = 1_000, "1 KB"

        monkeypatch.setattr(field, "__init__", smaller)
    name, content = (
        ("failas.txt", b"a" * 2_000) if kind == "docs" else ("nuotrauka.png", picture(size=(900, 900)) + b"0" * 2_000)
    )
    answer = send(admin_client, kind, name, content, door)
    assert answer.status_code == 200
    assert not CustomDocument.everything.exists()
    assert not CustomImage.everything.exists()


@pytest.mark.parametrize("bomb", ["size", "number"])
def test_an_archive_that_unpacks_to_far_more_is_refused(admin_client, bomb, monkeypatch):
    monkeypatch.setattr(uploads, "UNPACKED_AT_MOST", 1_000_000)
    monkeypatch.setattr(uploads, "FILES_AT_MOST", 10)
    content = archive(bomba="0" * 2_000_000) if bomb == "size" else archive(**{f"f{n}": "x" for n in range(20)})
    assert "nėra „.zip“" in send(admin_client, "docs", "rinkinys.zip", content, "one").content.decode()
    assert not CustomDocument.everything.exists()


@pytest.mark.parametrize(
    "name",
    ["../../../etc/slapta.txt", "..\\..\\slapta.txt", "/etc/slapta.txt", ".txt", "a\u202etxt.txt", "a" * 400 + ".txt"],
)
def test_odd_names_stay_in_the_folder_of_documents(admin_client, settings, name):
    answer = send(admin_client, "docs", name, b"tekstas", "one")
    assert answer.status_code in (200, 302)
    for document in CustomDocument.objects.all():
        assert document.file.name.startswith("documents/")
        assert ".." not in document.file.name
    files = [path.relative_to(settings.MEDIA_ROOT) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert {path.parts[0] for path in files} <= {"documents"}


def test_a_polyglot_is_served_only_as_what_is_drawn_of_it_and_a_document_as_a_file(admin_client, client):
    script = b"<script>alert(1)</script>"
    send(admin_client, "images", "nuotrauka.gif", picture("GIF") + script, "one")
    drawn = client.get(CustomImage.objects.get().get_rendition("width-20").url)
    assert drawn["Content-Type"].startswith("image/")
    assert script not in b"".join(drawn)
    assert client.get(f"/media/{CustomImage.objects.get().file.name}").status_code == 404
    send(admin_client, "docs", "tekstas.txt", script, "one")
    answer = client.get(CustomDocument.objects.get().url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
