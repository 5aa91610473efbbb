"""What the site holds about a person, for the staff who answer requests about personal data."""

import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from home.personal_data import as_json, erase, held_about


class PersonForm(forms.Form):
    """Whose data. The address is posted and never part of an address, which would end up in logs."""

    email = forms.EmailField(label="Asmens el. paštas", help_text="Ieškosime visur, kur šis adresas įrašytas.")


# Whoever may delete accounts may delete what else is known of their owners.
@permission_required("core.delete_user")
def personal_data(request):
    """Find; hand over as a file; erase after the tick that it is meant."""
    form = PersonForm(request.POST or None)
    context = {"form": form, "header_title": "Asmens duomenys", "header_icon": "user"}
    if request.method == "POST" and form.is_valid():
        held = held_about(form.cleaned_data["email"])
        if "export" in request.POST:
            text = json.dumps(as_json(held), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            response = HttpResponse(text, content_type="application/json; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="asmens-duomenys-{timezone.localdate()}.json"'
            return response
        if "erase" in request.POST and request.POST.get("sure") == "1":
            erase(held)
            messages.success(request, "Duomenys ištrinti. Registracijų skaičiai liko.")
            return redirect("personal_data")
        context |= {"held": held, "not_sure": "erase" in request.POST}
    return render(request, "home/admin/personal_data.html", context)
