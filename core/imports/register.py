"""What a register says about its table."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from lithuanian.folding import fold


class RegisterTable:
    """
    The table of a register: what its export writes and its import reads.

    `fields` are its columns; `also_exported` columns that the import leaves alone; `named_by` the fields by which a row
    is called in verdicts; `file_name` what the files are called; `also_writes` the models of other registers whose new
    rows come along (`written_first`). The rules of the house: an empty cell changes nothing,
    nothing is deleted, what the file does not say is left as it is.
    """

    model = None
    fields = []
    also_exported = []
    also_writes = ()
    named_by = ("name",)
    file_name = "registras"
    # What the screens say above the table.
    introduction = ""

    def rows(self):
        """The rows of the register, with what the export and the matching read of them."""
        return self.model.objects.all()

    def finder(self, rows, user):
        """
        What tells which row of the register a row of a file is about; made once for a file.

        `row_for(values)` returns the row, a new unsaved one if none is known, and what to say of that; it raises
        `Refused`. `add(row)` remembers a new one for the rest of the file. `user` is who imports.
        """
        raise NotImplementedError

    def check(self, row):
        """What is wrong with a row as it would be saved: field name ("" for the row) → text."""
        return self.check_cells(row) or errors_of(row.clean)

    def check_cells(self, row):
        """The same, of each field by itself."""
        mine = {field.name for field in self.fields if not field.is_sure}
        others = [field.name for field in row._meta.fields if field.name not in mine or field.is_relation]
        return errors_of(lambda: row.clean_fields(exclude=others))

    def written_first(self, row):
        """New rows of other registers that this one needs: they are written before it."""
        return []

    def field(self, name):
        """The column of a field."""
        return next(field for field in self.fields if field.name == name)

    def guess(self, headings):
        """Which field each heading of a file stands for: a list of names, "" for none. No field twice."""
        guessed = []
        for heading in headings:
            fields = [field.name for field in self.fields if fold(heading) in field.names]
            guessed.append(fields[0] if fields and fields[0] not in guessed else "")
        return guessed

    def knows_all(self, headings, columns):
        """Whether every heading is either matched or one that the export writes for people only."""
        ours = {fold(field.heading) for field in self.also_exported}
        return all(column or fold(heading) in ours for heading, column in zip(headings, columns, strict=True))

    def missing(self, columns):
        """The headings of the columns that must be there and are not."""
        return [field.heading for field in self.fields if field.required and field.name not in columns]


def errors_of(look):
    """What `look` refuses: field name ("" for no field) → text."""
    try:
        look()
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        return {name.replace(NON_FIELD_ERRORS, ""): " ".join(messages) for name, messages in found.items()}
    return {}
