"""取込の一覧: files brought into the inventory, newest first, for those who may bring some in."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import joined, link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.procedures.models import ImportRun

KINDS = {ImportRun.Status.DONE: "success", ImportRun.Status.REFUSED: "error"}


def _file(run: ImportRun) -> SafeString:
    return link(reverse("office:import", args=[run.token]), run.file_name)


def _status(run: ImportRun) -> SafeString:
    return tag(run.get_status_display(), KINDS.get(ImportRun.Status(run.status), ""))


class ImportList(RowList[ImportRun]):
    """取込の一覧: every import, whoever started it."""

    name, title, url = "imports", "手続の取込", "office:imports"
    key, start, counted = "token", "-started", True
    search_fields, search_label = ("file_name", "started_by__name"), "ファイル・人"
    columns = (
        Column("file", "ファイル", lambda run: run.file_name, sort="file_name", cell=_file),
        Column("status", "状態", lambda run: run.get_status_display(), cell=_status, css="nowrap"),
        Column("created", "新規", lambda run: run.created_count, sort="created_count", css="number"),
        Column("changed", "変更", lambda run: run.changed_count, sort="changed_count", css="number"),
        Column("alike", "似た手続", lambda run: run.alike_count, shown=False, exported=True, css="number"),
        Column("refused", "不備の行", lambda run: run.refused_count, sort="refused_count", css="number"),
        Column("started", "日時・人", lambda run: run.started_at, sort="started_at",
               cell=lambda run: joined([moment(run.started_at), run.started_by or "システム"])),
        Column("by", "実行した人", lambda run: run.started_by or "システム", shown=False, exported=True),
        Column("problem", "取り込めない理由", lambda run: run.problem, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", ImportRun.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[ImportRun]:
        every = ImportRun.objects.select_related("started_by")
        return every if ImportRun.can_start(self.user) else every.none()
