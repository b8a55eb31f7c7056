from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.formbuilder import question, small
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.conditions import BRANCHES, LEAVES, condition_sentence, read_condition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.publication.publish_checks import publish_defects

DAY = date(2026, 11, 22)
YES = {"op": "is", "question": "a", "value": "yes"}


def journey(document: dict[str, Any], answers: dict[Any, Any], on: date = DAY) -> Journey:
    return Journey(read_document(document), {AnswerKey(*key): value for key, value in answers.items()}, on)


def test_a_hidden_answer_is_absent_for_everything_that_looks_at_it() -> None:
    document = small(
        question("a", "yes_no"),
        question("b", "yes_no", when=YES),
        question("c", when={"op": "is", "question": "b", "value": "yes"}),
    )
    shown = journey(document, {("a",): "yes", ("b",): "yes", ("c",): "x"})
    assert list(shown.present()) == [AnswerKey("a"), AnswerKey("b"), AnswerKey("c")]
    hidden = journey(document, {("a",): "no", ("b",): "yes", ("c",): "x"})
    assert list(hidden.present()) == [AnswerKey("a")]
    assert hidden.problems() == []


def test_a_child_under_three_is_asked_more_on_the_day_of_sending() -> None:
    young = {"op": "age_under", "question": "birth", "value": 3}
    document = small(question("birth", "date"), question("more", when=young))
    assert journey(document, {("birth",): "令和5年11月23日"}).shown("more")
    assert not journey(document, {("birth",): "令和5年11月22日"}).shown("more")


def test_a_question_in_a_row_looks_at_its_own_row_and_a_page_looks_at_all() -> None:
    document = small(question("a", "yes_no"), question("b", when=YES))
    document["pages"][0]["groups"][0]["repeat"] = {"noun": "お子さん"}
    group = {"id": "g2", "title": "", "questions": [question("z")]}
    document["pages"].append({"id": "p2", "title": "次", "when": YES, "groups": [group]})
    mixed = journey(document, {("a", 1): "no", ("a", 2): "yes"})
    assert [mixed.shown("b", row) for row in (1, 2)] == [False, True]
    assert [page.id for page in mixed.pages()] == ["page", "p2"]
    assert [page.id for page in journey(document, {("a", 1): "no"}).pages()] == ["page"]


def test_soft_required_warns_and_lets_through() -> None:
    problems = journey(small(question("a", required="soft")), {}).problems()
    assert [problem.warning for problem in problems] == [True]


def test_the_office_sees_its_own_questions_and_residents_do_not() -> None:
    document = read_document(small(question("a", required="no"), question("b", required="staff")))
    assert not Journey(document, {}, DAY).shown("b")
    assert Journey(document, {}, DAY, staff=True).problems()[0].question == "b"


@pytest.mark.parametrize("typed", ["123456789012", "番号は１２３４−５６７８−９０１２です"])
def test_a_number_like_a_my_number_in_a_text_is_warned(typed: str) -> None:
    problem = journey(small(question("a")), {("a",): typed}).problems()[0]
    assert problem.warning
    assert "マイナンバー" in problem.message


def test_a_condition_reads_as_a_sentence() -> None:
    options = [{"value": "post", "label": "郵送"}, {"value": "counter", "label": "窓口"}]
    document = read_document(small(question("a", "yes_no"), question("b", "choice", options=options)))
    tree = {"op": "all", "of": [YES, {"op": "not", "of": [{"op": "is", "question": "b", "value": "post"}]}]}
    words = document.condition_sentence(read_condition(tree, "when"))
    assert words == "「設問a」が「はい」である、かつ、「設問b」が「郵送」でないとき"


IDS = ("q0", "q1", "q2", "q3", "q4", "q5")


def leaves(ids: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.builds(
            lambda q, v: {"op": "is", "question": q, "value": v}, st.sampled_from(ids), st.sampled_from(["yes", "no"])
        ),
        st.builds(lambda q: {"op": "answered", "question": q}, st.sampled_from(ids)),
    )


def trees(ids: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaves(ids),
        lambda inner: st.one_of(
            st.builds(
                lambda op, of: {"op": op, "of": of},
                st.sampled_from(["all", "any"]),
                st.lists(inner, min_size=1, max_size=3),
            ),
            st.builds(lambda part: {"op": "not", "of": [part]}, inner),
        ),
        max_leaves=4,
    )


@st.composite
def documents(draw: st.DrawFn, forward: bool = False) -> Document:
    questions = []
    for index, identifier in enumerate(IDS):
        seen = IDS if forward else IDS[:index]
        when = draw(st.none() | trees(seen)) if seen else None
        questions.append(question(identifier, "yes_no", **({"when": when} if when else {})))
    return read_document(small(*questions))


@settings(max_examples=25)
@given(documents(), st.dictionaries(st.sampled_from(IDS), st.sampled_from(["yes", "no", "", "evil"])))
def test_what_is_hidden_never_matters(document: Document, typed: dict[str, str]) -> None:
    whole = Journey(document, {AnswerKey(key): value for key, value in typed.items()}, DAY)
    present = whole.present()
    without = Journey(document, present, DAY)
    assert without.present() == present
    assert [page.id for page in without.pages()] == [page.id for page in whole.pages()]
    assert without.problems() == whole.problems()


@settings(max_examples=25)
@given(documents(), st.randoms(use_true_random=False))
def test_an_application_that_answers_everything_asked_is_complete(document: Document, random: Any) -> None:
    answers = sample_answers(document, DAY, pick=lambda _: random.randrange(2))
    assert Journey(document, answers, DAY).problems() == []


@settings(max_examples=25)
@given(documents(forward=True), st.dictionaries(st.sampled_from(IDS), st.sampled_from(["yes", "no"])))
def test_conditions_in_a_circle_end_and_are_found(document: Document, typed: dict[str, str]) -> None:
    Journey(document, {AnswerKey(key): value for key, value in typed.items()}, DAY).present()
    for defect in publish_defects(document, DAY):
        assert defect.place
        assert defect.problem


@settings(max_examples=40)
@given(trees(IDS))
def test_a_condition_survives_being_written_and_read(tree: dict[str, Any]) -> None:
    condition = read_condition(tree, "when")
    assert condition.as_json() == tree
    assert condition_sentence(condition, str, lambda _, value: value).endswith("とき")
    assert {leaf.op for leaf in condition.leaves()} <= set(LEAVES) - set(BRANCHES)
