"""収納・日計: reconciliation of a day, explanations, and two signatures."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.audit.data_exports import Export
from todoke.japanese.calendar import format_date
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.money.day_close_csv import DAY_HEADS, day_close_lines
from todoke.office.money.day_close_list import DayCloseList
from todoke.office.money.forms.payments import DayForm, ExplanationForm, ReturnForm, StatementForm
from todoke.payments import reconciliation, resolutions
from todoke.payments.models import DayClose, Finding, OpenItem, Statement, StatementLine
from todoke.payments.permissions import CLOSE_DAY
from todoke.payments.statements import UnreadableStatement, import_statements
from todoke.payments.treasury_papers import DayPaper
from todoke.payments.treasury_pdf import print_day
from todoke.spreadsheets.writer import CSV
from todoke.web import downloads
from todoke.web.actions import RefusalsOn, RefusalsSaid, action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the days, newest first."""
    rows = DayCloseList(staff(request, CLOSE_DAY))
    if wanted_format(request.GET):
        return list_response(rows, request)
    chosen = DayForm(request.GET or None)
    if chosen.is_valid():
        return redirect("office:payments-day", day=chosen.cleaned_data["day"])
    context = {"form": StatementForm(), "day_form": DayForm(), **rows.page(request.GET).context()}
    return render(request, "office/payments/index.html", context)


@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    """Import statements; an unreadable file changes nothing. A single day is reconciled at once."""
    user, form = staff(request, CLOSE_DAY), StatementForm(request.POST, request.FILES)
    importing = RefusalsOn(form, "file")
    if form.is_valid():
        with importing:
            files = ((file.name, file.read()) for file in form.cleaned_data["file"])
            return _imported(request, import_statements(files, form.cleaned_data["source"], by=user), user)
    defects = importing.refusal.defects if isinstance(importing.refusal, UnreadableStatement) else []
    return render(request, "office/payments/statement.html", {"form": form, "defects": defects}, status=422)


def _imported(request: HttpRequest, taken: list[Statement], user: User) -> HttpResponse:
    for one in taken:
        messages.success(request, f"{one.name}({one.get_source_display()})を取り込みました({one.lines.count():,}行)。")
        for said in one.left_out.splitlines():
            messages.warning(request, said)
    days = set(StatementLine.objects.filter(statement__in=taken).values_list("day", flat=True))
    if len(days) != 1:
        return redirect("office:payments")
    reconciliation.reconcile(day := days.pop(), by=user)
    return redirect("office:payments-day", day=day)


@require_GET
def sheet(request: HttpRequest, day: date) -> HttpResponse:
    """Show one day: totals by revenue code, and differences."""
    user = staff(request, CLOSE_DAY)
    close = DayClose.objects.filter(day=day).select_related("prepared_by", "signed_by", "opened_by").first()
    findings = close.findings.select_related("explained_by") if close else Finding.objects.none()
    revenue, names = reconciliation.revenue_of(day), reconciliation.revenue_names(day)
    context = {
        "day": day,
        "close": close,
        "findings": findings,
        "left": sum(finding.explained_at is None for finding in findings),
        "revenue": [(code, names.get(code, "名称のない科目"), yen) for code, yen in sorted(revenue.items())],
        "is_own": close is not None and close.prepared_by == user,
        "return_form": ReturnForm(),
        "total": sum(revenue.values()),
        "carried": OpenItem.objects.open().count(),
    }
    return render(request, "office/payments/sheet.html", context)


@require_POST
def matching(request: HttpRequest, day: date) -> HttpResponse:
    """Reconcile the day again."""
    close = reconciliation.reconcile(day, by=staff(request, CLOSE_DAY))
    messages.success(request, f"突合しました。一致 {close.matched:,}件、差異 {close.findings.count():,}件です。")
    return redirect("office:payments-day", day=day)


@require_POST
def remedy(request: HttpRequest, day: date) -> HttpResponse:
    """Resolve one difference, or all remaining ones, as proposed."""
    user = staff(request, CLOSE_DAY)
    left = Finding.objects.filter(day_close__day=day, explained_at__isnull=True).select_related("day_close")
    if reference := request.POST.get("reference"):
        left = left.filter(reference=reference, difference=request.POST.get("difference", ""))
    for finding in left:
        with RefusalsSaid(request, note=f"({finding.reference})"):
            messages.success(request, f"{finding.reference}: {resolutions.apply(finding, by=user)}")
    return redirect("office:payments-day", day=day)


@action("office:payments-day", "day")
def explanation(request: HttpRequest, day: date) -> str:
    """Record how one difference was resolved."""
    user, form = staff(request, CLOSE_DAY), ExplanationForm(request.POST)
    given = cleaned(form, "対応の内容を入力してから、「対応を記録する」を押してください。")
    named = {name: given[name] for name in ("difference", "reference")}
    finding = get_object_or_404(Finding, day_close__day=day, **named)
    resolutions.carry_over_with_note(finding, given["explanation"], by=user)
    return f"{finding.reference} の対応を記録し、未済として持ち越しました。"


@requires_recent_factor
@action("office:payments-day", "day")
def preparation(request: HttpRequest, day: date) -> str:
    """Sign as the first person."""
    get_object_or_404(DayClose, day=day).prepare(by=staff(request, CLOSE_DAY))
    return "作成を終えました。別の人が確認すると、この日が締まります。"


@requires_recent_factor
@action("office:payments-day", "day")
def signature(request: HttpRequest, day: date) -> str:
    """Sign as the second person; the day is locked."""
    close = get_object_or_404(DayClose, day=day)
    reconciliation.sign(close, by=staff(request, CLOSE_DAY))
    return f"{close}を締めました。"


@action("office:payments-day", "day")
def return_(request: HttpRequest, day: date) -> str:
    """Send the day back to who prepared it."""
    close, form = get_object_or_404(DayClose, day=day), ReturnForm(request.POST)
    close.send_back(by=staff(request, CLOSE_DAY), **cleaned(form, "差し戻す理由を書いてから、もう一度押してください。"))
    return f"{close}を差し戻しました。作成した人が直して、もう一度作成を終えます。"


@require_GET
def export(request: HttpRequest, day: date) -> HttpResponseBase:
    """Return the day as CSV for the treasurer's own system."""
    staff(request, CLOSE_DAY)
    lines = list(day_close_lines(day))
    facts = Export(
        "日計", f"nikkei-{day}.csv", len(lines) - 2, "csv", conditions=f"業務日={format_date(day)}", columns=DAY_HEADS
    )
    return downloads.export(request, DayPaper(day), lambda: "".join(lines).encode(), facts, media_type=CSV)


@require_GET
def printed(request: HttpRequest, day: date) -> HttpResponseBase:
    """Return the 日計表 as PDF with both signatures."""
    staff(request, CLOSE_DAY)
    facts = Export("日計表", f"nikkei-{day}.pdf", 1, conditions=f"業務日={format_date(day)}")
    return downloads.export(request, DayPaper(day), lambda: print_day(day), facts, inline=True)
