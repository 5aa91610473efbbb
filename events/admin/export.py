"""The registrations of an event as a spreadsheet."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin


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
        return self.headings.get(field) or field[1:]

    def to_row_dict(self, item):
        """One registration, column by column; questions are marked by "?", so that none is taken for a column."""
        row = {name: getattr(item, name, "") for name in self.headings}
        row |= {"when": item.date.when_text if item.date else "", "state": item.get_state_display()}
        answers = {answer["question"]: answer["answer"] for answer in item.answers}
        return row | {f"?{question}": answers.get(question, "") for question in self.questions}
