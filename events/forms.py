"""What an editor's form for an event checks beyond its fields."""

from django.utils import timezone

from core.models import Audience
from core.page_form import PageForm
from events.models.dates import EventDate
from events.models.registrations import Registration

KEEP_DATE = (
    "Netrinkite – pakeiskite būklę į „Atšaukta“ ir pastaboje parašykite, kodėl: ši data jau gali būti žmonių "
    "kalendoriuose arba į ją užsiregistruota."
)
CLOSES_EARLY = "Registracija turi baigtis vėliau, nei prasideda."
OPENS_LATE = "Tuo metu renginys jau bus prasidėjęs, todėl registruotis niekas nespėtų."
FOR_MEMBERS = "Renginį mato tik nariai, todėl ir registruotis gali tik jie: pasirinkite „Tik nariams“."
HAS_REGISTRATIONS = (
    "Jau yra registracijų, todėl jų būdo keisti negalima. Kad niekas daugiau nesiregistruotų, nurodykite „registracija "
    "iki“."
)


class EventPageForm(PageForm):
    """What would lose dates and registrations is refused even in a draft, the rest only at publishing."""

    def clean(self):
        """Refuse to delete a date that others know of, and a registration that lets nobody in."""
        cleaned_data = super().clean()
        dates = self.formsets["dates"]
        self._give_back_dates_to_keep(dates)
        self._check_registration(cleaned_data, dates)
        return cleaned_data

    def _check_registration(self, told, dates):
        """Say beside the field what would let nobody register, or lose those who have."""
        from events.models import RegistrationMode  # the models need this form

        mode, opens, closes = (told.get(name) for name in ("registration", "registration_opens", "registration_closes"))
        if opens and closes and closes <= opens:
            self.add_error("registration_closes", CLOSES_EARLY)
        registrations = Registration.objects.filter(event=self.instance.pk).active()
        if mode == RegistrationMode.EVENT:
            registrations = registrations.filter(date__isnull=False)
        elif mode == RegistrationMode.DATE:
            registrations = registrations.filter(date=None)
        if mode and self.instance.pk and registrations.exists():
            self.add_error("registration", HAS_REGISTRATIONS)
        if self.is_deferred_validation:
            return
        if mode != RegistrationMode.NONE and (told.get("audience"), told.get("registration_audience")) == (
            Audience.MEMBERS,
            Audience.PUBLIC,
        ):
            self.add_error("registration_audience", FOR_MEMBERS)
        rows = [form for form in dates.forms if form not in dates.deleted_forms] if dates.is_valid() else []
        starts = [form.cleaned_data["start"] for form in rows if form.cleaned_data.get("start")]
        if mode == RegistrationMode.EVENT and opens and starts and opens >= min(starts):
            self.add_error("registration_opens", OPENS_LATE)
        if mode == RegistrationMode.DATE:
            for form in rows:
                _check_own_times(form, opens, closes)

    def _give_back_dates_to_keep(self, dates):
        """Show a date that may not be deleted again, with the reason beside its status."""
        deleted = {form.instance.pk: form for form in dates.deleted_forms} if dates.is_valid() else {}
        for date in EventDate.objects.filter(pk__in=deleted).to_keep(timezone.now()):
            form = deleted[date.pk]
            form.data = form.data.copy()
            form.data[form.add_prefix("DELETE")] = ""
            form.add_error("status", KEEP_DATE)
            self.add_error(None, f"{date.when_text}: {KEEP_DATE[0].lower()}{KEEP_DATE[1:]}")


def _check_own_times(form, opens, closes):
    """The same for what one date says of its own, where its event says `opens` and `closes`."""
    names = ("start", "registration_opens", "registration_closes")
    start, own_opens, own_closes = (form.cleaned_data.get(name) for name in names)
    if own_opens and start and own_opens >= start:
        form.add_error("registration_opens", OPENS_LATE)
    if own_closes and opens and not own_opens and own_closes <= opens:
        form.add_error("registration_closes", CLOSES_EARLY)
    if own_opens and closes and not own_closes and closes <= own_opens:
        form.add_error("registration_opens", CLOSES_EARLY)
