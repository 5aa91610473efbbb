"""
Open data: every register as flat rows, in JSON and CSV, documented where it is defined.

A `Dataset` names its fields once, with what each means; the exports and the page `/atviri-duomenys/` read them there.
"""

import csv
import json
from dataclasses import dataclass, field

from django.http import HttpResponse

# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

DATASETS = []


@dataclass
class Dataset:
    """
    One register as data. `fields` is a dict name → meaning (Lithuanian); `rows(request)` yields dicts with exactly
    those names, values being text, numbers, booleans, None, lists of text, or lists of dicts with a `name`.
    """

    name: str
    title: str
    fields: dict
    rows: object
    urls: object = None
    description: str = ""
    registered: bool = field(default=True, repr=False)

    def __post_init__(self):
        if self.registered:
            DATASETS.append(self)

    def json(self, request):
        """All rows as a JSON array."""
        text = json.dumps(list(self.rows(request)), ensure_ascii=False, indent=1)
        return self._response(text, "application/json", "json")

    def csv(self, request):
        """All rows as CSV: UTF-8 with BOM, comma between cells, `;` inside a list, no cell that runs as a formula."""
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
    """One value as the text of a CSV cell that no spreadsheet will run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        value = ";".join(str(item["name"] if isinstance(item, dict) else item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
