"""回答の書出し: asked for under the conditions of the table, made, and taken away under a number."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.cases.exports import answer_exports
from todoke.cases.exports.choice_counts import COUNT_HEADS
from todoke.cases.exports.own_columns import headings_of, table_of, targets_of, whole_table, written
from todoke.cases.models import AnswerExport, AnswerLayout
from todoke.formbuilder.models import FormDraft
from todoke.lists.list_page import list_page
from todoke.office.answers.answer_list import AnswerList
from todoke.office.answers.export_list import AnswerExportList
from todoke.office.answers.forms.answer_exports import AnswerExportForm, OwnColumnsForm
from todoke.web import downloads
from todoke.web.actions import action, cleaned
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv",
    "json": "application/json", "zip": "application/zip",
}  # fmt: skip


def _export(request: HttpRequest, token: str) -> AnswerExport:
    mine = AnswerExport.objects.visible_to(staff(request)).select_related("form", "requested_by")
    return get_object_or_404(mine, token=token)


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the person's own exports."""
    return list_page(request, AnswerExportList(staff(request)), "office/answers/exports.html")


def _own_columns(request: HttpRequest, form: FormDraft) -> OwnColumnsForm:
    """Return the form that asks what the columns of a person's own sheet hold; bound once it was shown."""
    known = AnswerLayout.own_of(form, staff(request))
    data = request.POST if "own" in request.POST else None
    targets = targets_of(whole_table(form))
    return OwnColumnsForm(data, pasted=request.POST.get("headings", ""), targets=targets, known=known)


@action("office:answers", "code")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Make a file of the cases that fit the conditions of the table."""
    answers, form = AnswerList.at(staff(request), {"code": code}), AnswerExportForm(request.POST)
    query = answers.read(QueryDict(request.POST.get("query", "")))
    columns = answers.keys_of(query)
    if headings_of(cleaned(form)["headings"]):
        own = _own_columns(request, answers.form)
        if not own.is_valid():
            context = {"answers": answers, "form": own, "given": form.cleaned_data, "query": query.but().encoded()}
            return render(request, "office/answers/own_columns.html", context, status=422 if own.errors else 200)
        columns = written(own.targets())
    wish = form.wish(columns=columns, conditions=answers.said(query))
    made = answer_exports.request_export(answers.form, answers.sorted(query), wish, by=staff(request))
    return redirect("office:answer-export", made.token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far the file is, and where it is taken."""
    found = _export(request, token)
    withheld = found.rows.filter(withheld=True).select_related("case")
    return render(request, "office/answers/export.html", {"export": found, "withheld": withheld})


def _heads(export: AnswerExport) -> Sequence[str]:
    if export.contents == AnswerExport.Contents.TABLE:
        return table_of(export.form, export.columns).heads()
    return COUNT_HEADS if export.contents == AnswerExport.Contents.COUNTS else ["添付書類"]


@asks_reason
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the file; asks each time who takes it, and why unless it holds counts alone, which tell of nobody."""
    found = _export(request, token)
    lines = found.total if found.lines is None else found.lines
    facts = Export(
        f"{found.form.title}の{found.get_contents_display()}(書出し番号 {found.number})", found.file_name, lines,
        found.suffix, found.persons, found.conditions, _heads(found), subject=found,
        back=reverse("office:answer-export", args=[token]),
    )  # fmt: skip

    def read() -> downloads.Content:
        answer_exports.note_taking(found)
        return default_storage.open(found.path)

    return downloads.export(request, found, read, facts, media_type=MEDIA_TYPES[found.suffix])


@action("office:answer-export", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    """Stop the making of a file."""
    answer_exports.cancel(_export(request, token), by=staff(request))
    return "書出しをやめました。ファイルはできていません。"


@action("office:answer-exports")
def removal(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a file before its time."""
    found = _export(request, token)
    answer_exports.remove(found, by=staff(request))
    messages.success(request, f"書出し {found.number} のファイルを消しました。だれが何を書き出したかの記録は残ります。")
    return redirect("office:answer-exports")
