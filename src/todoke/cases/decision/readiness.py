"""Readiness 決定の前に確かめること: what is still open about a case that is to be decided, in words."""

from todoke.cases.models import Case
from todoke.cases.models.status import FEE_DIFFERS
from todoke.japanese.calendar import format_date
from todoke.payments.models import Charge


def open_points(case: Case) -> list[str]:
    """Return what is open before a decision: a fee that is unpaid, another department's answer that is awaited.

    Two queries; empty for a case that is closed.
    """
    if case.is_closed:
        return []
    found = []
    if case.charge is not None and case.charge.status == Charge.Status.UNPAID:
        found.append(
            f"手数料 {case.charge.yen:,}円が、まだ納付されていません。納付されるまで、却下のほかは起案できません。"
        )
    if (differs := case.events.filter(act=FEE_DIFFERS).last()) is not None:
        found.append(f"{differs.reason}納付された額や減免した額との差を、還付するか、納めてもらってください。")
    for opinion in case.opinions.filter(answered_at=None, cancelled_at=None).select_related("department"):
        due = f"(期限 {format_date(opinion.due_on)})" if opinion.due_on else ""
        found.append(f"{opinion.department}への意見照会に、まだ回答がありません{due}。")
    return found
