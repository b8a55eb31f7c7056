"""Ranking inputs 優先順位の材料: the four criteria of every procedure that is ranked, computed from the inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import log10
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Case, Q, QuerySet, Value, When

from todoke.lazy_modules import np
from todoke.offers.online_status import available_online
from todoke.procedures.codes import Fee, Kind, OnlineStatus, Party
from todoke.procedures.models import Code, CodedValue, Procedure, Volume, unsuitable_by_nature
from todoke.roadmaps.ranking import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

VISIT_MINUTES = 60
"""Minutes of a visit with travel and waiting: an assumption shown on the page."""
PAPER_MINUTES = 20
"""Minutes for one attached paper."""
WRITING_MINUTES = 5
"""Minutes for one group of information asked."""
WHOLE_YEAR = 360
"""Days from which a period counts as a whole year."""
MOST_PEOPLE = 1_000_000
AT_ONCE = 5000
"""Coded values that are read at once."""
_HINDRANCES = {
    "concern": {"1": 40, "2": 40, "3": 25, "4": 25, "6": 20, "7": 15},
    "identification": {"1": 20, "2": 10, "3": 10},
}
_NO_PAPER = "15"
_REACH = {Party.PEOPLE: 100.0, Party.PEOPLE_OR_BUSINESS: 85.0, Party.BUSINESS: 60.0}
_OTHER_REACH = 20.0
Numbers: TypeAlias = "NDArray[np.int64]"


class CountSource(StrEnum):
    """件数の出どころ: where a yearly count comes from, the municipality's own first."""

    OWN = "区の件数"
    ESTIMATE = "全国の件数からの推計"
    NATIONAL = "全国の件数"
    UNKNOWN = "不明"


@dataclass(frozen=True)
class YearlyCounts:
    """1年の件数: the municipality's own cases by procedure id, and its share of the nation, None where unknown."""

    own: Mapping[int, int]
    share: float | None

    def of(self, pk: int, national: int | None) -> tuple[int | None, CountSource]:
        """Return the count of a procedure and its source: for want of an own one the national count times the share."""
        if (own := self.own.get(pk)) is not None:
            return own, CountSource.OWN
        if national is None:
            return None, CountSource.UNKNOWN
        if self.share is None:
            return national, CountSource.NATIONAL
        return round(national * self.share), CountSource.ESTIMATE

    def totals(self, ids: Numbers, national: Sequence[int | None]) -> Numbers:
        """Return the counts of many procedures by their ids, as ``of`` does, 0 where unknown."""
        known = np.array([each or 0 for each in national], dtype=np.int64)
        found = known if self.share is None else np.rint(known * self.share).astype(np.int64)
        own = np.full(max(ids.max(initial=0), *self.own, 0) + 1, -1)
        own[list(self.own)] = list(self.own.values())
        return np.where(own[ids] < 0, found, own[ids])


@dataclass(frozen=True)
class RankingInputs:
    """優先順位の材料: the procedures that are ranked, by number; each field has one value for each of them.

    ``minutes`` are what one case takes a resident, ``national`` the nation's counts of a year, ``parts`` the criteria.
    """

    ids: Sequence[int]
    numbers: Sequence[str]
    titles: Sequence[str]
    departments: Sequence[int | None]
    minutes: Numbers
    national: Sequence[int | None]
    counts: YearlyCounts
    parts: Floats

    def count_of(self, row: int) -> tuple[int | None, CountSource]:
        """Return the count of a year of one of them, and its source."""
        return self.counts.of(self.ids[row], self.national[row])


def with_exclusion() -> QuerySet[Any, Any]:
    """Return the current procedures with ``exclusion``: why one is not ranked, empty when it is."""
    exclusion = Case(
        When(available_online(), then=Value("すでにオンラインで受け付けています")),
        When(online_status=OnlineStatus.EXEMPT, then=Value("適用除外です")),
        When(unsuitable_by_nature(), then=Value("性質上、オンライン化に適しません(懸念点5)")),
        When(~Q(kind__in=["", Kind.APPLICATION]), then=Value("申請・届出ではありません")),
        default=Value(""),
    )
    return Procedure.objects.current().annotate(exclusion=exclusion)


