"""Chart questions 図の問い: what is counted, by what, under which conditions; frozen, without a query language."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from todoke.runtime.refusals import Unreadable


class Figure(StrEnum):
    """数え方: what is calculated of the rows of a group."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    RATE = "rate"


class Drawing(StrEnum):
    """図の形: how the groups are drawn."""

    BARS = "bars"
    LINES = "lines"
    SHARES = "shares"
    MULTIPLES = "multiples"
    TABLE = "table"


FIGURES = {
    Figure.COUNT: "件数(行の数)", Figure.SUM: "合計", Figure.MEAN: "平均", Figure.MEDIAN: "中央値",
    Figure.RATE: "割合(二つの項目の合計の比)",
}  # fmt: skip
DRAWINGS = {
    Drawing.BARS: "棒", Drawing.LINES: "折れ線", Drawing.SHARES: "内訳の割合(帯)",
    Drawing.MULTIPLES: "小さな折れ線を並べる",
    Drawing.TABLE: "表だけ",
}  # fmt: skip
STEPS = {"day": "日ごと", "month": "月ごと", "year": "年度ごと"}
OPERATORS = {"is": "と同じ", "has": "を含む", "from": "以上", "to": "以下"}
MOST_FILTERS = 2


@dataclass(frozen=True)
class ChartFilter:
    """図の条件: a column compared with a value as typed."""

    column: str
    operator: str
    value: str

    @property
    def words(self) -> str:
        return f"{self.column}が「{self.value}」{OPERATORS[self.operator]}"


@dataclass(frozen=True)
class ChartQuestion:
    """図の問い: ``by`` and ``also`` are the groupings, ``of`` the column, ``over`` the denominator of a rate."""

    by: str
    figure: Figure = Figure.COUNT
    of: str = ""
    over: str = ""
    also: str = ""
    step: str = "month"
    drawing: Drawing = Drawing.BARS
    filters: tuple[ChartFilter, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any], kinds: Mapping[str, str]) -> Self:
        """Return the question of an address or a form, whose columns have these kinds. Raises Unreadable."""
        figure, drawing = _one_of(Figure, given, "figure"), _one_of(Drawing, given, "drawing")
        step = str(given.get("step") or "month")
        asked = cls(
            by=str(given.get("by") or ""), figure=figure, of=str(given.get("of") or ""),
            over=str(given.get("over") or ""), also=str(given.get("also") or ""),
            step=step if step in STEPS else "month", drawing=drawing, filters=tuple(_filters(given)),
        )  # fmt: skip
        asked.require(kinds)
        return asked

    @classmethod
    def stored(cls, kept: Mapping[str, Any]) -> Self:
        """Return a question as ``plain`` stored it."""
        filters = tuple(ChartFilter(**each) for each in kept["filters"])
        told = {"figure": Figure(kept["figure"]), "drawing": Drawing(kept["drawing"]), "filters": filters}
        return cls(**{**kept, **told})

    def plain(self) -> dict[str, Any]:
        """Return the question as JSON takes it."""
        return asdict(self) | {"figure": self.figure.value, "drawing": self.drawing.value}

    def require(self, kinds: Mapping[str, str]) -> None:
        """Raises Unreadable where a column is missing or of another kind than the question needs."""
        for name in (self.by, self.also, self.of, self.over, *(each.column for each in self.filters)):
            if name and name not in kinds:
                raise Unreadable(f"項目「{name[:40]}」は、この表にありません。")
        if not self.by:
            raise Unreadable("何ごとに見るか(項目)を選んでください。")
        if "key" in {kinds[name] for name in (self.by, self.also) if name}:
            raise Unreadable("個人を表す番号ごとには見られません。ほかの項目を選んでください。")
        numbers = [name for name in (self.of, self.over) if name]
        if self.figure is not Figure.COUNT and not self.of:
            raise Unreadable("合計・平均・割合では、計算する数の項目を選んでください。")
        if self.figure is Figure.RATE and not self.over:
            raise Unreadable("割合では、分母の項目も選んでください。")
        if self.figure is not Figure.COUNT and any(kinds[name] != "number" for name in numbers):
            raise Unreadable("計算する項目は、数の項目から選んでください。")

    @property
    def unit(self) -> str:
        return {Figure.COUNT: "件", Figure.RATE: "%"}.get(self.figure, "")

    def words(self, kinds: Mapping[str, str]) -> str:
        """Return what is shown, as a title."""
        figure = "件数" if self.figure is Figure.COUNT else f"{self.of}の{FIGURES[self.figure].split('(')[0]}"
        if self.figure is Figure.RATE:
            figure = f"{self.of}÷{self.over}の割合"
        step = STEPS[self.step].removesuffix("ごと") if kinds.get(self.by) == "day" else ""
        by = f"{self.by}({step})" if step else self.by
        by += f"・{self.also}" if self.also else ""
        return f"{by}ごとの{figure}" + "".join(f"、{each.words}" for each in self.filters)


def _one_of(kind: Any, given: Mapping[str, Any], name: str) -> Any:
    try:
        return kind(given.get(name) or next(iter(kind)))
    except ValueError as wrong:
        raise Unreadable("選べない数え方か図の形です。もう一度選んでください。") from wrong


def _filters(given: Mapping[str, Any]) -> Sequence[ChartFilter]:
    found = []
    for n in range(1, MOST_FILTERS + 1):
        column, value = str(given.get(f"column{n}") or ""), str(given.get(f"value{n}") or "").strip()
        operator = str(given.get(f"operator{n}") or "is")
        if column and value:
            found.append(ChartFilter(column, operator if operator in OPERATORS else "is", value))
    return found
