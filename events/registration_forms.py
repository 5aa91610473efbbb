"""The forms by which one registers, changes what one has told, and asks for the way back to it."""

import re

from django import forms
from django.core.validators import RegexValidator

from core.forms import GuardedForm
from events.models import QuestionKind
from lithuanian.characters import EN_DASH

# More than this is no registration but a message to the organiser.
MOST_PEOPLE = 50
# The name stands in the letter that goes to the address typed: nobody shall send strangers an address in our name.
NAME = RegexValidator(
    re.compile(r"[/:@<>]|www\.|\.[a-z]{2,}"), "Įrašykite vardą ir pavardę be nuorodų ir adresų.", inverse_match=True
)
PHONE = RegexValidator(
    r"^[0-9+() -]*$", f"Telefono numerį rašykite skaitmenimis, pvz., +370 600 00000 {EN_DASH} tinka ir tarpai bei „+“."
)


class DetailsForm(forms.Form):
    """What an event asks of those who come, by its settings and its own questions. `event` is given at the making."""

    def __init__(self, event, *args, **kwargs):
        self.event = event
        super().__init__(*args, **kwargs)
        if event.asks_phone:
            self.fields["phone"] = forms.CharField(
                label="Telefonas (neprivaloma)",
                required=False,
                max_length=40,
                validators=[PHONE],
                widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            )
        if event.asks_people:
            self.fields["people"] = forms.IntegerField(
                label="Kiek jūsų bus",
                help_text="Suskaičiuokite ir save.",
                initial=1,
                min_value=1,
                max_value=MOST_PEOPLE,
                error_messages={
                    "invalid": "Įrašykite skaičių.",
                    "min_value": "Turi būti bent vienas žmogus.",
                    "max_value": f"Daugiausia {MOST_PEOPLE} žmonių; jei jūsų daugiau, parašykite mums.",
                },
            )
        self.questions = {f"question_{question.pk}": question for question in event.questions.all() if question.pk}
        for name, question in self.questions.items():
            self.fields[name] = field_for(question)
        if event.asks_note:
            self.fields["note"] = forms.CharField(
                label="Pastaba (neprivaloma)",
                help_text="Pvz., ko jums reikia, kad galėtumėte dalyvauti.",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def details(self):
        """What was typed, as `events.registration` takes it."""
        names = ("name", "organisation", "email", "phone", "people", "note", "wants_reminder")
        details = {name: self.cleaned_data[name] for name in names if name in self.fields}
        if self.questions:
            details["answers"] = [
                {"question": question.text, "answer": self.cleaned_data[name]}
                for name, question in self.questions.items()
            ]
        return details


def field_for(question):
    """The field that a RegistrationQuestion is answered in."""
    label = question.text if question.required else f"{question.text} (neprivaloma)"
    common = {"label": label, "required": question.required}
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    if question.kind == QuestionKind.LINE:
        return forms.CharField(max_length=200, **common)
    answers = ["Taip", "Ne"]
    if question.kind == QuestionKind.CHOICE:
        answers = question.options
    return forms.ChoiceField(choices=[("", "Pasirinkite"), *zip(answers, answers, strict=True)], **common)


class RegistrationForm(GuardedForm, DetailsForm):
    """Who comes: sent by anybody, so guarded."""

    name = forms.CharField(
        label="Vardas ir pavardė",
        max_length=120,
        validators=[NAME],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="El. paštas",
        max_length=254,
        help_text="Čia atsiųsime patvirtinimą ir nuorodą, kuria registraciją pakeisite ar atšauksite.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label="Organizacija (jei kam nors atstovaujate)",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, event, *args, **kwargs):
        super().__init__(event, *args, **kwargs)
        if not event.asks_organisation:
            del self.fields["organisation"]

    @property
    def shown_fields(self):
        """The fields that a person fills in, in their order."""
        return [field for field in self.visible_fields() if field.name != "website"]


class ChangeForm(DetailsForm):
    """What somebody may change about their own registration."""

    wants_reminder = forms.BooleanField(label="Priminti el. paštu dieną prieš", required=False)

    def __init__(self, registration, *args, **kwargs):
        answers = {answer["question"]: answer["answer"] for answer in registration.answers}
        self.registration = registration
        super().__init__(registration.event, *args, **kwargs)
        for name in ("phone", "people", "note", "wants_reminder"):
            self.initial.setdefault(name, getattr(registration, name))
        for name, question in self.questions.items():
            self.initial.setdefault(name, answers.get(question.text, ""))

    @property
    def shown_fields(self):
        """The fields above the tick for reminders, in their order."""
        return [field for field in self.visible_fields() if field.name != "wants_reminder"]

    def details(self):
        """What was typed; answers to questions that are asked no more stay."""
        details = super().details()
        asked = {answer["question"] for answer in details.get("answers", [])}
        kept = [answer for answer in self.registration.answers if answer["question"] not in asked]
        return details | {"answers": [*details.get("answers", []), *kept]}


class LinkForm(GuardedForm):
    """Asking for the link to one's registration once more."""

    email = forms.EmailField(
        label="El. paštas",
        max_length=254,
        help_text="Tas, kuriuo registravotės.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
