"""きょうの仕事: what lies before a member of staff, the most pressing first, in a constant number of queries."""

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

SOON = 3
ROWS = 10


@dataclass(frozen=True)
class Matter:
    """用件: one kind of work that waits, how much of it, and where it is done."""

    label: str
    count: int
    url: str
    note: str = ""
    pressing: bool = False


def matters(user: User) -> list[Matter]:
    """Count what waits for a person: the cases of their departments and the proposals at their posts."""
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
    inbox = address("office:inbox")
    desk = address("office:proposals")
    return [
        Matter("期限をすぎた案件", waiting["late"], f"{inbox}?view=overdue", "部署の案件のうち", pressing=True),
        Matter("期限まで3日以内", waiting["soon"], f"{inbox}?view=soon", "部署の案件のうち"),
        Matter("担当が決まっていない案件", waiting["nobody"], f"{inbox}?view=unassigned", "部署の案件のうち"),
        Matter("自分の担当", waiting["mine"], f"{inbox}?view=mine", "終わっていない案件"),
        Matter("申請者からの連絡", unseen(user), f"{inbox}?view=messages", "まだ読んでいないもの"),
        Matter("留め置いた通知", held, address("office:held-mails"), "支援措置のため、送る前に確かめるもの"),
        Matter("意見照会への回答", asked, address("office:opinions"), "部署に届いたもの"),
        Matter("決裁を待つ起案", Proposal.objects.waiting_for(user).count(), desk, "自分の職位に回っているもの"),
        Matter("後閲する起案", Proposal.objects.unread_by(user).count(), desk, "不在の間に代決されたもの"),
    ]


def pressing_cases(user: User) -> list[Case]:
    """Return the cases to take up first: one's own and nobody's, the nearest deadline on top."""
    cases = Case.objects.in_office_of(user).filter(status__in=[Status.RECEIVED, Status.REVIEW])
    mine = cases.filter(Q(assignee=user) | Q(assignee=None)).select_related("release__offer__procedure", "assignee")
    return list(mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:ROWS])
