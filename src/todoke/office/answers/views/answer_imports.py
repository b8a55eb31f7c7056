"""回答の取込: a table of answers is read, its columns are matched, its rows are tried, and then become cases."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.integrations.imports import answer_imports
from todoke.integrations.imports.column_mappings import decide_columns, release_of
from todoke.integrations.imports.column_targets import targets_of
from todoke.integrations.imports.imported_rows import samples_of
from todoke.integrations.models import AnswerImport
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.answers.answer_import_list import AnswerImportList
from todoke.office.answers.forms.answer_imports import AnswerImportForm, ColumnsForm
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

SHOWN = 200


@require_http_methods(["GET", "POST"])
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show what was brought in, and take a table."""
    user = staff(request)
    if request.method == "GET" and wanted_format(request.GET):
        return list_response(AnswerImportList(user), request)
    form = AnswerImportForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            given = form.cleaned_data
            made = answer_imports.begin_import(given["offer"], given["file"], channel=given["channel"], by=user)
            return redirect("office:answer-import-columns", made.token)
    context = {"form": form, **AnswerImportList(user).page(request.GET).context()}
    return render(request, "office/answer_imports/index.html", context, status=422 if form.errors else 200)


def import_of(request: HttpRequest, token: str) -> AnswerImport:
    mine = AnswerImport.objects.visible_to(staff(request))
    return get_object_or_404(mine.select_related("mapping__offer__procedure", "begun_by"), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far an import is, what does not fit, and what is next."""
    batch = import_of(request, token)
    context = {
        "batch": batch, "defects": batch.defects.all()[:SHOWN], "defect_count": batch.defects.count(),
        "taken": batch.mapping.taken(), "not_taken": batch.mapping.not_taken(),
        "made": batch.applications.exclude(case=None).count(),
    }  # fmt: skip
    return render(request, "office/answer_imports/show.html", context)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Ask where each column goes; each is taken or said not to be."""
    batch, by = import_of(request, token), staff(request)
    targets = targets_of(release_of(batch.mapping.offer).form_version.parsed)
    samples = samples_of(batch) if request.method == "GET" else {}
    form = ColumnsForm(request.POST or None, mapping=batch.mapping, targets=targets, samples=samples)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            decide_columns(batch.mapping, form.targets(), by=by)
            answer_imports.order_check(batch)
            messages.success(request, "列の行き先を覚えました。いま、すべての行を試しています。")
            return redirect("office:answer-import", token)
    context = {"batch": batch, "form": form}
    return render(request, "office/answer_imports/columns.html", context, status=422 if form.errors else 200)


@action("office:answer-import", "token")
def cases(request: HttpRequest, token: str) -> str:
    """Make cases of the rows that fit."""
    answer_imports.order_writing(import_of(request, token), by=staff(request))
    return "取り込んでいます。この画面を閉じても、続きは進みます。"


@action("office:answer-import", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    """Give an import up; nothing was written."""
    answer_imports.cancel(import_of(request, token), by=staff(request))
    return "取込をやめました。案件は作っていません。ファイルは消しました。"
