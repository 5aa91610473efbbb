"""The register of members in the admin, with their delegates and the elderships they come from."""

from django import forms
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.bulk import ChangeAction, ExportAction
from core.models import Eldership, Municipality
from core.viewsets import (
    NAME_PANELS,
    WIDE,
    ConditionFilter,
    NamedFilter,
    PlainRegisterViewSet,
    RegisterFilterSet,
    RegisterViewSet,
    UsageColumn,
    by_label,
)
from lithuanian.dates import edtf_to_text
from members.admin.delegates import DelegatesPanel, DelegateViewSet
from members.admin.proposals import ProposalViewSet
from members.models import Delegate, Member, Sector
from members.models.members import FILED_BY
from members.tables import MemberTable


def has_left():
    """Those who are members no more."""
    return Member.withheld_from(None)


def acting():
    """Delegates who have not been revoked."""
    return Delegate.objects.filter(revoked_at=None)


class MemberFilters(RegisterFilterSet):
    """Who they are, where from, and what is still to do about them."""

    membership = ConditionFilter(
        "Narystė", {"dabar": ("Dabartiniai", lambda: ~has_left()), "buve": ("Išstoję", has_left)}
    )
    sector = ChoiceFilter(label="Sektorius", choices=Sector.choices, widget=forms.RadioSelect, empty_label="Visi")
    eldership = NamedFilter("Seniūnija", Eldership)
    municipality = NamedFilter("Savivaldybė", Municipality, field_name="eldership__municipality")
    kind = ConditionFilter(
        "Kas narys",
        {
            "organizacija": ("Organizacijos", Q(organisation__isnull=False)),
            "asmuo": ("Fiziniai asmenys", Q(organisation__isnull=True)),
        },
    )
    delegates = ConditionFilter(
        "Atstovai",
        {
            "yra": ("Turi atstovą", lambda: Q(pk__in=acting().values("member"))),
            "nera": ("Be atstovo", lambda: ~Q(pk__in=acting().values("member"))),
        },
    )
    email = ConditionFilter(
        "El. paštas", {"yra": ("Su el. paštu", ~Q(email="")), "nera": ("Be el. pašto", Q(email=""))}
    )

    class Meta:
        model = Member
        fields = []


class MemberViewSet(PlainRegisterViewSet):
    """Members: organisations and natural persons."""

    model = Member
    icon = "user"
    menu_label = "Nariai"
    list_display = [
        "__str__",
        "sector",
        Column("eldership", label="Seniūnija", accessor="eldership.name", sort_key="eldership", classname=WIDE),
        Column(
            "joined",
            label="Narys nuo",
            accessor=lambda row: edtf_to_text(row.joined) if row.joined else "",
            sort_key="joined",
            classname=WIDE,
        ),
        Column("acting", label="Atstovų", sort_key="acting", classname=WIDE),
        Column("left_on", label="Išstojo", sort_key="left_on", classname=WIDE),
    ]
    orderings = {
        "name": [FILED_BY],
        "sector": [by_label("sector", dict(Sector.choices))],
        "eldership": ["eldership__sort_key"],
    }
    filterset_class = MemberFilters
    search_fields = ["organisation__folded", "person_folded"]
    table = MemberTable()
    panels = [
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldRowPanel([FieldPanel("given_name"), FieldPanel("surname")])],
            heading="Kas narys",
            help_text="Pasirinkite organizaciją arba įrašykite fizinio asmens vardą ir pavardę.",
        ),
        FieldRowPanel([FieldPanel("sector"), FieldPanel("eldership", widget=forms.Select)]),
        FieldRowPanel(
            [
                FieldPanel("joined", help_text="Tiek tiksliai, kiek žinoma: 2015, 2015-06 arba 2015-06-01."),
                FieldPanel("left_on", help_text="Tuščia, kol narys."),
            ]
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("address")], heading="Ryšiai"),
        MultiFieldPanel(
            [
                FieldPanel("shows_name"),
                FieldPanel("shows_email"),
                FieldPanel("shows_phone"),
                FieldPanel("shows_address"),
            ],
            heading="Ką narys sutiko rodyti viešai",
        ),
        DelegatesPanel(heading="Atstovai"),
    ]

    def get_queryset(self, request):
        """By name, with how many act for each."""
        found = acting().filter(member=OuterRef("pk")).order_by().values("member").annotate(n=Count("pk")).values("n")
        return self.table.rows().annotate(acting=Coalesce(Subquery(found), Value(0)))


