"""What an application costs is computed from the lines and the answers, and never from the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from todoke.offers.fees import FeeRow, assess


@dataclass
class Line:
    label: str = "手数料"
    amount: int = 300
    revenue_code: str = "R1"
    unit_question: str = ""
    when_question: str = ""
    when_value: str = ""
    rows_of: str = ""
    second_percent: int | None = None
    third_percent: int | None = None


@dataclass
class Exemption:
    label: str
    percent: int
    when_question: str = "reason"
    when_value: str = ""


def answers(**given: Sequence[str]) -> "Answered":
    return Answered(given)


class Answered(dict[str, Sequence[str]]):
    def __call__(self, question: str) -> Sequence[str]:
        return self.get(question, ())


def test_a_line_without_conditions_costs_once() -> None:
    found = assess([Line()], [], answers())
    assert found.total == 300
    [item] = found.items
    assert (item.label, item.revenue_code, item.unit_price, item.units, item.reduction) == ("手数料", "R1", 300, 1, 0)
    assert found.exemption == ""


def test_units_are_the_numbers_answered_and_none_cost_nothing() -> None:
    copies = Line(unit_question="copies")
    assert assess([copies], [], answers(copies=["2", "3"])).total == 1500
    assert assess([copies], [], answers(copies=["2", "たくさん"])).total == 600
    assert assess([copies], [], answers(copies=["0"])).items == ()


def test_a_line_with_a_condition_counts_only_when_it_is_met() -> None:
    postage = Line("郵送料", 84, when_question="way", when_value="post")
    assert assess([Line(), postage], [], answers(way=["post"])).total == 384
    assert assess([Line(), postage], [], answers(way=["counter"])).total == 300
    assert assess([Line(), postage], [], answers()).total == 300


def test_the_exemption_that_is_best_for_the_applicant_applies() -> None:
    rules = [Exemption("半額", 50, when_value="low"), Exemption("全額", 100, when_value="welfare")]
    both = assess([Line()], rules, answers(reason=["low", "welfare"]))
    assert (both.total, both.exemption) == (0, "全額")
    half = assess([Line()], rules, answers(reason=["low"]))
    assert (half.total, half.exemption) == (150, "半額")
    assert assess([Line()], rules, answers(reason=["other"])).total == 300


def test_fractions_of_a_yen_are_dropped_for_the_applicant() -> None:
    third = [Exemption("三割引", 33, when_value="x")]
    found = assess([Line(amount=101)], third, answers(reason=["x"]))
    assert (found.total, found.items[0].reduction) == (67, 34)


def test_an_exemption_counts_for_every_unit() -> None:
    half = [Exemption("半額", 50, when_value="x")]
    assert assess([Line(unit_question="copies")], half, answers(copies=["4"], reason=["x"])).total == 600


def test_an_exemption_from_nothing_is_not_named() -> None:
    found = assess([], [Exemption("全額", 100, when_value="x")], answers(reason=["x"]))
    assert (found.total, found.exemption) == (0, "")


def children(*given: dict[str, Sequence[str]]) -> Sequence[FeeRow]:
    return [FeeRow(f"{place}人目のお子さん", Answered(one)) for place, one in enumerate(given, 1)]


def test_the_second_child_costs_half_and_the_third_nothing() -> None:
    line = Line("育成料", 5001, rows_of="children", second_percent=50, third_percent=0)
    found = assess([line], [], answers(), lambda group: children({}, {}, {}) if group == "children" else ())
    assert [(item.label, item.amount) for item in found.items] == [
        ("育成料(1人目のお子さん)", 5001), ("育成料(2人目のお子さん)", 2500), ("育成料(3人目のお子さん)", 0),
    ]  # fmt: skip


def test_a_later_share_that_is_not_given_is_that_of_the_child_before() -> None:
    half = Line("育成料", 1000, rows_of="children", second_percent=50)
    assert assess([half], [], answers(), lambda group: children({}, {}, {})).total == 2000
    assert assess([Line(rows_of="children")], [], answers(), lambda group: children({}, {})).total == 600


def test_an_option_is_charged_for_the_children_who_use_it_and_counts_them_alone() -> None:
    late = Line("延長", 1000, when_question="late", when_value="yes", rows_of="children", second_percent=50)
    rows = children({"late": ["no"]}, {"late": ["yes"]}, {"late": ["yes"]})
    found = assess([late], [], answers(late=["no", "yes", "yes"]), lambda group: rows)
    assert [(item.label, item.amount) for item in found.items] == [
        ("延長(2人目のお子さん)", 1000), ("延長(3人目のお子さん)", 500),
    ]  # fmt: skip


def test_an_exemption_lowers_what_every_child_costs() -> None:
    line = Line("育成料", 5000, rows_of="children", second_percent=50)
    found = assess(
        [line], [Exemption("半額", 50, when_value="x")], answers(reason=["x"]), lambda group: children({}, {})
    )
    assert [item.amount for item in found.items] == [2500, 1250]
