"""回答の取込の一覧: tables of answers brought in for the person's departments, the newest first."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.integrations.models import AnswerImport
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList

KINDS = {AnswerImport.Status.DONE: "success", AnswerImport.Status.CHECKED: "warning"}


def _file(row: AnswerImport) -> SafeString:
    return link(reverse("office:answer-import", args=[row.token]), row.file_name)


def _status(row: AnswerImport) -> SafeString:
    return tag(row.get_status_display(), KINDS.get(AnswerImport.Status(row.status), ""))


class AnswerImportList(RowList[AnswerImport]):
    """回答の取込の一覧: file, service, state and rows."""

    name, title, url = "answer-imports", "回答の取込", "office:answer-imports"
    key, start, counted = "token", "-begun", True
    search_fields, search_label = ("file_name", "begun_by__name"), "ファイル・人"
    columns = (
        Column("file", "ファイル", lambda row: row.file_name, sort="file_name", cell=_file),
        Column("offer", "手続", lambda row: row.mapping.offer.procedure.title, css="words"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=_status, css="nowrap"),
        Column("total", "行数", lambda row: row.total, sort="total", css="number"),
        Column("begun", "始めた日時", lambda row: row.begun_at, sort="begun_at", css="nowrap",
               cell=lambda row: moment(row.begun_at)),
        Column("by", "始めた人", lambda row: row.begun_by.name),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", AnswerImport.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[AnswerImport]:
        mine = AnswerImport.objects.visible_to(self.user)
        return mine.select_related("mapping__offer__procedure", "begun_by")
