"""Rule document 選考基準の定め: points, adjustments and ties of one municipality as frozen data with row ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from todoke.formbuilder.document.conditions import Condition

ABOUT = {"guardian": "保護者", "household": "世帯", "child": "児童"}
KINDS = {"choice": "選択", "number": "数", "yes": "はい・いいえ", "facilities": "施設"}
ORIGINS = {"form": "申込書の答え", "staff": "職員が書類で確かめる", "computed": "計算で求める"}
TAKES = {
    "first": "上から見て最初にあてはまるもの",
    "highest": "あてはまる中で最も高いもの",
    "all": "あてはまるものすべて",
}
COMBINES = {"sum": "保護者の合計", "lower": "保護者のうち低い方"}
SINGLES = {"doubled": "一人の点数を2倍にする", "fixed": "決まった点数にする", "same": "一人の点数のまま"}
SIBLINGS = {"own": "きょうだいそれぞれの点数", "average": "きょうだいの平均", "higher": "きょうだいの高い方"}
FREED_SEATS = {"next": "次の選考に回す", "rerun": "同じ区分の選考をもう一度行う", "none": "次の選考には回さない"}
ASCENDING, DESCENDING = "ascending", "descending"
DIRECTIONS = {ASCENDING: "小さい方を優先", DESCENDING: "大きい方を優先"}


@dataclass(frozen=True)
class Fact:
    """事実: one answer on which rows rest: about whom, of which kind, and where it comes from."""

    id: str
    label: str
    about: str
    kind: str
    origin: str
    question: str = ""
    unit: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    def text(self, value: str) -> str:
        """Return a value in words: the option's label, the number with its unit."""
        if self.kind == "yes":
            return {"yes": "はい", "no": "いいえ"}.get(value, value)
        return self.options.get(value, f"{value}{self.unit}")


@dataclass(frozen=True)
class PointRow:
    """基準の行: a condition with its points; ``rank`` is the letter where the criteria are ranks."""

    id: str
    label: str
    when: Condition
    points: int
    rank: str = ""


@dataclass(frozen=True)
class RowGroup:
    """基準の区分: rows of which the first, the highest or all count; ``cap`` bounds the sum."""

    id: str
    title: str
    about: str
    take: str
    rows: tuple[PointRow, ...]
    cap: int | None = None


@dataclass(frozen=True)
class FacilityRow:
    """施設ごとの加点: points that hold only at the facilities that a fact of the child names."""

    id: str
    label: str
    fact: str
    points: int


@dataclass(frozen=True)
class Tie:
    """同点のときの順: a fact or an ordered table of conditions, and which end goes first.

    ``by_month`` names the fact for each month of entry, such as the income tax of the year that applies.
    """

    id: str
    label: str
    direction: str
    fact: str = ""
    by_month: Mapping[int, str] = field(default_factory=dict)
    rows: tuple[PointRow, ...] = ()
    uses_wish_rank: bool = False

    def fact_in(self, month: int) -> str:
        """Return the fact that applies in a month of entry; empty for a table."""
        return self.by_month.get(month, self.fact)


@dataclass(frozen=True)
class RuleDocument:
    """選考基準の定め: everything that a rule version holds, in the words of the published criteria."""

    title: str
    basis: str
    source: str
    facts: tuple[Fact, ...]
    base: tuple[RowGroup, ...]
    combine: str
    single: str
    adjustments: tuple[RowGroup, ...]
    single_points: int | None = None
    ranks: tuple[str, ...] = ()
    step: int = 0
    facility_rows: tuple[FacilityRow, ...] = ()
    siblings: str = "own"
    ties: tuple[Tie, ...] = ()
    publish_from: int = 3
    freed_seats: str = "next"
    notes: str = ""

    def groups(self) -> Iterator[RowGroup]:
        """Yield the groups of base points, then those of adjustments."""
        yield from self.base
        yield from self.adjustments

    def rows(self) -> Iterator[PointRow]:
        """Yield every row that gives points, in the order of the table; ties are not among them."""
        for group in self.groups():
            yield from group.rows

    def fact(self, key: str) -> Fact:
        """Return a fact by its id. Raises KeyError."""
        return self.by_id[key]

    @property
    def by_id(self) -> dict[str, Fact]:
        """The facts by id."""
        return {fact.id: fact for fact in self.facts}

    def row_labels(self) -> dict[str, str]:
        """Return the label of every row by its id, those of facilities too."""
        points = {row.id: row.label for row in self.rows()}
        return points | {row.id: row.label for row in self.facility_rows}


Facts = Mapping[str, str]
"""Values by the id of their fact; yes and no are ``yes`` and ``no``, several values are joined by a comma."""


@dataclass(frozen=True)
class FamilyFacts:
    """世帯の事実: what is known of each guardian, of the household, and of each child by its key."""

    guardians: tuple[Facts, ...]
    household: Facts
    children: Mapping[str, Facts]


@dataclass(frozen=True)
class Line:
    """内訳の行: points of one row for a guardian (1 and up), the household (0) or the child, with what they rest on."""

    row: str
    guardian: int
    points: int
    rests_on: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ChildPoints:
    """児童の点数: the lines, their total, what the siblings' rule makes of it, ties and points of facilities.

    ``numerator`` over ``denominator`` is the exact number that the selection compares.
    """

    lines: tuple[Line, ...]
    total: int
    numerator: int
    denominator: int
    ties: tuple[int, ...]
    bonus: Mapping[str, int]
    rank: str = ""


def values_of(text: str) -> tuple[str, ...]:
    """Return the single values of a fact."""
    return tuple(part for part in text.split(",") if part)


Document = Mapping[str, Any]
"""A rule document as it is stored: JSON."""
