"""取込: an import is checked, shown, and then applied or discarded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.lists.csv_xlsx_export import list_response, table_response
from todoke.lists.query import wanted_format
from todoke.office.inventory.forms.imports import ImportForm, ModeForm
from todoke.office.inventory.import_list import ImportList
from todoke.procedures import tasks
from todoke.procedures.imports import import_reversal, import_runs
from todoke.procedures.models import ImportRow, ImportRun
from todoke.procedures.permissions import IMPORT_PROCEDURES
from todoke.runtime.refusals import Conflict, Unreadable
from todoke.web.actions import RefusalsSaid, action
from todoke.web.permission_check import staff

DEFECT_HEADS = ["行", "列", "値", "何が違うか", "どうすればよいか"]


@require_http_methods(["GET", "POST"])
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show previous imports, and the upload form."""
    user = staff(request, IMPORT_PROCEDURES)
    runs = ImportList(user)
    if request.method == "GET" and wanted_format(request.GET):
        return list_response(runs, request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = import_runs.create_run(file, file.name, by=user)
        tasks.check_import.enqueue(run.token)
        return redirect("office:import", token=run.token)
    context = {"form": form, **runs.page(request.GET).context()}
    return render(request, "office/imports/list.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one import: progress, changes, defects."""
    staff(request, IMPORT_PROCEDURES)
    run = get_object_or_404(ImportRun.objects.select_related("started_by"), token=token)
    context = {
        "run": run,
        "form": ModeForm(),
        "defects": run.defects.all()[:200],
        "defect_count": run.defects.count(),
        "previews": run.previews.all()[:200],
        "alike": run.rows.filter(like__isnull=False).select_related("like__department"),
        "choices": ImportRow.Choice.choices,
        "new_rows": run.rows.filter(like=None, choice="")[:200],
        "new_rest": max(0, run.created_count - 200),
        "busy": run.status in {ImportRun.Status.WAITING, ImportRun.Status.CHECKING, ImportRun.Status.WRITING},
    }
    return render(request, "office/imports/show.html", context)


@require_POST
def writing(request: HttpRequest, token: str) -> HttpResponse:
    """Apply a checked import in the background."""
    user = staff(request, IMPORT_PROCEDURES)
    run = get_object_or_404(ImportRun, token=token)
    form = ModeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "取り込み方を選んでください。まだ何も取り込んでいません。")
        return redirect("office:import", token=token)
    with RefusalsSaid(request, note="まだ何も取り込んでいません。"):
        if import_runs.approve(run, form.cleaned_data["mode"], by=user):
            tasks.write_import.enqueue(run.token)
        else:
            messages.warning(request, "この取込は、もう先へ進んでいます。下の状態を確かめてください。")
    return redirect("office:import", token=token)


@action("office:import", "token", note="まだ何も取り込んでいません。")
def decisions(request: HttpRequest, token: str) -> str:
    """Save what a person decided of rows with a look-alike, and check the file again.

    Raises Unreadable where nothing is decided, and Conflict where the import went on meanwhile.
    """
    user = staff(request, IMPORT_PROCEDURES)
    run = get_object_or_404(ImportRun, token=token)
    chosen = {
        row.line: said for row in run.rows.filter(like__isnull=False)
        if (said := request.POST.get(f"line-{row.line}", "")) in ImportRow.Choice.values
    }  # fmt: skip
    if not chosen:
        raise Unreadable("似た手続のそれぞれについて、どうするかを選んでください。")
    if not import_runs.decide(run, chosen, by=user):
        raise Conflict("この取込は、もう先へ進んでいます。下の状態を確かめてください。")
    tasks.check_import.enqueue(run.token)
    return f"{len(chosen)}行について決めました。決めたとおりに読み直しています。"


@action("office:import", "token")
def reversal(request: HttpRequest, token: str) -> str:
    """Undo an import whole."""
    user = staff(request, IMPORT_PROCEDURES)
    kept = import_reversal.take_back(get_object_or_404(ImportRun, token=token), by=user)
    rest = f"取込の後に人が直した{kept}項目は、そのままです。" if kept else ""
    return f"取込を取り消しました。加えた手続を取り除き、変えた項目を元に戻しました。{rest}"


@require_POST
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Discard an import; the inventory is unchanged."""
    user = staff(request, IMPORT_PROCEDURES)
    if import_runs.discard(get_object_or_404(ImportRun, token=token), by=user):
        messages.success(request, "取込を取りやめました。台帳は変わっていません。")
    return redirect("office:imports")


@require_GET
def defects(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the defects as a file."""
    staff(request, IMPORT_PROCEDURES)
    run = get_object_or_404(ImportRun, token=token)
    rows = run.defects.values_list("line", "column", "value", "problem", "remedy")
    return table_response(request, "取込の不備", DEFECT_HEADS, rows, request.GET.get("kind", "csv"))
