"""手続の台帳: the inventory as a list, one procedure on one page, and its correction."""

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.lists.csv_xlsx_export import list_response
from todoke.offers.online_status import online_flag
from todoke.office.inventory import procedure_page
from todoke.office.inventory.forms.procedures import (
    LegalBasisForm,
    PaperFormForm,
    ProcedureForm,
    VolumeForm,
)
from todoke.office.inventory.procedure_list import ProcedureList, WholeProcedureList
from todoke.office.inventory.procedure_loop import ProcedureLoop
from todoke.procedures import cell_edits, municipal_rows
from todoke.procedures.models import ImportRun, Procedure
from todoke.procedures.permissions import EDIT_PROCEDURE
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    context = {"can_import": ImportRun.can_start(user), **ProcedureList(user).page(request.GET).context()}
    return render(request, "office/procedures/list.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything that the list shows on all its pages: its columns, or with ``columns=all`` all of the survey's."""
    made = WholeProcedureList if request.GET.get("columns") == "all" else ProcedureList
    return list_response(made(staff(request)), request)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    known = Procedure.objects.select_related("department").annotate(taken=online_flag())
    procedure = get_object_or_404(known, number=number)
    context = {
        "procedure": procedure,
        "groups": procedure_page.groups(procedure),
        "loop": ProcedureLoop(procedure, staff(request), bool(getattr(procedure, "taken", 0))),
        "changes": procedure.changes.select_related("actor")[:100],
        "volumes": procedure.volumes.all(),
        "legal_bases": procedure.legal_bases.all(),
        "paper_forms": procedure.paper_forms.all(),
        "offers": procedure.offers.all(),
        "judgements": procedure.judgements.in_force().select_related("concern"),
        "reviews": procedure.reviews.all(),
        "can_edit": procedure.can_edit(staff(request)),
    }
    return render(request, "office/procedures/show.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    procedure = _mine(request, number)
    form = ProcedureForm(request.POST or None, instance=Procedure.objects.get(pk=procedure.pk))
    if request.method == "POST" and form.is_valid():
        procedure.version = form.cleaned_data["version"]
        with RefusalsOn(form, note="下の入力はまだ保存されていません。"):
            reason = form.cleaned_data["reason"]
            count = cell_edits.update_procedure(
                procedure, form.values(), form.chosen(), by=staff(request), reason=reason
            )
            messages.success(request, f"{count}項目を変更しました。" if count else "変わった項目はありません。")
            return redirect("office:procedure", number=number)
    context = {"procedure": procedure, "form": form}
    return render(request, "office/procedures/edit.html", context, status=422 if form.errors else 200)


FORMS: dict[str, tuple[type[ModelForm[Any]], str]] = {
    "volumes": (VolumeForm, "件数を加える"),
    "legal-bases": (LegalBasisForm, "根拠法令を加える"),
    "paper-forms": (PaperFormForm, "様式を加える"),
}


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest, number: str, noun: str) -> HttpResponse:
    """Add a row beside the survey: a volume, a legal basis or a paper form."""
    procedure = _mine(request, number)
    kind, title = FORMS[noun]
    form = kind(request.POST or None, instance=kind._meta.model(procedure=procedure))
    if request.method == "POST" and form.is_valid():
        municipal_rows.add(form.save(commit=False), by=staff(request))
        messages.success(request, "加えました。")
        return redirect("office:procedure", number=number)
    context = {"procedure": procedure, "form": form, "title": title}
    return render(request, "office/procedures/addition.html", context, status=422 if form.errors else 200)


@action("office:procedure", "number")
def removal(request: HttpRequest, number: str, noun: str) -> str:
    """Take a row away again; the history keeps what it said."""
    procedure = _mine(request, number)
    row = get_object_or_404(FORMS[noun][0]._meta.model, procedure=procedure, pk=request.POST.get("row") or 0)
    municipal_rows.remove(row, by=staff(request))
    return "取り除きました。履歴には残っています。"


def _mine(request: HttpRequest, number: str) -> Procedure:
    procedure = get_object_or_404(Procedure.objects.select_related("department"), number=number)
    staff(request, EDIT_PROCEDURE, procedure.department)
    return procedure
