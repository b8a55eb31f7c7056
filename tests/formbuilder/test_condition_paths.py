"""For every question answers are found under which it is shown, and others under which it is hidden."""

from datetime import date
from typing import Any

import pytest

from todoke.formbuilder.document.condition_paths import ALTERNATIVES, ConditionPaths, conditions_of, dependencies_of
from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.formulas import Formula
from todoke.formbuilder.document.structure import Document, FormPage, Group, Option, Question, QuestionKind, Repeat

DAY = date(2026, 11, 22)
OPTIONS = (Option("post", "郵送"), Option("counter", "窓口"), Option("online", "オンライン"))
WAY = Question("way", QuestionKind.CHOICE, "受け取り方", options=OPTIONS)
POST, COUNTER = Condition("is", "way", "post"), Condition("is", "way", "counter")


def all_of(*parts: Condition) -> Condition:
    return Condition("all", of=parts)


def any_of(*parts: Condition) -> Condition:
    return Condition("any", of=parts)


def not_(part: Condition) -> Condition:
    return Condition("not", of=(part,))


def target(when: Condition | None = None, identifier: str = "x") -> Question:
    return Question(identifier, QuestionKind.SHORT_TEXT, "設問", when=when)


def branches(*questions: Question, **group: Any) -> ConditionPaths:
    return ConditionPaths(Document("様式", (FormPage("p", "", (Group("g", "", questions, **group),)),)), DAY)


def test_a_question_without_a_condition_is_shown_in_the_empty_case_and_never_hidden() -> None:
    found = branches(target())
    assert found.cases_showing("x") == [{}]
    assert found.case_hiding("x") is None


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (POST, [{"way": "post"}]),
        (any_of(POST, COUNTER), [{"way": "post"}, {"way": "counter"}]),
        (not_(POST), [{"way": "counter"}, {"way": "online"}, {"way": None}]),
        (all_of(not_(POST), not_(COUNTER)), [{"way": "online"}, {"way": None}]),
        (not_(any_of(POST, COUNTER)), [{"way": "online"}, {"way": None}]),
        (not_(all_of(POST, COUNTER)), [{"way": "counter"}, {"way": "online"}, {"way": None}, {"way": "post"}]),
        (Condition("answered", "way"), [{"way": "post"}, {"way": "counter"}, {"way": "online"}]),
        (all_of(POST, COUNTER), []),
    ],
)
def test_every_way_to_a_question_is_tried(when: Condition, shown: list[dict[str, Any]]) -> None:
    found = branches(WAY, target(when)).cases_showing("x")
    assert [case for number, case in enumerate(found) if case not in found[:number]] == shown


def test_what_is_shown_sometimes_is_hidden_in_some_case() -> None:
    found = branches(WAY, target(POST))
    hidden = found.case_hiding("x")
    assert hidden is not None
    assert hidden["way"] != "post"
    assert not found.is_shown(hidden, "x")


def test_what_is_shown_only_while_something_is_blank_is_hidden_by_an_answer() -> None:
    assert branches(WAY, target(not_(Condition("answered", "way")))).case_hiding("x") == {"way": "post"}


def test_a_condition_that_always_holds_hides_nothing() -> None:
    assert branches(WAY, target(any_of(POST, not_(POST)))).case_hiding("x") is None


def test_a_question_behind_a_question_needs_both() -> None:
    second = Question("why", QuestionKind.YES_NO, "理由", when=POST)
    found = branches(WAY, second, target(Condition("is", "why", "yes")))
    assert found.cases_showing("x") == [{"way": "post", "why": "yes"}]


def test_a_way_that_its_own_condition_rules_out_is_none() -> None:
    second = Question("why", QuestionKind.YES_NO, "理由", when=POST)
    found = branches(WAY, second, target(all_of(COUNTER, Condition("is", "why", "yes"))))
    assert found.cases_showing("x") == []


