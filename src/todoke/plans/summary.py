"""Summary 総括: the results of a plan with their evidence; nothing is rounded up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from todoke.japanese.calendar import fiscal_year
from todoke.japanese.due_dates import DueState
from todoke.plans.counted_figure import CountedFigure
from todoke.plans.forecast import DatedValue, RequiredPace, required_pace
from todoke.plans.models import Actual, Indicator, Measure, Plan, Target

Counted = Mapping[str, CountedFigure]


class Verdict(StrEnum):
    """判定: what the actuals say about a target on a day; nothing is missed before its due date."""

    REACHED = "達成"
    REACHED_LATE = "期限後に達成"
    AHEAD = "期限前"
    MISSED = "未達成"
    AWAITED = "期末の値待ち"
    NO_VALUE = "値なし"
    NO_TARGET = "目標なし"

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return {Verdict.REACHED: "success", Verdict.MISSED: "error", Verdict.AWAITED: "warning"}.get(self, "")


@dataclass(frozen=True)
class IndicatorStatus:
    """指標のいま: the last value, its target, and the pace needed."""

    indicator: Indicator
    actuals: tuple[Actual, ...]
    last: Actual | None
    missing: tuple[Actual, ...]
    target: Target | None
    verdict: Verdict
    need: RequiredPace | None

    @property
    def change(self) -> Decimal | None:
        """The change since the value before."""
        known = [each.value for each in self.actuals if each.value is not None]
        return known[-1] - known[-2] if len(known) > 1 else None

    @property
    def forecast(self) -> float:
        """The value the present pace leads to, within what is possible: 0 to 100 %, or to the denominator."""
        found = (self.need.forecast if self.need else None) or 0.0
        whole = 100.0 if self.indicator.unit == Indicator.Unit.PERCENT else None
        if whole is None and self.last and self.last.denominator:
            whole = float(self.last.denominator)
        return max(0.0, found if whole is None else min(found, whole))

    @property
    def needs_words(self) -> str:
        """The need as text, in the unit of the numerator if there is one."""
        if self.need is None or self.target is None or self.need.is_reached or self.verdict is Verdict.AWAITED:
            return ""
        sign = self.indicator.get_unit_display()
        unit = self.indicator.unit_of_change
        end = f"{self.target.due_on.year}年3月末の目標{_number(float(self.target.value))}{sign}"
        if self.verdict is not Verdict.AHEAD or not self.need.months:
            return f"{end}には、{_number(self.need.remaining, 1)}{unit}届きませんでした。"
        left, monthly = _number(self.need.remaining, 1), _number(self.need.monthly)
        words = f"{end}まで、あと{left}{unit}。月に{monthly}{unit}が必要です"
        if self.need.pace is None:
            return words + "。"
        pace, forecast = _number(self.need.pace), _number(self.forecast, 1)
        return f"{words}(直近の伸びは月{pace}{unit}、このままでは{forecast}{sign})。"


def _number(value: float, digits: int = 2) -> str:
    """Return a number with commas and at most so many decimals: 14 業務, not 14.0."""
    whole, _, rest = f"{value:,.{digits}f}".partition(".")
    return f"{whole}.{rest.rstrip('0')}".removesuffix(".")


def _meets(indicator: Indicator, actual: Actual, target: Target) -> bool:
    value = actual.value or Decimal(0)
    return value >= target.value if indicator.direction == Indicator.Direction.UP else value <= target.value


def _verdict(indicator: Indicator, known: Sequence[Actual], target: Target | None, on: date) -> Verdict:
    """Return the verdict of a day. A target is judged by the values up to its due date, of its own fiscal year.

    Before the due date only a value that rises to its target is reached; a value to keep low may still rise.
    """
    if not known:
        return Verdict.NO_VALUE
    if target is None:
        return Verdict.NO_TARGET
    if on < target.due_on or (on == target.due_on and known[-1].on < on):
        upward = indicator.direction == Indicator.Direction.UP
        return Verdict.REACHED if upward and _meets(indicator, known[-1], target) else Verdict.AHEAD
    in_time = [each for each in known if each.on <= target.due_on]
    if in_time and _meets(indicator, in_time[-1], target):
        return Verdict.REACHED
    if not in_time or fiscal_year(in_time[-1].on) < target.fiscal_year:
        return Verdict.AWAITED
    return Verdict.REACHED_LATE if _meets(indicator, known[-1], target) else Verdict.MISSED


def _pick(targets: Sequence[Target], on: date) -> Target | None:
    """Return the target of the current year, or else the last one."""
    ahead = [each for each in targets if each.due_on >= on]
    return ahead[0] if ahead else targets[-1] if targets else None


def _with_count(actuals: Sequence[Actual], counted: Actual | None) -> tuple[Actual, ...]:
    """Return the actuals with what is counted today in place of a value recorded for the same day."""
    if counted is None:
        return tuple(actuals)
    return (*(each for each in actuals if each.on != counted.on), counted)


def status_of(indicator: Indicator, on: date, counted: Counted | None = None) -> IndicatorStatus:
    """Return the status of an indicator on a day, using prefetched rows only; ``counted`` are the own figures."""
    live = (counted or {}).get(indicator.own_figure)
    recorded = [each for each in indicator.actuals.all() if each.on <= on]
    actuals = _with_count(recorded, live.actual_of(indicator) if live and live.on == on else None)
    known = [each for each in actuals if each.value is not None]
    target = _pick(list(indicator.targets.all()), on)
    points = [DatedValue(each.on, float(each.value)) for each in known if each.value is not None]
    upward = indicator.direction == Indicator.Direction.UP
    found = required_pace(points, float(target.value), target.due_on, on) if target and upward else None
    missing = tuple(each for each in actuals if each.value is None)
    verdict = _verdict(indicator, known, target, on)
    return IndicatorStatus(indicator, actuals, known[-1] if known else None, missing, target, verdict, found)


@dataclass(frozen=True)
class MeasureStatus:
    """施策のいま: the status of its indicators and milestones."""

    measure: Measure
    indicators: tuple[IndicatorStatus, ...]
    late: int


@dataclass(frozen=True)
class PlanSummary:
    """総括: every measure with its evidence, and the counts."""

    plan: Plan
    on: date
    measures: tuple[MeasureStatus, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        found: dict[Verdict, int] = {}
        for measure in self.measures:
            for each in measure.indicators:
                found[each.verdict] = found.get(each.verdict, 0) + 1
        return found

    @property
    def late(self) -> int:
        return sum(measure.late for measure in self.measures)

    @property
    def words(self) -> str:
        """One sentence that states the result (総括文)."""
        parts = "、".join(f"{verdict} {count}件" for verdict, count in sorted(self.counts.items()))
        total = sum(self.counts.values())
        late = (
            f"期限を過ぎたマイルストーンは{self.late}件です。"
            if self.late
            else "期限を過ぎたマイルストーンはありません。"
        )
        return f"指標{total}件のうち、{parts}です。{late}"


def summarise(plan: Plan, on: date, counted: Counted | None = None) -> PlanSummary:
    """Return the summary of a plan as of a day, or of its end if earlier.

    ``counted`` are the own figures of today, which stand in place of what was recorded of them for the same day.
    """
    on = min(on, plan.ends_on)
    rows = plan.measures.select_related("strategy", "department").prefetch_related(
        "milestones", "indicators__actuals", "indicators__targets"
    )
    measures = []
    for measure in rows:
        late = sum(1 for each in measure.milestones.all() if each.state(on) is DueState.OVERDUE)
        found = tuple(status_of(each, on, counted) for each in measure.indicators.all())
        measures.append(MeasureStatus(measure, found, late))
    return PlanSummary(plan, on, tuple(measures))
