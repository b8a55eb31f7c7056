"""Completeness 案内の揃い具合: whether a procedure's public page answers the five questions residents ask first.

Documents; where and how; deadline and its start; fee (also 「無料」); online or not, with the reason.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from todoke.offers.models import Release
from todoke.offers.online_status import available_online, with_open_offer
from todoke.procedures.codes import Fee, Kind
from todoke.procedures.models import CodedValue, Judgement, Procedure, ProcedureQuerySet

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


def scored_pages(among: Collection[int] | None = None) -> ProcedureQuerySet:
    """Return every current application with ``has_documents`` to ``has_online`` (1 or 0) and its ``score`` (%).

    Each condition is a column of the procedure, or a set that the database computes once and not for each row.
    ``among`` are the ids of the only ones that are wanted.
    """
    pages, papers = Procedure.objects.current().filter(kind=Kind.APPLICATION), CodedValue.objects.all()
    if among is not None:
        pages, papers = pages.filter(pk__in=among), papers.filter(procedure__in=among)
    with_papers = papers.filter(code__table="document").values("procedure")
    guided = _guided_deadlines()
    answered_in_guide = Q(pk__in=guided.filter(says__regex=_STARTS).values("offer__procedure"))
    own_deadline = Q(deadline__gt="", deadline__regex=_STARTS) & ~Q(pk__in=guided.values("offer__procedure"))
    judged = Judgement.objects.in_force().order_by().values("procedure")
    marked = pages.annotate(
        has_documents=_one_if(with_open_offer() | Q(pk__in=with_papers)),
        has_channel=_one_if(Q(department__phone__gt="")),
        has_deadline=_one_if(answered_in_guide | own_deadline),
        has_fee=_one_if(with_open_offer() | Q(fee=Fee.NONE) | Q(fee_note__gt="")),
        has_online=_one_if(available_online() | Q(pk__in=judged)),
    )  # fmt: skip
    answered = F("has_documents") + F("has_channel") + F("has_deadline") + F("has_fee") + F("has_online")
    return marked.annotate(score=answered * Value(POINTS))


def missing_items(page: Any) -> list[str]:
    """Return the questions that a scored page does not answer, in words."""
    return [label for item, label in ITEMS.items() if not getattr(page, f"has_{item}")]


def mean_score(gaps: Sequence[DepartmentGaps]) -> tuple[float, int]:
    """Return the mean score of the pages of all departments in percent, and how many pages there are; pure rule."""
    whole = sum(each.pages for each in gaps)
    return (sum(each.score * each.pages for each in gaps) / whole if whole else 0.0), whole


def gaps_by_department() -> list[DepartmentGaps]:
    """Sum up by department, most gaps first; each page is scored once."""
    answered = {item: Sum(f"has_{item}") for item in ITEMS}
    by_department = scored_pages().order_by().values_list("department__code", "department__name")
    found = [
        DepartmentGaps(
            code or "none", name or "未定", pages, sum(sums) * POINTS / pages,
            tuple((item, pages - number) for item, number in zip(ITEMS, sums, strict=True)),
        )
        for code, name, pages, *sums in by_department.annotate(pages=Count("pk"), **answered)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.score, each.code))


def _guided_deadlines() -> QuerySet[Any, Any]:
    """Return the open releases whose guide ``says`` something about the deadline; of a procedure its first offer's."""
    here = Release.objects.open().order_by()
    earlier = here.filter(offer__procedure=OuterRef("offer__procedure"), offer__code__lt=OuterRef("offer__code"))
    document = KeyTextTransform("deadline", KeyTransform("guide", "form_version__document"))
    says = Coalesce(document, Value(""), output_field=CharField())
    return here.filter(~Exists(earlier)).annotate(says=says).filter(says__gt="")


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
