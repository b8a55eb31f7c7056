from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.formbuilder import begun, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.conditions import read_condition
from todoke.formbuilder.document.formula_parser import FormulaParser
from todoke.formbuilder.document.formulas import (
    MAX_RESULT,
    Formula,
    FormulaInputs,
    FormulaLabels,
    evaluate,
    formula_sentence,
    read_formula,
)
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import display_text
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.models import Answer
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.runtime.refusals import Unreadable

DAY = date(2026, 11, 22)
WAYS = [{"value": "post", "label": "郵送"}, {"value": "counter", "label": "窓口"}]


def node(op: str, *of: Any, **more: Any) -> dict[str, Any]:
    parts = [{"op": "number", "value": one} if isinstance(one, int) else one for one in of]
    return {"op": op, **({"of": parts} if parts else {}), **more}


def asked(name: str) -> dict[str, Any]:
    return {"op": "answer", "question": name}


def calculated(formula: dict[str, Any], name: str = "sum", **more: Any) -> dict[str, Any]:
    return question(name, "calculated", formula=formula, unit="円", **more)


POSTAGE = node("if", 84, 0, when={"op": "is", "question": "way", "value": "post"})
BILL = small(
    question("copies", "number"),
    question("way", "choice", options=WAYS),
    calculated(node("add", node("multiply", asked("copies"), 300), POSTAGE)),
)


def result(document: dict[str, Any], **answers: Any) -> Any:
    spots = {AnswerKey(name): value for name, value in answers.items()}
    return Journey(read_document(document), spots, DAY).value("sum")


def test_a_bill_is_computed_and_is_absent_while_something_is_missing() -> None:
    assert result(BILL, copies="２", way="post") == "684"
    assert result(BILL, copies="２") == "600"
    assert result(BILL, way="post") is None
    assert result(BILL, copies="2", way="post", sum="1") == "684"


def test_what_is_hidden_counts_as_missing() -> None:
    shown = {"op": "is", "question": "way", "value": "post"}
    document = small(
        question("way", "choice", options=WAYS), question("copies", "number", when=shown), calculated(asked("copies"))
    )
    assert result(document, way="counter", copies="3") is None
    assert result(document, way="post", copies="3") == "3"


def test_totals_counts_and_ages_look_at_rows() -> None:
    document = small(question("price", "money"), question("birth", "date"))
    document["pages"][0]["groups"][0]["repeat"] = {"noun": "お子さん", "least": 0}
    twice = calculated(node("multiply", {"op": "age", "question": "birth"}, 2), "twice")
    document["pages"][0]["groups"][0]["questions"].append(twice)
    total = node("add", {"op": "total", "question": "price"}, node("multiply", {"op": "rows", "group": "group"}, 1000))
    group = {"id": "g2", "title": "", "questions": [calculated(total)]}
    document["pages"].append({"id": "p2", "title": "次", "groups": [group]})
    answers = {
        AnswerKey("price", 1): "500",
        AnswerKey("price", 3): "１，０００円",
        AnswerKey("birth", 3): "令和5年4月1日",
    }
    journey = Journey(read_document(document), answers, DAY)
    assert journey.value("sum") == "3500"
    assert [journey.value("twice", row) for row in (1, 3)] == [None, "6"]
    assert publish_defects(read_document(document), DAY) == []


@pytest.mark.parametrize(("rounding", "results"), [("down", "3 -3"), ("up", "4 -4"), ("half", "4 -4")])
def test_a_quotient_is_rounded_as_is_written(rounding: str, results: str) -> None:
    found = [
        result(small(question("a", "number"), calculated(node("divide", asked("a"), 2, rounding=rounding))), a=a)
        for a in ("7", "-7")
    ]
    assert " ".join(found) == results
    assert result(small(question("a", "number"), calculated(node("divide", 1, asked("a")))), a="0") is None


def test_a_result_beyond_fifteen_digits_is_absent() -> None:
    huge = node("multiply", asked("a"), asked("a"), asked("a"))
    assert result(small(question("a", "number"), calculated(huge)), a="999999999") is None


def test_a_formula_reads_as_a_sentence() -> None:
    document = read_document(BILL)
    formula = document.question("sum").formula
    assert formula is not None
    sentence = document.formula_sentence(formula)
    assert sentence == "(「設問copies」×300)＋(もし「設問way」が「郵送」であるときは84、そうでなければ0)"
    assert FormulaParser(document, sentence).read() == formula
    assert (
        FormulaParser(
            document, "「設問copies」× ３００ + もし「設問way」が「郵送」であるときは84、そうでなければ0"
        ).read()
        == formula
    )


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


