"""Month closes 月次締め: close the month of a section with its file, and open it again with a reason."""

import hashlib
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record
from todoke.audit.transitions import transition
from todoke.organization.models import Department
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.workforce.attendance_record import person_months
from todoke.workforce.closing_file import closing_csv
from todoke.workforce.models import MonthClose, MonthSheet, StaffNumber
from todoke.workforce.permissions import CLOSE_ATTENDANCE
from todoke.workforce.section_members import members_of

NAMED = 5


def left_of(department: Department, month: date) -> list[str]:
    """Return whose month is not approved yet, each with its state, of everybody who works in a section."""
    sheets = list(MonthSheet.objects.filter(department=department, month=month).select_related("user"))
    with_sheet = {sheet.user_id for sheet in sheets}
    last = MonthSheet(month=month).last_day
    left = [f"{user.name}(記録なし)" for user in members_of(department, last) if user.pk not in with_sheet]
    sealed = {MonthSheet.Status.APPROVED, MonthSheet.Status.CLOSED}
    return left + [f"{sheet.user.name}({sheet.get_status_display()})" for sheet in sheets if sheet.status not in sealed]


@transaction.atomic
def close_month(department: Department, month: date, *, by: User) -> MonthClose:
    """締める: close the approved month of a section, keep its file, and seal the hash of it in the trail.

    Raises NotAllowed, NotYet with who is left or has no number, Conflict for what was closed or changed meanwhile.
    """
    if not CLOSE_ATTENDANCE.held_by(by):
        raise NotAllowed("月を締められるのは、人事担当です。")
    lock_subject(f"workforce/close/{department.pk}")
    if left := left_of(department, month):
        raise NotYet(f"まだ締められません。所属長の承認が済んでいない人: {_named(left)}")
    sheets = list(MonthSheet.objects.filter(department=department, month=month).select_related("user").order_by("pk"))
    if not sheets or any(sheet.status == MonthSheet.Status.CLOSED for sheet in sheets):
        raise Conflict("この月は、もう締めてあるか、記録のある人がいません。")
    unnumbered = [s.user.name for s in sheets if not StaffNumber.objects.filter(user=s.user_id).exists()]
    if unnumbered:
        said = (
            f"まだ締められません。職員番号のない人: {_named(unnumbered)}。「勤怠の定め」のページで取り込んでください。"
        )
        raise NotYet(said, link=path_to("office:attendance-rules"))
    _seal(sheets)
    content = closing_csv(person_months(sheets))
    digest = hashlib.sha256(content.encode()).hexdigest()
    before = MonthClose.objects.filter(department=department, month=month)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = MonthClose.objects.create(
                department=department, month=month, number=number, people=len(sheets), content=content,
                file_hash=digest, closed_by=by,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict("この月は、いま、ほかの人が締めました。") from twice
    record(made, "勤怠の締め", by=by, after={"月": month, "回": number, "照合値": digest}, first=True)
    return made


def _seal(sheets: list[MonthSheet]) -> None:
    """Close the sheets where each is still approved as it was read. Raises Conflict where one is not."""
    for sheet in sheets:
        if not transition(sheet, MonthSheet.Status.CLOSED, read={"revision": sheet.revision}):
            raise Conflict(f"いま、{sheet.user.name}さんの記録が変わりました。承認を待って、もう一度締めてください。")


@transaction.atomic
def reopen_month(close: MonthClose, reason: str, *, by: User) -> None:
    """再開する: open a closed month for everybody of the section, with a reason; the file of the close stays.

    Raises NotAllowed, Refused without a reason, Conflict where it was reopened before.
    """
    if not CLOSE_ATTENDANCE.held_by(by):
        raise NotAllowed("月を再開できるのは、人事担当です。")
    if not reason.strip():
        raise Refused("再開する理由を書いてください。")
    lock_subject(f"workforce/close/{close.department_id}")
    if not transition(close, MonthClose.Status.REOPENED, reopen_reason=reason.strip()):
        raise Conflict("この締めは、もう再開しています。")
    opened: dict[str, Any] = {
        "confirmed_at": None,
        "approved_at": None,
        "approved_by": None,
        "return_reason": reason.strip(),
    }
    for sheet in MonthSheet.objects.filter(department=close.department_id, month=close.month, status="closed"):
        transition(sheet, MonthSheet.Status.OPEN, **opened)
    record(close, "勤怠の締めの再開", by=by, after={"状態": close.status}, reason=reason.strip())


def _named(people: list[str]) -> str:
    more = f"、ほか{len(people) - NAMED}人" if len(people) > NAMED else ""
    return "、".join(people[:NAMED]) + more
