"""問答の一覧: the answers of the sections, what comes due for reading first."""

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import page_date
from todoke.guidance.models import Faq, FaqDraft, FaqVersion
from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


def _state(row: Faq) -> str:
    if row.retired_at:
        return "廃止"
    if row.doubted_at or row.review_on <= today():
        return "見直し"
    return "公開中" if row.is_published else "案"  # type: ignore[attr-defined]


def _asked(row: Faq) -> SafeString:
    return link(reverse("office:faq", args=[row.code]), row.asked)  # type: ignore[attr-defined]


class FaqList(RowList[Faq]):
    """問答の一覧: all answers of the office; whoever may write one sees it on its page."""

    name, title, url = "faqs", "問答", "office:faqs"
    key, start = "code", "review"
    views = {"kept": "使っているもの", "waiting": "公開を待つもの", "due": "見直すもの", "retired": "廃止したもの"}
    search_fields, search_label = ("asked", "department__name"), "質問・部署"
    columns = (
        Column("asked", "質問", lambda row: row.asked, sort="asked", cell=_asked, css="words"),
        Column("department", "担当部署", lambda row: row.department.name, sort="department__name"),
        Column("review", "見直す日", lambda row: row.review_on, sort="review_on",
               cell=lambda row: page_date(row.review_on), css="nowrap"),
        Column("state", "状態", _state,
               cell=lambda row: tag(_state(row), "warning" if _state(row) == "見直し" else "")),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Faq]:
        published = FaqVersion.objects.filter(faq=OuterRef("pk")).order_by("-number")
        drafted = FaqDraft.objects.filter(faq=OuterRef("pk"))
        none = Value("", CharField())
        shown = Faq.objects.select_related("department").annotate(
            asked=Coalesce(Subquery(published.values("question")[:1]), Subquery(drafted.values("question")[:1]), none),
            is_published=F("length"),
        )
        if view == "retired":
            return shown.exclude(retired_at=None)
        if view == "waiting":
            return shown.filter(Exists(drafted), retired_at=None)
        return shown.due_for_review(today()) if view == "due" else shown.filter(retired_at=None)
