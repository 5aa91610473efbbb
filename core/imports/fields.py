"""What the columns of a register's table hold: how a value is written to a cell and read from one."""

import re
from datetime import date
from difflib import get_close_matches

from django.utils.functional import cached_property

from core.spreadsheets import NO, YES, runs, undefused
from lithuanian.folding import fold

# What people write where there is nothing to write.
NOTHING = {"", "-", "–", "—"}
# "+370 612 34567", "-5": begins as a formula might and is none.
_NUMBER = re.compile(r"[+-]?[0-9 ().,/\-]*")
# What Excel makes of a long number: 3,70612E+10.
_SPOILT_NUMBER = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_FORMULA = "Langelyje – formulė. Nukopijuokite stulpelį ir įklijuokite kaip reikšmes."


class Refused(Exception):
    """A cell that cannot be read; the text says why, for whoever filled it in."""


def text_of(cell):
    """A cell as plain text, "" for an empty one. A formula is refused: what it gives may be anything."""
    text = cell.replace("\u00a0", " ").strip()
    if text in NOTHING:
        return ""
    if runs(text) and not _NUMBER.fullmatch(text):
        raise Refused(_FORMULA)
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise Refused("Skaičiuoklės klaida: langelyje nėra reikšmės. Įrašykite ją arba palikite langelį tuščią.")
    return undefused(text)


class Field:
    """
    A column: one field of the register's model, as text.

    `name` is the model's field, `heading` what the column is called, `aliases` what else people call it. `help` says
    in one sentence what to write, `example` stands in the template. `required` columns must be in the file.
    """

    # Whether what `read` gives needs no check by the model's field.
    is_sure = False

    def __init__(self, name, heading, *, aliases=(), help="", example="", required=False):  # noqa: A002
        self.name, self.heading, self.help, self.example, self.required = name, heading, help, example, required
        self.names = {fold(word) for word in (heading, *aliases)}

    def write(self, row):
        """The cell of a row of the register."""
        return getattr(row, self.name)

    def read(self, text):
        """The value behind a text that is not empty; `Refused` where there is none."""
        return " ".join(text.split())

    def put(self, row, value):
        """Give a row of the register the value."""
        setattr(row, self.name, value)

    @property
    def choices(self):
        """The only texts that may stand in the column, if there are such."""
        return []


class LinesField(Field):
    """Several texts, in the model one a line, in a cell parted by semicolons."""

    def write(self, row):
        """In one line."""
        return "; ".join(line.strip() for line in getattr(row, self.name).splitlines() if line.strip())

    def read(self, text):
        """One a line."""
        parts = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
        return "\n".join(part for part in parts if part)


class LongTextField(Field):
    """A text of several lines."""

    def write(self, row):
        """With the line ends of spreadsheets."""
        return "\n".join(getattr(row, self.name).splitlines())

    def read(self, text):
        """With its lines."""
        return "\n".join(text.splitlines())


class NumberedField(Field):
    """A telephone or a code: digits that are no number, which Excel likes to spoil."""

    def read(self, text):
        """As written."""
        if _SPOILT_NUMBER.fullmatch(text):
            raise Refused(f"Skaičiuoklė numerį sugadino ({text}). Stulpeliui nustatykite formatą „Tekstas“.")
        return super().read(text)


class CodeField(NumberedField):
    """A code: the same however it is spaced."""

    def read(self, text):
        """Without spaces."""
        return "".join(super().read(text).split())


class AddressField(Field):
    """An address on the web, often written without its beginning."""

    def read(self, text):
        """With it."""
        return text if "://" in text else f"https://{text}"


