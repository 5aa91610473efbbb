"""The two nights a year when the clocks in Lithuania change: one hour is missing, another comes twice."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


def clock_trouble(naive):
    """Why the clocks in Vilnius do not show `naive` (a datetime without a zone) exactly once; "" where they do."""
    zone = timezone.get_default_timezone()
    moment = naive.replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        return "Tokio laiko tą dieną nėra: laikrodžiai iš 3 val. pasukami į 4 val. Įrašykite kitą valandą."
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return "Toks laikas tą dieną būna du kartus: laikrodžiai iš 4 val. pasukami į 3 val. Įrašykite kitą valandą."
    return ""


class ClockField(forms.DateTimeField):
    """A day and hour as typed in Vilnius; Django has no Lithuanian words for the nights when the clocks change."""

    def to_python(self, value):
        """The moment, or what is wrong with it."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(clock_trouble(error.params["datetime"]), code=error.code) from error