def formulas() -> st.SearchStrategy[Formula]:
    when = read_formula(POSTAGE, "").when
    leaves = st.one_of(
        st.builds(lambda value: Formula("number", value=value), st.integers(-9999, 9999)),
        st.sampled_from([Formula("answer", question="copies"), Formula("total", question="copies")]),
    )

    def joined(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        pair = st.tuples(inner, inner)
        return st.one_of(
            st.builds(
                lambda op, of: Formula(op, of=of), st.sampled_from(["add", "multiply", "least", "greatest"]), several
            ),
            st.builds(lambda of: Formula("subtract", of=of), pair),
            st.builds(
                lambda of, how: Formula("divide", of=of, rounding=how), pair, st.sampled_from(["down", "up", "half"])
            ),
            st.builds(lambda of: Formula("if", of=of, when=when), pair),
        )

    return st.recursive(leaves, joined, max_leaves=6)


@settings(max_examples=100, deadline=None)
@given(formulas())
def test_a_sentence_reads_back_as_the_formula_that_it_says(formula: Formula) -> None:
    document = read_document(BILL)
    assert FormulaParser(document, document.formula_sentence(formula)).read() == formula
    assert read_formula(formula.as_json(), "") == formula


@pytest.mark.parametrize("text", ["", "「ない設問」×2", "1＋", "(1＋2", "「設問copies」が3", "1 2", "__import__('os')"])
def test_what_is_no_formula_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match="例: 「通数」×300"):
        FormulaParser(read_document(BILL), text).read()


def defects(*questions: dict[str, Any]) -> str:
    return " ".join(map(str, publish_defects(read_document(small(*questions)), DAY)))


def test_circles_and_dead_references_are_refused_at_publication() -> None:
    assert "ない設問(gone)" in defects(calculated(asked("gone")))
    assert "種類(短い文章)は使えません" in defects(question("a"), calculated(asked("a")))
    assert "繰り返さないか、なくなったまとまり(group)" in defects(calculated({"op": "rows", "group": "group"}))
    assert "表示条件や計算式が堂々めぐり" in defects(calculated(asked("b")), calculated(asked("sum"), "b"))
    more = {"op": "at_least", "question": "sum", "value": 1}
    assert "堂々めぐり" in defects(calculated(asked("b")), question("b", "number", when=more))


def test_a_branch_on_a_result_is_tried_on_both_sides() -> None:
    rich = {"op": "at_least", "question": "sum", "value": 10_000}
    parts = [question("pay", "money"), question("more", "money", required="no")]
    assert defects(*parts, calculated(node("add", asked("pay"), asked("more"))), question("why", when=rich)) == ""
    never = {"op": "at_least", "question": "sum", "value": 10}
    assert "どのように答えても表示されません" in defects(calculated(node("add", 1, 2)), question("why", when=never))


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ({"op": "exec", "question": "a"}, "formula.op"),
        (asked("a.__class__"), "formula.question"),
        (node("add", 1), "formula.of"),
        (node("divide", 1, 2, rounding="bankers"), "formula.rounding"),
        ({"op": "number", "value": 1.5}, "formula.value"),
        ({"op": "number", "value": 1, "x": 1}, "formula.x"),
    ],
)
def test_a_hostile_formula_is_refused_with_its_place(formula: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        read_document(small(calculated(formula)))
    assert place in caught.value.place


def test_a_formula_belongs_to_a_calculated_question_and_to_no_other() -> None:
    for wrong in (question("a", "calculated"), question("a", "number", formula=asked("a"))):
        with pytest.raises(InvalidDefinition, match="計算"):
            read_document(small(wrong))


@pytest.mark.django_db
def test_the_page_and_the_check_show_the_result_and_sending_keeps_it(client: Client) -> None:
    submission = begun(BILL)
    submission.save_page("page", {"copies": "2", "way": "post", "sum": "9999"}, by=Guest())
    journey = submission.journey()
    html = str(form_for(journey.document.page("page"), journey))
    assert "684円</output>" in html
    assert 'input type="text" name="sum"' not in html
    assert [row.text for _, rows in journey.summary() for row in rows][-1] == "684円"
    submission.submit(by=Guest())
    assert Answer.objects.get(question="sum").normal == "684"
    assert display_text(journey.document.question("sum"), submission.current_answers()[AnswerKey("sum")]) == "684円"
