"""Home page きょうの仕事: pending work by urgency, in a constant number of queries."""

from dataclasses import dataclass

from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.cases.inbox import SOON, cases_of, counts
from todoke.cases.models import Case, HeldMail, Opinion
from todoke.cases.models.querysets import department_ids_of
from todoke.cases.models.status import Status
from todoke.design.navigation import address
from todoke.lists.bounded_count import is_least
from todoke.office.assigned_work import assigned_counts
from todoke.payments.models import Attempt, DayClose, Finding, OpenItem, Overpayment

ROWS = 10


@dataclass(frozen=True)
class PendingWork:
    """用件: one kind of pending work, its count, and its URL."""

    label: str
    count: int
    url: str
    note: str = ""
    pressing: bool = False
    is_least: bool = False


def pending_work(user: User) -> list[PendingWork]:
    """Count what waits for a person: cases of their departments, proposals at their posts, the money of the day.

    A count is that of the list to which it leads; who works on no cases is shown none of theirs.
    """
    asked = Opinion.objects.asked_of(user).waiting().distinct().count()
    held = HeldMail.objects.in_office_of(user).waiting().count()
    money = _money_work(user) if DayClose.can_work(user) else []
    desk = address("office:proposals")
    back = Proposal.objects.back_with(user).count()
    return [
        *money,
        *_case_work(user),
        PendingWork("留め置いた通知", held, address("office:held-mails"), "支援措置のため、送る前に確かめるもの"),
        PendingWork("意見照会への回答", asked, address("office:opinions"), "部署に届いたもの"),
        PendingWork("差し戻された起案", back, f"{desk}?view=back", "手元に戻った自分の起案", pressing=True),
        PendingWork("決裁を待つ起案", Proposal.objects.waiting_for(user).count(), desk, "自分の職位に回っているもの"),
        PendingWork(
            "後閲する起案", Proposal.objects.unread_by(user).count(), f"{desk}?view=unread", "不在の間に代決されたもの"
        ),
        *(PendingWork(label, count, url, note) for label, count, url, note in assigned_counts(user)),
    ]


def _case_work(user: User) -> list[PendingWork]:
    """Count the cases of a person's departments, by the views of their list."""
    if not (places := department_ids_of(user)):
        return []
    waiting, inbox = counts(user, places), address("office:inbox")
    told = (
        ("overdue", "期限をすぎた案件", "部署の案件のうち"),
        ("soon", f"期限まで{SOON}日以内", "部署の案件のうち"),
        ("unassigned", "担当が決まっていない案件", "部署の案件のうち"),
        ("mine", "自分の担当", "終わっていない案件"),
        ("messages", "申請者からの連絡", "まだ読んでいないもの"),
        ("letters", "確かめる通知書", "留め置き・作れないもの・返戻"),
    )
    return [
        PendingWork(label, count, f"{inbox}?view={view}", note, pressing=view == "overdue", is_least=is_least(count))
        for view, label, note in told
        for count in [waiting[view]]
    ]


def _money_work(user: User) -> list[PendingWork]:
    """Count what waits for a treasurer: differences, days to close, uncertain payments, and what came too much."""
    days, open_days = address("office:payments"), DayClose.objects.filter(signed_at=None)
    left = Finding.objects.filter(explained_at=None).count()
    prepared = open_days.filter(prepared_at__isnull=False).exclude(prepared_by=user).count()
    sent_back = open_days.filter(prepared_at=None).exclude(sent_back_reason="").count()
    carried = OpenItem.objects.open().count()
    unsettled = Attempt.objects.filter(status=Attempt.Status.UNSETTLED).count()
    double = Overpayment.objects.undecided().count()
    doubts, refunds = f"{address('office:payments-attempts')}?view=unsettled", address("office:payments-overpayments")
    return [
        PendingWork("対応していない差異", left, f"{days}?state=left", "日計の差異のうち", pressing=True),
        PendingWork("差し戻された日計", sent_back, days, "確認した人が戻したもの", pressing=True),
        PendingWork("確認を待つ日計", prepared, f"{days}?state=prepared", "ほかの人が作成したもの"),
        PendingWork("解消を待つ未済項目", carried, address("office:payments-items"), "持ち越したもの"),
        PendingWork("結果のわからない支払", unsettled, doubts, "決済事業者に確かめるもの", pressing=True),
        PendingWork("二重の納付の還付", double, refunds, "還付を決めるもの", pressing=True),
    ]


def pressing_cases(user: User) -> list[Case]:
    """Return the person's own and unassigned cases, nearest deadline first; the index alone tells which."""
    cases = cases_of(user).filter(status__in=[Status.RECEIVED, Status.REVIEW])
    order = (F("due_on").asc(nulls_last=True), "pk")
    first = list(cases.filter(Q(assignee=user) | Q(assignee=None)).order_by(*order).values_list("pk", flat=True)[:ROWS])
    shown = Case.objects.filter(pk__in=first).select_related("release__offer__procedure", "assignee")
    return list(shown.order_by(*order))
