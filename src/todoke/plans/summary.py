"""Summary 総括: the results of a plan with their evidence; nothing is rounded up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from todoke.plans.forecast import DatedValue, RequiredPace, required_pace
from todoke.plans.models import Actual, Indicator, Measure, Plan, Target


@dataclass(frozen=True)
class IndicatorStatus:
    """指標のいま: the last value, its target, and the pace needed."""

    indicator: Indicator
    actuals: tuple[Actual, ...]
    last: Actual | None
    missing: tuple[Actual, ...]
    target: Target | None
    verdict: str
    need: RequiredPace | None

    @property
    def change(self) -> Decimal | None:
        """The change since the value before."""
        known = [each.value for each in self.actuals if each.value is not None]
        return known[-1] - known[-2] if len(known) > 1 else None

    @property
    def forecast(self) -> float:
        """The value the present pace leads to; a percentage is capped at 100."""
        found = (self.need.forecast if self.need else None) or 0.0
        return min(found, 100.0) if self.indicator.unit == Indicator.Unit.PERCENT else found

    @property
    def needs_words(self) -> str:
        """The need as text, in the unit of the numerator if there is one."""
        if self.need is None or self.target is None or self.need.is_reached:
            return ""
        unit = "ポイント" if self.indicator.unit == Indicator.Unit.PERCENT else self.indicator.get_unit_display()
        if not self.need.months:
            end = f"{self.target.due_on.year}年3月末の目標{float(self.target.value):g}"
            return f"{end}には、{self.need.remaining:,.1f}{unit}届きませんでした。"
        words = (
            f"{self.target.due_on.year}年3月末の目標{float(self.target.value):g}まで、あと{self.need.remaining:,.1f}{unit}。"
            f"月に{self.need.monthly:,.2f}{unit}が必要です"
        )
        if self.need.pace is None:
            return words + "。"
        return f"{words}(直近の伸びは月{self.need.pace:,.2f}{unit}、このままでは{self.forecast:,.1f})。"


def _verdict(indicator: Indicator, last: Actual | None, target: Target | None) -> str:
    if last is None or last.value is None:
        return "値なし"
    if target is None:
        return "目標なし"
    reached = (
        last.value >= target.value if indicator.direction == Indicator.Direction.UP else last.value <= target.value
    )
    return "達成" if reached else "未達成"


def _pick(targets: Sequence[Target], on: date) -> Target | None:
    """Return the target of the current year, or else the last one."""
    ahead = [each for each in targets if each.due_on >= on]
    return ahead[0] if ahead else targets[-1] if targets else None


def status_of(indicator: Indicator, on: date) -> IndicatorStatus:
    """Return the status of an indicator on a day, using prefetched rows only."""
    actuals = tuple(each for each in indicator.actuals.all() if each.on <= on)
    known = [each for each in actuals if each.value is not None]
    last = known[-1] if known else None
    target = _pick(list(indicator.targets.all()), on)
    points = [DatedValue(each.on, float(each.value)) for each in known if each.value is not None]
    upward = indicator.direction == Indicator.Direction.UP
    found = required_pace(points, float(target.value), target.due_on) if target and upward else None
    missing = tuple(each for each in actuals if each.value is None)
    return IndicatorStatus(indicator, actuals, last, missing, target, _verdict(indicator, last, target), found)


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
    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
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


def summarise(plan: Plan, on: date) -> PlanSummary:
    """Return the summary of a plan as of a day, or of its end if earlier."""
    on = min(on, plan.ends_on)
    rows = plan.measures.select_related("strategy", "department").prefetch_related(
        "milestones", "indicators__actuals", "indicators__targets"
    )
    measures = []
    for measure in rows:
        late = sum(1 for each in measure.milestones.all() if each.reached_on is None and each.due_on < on)
        measures.append(MeasureStatus(measure, tuple(status_of(each, on) for each in measure.indicators.all()), late))
    return PlanSummary(plan, on, tuple(measures))
