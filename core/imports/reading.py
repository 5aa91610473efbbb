"""
A file as rows of text, or why it cannot be read. Nothing here knows a register.

A cell is text as it would stand in a CSV: a text that merely looks like a formula carries the mark `'`
(`core.spreadsheets.defused`), a formula does not. Files are bounded before they are opened: nobody's table of members
is larger, and a file made to fill the memory is.
"""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from zipfile import BadZipFile

from openpyxl import load_workbook

from core.spreadsheets import NO, YES, defused
from lithuanian.folding import fold
from lithuanian.numbers import format_number

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2000
MAX_COLUMNS = 60
MAX_CELL = 5000
# What an XLSX may be when unpacked, and how many empty rows may stand in it.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 500
MAX_EMPTY_ROWS = 5_000

SEPARATORS = ";,\t"
# How files begin that somebody may take for a table.
_OTHER_FILES = {
    b"\xd0\xcf\x11\xe0": "senas „Excel“ formatas (.xls) arba slaptažodžiu užrakinta knyga",
    b"%PDF": "PDF dokumentas",
    b"\x89PNG": "paveikslėlis",
    b"\xff\xd8\xff": "paveikslėlis",
    b"GIF8": "paveikslėlis",
    b"RIFF": "paveikslėlis ar garso įrašas",
    b"{\\rtf": "RTF dokumentas",
}
_SAVE_AS = "Išsaugokite lentelę kaip „Excel“ knygą (.xlsx) arba CSV ir įkelkite ją."
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


class Unreadable(Exception):
    """A file that is no table to import; the text says why and what to do, for whoever chose it."""


@dataclass
class Table:
    """A file's headings, and its rows: pairs of the row's number in the file and its cells, as many as headings."""

    headings: list
    rows: list


def read(file):
    """The Table in an uploaded file (`name`, `size`, `read`); raises `Unreadable`, and nothing else."""
    if file.size > MAX_BYTES:
        raise Unreadable(f"Failas per didelis: daugiausia {MAX_BYTES // 1024 // 1024} MB. {_too_many()}")
    content = file.read()
    if not content.strip():
        raise Unreadable("Failas tuščias.")
    for beginning, what in _OTHER_FILES.items():
        if content.startswith(beginning):
            raise Unreadable(f"Tai ne lentelė, o {what}. {_SAVE_AS}")
    rows = _rows_of_xlsx(content) if content.startswith(b"PK") else _rows_of_csv(_decoded(content))
    return _table(rows)


def _too_many():
    most = format_number(MAX_ROWS)
    return f"Vienu kartu importuojama iki {most} eilučių: padalykite lentelę į dalis."


# --- CSV --------------------------------------------------------------------------------------------------------------


def _decoded(content):
    """The text: UTF-8, UTF-16, or what a Lithuanian Excel writes."""
    has_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if has_mark else "utf-8-sig"
    # Without a mark, plain letters of UTF-16 are every second byte nothing.
    sample = content[:2000]
    if encoding == "utf-8-sig" and sample.count(0) > len(sample) // 4:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1257")
        except UnicodeDecodeError:
            raise Unreadable(f"Nepavyko atpažinti failo koduotės. {_SAVE_AS}") from None
    if _NO_TEXT.search(text):
        raise Unreadable(f"Faile yra ženklų, kurių lentelėje nebūna: tai ne CSV arba failas sugadintas. {_SAVE_AS}")
    return text


def _rows_of_csv(text):
    """Number and cells of every row."""
    separator = None
    first, _, rest = text.partition("\n")
    # The line by which Excel is told the separator.
    if told := re.fullmatch(r'"?sep=(.)"?\r?', first.strip(), re.IGNORECASE):
        separator, text = told[1], rest
    heading_line = next((line for line in text.splitlines() if line.strip(SEPARATORS + " ")), "")
    if separator is None:
        separator = max(SEPARATORS, key=lambda sign: len(next(csv.reader([heading_line], delimiter=sign), [])))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error as error:
        what = "neuždaryta kabutė" if "end of data" in str(error) or "limit" in str(error) else "netvarkingos kabutės"
        raise Unreadable(
            f"Po {number} eilutės – {what}. Pataisykite failą arba įkelkite „Excel“ knygą (.xlsx)."
        ) from None


