"""重複の候補の一覧: pairs of procedures whose names are alike, waiting for a person or judged."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.lists.cells import hint, link
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.procedures.models import DuplicateCandidate, Procedure


def _procedure(found: Procedure) -> SafeString:
    known = f"{found.number} {found.law} {found.article}・{found.department or '未定'}"
    return format_html("{}<br>{}", link(reverse("office:procedure", args=[found.number]), found.title), hint(known))


def _concerns(code: str) -> Q:
    return Q(first__department__code=code) | Q(second__department__code=code)


class DuplicateList(RowList[DuplicateCandidate]):
    """重複の候補の一覧: what nobody has judged yet, the most alike first, and what was judged."""

    name, title, url, row_name = "duplicates", "重複の候補", "office:duplicates", "pair"
    start, dense, counted = "-likeness", True, True
    views = {"waiting": "判定待ち", "judged": "判定済み"}
    search_fields = ("first__title", "second__title", "first__number", "second__number", "first__law", "second__law")
    search_label = "手続名・法令・番号"
    columns = (
        Column("first", "手続", lambda pair: pair.first.title, sort="first__title",
               cell=lambda pair: _procedure(pair.first)),
        Column("second", "似た手続", lambda pair: pair.second.title, sort="second__title",
               cell=lambda pair: _procedure(pair.second)),
        Column("first-number", "手続番号", lambda pair: pair.first.number, shown=False, exported=True),
        Column("second-number", "似た手続の番号", lambda pair: pair.second.number, shown=False, exported=True),
        Column("likeness", "似ている度合い", lambda pair: pair.likeness, sort="likeness", css="number",
               cell=lambda pair: f"{pair.likeness}%"),
        Column("verdict", "判定", lambda pair: pair.get_verdict_display(), template="office/duplicates/verdict.html"),
        Column("judged", "判定日時", lambda pair: pair.judged_at, sort="judged_at", shown=False, exported=True),
        Column("by", "判定した人", lambda pair: pair.judged_by, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        sections = Department.objects.filter(procedures__isnull=False).distinct()
        return (Choice("department", "所管部署", [(each.code, each.name) for each in sections], condition=_concerns),)

    def rows(self, view: str) -> QuerySet[DuplicateCandidate]:
        pairs = DuplicateCandidate.objects.select_related("first__department", "second__department", "judged_by")
        if view == "judged":
            return pairs.judged()
        return pairs.waiting() if view else pairs

    def counts(self) -> Mapping[str, int]:
        return {"waiting": DuplicateCandidate.objects.waiting().count()}
