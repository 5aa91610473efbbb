"""
Open data: every register as flat rows, in JSON and CSV, documented where it is defined.

A `Dataset` names its fields once, with what each means; the exports and the page `/atviri-duomenys/` read them there.
The index page that serves a dataset lists it in its `exports`.
"""

import csv
import json
from dataclasses import dataclass

from django.http import HttpResponse

from core.spreadsheets import defused


@dataclass
class Dataset:
    """
    One register as data. `fields` is a dict name → meaning (Lithuanian); `rows(request)` yields dicts with exactly
    those names, values being text, numbers, booleans, None, lists of text, or lists of dicts that begin with a name.
    """

    name: str
    title: str
    fields: dict
    rows: object

    def json(self, request):
        """All rows as a JSON array."""
        text = json.dumps(list(self.rows(request)), ensure_ascii=False, indent=1)
        return self._response(text, "application/json", "json")

    def csv(self, request):
        """All rows as CSV: UTF-8 with BOM, comma between cells, no cell that runs as a formula. Lists: see `cell`."""
        response = self._response("\ufeff", "text/csv; charset=utf-8", "csv")
        writer = csv.writer(response)
        writer.writerow(self.fields)
        for row in self.rows(request):
            writer.writerow([cell(row[name]) for name in self.fields])
        return response

    def _response(self, content, content_type, extension):
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'inline; filename="{self.name}.{extension}"'
        response["Access-Control-Allow-Origin"] = "*"
        return response


def cell(value):
    """
    One value as the text of a CSV cell that no spreadsheet will run.

    The items of a list are joined by `;`. An item that is a dict stands as its name with the rest in brackets:
    `Märkische Seen (DE, partner)`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        # Each item by itself: where `;` parts cells, as in a Lithuanian Excel, every item may begin one.
        return ";".join(defused(_item(item)) for item in value)
    return defused(str(value))


def _item(item):
    if not isinstance(item, dict):
        return str(item)
    name, *rest = (str(part) for part in item.values() if part)
    return f"{name} ({', '.join(rest)})" if rest else name
