"""収納・日計: reconciliation of a day, explanations, and two signatures."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.office.money.day_close_csv import day_close_lines
from todoke.office.money.forms.payments import DayForm, ExplanationForm, StatementForm
from todoke.payments import reconciliation, resolutions, statements
from todoke.payments.models import DayClose, Finding, OpenItem, Statement, StatementLine
from todoke.payments.treasury_pdf import print_day
from todoke.runtime.refusals import NotYet


def treasurer(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not DayClose.can_work(user):
        raise PermissionDenied
    return user


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the days, newest first."""
    treasurer(request)
    chosen = DayForm(request.GET or None)
    if chosen.is_valid():
        return redirect("office:payments-day", day=chosen.cleaned_data["day"])
    open_findings = Count("findings", filter=Q(findings__explained_at__isnull=True))
    days = DayClose.objects.select_related("prepared_by", "signed_by").annotate(
        differences=Count("findings"), left=open_findings
    )
    context = {"days": days.order_by("-day")[:62], "form": StatementForm(), "day_form": DayForm()}
    return render(request, "office/payments/index.html", context)


@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    """Import statements; an unreadable file changes nothing. A single day is reconciled at once."""
    user, form = treasurer(request), StatementForm(request.POST, request.FILES)
    taken, defects = (_taken(form, user)) if form.is_valid() else ([], [])
    if not form.is_valid():
        return render(request, "office/payments/statement.html", {"form": form, "defects": defects}, status=422)
    for one in taken:
        messages.success(request, f"{one.name}({one.get_source_display()})を取り込みました({one.lines.count():,}行)。")
    days = set(StatementLine.objects.filter(statement__in=taken).values_list("day", flat=True))
    if len(days) != 1:
        return redirect("office:payments")
    reconciliation.reconcile(day := days.pop(), by=user)
    return redirect("office:payments-day", day=day)


@transaction.atomic
def _taken(form: StatementForm, user: User) -> tuple[list[Statement], list[statements.StatementDefect]]:
    """Import all files or none; problems become form errors."""
    taken = []
    for file in form.cleaned_data["file"]:
        try:
            taken.append(statements.import_statement(file.name, file.read(), form.cleaned_data["source"], by=user))
        except statements.UnreadableStatement as problem:
            transaction.set_rollback(True)
            form.add_error("file", f"{file.name}: {problem}")
            return [], problem.defects
    return taken, []


@require_GET
def sheet(request: HttpRequest, day: date) -> HttpResponse:
    """Show one day: totals by revenue code, and differences."""
    treasurer(request)
    close = DayClose.objects.filter(day=day).select_related("prepared_by", "signed_by", "opened_by").first()
    findings = close.findings.select_related("explained_by") if close else Finding.objects.none()
    revenue = reconciliation.revenue_of(day)
    context = {
        "day": day,
        "close": close,
        "findings": findings,
        "left": sum(finding.explained_at is None for finding in findings),
        "revenue": sorted(revenue.items()),
        "total": sum(revenue.values()),
        "carried": OpenItem.objects.open().count(),
    }
    return render(request, "office/payments/sheet.html", context)


@require_POST
def matching(request: HttpRequest, day: date) -> HttpResponse:
    """Reconcile the day again."""
    close = reconciliation.reconcile(day, by=treasurer(request))
    messages.success(request, f"突合しました。一致 {close.matched:,}件、差異 {close.findings.count():,}件です。")
    return redirect("office:payments-day", day=day)


@require_POST
def remedy(request: HttpRequest, day: date) -> HttpResponse:
    """Resolve one difference, or all remaining ones, as proposed."""
    user = treasurer(request)
    left = Finding.objects.filter(day_close__day=day, explained_at__isnull=True).select_related("day_close")
    if reference := request.POST.get("reference"):
        left = left.filter(reference=reference, difference=request.POST.get("difference", ""))
    for finding in left:
        try:
            messages.success(request, f"{finding.reference}: {resolutions.apply(finding, by=user)}")
        except resolutions.AlreadyResolved as reason:
            messages.info(request, f"{finding.reference}: {reason}")
    return redirect("office:payments-day", day=day)


@require_POST
def explanation(request: HttpRequest, day: date) -> HttpResponse:
    """Record how one difference was resolved."""
    user, form = treasurer(request), ExplanationForm(request.POST)
    if form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("difference", "reference")}
        finding = get_object_or_404(Finding, day_close__day=day, **named)
        try:
            resolutions.carry_over_with_note(finding, form.cleaned_data["explanation"], by=user)
            messages.success(request, f"{finding.reference} の対応を記録し、未済として持ち越しました。")
        except resolutions.AlreadyResolved as reason:
            messages.info(request, str(reason))
    else:
        messages.error(request, "対応の内容を入力してから、「対応を記録する」を押してください。")
    return redirect("office:payments-day", day=day)


@require_POST
def preparation(request: HttpRequest, day: date) -> HttpResponse:
    """Sign as the first person."""
    close = get_object_or_404(DayClose, day=day)
    try:
        close.prepare(by=treasurer(request))
        messages.success(request, "作成を終えました。別の人が確認すると、この日が締まります。")
    except NotYet as reason:
        messages.error(request, str(reason))
    return redirect("office:payments-day", day=day)


@require_POST
def signature(request: HttpRequest, day: date) -> HttpResponse:
    """Sign as the second person; the day is locked."""
    close = get_object_or_404(DayClose, day=day)
    try:
        reconciliation.sign(close, by=treasurer(request))
        messages.success(request, f"{close.day} の日計を締めました。")
    except NotYet as reason:
        messages.error(request, str(reason))
    return redirect("office:payments-day", day=day)


@require_GET
def export(request: HttpRequest, day: date) -> HttpResponse:
    """Return the day as CSV for the treasurer's own system."""
    treasurer(request)
    answer = HttpResponse(day_close_lines(day), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="nikkei-{day}.csv"'
    return answer


@require_GET
def printed(request: HttpRequest, day: date) -> HttpResponse:
    """Return the 日計表 as PDF with both signatures."""
    treasurer(request)
    answer = HttpResponse(print_day(day), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="nikkei-{day}.pdf"'
    return answer
