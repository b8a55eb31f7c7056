"""回答の書出しの一覧: what the person has written out, and until when it can be taken."""

from django.db.models import QuerySet
from django.urls import reverse

from todoke.cases.models import AnswerExport
from todoke.lists.cells import link, moment
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


def _state(row: AnswerExport) -> str:
    if row.problem:
        return "できていません"
    if row.is_busy:
        return f"作っています({row.done:,}/{row.total:,})" if row.total else "順番を待っています"
    return f"{moment(row.expires_at)}まで取り出せます" if row.path else "ファイルは消しました"


class AnswerExportList(RowList[AnswerExport]):
    """回答の書出しの一覧: the person's own, the newest first."""

    name, title, url = "answer-exports", "回答の書出し", "office:answer-exports"
    key, start, saves, exportable = "token", "-requested", False, False
    columns = (
        Column("number", "書出し番号", lambda row: row.number, css="nowrap",
               cell=lambda row: link(reverse("office:answer-export", args=[row.token]), row.number)),
        Column("form", "様式", lambda row: row.form.title, sort="form__title", css="words"),
        Column("contents", "中身", lambda row: f"{row.get_contents_display()}({row.get_file_format_display()})"),
        Column("total", "件数", lambda row: row.total, sort="total", css="number"),
        Column("requested", "書き出した日時", lambda row: moment(row.requested_at), sort="requested_at", css="nowrap"),
        Column("state", "状態", _state),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[AnswerExport]:
        return AnswerExport.objects.visible_to(self.user).select_related("form")
