"""
Words of the admin that no translation reaches: Wagtail makes them of names in its code, or of rows in the database.

What its templates write in English without asking is in `templates/wagtailadmin/`. Look at all of it at every upgrade
of Wagtail: `tests/test_admin_language.py` finds what is missing, and says when something here is no longer needed.
"""

from django.conf import settings
from django.utils.translation import gettext, override

LINK_TEXT = "Nuorodos tekstas"
# Forms without labels of their own: module, form, {field: label}.
FORMS = [
    ("wagtail.admin.forms.choosers", "ExternalLinkChooserForm", {"link_text": LINK_TEXT}),
    ("wagtail.admin.forms.choosers", "AnchorLinkChooserForm", {"url": "Vieta puslapyje", "link_text": LINK_TEXT}),
    (
        "wagtail.admin.forms.choosers",
        "EmailLinkChooserForm",
        {"email_address": "El. paštas", "link_text": LINK_TEXT, "subject": "Laiško tema", "body": "Laiško tekstas"},
    ),
    (
        "wagtail.admin.forms.choosers",
        "PhoneLinkChooserForm",
        {"phone_number": "Telefono numeris", "link_text": LINK_TEXT},
    ),
    ("wagtail.admin.forms.workflows", "WorkflowPageForm", {"page": "Puslapis"}),
    ("wagtail.users.forms", "PagePermissionsForm", {"page": "Puslapis"}),
    ("wagtail.users.views.bulk_actions.assign_role", "RoleForm", {"role": "Rolė"}),
]
# What Django calls the rights on a model: "Can add member".
RIGHTS = {
    "Can add ": "Gali pridėti: ",
    "Can change ": "Gali keisti: ",
    "Can delete ": "Gali ištrinti: ",
    "Can view ": "Gali matyti: ",
    "Can choose ": "Gali pasirinkti: ",
}


def label_forms():
    """Give the forms and lists of the admin the labels that they lack."""
    from importlib import import_module

    from wagtail.admin.views.pages.search import SearchView
    from wagtail.models import Page
    from wagtail.sites.views import IndexView

    for module, form, labels in FORMS:
        fields = getattr(import_module(module), form).base_fields
        for field, label in labels.items():
            fields[field].label = label
    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    labels = {"port": "Prievadas", "site_name": "Svetainės pavadinimas", "root_page": "Pradžios puslapis"}
    for column in IndexView.columns:
        column.label = labels.get(column.name, column.label)


def name_permissions(using, **kwargs):
    """
    After a migration: name the permissions in Lithuanian.

    Django writes their names into the database in English, once; the editor of groups reads them out.
    """
    from django.contrib.auth.models import Permission

    renamed = []
    with override(settings.LANGUAGE_CODE):  # `migrate` speaks none
        for permission in Permission.objects.using(using):
            name = gettext(permission.name)
            for english, lithuanian in RIGHTS.items():
                if permission.name.startswith(english):
                    name = lithuanian + gettext(permission.name.removeprefix(english))
            if name != permission.name:
                permission.name = name
                renamed.append(permission)
    Permission.objects.using(using).bulk_update(renamed, ["name"])