def test_an_absent_answer_counts_as_left_blank() -> None:
    second = Question("why", QuestionKind.YES_NO, "理由", when=POST)
    found = branches(WAY, second, target(all_of(COUNTER, not_(Condition("answered", "why")))))
    assert found.cases_showing("x") == [{"way": "counter", "why": None}]


@pytest.mark.parametrize(
    ("kind", "when", "value"),
    [
        (QuestionKind.NUMBER, Condition("at_least", "q", 5000), "5000"),
        (QuestionKind.NUMBER, Condition("at_most", "q", -5000), "-5000"),
        (QuestionKind.NUMBER, all_of(Condition("at_least", "q", 1), Condition("at_most", "q", 1)), "1"),
        (QuestionKind.NUMBER, not_(Condition("at_least", "q", -77)), "-78"),
        (QuestionKind.NUMBER, not_(Condition("at_most", "q", 77)), "78"),
        (QuestionKind.DATE, Condition("on_or_after", "q", "2030-01-01"), "2030-01-01"),
        (QuestionKind.DATE, Condition("before", "q", "1900-01-01"), "1899-12-31"),
        (QuestionKind.DATE, not_(Condition("on_or_after", "q", "1950-01-02")), "1950-01-01"),
        (
            QuestionKind.DATE,
            all_of(Condition("on_or_after", "q", "1950-01-02"), Condition("before", "q", "1950-01-04")),
            "1950-01-02",
        ),
        (QuestionKind.SHORT_TEXT, Condition("is", "q", "柴犬"), "柴犬"),
        (QuestionKind.SHORT_TEXT, Condition("one_of", "q", ("柴犬", "秋田犬")), "柴犬"),
    ],
)
def test_a_value_is_found_on_the_border_that_a_condition_draws(kind: QuestionKind, when: Condition, value: str) -> None:
    found = branches(Question("q", kind, "問い"), target(when)).cases_showing("x")
    assert found[0] == {"q": value}


def test_dates_are_found_on_both_sides_of_an_age() -> None:
    born = Question("q", QuestionKind.DATE, "生年月日")
    young, old = (
        branches(born, target(when)).cases_showing("x")
        for when in (Condition("age_under", "q", 40), not_(Condition("age_under", "q", 40)))
    )
    assert {"q": "1987-10-24"} in young
    assert {"q": "1985-10-22"} in old
    assert {"q": None} in old


def test_of_several_choices_each_alone_all_but_one_and_all_are_tried() -> None:
    several = Question("q", QuestionKind.CHOICES, "選ぶ", options=OPTIONS)
    both = all_of(Condition("includes", "q", "post"), Condition("includes", "q", "counter"))
    assert branches(several, target(both)).cases_showing("x") == [
        {"q": ["post", "counter"]},
        {"q": ["post", "counter", "online"]},
    ]
    every = all_of(both, Condition("includes", "q", "online"))
    assert branches(several, target(every)).cases_showing("x") == [{"q": ["post", "counter", "online"]}]
    only = all_of(Condition("includes", "q", "post"), not_(Condition("includes", "q", "counter")))
    assert branches(several, target(only)).cases_showing("x")[0] == {"q": ["post"]}


def test_a_single_choice_has_nothing_but_itself() -> None:
    single = Question("q", QuestionKind.CHOICES, "選ぶ", options=OPTIONS[:1])
    assert branches(single, target(Condition("answered", "q"))).cases_showing("x") == [{"q": ["post"]}, {"q": ["post"]}]


def test_twelve_ways_are_enough() -> None:
    many = Question("q", QuestionKind.CHOICE, "選ぶ", options=tuple(Option(f"v{n}", "") for n in range(30)))
    assert len(branches(many, target(Condition("answered", "q"))).cases_showing("x")) == ALTERNATIVES == 12


def test_the_conditions_of_page_and_group_count_too() -> None:
    page = FormPage("p", "", (Group("g", "", (target(Condition("is", "why", "yes")),), when=COUNTER),), when=not_(POST))
    first = FormPage("p0", "", (Group("g0", "", (WAY, Question("why", QuestionKind.YES_NO, "理由"))),))
    document = Document("様式", (first, page))
    assert conditions_of(document, "x") == [not_(POST), COUNTER, Condition("is", "why", "yes")]
    assert dependencies_of(document, "x") == {"way", "why"}
    assert ConditionPaths(document, DAY).cases_showing("x") == [{"way": "counter", "why": "yes"}]