class EldershipFilters(RegisterFilterSet):
    """By municipality."""

    municipality = NamedFilter("Savivaldybė", Municipality)

    class Meta:
        model = Eldership
        fields = ["municipality"]


class EldershipViewSet(RegisterViewSet):
    """Elderships of the territory."""

    model = Eldership
    icon = "site"
    menu_label = "Seniūnijos"
    list_display = [
        "name",
        Column("municipality", label="Savivaldybė", sort_key="municipality", classname=WIDE),
        UsageColumn(),
    ]
    orderings = {"municipality": ["municipality__sort_key"]}
    filterset_class = EldershipFilters
    list_export = ["name", "municipality.name", "slug"]
    export_headings = {"municipality.name": "Savivaldybė", **RegisterViewSet.export_headings}
    export_filename = "seniunijos"
    panels = [*NAME_PANELS, FieldPanel("municipality", widget=forms.Select)]

    def get_queryset(self, request):
        """With the municipalities."""
        return super().get_queryset(request).select_related("municipality")


class MunicipalityViewSet(RegisterViewSet):
    """Municipalities of the territory."""

    model = Municipality
    icon = "site"
    menu_label = "Savivaldybės"
    export_filename = "savivaldybes"


class MembersGroup(SnippetViewSetGroup):
    """Members in the admin's menu."""

    items = (MemberViewSet, DelegateViewSet, ProposalViewSet, EldershipViewSet, MunicipalityViewSet)
    menu_label = "Nariai"
    menu_icon = "user"
    menu_order = 200


register_snippet(MembersGroup)


class ChangeSector(ChangeAction):
    """Members of another sector."""

    models = [Member]
    action_type = "change_sector"
    display_name = "Keisti sektorių"
    aria_label = "Keisti pažymėtų narių sektorių"
    field_name = "sector"


class ChangeEldership(ChangeAction):
    """Members from another eldership."""

    models = [Member]
    action_type = "change_eldership"
    display_name = "Keisti seniūniją"
    aria_label = "Keisti pažymėtų narių seniūniją"
    field_name = "eldership"


class MarkAsLeft(ChangeAction):
    """Members who have left; their delegates cease to read what is for members that day."""

    models = [Member]
    action_type = "mark_as_left"
    display_name = "Žymėti išstojusiais"
    aria_label = "Žymėti pažymėtus narius išstojusiais"
    field_name = "left_on"


class ExportMembers(ExportAction):
    """Members, elderships, municipalities as chosen."""

    models = [Member, Eldership, Municipality]


for action in (ChangeSector, ChangeEldership, MarkAsLeft, ExportMembers):
    hooks.register("register_bulk_action", action)


@hooks.register("register_snippet_listing_buttons")
def invite_from_the_list(snippet, user, next_url=None):
    """Beside each member in the list: the way to invite somebody to act for it."""
    if isinstance(snippet, Member) and user.has_perm("members.add_delegate") and not snippet.has_left:
        url = f"{reverse('delegates:add')}?narys={snippet.pk}"
        yield Button("Pakviesti atstovą", url=url, icon_name="mail", priority=15)


@hooks.register("register_log_actions")
def name_what_is_done_with_delegates(actions):
    """What the history of a delegate says."""
    actions.register_action("members.invite", "Pakviesti", "Pakviestas")
    actions.register_action("members.invite_again", "Pakviesti dar kartą", "Kvietimas išsiųstas dar kartą")
    actions.register_action("members.revoke", "Atšaukti", "Atšauktas")
    actions.register_action("members.restore", "Grąžinti teises", "Teisės grąžintos")
