"""
The admin's menu as the staff need it: what is used daily first, what belongs together under one word.

Who may see an item is the item's own business; here is only where it stands, and what stands nowhere.
"""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from core.reports import ReportMenuItem
from desk.reports import REPORTS

# Wagtail's own that help nobody here: its English guide, and reports for who builds sites.
NOT_OF_HELP = {"editor-guide"}
NOT_REPORTED = {"workflows", "workflow-tasks", "page-types-usage"}
# In this order; what is not named keeps its own place after them.
ORDER = ["explorer", "images", "documents", "registracijos", "nariai", "partneriai"]
# One word for several registers: (name, label, icon, items).
GROUPS = [
    ("sarasai", "Sąrašai", "list-ul", ["programos", "renginiu-vietos", "naujienu-temos", "naujienu-sablonai"]),
    ("pastas", "Paštas", "mail", ["laiskai", "siunciami-laiskai"]),
]
ICONS = {"registracijos": "clipboard-list", "reports": "table"}


@hooks.register("construct_main_menu", order=1000)
def arrange(request, items):
    """Group and order the items that this person is shown."""
    for place, (name, label, icon, members) in enumerate(GROUPS):
        inside = [item for item in items if item.name in members]
        if inside:
            items[:] = [item for item in items if item not in inside]
            order = 215 + place
            items.append(SubmenuMenuItem(label, Menu(items=inside), name=name, icon_name=icon, order=order))
    for item in items:
        item.icon_name = ICONS.get(item.name, item.icon_name)
        if item.name in ORDER:
            item.order = 10 + ORDER.index(item.name)


@hooks.register("construct_help_menu", order=1000)
def without_english(request, items):
    """Wagtail's news and its guide are English and about other sites than this."""
    items[:] = [
        item for item in items if item.name not in NOT_OF_HELP and not item.name.startswith("whats-new-in-wagtail")
    ]


@hooks.register("register_help_menu_item")
def guide():
    """The editors' guide."""
    return MenuItem("Redaktoriaus vadovas", reverse("guide"), icon_name="help", order=100, name="guide")


@hooks.register("construct_reports_menu", order=1000)
def without_reports_for_builders(request, items):
    """What is waiting for approval stands on the desk; which page types there are does not help to write."""
    items[:] = [item for item in items if item.name not in NOT_REPORTED]


def _register(report, order):
    hooks.register("register_reports_menu_item", lambda: ReportMenuItem(report, order))


for place, report in enumerate(REPORTS):
    _register(report, 10 + place)
