"""
What may be uploaded, and what becomes of a file that another one replaces.

Wagtail looks at a document's extension alone; here its content must be of the kind that its name says. The list of
kinds is `settings.WAGTAILDOCS_EXTENSIONS`; each has a line in `CONTENTS`. Pictures are opened by Wagtail itself.
"""

import struct
import zipfile

from django import forms
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from core import trash

# An archive that unpacks to more is none that anybody opens on purpose.
UNPACKED_AT_MOST, FILES_AT_MOST = 500 * 1024 * 1024, 10_000
# How a compound file of Microsoft's begins, and how long an entry of its directory is.
OLE2, OLE2_ENTRY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 128
# How binary files begin that people know by other names.
BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
)


def is_pdf(file):
    """Readers of PDF look for the mark in the first kilobyte."""
    return b"%PDF-" in _beginning(file)


def is_rtf(file):
    """Rich text."""
    return _beginning(file).startswith(b"{\\rtf")


def is_text(file):
    """Text in any encoding of our letters: no zero octets, and nothing that begins as something else."""
    beginning = _beginning(file)
    return not beginning.startswith(BINARY) and not any(b"\x00" in chunk for chunk in file.chunks())


def is_archive(file):
    """A ZIP that unpacks to something of a sane size."""
    return _names_in(file) is not None


def is_office(folder):
    """A test for an office file of Microsoft's: a ZIP with this folder."""
    return lambda file: any(name.startswith(folder) for name in _names_in(file) or ())


def is_old_office(*streams):
    """
    A test for an office file of before 2007: an OLE2 compound file with one of these streams.

    Its directory has an entry of 128 octets for each stream: the name in UTF-16, its length at 64, its kind at 66.
    """
    heads = [name.encode("utf-16-le") + b"\x00\x00" for name in streams]

    def is_entry(entry):
        return entry[66:67] == b"\x02" and any(
            entry.startswith(head) and entry[64:66] == len(head).to_bytes(2, "little") for head in heads
        )

    def test(file):
        if not _beginning(file).startswith(OLE2):
            return False
        chunks = file.chunks(OLE2_ENTRY * 512)
        return any(is_entry(chunk[at : at + OLE2_ENTRY]) for chunk in chunks for at in range(0, len(chunk), OLE2_ENTRY))

    return test


def is_open_document(kind):
    """A test for an OpenDocument file: a ZIP that says its kind in its own words."""

    def test(file):
        if "mimetype" not in (_names_in(file) or ()):
            return False
        with zipfile.ZipFile(file) as archive, archive.open("mimetype") as said:
            return said.read(100).strip() == f"application/vnd.oasis.opendocument.{kind}".encode()

    return test


CONTENTS = {
    "csv": is_text,
    "doc": is_old_office("WordDocument"),
    "docx": is_office("word/"),
    "odp": is_open_document("presentation"),
    "odt": is_open_document("text"),
    "ods": is_open_document("spreadsheet"),
    "pdf": is_pdf,
    "ppt": is_old_office("PowerPoint Document"),
    "pptx": is_office("ppt/"),
    "rtf": is_rtf,
    "txt": is_text,
    "xls": is_old_office("Workbook", "Book"),
    "xlsx": is_office("xl/"),
    "zip": is_archive,
}


def _beginning(file):
    file.seek(0)
    return file.read(1024)


def _names_in(file):
    """The names in an archive; None where it is none, or too much."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.infolist()
            if len(inside) > FILES_AT_MOST or sum(one.file_size for one in inside) > UNPACKED_AT_MOST:
                return None
            return [one.filename for one in inside]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None


class KeepsReplacedFile:
    """A form whose new file sends the old one into the trash, as a row of its own that can be brought back."""

    def save(self, commit=True):
        """Put the old file aside before Wagtail would delete it."""
        if commit and "file" in self.changed_data and self.original_file:
            old = type(self.instance)._base_manager.get(pk=self.instance.pk)
            old.pk, old._state.adding = None, True
            old.title = f"{old.title[:200]} (ankstesnis failas)"
            old.save()
            trash.put_away([old])
            self.original_file = None
            self.instance.withdraw()
        return super().save(commit)


class DocumentForm(KeepsReplacedFile, BaseDocumentForm):
    """A document, whose content is what its name says."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Many files dropped at once come without it: then it is for everybody, as a new one is.
        if audience := self.fields.get("audience"):
            audience.required = False

    def clean_file(self):
        """Refuse a file that is not what it is called."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            extension = file.name.rpartition(".")[2].lower()
            test = CONTENTS.get(extension)
            if test and not test(file):
                raise forms.ValidationError(
                    f"Šis failas nėra „.{extension}“ arba yra sugadintas. Atverkite jį savo kompiuteryje ir įrašykite "
                    "iš naujo."
                )
            file.seek(0)
        return file


class ImageForm(KeepsReplacedFile, BaseImageForm):
    """A picture."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            file.to_python = refusing(file.to_python)


def refusing(read):
    """
    A field's reading that refuses what the library of pictures stumbles over.

    A file that is cut off, or whose head promises more than any picture has, is an error in Pillow, not a refusal.
    """

    def to_python(data):
        try:
            return read(data)
        except (Image.DecompressionBombError, OSError, SyntaxError, ValueError, struct.error) as error:
            raise forms.ValidationError(
                "Šio paveikslėlio atverti nepavyko: failas sugadintas arba nuotrauka per didelė. Sumažinkite ją arba "
                "įrašykite iš naujo."
            ) from error

    return to_python