class ChoiceField(Field):
    """One of a list, by its name; `also` gives other names: text → value."""

    def __init__(self, name, heading, labels, *, also=None, **kwargs):
        super().__init__(name, heading, **kwargs)
        self.labels, self.also = labels, also or {}

    @property
    def choices(self):
        """The names."""
        return list(self.labels.values())

    @cached_property
    def values(self):
        """Folded name → value."""
        named = {fold(label): value for value, label in self.labels.items()}
        # „Viešoji įstaiga (VšĮ)“ is also „Viešoji įstaiga“ and „VšĮ“.
        for value, label in self.labels.items():
            for part in re.split(r"[()]", label):
                named.setdefault(fold(part), value)
            named.setdefault(fold(value), value)
        return {fold(word): value for word, value in self.also.items()} | named

    def write(self, row):
        """By its name."""
        return self.labels.get(str(getattr(row, self.name)), "")

    def read(self, text):
        """By any of its names."""
        if (key := fold(text)) not in self.values:
            names = {name: self.labels[value] for name, value in self.values.items()}
            raise Refused(f"Tokios reikšmės nėra. {suggestion(text, names) or f'Gali būti: {self.listed}'}")
        return self.values[key]

    @property
    def listed(self):
        """The names in one sentence."""
        return ", ".join(self.choices[:15]) + (" ir kt." if len(self.choices) > 15 else ".")


class RowField(Field):
    """A row of another register, by its name. `last_word` may be left off: „Alovės“ is „Alovės seniūnija“."""

    def __init__(self, name, heading, model, *, last_word="", **kwargs):
        super().__init__(name, heading, **kwargs)
        self.model, self.last_word = model, fold(last_word)

    @property
    def choices(self):
        """The names as they are now."""
        return list(self.model.objects.order_by("sort_key").values_list("name", flat=True))

    def rows(self):
        """Folded name → the rows that are called so. Asked once for a whole table."""
        named = {}
        for row in self.model.objects.all():
            key = fold(row.name)
            for name in {key, key.removesuffix(f" {self.last_word}")}:
                named.setdefault(name, []).append(row)
        return named

    def write(self, row):
        """By its name."""
        other = getattr(row, self.name)
        return other.name if other else ""

    def found(self, text, named):
        """The row called so, among those of `rows()`."""
        rows = named.get(fold(text), [])
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise Refused("Registre yra keli taip pavadinti įrašai. Langelį palikite tuščią, vėliau pasirinkite ranka.")
        names = {key: row.name for key, others in named.items() for row in others}
        raise Refused(f"Registre tokio įrašo nėra. {suggestion(text, names)}".strip())


class EDTFDateField(Field):
    """A date as precise as the source: 2015, 2015-06 or 2015-06-01, also as people write it (2015.06.01)."""

    def read(self, text):
        """As EDTF where it is plain what is meant; the model's field judges the rest."""
        plain = re.fullmatch(r"([0-9]{4})(?:[-. /]+([0-9]{1,2})(?:[-. /]+([0-9]{1,2}))?)?\.?(?: ?m\.?| ?d\.?)?", text)
        if not plain:
            return text
        year, *rest = (part for part in plain.groups() if part)
        return "-".join([year, *(part.zfill(2) for part in rest)])


class DayField(EDTFDateField):
    """A day."""

    def write(self, row):
        """A date: a spreadsheet knows it as such."""
        return getattr(row, self.name)

    def read(self, text):
        """A whole date."""
        try:
            return date.fromisoformat(super().read(text))
        except ValueError:
            raise Refused("Reikia visos datos, pavyzdžiui, 2026-03-31.") from None


class YesNoField(Field):
    """Yes or no. An empty cell is neither: nobody agrees by saying nothing."""

    WORDS = {"taip": True, "yes": True, "true": True, "1": True, "x": True, "ne": False, "no": False, "false": False}

    @property
    def choices(self):
        """Both words."""
        return [YES, NO]

    def read(self, text):
        """By its word."""
        key = fold(text)
        if key == "0":
            return False
        if key not in self.WORDS:
            raise Refused(f"Rašykite „{YES}“ arba „{NO}“.")
        return self.WORDS[key]


def suggestion(text, names):
    """„Gal „…“?“, or "" where nothing is like it; `names` is a dict folded name → name."""
    key = fold(text)
    begun = [name for folded, name in names.items() if key and folded.startswith(key)]
    close = begun[:1] or [names[folded] for folded in get_close_matches(key, names, 1, 0.7)]
    return f"Gal „{close[0]}“?" if close else ""
