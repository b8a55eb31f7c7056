"""Fees 手数料: the fee of an application in yen, computed on the server from fee lines and answers. Pure rules."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Refused

LARGEST = 1_000_000_000
Answers = Callable[[str], Sequence[str]]


class FeeRule(Protocol):
    """手数料の行: yen per unit; units come from ``unit_question``, applicability from ``when_question``.

    With ``rows_of``, the id of a repeated group, it is charged for every row in which it applies; the second of them
    at ``second_percent`` of the price, each one after that at ``third_percent`` (None is as the one before).
    """

    label: str
    revenue_code: str
    amount: int
    unit_question: str
    when_question: str
    when_value: str
    rows_of: str
    second_percent: int | None
    third_percent: int | None


class ExemptionRule(Protocol):
    """減免の定め: a reduction in per cent for one answer to ``when_question``."""

    label: str
    percent: int
    when_question: str
    when_value: str


class FeeSchedule(NamedTuple):
    """手数料の定め: the fee lines and exemptions of a release."""

    fees: Sequence[FeeRule]
    exemptions: Sequence[ExemptionRule]


class FeeRow(NamedTuple):
    """手数料を数える行: one row of a repeated group in words (2人目のお子さん), and the answers seen from it."""

    name: str
    answers: Answers


Rows = Callable[[str], Sequence[FeeRow]]


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
    if line.when_question and line.when_value not in answers(line.when_question):
        return 0
    if not line.unit_question:
        return 1
    return sum(parse_integer(value) or 0 for value in answers(line.unit_question) if value.isdecimal())


def price_of(line: FeeRule, place: int) -> int:
    """Return the price in yen of one unit in the first (1), second or a later row charged; rounded down."""
    second = 100 if line.second_percent is None else line.second_percent
    later = second if line.third_percent is None else line.third_percent
    return line.amount * {1: 100, 2: second}.get(place, later) // 100


def _charged(line: FeeRule, answers: Answers, rows: Rows) -> Iterator[tuple[str, int, int]]:
    """Yield label, price of a unit and units of what one line charges."""
    if not line.rows_of:
        if units := _units(line, answers):
            yield line.label, line.amount, units
        return
    place = 0
    for row in rows(line.rows_of):
        if units := _units(line, row.answers):
            place += 1
            yield f"{line.label}({row.name})", price_of(line, place), units


def assess(
    lines: Iterable[FeeRule], exemptions: Iterable[ExemptionRule], answers: Answers, rows: Rows = lambda group: ()
) -> Assessment:
    """Return the fee in yen. The largest exemption that fits applies; what is left of a line is rounded down.

    ``rows`` returns the answered rows of a repeated group by its id. Raises Refused for more units or yen than a
    charge can hold.
    """
    fitting = [rule for rule in exemptions if rule.when_value in answers(rule.when_question)]
    best = max(fitting, key=lambda rule: rule.percent, default=None)
    items = []
    for line in lines:
        for label, price, units in _charged(line, answers, rows):
            gross = price * units
            if max(gross, units) > LARGEST:
                raise Refused(f"「{line.label}」の数が大きすぎます。入力した数を確かめてください。")
            left = gross * (100 - best.percent) // 100 if best else gross
            items.append(LineItem(label, line.revenue_code, price, units, gross - left))
    return Assessment(tuple(items), best.label if best and items else "")
