"""The dry run of an import: a verdict on every row of a file; and doing all of it, or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.history import keep_first_state, keep_version, tell
from core.imports.fields import Refused, RowField, text_of

EXAMPLE_MARK = "PAVYZDYS"
LOG_ACTION = "core.import"


class Kind(models.TextChoices):
    """What an import would do with a row of the file."""

    ERROR = "klaidos", "Klaida"
    CHANGED = "keiciasi", "Keisis"
    NEW = "nauji", "Naujas įrašas"
    SAME = "nesikeicia", "Nesikeičia"
    EXAMPLE = "pavyzdziai", "Pavyzdys – praleidžiama"


@dataclass
class Change:
    """A field that the import would change, in words."""

    heading: str
    before: str
    after: str


@dataclass
class Trouble:
    """What is wrong with a cell, or with the row where `heading` is ""."""

    heading: str
    cell: str
    message: str


@dataclass
class Verdict:
    """What an import would do with one row of the file, `number` as the spreadsheet counts it."""

    number: int
    label: str
    kind: Kind
    changes: list = field(default_factory=list)
    troubles: list = field(default_factory=list)
    note: str = ""
    row: object = None


class Plan:
    """
    What the import of a pending file would do now.

    Reads the register once and changes nothing; `locked` holds its rows until the transaction ends.
    """

    def __init__(self, table, pending, user, locked=False):
        self.table, self.pending, self.user = table, pending, user
        self.columns = [(at, table.field(name)) for at, name in enumerate(pending.columns) if name]
        self._named = {field.name: field.rows() for _, field in self.columns if isinstance(field, RowField)}
        rows = table.rows()
        self._finder = table.finder(rows.select_for_update(of=("self",)) if locked else rows, user)
        self._claimed = {}
        self.verdicts = [self._verdict(number, cells) for number, cells in pending.rows]
        self.counts = Counter(verdict.kind for verdict in self.verdicts)

    @property
    def is_possible(self):
        """Whether there is something to do and nothing wrong."""
        return not self.counts[Kind.ERROR] and bool(self.counts[Kind.NEW] or self.counts[Kind.CHANGED])

    @property
    def seal(self):
        """A digest of the whole plan: the same only while file and register are the same."""
        told = [
            [verdict.number, verdict.kind, verdict.row and verdict.row.pk, verdict.note]
            + [[change.heading, change.before, change.after] for change in verdict.changes]
            + [[trouble.heading, trouble.message] for trouble in verdict.troubles]
            for verdict in self.verdicts
        ]
        return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder).encode()).hexdigest()

    def _verdict(self, number, cells):
        if any(cell.startswith(EXAMPLE_MARK) for cell in cells):
            return Verdict(number, "", Kind.EXAMPLE)
        values, troubles = self._read(cells)
        label = " ".join(str(values.get(name, "")) for name in self.table.named_by).strip()
        refused = Verdict(number, label, Kind.ERROR, troubles=troubles)
        if troubles:
            refused.troubles += self._also_wrong(values, cells)
            return refused
        try:
            row, note = self._finder.row_for(values)
            if id(row) in self._claimed:
                raise Refused(f"Tas pats įrašas kaip {self._claimed[id(row)]} eilutėje: palikite vieną.")
        except Refused as error:
            refused.troubles = [Trouble("", "", str(error))]
            return refused
        is_new = row.pk is None
        before = {} if is_new else self._written(row)
        for _, column in self.columns:
            if column.name in values:
                put(row, column, values[column.name])
        after = self._written(row)
        wrong = self.table.check(row)
        if wrong:
            refused.troubles = [self._trouble(name, message, cells) for name, message in wrong.items()]
            return refused
        self._claimed[id(row)] = number
        if is_new:
            self._finder.add(row)
        changes = [
            Change(column.heading, before.get(column.name, ""), after[column.name])
            for _, column in self.columns
            if before.get(column.name, "") != after[column.name]
        ]
        kind = Kind.NEW if is_new else Kind.CHANGED if changes else Kind.SAME
        return Verdict(number, str(row), kind, changes, note=note, row=row)

    def _read(self, cells):
        """The values of a row's cells that are not empty, by field, and what is wrong with them."""
        values, troubles = {}, []
        for at, column in self.columns:
            try:
                if not (text := text_of(cells[at])):
                    continue
                if isinstance(column, RowField):
                    values[column.name] = column.found(text, self._named[column.name])
                else:
                    values[column.name] = column.read(text)
            except Refused as error:
                troubles.append(Trouble(column.heading, cells[at], str(error)))
        return values, troubles

    def _also_wrong(self, values, cells):
        """What else is wrong with the cells that can be read: all at once, so that nobody has to come back for it."""
        row = self.table.model()
        for _, column in self.columns:
            if column.name in values:
                column.put(row, values[column.name])
        wrong = self.table.check_cells(row)
        return [self._trouble(name, message, cells) for name, message in wrong.items() if name in values]

    def _written(self, row):
        return {column.name: str("" if (cell := column.write(row)) is None else cell) for _, column in self.columns}

    def _trouble(self, name, message, cells):
        for at, column in self.columns:
            if column.name == name:
                return Trouble(column.heading, cells[at], message)
        # A field without a column in this file: its name says what is missing.
        headings = {column.name: column.heading for column in self.table.fields}
        return Trouble(headings.get(name, ""), "", message)

    def carry_out(self):
        """Write every row that is new or changed, each with its version and an entry in its history."""
        written = []
        for verdict in self.verdicts:
            if verdict.kind == Kind.NEW:
                written += [(needed, True) for needed in self.table.written_first(verdict.row)]
            if verdict.kind in (Kind.NEW, Kind.CHANGED):
                written.append((verdict.row, verdict.kind == Kind.NEW))
        # Wagtail would bring its index of references up to date at every save: once a row is enough.
        with disable_reference_index_auto_update():
            for row, is_new in written:
                self._write(row, is_new)
        for row, _ in written:
            ReferenceIndex.create_or_update_for_object(row)

    def _write(self, row, is_new):
        if not is_new:
            keep_first_state(row)
        row.save()
        version = keep_version(row, self.user)
        data = {"file": self.pending.file_name, "new": is_new}
        tell(row, LOG_ACTION, user=self.user, revision=version, content_changed=True, data=data)


def put(row, column, value):
    """Give a row the value, unless it differs from what is there by spaces alone: typography stays."""
    kept, before = getattr(row, column.name, None), column.write(row)
    column.put(row, value)
    after = column.write(row)
    if isinstance(before, str) and isinstance(after, str) and before.split() == after.split():
        column.put(row, kept)


def carry_out(table, pending, user, seal):
    """
    Do all of it, if it is still what was shown: `seal` is that of the plan that the user has seen.

    Returns the plan, and whether it was done: else the register has changed since, and nothing is written.
    """
    # One import into a register at a time: two at once would both find a name missing and add it twice. Always in one
    # order, so that an import of members and one of organisations do not wait for each other.
    kinds = ContentType.objects.get_for_models(table.model, *table.also_writes).values()
    with transaction.atomic():
        list(ContentType.objects.select_for_update().filter(pk__in=[kind.pk for kind in kinds]).order_by("pk"))
        plan = Plan(table, pending, user, locked=True)
        if plan.seal != seal or not plan.is_possible:
            return plan, False
        try:
            with transaction.atomic():
                plan.carry_out()
                pending.delete()
        except IntegrityError:  # while it was written, somebody has saved the same code or address part by a form
            return plan, False
    return plan, True
