"""Which chain of posts a matter climbs, and what makes a set of rules unfit to be published."""

from collections.abc import Sequence

import pytest

from todoke.approvals.approval_rules import (
    CIRCULATE,
    CONSULT,
    DECIDE,
    FIXED,
    IMPORTANT,
    JOIN,
    ORDINARY,
    ApprovalRules,
    DecisionClassRule,
    StopRule,
)

CHIEF = [StopRule(1, CONSULT, "chief"), StopRule(2, DECIDE, "manager")]
HEAD = [StopRule(1, CONSULT, "manager"), StopRule(2, DECIDE, "head")]


def problems(*decision_classes: DecisionClassRule) -> list[tuple[str, str]]:
    return [(defect.place, defect.problem) for defect in ApprovalRules(decision_classes).defects()]


def chain(*stops: StopRule) -> Sequence[str]:
    return [problem for place, problem in problems(DecisionClassRule(stops)) if place == "区分1"]


def test_amounts_begin_above_one_border_and_end_at_the_other() -> None:
    decision_class = DecisionClassRule(CHIEF, above=500_000, up_to=3_000_000)
    assert [decision_class.covers(amount, ORDINARY) for amount in (500_000, 500_001, 3_000_000, 3_000_001)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_matter_without_money_counts_as_nothing() -> None:
    assert DecisionClassRule(CHIEF, up_to=0).covers(None, ORDINARY)
    assert not DecisionClassRule(CHIEF, above=0).covers(None, ORDINARY)


def test_an_importance_narrows_a_class_and_none_means_both() -> None:
    assert DecisionClassRule(CHIEF, importance=IMPORTANT).covers(1, IMPORTANT)
    assert not DecisionClassRule(CHIEF, importance=IMPORTANT).covers(1, ORDINARY)
    assert DecisionClassRule(CHIEF).covers(1, IMPORTANT)


def test_a_kind_with_classes_of_its_own_does_not_fall_back() -> None:
    rules = ApprovalRules([DecisionClassRule(CHIEF), DecisionClassRule(HEAD, kind="grant", up_to=100)])
    assert rules.choose("permit", 50, ORDINARY) == [0]
    assert rules.choose("grant", 50, ORDINARY) == [1]
    assert rules.choose("grant", 101, ORDINARY) == []
    assert ApprovalRules().choose("permit", 50, ORDINARY) == []


def test_a_sound_ruling_has_no_defects() -> None:
    assert problems(DecisionClassRule(CHIEF, up_to=100), DecisionClassRule(HEAD, above=100)) == []


def test_what_lies_just_above_the_highest_border_is_asked_too() -> None:
    assert [place for place, _ in problems(DecisionClassRule(CHIEF, up_to=1000))] == [
        "一般 1,001円 通常",
        "一般 1,001円 重要",
    ]


def test_a_gap_and_an_overlap_are_named_with_kind_amount_and_importance() -> None:
    assert problems(DecisionClassRule(CHIEF, up_to=1000), DecisionClassRule(HEAD, above=1001)) == [
        ("一般 1,001円 通常", "当てはまる区分がありません"),
        ("一般 1,001円 重要", "当てはまる区分がありません"),
    ]
    assert problems(
        DecisionClassRule(CHIEF, kind="補助", importance=ORDINARY, up_to=1), DecisionClassRule(HEAD, kind="補助")
    ) == [
        ("補助 0円 通常", "区分が重なっています"),
        ("補助 1円 通常", "区分が重なっています"),
    ]


@pytest.mark.parametrize(
    "stops",
    [
        [],
        [StopRule(1, CONSULT, "chief")],
        [StopRule(1, DECIDE, "chief"), StopRule(2, DECIDE, "head")],
    ],
)
def test_exactly_one_post_decides(stops: list[StopRule]) -> None:
    assert chain(*stops) == ["決裁する職位がちょうど一つ必要です"]


@pytest.mark.parametrize("kind", [CONSULT, JOIN])
def test_who_is_asked_is_asked_before_the_decision(kind: str) -> None:
    last = ["決裁する職位は、回議・合議の後に置いてください"]
    assert chain(StopRule(1, DECIDE, "head"), StopRule(1, kind, "chief")) == last
    assert chain(StopRule(1, kind, "a"), StopRule(2, DECIDE, "head"), StopRule(3, kind, "b")) == last
    assert chain(StopRule(1, kind, "chief"), StopRule(2, DECIDE, "head")) == []


def test_who_is_only_told_may_stand_after_the_decision() -> None:
    assert chain(StopRule(1, DECIDE, "head"), StopRule(2, CIRCULATE, "chief")) == []


def test_a_post_of_a_fixed_department_needs_the_department() -> None:
    assert chain(StopRule(1, DECIDE, "head", FIXED)) == ["指定部署の職位には部署が必要です"]
    assert chain(StopRule(1, DECIDE, "head", FIXED, "財政課")) == []


def test_what_is_written_down_is_read_back() -> None:
    rules = ApprovalRules(
        [DecisionClassRule(CHIEF, kind="grant", above=1, up_to=2, importance=IMPORTANT, basis="規程3条")]
    )
    assert ApprovalRules.of(rules.document()) == rules
