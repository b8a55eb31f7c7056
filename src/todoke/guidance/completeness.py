"""Completeness 案内の揃い具合: whether a procedure's public page answers the five questions residents ask first.

Documents; where and how; deadline and its start; fee (also 「無料」); online or not, with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, NullIf

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
_STARTS = r"から|前まで|以内|いつでも|までに|期限はありません|随時"


@dataclass(frozen=True)
class DepartmentGaps:
    """部署の欠け: a department, its pages, their mean score, and missing answers by question."""

    code: str
    name: str
    pages: int
    score: float
    lacking: tuple[tuple[str, int], ...]


def scored_pages() -> ProcedureQuerySet:
    """Return every current application with ``has_documents`` to ``has_online`` (1 or 0) and its ``score`` (%)."""
    papers = CodedValue.objects.filter(procedure=OuterRef("pk"), code__table="document")
    judged = Judgement.objects.in_force().filter(procedure=OuterRef("pk"))
    pages = Procedure.objects.current().filter(kind=Kind.APPLICATION)
    marked = pages.annotate(until=Coalesce(NullIf(_guided_deadline(), Value("")), F("deadline"))).annotate(
        has_documents=_one_if(with_open_offer() | Q(Exists(papers))),
        has_channel=_one_if(Q(department__phone__gt="")),
        has_deadline=_one_if(Q(until__regex=_STARTS)),
        has_fee=_one_if(with_open_offer() | Q(fee=Fee.NONE) | Q(fee_note__gt="")),
        has_online=_one_if(available_online() | Q(Exists(judged))),
    )
    answered = F("has_documents") + F("has_channel") + F("has_deadline") + F("has_fee") + F("has_online")
    return marked.annotate(score=answered * Value(100 // len(ITEMS)))


def missing_items(page: Any) -> list[str]:
    """Return the questions that a scored page does not answer, in words."""
    return [label for item, label in ITEMS.items() if not getattr(page, f"has_{item}")]


def mean_score(gaps: Sequence[DepartmentGaps]) -> tuple[float, int]:
    """Return the mean score of the pages of all departments in percent, and how many pages there are; pure rule."""
    whole = sum(each.pages for each in gaps)
    return (sum(each.score * each.pages for each in gaps) / whole if whole else 0.0), whole


def gaps_by_department() -> list[DepartmentGaps]:
    """Sum up by department, most gaps first."""
    missing = {item: Count("pk", filter=Q(**{f"has_{item}": 0})) for item in ITEMS}
    rows: Any = scored_pages().order_by().values("department__code", "department__name")
    found = [
        DepartmentGaps(
            row["department__code"] or "none", row["department__name"] or "未定", row["pages"], row["mean"],
            tuple((item, row[item]) for item in ITEMS),
        )
        for row in rows.annotate(pages=Count("pk"), mean=Avg("score"), **missing)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.score, each.code))


def _guided_deadline() -> Subquery:
    """What the guide of the open service says about the deadline; the first offer counts."""
    document = KeyTextTransform("deadline", KeyTransform("guide", "form_version__document"))
    open_here = Release.objects.open().filter(offer__procedure=OuterRef("pk")).order_by("offer__code")
    return Subquery(open_here.annotate(says=document).values("says")[:1], output_field=CharField())


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
