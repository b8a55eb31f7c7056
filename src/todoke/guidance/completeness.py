"""Completeness 案内の揃い具合: whether a procedure's public page answers the five questions residents ask first.

Documents; where and how; deadline and its start; fee (also 「無料」); online or not, with the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from todoke.guidance.service_summary import service_summary
from todoke.offers.online_status import available_online_ids
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
class PageCompleteness:
    """揃い具合: one procedure's page, and the questions it does not answer."""

    number: str
    title: str
    department: str
    code: str
    lacks: tuple[str, ...]

    @property
    def score(self) -> int:
        """Answered questions in percent."""
        return round((len(ITEMS) - len(self.lacks)) / len(ITEMS) * 100)

    @property
    def words(self) -> str:
        """The missing answers as text."""
        return "、".join(ITEMS[name] for name in self.lacks)


@dataclass(frozen=True)
class DepartmentGaps:
    """部署の欠け: a department, its pages, their mean score, and missing answers by question."""

    code: str
    name: str
    pages: int
    score: float
    lacking: tuple[tuple[str, int], ...]


def page_scores() -> list[PageCompleteness]:
    """Return the completeness of every current application's page, in a bounded number of queries."""
    papers = set(CodedValue.objects.filter(code__table="document").values_list("procedure_id", flat=True))
    judged = set(Judgement.objects.in_force().values_list("procedure_id", flat=True))
    held = available_online_ids()
    rows = Procedure.objects.current().filter(kind=Kind.APPLICATION).select_related("department").order_by("serial")
    return [_score(row, papers, judged, row.pk in held) for row in rows]


def _score(procedure: Procedure, papers: set[int], judged: set[int], taken: bool) -> PageCompleteness:
    section = procedure.department
    offering = service_summary(procedure.number) if taken else None
    until = (offering.guide.deadline if offering else "") or procedure.deadline
    answered = {
        "documents": procedure.pk in papers or offering is not None,
        "channel": section is not None and bool(section.phone),
        "deadline": bool(_STARTS.search(until)),
        "fee": offering is not None or procedure.fee == Fee.NONE or bool(procedure.fee_note),
        "online": taken or procedure.pk in judged,
    }
    lacks = tuple(name for name in ITEMS if not answered[name])
    return PageCompleteness(
        procedure.number,
        procedure.title,
        section.name if section else "未定",
        section.code if section else "none",
        lacks,
    )


def gaps_by_department(found: Iterable[PageCompleteness]) -> list[DepartmentGaps]:
    """Sum up by department, most gaps first."""
    groups: dict[tuple[str, str], list[PageCompleteness]] = {}
    for each in found:
        groups.setdefault((each.code, each.department), []).append(each)
    made = [_gaps(code, name, pages) for (code, name), pages in groups.items()]
    return sorted(made, key=lambda each: (each.score, each.code))


def _gaps(code: str, name: str, pages: list[PageCompleteness]) -> DepartmentGaps:
    counts = Counter(item for page in pages for item in page.lacks)
    score = sum(page.score for page in pages) / len(pages)
    return DepartmentGaps(code, name, len(pages), score, tuple((item, counts[item]) for item in ITEMS))
