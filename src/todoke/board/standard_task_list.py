"""List of the twenty standardised tasks 標準化対象の20業務: progress, delay, costs and the goal of 30 % less."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from todoke.board.register_forms import row_key
from todoke.design.templatetags.design import yen
from todoke.lists.cells import hint, joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.systems.models import StandardTask
from todoke.systems.permissions import EDIT_REGISTER

LATE = "移行年度を過ぎました"
TONES = {"3割減を達成": "success", "3割減に届いていません": "error"}


def _stage(row: StandardTask) -> object:
    words = tag(row.get_stage_display(), "success" if row.stage == StandardTask.Stage.RUNNING else "")
    return joined([words, tag(LATE, "error") if row.is_overdue() else ""])


def _year(row: StandardTask) -> str:
    return "" if row.planned_year is None else f"{row.planned_year}年度"


def _goal(row: StandardTask) -> object:
    if row.goal_cost_yen is None:
        return ""
    return joined([yen(row.goal_cost_yen), tag(row.cost_verdict, TONES.get(row.cost_verdict, ""))])


def _rest(row: StandardTask) -> str:
    return row.not_applicable_reason or row.attached_work or "記録がありません"


def _money(name: str, *, is_shown: bool = True) -> dict[str, Any]:
    return {
        "shown": is_shown,
        "exported": True,
        "value": lambda row: getattr(row, name),
        "cell": lambda row: yen(getattr(row, name)),
        "css": "number",
    }


class StandardTaskList(RowList[StandardTask]):
    """標準化対象の20業務: every task with its delay and its costs."""

    name, title, url, export_url = "standards", "標準化対象の20業務", "board:standards", "board:standards"
    key, tie, start, counted = "number", "number", "number", True
    search_fields, search_label = ("name", "provider", "attached_work"), "業務・事業者"
    columns = (
        Column("name", "業務", lambda row: row.name, sort="name"),
        Column("number", "番号", lambda row: row.number, sort="number", css="number"),
        Column("stage", "状況", lambda row: row.get_stage_display(), sort="stage", cell=_stage),
        Column("year", "移行年度", _year, sort="planned_year", css="nowrap"),
        Column("late", "遅れ", lambda row: LATE if row.is_overdue() else "", shown=False, exported=True),
        Column("provider", "事業者", lambda row: row.provider, sort="provider"),
        Column("cost", "移行経費", sort="cost_yen", **_money("cost_yen")),
        Column("subsidy", "補助金", sort="subsidy_yen", **_money("subsidy_yen", is_shown=False)),
        Column("gap", "差", **_money("gap_yen")),
        Column("base", "平成30年度の運用経費", sort="base_cost_yen", **_money("base_cost_yen", is_shown=False)),
        Column("goal", "目標(3割減)", lambda row: row.goal_cost_yen, cell=_goal, css="number"),
        Column("running", "移行後の運用経費", sort="running_cost_yen", **_money("running_cost_yen", is_shown=False)),
        Column("verdict", "判定", lambda row: row.cost_verdict, shown=False, exported=True),
        Column("rest", "標準の外に残る業務・対象外の理由", _rest, cell=lambda row: hint(_rest(row)), css="words"),
        Column("edit", "操作", lambda row: "", cell=lambda row: row.edit, exported=False),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        years = StandardTask.objects.applying().order_by("planned_year").values_list("planned_year", flat=True)
        choices = [(str(year), f"{year}年度") for year in dict.fromkeys(years)]
        late = [("1", "移行年度を過ぎた")]
        return (
            Choice("stage", "状況", StandardTask.Stage.choices, field="stage"),
            Choice("year", "移行年度", choices, field="planned_year"),
            Choice("late", "遅れ", late, condition=lambda _: Q(pk__in=StandardTask.objects.overdue().values("pk"))),
        )

    def rows(self, view: str) -> QuerySet[StandardTask]:
        return StandardTask.objects.all()

    def fetch(self, rows: "QuerySet[Any, StandardTask]") -> list[StandardTask]:
        """With the link that corrects each task, for those who may."""
        found: list[Any] = super().fetch(rows)
        can_edit = EDIT_REGISTER.held_by(self.user)
        for each in found:
            address = reverse("board:sheet-correction", args=["standards", "all", row_key(each)]) if can_edit else ""
            each.edit = link(address, "直す") if address else ""
        return found