def own_yearly_counts() -> dict[int, int]:
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


def yearly_counts() -> YearlyCounts:
    """Return the yearly counts, in two queries; the share is the median over the procedures with both counts."""
    own = own_yearly_counts()
    counted = Volume.objects.filter(total__isnull=False).values("procedure")
    national = Procedure.objects.current().filter(pk__in=counted).order_by().values_list("pk", "total_count")
    return YearlyCounts(own, share_of_nation([(own[pk], total) for pk, total in national]))


def ranking_inputs() -> RankingInputs:
    """Return what the ranking is computed from, in five queries."""
    columns = ("pk", "number", "title", "department", "actor", "fee", "total_count")
    found = with_exclusion().filter(exclusion="").order_by().values_list(*columns)
    rows = sorted(found, key=itemgetter(1))
    ids, numbers, titles, departments, actors, fees, national = zip(*rows, strict=True) if rows else ((),) * 7
    counts, keys = yearly_counts(), np.array(ids, dtype=np.int64)
    papers, questions, hindrance = _coded(keys)
    minutes = VISIT_MINUTES + papers * PAPER_MINUTES + questions * WRITING_MINUTES
    parts = np.empty((len(rows), 4))
    parts[:, 0] = _burden(counts.totals(keys, national) * minutes)
    parts[:, 1] = np.maximum(0, 100 - hindrance)
    parts[:, 2] = [_REACH.get(actor, _OTHER_REACH) for actor in actors]
    parts[:, 3] = np.maximum(0, 100 - papers * 10 - np.array([30 if fee == Fee.SOME else 0 for fee in fees], dtype=int))
    return RankingInputs(ids, numbers, titles, departments, minutes, national, counts, parts)


def share_of_nation(pairs: Sequence[tuple[int, int | None]]) -> float | None:
    """Return the median of own count through national count; None where no procedure has both. Pure rule."""
    shares = [own / national for own, national in pairs if own and national]
    return median(shares) if shares else None


def _coded(ids: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return of each procedure how many papers and groups of information are asked, and the sum of its hindrances."""
    asked = Code.objects.filter(table__in=["document", "information", *_HINDRANCES]).values_list("pk", "table", "key")
    worth = {pk: numbers for pk, table, key in asked if any(numbers := _worth(table, key))}
    rows = CodedValue.objects.filter(code__in=worth).order_by().values_list("procedure_id", "code_id")
    pairs = np.fromiter(chain.from_iterable(rows.iterator(AT_ONCE)), dtype=np.int64).reshape(-1, 2)
    by_code = np.zeros((max(worth, default=0) + 1, 3))
    for pk, numbers in worth.items():
        by_code[pk] = numbers
    size = int(ids.max(initial=0)) + 1
    papers, questions, hindrance = (
        np.bincount(pairs[:, 0], weights=column[pairs[:, 1]], minlength=size)[ids].astype(np.int64)
        for column in by_code.T
    )
    return papers, questions, hindrance


def _worth(table: str, key: str) -> tuple[int, int, int]:
    """Return what one coded value adds to papers, groups of information and hindrances."""
    return (table == "document" and key != _NO_PAPER, table == "information", _HINDRANCES.get(table, {}).get(key, 0))


def _burden(minutes: Numbers) -> Floats:
    """Return 0 to 100 for minutes a year, by their logarithm; of the C library, as vectors may round it otherwise."""
    points = np.array([log10(1 + each) for each in minutes.tolist()]) * 100 / log10(1 + MOST_PEOPLE * VISIT_MINUTES)
    return np.minimum(100.0, points)
