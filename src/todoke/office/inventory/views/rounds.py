"""棚卸: inventory rounds: every section checks its own procedures, online or in Excel."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.audit.data_exports import Export
from todoke.lists.csv_xlsx_export import list_response, table_response
from todoke.lists.query import wanted_format
from todoke.office.inventory.forms.rounds import RoundForm, WorkbookForm
from todoke.office.inventory.round_list import RoundList
from todoke.rounds import progress, transfers, workbook_merge, workbooks
from todoke.rounds.models import MergedCell, Round, RoundRow, RoundSheet
from todoke.rounds.permissions import ANSWER_SHEET, OPEN_ROUND
from todoke.runtime.refusals import Conflict
from todoke.spreadsheets.writer import XLSX
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import reader, staff

PROGRESS_COLUMNS = ("department__name", "asked", "answered", "left", "conflicts", "defects", "returned_at")
PROGRESS_HEADS = ["部署", "手続", "回答", "未回答", "食い違い", "不備", "回答を終えた日時"]


@require_http_methods(["GET", "POST"])
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the rounds, and for headquarters the form for a new one."""
    user = reader(request, OPEN_ROUND)
    rounds = RoundList(user)
    if request.method == "GET" and wanted_format(request.GET):
        return list_response(rounds, request)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = progress.open_round(**data, by=user)
        messages.success(request, f"{asked.title}を始めました。{asked.sheets.count()}の部署に棚卸票ができました。")
        return redirect("office:round", code=asked.code)
    context = {"form": form, "can_open": Round.can_open(user), **rounds.page(request.GET).context()}
    return render(request, "office/rounds/list.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the progress by section."""
    asked = get_object_or_404(Round, code=code)
    sheets, rows = list(progress.sheets_with_progress(asked)), RoundRow.objects.filter(sheet__round=asked)
    context = {
        "round": asked,
        "sheets": sheets,
        "asked": rows.count(),
        "answered": rows.exclude(answer="").count(),
        "late": [sheet for sheet in sheets if sheet.returned_at is None],
        "can_remind": Round.can_open(staff(request)),
        "elsewhere": transfers.disputed().count(),
        "unassigned": transfers.unassigned().count(),
    }
    return render(request, "office/rounds/show.html", context)


@require_GET
def progress_table(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return the progress by section as a file."""
    asked = get_object_or_404(Round, code=code)
    rows = progress.sheets_with_progress(asked).values_list(*PROGRESS_COLUMNS)
    return table_response(request, f"{asked.title}の進み方", PROGRESS_HEADS, rows, request.GET.get("kind", "csv"))


@require_POST
def reminder(request: HttpRequest, code: str) -> HttpResponse:
    """Send reminders to sections that have not finished."""
    count = progress.send_reminders(get_object_or_404(Round, code=code), by=staff(request))
    said = f"{count}の部署に知らせました。" if count else "きょうは、もう知らせています。あした、また送れます。"
    messages.success(request, said)
    return redirect("office:round", code=code)


@require_GET
def sheet(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Show one section's part: workbook, returned rows, conflicts, unanswered rows."""
    found = _sheet(request, code, section, must_answer=False)
    cells = found.cells.select_related("procedure", "said_by", "settled_by")
    context = {
        "sheet": found,
        "state": progress.sheets_with_progress(found.round).get(pk=found.pk),
        "form": WorkbookForm(),
        "conflicts": cells.filter(outcome=MergedCell.Outcome.CONFLICT),
        "defects": cells.filter(outcome=MergedCell.Outcome.DEFECT)[:200],
        "settled": cells.exclude(outcome__in=[MergedCell.Outcome.CONFLICT, MergedCell.Outcome.DEFECT])[:100],
        "unanswered": found.rows.filter(answer="").select_related("procedure")[:200],
        "can_answer": found.can_answer(staff(request)),
    }
    return render(request, "office/rounds/sheet.html", context)


@require_POST
def workbook(request: HttpRequest, code: str, section: str) -> HttpResponseBase:
    """Return the workbook of a section."""
    found, by = _sheet(request, code, section), staff(request)
    facts = Export(
        f"棚卸のブック {found}", f"{found.round.title}_{found.department.name}.xlsx", found.rows.count(), "xlsx",
        conditions=f"所管部署={found.department.name}", subject=found,
    )  # fmt: skip
    return export(request, found, lambda: workbooks.create_workbook(found, by=by)[1], facts, media_type=XLSX)


@action("office:round-sheet", "code", "section", note="台帳は変わっていません。")
def merge(request: HttpRequest, code: str, section: str) -> str:
    """Import a filled-in workbook."""
    found = _sheet(request, code, section)
    given = cleaned(WorkbookForm(request.POST, request.FILES), "ファイルを選んでください。")
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.writelines(given["file"].chunks())
        file.flush()
        return _merged(request, found, Path(file.name))


def _merged(request: HttpRequest, found: RoundSheet, path: Path) -> str:
    if workbook_merge.identify_workbook(path).sheet_id != found.pk:
        raise Conflict("ほかの部署のブックです。部署を確かめてください。")
    merged = workbook_merge.merge_workbook(path, by=staff(request))
    cells = merged.cells
    said = f"{merged.rows}行を読み、{cells['taken']}項目を反映しました。"
    if cells["conflict"] or cells["defect"]:
        said += f"食い違い {cells['conflict']}、不備 {cells['defect']}。下で確かめてください。"
    said += f"台帳にない手続{cells['requested']}件の登録を、DX推進本部に依頼しました。" if cells["requested"] else ""
    if merged.absent_columns:
        said += f"列がなかった項目(変えていません): {'、'.join(merged.absent_columns)}。"
    return said + (f"ブックになかった行: {merged.absent_rows}行。" if merged.absent_rows else "")


@require_POST
def confirmation(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Mark rows as unchanged."""
    found = _sheet(request, code, section)
    count = progress.confirm_unchanged(found, request.POST.getlist("number"), by=staff(request))
    messages.success(request, f"{count}件を確認済みにしました。")
    return redirect("office:round-sheet", code=code, section=section)


@require_POST
def settlement(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Resolve a conflict."""
    found = _sheet(request, code, section)
    cell = get_object_or_404(found.cells, pk=request.POST.get("cell") or 0)
    if workbook_merge.resolve_conflict(cell, take_theirs=request.POST.get("take") == "theirs", by=staff(request)):
        messages.success(request, f"「{cell.field}」を決めました。")
    else:
        messages.warning(request, "この食い違いは、もう決められています。")
    return redirect("office:round-sheet", code=code, section=section)


@require_POST
def returning(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Mark a section as finished."""
    if progress.submit_sheet(_sheet(request, code, section), by=staff(request)):
        messages.success(request, "回答を終えました。このあとも直せます。")
    return redirect("office:round-sheet", code=code, section=section)


def _sheet(request: HttpRequest, code: str, section: str, *, must_answer: bool = True) -> RoundSheet:
    sheets = RoundSheet.objects.select_related("round", "department")
    found = get_object_or_404(sheets, round__code=code, department__code=section)
    if must_answer:
        staff(request, ANSWER_SHEET, found.department)
    return found
