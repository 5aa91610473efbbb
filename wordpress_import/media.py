"""
The files of the old site: pictures into the library of pictures, documents into that of documents, each file once.

A file goes through the same door as one that an editor uploads (`core.uploads`): its kind, size and content are checked
there. What is refused is remarked in Lithuanian, and nothing of it stays.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.utils.file import hash_filelike

from core.models import CustomDocument, CustomImage
from core.uploads import CONTENTS
from lithuanian.typography import tidy
from wordpress_import import php
from wordpress_import.export import shown_text
from wordpress_import.remarks import Remark
from wordpress_import.uploads import Missing

# Where documents are kept that nobody but the staff could have had by a page of the old site.
CLOSED_COLLECTION = "Perkelta, neviešinti"
# Names that pictures go by; which of them the site keeps, the settings say.
PICTURE_NAMES = {"jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "heic", "bmp", "tif", "tiff", "svg", "ico"}
# Kinds whose content tells them from all the others: a file of one that is called by another's name gets its own.
TELLING = ("pdf", "doc", "xls", "ppt", "rtf", "docx", "xlsx", "pptx", "odt", "ods", "odp")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Brought:
    """
    What has become of a file: a picture, a document, or neither and a remark that says why.

    A document that was put among the closed ones comes with a remark, too.
    """

    image: CustomImage | None = None
    document: CustomDocument | None = None
    remark: Remark | None = None

    @property
    def thing(self):
        """The row, or None."""
        return self.image or self.document


class Media:
    """
    Brings the files of one export out of `source`: `Uploads`, `Remote`, or None where there is neither.

    known: the paths of all attachments of the export (`Head.file`), for `canonical`.
    """

    def __init__(self, source, known=()):
        self.source = source
        self._brought = {}  # (path, closed) → what became of it
        self._known = {path.casefold(): path for path in known if path}
        self._roots = {}
        for path in self._known.values():
            self._roots.setdefault(root_of(path), path)

    def canonical(self, path):
        """
        The attachment that a path below the uploads is of: "2019/05/mugė-300x200.jpg" is of "2019/05/mugė.jpg".

        A known path is its own, also one that looks like a size of another. Of an unknown one the size is taken off; if
        that is of no known file either, what is left of it is the answer.
        """
        for one in (path, _without_webp(path)):
            smaller = _SIZE.sub("", one)
            for candidate in (one, smaller, f"{_stem(smaller)}-scaled{_suffix(smaller)}"):
                if candidate.casefold() in self._known:
                    return self._known[candidate.casefold()]
            if root_of(one) in self._roots:
                return self._roots[root_of(one)]
        return _SIZE.sub("", path)

    def bring(self, item=None, path="", closed=False):
        """
        Bring the file of an attachment, or the file at `path`, which may be of no attachment. Returns `Brought`.

        item: an `Item` gives title, description and credit; a `Head` the title alone. closed: nobody could see what
        uses it; then a document is for the staff (`CLOSED_COLLECTION`). The file of a row that is there already is not
        stored again; a row that everybody may have is never handed out for a closed one's sake. To be called in a
        transaction that does nothing else: a file is not taken back with a later failure.
        """
        path = path or (item.file if item else "")
        if (path, closed) not in self._brought:
            self._brought[path, closed] = self._bring(item, path, closed)
        return self._brought[path, closed]

    def trouble(self, item=None, path=""):
        """What `bring` would refuse a file for: a `Remark`, or None. Nothing is stored."""
        try:
            with self._opened(path or (item.file if item else "")) as file:
                self._form(file, item)
        except _Refused as error:
            return error.remark
        return None

    def _bring(self, item, path, closed):
        try:
            with self._opened(path) as file:
                form = self._form(file, item)
                closed = closed and isinstance(form.instance, CustomDocument)
                row = self._same(form.instance, file, closed) or self._saved(form, closed)
        except _Refused as error:
            return Brought(remark=error.remark)
        if isinstance(row, CustomImage):
            return Brought(image=row)
        return Brought(document=row, remark=_kept_closed(row) if row.collection.name == CLOSED_COLLECTION else None)

    def _opened(self, path):
        """The file at a path, by the name that it will have."""
        name = PurePosixPath(path).name
        if not path or not name:
            raise _Refused("file-missing", "Įraše nepasakyta, kur jo failas: nėra ką perkelti.")
        if self.source is None:
            raise _Refused("file-missing", f"Failas „{name}“ neperkeltas: nenurodyta, kur senosios svetainės failai.")
        try:
            raw = self.source.fetch(path)
        except Missing as error:
            raise _Refused(error.code, f"Failas „{path[:200]}“ neperkeltas: {error}.") from error
        file = File(raw, name)
        try:
            file.name = named_as_it_is(file)
        except BaseException:
            raw.close()
            raise
        return file

    def _form(self, file, item):
        """The form that an editor would have filled in for the file, valid."""
        extension = _suffix(file.name).lstrip(".").lower()
        is_picture = extension in PICTURE_NAMES
        most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE if is_picture else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
        if file.size > most:  # before a library reads all of it
            raise _Refused("file-too-large", f"Failas „{file.name}“ neperkeltas: jis didesnis už {most // 1024**2} MB.")
        title = shown_text(item.title) if item else ""
        said = {"title": (title or _stem(file.name))[:255], "collection": Collection.get_first_root_node().pk}
        if is_picture:
            said |= {"description": described(item), "credit": credited(item)}
            form = get_image_form(CustomImage)(said, {"file": file})
        else:
            said |= {"audience": "public"}
            form = get_document_form(CustomDocument)(said, {"file": file})
        if not form.is_valid():
            reasons = " ".join(str(error) for errors in form.errors.values() for error in errors)
            raise _Refused("file-refused", f"Failas „{file.name}“ neperkeltas. {reasons}")
        return form

    def _same(self, row, file, closed):
        """The row with the same octets that is as open as it may be: none of the closed ones for an open use."""
        file.seek(0)
        same = type(row).objects.filter(file_hash=hash_filelike(file), file_size=file.size)
        file.seek(0)
        if isinstance(row, CustomDocument) and not closed:
            same = same.exclude(collection__name=CLOSED_COLLECTION)
        return same.order_by("pk").first()

    def _saved(self, form, closed):
        try:
            with transaction.atomic():
                row = form.save()
                if closed:
                    row.collection = closed_collection()
                    row.save(update_fields=["collection"])
                return row
        except BaseException:
            stored = form.instance.file
            if stored and stored._committed:
                stored.storage.delete(stored.name)
            raise


class _Refused(Exception):
    """A file is not brought."""

    def __init__(self, code, text):
        super().__init__(text)
        self.remark = Remark(code, text)


def _kept_closed(document):
    return Remark(
        "document-closed",
        f"Dokumentą „{document.title}“ senojoje svetainėje rodė tik nevieši įrašai, todėl jis padėtas į rinkinį "
        f"„{CLOSED_COLLECTION}“ ir atiduodamas tik darbuotojams. Jei jis skirtas visiems, pakeiskite jo rinkinį.",
    )


def closed_collection():
    """The collection of documents for the staff alone, made when it is first needed."""
    collection = Collection.objects.filter(name=CLOSED_COLLECTION).order_by("path").first()
    if collection:
        return collection
    with transaction.atomic():
        collection = Collection.get_first_root_node().add_child(name=CLOSED_COLLECTION)
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.set(
            Group.objects.filter(
                permissions__codename="access_admin", permissions__content_type__app_label="wagtailadmin"
            )
        )
    return collection


# --- Names ------------------------------------------------------------------------------------------------------------

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[^./]*$)")
_MADE_OF = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{13})(?=\.[^./]*$)")
_DOUBLE_WEBP = re.compile(r"(\.(?:jpe?g|png|gif))\.(?:webp|avif)$", re.IGNORECASE)


def root_of(path):
    """
    The path without all that WordPress adds to names of pictures: sizes, "-scaled", "-rotated", the mark of an edit.

    Pictures of one root are of one upload.
    """
    shorter = _MADE_OF.sub("", path.casefold())
    return shorter if shorter == path.casefold() else root_of(shorter)


def _without_webp(path):
    """Plugins put "mugė.jpg.webp" beside "mugė.jpg"."""
    return _DOUBLE_WEBP.sub(r"\1", path)


def _suffix(name):
    return PurePosixPath(name).suffix


def _stem(name):
    return name.removesuffix(_suffix(name)) if _suffix(name) else name


def named_as_it_is(file):
    """
    The name that a file gets: short enough to store, with the extension that its content has.

    A PNG called .jpg and a rich text called .doc open everywhere, and people have many; a file that is no kind of
    picture or document keeps its name and is refused by it. A second extension ("x.php.jpg") is none.
    """
    name = PurePosixPath(file.name).name
    extension = _suffix(name).lstrip(".").lower()
    if extension in PICTURE_NAMES:
        file.seek(0)
        guessed = filetype.guess_extension(file.read(8192))
        same = {extension, guessed} <= {"jpg", "jpeg"}
        if guessed in settings.WAGTAILIMAGES_EXTENSIONS and not same:
            extension = guessed
    elif extension in CONTENTS and not CONTENTS[extension](file):
        extension = next((kind for kind in TELLING if CONTENTS[kind](file)), extension)
    file.seek(0)
    stem = re.sub(r"\.(?=[^\W\d])", "-", _stem(name))[:LONGEST_NAME]
    return f"{stem}.{extension}" if extension else stem


# --- Words ------------------------------------------------------------------------------------------------------------

# "Nuotraukos autorius – X", "Nuotr. X", "© X", "Foto: X"; not "Fotografijų paroda".
_CREDIT = re.compile(
    r"(?:(?:nuotrauk\w*|foto(?:grafij\w*)?|paveiksl\w*) +(?:autor\w+|aut\.) *[-–—:]*|nuotr\.(?: *aut\.)? *[-–—:]*|©"
    r"|(?:foto(?:grafas|grafė)?|autor(?:ius|ė)|šaltinis) *[-–—:]) *(?P<who>.+)",
    re.IGNORECASE,
)


def described(item):
    """The alternative text of a picture, "" if the old site had none."""
    alt = getattr(item, "meta", {}).get("_wp_attachment_image_alt", [""])[0]
    return _cut(shown_text(alt), 255)


def credited(item):
    """Who made a picture: what its caption says of that, else the picture itself (IPTC, EXIF) as WordPress read it."""
    if not hasattr(item, "meta"):
        return ""
    if said := _CREDIT.fullmatch(shown_text(item.excerpt)):
        return _cut(said["who"], 200)
    try:
        about = php.loads(item.first_meta("_wp_attachment_metadata"))["image_meta"]
        return _cut(shown_text(str(about.get("credit") or about.get("copyright") or "")), 200)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def captioned(item):
    """The caption of a picture, as plain text; "" where it says nothing but who made it, which is the credit."""
    caption = shown_text(item.excerpt)
    return "" if _CREDIT.fullmatch(caption) else caption


def _cut(text, longest):
    """The text, or as many of its words as fit."""
    if len(text) <= longest:
        return text
    return tidy(f"{text[: longest - 1].rsplit(' ', 1)[0]}…")
