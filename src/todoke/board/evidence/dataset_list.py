"""Datasets データセットの一覧: what is published, by whom, and whether an update is late."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from todoke.design.templatetags.design import page_date
from todoke.insights.models import Dataset
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList


def _due(row: Any) -> object:
    if row.next_due is None:
        return ""
    return tag(f"{page_date(row.next_due)}(過ぎています)", "tag--error") if row.is_late else page_date(row.next_due)


class DatasetList(RowList[Dataset]):
    """データセットの一覧: all of the office."""

    name, title, url = "datasets", "データセット", "board:datasets"
    key, tie, start, counted = "slug", "slug", "title", True
    search_fields, search_label = ("title", "description", "keywords"), "ことば"
    filled = frozenset({"published"})
    columns = (
        Column("title", "データセット", lambda d: d.title, sort="title",
               cell=lambda d: link(reverse("board:dataset", args=[d.slug]), d.title)),
        Column("department", "所管", lambda d: d.department or "区の数値", sort="department__code"),
        Column("frequency", "更新", lambda d: d.get_frequency_display()),
        Column("published", "公開した版", lambda d: d.published, sort="published", css="number"),
        Column("newest", "最後の公開", lambda d: d.newest_at or "", sort="newest_at", css="nowrap"),
        Column("due", "次の更新", lambda d: d.next_due or "", sort="next_due", cell=_due),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("frequency", "更新", Dataset.Frequency.choices, field="frequency"),)

    def rows(self, view: str) -> QuerySet[Dataset]:
        found = Dataset.objects.select_related("department")
        return found.annotate(published=Count("versions"), newest_at=Max("versions__published_at"))
