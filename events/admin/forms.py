"""The staff's forms: one registration, a message to many."""

import uuid

from django import forms

from events.registration_forms import field_for

NOTIFY = "Pranešti žmogui laišku"


def notify_field(help_text=""):
    """Whether the person gets a letter: yes, unless the staff say otherwise."""
    return forms.BooleanField(label=NOTIFY, required=False, initial=True, help_text=help_text)


class RegistrationForm(forms.Form):
    """
    One registration as the staff write it down. Nothing but a name is needed: people also ring up.

    `occasions` are the dates to choose from, if any; `registration` is the one that is changed.
    """

    name = forms.CharField(label="Vardas ir pavardė", max_length=120)
    organisation = forms.CharField(label="Organizacija", max_length=200, required=False)
    email = forms.EmailField(
        label="El. paštas",
        max_length=254,
        required=False,
        help_text="Palikite tuščią, jei žmogus el. pašto neturi: tada laiškų jis negaus, praneškite kitaip.",
    )
    phone = forms.CharField(label="Telefonas", max_length=40, required=False)
    people = forms.IntegerField(label="Kiek žmonių ateis", min_value=1, max_value=500, initial=1)
    note = forms.CharField(label="Pastaba", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    # A second click writes nobody down twice; the address alone would not tell, since there may be none.
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args, event, registration=None, occasions=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.registration = event, registration
        if occasions:
            choices = [(occasion.date.pk, occasion.date.when_text) for occasion in occasions]
            field = forms.TypedChoiceField(label="Data", choices=choices, coerce=int)
            self.fields = {"occasion": field, **self.fields}
        given = {answer["question"]: answer["answer"] for answer in registration.answers} if registration else {}
        self.questions = {f"question_{question.pk}": question for question in event.questions.all()}
        for name, question in self.questions.items():
            self.initial[name] = given.pop(question.text, "")
            self.fields[name] = optional(field_for(question), question, self.initial[name])
        # What was answered to a question that is asked no more.
        self.kept_answers = [{"question": question, "answer": answer} for question, answer in given.items()]
        if registration:
            for name in ("name", "organisation", "email", "phone", "people", "note"):
                self.initial[name] = getattr(registration, name)
            self.fields["notify"] = notify_field("Žmogus iš naujo gaus patvirtinimą su pakeistais duomenimis.")
        else:
            self.fields["notify"] = notify_field("Žmogus gaus patvirtinimą su nuoroda, kuria gali atsisakyti.")

    def details(self):
        """What was typed, as fields of Registration."""
        names = ("name", "organisation", "email", "phone", "people", "note")
        answers = [
            {"question": question.text, "answer": self.cleaned_data[name]}
            for name, question in self.questions.items()
            if self.cleaned_data[name]
        ]
        return {name: self.cleaned_data[name] for name in names} | {"answers": answers + self.kept_answers}


def optional(field, question, given):
    """The field of a question as staff see it: they need not answer, and `given`, the answer so far, can stay."""
    field.label, field.required = question.text, False
    if given and given not in dict(getattr(field, "choices", {given: given})):
        field.choices = [*field.choices, (given, given)]
    return field


class MessageForm(forms.Form):
    """A message to those who have registered. `token` tells one message from another."""

    subject = forms.CharField(label="Tema", max_length=150)
    text = forms.CharField(
        label="Tekstas",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Pasisveikinimas, renginio pavadinimas ir nuoroda pridedami patys.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
