"""Model fields of our own."""

from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from lithuanian.dates import InvalidDate, edtf_bounds, edtf_to_text

EDTF_HELP = (
    "Tiek tiksliai, kiek žinoma: diena 2022-01-11, mėnuo 2022-07, metai 2021, laikotarpis 2012-01-24/2012-01-26, "
    "„nuo“ 2015-10-01/.., metų laikas 2022-23 (21 pavasaris, 22 vasara, 23 ruduo, 24 žiema)."
)


def validate_edtf(value):
    """Refuse what is not an EDTF date that the site can say in Lithuanian."""
    try:
        edtf_bounds(value)
        edtf_to_text(value)
    except InvalidDate as error:
        raise ValidationError(str(error), code="edtf") from error


class EDTFField(models.CharField):
    """
    A date as precise as its source (EDTF, Library of Congress, level 0–1), kept as text: never padded to a day.

    `earliest` and `latest` name two DateFields of the same model, declared after this one, that are filled at every
    save with the earliest and latest possible day, for sorting and filters. An open start is `date.min`, an open end
    `date.max`; an unknown date leaves both empty.
    """

    default_validators = [validate_edtf]

    def __init__(self, *args, earliest=None, latest=None, **kwargs):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("help_text", EDTF_HELP)
        self.earliest_name, self.latest_name = earliest, latest
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Keep the names of the derived columns in migrations; the help text is no part of the schema."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs | {"earliest": self.earliest_name, "latest": self.latest_name}

    def pre_save(self, model_instance, add):
        """
        Fill the derived days just before the row is written; none for what is no date, which only a draft may hold
        (`core.page_form`).
        """
        value = super().pre_save(model_instance, add)
        if self.earliest_name:
            earliest, latest = (None, None)
            if value:
                with suppress(InvalidDate):
                    earliest, latest = edtf_bounds(value)
                    earliest, latest = earliest or date.min, latest or date.max
            setattr(model_instance, self.earliest_name, earliest)
            setattr(model_instance, self.latest_name, latest)
        return value


def last_day(value):
    """The latest day that an EDTF text can mean; None where it is empty, open at its end or no date."""
    try:
        return edtf_bounds(value)[1] if value else None
    except InvalidDate:
        return None


def newest_first(prefix):
    """
    The one order of things dated as precisely as their source: latest possible day, then earliest, newest first.

    `prefix` is the name of the EDTF field whose derived columns are `<prefix>_earliest` and `<prefix>_latest`. Rows
    without a date come last. Returns expressions for `order_by()`.
    """
    return (
        models.F(f"{prefix}_latest").desc(nulls_last=True),
        models.F(f"{prefix}_earliest").desc(nulls_last=True),
    )
