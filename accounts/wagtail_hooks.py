"""What the admin is told of accounts."""

from django.urls import reverse
from wagtail import hooks


@hooks.register("register_account_menu_item")
def way_to_ones_own_account(request):
    """Password, second factor and devices are looked after on the site's own screen."""
    return {
        "url": reverse("mfa_index"),
        "label": "Slaptažodis ir prisijungimas",
        "help_text": "Slaptažodis, telefono programėlė, prieigos raktai, atsarginiai kodai, atsijungimas visur.",
    }
