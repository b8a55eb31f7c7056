"""Month seals 月の確認と承認: the person confirms what they saw, the chief approves it; no paper seal."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import transition
from todoke.japanese.calendar import format_date
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.workforce.attendance_record import PersonMonth, person_months
from todoke.workforce.models import MonthSheet

CHANGED = "画面を開いたあとで、この月の記録が変わりました。もう一度確かめてから押してください。何も変わっていません。"


def waiting_of(sheet: MonthSheet) -> int:
    """Return how many corrections, orders and leave of a month wait for the chief."""
    return sum(rows.filter(status="requested").count() for rows in (sheet.corrections, sheet.orders, sheet.leave))


def require_day(sheet: MonthSheet, on: date) -> None:
    """Raises Refused for a day of another month."""
    if on.replace(day=1) != sheet.month:
        raise Refused(f"{sheet.month.year}年{sheet.month.month}月の日を選んでください。")


def require_own_day(sheet: MonthSheet, on: date, *, by: User) -> None:
    """Raises NotAllowed for somebody else's month, Refused for a day of another month."""
    if by.pk != sheet.user_id:
        raise NotAllowed("自分の記録にだけ、説明や訂正を書けます。")
    require_day(sheet, on)


def defects_of(month: PersonMonth) -> list[str]:
    """Return what stands between a month and its confirmation, in sentences."""
    found = [f"{format_date(on)}の打刻がそろっていません。訂正を申請してください。" for on in month.open_days()]
    found += [f"{format_date(on)}の乖離を説明してください。" for on in month.unexplained()]
    if waiting := waiting_of(month.sheet):
        found.append(f"課長の決定を待つ申請が{waiting}件あります。")
    if not month.sheet.is_over:
        found.append("月の最後の日から確認できます。")
    return found


@transaction.atomic
def confirm_month(sheet: MonthSheet, revision: int, *, by: User) -> None:
    """本人確認: confirm one's own month as it was shown, at a revision.

    Raises NotAllowed, NotYet with the first thing that is left, Conflict for what changed or was confirmed meanwhile.
    """
    if by.pk != sheet.user_id:
        raise NotAllowed("確認できるのは、本人だけです。")
    [month] = person_months([sheet])
    if defects := defects_of(month):
        raise NotYet(f"まだ確認できません。{defects[0]}", link=path_to("office:timesheet", sheet.token))
    sealed = {"confirmed_at": timezone.now(), "return_reason": ""}
    if not transition(sheet, MonthSheet.Status.CONFIRMED, read={"revision": revision}, **sealed):
        raise Conflict(CHANGED)
    record(sheet, "勤怠の本人確認", by=by, after={"状態": sheet.status, "回": revision})


@transaction.atomic
def approve_month(sheet: MonthSheet, revision: int, *, by: User) -> None:
    """所属長承認: approve a confirmed month with its gaps, and keep its overtime for the limits of later months.

    Raises NotAllowed, Conflict for what changed, was approved or sent back meanwhile.
    """
    _require_approver(sheet, by)
    [month] = person_months([sheet])
    kept = {
        "approved_at": timezone.now(), "approved_by": by,
        "overtime_minutes": month.minutes(with_holidays=False),
        "overtime_with_holidays": month.minutes(with_holidays=True),
    }  # fmt: skip
    if not transition(sheet, MonthSheet.Status.APPROVED, read={"revision": revision}, **kept):
        raise Conflict(CHANGED)
    record(sheet, "勤怠の所属長承認", by=by, after={"状態": sheet.status, "回": revision})


@transaction.atomic
def send_month_back(sheet: MonthSheet, reason: str, *, by: User) -> None:
    """差し戻す: open a confirmed or approved month again, with a reason that the person reads.

    Raises NotAllowed, Refused without a reason, Conflict where it is open already or closed.
    """
    _require_approver(sheet, by)
    if not reason.strip():
        raise Refused("差し戻す理由を書いてください。本人に見えます。")
    opened: dict[str, Any] = {
        "confirmed_at": None,
        "approved_at": None,
        "approved_by": None,
        "return_reason": reason.strip(),
    }
    sealed = sheet.status in {MonthSheet.Status.CONFIRMED, MonthSheet.Status.APPROVED}
    if not sealed or not transition(sheet, MonthSheet.Status.OPEN, **opened):
        raise Conflict("この月は、いま確認も承認もされていません。何も変わっていません。")
    record(sheet, "勤怠の差戻し", by=by, after={"状態": sheet.status}, reason=reason.strip())


def _require_approver(sheet: MonthSheet, by: User) -> None:
    if not sheet.can_approve(by):
        raise NotAllowed("この月を承認できるのは、部署の課長(課長の分は部長)です。自分の分は承認できません。")
