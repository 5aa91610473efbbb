"""The old site's files: each once, by the door of uploads; what is refused leaves a word and nothing else."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pillow_heif
import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files import File
from django.core.management import call_command
from django.test import RequestFactory
from PIL import Image
from wagtail.models import Collection

from core import trash
from core.models import CustomDocument, CustomImage
from core.visibility import may_download
from tests.factories import UserFactory
from tests.test_uploads import BAD_DOCUMENTS, BAD_PICTURES, EXE, GOOD, HTML, archive, compound, png_that_says
from tests.wordpress_files import attachment, export_file, php, picture, post, uploads_folder
from wordpress_import import uploads
from wordpress_import.export import open_export
from wordpress_import.media import CLOSED_COLLECTION, Media, captioned, named_as_it_is, root_of
from wordpress_import.uploads import Missing, Remote, Uploads, is_safe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Uploads of the new site in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def media(tmp_path):
    """`media({path: octets})`: the files of an old site."""
    return lambda files, known=(): Media(Uploads(uploads_folder(tmp_path, files)), known)


def an_item(folder, *how, **said):
    """An attachment as it is read from an export."""
    return next(open_export(export_file(folder, [attachment(*how, **said)])).items())


def stored(settings):
    """The files that the new site has."""
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


# --- What comes over --------------------------------------------------------------------------------------------------


def test_a_picture_comes_with_its_title_description_and_credit(tmp_path, media):
    item = an_item(
        tmp_path,
        "2019/05/mugė.jpg",
        title="Rudens &quot;mugė&quot;",
        alt="Mugės aikštė iš viršaus",
        caption="Nuotraukos autorius – VVG archyvas",
    )
    brought = media({"2019/05/mugė.jpg": picture()}).bring(item)
    image = CustomImage.objects.get()
    assert (brought.image, brought.document, brought.remark) == (image, None, None)
    assert (image.title, image.description) == ("Rudens „mugė“", "Mugės aikštė iš viršaus")
    assert image.credit == "VVG archyvas"
    assert (image.width, image.height) == (40, 30)
    assert image.file_size == len(picture())
    assert len(image.file_hash) == 40
    assert image.file.open().read() == picture()
    assert image.get_rendition("width-20").width == 20


@pytest.mark.parametrize(
    ("caption", "credit", "left"),
    [
        ("Nuotraukos autorius – VVG archyvas", "VVG archyvas", ""),
        ("Foto: Alytaus kraštas", "Alytaus kraštas", ""),
        ("Nuotr. aut. – biuras", "biuras", ""),
        ("nuotr. biuro", "biuro", ""),
        ("© Alytaus rajono VVG", "Alytaus rajono VVG", ""),
        ("Mugė Butrimonyse", "", "Mugė Butrimonyse"),
        ("Fotografijų paroda bibliotekoje", "", "Fotografijų paroda bibliotekoje"),
        ("Autoriai ir skaitytojai", "", "Autoriai ir skaitytojai"),
        ("", "", ""),
    ],
)
def test_a_caption_that_only_says_who_made_the_picture_is_its_credit(tmp_path, media, caption, credit, left):
    item = an_item(tmp_path, caption=caption)
    assert media({"2019/05/nuotrauka.jpg": picture()}).bring(item).image.credit == credit
    assert captioned(item) == left


@pytest.mark.parametrize(
    ("meta", "credit"),
    [
        (php({"image_meta": {"credit": "VVG", "copyright": "©"}}), "VVG"),
        (php({"image_meta": {"credit": "", "copyright": "VVG"}}), "VVG"),
        (php({"image_meta": {"credit": ""}}), ""),
        (php({"image_meta": "x"}), ""),
        (php("x"), ""),
        (php({}), ""),
        ('O:8:"stdClass":0:{}', ""),
        ("a:6:{s:5", ""),
    ],
)
def test_else_the_picture_itself_says_who_made_it(tmp_path, media, meta, credit):
    item = an_item(tmp_path, meta={"_wp_attachment_metadata": meta})
    assert media({"2019/05/nuotrauka.jpg": picture()}).bring(item).image.credit == credit


@pytest.mark.parametrize("kind", GOOD)
def test_documents_of_every_kind_come(tmp_path, media, kind):
    path = f"2016/07/Žemėlapis ąč.{kind.upper()}"
    item = an_item(tmp_path, path, title="Paraiškos forma")
    brought = media({path: GOOD[kind]}).bring(item)
    document = CustomDocument.objects.get()
    assert (brought.document, brought.image, brought.remark) == (document, None, None)
    assert (document.title, document.audience, document.file_size) == ("Paraiškos forma", "public", len(GOOD[kind]))
    assert document.file.open().read() == GOOD[kind]
    assert document.file.name.endswith(f".{kind}")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_pictures_of_every_kind_come(media, form):
    path = f"2019/{form}.{form.lower()}"
    assert media({path: picture(form)}).bring(path=path).image.title == form


def test_a_moving_picture_comes(tmp_path, media):
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(tmp_path / "juda.gif", save_all=True, append_images=frames[1:])
    content = (tmp_path / "juda.gif").read_bytes()
    image = media({"juda.gif": content}).bring(path="juda.gif").image
    assert image.file.open().read() == content
    assert image.get_rendition("width-20")


def test_a_file_without_an_attachment_comes_by_its_path(media):
    brought = media({"2019/05/planas.pdf": GOOD["pdf"]}).bring(path="2019/05/planas.pdf")
    assert brought.document.title == "planas"


def test_a_head_will_do(tmp_path, media):
    export = open_export(export_file(tmp_path, [attachment(title="Mugė", number=4)]))
    assert media({"2019/05/nuotrauka.jpg": picture()}).bring(export.index[4]).image.title == "Mugė"


def test_long_words_are_cut_to_what_a_row_holds(tmp_path, media):
    path = f"2019/{'ilgas-vardas-' * 15}.jpg"
    item = an_item(tmp_path, path, title="ąžuolas " * 90, alt="žalias " * 90, caption="© " + "kas " * 90)
    image = media({path: picture()}).bring(item).image
    assert len(image.title) <= 255
    assert image.description.endswith("žalias…")
    assert image.credit.endswith("kas…")


@pytest.mark.parametrize("layout", ["", "svetaine/wp-content", "wp-content", "svetaine"])
def test_the_folder_may_be_one_above(tmp_path, layout):
    folder = uploads_folder(tmp_path / layout, {"2019/a.jpg": picture()})
    above = {"": folder, "svetaine/wp-content": tmp_path / "svetaine"}.get(layout, folder.parent)
    assert Media(Uploads(above)).bring(path="2019/a.jpg").image


def test_a_folder_that_is_not_there_is_told(tmp_path):
    (tmp_path / "failas").write_text("x")
    for path in (tmp_path / "nera", tmp_path / "failas"):
        with pytest.raises((FileNotFoundError, NotADirectoryError)):
            Uploads(path)


@pytest.mark.parametrize("asked", ["2019/Z\u030cEME\u0307.JPG", "2019/žemė.jpg", "2019/ŽEMĖ.jpg"])
def test_a_name_written_otherwise_is_found(media, asked):
    assert media({"2019/žemė.jpg": picture()}).bring(path=asked).image


# --- Each once --------------------------------------------------------------------------------------------------------


def test_the_same_file_is_one_row(tmp_path, media, settings):
    files = {"2019/a.jpg": picture(), "2020/b.jpg": picture(), "a.pdf": GOOD["pdf"], "b.pdf": GOOD["pdf"]}
    first = media(files)
    images = {first.bring(path=path).image for path in ("2019/a.jpg", "2020/b.jpg", "2019/a.jpg")}
    documents = {first.bring(path=path).document for path in ("a.pdf", "b.pdf")}
    again = media(files)
    assert images == {again.bring(path="2020/b.jpg").image}
    assert documents == {again.bring(path="a.pdf").document}
    assert len(images) == len(documents) == 1
    assert len(stored(settings)) == 2


def test_a_file_is_asked_for_once(media):
    brings = media({"a.jpg": picture()})
    first = brings.bring(path="a.jpg")
    (brings.source.folder / "a.jpg").unlink()
    assert brings.bring(path="a.jpg") is first


def test_what_is_in_the_trash_is_not_what_comes(media):
    files = {"a.pdf": GOOD["pdf"]}
    gone = media(files).bring(path="a.pdf").document
    trash.put_away([gone])
    assert media(files).bring(path="a.pdf").document != gone


# --- For whom ---------------------------------------------------------------------------------------------------------


def a_request(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_document_that_nobody_could_have_is_for_the_staff(media):
    call_command("set_up_roles", verbosity=0)
    brought = media({"a.pdf": GOOD["pdf"]}).bring(path="a.pdf", closed=True)
    assert brought.document.collection.name == CLOSED_COLLECTION
    assert brought.remark.code == "document-closed"
    staff, member = UserFactory(), UserFactory()
    staff.groups.add(*Group.objects.filter(permissions__codename="access_admin"))
    assert may_download(brought.document, a_request(staff))
    assert not may_download(brought.document, a_request(member))
    assert not may_download(brought.document, a_request(AnonymousUser()))
    assert not may_download(brought.document, None)


def test_there_is_one_collection_of_closed_documents(media):
    brings = media({"a.pdf": GOOD["pdf"], "b.txt": GOOD["txt"]})
    brings.bring(path="a.pdf", closed=True)
    brings.bring(path="b.txt", closed=True)
    assert Collection.objects.filter(name=CLOSED_COLLECTION).count() == 1
    assert {document.collection.name for document in CustomDocument.objects.all()} == {CLOSED_COLLECTION}


def test_what_everybody_could_have_is_not_closed_by_a_draft_nor_opened_by_chance(media):
    files = {"a.pdf": GOOD["pdf"], "b.txt": GOOD["txt"]}
    opened = media(files).bring(path="a.pdf")
    assert media(files).bring(path="a.pdf", closed=True) == opened
    closed = media(files).bring(path="b.txt", closed=True).document
    other = media(files).bring(path="b.txt")
    assert other.document != closed
    assert other.remark is None
    closed.refresh_from_db()
    assert closed.collection.name == CLOSED_COLLECTION


def test_a_closed_document_that_is_refused_leaves_no_collection(media):
    media({"a.pdf": HTML}).bring(path="a.pdf", closed=True)
    assert not Collection.objects.filter(name=CLOSED_COLLECTION).exists()


# --- What does not ----------------------------------------------------------------------------------------------------

HEIC = "nuotrauka.heic"


def heic():
    """A picture of a telephone's."""
    made = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "green")).save(made)
    return made.getvalue()


