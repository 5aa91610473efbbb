"""
What WordPress calls XML, made into XML: octets of an export become text that a parser reads.

Exports in the wild hold what XML forbids: a notice of PHP's before the first line, control characters that somebody
pasted, `&nbsp;` that nothing declares, a bare `&`, references to characters that do not exist. What is between
`<![CDATA[` and `]]>` is text and stays as it is, but for the characters that XML has no place for.
"""

import codecs
import hashlib
import html
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

CHUNK = 64 * 1024
# How far into a file its beginning may be, behind notices and blank lines.
BEGINS_WITHIN = 64 * 1024
# Files of the region's older sites; UTF-8 needs no declaration here.
OLD_ENCODINGS = re.compile(r"(?:windows-|cp)125\d|iso-8859-\d{1,2}|latin-?\d{1,2}", re.IGNORECASE)
OLDEST_GUESS = "windows-1257"

_DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""")
_ESCAPED_OCTET = re.compile("[\udc80-\udcff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGINNING = re.compile(r"<\?xml\b|<rss\b")
_XML_DECLARATION = re.compile(r"<\?xml\b[^<>]*\?>")
_REFERENCE = re.compile(r"&(#[0-9]{1,10};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{0,40};)?")
_OF_XML = {"lt;", "gt;", "amp;", "quot;", "apos;"}
_OPENS, _CLOSES = "<![CDATA[", "]]>"
_LAST_TAG = re.compile(r"<([^\s<>/!?]+)[^<>]*>\s*\Z")
# Elements whose text is whatever people wrote. WordPress before 3.5 let a `]]>` of theirs end the section.
_FREE_TEXT = ("encoded", "meta_value", "comment_content", "description")
# As far as one looks ahead or back from a mark: a tag of WordPress's with its attributes.
_NEAR = 400


@dataclass(frozen=True)
class Octets:
    """What one look at all octets of a file tells: its SHA-256, the encoding of its text, its size in octets."""

    digest: str
    encoding: str
    size: int


def look_at(file):
    """
    Read a file, open for octets, to its end. Returns `Octets`.

    What can be UTF-8 is UTF-8, whatever it declares. Else the declared encoding counts, if it is an old one of the
    region; else, where nothing but ASCII can be read as UTF-8, `OLDEST_GUESS`.
    """
    digest, size, beginning = hashlib.sha256(), 0, None
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    sound = damaged = False
    while chunk := file.read(16 * CHUNK):
        beginning = beginning or chunk[:BEGINS_WITHIN]
        digest.update(chunk)
        size += len(chunk)
        text = decoder.decode(chunk)
        if not text.isascii():
            escaped = len(_ESCAPED_OCTET.findall(text))
            damaged = damaged or escaped > 0
            sound = sound or len(text) - len(text.encode("ascii", "ignore")) > escaped
    return Octets(digest.hexdigest(), _encoding(beginning or b"", sound, damaged), size)


def _encoding(beginning, sound, damaged):
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if damaged:
        declared = _DECLARED.search(beginning)
        if declared and OLD_ENCODINGS.fullmatch(declared[1].decode()):
            return declared[1].decode()
        if not sound:
            return OLDEST_GUESS
    return "utf-8-sig"


class NoBeginning(Exception):
    """A text in which neither XML nor RSS begins. `start`: how it starts."""

    def __init__(self, start):
        super().__init__()
        self.start = start


class Cleaner:
    """
    The text of an export, cleaned, in pieces.

    removed: how many characters were taken out or could not be read (those stand as U+FFFD). lines_before: how many
    lines stood before the beginning. junk: what stood there.
    """

    def __init__(self, file, encoding):
        """file: open for octets, at its start."""
        self.removed, self.lines_before, self.junk = 0, 0, ""
        self._file, self._encoding = file, encoding
        self._rest = ""  # read and not yet given out
        self._inside = False  # whether `_rest` is inside a CDATA section
        self._element = ""  # the name of the element that the section is in, where it holds free text
        self._markup = ""  # the last of the markup before `_rest`

    def pieces(self):
        """Yield the text piece by piece, without the XML declaration. Raises `NoBeginning`."""
        texts = self._texts()
        start = ""
        for text in texts:
            start += text
            if len(start) >= BEGINS_WITHIN:
                break
        begins = _BEGINNING.search(start)
        if not begins:
            raise NoBeginning(start)
        self.junk = start[: begins.start()]
        self.lines_before = self.junk.count("\n")
        yield self._clean(_XML_DECLARATION.sub("", start[begins.start() :], count=1))
        for text in texts:
            yield self._clean(text)
        yield self._clean("", last=True)

    def _texts(self):
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        while chunk := self._file.read(CHUNK):
            yield self._valid(decoder.decode(chunk))
        yield self._valid(decoder.decode(b"", final=True))

    def _valid(self, text):
        text, removed = _NOT_XML.subn("", text)
        self.removed += removed + text.count("\ufffd")
        return text

    def _clean(self, text, last=False):
        """The next of the text. What may go on in the text after it is kept for then."""
        rest, at, out = self._rest + text, 0, []
        waits = False
        while not waits:
            taken, waits = (self._section if self._inside else self._outside)(rest, at, last, out)
            at += taken
        self._rest = rest[at:]
        return "".join(out)

    def _outside(self, rest, at, last, out):
        """Markup up to the next section, or as much of it as is there whole. Returns how much, and if that is all."""
        opens = rest.find(_OPENS, at)
        end = opens
        if opens < 0:
            end = len(rest)
            begun = max(rest.rfind("<", at), rest.rfind("&", at))
            if not last and begun >= at and end - begun < _NEAR:
                end = begun
        markup = rest[at:end]
        self._markup = (self._markup + markup)[-_NEAR:]
        out.append(_REFERENCE.sub(self._reference, markup) if "&" in markup else markup)
        if opens < 0:
            return end - at, True
        out.append(_OPENS)
        self._inside = True
        if self._markup.strip():  # else it goes on with the section before
            tag = _LAST_TAG.search(self._markup)
            self._element = tag[1] if tag and tag[1].endswith(_FREE_TEXT) else ""
        return end - at + len(_OPENS), False

    def _section(self, rest, at, last, out):
        """Text of a section up to the next `]]>`; the same."""
        closes = rest.find(_CLOSES, at)
        if closes < 0:
            end = len(rest) if last else max(at, len(rest) - len(_CLOSES) + 1)
            out.append(rest[at:end])
            return end - at, True
        after = closes + len(_CLOSES)
        if not last and len(rest) - after < _NEAR:
            out.append(rest[at:closes])
            return closes - at, True
        out.append(rest[at:closes])
        follows = rest[after : after + _NEAR].lstrip()
        if self._element and not follows.startswith((f"</{self._element}", _OPENS)):
            out.append(f"]]{_CLOSES}{_OPENS}>")
        else:
            out.append(_CLOSES)
            self._inside, self._markup = False, ""
        return after - at, False

    def _reference(self, match):
        """A reference outside a section, as XML can have it."""
        name = match[1]
        if name in _OF_XML:
            return match[0]
        character = html.unescape(match[0]) if name else match[0]
        if character == match[0]:  # no reference at all, or one that nobody knows
            return f"&amp;{name or ''}"
        valid = _NOT_XML.sub("", character).replace("\ufffd", "")
        if not valid:
            self.removed += 1
        return escape(valid)
