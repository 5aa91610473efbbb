"""
Tables that leave the site and open right in a spreadsheet: one way for all of them.

`defused` knows which text a spreadsheet would run. `make_exports_safe` teaches it to Wagtail's export, on which the
registers, the registrations, the reports and whatever comes rest; open data uses it in `core.open_data`.
"""

import csv
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, CSV injection), in its full-width form
# too, and some look past the space before it.
FORMULA_STARTS = tuple("=+-@＝＋－＠")
# What parts the cells of a CSV for the staff: a Lithuanian Excel reads no other without being asked.
SEPARATOR = ";"
YES, NO = "Taip", "Ne"


def runs(text):
    """Whether a spreadsheet would run this text."""
    return text.lstrip().startswith(FORMULA_STARTS) or text.startswith(("\t", "\r", "\n"))


def defused(text):
    """A text that a spreadsheet takes for text: marked with `'` where it would run it as a formula."""
    return f"'{text}" if runs(text) else text


def undefused(text):
    """What `defused` was given: the mark taken off again."""
    return text[1:] if text.startswith("'") and runs(text[1:]) else text


def without_control_characters(text):
    """A text without those signs that would spoil a whole XLSX file; somebody may send them in a name."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def cell_value(value, is_xlsx):
    """
    One value as a person reads it: yes and no in words, moments in Vilnius, numbers and dates as such in XLSX.

    In CSV no cell runs as a formula; in XLSX every text is typed as one.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        moment = moment.replace(tzinfo=None, microsecond=0)
        return moment if is_xlsx else f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, float | Decimal) and not is_xlsx:
        return str(value).replace(".", ",")  # „12.5“ would become the 12th of May
    if not isinstance(value, str):
        return value
    text = without_control_characters(value)
    return text if is_xlsx else defused(text)


class SafeExport:
    """What takes the place of the same methods of Wagtail's `SpreadsheetExportMixin`."""

    def preprocess_field_value(self, field, value, export_format):
        """As Wagtail or the view prepares it, then safe."""
        if not isinstance(value, bool | datetime):
            prepare = self.get_preprocess_function(field, value, export_format)
            value = prepare(value) if prepare else value
        return cell_value(value, export_format == self.FORMAT_XLSX)

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        """The cells of a row: text stays text, also after somebody has clicked into it."""
        for field, value in row_dict.items():
            yield xlsx_cell(worksheet, self.preprocess_field_value(field, value, self.FORMAT_XLSX))

    def stream_csv(self, queryset):
        """UTF-8 with a BOM, by which a spreadsheet knows it; no heading runs either."""
        yield "\ufeff".encode()
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=SEPARATOR)
        headings = {field: cell_value(self.get_heading(queryset, field), is_xlsx=False) for field in self.list_export}
        yield writer.writerow(headings)
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))

    def write_xlsx(self, queryset, output):
        """The workbook, its headings in bold and in sight."""
        from openpyxl import Workbook

        workbook = Workbook(write_only=True, iso_dates=False)
        sheet = workbook.create_sheet(title="Lapas1")
        sheet.freeze_panes = "A2"
        sheet.append(heading_cells(sheet, [self.get_heading(queryset, field) for field in self.list_export]))
        for item in queryset:
            sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(item)))
        workbook.save(output)


def heading_cells(sheet, headings):
    """The first row of a write-only sheet; columns as wide as they need to be."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(14, min(40, len(heading) + 4))
        cell = xlsx_cell(sheet, without_control_characters(heading))
        cell.font = Font(bold=True)
        yield cell


def xlsx_cell(sheet, value):
    """A typed cell; a text that would be run is marked as text."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = runs(value)
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    return cell


def make_exports_safe():
    """Every export of the admin, ours and Wagtail's: its own leaves formulas in CSV and says no encoding."""
    for name, method in vars(SafeExport).items():
        if not name.startswith("__"):
            setattr(SpreadsheetExportMixin, name, method)
