"""Ranking inputs 優先順位の材料: the four criteria of every procedure, computed from the inventory."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10

from todoke.offers.online_status import available_online_ids
from todoke.procedures.codes import Fee, Kind, OnlineStatus, Party
from todoke.procedures.models import CodedValue, Procedure
from todoke.roadmaps.ranking import RankingInput

VISIT_MINUTES = 60
"""Minutes of a visit with travel and waiting: an assumption shown on the page."""
PAPER_MINUTES = 20
"""Minutes for one attached paper."""
WRITING_MINUTES = 5
"""Minutes for one group of information asked."""
MOST_PEOPLE = 1_000_000
_HINDRANCES = {"1": 40, "2": 40, "3": 25, "4": 25, "5": 100, "6": 20, "7": 15}
_SEALS = {"1": 20, "2": 10, "3": 10}
_REACH = {Party.PEOPLE: 100.0, Party.PEOPLE_OR_BUSINESS: 85.0, Party.BUSINESS: 60.0}


@dataclass(frozen=True)
class ProcedureInput:
    """A ranking_input with the words that a person quarterly_load to follow it."""

    ranking_input: RankingInput
    title: str
    department: str
    minutes: int
    total: int | None


def procedure_inputs() -> list[ProcedureInput]:
    """Return the inputs of all current procedures, in three queries."""
    codes: dict[int, dict[str, set[str]]] = {}
    asked = ("concern", "identification", "document", "information")
    for pk, table, key in CodedValue.objects.filter(code__table__in=asked).values_list(
        "procedure_id", "code__table", "code__key"
    ):
        codes.setdefault(pk, {}).setdefault(table, set()).add(key)
    held = available_online_ids()
    rows = Procedure.objects.current().order_by("serial").values(
        "pk", "number", "title", "kind", "actor", "fee", "online_status", "total_count", "department__name"
    )  # fmt: skip
    return [_material(row, codes.get(row["pk"], {}), row["pk"] in held) for row in rows]


def _material(row: Mapping[str, object], codes: dict[str, set[str]], taken: bool) -> ProcedureInput:
    papers = len(codes.get("document", set()) - {"15"})
    minutes = VISIT_MINUTES + papers * PAPER_MINUTES + len(codes.get("information", ())) * WRITING_MINUTES
    total = row["total_count"] if isinstance(row["total_count"], int) else None
    hindered = sum(_HINDRANCES.get(key, 0) for key in codes.get("concern", ()))
    hindered += sum(_SEALS.get(key, 0) for key in codes.get("identification", ()))
    parts = (
        min(100.0, 100 * log10(1 + (total or 0) * minutes) / log10(1 + MOST_PEOPLE * VISIT_MINUTES)),
        float(max(0, 100 - hindered)),
        _REACH.get(Party(str(row["actor"])), 20.0) if row["actor"] else 20.0,
        max(0.0, 100.0 - papers * 10 - (30 if row["fee"] == Fee.SOME else 0)),
    )
    ranking_input = RankingInput(str(row["number"]), parts, _exclusion(row, codes, taken))
    return ProcedureInput(ranking_input, str(row["title"]), str(row["department__name"] or "未定"), minutes, total)


def _exclusion(row: Mapping[str, object], codes: dict[str, set[str]], taken: bool) -> str:
    """Return why a procedure is not ranked; empty when it is."""
    if taken:
        return "すでにオンラインで受け付けています"
    if row["online_status"] == OnlineStatus.EXEMPT:
        return "適用除外です"
    if "5" in codes.get("concern", ()):
        return "性質上、オンライン化に適しません(懸念点5)"
    if row["kind"] and row["kind"] != Kind.APPLICATION:
        return "申請・届出ではありません"
    return ""
