"""紙の読取り: batches, from the count of pages to the last case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.scans.batch_page import application_lines, batch_for, checker, next_application
from todoke.office.scans.forms.scans import AT_ONCE, BatchForm, CountForm
from todoke.office.scans.scan_lists import ScanBatchList
from todoke.scans import batch_reader
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.models import ScanBatch, ScanTemplate
from todoke.scans.permissions import CHECK_SCANS
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the batches of one's departments."""
    by = staff(request)
    more = {"may": bool(CHECK_SCANS.departments_of(by)), "has_templates": ScanTemplate.objects.visible_to(by).exists()}
    return list_page(request, ScanBatchList(by), "office/scans/index.html", more)


def entry(request: HttpRequest) -> HttpResponse:
    """Ask for form, way and number of pages, and begin a batch."""
    by = checker(request)
    form = BatchForm(by, request.POST or None, initial={"channel": ScanBatch.Channel.POST})
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = ScanBatch.begin(**form.cleaned_data, by=by)
            messages.success(request, "束を始めました。スキャンした画像を入れてください。")
            return redirect("office:scan", made.token)
    context = {"form": form, "has_templates": ScanTemplate.objects.visible_to(by).exists()}
    return render(request, "office/scans/entry.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the sheets of a batch by application, and the next step."""
    batch = batch_for(request, token)
    lines, arrived = application_lines(batch), batch.sheets.count()
    context = {
        "batch": batch, "lines": lines, "arrived": arrived, "next": next_application(lines), "at_once": AT_ONCE,
        "removed": batch.sheets.exclude(removed_at=None), "agrees": arrived == batch.claimed,
        "reader": chosen_reader(),
        "form": CountForm(initial={"claimed": batch.claimed, "handling_minutes": batch.handling_seconds / 60}),
    }  # fmt: skip
    return render(request, "office/scans/show.html", context)


@action("office:scan", "token")
def count(request: HttpRequest, token: str) -> str:
    """Correct the counted pages and note the time for scanning and sorting."""
    batch, form = batch_for(request, token), CountForm(request.POST)
    cleaned(form)
    batch.recount(*form.terms(), by=staff(request))
    return "枚数と時間を直しました。"


@action("office:scan", "token")
def reading(request: HttpRequest, token: str) -> str:
    """Hand the sheets to the reader."""
    batch_reader.begin(batch_for(request, token), by=staff(request))
    return "読取りを始めました。この画面を閉じても、続きは進みます。"


@action("office:scan", "token")
def reading_stop(request: HttpRequest, token: str) -> str:
    """Stop the reader; what was read stays."""
    batch_for(request, token).cancel_reading(by=staff(request))
    return "読取りをやめました。読んだところまでは残っています。"


@action("office:scan", "token")
def checking(request: HttpRequest, token: str) -> str:
    """Begin to check without a reader."""
    batch_for(request, token).begin_checking(by=staff(request))
    return "確認を始めました。一件ずつ、画像を見て入力してください。"


@action("office:scan", "token")
def completion(request: HttpRequest, token: str) -> str:
    """Finish the batch."""
    batch_for(request, token).finish(by=staff(request))
    return "この束を完了にしました。画像と値は、90日後に消えます。案件の記録は残ります。"
