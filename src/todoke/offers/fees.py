"""The fee 手数料 of an application: always computed here from a release's lines and the answers, never from a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Answers = Callable[[str], Sequence[str]]


class Line(Protocol):
    label: str
    revenue_code: str
    amount: int
    unit_question: str
    when_question: str
    when_value: str


class Exemption(Protocol):
    label: str
    percent: int
    when_question: str
    when_value: str


@dataclass(frozen=True)
class Item:
    """One line of an assessment (内訳): amount in yen for so many units."""

    label: str
    revenue_code: str
    unit_price: int
    units: int
    reduction: int = 0

    @property
    def amount(self) -> int:
        return self.unit_price * self.units - self.reduction


@dataclass(frozen=True)
class Assessment:
    """What an application costs (算定結果), in yen: the lines, and the exemption that applied."""

    items: tuple[Item, ...]
    exemption: str = ""

    @property
    def total(self) -> int:
        return sum(item.amount for item in self.items)


def _units(line: Line, answers: Answers) -> int:
    if not line.unit_question:
        return 1
    return sum(int(value) for value in answers(line.unit_question) if value.isdecimal())


def assess(lines: Iterable[Line], exemptions: Iterable[Exemption], answers: Answers) -> Assessment:
    """Compute the fee. Of several exemptions the one best for the applicant applies; fractions of a yen are dropped."""
    fitting = [rule for rule in exemptions if rule.when_value in answers(rule.when_question)]
    best = max(fitting, key=lambda rule: rule.percent, default=None)
    items = []
    for line in lines:
        units = _units(line, answers)
        if units and (not line.when_question or line.when_value in answers(line.when_question)):
            gross = line.amount * units
            left = gross * (100 - best.percent) // 100 if best else gross
            items.append(Item(line.label, line.revenue_code, line.amount, units, gross - left))
    return Assessment(tuple(items), best.label if best and items else "")
