"""Overtime orders 時間外命令の決定: an order is tried on plan and record against the limits before it is given."""

from datetime import date

from django.db import transaction

from todoke.accounts.models import User
from todoke.audit.log import lock_subject
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.workforce.attendance_record import PersonMonth, person_months
from todoke.workforce.models import MonthSheet, OvertimeLimitRule, OvertimeOrder
from todoke.workforce.overtime_limits import LimitScope, LimitUse, MonthMinutes, month_before, uses_of
from todoke.workforce.permissions import ORDER_BEYOND_LIMITS

LOOKED_BACK = 12


@transaction.atomic
def give_order(order: OvertimeOrder, *, by: User) -> None:
    """命じる: order what was asked for, where the limits bear it.

    Beyond the ordinary limits it takes declared special work and the director; beyond those of special work nobody can
    order it. Raises NotAllowed, Refused beyond a limit, Closed for a closed month, Conflict when it was decided before.
    """
    lock_subject(f"workforce/orders/{order.user_id}")
    if not order.sheet.can_approve(by):
        raise NotAllowed("時間外命令を決められるのは、部署の課長(課長の分は部長)です。自分の分は決められません。")
    beyond = [use for use in uses_with(order) if use.is_beyond]
    hard = [use for use in beyond if use.limit.scope != LimitScope.ORDINARY]
    said = "、".join(use.sentence for use in hard or beyond)
    if hard:
        raise Refused(
            f"この命令で上限を超えるため、命じられません({said})。すでに働いた時間は、乖離として記録に残ります。"
        )
    if beyond and order.special_work is None:
        raise Refused(
            f"この命令で上限を超えます({said})。特例業務・特別条項に当たるときは、業務を選んで申請し直してください。"
        )
    if order.special_work is not None and not ORDER_BEYOND_LIMITS.held_by(by, order.department):
        raise NotAllowed("特例業務・特別条項による時間外勤務を命じられるのは、部長です。部長に決裁を頼んでください。")
    order.settle(OvertimeOrder.Status.ORDERED, "時間外命令", by=by)


def uses_with(order: OvertimeOrder) -> list[LimitUse]:
    """Return how much of each limit would be used with an order. Raises Refused where no limits are registered."""
    return _uses(order.sheet, months_of(order.sheet, also=order), special=order.special_work is not None)


def uses_now(sheet: MonthSheet) -> list[LimitUse]:
    """Return how much of each ordinary limit a person has used with what is ordered; nothing without a rule."""
    if rule_of(sheet) is None:
        return []
    return _uses(sheet, months_of(sheet), special=False)


def rule_of(sheet: MonthSheet) -> OvertimeLimitRule | None:
    """Return the rule of limits in force for a month."""
    return OvertimeLimitRule.objects.in_force(sheet.last_day, sheet.department_id)


def _uses(sheet: MonthSheet, months: dict[date, MonthMinutes], *, special: bool) -> list[LimitUse]:
    rule = rule_of(sheet)
    if rule is None:
        said = (
            "この部署の上限の定めが、まだ登録されていません。人事担当に、「勤怠の定め」のページで登録を頼んでください。"
        )
        raise Refused(said, link=path_to("office:attendance-rules"))
    limits = [limit.terms for limit in rule.limits.all()]
    return list(uses_of(limits, months, sheet.month, first_month=rule.first_month, special=special))


def months_of(sheet: MonthSheet, *, also: OvertimeOrder | None = None) -> dict[date, MonthMinutes]:
    """Return the minutes of the month, with the plan, and of the eleven before it, those that have a record."""
    since = month_before(sheet.month, LOOKED_BACK - 1)
    known = MonthSheet.objects.filter(user=sheet.user_id, month__gte=since, month__lt=sheet.month)
    sealed = {MonthSheet.Status.APPROVED, MonthSheet.Status.CLOSED}
    found: dict[date, MonthMinutes] = {}
    for each in known.select_related("user"):
        if each.status in sealed and each.overtime_minutes is not None and each.overtime_with_holidays is not None:
            found[each.month] = MonthMinutes(each.overtime_minutes, each.overtime_with_holidays)
        else:
            found[each.month] = _minutes(person_months([each])[0])
    return found | {sheet.month: _minutes(person_months([sheet], planned=True, also=also)[0])}


def _minutes(month: PersonMonth) -> MonthMinutes:
    return MonthMinutes(month.minutes(with_holidays=False), month.minutes(with_holidays=True))
