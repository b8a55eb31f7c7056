"""Completeness 案内の揃い具合: whether a procedure's public page answers the five questions that residents ask first.

Documents, where and how, until when and counted from what, the fee (also 「無料」), and online or not with the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from todoke.guidance.service_summary import offering_at
from todoke.offers.online_status import taken_ids
from todoke.procedures.codes import Fee, Kind
from todoke.procedures.models import CodedValue, Judgement, Procedure

ITEMS = {
    "documents": "必要なもの",
    "channel": "どこで・どうやって",
    "deadline": "いつまでに(起算点)",
    "fee": "手数料",
    "online": "オンラインの可否と理由",
}
_STARTS = re.compile(r"から|前まで|以内|いつでも|までに|期限はありません|随時")


@dataclass(frozen=True)
class Standing:
    """揃い具合: one procedure's page, and which of the five it lacks."""

    number: str
    title: str
    department: str
    code: str
    lacks: tuple[str, ...]

    @property
    def score(self) -> int:
        """How many of the five the page answers, in per cent."""
        return round((len(ITEMS) - len(self.lacks)) / len(ITEMS) * 100)

    @property
    def words(self) -> str:
        """What is missing, in words."""
        return "、".join(ITEMS[name] for name in self.lacks)


@dataclass(frozen=True)
class Gaps:
    """部署の欠け: a department, its pages, their mean score, and how many lack each item."""

    code: str
    name: str
    pages: int
    score: float
    lacking: tuple[tuple[str, int], ...]


def standings() -> list[Standing]:
    """Score the page of every current application, in a number of queries that grows only with the open services."""
    papers = set(CodedValue.objects.filter(code__table="document").values_list("procedure_id", flat=True))
    judged = set(Judgement.objects.in_force().values_list("procedure_id", flat=True))
    held = taken_ids()
    rows = Procedure.objects.current().filter(kind=Kind.APPLICATION).select_related("department").order_by("serial")
    return [_standing(row, papers, judged, row.pk in held) for row in rows]


def _standing(procedure: Procedure, papers: set[int], judged: set[int], taken: bool) -> Standing:
    section = procedure.department
    offering = offering_at(procedure.number) if taken else None
    until = (offering.guide.deadline if offering else "") or procedure.deadline
    answered = {
        "documents": procedure.pk in papers or offering is not None,
        "channel": section is not None and bool(section.phone),
        "deadline": bool(_STARTS.search(until)),
        "fee": offering is not None or procedure.fee == Fee.NONE or bool(procedure.fee_note),
        "online": taken or procedure.pk in judged,
    }
    lacks = tuple(name for name in ITEMS if not answered[name])
    return Standing(
        procedure.number,
        procedure.title,
        section.name if section else "未定",
        section.code if section else "none",
        lacks,
    )


def gaps(found: Iterable[Standing]) -> list[Gaps]:
    """Add the gaps up by department, the widest first."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for each in found:
        groups.setdefault((each.code, each.department), []).append(each)
    made = [_gaps(code, name, pages) for (code, name), pages in groups.items()]
    return sorted(made, key=lambda each: (each.score, each.code))


def _gaps(code: str, name: str, pages: list[Standing]) -> Gaps:
    counts = Counter(item for page in pages for item in page.lacks)
    score = sum(page.score for page in pages) / len(pages)
    return Gaps(code, name, len(pages), score, tuple((item, counts[item]) for item in ITEMS))