# --- XLSX -------------------------------------------------------------------------------------------------------------


def _rows_of_xlsx(content):
    """Number and cells of every row of the first sheet."""
    broken = Unreadable(f"Failo nepavyko atverti: jis sugadintas arba tai ne „Excel“ knyga. {_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            if sum(sizes) > MAX_UNPACKED or len(sizes) > MAX_PARTS:
                raise Unreadable(f"Knyga per didelė. Ištrinkite tuščias eilutes ir kitus lapus. {_too_many()}")
            if "xl/workbook.xml" not in parts.namelist():
                raise Unreadable(f"Tai ne „Excel“ knyga. {_SAVE_AS}")
            workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            if merged := _MERGED.findall(parts.read(sheet._worksheet_path)):
                cells = ", ".join(ref.decode() for ref in merged[:5])
                raise Unreadable(
                    f"Lape yra sujungtų langelių ({cells}). Atjunkite juos: pirmoje eilutėje turi būti tik "
                    "stulpelių pavadinimai, o kiekvienas įrašas – vienoje eilutėje."
                )
            # What the file says of its size may be anything.
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
                yield number, [_cell(cell) for cell in row]
    except Unreadable:
        raise
    except (BadZipFile, KeyError, ValueError, IndexError, AttributeError, TypeError, OSError, EOFError) as error:
        raise broken from error
    except Exception as error:
        # XML that is broken or made to harm comes as errors of several libraries; none of them is ours.
        if type(error).__module__.partition(".")[0] in ("xml", "defusedxml", "openpyxl", "zlib", "zipfile"):
            raise broken from error
        raise


def _cell(cell):
    """A cell of a workbook as text."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return str(value) if str(value).startswith("=") else f"={value}"
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime | date):
        return _date(value, cell.number_format)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return _NO_TEXT.sub("", defused(str(value)))


def _date(value, number_format):
    """As precise as it is shown: "2015-06" that Excel took for the first of June stays a month."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format or "").lower()
    if "d" in shown or "y" not in shown:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"


# --- Both -------------------------------------------------------------------------------------------------------------


def _table(numbered_rows):
    """The first row that holds something is the headings; the rest, without empty rows, the data."""
    headings, rows, empty = None, [], 0
    for number, cells in numbered_rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            empty += 1
            if empty > MAX_EMPTY_ROWS:
                raise Unreadable("Lentelėje per daug tuščių eilučių. Ištrinkite jas ir įkelkite failą dar kartą.")
        elif headings is None:
            headings = _checked_headings(cells)
        else:
            _check_row(number, cells, headings)
            if len(rows) == MAX_ROWS:
                raise Unreadable(f"Eilučių per daug. {_too_many()}")
            rows.append([number, cells + [""] * (len(headings) - len(cells))])
    if headings is None:
        raise Unreadable("Failas tuščias.")
    if not rows:
        raise Unreadable("Lentelėje yra tik stulpelių pavadinimai: nėra ko importuoti.")
    return Table(headings, rows)


def _checked_headings(cells):
    if len(cells) > MAX_COLUMNS:
        raise Unreadable(f"Per daug stulpelių: daugiausia {MAX_COLUMNS}.")
    headings = [" ".join(cell.split())[:100] for cell in cells]
    seen = {}
    for at, heading in enumerate(headings):
        if not (key := fold(heading)):
            headings[at] = ""
        elif key in seen:
            raise Unreadable(f"Stulpelis „{heading}“ kartojasi. Palikite vieną arba pervadinkite.")
        seen[key] = at
    return headings


def _check_row(number, cells, headings):
    if len(cells) > len(headings):
        raise Unreadable(
            f"{number} eilutėje langelių daugiau ({len(cells)}) negu stulpelių pavadinimų ({len(headings)}). "
            "Veikiausiai tekste yra stulpelius skiriantis ženklas: tokį tekstą rašykite kabutėse arba įkelkite .xlsx."
        )
    if too_long := next((cell for cell in cells if len(cell) > MAX_CELL), None):
        raise Unreadable(f"{number} eilutėje langelis per ilgas: „{too_long[:40]}…“. Daugiausia {MAX_CELL} ženklų.")
