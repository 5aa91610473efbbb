"""The file to fill in: headings as the import knows them, an example, and what to write where."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from core.imports.plan import EXAMPLE_MARK
from core.imports.reading import MAX_ROWS
from core.spreadsheets import SEPARATOR, defused, heading_cells, xlsx_cell


def example_of(table):
    """The example row: marked, so that the import passes it by if it stays."""
    first, *others = table.fields
    return [f"{EXAMPLE_MARK}: {first.example}", *(field.example for field in others)]


def csv_template(table):
    """UTF-8 with a BOM, the cells parted as a Lithuanian Excel reads them."""
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=SEPARATOR)
    writer.writerow(field.heading for field in table.fields)
    writer.writerow(map(defused, example_of(table)))
    return text.getvalue().encode()


def xlsx_template(table):
    """A workbook: the table, in which what can be chosen is chosen from a list, and a sheet that explains it."""
    workbook = Workbook(write_only=True)
    sheet, explained = workbook.create_sheet("Pildyti"), workbook.create_sheet("Paaiškinimai")
    sheet.freeze_panes = "A2"
    lists = {}
    for number, field in enumerate(table.fields):
        if field.choices:
            lists[number] = field.choices
    for at, (number, choices) in enumerate(lists.items(), 5):
        listed = DataValidation("list", f"Paaiškinimai!${_letter(at)}$2:${_letter(at)}${len(choices) + 1}")
        listed.showErrorMessage = False
        listed.add(f"{_letter(number + 1)}2:{_letter(number + 1)}{MAX_ROWS + 1}")
        sheet.data_validations.append(listed)
    sheet.append(heading_cells(sheet, [field.heading for field in table.fields]))
    sheet.append(_example_cells(sheet, table))
    # Codes and telephones stay text while they are typed.
    for letter, width in zip("ABC", (26, 14, 90), strict=True):
        explained.column_dimensions[letter].width = width
    titles = ["Stulpelis", "Privalomas", "Ką rašyti", "", *(table.fields[number].heading for number in lists)]
    rows = [[field.heading, "Taip" if field.required else "", field.help] for field in table.fields]
    rows.append(["", "", f"Eilutę, kuri prasideda žodžiu „{EXAMPLE_MARK}“, importas praleidžia: galite ją ištrinti."])
    rows.append(["", "", "Tuščias langelis nieko nekeičia. Importas nieko neištrina."])
    columns = list(lists.values())
    longest = max([len(rows), *map(len, columns)])
    explained.append(_bold(explained, titles))
    for at in range(longest):
        row = [*(rows[at] if at < len(rows) else ["", "", ""]), ""]
        explained.append([_wrapped(explained, text) for text in row + [_at(column, at) for column in columns]])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


FORMATS = {
    "xlsx": (xlsx_template, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv_template, "text/csv; charset=utf-8"),
}


def _letter(number):
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _at(column, number):
    return column[number] if number < len(column) else ""


def _bold(sheet, texts):
    for text in texts:
        cell = xlsx_cell(sheet, text)
        cell.font = Font(bold=True)
        yield cell


def _wrapped(sheet, text):
    cell = xlsx_cell(sheet, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _example_cells(sheet, table):
    for text in example_of(table):
        cell = xlsx_cell(sheet, text)
        cell.font = Font(italic=True, color="00666666")
        yield cell
