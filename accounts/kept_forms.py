"""
What somebody has typed while their sign-in ran out: given back, to be sent once more.

A form of the admin is sent when nobody is signed in any more, or, after signing in again in another window, with the
security token of the session before. Either way the answer is a page that holds every field as it was sent and a button
that sends it again. Only a page of our own may have sent it (`Origin`), so that nobody is handed a stranger's form.
"""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

# The page gets a token of its own.
LEFT_OUT = {"csrfmiddlewaretoken"}


def wants_json(request):
    """Whether a script asks, as the editor's autosave does."""
    return not request.accepts("text/html")


def came_from_here(request):
    """Whether a form of our own pages was sent."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def may_be_kept(request):
    """Whether this is a form of the admin that its sender would lose."""
    in_admin = request.path.startswith(reverse("wagtailadmin_home"))
    return in_admin and request.method == "POST" and came_from_here(request)


def give_back(request, sign_in_url=""):
    """
    Answer with what was typed: to a script in words, to a person as a form to send once more.

    `sign_in_url` is where to sign in first, in another window; "" where that has happened.
    """
    if wants_json(request):
        said = (
            "Prisijungimas baigėsi. Prisijunkite kitame naršyklės lange, tada čia paspauskite „Išsaugoti“: tai, ką "
            "įrašėte, liko šiame lange."
        )
        return JsonResponse({"success": False, "error_code": "signed_out", "error_message": said}, status=403)
    kept = [(name, value) for name, values in request.POST.lists() if name not in LEFT_OUT for value in values]
    context = {
        "kept": kept,
        "files": list(request.FILES),
        "sign_in_url": sign_in_url,
        "action": request.get_full_path(),
    }
    return render(request, "accounts/kept_form.html", context | {"view_title": "Jūsų tekstas išliko"}, status=403)
