"""Completeness 案内の揃い具合: whether a procedure's public page answers the five questions residents ask first.

Documents; where and how; deadline and its start; fee (also 「無料」); online or not, with the reason.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from todoke.offers.models import Release
from todoke.offers.online_status import available_elsewhere
from todoke.organization.models import Department
from todoke.procedures.codes import Fee, Kind
from todoke.procedures.models import CodedValue, Judgement, Procedure, ProcedureQuerySet
from todoke.runtime.database.literal_condition import literal_condition

ITEMS = {
    "documents": "必要なもの",
    "channel": "どこで・どうやって",
    "deadline": "いつまでに(起算点)",
    "fee": "手数料",
    "online": "オンラインの可否と理由",
}
POINTS = 100 // len(ITEMS)
_STARTS = r"から|前まで|以内|いつでも|までに|期限はありません|随時"


@dataclass(frozen=True)
class DepartmentGaps:
    """部署の欠け: a department, its pages, their mean score, and missing answers by question."""

    code: str
    name: str
    pages: int
    score: float
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OfferAnswers:
    """受付中の手続の答え: ids of the procedures with an open offer, of those whose guide speaks of the deadline, and of
    those whose guide says from when it counts.
    """

    offered: Collection[int]
    guided: Collection[int]
    dated: Collection[int]


def offer_answers() -> OfferAnswers:
    """Return what the open offers answer, in one query; of a procedure the guide of its first offer counts."""
    document = KeyTextTransform("deadline", KeyTransform("guide", "form_version__document"))
    said = Coalesce(document, Value(""), output_field=CharField())
    rows = Release.objects.open().order_by("-offer__code").values_list("offer__procedure", said)
    first = dict(rows)
    guided = {pk: says for pk, says in first.items() if says}
    return OfferAnswers(first.keys(), guided.keys(), {pk for pk, says in guided.items() if re.search(_STARTS, says)})


def scored_pages(answers: OfferAnswers, among: Collection[int] | None = None) -> ProcedureQuerySet:
    """Return every current application with ``has_documents`` to ``has_online`` (1 or 0) and its ``score`` (%).

    Each condition is a column in an index of the procedures, or a set that the database computes once and not for
    each row. ``among`` are the ids of the only ones that are wanted.
    """
    procedures, papers = Procedure.objects.order_by(), CodedValue.objects.filter(code__table="document")
    if among is not None:
        procedures, papers = procedures.filter(pk__in=among), papers.filter(procedure__in=among)
    offered, guided, told = map(_one_of, (answers.offered, answers.guided, answers.dated))
    dated = Q(pk__in=procedures.with_text("deadline").filter(deadline__regex=_STARTS).values("pk"))
    judged = Judgement.objects.in_force().order_by().values("procedure")
    marked = procedures.current().filter(kind=Kind.APPLICATION).order_by("serial").annotate(
        has_documents=_one_if(offered | Q(pk__in=papers.values("procedure"))),
        has_channel=_one_if(Q(department__phone__gt="")),
        has_deadline=_one_if(told | dated & ~guided),
        has_fee=_one_if(Q(fee=Fee.NONE) | offered | Q(pk__in=procedures.with_text("fee_note").values("pk"))),
        has_online=_one_if(available_elsewhere() | offered | Q(pk__in=judged)),
    )  # fmt: skip
    answered = F("has_documents") + F("has_channel") + F("has_deadline") + F("has_fee") + F("has_online")
    return marked.annotate(score=answered * Value(POINTS))


def _one_of(ids: Collection[int]) -> Q:
    """Return the condition of being one of these, whose ids stand in the text: thousands of values bind slowly."""
    return Q(literal_condition("id", f"IN ({', '.join(map(str, ids)) or 0})"))  # no id is 0


def missing_items(page: Any) -> list[str]:
    """Return the questions that a scored page does not answer, in words."""
    return [label for item, label in ITEMS.items() if not getattr(page, f"has_{item}")]


def mean_score(gaps: Sequence[DepartmentGaps]) -> tuple[float, int]:
    """Return the mean score of the pages of all departments in percent, and how many pages there are; pure rule."""
    whole = sum(each.pages for each in gaps)
    return (sum(each.score * each.pages for each in gaps) / whole if whole else 0.0), whole


def gaps_by_department(answers: OfferAnswers) -> list[DepartmentGaps]:
    """Sum up by department, most gaps first; each page is scored once."""
    answered = {item: Sum(f"has_{item}") for item in ITEMS}
    by_department = scored_pages(answers).order_by().values_list("department")
    sections = Department.objects.in_bulk()
    found = []
    for pk, pages, *sums in by_department.annotate(pages=Count("pk"), **answered):
        code, name = (sections[pk].code, sections[pk].name) if pk else ("none", "未定")
        lacking = tuple((item, pages - number) for item, number in zip(ITEMS, sums, strict=True))
        found.append(DepartmentGaps(code, name, pages, sum(sums) * POINTS / pages, lacking))
    return sorted(found, key=lambda each: (each.score, each.code))


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
