"""The screen „Šiukšlinė“: what was deleted, by whom, how long it can still be brought back; bringing it back."""

import django_filters
from django import forms
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, Q
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import PageListingMixin
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.permissions import permission_policy as documents_policy
from wagtail.images.permissions import permission_policy as images_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core import trash, trash_pages
from core.filters import TextFilter, folded_contains
from core.models import CustomDocument, CustomImage, TrashEntry
from core.viewsets import WIDE

MAY_PURGE = "core.purge_trashentry"
FILE_POLICIES = {CustomImage: images_policy, CustomDocument: documents_policy}


def kinds_in_trash():
    """The kinds of what is in the trash: content types, by name."""
    kinds = ContentType.objects.filter(pk__in=TrashEntry.objects.order_by().values("content_type"))
    return sorted(kinds, key=lambda kind: kind.name)


def entries_for(user):
    """
    The entries that a user sees and may restore: a queryset.

    Who may delete such a thing may bring it back; a page, who may publish where it stood, and who deleted it.
    """
    if user.is_superuser:
        return TrashEntry.objects.all()
    kinds = [kind.pk for kind in kinds_in_trash() if _may_delete(user, kind.model_class())]
    parents = set(TrashEntry.objects.filter(page_state__isnull=False).values_list("page_state__parent", flat=True))
    places = page_permission_policy.instances_user_has_any_permission_for(user, {"publish"}).filter(pk__in=parents)
    places = set(places.values_list("pk", flat=True))
    pages = TrashEntry.objects.filter(page_state__isnull=False).values_list("pk", "page_state__parent")
    there = [pk for pk, parent in pages if parent in places]
    return TrashEntry.objects.filter(
        Q(page_state__isnull=True, content_type__in=kinds)
        | Q(pk__in=[*there, *_files_of(user)])
        | Q(page_state__isnull=False, trashed_by=user)
    )


def _may_delete(user, model):
    if model is None or issubclass(model, (Page, *FILE_POLICIES)):
        return False
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('delete', model._meta)}")


def _files_of(user):
    """The entries of pictures and documents that this user may delete: some only their own, some of a collection."""
    for model, policy in FILE_POLICIES.items():
        for file in model.everything.filter(trash__isnull=False).select_related("collection"):
            if policy.user_has_permission_for_instance(user, "delete", file):
                yield file.trash_id


