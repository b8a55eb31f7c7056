"""A condition is read strictly, met by what is seen, and said in Japanese with its opposite."""

from typing import Any

import pytest

from todoke.formbuilder.document.conditions import (
    AnswersInScope,
    Condition,
    condition_sentence,
    is_met,
    read_condition,
    whole_numbers,
)
from todoke.formbuilder.document.schema_reader import InvalidDefinition


def is_(question: str, value: str) -> dict[str, Any]:
    return {"op": "is", "question": question, "value": value}


def met(op: str, value: Any, *texts: str, ages: tuple[int, ...] = ()) -> bool:
    return is_met(Condition(op, "q", value), lambda _: AnswersInScope(texts, ages))


def said(condition: Condition) -> str:
    labels = {"way": "受け取り方", "n": "通数", "born": "生年月日"}
    options = {"post": "郵送", "counter": "窓口"}
    return condition_sentence(condition, lambda key: labels[key], lambda _, value: options.get(value, value))


@pytest.mark.parametrize(
    ("op", "value", "text", "holds_"),
    [
        ("is", "post", "post", True),
        ("is", "post", "counter", False),
        ("includes", "post", "post", True),
        ("includes", "post", "counter", False),
        ("one_of", ("a", "b"), "b", True),
        ("one_of", ("a", "b"), "c", False),
        ("answered", None, "x", True),
        ("at_least", 5, "5", True),
        ("at_least", 5, "4", False),
        ("at_most", 5, "5", True),
        ("at_most", 5, "6", False),
        ("on_or_after", "2026-04-01", "2026-04-01", True),
        ("on_or_after", "2026-04-01", "2026-03-31", False),
        ("before", "2026-04-01", "2026-03-31", True),
        ("before", "2026-04-01", "2026-04-01", False),
    ],
)
def test_a_condition_is_met_by_one_text_that_fits(op: str, value: Any, text: str, holds_: bool) -> None:
    assert met(op, value, text) is holds_
    assert met(op, value, *(["zzz"] if op in {"is", "before", "at_least"} else []), text) is holds_


@pytest.mark.parametrize(
    "op", ["is", "answered", "one_of", "at_least", "at_most", "on_or_after", "before", "age_under"]
)
def test_an_absent_answer_meets_nothing(op: str) -> None:
    value = {"one_of": ("a",), "at_least": -9, "at_most": 9, "age_under": 200}.get(op, "a")
    assert met(op, value) is False


def test_an_age_is_under_a_bound_before_the_birthday() -> None:
    assert met("age_under", 18, ages=(17,))
    assert not met("age_under", 18, ages=(18,))
    assert met("age_under", 18, ages=(40, 17))


def test_only_whole_numbers_count_as_numbers() -> None:
    assert whole_numbers(AnswersInScope(("3", "-4", "x", "", "1.5", "--5", "9" * 5000))) == [3, -4]


def test_all_any_and_not_join_their_parts() -> None:
    yes, no = Condition("is", "q", "a"), Condition("is", "q", "b")

    def result(condition: Condition) -> bool:
        return is_met(condition, lambda _: AnswersInScope(("a",)))

    assert result(Condition("all", of=(yes, yes)))
    assert not result(Condition("all", of=(yes, no)))
    assert result(Condition("any", of=(no, yes)))
    assert not result(Condition("any", of=(no, no)))
    assert result(Condition("not", of=(no,)))


def test_a_tree_knows_its_questions_and_its_leaves() -> None:
    tree = read_condition({"op": "all", "of": [is_("a", "x"), {"op": "not", "of": [is_("b", "y")]}]}, "when")
    assert list(tree.questions()) == ["a", "b"]
    assert [leaf.question for leaf in tree.leaves()] == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        is_("a", "x"),
        {"op": "one_of", "question": "a", "value": ["x", "y"]},
        {"op": "answered", "question": "a"},
        {"op": "at_least", "question": "a", "value": 0},
        {"op": "at_most", "question": "a", "value": -(10**12)},
        {"op": "age_under", "question": "a", "value": 10**12},
        {"op": "on_or_after", "question": "a", "value": "2026-04-01"},
        {"op": "before", "question": "a", "value": "2026-04-01"},
        {"op": "any", "of": [is_("a", "x")] * 20},
        {"op": "not", "of": [is_("a", "x")]},
    ],
)
def test_what_is_read_is_written_back(data: dict[str, Any]) -> None:
    assert read_condition(data, "when").as_json() == data