REFUSED = {
    **{f"document: {case}": said for case, said in BAD_DOCUMENTS.items()},
    **{f"picture: {case}": said for case, said in BAD_PICTURES.items()},
    "heic": (HEIC, heic()),
    "program": ("programa.php", b"<?php system($_GET['x']);"),
    "program that begins as a picture": ("paveikslas.php", picture("GIF") + b"<?php system($_GET['x']);"),
    "page called jpg": ("nuotrauka.php.jpg", HTML),
    "bitmap": ("paveikslas.bmp", picture("BMP")),
    "film": ("filmas.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100),
    "huge first frame": ("juda.gif", picture("GIF", (9_000, 9_000))),
    "bomb": ("bomba.docx", archive(word__document="0" * 2_000_000)),
    "folder": ("aplankas", None),
}
# What the door for uploads refuses and a move-in may mend: the name is wrong, and the content is of a kind we take.
MENDED = {
    "document: docx called xlsx": "docx",
    "document: odt called ods": "odt",
    "document: odt called odp": "odt",
    "document: xls called doc": "xls",
    "document: doc called ppt": "doc",
    "document: docx called doc": "docx",
    "document: pdf called csv": "pdf",
    "picture: gif called png": "gif",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_leaves_a_word_and_nothing_else(media, settings, monkeypatch, case):
    name, content = REFUSED[case]
    monkeypatch.setattr("core.uploads.UNPACKED_AT_MOST", 1_000_000)
    brings = media({f"2019/{name}": content} if content is not None else {f"2019/{name}/x.jpg": picture()})
    brought = brings.bring(path=f"2019/{name}")
    if case in MENDED:
        assert brought.thing.file.name.endswith(f".{MENDED[case]}")
        assert brings.trouble(path=f"2019/{name}") is None
        return
    assert brought.thing is None
    assert "neperkeltas" in brought.remark.text
    assert brought.remark.code in ("file-refused", "file-missing")
    assert brings.trouble(path=f"2019/{name}") == brought.remark
    assert not CustomImage.everything.exists()
    assert not CustomDocument.everything.exists()
    assert stored(settings) == []


def test_a_refusal_is_one_sentence_after_the_other_in_lithuanian(media):
    text = media({"a.png": png_that_says(30_000, 30_000)}).bring(path="a.png").remark.text
    assert text.startswith("Failas „a.png“ neperkeltas. ")
    assert "per didelė" in text
    assert "neperkeltas. Šis failas nėra „.zip“" in media({"b.zip": HTML}).bring(path="b.zip").remark.text
    assert "30 MB" not in text


UNSAFE = [
    "../slapta.txt",
    "2019/../../slapta.txt",
    "/etc/passwd",
    "..\\..\\slapta.txt",
    "C:\\slapta.txt",
    "C:slapta.txt",
    "a\x00.jpg",
    "2019/a\n.jpg",
    "file:///etc/passwd",
    "\\\\kitas\\a.jpg",
    "",
]


@pytest.mark.parametrize("path", UNSAFE)
def test_no_path_leads_out_of_the_folder(media, tmp_path, path):
    (tmp_path / "slapta.txt").write_text("slapta")
    brought = media({"2019/a.txt": b"x"}).bring(path=path)
    assert brought.thing is None
    assert brought.remark
    assert not is_safe(path)


def test_no_link_leads_out_of_the_folder(media, tmp_path):
    (tmp_path / "kitur").mkdir()
    (tmp_path / "kitur" / "slapta.txt").write_text("slapta")
    brings = media({"2019/a.txt": b"viesa"})
    folder = brings.source.folder
    (folder / "2019" / "b.txt").symlink_to(tmp_path / "kitur" / "slapta.txt")
    (folder / "2020").symlink_to(tmp_path / "kitur")
    (folder / "2019" / "c.txt").symlink_to(folder / "2019" / "a.txt")
    (folder / "2019" / "d.txt").symlink_to(folder / "2019" / "nera.txt")
    (folder / "2019" / "e.txt").symlink_to(folder / "2019" / "e.txt")
    assert brings.bring(path="2019/b.txt").remark.code == uploads.UNSAFE
    assert brings.bring(path="2019/B.TXT").remark.code == uploads.UNSAFE
    assert brings.bring(path="2020/slapta.txt").remark.code == uploads.UNSAFE
    assert brings.bring(path="2019/c.txt").document
    assert brings.bring(path="2019/d.txt").remark.code == uploads.ABSENT
    assert brings.bring(path="2019/e.txt").thing is None


def test_what_is_too_large_is_not_even_read(media, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024**2, 2 * 1024**2
    brings = media({"a.jpg": picture() + b"\x00" * 1024**2, "b.pdf": GOOD["pdf"] + b"\x00" * 2 * 1024**2})
    for path, most in (("a.jpg", "1 MB"), ("b.pdf", "2 MB")):
        remark = brings.bring(path=path).remark
        assert remark.code == uploads.TOO_LARGE
        assert most in remark.text


def test_without_files_everything_is_remarked(tmp_path):
    remark = Media(None).bring(an_item(tmp_path)).remark
    assert remark.code == "file-missing"
    assert "nuotrauka.jpg" in remark.text
    assert Media(None).bring(an_item(tmp_path, None, attachment_url="")).remark.code == "file-missing"


def test_a_file_that_is_missing_is_remarked(media):
    remark = media({"x.jpg": b""}).bring(path="2019/nera.jpg").remark
    assert remark.code == "file-missing"
    assert "2019/nera.jpg" in remark.text


@pytest.mark.parametrize("kind", ["jpg", "pdf"])
def test_a_row_that_cannot_be_saved_leaves_no_file(media, settings, monkeypatch, kind):
    def fails(*_, **__):
        raise RuntimeError

    brings = media({"a.jpg": picture(), "a.pdf": GOOD["pdf"]})
    monkeypatch.setattr("wagtail.search.index.insert_or_update_object", fails)
    with pytest.raises(RuntimeError):
        brings.bring(path=f"a.{kind}")
    assert stored(settings) == []
    assert not CustomImage.everything.exists()
    assert not CustomDocument.everything.exists()


def test_trouble_stores_nothing(media, settings):
    brings = media({"a.jpg": picture(), "a.pdf": GOOD["pdf"]})
    assert brings.trouble(path="a.jpg") is brings.trouble(path="a.pdf") is None
    assert brings.trouble(path="b.jpg").code == "file-missing"
    assert stored(settings) == []


# --- Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "becomes"),
    [
        ("nuotrauka.jpg", picture("PNG"), "nuotrauka.png"),
        ("nuotrauka.JPEG", picture(), "nuotrauka.jpeg"),
        ("nuotrauka.jpg", picture("WEBP"), "nuotrauka.webp"),
        ("nuotrauka.jfif", picture(), "nuotrauka.jpg"),
        ("nuotrauka.png", GOOD["pdf"], "nuotrauka.png"),
        ("nuotrauka.php.jpg", picture(), "nuotrauka-php.jpg"),
        ("ataskaita 1.2.pdf", GOOD["pdf"], "ataskaita 1.2.pdf"),
        ("rastas.doc", GOOD["rtf"], "rastas.rtf"),
        ("rastas.doc", GOOD["docx"], "rastas.docx"),
        ("rastas.pdf", picture("PNG"), "rastas.pdf"),
        ("rastas.txt", EXE, "rastas.txt"),
        ("rastas.xls", compound("Book"), "rastas.xls"),
        ("rastas", GOOD["pdf"], "rastas"),
        (".htaccess", b"x", "-htaccess"),
        ("x.php", picture("GIF"), "x.php"),
    ],
)
def test_a_file_is_named_as_it_is(tmp_path, name, content, becomes):
    (tmp_path / "x").write_bytes(content)
    with (tmp_path / "x").open("rb") as raw:
        assert named_as_it_is(File(raw, name)) == becomes


KNOWN = [
    "2019/05/mugė.jpg",
    "2019/05/plakatas-scaled.jpg",
    "2019/05/kelias-e1558688400000.jpg",
    "2019/05/pasukta-rotated.jpg",
    "2019/05/planas-300x200.jpg",
    "2019/05/vaizdas.png",
]


@pytest.mark.parametrize(
    ("path", "original"),
    [
        ("2019/05/mugė.jpg", 0),
        ("2019/05/mugė-300x200.jpg", 0),
        ("2019/05/MUGĖ-1024x768.JPG", 0),
        ("2019/05/mugė-scaled.jpg", 0),
        ("2019/05/mugė-e1558688400000-300x200.jpg", 0),
        ("2019/05/mugė.jpg.webp", 0),
        ("2019/05/plakatas.jpg", 1),
        ("2019/05/plakatas-150x150.jpg", 1),
        ("2019/05/plakatas-scaled.jpg", 1),
        ("2019/05/kelias.jpg", 2),
        ("2019/05/kelias-e1558688400000-300x200.jpg", 2),
        ("2019/05/pasukta-300x200.jpg", 3),
        ("2019/05/planas-300x200.jpg", 4),
        ("2019/05/vaizdas-768x512.png", 5),
    ],
)
def test_a_size_of_a_picture_leads_to_the_picture(path, original):
    assert Media(None, KNOWN).canonical(path) == KNOWN[original]


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("2019/05/kita-300x200.jpg", "2019/05/kita.jpg"),
        ("2019/06/mugė.jpg", "2019/06/mugė.jpg"),
        ("2019/05/mugė.png", "2019/05/mugė.png"),
        ("2019/05/ataskaita-2019-2020.pdf", "2019/05/ataskaita-2019-2020.pdf"),
        ("", ""),
    ],
)
def test_a_path_of_no_known_file_loses_its_size_alone(path, left):
    assert Media(None, KNOWN).canonical(path) == left


