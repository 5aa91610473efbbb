"""The registrations of an event as a spreadsheet."""

from datetime import datetime

from django.utils import timezone
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.open_data import defused


class RegistrationSpreadsheet(SpreadsheetExportMixin):
    """CSV or XLSX of some registrations of an event: a column for everything told, for each question too."""

    headings = {
        "when": "Data",
        "name": "Vardas ir pavardė",
        "organisation": "Organizacija",
        "email": "El. paštas",
        "phone": "Telefonas",
        "people": "Kiek žmonių",
        "note": "Pastaba",
        "state": "Būsena",
        "by_staff": "Įrašė darbuotojai",
        "wants_reminder": "Priminti dieną prieš",
        "created_at": "Užsiregistravo",
        "queued_at": "Laukia nuo",
        "promoted_at": "Gavo vietą",
        "cancelled_at": "Atšaukta",
        "erased_at": "Duomenys ištrinti",
    }

    def __init__(self, event, registrations):
        self.registrations = list(registrations)
        asked = [question.text for question in event.questions.all()]
        # A question that is asked no more may have been answered before.
        answered = [answer["question"] for row in self.registrations for answer in row.answers]
        self.questions = list(dict.fromkeys([*asked, *answered]))
        self.list_export = [*self.headings, *(f"?{question}" for question in self.questions)]
        self.export_filename = f"registracijos-{event.slug}"

    def response(self, file_format):
        """The file, "csv" or "xlsx"."""
        return self.as_spreadsheet(self.registrations, file_format)

    def get_heading(self, queryset, field):
        """The column's name; a question is one that an editor wrote."""
        return self.headings.get(field) or defused(field[1:])

    def to_row_dict(self, item):
        """One registration, column by column; questions are marked by "?", so that none is taken for a column."""
        row = {name: getattr(item, name, "") for name in self.headings}
        row |= {"when": item.date.when_text if item.date else "", "state": item.get_state_display()}
        answers = {answer["question"]: answer["answer"] for answer in item.answers}
        return row | {f"?{question}": answers.get(question, "") for question in self.questions}

    def preprocess_field_value(self, field, value, export_format):
        """A cell as a person reads it: moments in Vilnius, yes and no, no text that a spreadsheet would run."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Taip" if value else "Ne"
        if isinstance(value, datetime):
            moment = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
            return moment if export_format == self.FORMAT_XLSX else f"{moment:%Y-%m-%d %H:%M}"
        if isinstance(value, int):
            return value
        # A control character, which somebody may send in a name, would spoil the whole file.
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        return defused(text) if export_format == self.FORMAT_CSV else text

    def stream_csv(self, queryset):
        """With a BOM, by which a spreadsheet knows UTF-8."""
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)
