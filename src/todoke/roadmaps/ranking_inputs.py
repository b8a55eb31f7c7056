"""Ranking inputs 優先順位の材料: the four criteria of every procedure, computed from the inventory."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log10
from statistics import median

from todoke.offers.online_status import available_online_ids
from todoke.procedures.codes import Fee, Kind, OnlineStatus, Party
from todoke.procedures.models import CodedValue, Procedure, Volume
from todoke.roadmaps.ranking import RankingInput

VISIT_MINUTES = 60
"""Minutes of a visit with travel and waiting: an assumption shown on the page."""
PAPER_MINUTES = 20
"""Minutes for one attached paper."""
WRITING_MINUTES = 5
"""Minutes for one group of information asked."""
WHOLE_YEAR = 360
"""Days from which a period counts as a whole year."""
MOST_PEOPLE = 1_000_000
_HINDRANCES = {"1": 40, "2": 40, "3": 25, "4": 25, "5": 100, "6": 20, "7": 15}
_SEALS = {"1": 20, "2": 10, "3": 10}
_REACH = {Party.PEOPLE: 100.0, Party.PEOPLE_OR_BUSINESS: 85.0, Party.BUSINESS: 60.0}


class CountSource(StrEnum):
    """件数の出どころ: where a yearly count comes from, the municipality's own first."""

    OWN = "区の件数"
    ESTIMATE = "全国の件数からの推計"
    NATIONAL = "全国の件数"
    UNKNOWN = "不明"


@dataclass(frozen=True)
class ProcedureInput:
    """A ranking input with what a person needs to follow it; ``total`` is the count of a year from its ``source``."""

    ranking_input: RankingInput
    title: str
    department: str
    department_code: str
    minutes: int
    total: int | None
    source: CountSource


def yearly_counts() -> dict[int, int]:
    """Return the municipality's own cases a year by procedure id.

    The latest period of a whole year counts; for want of one the latest period, taken for a year by its days.
    """
    rows = Volume.objects.filter(total__isnull=False).order_by("starts_on")
    found: dict[int, int] = {}
    whole: dict[int, int] = {}
    for pk, total, starts, ends in rows.values_list("procedure_id", "total", "starts_on", "ends_on"):
        days = (ends - starts).days + 1
        (whole if days >= WHOLE_YEAR else found)[pk] = round((total or 0) * 365 / days)
    return found | whole


def procedure_inputs() -> list[ProcedureInput]:
    """Return the inputs of all current procedures, in four queries.

    Burden counts the municipality's own cases; where it has none, the national count times its share of the nation,
    which is the median over the procedures with both.
    """
    codes: dict[int, dict[str, set[str]]] = {}
    asked = ("concern", "identification", "document", "information")
    for pk, table, key in CodedValue.objects.filter(code__table__in=asked).values_list(
        "procedure_id", "code__table", "code__key"
    ):
        codes.setdefault(pk, {}).setdefault(table, set()).add(key)
    held = available_online_ids()
    rows = list(Procedure.objects.current().order_by("serial").values(
        "pk", "number", "title", "kind", "actor", "fee", "online_status", "total_count", "department__name",
        "department__code",
    ))  # fmt: skip
    own = yearly_counts()
    share = share_of_nation([(own[row["pk"]], row["total_count"]) for row in rows if row["pk"] in own])
    return [
        _material(
            row, codes.get(row["pk"], {}), row["pk"] in held, _yearly(own.get(row["pk"]), row["total_count"], share)
        )
        for row in rows
    ]


def share_of_nation(pairs: list[tuple[int, int | None]]) -> float | None:
    """Return the median of own count through national count; None where no procedure has both. Pure rule."""
    shares = [own / national for own, national in pairs if own and national]
    return median(shares) if shares else None


def _yearly(own: int | None, national: int | None, share: float | None) -> tuple[int | None, CountSource]:
    if own is not None:
        return own, CountSource.OWN
    if national is None:
        return None, CountSource.UNKNOWN
    return (national, CountSource.NATIONAL) if share is None else (round(national * share), CountSource.ESTIMATE)


def _material(
    row: Mapping[str, object], codes: dict[str, set[str]], taken: bool, yearly: tuple[int | None, CountSource]
) -> ProcedureInput:
    papers = len(codes.get("document", set()) - {"15"})
    minutes = VISIT_MINUTES + papers * PAPER_MINUTES + len(codes.get("information", ())) * WRITING_MINUTES
    total, source = yearly
    hindered = sum(_HINDRANCES.get(key, 0) for key in codes.get("concern", ()))
    hindered += sum(_SEALS.get(key, 0) for key in codes.get("identification", ()))
    parts = (
        min(100.0, 100 * log10(1 + (total or 0) * minutes) / log10(1 + MOST_PEOPLE * VISIT_MINUTES)),
        float(max(0, 100 - hindered)),
        _REACH.get(Party(str(row["actor"])), 20.0) if row["actor"] else 20.0,
        max(0.0, 100.0 - papers * 10 - (30 if row["fee"] == Fee.SOME else 0)),
    )
    ranking_input = RankingInput(str(row["number"]), parts, _exclusion(row, codes, taken))
    department, code = str(row["department__name"] or "未定"), str(row["department__code"] or "none")
    return ProcedureInput(ranking_input, str(row["title"]), department, code, minutes, total, source)


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