def test_the_root_of_a_name_ends():
    assert root_of("a" + "-300x200" * 200 + ".jpg") == "a.jpg"


# --- From the old site itself -----------------------------------------------------------------------------------------


@pytest.fixture
def old_site():
    """
    A server that answers as `site.answers` says: {path: (status, headers, octets)}. `site.asked`: the paths, in order.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.path)
            status, headers, content = site.answers.get(self.path, (404, {}, b"nera"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.answers, site.asked = {}, []
    site.address = f"http://127.0.0.1:{site.server_port}"
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.shutdown()
    site.server_close()


FOLDER = "/wp-content/uploads"


def test_a_file_is_fetched_from_the_old_site(old_site):
    old_site.answers[f"{FOLDER}/2019/mug%C4%97%20%231.jpg"] = (200, {}, picture())
    image = Media(Remote(old_site.address + "/", pause=0)).bring(path="2019/mugė #1.jpg").image
    assert image.file.open().read() == picture()


def test_a_page_that_is_sent_for_a_file_is_no_file(old_site):
    old_site.answers[f"{FOLDER}/a.jpg"] = (200, {"Content-Type": "image/jpeg"}, HTML)
    assert Media(Remote(old_site.address, pause=0)).bring(path="a.jpg").remark.code == "file-refused"
    assert not CustomImage.everything.exists()


@pytest.mark.parametrize(("status", "code"), [(404, uploads.ABSENT), (410, uploads.ABSENT), (403, uploads.UNREACHABLE)])
def test_what_the_old_site_does_not_give_is_remarked(old_site, status, code):
    old_site.answers[f"{FOLDER}/a.jpg"] = (status, {}, picture())
    assert Media(Remote(old_site.address, pause=0)).bring(path="a.jpg").remark.code == code


def test_a_redirect_is_followed_within_the_site_alone(old_site):
    other = old_site.address.replace("127.0.0.1", "localhost")
    old_site.answers = {
        f"{FOLDER}/a.jpg": (301, {"Location": "/kitur/a.jpg"}, b""),
        "/kitur/a.jpg": (200, {}, picture()),
        f"{FOLDER}/b.jpg": (302, {"Location": f"{other}/kitur/a.jpg"}, b""),
        f"{FOLDER}/c.jpg": (302, {"Location": f"{FOLDER}/c.jpg"}, b""),
        f"{FOLDER}/d.jpg": (302, {"Location": "file:///etc/passwd"}, b""),
    }
    brings = Media(Remote(old_site.address, pause=0))
    assert brings.bring(path="a.jpg").image
    asked = len(old_site.asked)
    assert brings.bring(path="b.jpg").remark.code == uploads.UNREACHABLE
    assert len(old_site.asked) == asked + 1
    assert brings.bring(path="c.jpg").remark.code == uploads.UNREACHABLE
    assert brings.bring(path="d.jpg").remark.code == uploads.UNREACHABLE


def test_what_is_too_large_is_not_fetched_to_its_end(old_site, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024**2
    old_site.answers[f"{FOLDER}/a.pdf"] = (200, {}, GOOD["pdf"] + b"\x00" * 3 * 1024**2)
    with pytest.raises(Missing) as missing:
        Remote(old_site.address, pause=0).fetch("a.pdf")
    assert missing.value.code == uploads.TOO_LARGE


def test_a_site_that_sends_less_than_it_says_or_nothing_is_remarked(old_site, monkeypatch):
    old_site.answers[f"{FOLDER}/a.pdf"] = (200, {"Content-Length": "5000"}, GOOD["pdf"])
    assert Media(Remote(old_site.address, pause=0)).bring(path="a.pdf").remark.code == uploads.UNREACHABLE
    monkeypatch.setattr(uploads, "LONGEST", -1)
    old_site.answers[f"{FOLDER}/b.pdf"] = (200, {}, GOOD["pdf"])
    remark = Media(Remote(old_site.address, pause=0)).bring(path="b.pdf").remark
    assert "per lėtai" in remark.text
    nobody = Remote("http://127.0.0.1:9", pause=0)
    assert "neatsako" in Media(nobody).bring(path="a.pdf").remark.text


def test_the_old_site_is_asked_with_pauses(old_site, monkeypatch):
    slept = []
    monkeypatch.setattr(uploads.time, "sleep", slept.append)
    remote = Remote(old_site.address, pause=50)
    for path in ("a.jpg", "b.jpg"):
        with pytest.raises(Missing):
            remote.fetch(path)
    assert len(slept) == 1
    assert 40 < slept[0] <= 50


@pytest.mark.parametrize("path", [path for path in UNSAFE if path])
def test_no_path_leads_out_of_the_uploads_of_the_old_site(old_site, path):
    with pytest.raises(Missing):
        Remote(old_site.address, pause=0).fetch(path)
    assert old_site.asked == []


@pytest.mark.parametrize("address", ["", "senoji.lt", "ftp://senoji.lt", "file:///etc/passwd", "http://", "http://[x"])
def test_what_is_no_address_of_a_site_is_refused(address):
    with pytest.raises(ValueError, match=r".*"):
        Remote(address)


def test_a_post_has_no_file(tmp_path, media):
    item = next(open_export(export_file(tmp_path, [post()])).items())
    assert media({"x.jpg": b""}).bring(item).remark.code == "file-missing"
