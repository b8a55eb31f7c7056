"""Home page きょうの仕事: pending work by urgency, in a constant number of queries."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.cases.inbox import unseen
from todoke.cases.models import Case, HeldMail, Opinion
from todoke.cases.models.status import Status
from todoke.design.navigation import address
from todoke.japanese.calendar import today
from todoke.office.assigned_work import assigned_counts
from todoke.payments.models import Attempt, DayClose, Overpayment

SOON = 3
ROWS = 10


@dataclass(frozen=True)
class PendingWork:
    """用件: one kind of pending work, its count, and its URL."""

    label: str
    count: int
    url: str
    note: str = ""
    pressing: bool = False


def pending_work(user: User) -> list[PendingWork]:
    """Count what waits for a person: cases of their departments, and proposals at their posts."""
    day = today()
    waiting = (
        Case.objects.in_office_of(user)
        .open()
        .aggregate(
            late=Count("pk", filter=Q(due_on__lt=day)),
            soon=Count("pk", filter=Q(due_on__gte=day, due_on__lte=day + timedelta(days=SOON))),
            nobody=Count("pk", filter=Q(assignee=None)),
            mine=Count("pk", filter=Q(assignee=user)),
        )
    )
    asked = Opinion.objects.asked_of(user).waiting().distinct().count()
    held = HeldMail.objects.in_office_of(user).waiting().count()
    money = _money_work() if DayClose.can_work(user) else []
    inbox = address("office:inbox")
    desk = address("office:proposals")
    return [
        *money,
        PendingWork("期限をすぎた案件", waiting["late"], f"{inbox}?view=overdue", "部署の案件のうち", pressing=True),
        PendingWork("期限まで3日以内", waiting["soon"], f"{inbox}?view=soon", "部署の案件のうち"),
        PendingWork("担当が決まっていない案件", waiting["nobody"], f"{inbox}?view=unassigned", "部署の案件のうち"),
        PendingWork("自分の担当", waiting["mine"], f"{inbox}?view=mine", "終わっていない案件"),
        PendingWork("申請者からの連絡", unseen(user), f"{inbox}?view=messages", "まだ読んでいないもの"),
        PendingWork("留め置いた通知", held, address("office:held-mails"), "支援措置のため、送る前に確かめるもの"),
        PendingWork("意見照会への回答", asked, address("office:opinions"), "部署に届いたもの"),
        PendingWork("決裁を待つ起案", Proposal.objects.waiting_for(user).count(), desk, "自分の職位に回っているもの"),
        PendingWork("後閲する起案", Proposal.objects.unread_by(user).count(), desk, "不在の間に代決されたもの"),
        *(PendingWork(label, count, url, note) for label, count, url, note in assigned_counts(user)),
    ]


def _money_work() -> list[PendingWork]:
    """Count what waits for a treasurer: payments without a certain outcome, and refunds of what came too much."""
    unsettled = Attempt.objects.filter(status=Attempt.Status.UNSETTLED).count()
    double = Overpayment.objects.undecided().count()
    doubts, refunds = f"{address('office:payments-attempts')}?view=unsettled", address("office:payments-overpayments")
    return [
        PendingWork("結果のわからない支払", unsettled, doubts, "決済事業者に確かめるもの", pressing=True),
        PendingWork("二重の納付の還付", double, refunds, "還付を決めるもの", pressing=True),
    ]


def pressing_cases(user: User) -> list[Case]:
    """Return the person's own and unassigned cases, nearest deadline first."""
    cases = Case.objects.in_office_of(user).filter(status__in=[Status.RECEIVED, Status.REVIEW])
    mine = cases.filter(Q(assignee=user) | Q(assignee=None)).select_related("release__offer__procedure", "assignee")
    return list(mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:ROWS])
