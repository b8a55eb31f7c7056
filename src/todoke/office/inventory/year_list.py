"""年度の比較の一覧: the volumes of the last periods by department, their sorts and their export."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.lists.cells import written
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.procedures import survey_years


def _count_column(key: str, label: str) -> Column:
    def cell(row: Any) -> SafeString | str:
        return "不明" if row[key] is None else written(row[key])

    return Column(key, label, lambda row: row[key], sort=key, cell=cell, css="number")


def _columns_of(number: int, start: date, end: date) -> list[Column]:
    period = f"{start:%Y/%m}〜{end:%Y/%m}"
    return [
        _count_column(f"total_{number}", f"{period} 総件数"),
        _count_column(f"online_{number}", f"{period} うちオンライン"),
    ]


class DepartmentVolumeList(RowList[dict[str, Any]]):
    """年度の比較の一覧: one row a department, with the counts of the last two periods beside one another."""

    name, title, url = "department-volumes", "年度の比較", "office:years"
    key, tie, start, dense = "code", "code", "department", True
    search_fields, search_label = ("name",), "所管部署"
    filled = frozenset({"code", "name"})

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.periods = survey_years.last_periods()

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override] # one for each year
        """The department, and total and online count of each period."""
        head = Column("department", "所管部署", lambda row: row["name"], sort="code")
        counts = [each for n, period in enumerate(self.periods) for each in _columns_of(n, *period)]
        return (head, *counts)

    def rows(self, view: str) -> QuerySet[Any, dict[str, Any]]:
        return survey_years.volumes_by_department(self.periods)
