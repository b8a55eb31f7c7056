"""Estimators 効果の推定: a difference, how uncertain it is, and in one sentence what it cannot show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from statistics import fmean, stdev

from todoke.insights.evidence.quantiles import normal_quantile, t_quantile

CONFIDENCE = 0.95
POWER = 0.8
FEWEST_TREATED = 5
BEFORE_AFTER = "同じ時期に起きたほかのことの影響を除いていません。"
DIFFERENCE = "比べた相手が、取組がなければ同じように動いたとは限りません。"
TWO_GROUPS = "二つの集まりが、取組のほかにも違っていた影響を除いていません。"
PAIRED = "前後比較"


class NotComparable(ValueError):
    """比べられないデータ: too few units, or windows with denominators of different days."""


@dataclass(frozen=True)
class Window:
    """期間: a value of each unit before and after, and the day of the denominators of each."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    denominator_before: str = ""
    denominator_after: str = ""

    def changes(self) -> dict[str, float]:
        """Return after minus before of the units that have both. Raises NotComparable where denominators differ."""
        if self.denominator_before != self.denominator_after:
            raise NotComparable("前後で分母の基準日が違います。同じ基準日の人口で割った値を使ってください。")
        return {unit: self.after[unit] - value for unit, value in self.before.items() if unit in self.after}


@dataclass(frozen=True)
class Estimate:
    """推定: design, number of units, difference with its interval at 95 %, and what the design cannot show.

    ``rank`` is that of the treated unit among ``units`` by the size of its difference, where chance is counted;
    ``earlier`` holds the differences of earlier windows of equal length.
    """

    design: str
    difference: float
    low: float
    high: float
    units: int
    cannot_show: str
    rank: int | None = None
    earlier: tuple[float, ...] = field(default=())

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    @property
    def detectable(self) -> float:
        """The smallest true difference that such data would show in four of five cases."""
        return self.half_width * (1 + normal_quantile(POWER) / normal_quantile(0.5 + CONFIDENCE / 2))

    @property
    def chance(self) -> float | None:
        """The share of units that differ at least as much; None where chance is not counted so."""
        return None if self.rank is None else self.rank / self.units

    @property
    def differed_before(self) -> bool:
        """Whether in an earlier window of equal length the difference was more than half as large."""
        return any(abs(one) > abs(self.difference) / 2 for one in self.earlier)

    @property
    def shown(self) -> bool:
        """Whether an effect may be claimed: the interval leaves out zero, and there was no difference before."""
        return (self.low > 0 or self.high < 0) and not self.differed_before


def before_after(window: Window) -> Estimate:
    """Return the mean change of the units with Student's interval. Raises NotComparable."""
    changes = list(window.changes().values())
    if len(changes) < 2:
        raise NotComparable("前後の値がそろう単位が二つ以上要ります。")
    half = t_quantile(0.5 + CONFIDENCE / 2, len(changes) - 1) * stdev(changes) / sqrt(len(changes))
    return _symmetric(PAIRED, fmean(changes), half, len(changes), BEFORE_AFTER)


def difference_in_differences(window: Window, treated: Sequence[str], earlier: Sequence[Window] = ()) -> Estimate:
    """Return the change of the treated units beyond that of the others. Raises NotComparable.

    With five treated units or more the interval is Welch's. With fewer each other unit is taken in turn as if treated:
    ``rank`` counts those that differ at least as much, and the interval is that of one more unit of the others.
    """
    changes = window.changes()
    chosen = [changes[unit] for unit in treated if unit in changes]
    others = {unit: change for unit, change in changes.items() if unit not in set(treated)}
    if not chosen or len(others) < 2:
        raise NotComparable("取組のあった単位が一つ以上、比べる相手が二つ以上要ります。")
    difference = fmean(chosen) - fmean(others.values())
    before = tuple(difference_in_differences(one, treated).difference for one in earlier)
    if len(chosen) >= FEWEST_TREATED:
        half, rank = _welch(chosen, list(others.values())), None
    else:
        half, rank = _of_few(len(chosen), list(others.values())), _rank(abs(difference), list(others.values()))
    units = len(chosen) + len(others) if rank is None else 1 + len(others)
    return replace(_symmetric("差の差", difference, half, units, DIFFERENCE), rank=rank, earlier=before)


def _symmetric(design: str, difference: float, half: float, units: int, cannot_show: str) -> Estimate:
    return Estimate(design, difference, difference - half, difference + half, units, cannot_show)


def _welch(chosen: Sequence[float], others: Sequence[float]) -> float:
    parts = [stdev(group) ** 2 / len(group) for group in (chosen, others)]
    if not sum(parts):
        return 0.0
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(chosen) - 1) + parts[1] ** 2 / (len(others) - 1))
    return t_quantile(0.5 + CONFIDENCE / 2, freedom) * sqrt(sum(parts))


def _of_few(count: int, others: Sequence[float]) -> float:
    quantile = t_quantile(0.5 + CONFIDENCE / 2, len(others) - 1)
    return quantile * stdev(others) * sqrt(1 / count + 1 / len(others))


def _rank(size: float, others: Sequence[float]) -> int:
    """Return 1 and the number of others that differ from the rest of them by at least ``size``."""
    total, rest = sum(others), len(others) - 1
    return 1 + sum(abs(each - (total - each) / rest) >= size for each in others)


def share_difference(treated: tuple[int, int], others: tuple[int, int]) -> Estimate:
    """Return the difference of two shares (count, people) in percent points with Newcombe's interval.

    Raises NotComparable.
    """
    for count, people in (treated, others):
        if not 0 <= count <= people or not people:
            raise NotComparable("人数が0か、件数が人数を超えています。")
    first, second = treated[0] / treated[1], others[0] / others[1]
    low_1, high_1 = _wilson(*treated)
    low_2, high_2 = _wilson(*others)
    low = first - second - sqrt((first - low_1) ** 2 + (high_2 - second) ** 2)
    high = first - second + sqrt((high_1 - first) ** 2 + (second - low_2) ** 2)
    people = treated[1] + others[1]
    return Estimate("割合の差", 100 * (first - second), 100 * low, 100 * high, people, TWO_GROUPS)


def _wilson(count: int, people: int) -> tuple[float, float]:
    z = normal_quantile(0.5 + CONFIDENCE / 2)
    share = count / people
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = z * sqrt(share * (1 - share) / people + z * z / (4 * people * people)) / (1 + z * z / people)
    return middle - half, middle + half


def in_words(estimate: Estimate, *, treated: str, others: str, unit: str) -> str:
    """Return the result as one paragraph: the size, what chance alone does, whether an effect may be claimed."""
    size = f"{abs(estimate.difference):.2f}{unit}{'大きい' if estimate.difference >= 0 else '小さい'}"
    doubts = []
    if estimate.rank is not None:
        doubts.append(f"このくらいの差は偶然でも{estimate.units}のうち{estimate.rank}で起き")
    elif estimate.low <= 0 <= estimate.high:
        doubts.append(f"差は{estimate.low:.2f}から{estimate.high:.2f}{unit}のどこかで、0かもしれず")
    if estimate.differed_before:
        doubts.append("取組の前から差があり")
    claim = "差があったと言えます" if estimate.shown else "効果があったとは言えません"
    told = f"{treated}の変化は{others}より{size}です。"
    if estimate.design == PAIRED:
        way = "増えました" if estimate.difference >= 0 else "減りました"
        told = f"{treated}は、前より平均で{abs(estimate.difference):.2f}{unit}{way}。"
    return f"{told}{'、'.join([*doubts, claim])}。{estimate.cannot_show}"
