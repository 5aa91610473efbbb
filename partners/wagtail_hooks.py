"""The registers of organisations and memberships in the admin."""

from django.db.models import Exists, OuterRef, Q
from django_countries import countries
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.bulk import ChangeAction, ExportAction
from core.viewsets import (
    NAME_PANELS,
    WIDE,
    ConditionFilter,
    NewRowForm,
    PlainRegisterViewSet,
    RegisterChooserViewSet,
    RegisterFilterSet,
    RegisterViewSet,
    UsageColumn,
    by_label,
)
from lithuanian.dates import edtf_to_text
from partners.models import LegalForm, NetworkMembership, Organisation, OrganisationKind
from partners.tables import OrganisationTable

# Who is a member is known to the room above; here it is read by the relation.
IS_MEMBER = Q(membership__isnull=False, membership__trash__isnull=True)


def countries_in_use():
    """The countries that organisations come from, by their Lithuanian names."""
    codes = set(Organisation.objects.order_by().values_list("country", flat=True).distinct())
    return [(code, name) for code, name in countries if code in codes]


class OrganisationFilters(RegisterFilterSet):
    """What an organisation is, where from, and whether it is a member."""

    kind = ChoiceFilter(label="Rūšis", choices=OrganisationKind.choices, empty_label="Visos")
    legal_form = ChoiceFilter(label="Teisinė forma", choices=LegalForm.choices, empty_label="Visos")
    country = ChoiceFilter(label="Šalis", choices=countries_in_use, empty_label="Visos")
    member = ConditionFilter("VVG narystė", {"narys": ("Nariai", IS_MEMBER), "ne": ("Ne nariai", ~IS_MEMBER)})

    class Meta:
        model = Organisation
        fields = []


class NewOrganisationForm(NewRowForm):
    """A new organisation while choosing: its name and what it is."""

    class Meta:
        model = Organisation
        fields = ["name", "kind"]


class OrganisationChooserViewSet(RegisterChooserViewSet):
    """Choosing an organisation, or writing down a new one."""

    creation_form_class = NewOrganisationForm


class OrganisationViewSet(RegisterViewSet):
    """Organisations: described once, chosen everywhere."""

    model = Organisation
    icon = "group"
    menu_label = "Organizacijos"
    chooser_viewset_class = OrganisationChooserViewSet
    list_display = [
        "name",
        "kind",
        Column("country", label="Šalis", accessor="country.name", sort_key="country", classname=WIDE),
        Column("code", label="Įmonės kodas", sort_key="code", classname=WIDE),
        Column(
            "member",
            label="Narys",
            accessor=lambda row: "Taip" if row.is_member else "",
            sort_key="is_member",
            classname=WIDE,
        ),
        UsageColumn(),
    ]
    filterset_class = OrganisationFilters
    orderings = {
        "get_kind_display": [by_label("kind", dict(OrganisationKind.choices))],
        "kind": [by_label("kind", dict(OrganisationKind.choices))],
        "country": [lambda: by_label("country", dict(countries))],
    }
    table = OrganisationTable()
    panels = [
        *NAME_PANELS,
        FieldPanel("short_name"),
        FieldPanel("aliases"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("legal_form")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("country")]),
        FieldPanel("website"),
        FieldPanel("logo"),
        FieldPanel("note"),
    ]

    def get_queryset(self, request):
        """With who is a member."""
        memberships = Organisation._meta.get_field("membership").related_model.objects
        return super().get_queryset(request).annotate(is_member=Exists(memberships.filter(organisation=OuterRef("pk"))))


class NetworkMembershipViewSet(PlainRegisterViewSet):
    """The networks the LAG is a member of."""

    model = NetworkMembership
    icon = "link"
    menu_label = "Narystės tinkluose"
    list_display = [
        "network",
        Column("since", label="Nuo", accessor=lambda row: said(row.since), sort_key="since_earliest"),
        Column("until", label="Iki", accessor=lambda row: said(row.until)),
    ]
    orderings = {"network": ["network__sort_key"]}
    list_export = ["network.name", "since", "until", "since_as_stated", "note", "source_url"]
    export_headings = {
        "network.name": "Tinklas",
        "since": "Nuo",
        "until": "Iki",
        "since_as_stated": "Data šaltinio žodžiais",
        "note": "Pastaba",
        "source_url": "Šaltinio adresas",
    }
    export_filename = "narystes-tinkluose"
    search_fields = ["network__folded"]
    panels = [
        FieldPanel("network"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("since_as_stated"),
        FieldPanel("note"),
        FieldPanel("source_url"),
    ]

    def get_queryset(self, request):
        """With the networks."""
        return NetworkMembership.objects.select_related("network")


def said(edtf):
    """A date as people say it, "" for none."""
    return edtf_to_text(edtf) if edtf else ""


class PartnersGroup(SnippetViewSetGroup):
    """Partners in the admin's menu."""

    items = (OrganisationViewSet, NetworkMembershipViewSet)
    menu_label = "Partneriai"
    menu_icon = "group"
    menu_order = 210


register_snippet(PartnersGroup)


class ChangeKind(ChangeAction):
    """Organisations of another kind."""

    models = [Organisation]
    action_type = "change_kind"
    display_name = "Keisti rūšį"
    aria_label = "Keisti pažymėtų organizacijų rūšį"
    field_name = "kind"


class ExportOrganisations(ExportAction):
    """Organisations and networks as chosen."""

    models = [Organisation, NetworkMembership]


hooks.register("register_bulk_action", ChangeKind)
hooks.register("register_bulk_action", ExportOrganisations)
