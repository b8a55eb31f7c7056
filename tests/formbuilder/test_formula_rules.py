"""What a formula's tree is worth, piece by piece, without a form around it."""

from datetime import date
from typing import Any

import pytest

from tests.cast.formulas import POSTAGE, asked, node
from todoke.formbuilder.document.conditions import read_condition
from todoke.formbuilder.document.formulas import (
    MAX_RESULT,
    Formula,
    FormulaInputs,
    FormulaLabels,
    evaluate,
    formula_sentence,
    read_formula,
)
from todoke.formbuilder.document.schema_reader import InvalidDefinition

DAY = date(2026, 11, 22)


def seen(
    one: int | None = None, rows: int = 0, *every: int, age: int | None = None, post: bool = False
) -> FormulaInputs:
    return FormulaInputs(lambda _: one, lambda _: list(every), lambda _: age, lambda _: rows, lambda _: post)


def number(value: int) -> Formula:
    return Formula("number", value)


def both(op: str, *values: int, rounding: str = "") -> int | None:
    return evaluate(Formula(op, of=tuple(map(number, values)), rounding=rounding), seen())


@pytest.mark.parametrize(
    ("op", "values", "expected"),
    [
        ("add", (2, 3, 4), 9),
        ("subtract", (9, 3, 4), 2),
        ("multiply", (2, 3, 4), 24),
        ("least", (3, 2, 4), 2),
        ("greatest", (3, 2, 4), 4),
    ],
)
def test_numbers_are_joined_from_left_to_right(op: str, values: tuple[int, ...], expected: int) -> None:
    assert both(op, *values) == expected


@pytest.mark.parametrize(
    ("number", "by", "rounding", "expected"),
    [
        (7, 3, "down", 2),
        (7, 3, "half", 2),
        (8, 3, "half", 3),
        (5, 2, "half", 3),
        (7, 3, "up", 3),
        (6, 3, "up", 2),
        (6, 3, "half", 2),
        (-7, 3, "up", -3),
        (7, -3, "down", -2),
        (-7, -3, "down", 2),
        (0, 3, "up", 0),
        (7, 0, "down", None),
        (1, 1, "down", 1),
        (9, 5, "half", 2),
    ],
)
def test_the_sign_does_not_change_how_a_quotient_is_rounded(
    number: int, by: int, rounding: str, expected: int | None
) -> None:
    assert both("divide", number, by, rounding=rounding) == expected


def test_fifteen_digits_are_counted_and_not_one_more() -> None:
    assert both("add", MAX_RESULT - 1, 1) == MAX_RESULT
    assert both("add", MAX_RESULT, 1) is None
    assert both("subtract", -MAX_RESULT, 1) is None
    assert both("add", MAX_RESULT, 1, -1) is None


def test_every_leaf_sees_its_own_figures() -> None:
    assert evaluate(Formula("answer", question="a"), seen(5)) == 5
    assert evaluate(Formula("rows", group="g"), seen(None, 3)) == 3
    assert evaluate(Formula("age", question="a"), seen(age=17)) == 17
    assert evaluate(Formula("total", question="a"), seen(None, 0, 2, 3)) == 5
    assert evaluate(Formula("total", question="a"), seen()) is None


def test_what_needs_an_absent_answer_is_absent() -> None:
    assert evaluate(Formula("add", of=(number(1), Formula("answer", question="a"))), seen()) is None


def test_a_choice_needs_only_the_part_that_is_chosen() -> None:
    when = read_condition({"op": "answered", "question": "a"}, "")
    choice = Formula("if", of=(number(1), Formula("answer", question="a")), when=when)
    assert evaluate(choice, seen(post=True)) == 1
    assert evaluate(choice, seen(post=False)) is None
    assert evaluate(choice, FormulaInputs(lambda _: 2, lambda _: [], lambda _: None, lambda _: 0)) == 2


def test_a_formula_is_said_with_brackets_where_they_matter() -> None:
    names = FormulaLabels(lambda key: f"設問{key}", lambda key: f"組{key}", lambda _: "郵送のとき")
    a, rows, age = Formula("answer", question="a"), Formula("rows", group="g"), Formula("age", question="b")
    total = Formula("total", question="a")
    post = read_condition({"op": "answered", "question": "a"}, "")
    sentences = {
        "「設問a」＋(「組g」の数×3)": Formula("add", of=(a, Formula("multiply", of=(rows, number(3))))),
        "(「設問a」の合計÷2)の切り上げ": Formula("divide", of=(total, number(2)), rounding="up"),
        "(「設問b」からの満年齢、18)の小さいほう": Formula("least", of=(age, number(18))),
        "(1、2)の大きいほう−1": Formula("subtract", of=(Formula("greatest", of=(number(1), number(2))), number(1))),
        "もし郵送のときは1、そうでなければ2": Formula("if", of=(number(1), number(2)), when=post),
    }
    assert {formula_sentence(formula, names): formula for formula in sentences.values()} == sentences


def test_a_formula_knows_the_questions_that_it_needs() -> None:
    assert list(read_formula(node("add", asked("copies"), POSTAGE), "").questions()) == ["copies", "way"]


def test_a_formula_is_eight_deep_and_twenty_wide_at_most() -> None:
    def nested(depth: int) -> dict[str, Any]:
        return node("add", 1, 1) if depth == 2 else node("add", 1, nested(depth - 1))

    assert read_formula(nested(8), "").as_json() == nested(8)
    with pytest.raises(InvalidDefinition, match="8段まで"):
        read_formula(nested(9), "")
    assert len(read_formula(node("add", *range(20)), "").of) == 20
    for wrong in (
        node("add", *range(21)),
        node("divide", 1, 2, 3),
        {**POSTAGE, "of": [*POSTAGE["of"], *POSTAGE["of"][:1]]},
    ):
        with pytest.raises(InvalidDefinition, match="個以上"):
            read_formula(wrong, "")


@pytest.mark.parametrize("value", [10**12, -(10**12)])
def test_a_number_has_twelve_digits_at_most(value: int) -> None:
    assert read_formula({"op": "number", "value": value}, "").value == value
    with pytest.raises(InvalidDefinition, match="整数"):
        read_formula({"op": "number", "value": value + (1 if value > 0 else -1)}, "")


def test_a_number_or_a_condition_that_is_not_written_is_asked_for() -> None:
    with pytest.raises(InvalidDefinition, match="数を書いてください") as caught:
        read_formula({"op": "number"}, "formula")
    assert caught.value.place == "formula.value"
    with pytest.raises(InvalidDefinition) as caught:
        read_formula(node("if", 1, 2), "formula")
    assert caught.value.place == "formula.when"
