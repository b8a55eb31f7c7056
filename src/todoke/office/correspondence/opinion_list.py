"""意見照会の一覧: which questions between departments a page shows; what is due first stands on top."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.cases.models import Opinion
from todoke.design.templatetags.design import page_date
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


def _number(opinion: Opinion) -> SafeString:
    return link(reverse("office:opinion", args=[opinion.token]), opinion.case.number)


def _from(opinion: Opinion) -> SafeString:
    return format_html('{} <span class="nowrap">{}</span>', opinion.case.department, opinion.asked_by.name)


def _state(opinion: Opinion) -> SafeString:
    return tag(opinion.status_in_words, "success" if opinion.answered_at else "warning" if opinion.is_waiting else "")


class OpinionList(RowList[Opinion]):
    """意見照会の一覧: what one's departments were asked, and what they asked; without a day to answer by comes last."""

    name, title, url, export_url = "opinions", "意見照会", "office:opinions", "office:opinions-export"
    key, start = "token", "due"
    views = {"asked": "回答する", "closed": "終わったもの", "mine": "照会したもの"}
    search_fields = ("case__number", "department__name", "case__department__name")
    search_label = "受付番号・部署"
    columns = (
        Column("number", "案件", lambda o: o.case.number, sort="case__number", cell=_number, css="nowrap"),
        Column("title", "手続", lambda o: o.case.title),
        Column("from", "照会元", lambda o: o.case.department.name, cell=_from),
        Column("by", "照会した人", lambda o: o.asked_by.name, shown=False, exported=True),
        Column("to", "照会先", lambda o: o.department.name),
        Column("asked", "照会日時", lambda o: o.asked_at, sort="asked_at", css="nowrap"),
        Column("due", "期限", lambda o: o.due_on, sort="until", cell=lambda o: page_date(o.due_on) or "なし",
               css="nowrap"),
        Column("state", "状態", lambda o: o.status_in_words, cell=_state),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Opinion]:
        if view == "":
            found = Opinion.objects.visible_to(self.user)
        elif view == "mine":
            found = Opinion.objects.asked_by_office_of(self.user)
        elif view == "asked":
            found = Opinion.objects.asked_of(self.user).waiting()
        else:
            over = Q(answered_at__isnull=False) | Q(cancelled_at__isnull=False)
            found = Opinion.objects.asked_of(self.user).filter(over)
        return found.annotate(until=Coalesce("due_on", Value(date.max))).select_related(
            "case__release__offer__procedure", "case__department", "department", "asked_by"
        )

    def counts(self) -> Mapping[str, int]:
        return {"asked": self.rows("asked").count()}
