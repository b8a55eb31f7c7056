"""Lists of selection rounds and of the children in one 選考・申込児童の一覧."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.admissions.models import ApplicantChild, Placement, SelectionRound
from todoke.admissions.selection.scores import stored_score
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList


class SelectionRoundList(RowList[SelectionRound]):
    """選考の一覧: the rounds of the person's department, the latest month first."""

    name, title, url = "selection-rounds", "利用調整", "office:admissions"
    start, counted = "-month", True
    search_fields, search_label = ("scheme__name",), "制度"
    columns = (
        Column("round", "選考", lambda r: r.title,
               cell=lambda r: link(reverse("office:admission-round", args=[r.pk]), r.title)),
        Column("scheme", "制度", lambda r: r.scheme.name, sort="scheme__name"),
        Column("month", "利用開始月", lambda r: r.month, sort="month", css="nowrap"),
        Column("deadline", "締切", lambda r: r.deadline, sort="deadline", css="nowrap"),
        Column("children", "申込児童", lambda r: r.applying, sort="applying", css="number"),
        Column("status", "状態", lambda r: r.get_status_display(), cell=lambda r: tag(r.get_status_display())),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", SelectionRound.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[SelectionRound]:
        applying = Count("children", filter=Q(children__withdrawn_at=None))
        return SelectionRound.objects.visible_to(self.user).select_related("scheme").annotate(applying=applying)


def _score(child: ApplicantChild) -> str:
    score = stored_score(child)
    return score.words if score else "まだ計算していません"


def _result(child: ApplicantChild) -> str:
    placement: Placement | None = getattr(child, "placement", None)
    if placement is None:
        return ""
    return f"{placement.facility}({placement.get_status_display()})" if placement.facility else "保留"


def _name(child: ApplicantChild) -> SafeString:
    return link(reverse("office:admission-child", args=[child.round_id, child.number]), child.name)


class ApplicantChildList(RowList[ApplicantChild]):
    """申込児童の一覧: the children of one round with points and result."""

    name, url = "applicant-children", "office:admission-children"
    key, tie, start, counted = "pk", "pk", "number", True
    person = ("name",)
    search_fields, search_label = ("number", "name", "household__name"), "申込番号・氏名・保護者"
    columns = (
        Column("number", "申込番号", lambda c: c.number, sort="number", css="nowrap"),
        Column("name", "児童の氏名", lambda c: c.name, sort="name", personal=True, cell=_name),
        Column("home", "保護者", lambda c: c.household.name, sort="household__name", personal=True),
        Column("age", "クラス", lambda c: c.class_name, sort="age_class"),
        Column("points", "点数", _score, sort="score__total"),
        Column("wish", "第1希望", lambda c: next((str(p.facility) for p in c.preferences.all()), "なし")),
        Column("result", "結果", _result),
    )

    def __init__(self, user: User, of: SelectionRound) -> None:
        super().__init__(user)
        self.of = of
        self.title = f"{of.title}の申込児童"

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        of = SelectionRound.objects.visible_to(user).filter(pk=place["pk"]).select_related("scheme").first()
        if of is None:
            raise Http404
        return cls(user, of)

    def path(self) -> str:
        return reverse(self.url, args=[self.of.pk])

    def filters(self) -> Sequence[Filter]:
        classes = [(str(number), self.of.scheme.class_name(number)) for number in self.of.scheme.classes]
        return (Choice("age", "クラス", classes, field="age_class"),)

    def rows(self, view: str) -> QuerySet[ApplicantChild]:
        related = ("household", "score", "placement__facility", "round__scheme")
        return self.of.children.applying().select_related(*related).prefetch_related("preferences__facility")
