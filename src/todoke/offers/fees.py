"""Fees 手数料: the fee of an application in yen, computed on the server from fee lines and answers. Pure rules."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Refused

LARGEST = 1_000_000_000
Answers = Callable[[str], Sequence[str]]


class FeeRule(Protocol):
    """手数料の行: yen per unit; units come from ``unit_question``, applicability from ``when_question``."""

    label: str
    revenue_code: str
    amount: int
    unit_question: str
    when_question: str
    when_value: str


class ExemptionRule(Protocol):
    """減免の定め: a reduction in per cent for one answer to ``when_question``."""

    label: str
    percent: int
    when_question: str
    when_value: str


@dataclass(frozen=True)
class LineItem:
    """内訳: one line of an assessment; ``unit_price`` and ``reduction`` in yen, the latter for all units."""

    label: str
    revenue_code: str
    unit_price: int
    units: int
    reduction: int = 0

    @property
    def amount(self) -> int:
        """The amount due in yen, after reduction."""
        return self.unit_price * self.units - self.reduction


@dataclass(frozen=True)
class Assessment:
    """算定結果: the fee of an application: its line items, and the label of the exemption applied (empty if none)."""

    items: tuple[LineItem, ...]
    exemption: str = ""

    @property
    def total(self) -> int:
        """The fee in yen."""
        return sum(item.amount for item in self.items)


def _units(line: FeeRule, answers: Answers) -> int:
    if not line.unit_question:
        return 1
    return sum(parse_integer(value) or 0 for value in answers(line.unit_question) if value.isdecimal())


def assess(lines: Iterable[FeeRule], exemptions: Iterable[ExemptionRule], answers: Answers) -> Assessment:
    """Return the fee in yen. The largest exemption that fits applies; what is left of a line is rounded down.

    Raises Refused for more units or yen than a charge can hold.
    """
    fitting = [rule for rule in exemptions if rule.when_value in answers(rule.when_question)]
    best = max(fitting, key=lambda rule: rule.percent, default=None)
    items = []
    for line in lines:
        units = _units(line, answers)
        if units and (not line.when_question or line.when_value in answers(line.when_question)):
            gross = line.amount * units
            if max(gross, units) > LARGEST:
                raise Refused(f"「{line.label}」の数が大きすぎます。入力した数を確かめてください。")
            left = gross * (100 - best.percent) // 100 if best else gross
            items.append(LineItem(line.label, line.revenue_code, line.amount, units, gross - left))
    return Assessment(tuple(items), best.label if best and items else "")
