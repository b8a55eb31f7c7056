"""Studies 検証の一覧: questions with their state, and whether an effect may be claimed."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.insights.models import Study
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList


def _study(row: Study) -> SafeString:
    return link(reverse("board:study", args=[row.number]), row.title)


class StudyList(RowList[Study]):
    """検証の一覧: the studies that a person may read, newest first."""

    name, title, url = "studies", "検証", "board:studies"
    key, start, counted = "number", "-number", True
    search_fields, search_label = ("title", "number", "intervention"), "ことば"
    columns = (
        Column("title", "知りたいこと", lambda s: s.title, sort="title", cell=_study),
        Column("number", "番号", lambda s: s.number, sort="number", css="nowrap"),
        Column("department", "部署", lambda s: s.department.name, sort="department__code"),
        Column("measure", "施策", lambda s: s.measure or ""),
        Column("status", "状態", lambda s: s.get_status_display(), cell=lambda s: tag(s.get_status_display())),
    )

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Study.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Study]:
        return Study.objects.visible_to(self.user).select_related("department", "measure")
