"""月の出勤簿: the month of a person, confirmed by them, approved by the chief; no paper, no seal."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.lists.list_page import list_page
from todoke.office.attendance.attendance_lists import TimesheetList
from todoke.office.attendance.forms.attendance import ArrangementForm, CorrectionForm, ExplanationForm, ReasonForm
from todoke.office.attendance.forms.revisions import RevisionForm
from todoke.office.attendance.month_page import month_page
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import staff
from todoke.workforce import month_seals
from todoke.workforce.attendance_book import AttendanceBook
from todoke.workforce.models import ClockCorrection, MonthSheet, WorkDay


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, TimesheetList(staff(request)), "office/attendance/timesheets.html")


def sheet_of(request: HttpRequest, token: str) -> MonthSheet:
    """Return a month that the person sees. Raises Http404."""
    sheets = MonthSheet.objects.visible_to(staff(request)).select_related("user", "department", "approved_by")
    return get_object_or_404(sheets, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the days of a month and the one next step."""
    sheet = sheet_of(request, token)
    context = month_page(sheet, staff(request)) | {
        "explanation_form": ExplanationForm(auto_id="explanation_%s"),
        "correction_form": CorrectionForm(sheet=sheet, auto_id="correction_%s"),
        "arrangement_form": ArrangementForm(auto_id="arrangement_%s"),
        "return_form": ReasonForm(auto_id="return_%s"),
    }  # fmt: skip
    return render(request, "office/attendance/timesheet.html", context)


@action("office:timesheet", "token")
def explanation(request: HttpRequest, token: str) -> str:
    sheet, given = sheet_of(request, token), cleaned(ExplanationForm(request.POST))
    month_seals.require_own_day(sheet, given["on"], by=staff(request))
    WorkDay.explain(given["on"], given["reason"], by=staff(request))
    return "説明を残しました。課長が、承認のときに見ます。"


@action("office:timesheet", "token")
def correction(request: HttpRequest, token: str) -> str:
    sheet, by = sheet_of(request, token), staff(request)
    form = CorrectionForm(request.POST, sheet=sheet)
    given = cleaned(form)
    month_seals.require_own_day(sheet, given["on"], by=by)
    ClockCorrection.request(given["on"], given["kind"], form.wanted(), given["reason"], event=given["event"], by=by)
    return "訂正を申請しました。課長が承認すると、もとの打刻も残したまま、新しい打刻で計算します。"


@action("office:timesheet", "token")
def arrangement(request: HttpRequest, token: str) -> str:
    sheet, given = sheet_of(request, token), cleaned(ArrangementForm(request.POST))
    month_seals.require_day(sheet, given["on"])
    terms = {name: given[name] for name in ("kind", "pattern", "moved_for")}
    WorkDay.arrange(sheet.user, given["on"], **terms, by=staff(request))
    return "この日の勤務を割り振りました。"


@action("office:timesheet", "token")
def confirmation(request: HttpRequest, token: str) -> str:
    given = cleaned(RevisionForm(request.POST))
    month_seals.confirm_month(sheet_of(request, token), given["revision"], by=staff(request))
    return "この月を確認しました。課長の承認を待ちます。"


@action("office:timesheet", "token")
def approval(request: HttpRequest, token: str) -> str:
    given = cleaned(RevisionForm(request.POST))
    month_seals.approve_month(sheet_of(request, token), given["revision"], by=staff(request))
    return "承認しました。人事担当が月を締めます。"


@action("office:timesheet", "token")
def sending_back(request: HttpRequest, token: str) -> str:
    reason = cleaned(ReasonForm(request.POST))["reason"]
    month_seals.send_month_back(sheet_of(request, token), reason, by=staff(request))
    return "差し戻しました。本人が直して、もう一度確認します。"


@require_GET
def book(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the month as a paper 出勤簿 without a seal."""
    sheet = sheet_of(request, token)
    file = AttendanceBook(sheet)
    exported = Export("出勤簿", f"shukkinbo-{sheet.month:%Y-%m}.pdf", 1, subject=sheet)
    return export(request, file, file.pdf, exported)
