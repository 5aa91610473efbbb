"""The screens of an import: choose a file, match its columns, look at the dry run, carry it out or give it up."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.imports import plan as plans
from core.imports.fields import Refused, text_of
from core.imports.plan import Kind, Plan
from core.imports.reading import MAX_BYTES, MAX_ROWS, Unreadable, read
from core.imports.templates import FORMATS
from core.models import PendingImport
from lithuanian.numbers import format_number
from lithuanian.plurals import counted

PER_PAGE = 100
SAMPLES = 3


def may_import(policy, user):
    """Whether somebody may: an import adds and changes."""
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change")


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What all the screens share: who may see them, which register, where they are."""

    model = table = None
    names = {}
    index_url_name = None
    step = "Importas"
    any_permission_required = ["add", "change"]

    def dispatch(self, request, *args, **kwargs):
        """Only who may add and change."""
        if not may_import(self.permission_policy, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def register(self):
        """The label of the register."""
        return self.model._meta.label

    @property
    def register_name(self):
        """What the register is called."""
        return capfirst(self.model._meta.verbose_name_plural)

    def get_page_title(self):
        """The register and the step."""
        return f"{self.register_name}: {self.step.lower()}"

    def get_breadcrumbs_items(self):
        """The register, then this screen."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.register_name},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        """What the templates speak of."""
        context = super().get_context_data(**kwargs)
        return context | {
            "table": self.table,
            "list_url": reverse(self.index_url_name),
            "import_url": reverse(self.names["import"]),
        }


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="Failas",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"required": "Pasirinkite failą.", "invalid": "Failas neatsiųstas. Pabandykite dar kartą."},
    )

    def clean_file(self):
        """Read it; what cannot be read is said beside the field."""
        file = self.cleaned_data["file"]
        try:
            self.read = read(file)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return file


class UploadView(ImportView):
    """What can be imported, a template to fill in, and where to choose the file."""

    template_name = "core/admin/import_upload.html"

    def get(self, request):
        """The screen."""
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request):
        """Keep what was read; go on to the columns, or straight to the dry run where they are plain."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        table, name = form.read, form.cleaned_data["file"].name
        columns = self.table.guess(table.headings)
        with transaction.atomic():
            PendingImport.objects.outdated().delete()
            PendingImport.objects.filter(user=request.user, register=self.register).delete()
            pending = PendingImport.objects.create(
                user=request.user,
                register=self.register,
                file_name=name[-200:],
                headings=table.headings,
                rows=table.rows,
                columns=columns,
            )
        is_plain = self.table.knows_all(table.headings, columns) and not self.table.missing(columns)
        return redirect(self.names["import_check" if is_plain else "import_columns"], pending.pk)

    def get_context_data(self, **kwargs):
        """Add the limits and the templates."""
        return super().get_context_data(**kwargs) | {
            "most_rows": format_number(MAX_ROWS),
            "most_megabytes": MAX_BYTES // 1024 // 1024,
            "template_urls": [(kind.upper(), reverse(self.names["template"], args=[kind])) for kind in FORMATS],
        }


class TemplateFileView(ImportView):
    """The file to fill in."""

    def get(self, request, kind):
        """As XLSX or CSV."""
        if kind not in FORMATS:
            raise Http404("No such format")
        make, content_type = FORMATS[kind]
        response = HttpResponse(make(self.table), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.table.file_name}-sablonas.{kind}"'
        return response


class PendingView(ImportView):
    """A screen of one import on its way: the user's own, of this register."""

    def dispatch(self, request, *args, **kwargs):
        """Somebody who comes back too late is led to the beginning."""
        if may_import(self.permission_policy, request.user) and self.pending is None:
            messages.warning(request, "Šis importas jau atliktas arba jo nebesaugome. Įkelkite failą iš naujo.")
            return redirect(self.names["import"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def pending(self):
        """The import that the address names; None for one that is gone or somebody else's."""
        mine = PendingImport.objects.filter(user=self.request.user, register=self.register)
        return mine.filter(pk=self.kwargs["pk"]).first()

    def get_context_data(self, **kwargs):
        """Add it."""
        return super().get_context_data(**kwargs) | {
            "pending": self.pending,
            "columns_url": reverse(self.names["import_columns"], args=[self.pending.pk]),
            "check_url": reverse(self.names["import_check"], args=[self.pending.pk]),
        }


class ColumnsForm(forms.Form):
    """Which field each column of the file stands for."""

    def __init__(self, *args, table, pending, **kwargs):
        super().__init__(*args, **kwargs)
        self.table, self.pending = table, pending
        choices = [("", "— neimportuoti —"), *((field.name, field.heading) for field in table.fields)]
        for at, heading in enumerate(pending.headings):
            label = heading or f"(be pavadinimo, {at + 1}-as stulpelis)"
            field = forms.ChoiceField(label=label, choices=choices, required=False, initial=pending.columns[at])
            self.fields[f"column_{at}"] = field

    def columns_with_samples(self):
        """Each field of the form with a few cells of its column."""
        for at, field in enumerate(self):
            cells = (shown(cells[at]) for _, cells in self.pending.rows[:50])
            yield field, list(dict.fromkeys(filter(None, cells)))[:SAMPLES]

    @property
    def columns(self):
        """The chosen fields, column by column."""
        return [self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.pending.headings))]

    def clean(self):
        """No field twice, none missing that must be there."""
        cleaned = super().clean()
        headings = {field.name: field.heading for field in self.table.fields}
        seen = set()
        for at, name in enumerate(self.columns):
            if name and name in seen:
                self.add_error(f"column_{at}", f"„{headings[name]}“ jau pasirinkta kitam stulpeliui.")
            seen.add(name)
        if missing := self.table.missing(self.columns):
            raise forms.ValidationError(f"Pasirinkite, kuris stulpelis yra „{'“, „'.join(missing)}“.")
        return cleaned


def shown(cell):
    """A cell as a person reads it."""
    try:
        return text_of(cell)[:60]
    except Refused:
        return cell[:60]


class ColumnsView(PendingView):
    """Which column is what: guessed by the headings, corrected here."""

    template_name = "core/admin/import_columns.html"
    step = "Importo stulpeliai"

    def get(self, request, pk):
        """The guess; what is missing is said at once."""
        form = ColumnsForm(table=self.table, pending=self.pending)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request, pk):
        """Keep the choice and go on."""
        form = ColumnsForm(request.POST, table=self.table, pending=self.pending)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        self.pending.columns = form.columns
        self.pending.save(update_fields=["columns"])
        return redirect(self.names["import_check"], pk)

    def get_context_data(self, **kwargs):
        """Add what must be there and is not among the guesses."""
        context = super().get_context_data(**kwargs)
        return context | {"missing": self.table.missing(self.pending.columns)}


