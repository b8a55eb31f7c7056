"""Lists of automations 自動化・実行・実行の漏れ: those that nobody answers for first."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import joined, link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.systems.automations.automation_figures import saved_by_automation
from todoke.systems.models import Automation, AutomationRun, MissedRun

COLOURS = {"running": "success", "trial": "warning", "stopped": "error"}


def _title(row: Any) -> object:
    name = link(reverse("board:automation", args=[row.code]), row.title)
    return joined([name, tag("担当が空席", "error") if row.is_orphaned else ""])


def _with_savings(rows: list[Any]) -> list[Any]:
    saved = saved_by_automation(rows)
    for each in rows:
        each.saved = saved[each.pk]
    return rows


def _saved(row: Any) -> object:
    return "未測定" if row.saved.minutes is None else f"{row.saved.minutes:,.0f}分"


def _review(row: Automation) -> object:
    late = row.review_on and row.review_on < today()
    return joined(
        [page_date(row.review_on) if row.review_on else "", tag("見直しの時期です", "warning") if late else ""]
    )


class AutomationList(RowList[Automation]):
    """自動化の一覧: one row an automation; one whose owner's post is vacant stands first."""

    name, title, url = "automations", "自動化", "board:automations"
    key, start, counted = "code", "title", True
    search_fields, search_label = ("title", "code", "owner__department__name"), "名称・番号・部署"
    filled = frozenset({"is_orphaned"})
    columns = (
        Column("title", "名称", lambda row: row.title, sort=("-is_orphaned", "title"), cell=_title),
        Column("code", "番号", lambda row: row.code, sort="code", shown=False, exported=True),
        Column("kind", "種類", lambda row: row.get_kind_display(), sort="kind"),
        Column("department", "担当部署", lambda row: row.owner.department.name, sort="owner__department__code",
               css="words"),
        Column("owner", "担当の職位", lambda row: row.owner.title, css="words"),
        Column("vacant", "担当が空席", lambda row: "空席" if row.is_orphaned else "", shown=False, exported=True),
        Column("status", "状態", lambda row: row.get_status_display(),
               cell=lambda row: tag(row.get_status_display(), COLOURS.get(row.status, ""))),
        Column("data", "扱う情報", lambda row: row.get_data_class_display(), css="words", shown=False, exported=True),
        Column("saved", "減った時間(これまで)", _saved, css="number"),
        Column("promised", "事業者のいう効果(月)", lambda row: row.promised_minutes,
               cell=lambda row: "" if row.promised_minutes is None else f"{row.promised_minutes:,}分", css="number"),
        Column("review", "見直す日", lambda row: row.review_on, sort="review_on", cell=_review, css="nowrap"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        vacant = [("1", "担当が空席")]
        return (
            Choice("status", "状態", Automation.Status.choices, field="status"),
            Choice("kind", "種類", Automation.Kind.choices, field="kind"),
            Choice("vacant", "担当", vacant, condition=lambda _: Q(is_orphaned=True)),
        )

    def rows(self, view: str) -> QuerySet[Automation]:
        return Automation.objects.with_orphans().select_related("owner__department", "baseline")

    def fetch(self, rows: "QuerySet[Any, Automation]") -> list[Automation]:
        """With what each has saved so far."""
        return _with_savings(super().fetch(rows))

    def exported(self, rows: "QuerySet[Any, Automation]") -> list[Automation]:
        """With the same figures as on the page."""
        return _with_savings(list(rows))


class AutomationRunList(RowList[AutomationRun]):
    """自動化の実行の一覧: the runs of one automation, the latest first."""

    name, title, url, saves = "automation-runs", "自動化の実行", "board:automation-runs", False
    key, start = "key", "-started"
    columns = (
        Column("started", "開始", lambda row: row.started_at, sort="started_at", css="nowrap",
               cell=lambda row: moment(row.started_at)),
        Column("ended", "終了", lambda row: row.ended_at, cell=lambda row: moment(row.ended_at), css="nowrap"),
        Column("outcome", "結果", lambda row: row.get_outcome_display()),
        Column("units", "件数", lambda row: row.units, css="number"),
        Column("exceptions", "例外", lambda row: row.exceptions, css="number"),
        Column("minutes", "人がかけた分", lambda row: row.human_minutes, css="number"),
        Column("key", "実行番号", lambda row: row.key, shown=False, exported=True),
    )  # fmt: skip

    def __init__(self, user: User, automation: Automation) -> None:
        super().__init__(user)
        self.automation = automation

    @classmethod
    def at(cls, user: User, place: Mapping[str, str]) -> Self:
        return cls(user, get_object_or_404(Automation, code=place["code"]))

    def path(self) -> str:
        return reverse(self.url, args=[self.automation.code])

    def filters(self) -> Sequence[Filter]:
        return (Choice("outcome", "結果", AutomationRun.Outcome.choices, field="outcome"),)

    def rows(self, view: str) -> QuerySet[AutomationRun]:
        return self.automation.runs.all()


class MissedRunList(RowList[MissedRun]):
    """実行の漏れの一覧: what was due and not reported, the latest first."""

    name, title, url = "missed-runs", "実行の漏れ", "board:missed-runs"
    start, counted = "-due", True
    search_fields, search_label = ("automation__title", "automation__code"), "名称・番号"
    columns = (
        Column("title", "自動化", lambda row: row.automation.title, sort="automation__title",
               cell=lambda row: link(reverse("board:automation", args=[row.automation.code]), row.automation.title)),
        Column("due", "予定の日時", lambda row: row.due_at, sort="due_at", cell=lambda row: moment(row.due_at)),
        Column("noticed", "気づいた日時", lambda row: row.noticed_at, cell=lambda row: moment(row.noticed_at)),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[MissedRun]:
        return MissedRun.objects.select_related("automation")