@pytest.mark.parametrize(
    ("data", "place", "problem"),
    [
        ({"op": "matches", "question": "a"}, "when.op", "使えません"),
        ({"op": "is", "question": "a", "value": " "}, "when.value", "空にできません"),
        ({"op": "is", "question": "a"}, "when.value", "空にできません"),
        ({"op": "at_least", "question": "a"}, "when.value", "比べる数を書いてください"),
        ({"op": "at_least", "question": "a", "value": 10**12 + 1}, "when.value", "整数"),
        ({"op": "at_least", "question": "a", "value": -(10**12) - 1}, "when.value", "整数"),
        ({"op": "before", "question": "a", "value": "4月1日"}, "when.value", "日付"),
        ({"op": "one_of", "question": "a", "value": []}, "when.value", "1個以上60個以下"),
        ({"op": "one_of", "question": "a", "value": ["x"] * 61}, "when.value", "61個"),
        ({"op": "one_of", "question": "a", "value": [""]}, "when.value[0].t", "空にできません"),
        ({"op": "answered", "question": "a", "value": "x"}, "when.value", "知らない項目"),
        ({"op": "not", "of": [is_("a", "x")] * 2}, "when.of", "1個以上1個以下"),
        ({"op": "all", "of": []}, "when.of", "1個以上20個以下"),
        ({"op": "all", "of": [is_("a", "x")] * 21}, "when.of", "21個"),
        ({"op": "is", "question": "A", "value": "x"}, "when.question", "識別子"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_its_place(data: dict[str, Any], place: str, problem: str) -> None:
    with pytest.raises(InvalidDefinition, match=problem) as caught:
        read_condition(data, "when")
    assert caught.value.place == place


def nested(depth: int) -> dict[str, Any]:
    return is_("a", "x") if depth == 1 else {"op": "not", "of": [nested(depth - 1)]}


def test_a_tree_is_eight_deep_at_most() -> None:
    assert read_condition(nested(8), "").as_json() == nested(8)
    with pytest.raises(InvalidDefinition, match="8段まで"):
        read_condition(nested(9), "")


@pytest.mark.parametrize(
    ("op", "question", "value", "positive", "negative"),
    [
        ("is", "way", "post", "「受け取り方」が「郵送」である", "「受け取り方」が「郵送」でない"),
        (
            "one_of",
            "way",
            ("post", "counter"),
            "「受け取り方」が「郵送」か「窓口」である",
            "「受け取り方」が「郵送」か「窓口」でない",
        ),
        ("includes", "way", "post", "「受け取り方」に「郵送」が含まれる", "「受け取り方」に「郵送」が含まれない"),
        ("answered", "way", None, "「受け取り方」に答えがある", "「受け取り方」に答えがない"),
        ("at_least", "n", 3, "「通数」が3以上である", "「通数」が3以上でない"),
        ("at_most", "n", 3, "「通数」が3以下である", "「通数」が3以下でない"),
        (
            "on_or_after",
            "born",
            "2026-04-01",
            "「生年月日」が令和8年4月1日以後である",
            "「生年月日」が令和8年4月1日以後でない",
        ),
        (
            "before",
            "born",
            "2026-04-01",
            "「生年月日」が令和8年4月1日より前である",
            "「生年月日」が令和8年4月1日より前でない",
        ),
        (
            "age_under",
            "born",
            18,
            "「生年月日」から数えて満18歳未満である",
            "「生年月日」から数えて満18歳未満でない",
        ),
    ],
)
def test_a_condition_and_its_opposite_are_said_in_japanese(
    op: str, question: str, value: Any, positive: str, negative: str
) -> None:
    leaf = Condition(op, question, value)
    assert said(leaf) == f"{positive}とき"
    assert said(Condition("not", of=(leaf,))) == f"{negative}とき"
    assert said(Condition("not", of=(Condition("not", of=(leaf,)),))) == f"{positive}とき"


def test_parts_are_joined_and_inner_groups_stand_in_brackets() -> None:
    post, three = Condition("is", "way", "post"), Condition("at_least", "n", 3)
    both, either = Condition("all", of=(post, three)), Condition("any", of=(post, three))
    assert said(both) == "「受け取り方」が「郵送」である、かつ、「通数」が3以上であるとき"
    assert said(either) == "「受け取り方」が「郵送」である、または、「通数」が3以上であるとき"
    assert said(Condition("all", of=(three, either))) == (
        "「通数」が3以上である、かつ、(「受け取り方」が「郵送」である、または、「通数」が3以上である)とき"
    )
    assert said(Condition("any", of=(three, both))).endswith(
        "または、(「受け取り方」が「郵送」である、かつ、「通数」が3以上である)とき"
    )
    assert said(Condition("not", of=(both,))) == (
        "(「受け取り方」が「郵送」である、かつ、「通数」が3以上である)にあてはまらないとき"
    )
