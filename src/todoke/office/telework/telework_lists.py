"""テレワークの一覧: days, and the tasks of sections with the minutes that could be done elsewhere."""

from collections.abc import Sequence

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.workforce.models import SectionTask, TeleworkDay
from todoke.workforce.task_suitability import BarrierKind, percent

TAGS = {"planned": "warning", "approved": "success", "done": "success", "refused": "error"}


class TeleworkDayList(RowList[TeleworkDay]):
    """テレワーク日の一覧: one row a day; a chief sees the days of the section."""

    name, title, url = "telework-days", "テレワーク", "office:telework"
    key, start = "token", "-on"
    views = {"mine": "自分の分", "waiting": "承認を待つもの", "all": "すべて"}
    columns = (
        Column("on", "日付", lambda row: row.on, sort="on", css="nowrap",
               cell=lambda row: link(reverse("office:telework-day", args=[row.token]), f"{row.on:%Y-%m-%d}")),
        Column("person", "職員", lambda row: row.user.name, sort="user__kana"),
        Column("halves", "長さ", lambda row: row.get_halves_display()),
        Column("tasks", "する業務", lambda row: row.tasks),
        Column("status", "状態", lambda row: row.get_status_display(),
               cell=lambda row: tag(row.get_status_display(), TAGS.get(row.status, ""))),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", TeleworkDay.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[TeleworkDay]:
        rows = TeleworkDay.objects.visible_to(self.user).select_related("user")
        if view == "waiting":
            return rows.filter(pk__in=TeleworkDay.objects.waiting_for(self.user))
        return rows.filter(user=self.user) if view == "mine" else rows


class SectionTaskList(RowList[SectionTask]):
    """業務の一覧: minutes a month and how many of them have no barrier."""

    name, title, url = "section-tasks", "業務と妨げ", "office:telework-tasks"
    key, start, counted = "token", "section", True
    search_fields, search_label = ("name", "department__name"), "業務・部署"
    columns = (
        Column("name", "業務", lambda row: row.name, sort="name",
               cell=lambda row: link(reverse("office:telework-task", args=[row.token]), row.name)),
        Column("section", "部署", lambda row: row.department.name, sort="department__code"),
        Column("minutes", "1か月の分", lambda row: row.minutes, sort="minutes", css="number"),
        Column("free", "妨げのない分", lambda row: row.free, sort="free", css="number"),
        Column("percent", "適性(%)", lambda row: percent(row.free, row.minutes), css="number"),
        Column("procedure", "手続", lambda row: row.procedure.title if row.procedure else ""),
        Column("source", "分の根拠", lambda row: row.source, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("barrier", "妨げ", BarrierKind.choices, field="barriers__kind"),)

    def rows(self, view: str) -> QuerySet[SectionTask]:
        free = F("minutes") - Coalesce(Sum("barriers__minutes"), 0)
        rows = SectionTask.objects.visible_to(self.user).select_related("department", "procedure")
        return rows.annotate(free=free)
