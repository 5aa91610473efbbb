"""The screen „Perkelta iš WordPress“: what came, what did not and why, what to look at; ticks of who has looked."""

import django_filters
from django.db.models import Q, prefetch_related_objects
from django.http import HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import CollectionMember
from wagtail.permission_policies import ModelPermissionPolicy

from core.reports import Report, ReportMenuItem, addresses_of
from core.viewsets import ConditionFilter, FoldedSearch
from lithuanian.plurals import counted
from wordpress_import.models import CALM, ImportedItem, Verdict
from wordpress_import.telling import kind_name, told, totals_of, with_things

POLICY = ModelPermissionPolicy(ImportedItem)
MAY_TICK = "wordpress_import.change_importeditem"
# The report of what waits alone, as the address has it.
TO_LOOK_AT = "?rodyti=ziureti"
# What can be chosen to be shown: value → (label, condition); the verdicts by their own names.
SHOWN = {
    "ziureti": ("Į ką pažiūrėti", Q(need__lt=CALM)),
    "patikrinta": ("Patikrinta", Q(checked_at__isnull=False)),
    **{value: (label, Q(verdict=value)) for value, label in Verdict.choices},
}


class ItemFilterSet(WagtailFilterSet):
    """By what is to look at and what has become of it, and by kind."""

    rodyti = ConditionFilter("Rodyti", SHOWN)
    kind = django_filters.ChoiceFilter(label="Rūšis", choices=lambda: kinds(), empty_label="Visos")

    class Meta:
        model = ImportedItem
        fields = ["rodyti", "kind"]


def kinds():
    """The kinds that there are, with our names."""
    found = ImportedItem.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind_name(kind, many=True).capitalize()) for kind in found]


class ImportReport(FoldedSearch, Report):
    """Every thing of the old site, what asks for somebody's eye first."""

    space = "wordpress_import"
    name = "perkelimas"
    page_title = "Perkelta iš WordPress"
    header_icon = "download"
    nothing = "Iš „WordPress“ dar nieko neperkelta."
    template_name = "wordpress_import/report.html"
    results_template_name = "wordpress_import/report_results.html"
    permission_policy = POLICY
    any_permission_required = ["view"]
    filterset_class = ItemFilterSet
    is_searchable = True
    search_fields = ["folded"]
    columns = []  # its rows are more than cells (the template)
    export_headings = {
        "kind": "Rūšis",
        "status": "Būsena senojoje svetainėje",
        "name": "Pavadinimas",
        "old_address": "Senasis adresas",
        "verdict": "Kas nutiko",
        "became": "Kuo tapo",
        "title": "Pavadinimas čia",
        "state": "Būsena čia",
        "url": "Adresas čia",
        "remarks": "Pastabos",
        "before": "Žodžių buvo",
        "after": "Žodžių yra",
        "lost": "Dingę žodžiai",
        "gained": "Nauji žodžiai",
        "comments": "Komentarų palikta",
        "checked_at": "Patikrinta",
        "checked_by": "Patikrino",
    }
    list_export = [*export_headings]

    def get_queryset(self):
        """As searched; filters come afterwards."""
        return self.search_queryset(with_things(ImportedItem.objects.in_order_of_need()))

    def decorate_paginated_queryset(self, items):
        """With what the rows say. A file's rows are told one by one."""
        if self.is_export:
            return items
        finder = AdminURLFinder(self.request.user)
        # Whether one may edit a file is a matter of its collection.
        files = [item.thing for item in items if isinstance(item.thing, CollectionMember)]
        prefetch_related_objects(files, "collection")
        for item in items:
            item.told = told(item, finder, self.request)
        return items

    def to_row_dict(self, item):
        """A row of the file."""
        row = told(item, request=self.request)
        return {
            "kind": row.kind,
            "status": row.status,
            "name": item.title,
            "old_address": item.old_address,
            "verdict": row.verdict,
            "became": row.became,
            "title": row.title,
            "state": row.state,
            "url": self.request.build_absolute_uri(row.url) if row.url else "",
            "remarks": " ".join(row.sentences),
            "before": row.before,
            "after": row.after,
            "lost": ", ".join(row.lost),
            "gained": ", ".join(row.gained),
            "comments": item.comments,
            "checked_at": item.checked_at,
            "checked_by": name_of(item.checked_by),
        }

    def get_context_data(self, **kwargs):
        """Add the totals, whether one may tick, and where to come back to after it."""
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return super().get_context_data(**kwargs) | {
            "totals": totals_of(ImportedItem.objects.all()),
            "waiting": ImportedItem.objects.to_look_at().count(),
            "sources": ImportedItem.objects.order_by("source").values_list("source", flat=True).distinct(),
            "may_tick": self.request.user.has_perm(MAY_TICK),
            "back": f"{self.index_url}?{query.urlencode()}" if query else self.index_url,
        }


class ImportReportMenuItem(ReportMenuItem):
    """Its place in the menu of reports, once something has been brought over."""

    def is_shown(self, request):
        """Whether there is anything for them."""
        return super().is_shown(request) and ImportedItem.objects.exists()


def menu_item():
    """The entry of the menu of reports."""
    return ImportReportMenuItem(ImportReport, order=30)


def name_of(user):
    """Who it was; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


@permission_required(MAY_TICK)
def tick(request):
    """
    Tick items off, or take ticks back: `check` or `uncheck` holds the number of one, `many` says which of the two is
    done to all that `item` names.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    taken_back = "uncheck" in request.POST or request.POST.get("many") == "uncheck"
    one = request.POST.get("check") or request.POST.get("uncheck")
    keys = [key for key in ([one] if one else request.POST.getlist("item")) if key.isdecimal() and len(key) < 19]
    rows = ImportedItem.objects.filter(pk__in=keys, checked_at__isnull=not taken_back)
    changed = list(rows.values_list("pk", flat=True))
    if taken_back:
        rows.update(checked_at=None, checked_by=None)
    else:
        rows.update(checked_at=timezone.now(), checked_by=request.user)
    back = get_valid_next_url_from_request(request) or ImportReport().get_index_url()
    if changed:
        messages.success(request, _said(request, changed, taken_back, back))
    else:
        messages.warning(request, "Niekas nepasikeitė: įrašų nepažymėjote arba kas nors juos ką tik peržiūrėjo.")
    return redirect(back)


def _said(request, keys, taken_back, back):
    """What was done, with a button that undoes it."""
    number = counted(len(keys), "įrašas", "įrašai", "įrašų")
    return format_html(
        '{}: {}. <form class="undo" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="next" value="{}">{}'
        '<button class="button button-small button-secondary" name="many" value="{}" type="submit">Atšaukti</button>'
        "</form>",
        "Vėl laukia žvilgsnio" if taken_back else "Patikrinta",
        number,
        reverse("wordpress_import:tick"),
        get_token(request),
        back,
        format_html_join("", '<input type="hidden" name="item" value="{}">', ((key,) for key in keys)),
        "check" if taken_back else "uncheck",
    )


urlpatterns = [*addresses_of(ImportReport, ""), path("patikrinta/", tick, name="tick")]
