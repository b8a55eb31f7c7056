"""Summing-up 総括: what a plan reached, generated with its evidence; nothing is rounded up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from todoke.plans.forecast import Need, Point, need
from todoke.plans.models import Actual, Indicator, Measure, Plan, Target


@dataclass(frozen=True)
class Standing:
    """指標のいま: the last value, the target it is held against, and what is needed."""

    indicator: Indicator
    actuals: tuple[Actual, ...]
    last: Actual | None
    missing: tuple[Actual, ...]
    target: Target | None
    verdict: str
    need: Need | None

    @property
    def change(self) -> Decimal | None:
        """What moved since the value before."""
        known = [each.value for each in self.actuals if each.value is not None]
        return known[-1] - known[-2] if len(known) > 1 else None

    @property
    def forecast(self) -> float:
        """Where the present pace leads; a percentage does not pass 100."""
        found = (self.need.forecast if self.need else None) or 0.0
        return min(found, 100.0) if self.indicator.unit == Indicator.Unit.PERCENT else found

    @property
    def needs_words(self) -> str:
        """What is needed, in the unit of the numerator where there is one."""
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
    """The target of the year that runs, or else the last one."""
    ahead = [each for each in targets if each.due_on >= on]
    return ahead[0] if ahead else targets[-1] if targets else None


def standing(indicator: Indicator, on: date) -> Standing:
    """Return where an indicator stands on a day; it asks no more of the database than its prefetched rows."""
    actuals = tuple(each for each in indicator.actuals.all() if each.on <= on)
    known = [each for each in actuals if each.value is not None]
    last = known[-1] if known else None
    target = _pick(list(indicator.targets.all()), on)
    points = [Point(each.on, float(each.value)) for each in known if each.value is not None]
    upward = indicator.direction == Indicator.Direction.UP
    found = need(points, float(target.value), target.due_on) if target and upward else None
    missing = tuple(each for each in actuals if each.value is None)
    return Standing(indicator, actuals, last, missing, target, _verdict(indicator, last, target), found)


@dataclass(frozen=True)
class MeasureStanding:
    """施策のいま: its indicators and its milestones."""

    measure: Measure
    indicators: tuple[Standing, ...]
    late: int


@dataclass(frozen=True)
class Summary:
    """総括: every measure with its evidence, and the counts."""

    plan: Plan
    on: date
    measures: tuple[MeasureStanding, ...]

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
        """One sentence that says the result (総括文)."""
        parts = "、".join(f"{verdict} {count}件" for verdict, count in sorted(self.counts.items()))
        total = sum(self.counts.values())
        late = (
            f"期限を過ぎたマイルストーンは{self.late}件です。"
            if self.late
            else "期限を過ぎたマイルストーンはありません。"
        )
        return f"指標{total}件のうち、{parts}です。{late}"


def summarise(plan: Plan, on: date) -> Summary:
    """Sum a plan up as of a day (its end, if that is earlier)."""
    on = min(on, plan.ends_on)
    rows = plan.measures.select_related("strategy", "department").prefetch_related(
        "milestones", "indicators__actuals", "indicators__targets"
    )
    measures = []
    for measure in rows:
        late = sum(1 for each in measure.milestones.all() if each.reached_on is None and each.due_on < on)
        measures.append(MeasureStanding(measure, tuple(standing(each, on) for each in measure.indicators.all()), late))
    return Summary(plan, on, tuple(measures))
