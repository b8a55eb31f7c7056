"""Lists of meetings, commitments and plans 会議・宿題・計画: what each page shows, sorts by and exports."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import page_date
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.meetings.models import Commitment, Meeting, Suggestion
from todoke.meetings.models.commitment import CommitmentQuerySet
from todoke.meetings.permissions import ANSWER_COMMITMENT, PREPARE_MEETING
from todoke.organization.models import Department
from todoke.plans.models import Plan


def _meeting(row: Meeting) -> SafeString:
    return link(reverse("board:meeting", args=[row.code]), row.title)


def _made(row: Any) -> object:
    query = urlencode({"state": "all", "q": row.title})
    return link(f"{reverse('board:commitments')}?{query}", row.made) if row.made else "0"


def _next_step(row: Any) -> object:
    if row.waiting:
        return link(reverse("board:suggestions", args=[row.code]), f"候補 {row.waiting}件を確かめる")
    steps = {Meeting.Status.PLANNED: "議題を整える", Meeting.Status.HELD: "会議録を取り込むか、確定する"}
    return steps.get(row.status, "")


class MeetingList(RowList[Meeting]):
    """会議の一覧: meetings, newest first, with what they decided and left to do."""

    name, title, url = "meetings", "会議", "board:meetings"
    key, start, counted = "code", "-held", True
    search_fields, search_label = ("title", "code", "body__name"), "会議・会議体"
    columns = (
        Column("code", "番号", lambda m: m.code, shown=False, exported=True),
        Column("title", "会議", lambda m: m.title, sort="title", cell=_meeting),
        Column("body", "会議体", lambda m: m.body.name, sort="body__name", shown=False, exported=True),
        Column("held", "開催日", lambda m: m.held_on, sort="held_on", css="nowrap"),
        Column("status", "状態", lambda m: m.get_status_display(), cell=lambda m: tag(m.get_status_display())),
        Column("decided", "決定", lambda m: m.decided, sort="decided", css="number"),
        Column("made", "宿題", lambda m: m.made, sort="made", cell=_made, css="number"),
        Column("next", "次にすること", lambda m: "", cell=_next_step, exported=False),
    )

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Meeting.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Meeting]:
        proposed = Q(minutes__suggestions__status=Suggestion.Status.PROPOSED)
        waiting = Count("minutes__suggestions", filter=proposed, distinct=True)
        return Meeting.objects.select_related("body").annotate(
            waiting=waiting if PREPARE_MEETING.held_by(self.user) else Value(0),
            made=Count("commitments", distinct=True),
            decided=Count("decisions", distinct=True),
        )


class PlanList(RowList[Plan]):
    """計画の一覧: the plans, newest first."""

    name, title, url = "plans", "計画", "board:plans"
    key, start, counted = "code", "-starts", True
    search_fields, search_label = ("title", "code"), "計画の名前・番号"
    columns = (
        Column("code", "番号", lambda p: p.code, shown=False, exported=True),
        Column("title", "計画", lambda p: p.title, sort="title",
               cell=lambda p: link(reverse("board:plan", args=[p.code]), p.title)),
        Column("starts", "始まり", lambda p: p.starts_on, sort="starts_on", css="nowrap"),
        Column("ends", "終わり", lambda p: p.ends_on, sort="ends_on", css="nowrap"),
        Column("status", "状態", lambda p: p.get_status_display(), cell=lambda p: tag(p.get_status_display())),
        Column("before", "前の計画", lambda p: p.predecessor.title if p.predecessor else ""),
        Column("summary", "総括", lambda p: "", exported=False,
               cell=lambda p: link(reverse("board:plan-summary", args=[p.code]), "総括を見る")),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Plan.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Plan]:
        return Plan.objects.select_related("predecessor")


STATES = {
    "overdue": "期限切れ",
    "unresolved": "期限未定",
    "answered": "確認待ち",
    "done": "終わったもの",
    "all": "すべて",
}


def _what(row: Commitment) -> object:
    is_plain = row.kind == Commitment.Kind.COMMITMENT
    return row.what if is_plain else format_html("{} {}", tag(row.get_kind_display()), row.what)


def _due(row: Commitment) -> object:
    if not row.due:
        return f"未定「{row.due_text}」" if row.due_text else "未定"
    return format_html("{} {}", page_date(row.due), tag("期限切れ", "error")) if row.is_overdue else page_date(row.due)


class CommitmentList(RowList[Commitment]):
    """宿題の一覧: open commitments unless a state is chosen; those without a date come last."""

    name, title, url, export_url = "commitments", "宿題", "board:commitments", "board:commitments-sheet"
    key, tie, start, counted = "number", "number", "due", True
    search_fields, search_label = ("what", "number", "meeting__title"), "ことば"
    columns = (
        Column("number", "番号", lambda c: c.number, sort="number", css="nowrap",
               cell=lambda c: link(reverse("board:commitment", args=[c.number]), c.number)),
        Column("kind", "種類", lambda c: c.get_kind_display(), shown=False, exported=True),
        Column("what", "内容", lambda c: c.what, cell=_what, css="words"),
        Column("department", "担当部署", lambda c: c.department.name, sort="department__code"),
        Column("due", "期限", lambda c: c.due or "未定", sort="due", cell=_due),
        Column("due_text", "期限(会議録の表記)", lambda c: c.due_text, shown=False, exported=True),
        Column("status", "状態", lambda c: c.get_status_display()),
        Column("meeting", "会議", lambda c: c.meeting.title,
               cell=lambda c: link(reverse("board:meeting", args=[c.meeting.code]), c.meeting)),
        Column("line", "会議録の行", lambda c: c.line or "", shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        departments = [(each.code, each.name) for each in Department.objects.all()]
        return (
            Choice("state", "状態", STATES.items(), condition=_in_state, empty="未了すべて"),
            Choice("department", "担当部署", departments, field="department__code"),
            Choice("mine", "わたしの部署", [("1", "わたしの部署だけ")], condition=self._is_mine),
        )

    def _is_mine(self, chosen: str) -> Q:
        return Q(department__in=ANSWER_COMMITMENT.departments_of(self.user))

    def rows(self, view: str) -> CommitmentQuerySet:
        return Commitment.objects.select_related("department", "meeting", "body")

    def chosen(self, query: ListQuery) -> QuerySet[Commitment]:
        """As everywhere; without a state only what is still open."""
        found = super().chosen(query)
        return found if "state" in query.filters else found.filter(_among(Commitment.objects.open()))


def _among(rows: CommitmentQuerySet) -> Q:
    return Q(pk__in=rows.values("pk"))


def _in_state(state: str) -> Q:
    every = Commitment.objects
    return {
        "overdue": _among(every.overdue()),
        "unresolved": _among(every.unresolved()),
        "answered": Q(status=Commitment.Status.ANSWERED),
        "done": Q(status__in=[Commitment.Status.FULFILLED, Commitment.Status.DROPPED]),
    }.get(state, Q())
