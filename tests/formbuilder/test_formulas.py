from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.formbuilder import begun, question, small
from tests.cast.formulas import POSTAGE, asked, calculated, node
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.formula_parser import FormulaParser
from todoke.formbuilder.document.formulas import (
    Formula,
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


@settings(max_examples=100)
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