def test_in_a_repeating_group_the_first_row_is_answered() -> None:
    rows = branches(WAY, target(POST), repeat=Repeat("子"))
    assert {(spot.question, spot.row) for spot in rows.answers({"way": "post", "x": None})} == {("way", 1)}
    assert rows.cases_showing("x") == [{"way": "post"}]
    once = branches(WAY)
    assert {(spot.question, spot.row) for spot in once.answers({"way": "post"})} == {("way", 0)}


def total(*names: str, identifier: str = "sum") -> Question:
    parts = tuple(Formula("answer", question=name) for name in names)
    return Question(identifier, QuestionKind.CALCULATED, "合計", formula=Formula("add", of=parts))


def test_what_is_computed_is_reached_by_what_it_is_computed_from() -> None:
    pay, more = (Question(name, QuestionKind.NUMBER, name) for name in ("pay", "more"))
    found = branches(pay, more, total("pay", "more"), target(Condition("at_least", "sum", 100)))
    assert found.cases_showing("x")
    for case in found.cases_showing("x"):
        assert int(str(case["pay"])) + int(str(case["more"])) >= 100
    below = found.case_hiding("x")
    assert below is not None
    assert not found.is_shown(below, "x")


def test_what_is_computed_from_something_computed_is_reached_too() -> None:
    pay, more = (Question(name, QuestionKind.NUMBER, name) for name in ("pay", "more"))
    twice = total("sum", "sum", identifier="twice")
    found = branches(pay, more, total("pay", "more"), twice, target(Condition("at_least", "twice", 100)))
    assert found.cases_showing("x")
    assert dependencies_of(found.document, "twice") == {"sum"}


def test_a_value_given_already_is_kept_when_something_is_computed() -> None:
    pay, more = (Question(name, QuestionKind.NUMBER, name) for name in ("pay", "more"))
    rich = all_of(Condition("at_most", "pay", 0), Condition("at_least", "sum", 100))
    for case in branches(pay, more, total("pay", "more"), target(rich)).cases_showing("x"):
        assert int(str(case["pay"])) <= 0
        assert int(str(case["more"])) >= 100


def test_of_several_ways_to_a_result_the_one_that_fits_is_taken() -> None:
    pay = Question("pay", QuestionKind.NUMBER, "pay")
    shown = total("pay", "pay")
    result = Question("sum", QuestionKind.CALCULATED, "合計", formula=shown.formula, when=any_of(POST, COUNTER))
    rich = all_of(COUNTER, Condition("at_least", "sum", 2))
    found = branches(WAY, pay, result, target(rich)).cases_showing("x")
    assert found
    assert {case["way"] for case in found} == {"counter"}


def test_a_number_that_never_comes_out_is_never_shown() -> None:
    fixed = Question(
        "sum", QuestionKind.CALCULATED, "合計", formula=Formula("add", of=(Formula("number", 1), Formula("number", 2)))
    )
    assert branches(fixed, target(Condition("at_least", "sum", 10))).cases_showing("x") == []
    assert branches(fixed, target(Condition("at_least", "sum", 3))).cases_showing("x") == [{}]


def test_a_count_of_rows_looks_at_what_shows_the_rows() -> None:
    children = Group("children", "お子さん", (target(identifier="name"),), repeat=Repeat("子"), when=POST)
    count = Question("count", QuestionKind.CALCULATED, "人数", formula=Formula("rows", group="children"))
    pages = (
        FormPage("p", "", (Group("g", "", (WAY,)),)),
        FormPage("q", "", (children,), when=not_(COUNTER)),
        FormPage("r", "", (Group("h", "", (count,)),)),
    )
    assert dependencies_of(Document("様式", pages), "count") == {"way"}