class CheckView(PendingView):
    """The dry run; carrying it out, or giving it up."""

    template_name = "core/admin/import_check.html"
    step = "Importo patikra"

    def get(self, request, pk):
        """What the import would do now."""
        if self.table.missing(self.pending.columns):
            return redirect(self.names["import_columns"], pk)
        return self.answer(Plan(self.table, self.pending, request.user))

    def answer(self, plan, **context):
        """The screen of a plan."""
        return self.render_to_response(self.get_context_data(plan=plan, **context))

    def post(self, request, pk):
        """All or nothing, and only what has been seen."""
        if "give_up" in request.POST:
            self.pending.delete()
            messages.success(request, "Importas atšauktas, įkelta lentelė ištrinta. Registras nepakeistas.")
            return redirect(self.names["import"])
        plan, is_done = plans.carry_out(self.table, self.pending, request.user, request.POST.get("seal", ""))
        if not is_done:
            # Pressed twice at the same moment it is done already: the next screen says so.
            if PendingImport.objects.filter(pk=pk).exists():
                messages.warning(
                    request, "Nieko neimportuota: kol žiūrėjote, registras pasikeitė. Peržiūrėkite patikrą dar kartą."
                )
            return redirect(self.names["import_check"], pk)
        new, changed = plan.counts[Kind.NEW], plan.counts[Kind.CHANGED]
        messages.success(
            request,
            f"Importuota iš failo „{self.pending.file_name}“. Naujų įrašų: {new}, pakeistų: {changed}.",
        )
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs):
        """Add the verdicts of the chosen kind, a page of them; errors first."""
        context = super().get_context_data(**kwargs)
        plan = context["plan"]
        chosen = self.request.GET.get("rodyti")
        if chosen not in plan.counts:
            chosen = Kind.ERROR.value if plan.counts[Kind.ERROR] else ""
        verdicts = [verdict for verdict in plan.verdicts if not chosen or verdict.kind == chosen]
        return context | {
            "page_of_verdicts": Paginator(verdicts, PER_PAGE).get_page(self.request.GET.get("p")),
            "chosen": chosen,
            "kinds": [(kind, plan.counts[kind]) for kind in Kind if plan.counts[kind]],
            "total": counted(len(plan.verdicts), "eilutė", "eilutės", "eilučių"),
            "imports": counted(plan.counts[Kind.NEW] + plan.counts[Kind.CHANGED], "įrašą", "įrašus", "įrašų"),
        }
