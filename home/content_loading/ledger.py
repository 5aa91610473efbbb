"""What was loaded before, and what it has become."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from home.models import LoadedContent


class ContentError(Exception):
    """A file of the content says something that cannot be: the message tells where and what."""


class Ledger:
    """What was ever loaded, by key: a model's name and the slug in the files, `organisation:traku-krasto-vvg`."""

    def __init__(self):
        self._keys = dict(LoadedContent.objects.values_list("key", "object_pk"))
        self.made = []

    def has(self, model, slug):
        """Whether this was loaded, now or at any time before."""
        return key(model, slug) in self._keys

    def add(self, model, slug, row):
        """Enter `row`, made a moment ago, as what the files call `slug`; `made` lists such rows in their order."""
        self.adopt(model, slug, row)
        self.made.append(row)

    def adopt(self, model, slug, row):
        """Enter `row`, which stood on the site before, as what the files call `slug`."""
        LoadedContent.objects.create(key=key(model, slug), object_pk=row.pk)
        self._keys[key(model, slug)] = row.pk

    def find(self, model, slug):
        """The object that the files call `slug`, whatever its slug is now; None if an editor has deleted it since."""
        if not self.has(model, slug):
            raise ContentError(f"There is no {key(model, slug)}.")
        return model.objects.filter(pk=self._keys[key(model, slug)]).first()


def key(model, slug):
    """The ledger's name for one thing."""
    return f"{model._meta.model_name}:{slug}"


def load_row(ledger, model, row, slug=None, **identity):
    """
    Make one row of a register from a row of a file, unless it was loaded before.

    `row` is a dict of field names and plain values, to which `values_of` gives the field's own type. `slug` names the
    row in the ledger where the model has none; `identity` is the lookup by which one that is already there is known
    (by default its slug). Returns whether a row was made.
    """
    slug = slug or row["slug"]
    if ledger.has(model, slug):
        return False
    there = model._base_manager.filter(**(identity or {"slug": slug})).first()
    if there:
        ledger.adopt(model, slug, there)
        return False
    made = model(**values_of(model, row, ledger), **identity)
    made.full_clean(exclude=[field.name for field in model._meta.fields if not field.editable])
    made.save()
    if hasattr(made, "save_revision"):
        made.save_revision()
    ledger.add(model, slug, made)
    return True


def values_of(model, row, ledger):
    """
    A row of a file as the keyword arguments of `model`: a slug where the model has a foreign key becomes the object, a
    list where it has a text becomes lines, any other text what the field makes of it (a date, an amount). Raises
    `ContentError` for a name that the model does not know and a value that its field refuses.
    """
    values = {}
    for name, value in row.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise ContentError(f"{row}: {error}") from error
        if isinstance(field, models.ForeignKey) and isinstance(value, str):
            value = ledger.find(field.related_model, value)
        elif isinstance(field, models.TextField) and isinstance(value, list):
            value = "\n".join(value)
        elif isinstance(value, str):
            value = _cleaned(field, value, row)
        values[name] = value
    return values


def _cleaned(field, text, row):
    try:
        return field.clean(text, None)
    except ValidationError as error:
        raise ContentError(f"{row}: {field.name}: {' '.join(error.messages)}") from error
