"""区の判断の一覧: which judgements a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.procedures.models import Code, Judgement


def _title(row: Judgement) -> object:
    return link(reverse("office:procedure", args=[row.procedure.number]), row.procedure.title)


class JudgementList(RowList[Judgement]):
    """区の判断の一覧: the judgements in force, by their next check."""

    name, title, url = "judgements", "区の判断", "office:judgements"
    key, tie, start = "procedure__number", "procedure__serial", "next_check"
    views = {"all": "すべて", "due": "確かめる日が来たもの"}
    search_fields = ("procedure__number", "procedure__title", "procedure__department__name", "explanation")
    search_label = "手続・所管部署・説明"
    columns = (
        Column("number", "手続番号", lambda row: row.procedure.number, shown=False, exported=True, css="nowrap"),
        Column("title", "手続名", lambda row: row.procedure.title, sort="procedure__title", cell=_title, css="words"),
        Column("department", "所管部署", lambda row: str(row.procedure.department or ""),
               sort="procedure__department__code", cell=lambda row: row.procedure.department or tag("未定")),
        Column("concern", "懸念点", lambda row: row.concern.label, sort="concern__position"),
        Column("grounds", "判断の理由", lambda row: row.grounds, css="words", shown=False, exported=True),
        Column("explanation", "住民への説明", lambda row: row.explanation, css="words"),
        Column("next_check", "次に確かめる日", lambda row: row.next_check_on, sort="next_check_on", css="nowrap",
               cell=lambda row: page_date(row.next_check_on)),
        Column("by", "判断した人", lambda row: row.judged_by_label, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        concerns = Code.objects.filter(table="concern").order_by("position")
        return (Choice("concern", "懸念点", [(each.key, each.label) for each in concerns], field="concern__key"),)

    def rows(self, view: str) -> QuerySet[Judgement]:
        found = Judgement.objects.due(today()) if view == "due" else Judgement.objects.in_force()
        return found.select_related("procedure__department", "concern")

    def counts(self) -> Mapping[str, int]:
        return {"due": self.rows("due").count()}