class EntryFilterSet(WagtailFilterSet):
    """By kind."""

    kind = django_filters.ChoiceFilter(label="Kas", field_name="content_type")

    class Meta:
        model = TrashEntry
        fields = ["kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [(kind.pk, capfirst(kind.name)) for kind in kinds_in_trash()]


class ActionsColumn(Column):
    """Buttons: bring it back, delete it for good."""

    cell_template_name = "core/admin/trash_actions.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add whether there is a second button."""
        context = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        return context | {
            "entry": instance,
            "may_purge": user.has_perm(MAY_PURGE),
            "request": parent_context["request"],
            "csrf_token": get_token(parent_context["request"]),  # a cell is drawn without the page's context
        }


class TrashIndexView(generic.IndexView):
    """What is in the trash, what was deleted last first."""

    model = TrashEntry
    page_title = "Šiukšlinė"
    header_icon = "bin"
    index_url_name = "trash:index"
    index_results_url_name = "trash:index_results"
    filterset_class = EntryFilterSet
    search_fields = ("folded",)
    default_ordering = ("-trashed_at", "-pk")
    paginate_by = 50
    any_permission_required = None
    permission_policy = None
    columns = (
        Column("label", label="Pavadinimas"),
        Column(
            "content_type",
            label="Kas",
            accessor=lambda entry: capfirst(entry.content_type.name),
            classname=WIDE,
        ),
        Column("trashed_by", label="Ištrynė", accessor=lambda entry: entry.who, classname=WIDE),
        DateColumn("trashed_at", label="Kada", classname=WIDE),
        Column("days_left", label="Liko dienų"),
        ActionsColumn("actions", label="Veiksmai"),
    )

    def get_base_queryset(self):
        """What the reader may see."""
        return entries_for(self.request.user).select_related("content_type", "trashed_by")

    def search_queryset(self, queryset):
        """By the folded name."""
        return TextFilter(folded_contains("folded")).narrow(queryset, self.search_query or "")

    def get_breadcrumbs_items(self):
        """This screen stands by itself."""
        return [{"url": "", "label": self.page_title}]


def _entries(request):
    """The entries that a form names, as far as its sender may see them."""
    keys = [key for key in request.POST.getlist("entry") if key.isdecimal()]
    return entries_for(request.user).filter(pk__in=keys).select_related("content_type")


@require_POST
def restore(request):
    """Bring back what the form names; a page whose parent is gone asks where to."""
    entries = list(_entries(request))
    if not entries:
        return _gone(request)
    came = None
    for entry in entries:
        try:
            came = _restore(request, entry)
        except trash_pages.ParentGone:
            return redirect("trash:place", entry.pk)
        except TrashEntry.DoesNotExist:  # pressed twice
            came = _gone(request).url
    return redirect(came if len(entries) == 1 and came else "trash:index")


def _gone(request):
    """Say that it is in the trash no more, and lead there."""
    messages.error(request, "To šiukšlinėje nebėra: jau grąžinta arba ištrinta galutinai.")
    return redirect("trash:index")


def _restore(request, entry, parent=None):
    """Bring one back and say so. Returns where it can be looked at, or None."""
    thing, said = trash.thing_of(entry), ""
    if thing is None:
        entry.delete()
        messages.error(request, f"„{entry.label}“ nebėra.")
        return None
    if entry.page_state is None:
        thing, *others = trash.restore(thing)
    else:
        parent = parent or trash_pages.old_parent(entry)
        may_publish = parent.permissions_for_user(request.user).can_publish_subpage()
        was_live = bool(entry.page_state["live"])
        thing, others = trash_pages.restore_page(entry, parent, publish=may_publish)
        if was_live:
            said = " Puslapis vėl rodomas svetainėje." if may_publish else " Grąžinta kaip juodraštis."
        if thing.slug != entry.page_state["slug"]:
            said += f" Jo adresas dabar „{thing.slug}“: senąjį jau turi kitas puslapis."
    if others:
        said += " Kartu grąžinta: " + ", ".join(f"„{other}“" for other in others) + "."
    url = AdminURLFinder(request.user).get_edit_url(thing)
    messages.success(request, f"Grąžinta: „{entry.label}“.{said}")
    return url


class PlaceForm(forms.Form):
    """Below which page a page comes back whose parent is gone."""

    parent = forms.ModelChoiceField(label="Po kuriuo puslapiu", queryset=Page.objects.none())

    def __init__(self, *args, page, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.user = page, user
        field = self.fields["parent"]
        field.queryset = trash_pages.without_trash(Page.objects.filter(depth__gt=1))
        field.widget = AdminPageChooser(target_models=[*page.allowed_parent_page_models()])
        field.error_messages["required"] = "Pasirinkite puslapį."

    def clean_parent(self):
        """Refuse a parent below which such a page may not stand, or this editor may add nothing."""
        parent = self.cleaned_data["parent"].specific
        if not self.page.can_exist_under(parent) or not parent.permissions_for_user(self.user).can_add_subpage():
            raise forms.ValidationError("Po šiuo puslapiu jo dėti negalima. Pasirinkite kitą.")
        return parent


def place(request, pk):
    """Ask below which page a page is to come back."""
    entry = get_object_or_404(entries_for(request.user).filter(page_state__isnull=False), pk=pk)
    page = trash.thing_of(entry)
    form = PlaceForm(request.POST or None, page=page, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_restore(request, entry, form.cleaned_data["parent"]) or "trash:index")
        except TrashEntry.DoesNotExist:  # pressed twice
            return _gone(request)
    return render(
        request,
        "core/admin/trash_place.html",
        {"entry": entry, "form": form, "media": form.media, "header_title": "Kur grąžinti?"},
    )


def purge(request, pk):
    """Delete for good, after asking."""
    if not request.user.has_perm(MAY_PURGE):
        raise PermissionDenied
    entry = get_object_or_404(entries_for(request.user).select_related("content_type"), pk=pk)
    if request.method != "POST":
        return render(request, "core/admin/trash_purge.html", {"entry": entry, "header_title": "Ištrinti galutinai"})
    try:
        trash.purge(entry)
        messages.success(request, f"Ištrinta galutinai: „{entry.label}“.")
    except ProtectedError as error:
        users = ", ".join(sorted({f"„{user}“" for user in error.protected_objects})[:5])
        messages.error(request, f"Neištrinta: „{entry.label}“ dar reikalinga čia: {users}.")
    return redirect("trash:index")


def searched_pages(view, pages):
    """What Wagtail's search of pages looks through: what stands in the tree and not in the trash."""
    view.all_pages = trash_pages.searchable_without_trash(view.all_pages)
    return trash_pages.searchable_without_trash(PageListingMixin.annotate_queryset(view, pages))


# Its address comes before any of ours, and it knows no hook.
SearchView.annotate_queryset = searched_pages


urlpatterns = [
    path("", TrashIndexView.as_view(), name="index"),
    path("sarasas/", TrashIndexView.as_view(results_only=True), name="index_results"),
    path("grazinti/", restore, name="restore"),
    path("<int:pk>/vieta/", place, name="place"),
    path("<int:pk>/galutinai/", purge, name="purge"),
]


def menu_item():
    """The entry of the menu, for everybody who writes: each sees there what is theirs to bring back."""
    return MenuItem("Šiukšlinė", reverse("trash:index"), icon_name="bin", order=990)
