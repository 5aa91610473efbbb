"""The "repeat" helper of an event's form: asks for days, answers with rows to review. Nothing is saved here."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.clocks import ClockField, clock_trouble
from events.calendar import YEARS
from events.repetition import MOST, NotTheLast, Rhythm, TooMany, repeated_days
from lithuanian.dates import format_date, format_month, weekday_name
from lithuanian.plurals import counted

RHYTHMS = {
    Rhythm.WEEKLY: "Kas savaitę",
    Rhythm.FORTNIGHTLY: "Kas dvi savaites",
    Rhythm.MONTHLY_BY_DAY: "Kas mėnesį tą pačią dieną (pvz., 15 d.)",
    Rhythm.MONTHLY_BY_WEEKDAY: "Kas mėnesį tą pačią savaitės dieną (pvz., antrą antradienį)",
    Rhythm.MONTHLY_BY_LAST_WEEKDAY: "Kas mėnesį paskutinę savaitės dieną (pvz., paskutinį penktadienį)",
}
AS_TYPED = "%Y-%m-%d %H:%M"


class RepeatForm(forms.Form):
    """The first date as typed, and how it comes again. After validation `rows` and `skipped` are there."""

    start = ClockField(error_messages={"required": "Pirmiausia įrašykite pirmosios datos pradžią."})
    end = ClockField(required=False)
    all_day = forms.BooleanField(required=False)
    rhythm = forms.ChoiceField(choices=list(RHYTHMS.items()))
    until = forms.DateField(required=False, error_messages={"invalid": "Įrašykite dieną taip: 2027-05-31."})
    times = forms.IntegerField(
        required=False,
        min_value=2,
        max_value=MOST,
        error_messages={
            "invalid": "Įrašykite skaičių.",
            "min_value": "Kartų turi būti bent du.",
            "max_value": f"Vienu kartu – ne daugiau kaip {MOST} datų.",
        },
    )

    def clean(self):
        """Count the days; refuse what cannot be counted, beside the field that says so."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        ends = cleaned["start"], cleaned["end"]
        start, end = (moment and timezone.localtime(moment).replace(tzinfo=None) for moment in ends)
        until, times = cleaned["until"], cleaned["times"]
        if end and end < start:
            self.add_error("end", "Pirmosios datos pabaiga ankstesnė už pradžią.")
        elif bool(until) == bool(times):
            self.add_error("until", "Nurodykite viena: iki kurios dienos kartoti arba kiek kartų.")
        elif until and (until <= start.date() or until.year not in YEARS):
            self.add_error("until", "Ši diena turi būti vėlesnė už pirmąją datą.")
        else:
            self._count(start, end, until, times)
        return cleaned

    def _count(self, start, end, until, times):
        try:
            days, months = repeated_days(start.date(), self.cleaned_data["rhythm"], until=until, times=times)
        except TooMany:
            self.add_error("until", f"Iki šios dienos datų būtų daugiau kaip {MOST}. Pasirinkite artimesnę.")
            return
        except NotTheLast:
            name = weekday_name(start.date())
            self.add_error("rhythm", f"Pirmoji data – ne paskutinis mėnesio {name}. Pasirinkite kitą ritmą ar dieną.")
            return
        if self.cleaned_data["all_day"]:
            start, end = (moment and datetime.combine(moment, time()) for moment in (start, end))
        self.rows, self.skipped = [], [format_month(month.year, month.month) for month in months]
        for day in days[1:]:
            # The same hours on the clock, also where a clock change lies between.
            moments = [moment and moment + (day - start.date()) for moment in (start, end)]
            if trouble := next(filter(None, (clock_trouble(moment) for moment in moments if moment)), ""):
                self.skipped.append(f"{format_date(day)} ({trouble.partition(':')[0].lower()})")
            else:
                self.rows.append([moment.strftime(AS_TYPED) if moment else "" for moment in moments])


@require_safe
def repeat(request):
    """
    The dates that an event's first date comes again, as {"rows": [[start, end], …], "text": …}; 400 with {"errors"}.

    `?have=` are the starts that stand in the form already: they are not made twice.
    """
    if not PagePermissionPolicy().user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied("May edit no page")
    form = RepeatForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": {name: errors[0] for name, errors in form.errors.items()}}, status=400)
    rows = [row for row in form.rows if row[0] not in request.GET.getlist("have")]
    text = "Visos šios datos jau įrašytos."
    if rows:
        text = f"Įrašyta: {counted(len(rows), 'data', 'datos', 'datų')}. Peržiūrėkite jas aukščiau ir išsaugokite."
    if form.skipped:
        text += f" Praleista, nes tokios datos nėra: {', '.join(form.skipped).removesuffix('.')}."
    return JsonResponse({"rows": rows, "text": text})
