"""月次締め: personnel close a section's month with a file for the office's own system, and open it again."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.list_page import list_page
from todoke.office.attendance.attendance_lists import MonthCloseList
from todoke.office.attendance.forms.attendance import ReasonForm
from todoke.office.attendance.forms.rules import CloseForm
from todoke.spreadsheets.writer import CSV
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor
from todoke.workforce.left_out import HEADS, LEFT_OUT
from todoke.workforce.models import MonthClose
from todoke.workforce.month_closes import close_month, reopen_month
from todoke.workforce.permissions import CLOSE_ATTENDANCE


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request, CLOSE_ATTENDANCE)
    more = {"form": CloseForm(), "left_out": LEFT_OUT}
    return list_page(request, MonthCloseList(user), "office/attendance/closes.html", more)


@requires_recent_factor
@action("office:attendance")
def closing(request: HttpRequest) -> str:
    by, given = staff(request, CLOSE_ATTENDANCE), cleaned(CloseForm(request.POST))
    made = close_month(given["department"], given["month"], by=by)
    return f"{made}を締めました({made.people}人)。次に、締めのファイルを人事給与システムに渡してください。"


def close_of(request: HttpRequest, token: str) -> MonthClose:
    """Return a close that the person sees. Raises Http404, PermissionDenied."""
    rows = MonthClose.objects.visible_to(staff(request, CLOSE_ATTENDANCE)).select_related("department", "closed_by")
    return get_object_or_404(rows, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "office/attendance/close.html", {"close": close_of(request, token), "form": ReasonForm()})


@require_GET
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the file exactly as it was closed."""
    found = close_of(request, token)
    name = f"kintai-{found.department.code}-{found.month:%Y-%m}-{found.number}.csv"
    exported = Export(
        "勤怠の締めのファイル", name, found.people, "csv", reason="人事給与システムへの受渡し", subject=found
    )
    return export(request, found, lambda: found.content.encode(), exported, media_type=CSV)


@requires_recent_factor
@action("office:attendance-close", "token")
def reopening(request: HttpRequest, token: str) -> str:
    reopen_month(close_of(request, token), cleaned(ReasonForm(request.POST))["reason"], by=staff(request))
    return "再開しました。直したあと、本人の確認と所属長の承認を受けて、もう一度締めてください。"


@require_GET
def left_out(request: HttpRequest) -> HttpResponseBase:
    """Return what this register deliberately leaves to the office's own systems, as a table."""
    staff(request)
    return table_response(request, "勤怠で扱わないもの", HEADS, LEFT_OUT, request.GET.get("kind", "csv"))
