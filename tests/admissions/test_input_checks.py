"""The checks before the inputs are fixed: what each asks, how it is settled, and what nobody can sign away."""

import copy
from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast.admissions import RULES, Nursery, nursery, published
from todoke.admissions.models import (
    ApplicantChild,
    ChildScore,
    HandRecount,
    OpenPointSignature,
    ScoreLine,
    ScoringFact,
    SeatPool,
    SelectionRound,
    SubmittedPaper,
)
from todoke.admissions.selection.input_fixation import fix_inputs, open_points, reopen_inputs, sign_away
from todoke.admissions.selection.round_input import OpenPoint
from todoke.admissions.selection.scores import compute_scores
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db
BASE = {"row", "recount", "replay"}
"""What every small round without a past is asked: rows nobody met, recounts by hand, a replay."""


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    """A round with confirmed seats and three children, all counted."""
    made = place.opened()
    place.seats(made, "もも", 10, last_year=10)
    place.seats(made, "みかん", 2)
    for number in ("A", "B", "C"):
        place.child(place.family(made, number), f"{number}1", "もも", "みかん")
    made.close(by=place.clerk)
    compute_scores(made, by=place.clerk)
    return made


def points(of: SelectionRound, kind: str) -> list[OpenPoint]:
    return [point for point in open_points(of)[0] if point.kind == kind]


def strange(of: SelectionRound) -> set[str]:
    return {point.kind for point in open_points(of)[0]} - BASE


def test_a_sound_round_has_only_what_every_first_round_is_asked(of: SelectionRound) -> None:
    assert strange(of) == set()


def test_toyohashi_two_equal_reports_that_are_too_few_differ_from_last_year(place: Nursery, of: SelectionRound) -> None:
    pool = SeatPool.objects.get(facility__name="もも保育園")
    for side, by in (("facility", place.clerk), ("office", place.second)):
        pool.report(0, side=side, by=by, source="報告書")
    (point,) = points(of, "seats_changed")
    assert point.rows == ("前年 10人、ことし 0人(差 -10人)",)
    pool.explain("1歳児の受け入れをやめたため", by=place.clerk)
    assert points(of, "seats_changed") == []


def test_one_person_alone_never_confirms_a_pool(place: Nursery, of: SelectionRound) -> None:
    pool = SeatPool.open(of, place.facilities["りんご"], (1,), by=place.clerk)
    pool.report(3, side="facility", by=place.clerk, source="報告書")
    with pytest.raises(NotAllowed, match="別の人"):
        pool.report(3, side="office", by=place.clerk, source="名簿")


def test_urayasu_a_new_rule_that_nobody_has_tried_is_asked_about(place: Nursery, of: SelectionRound) -> None:
    assert {point.key for point in points(of, "row")} == {"work_16", "work_12", "single", "leave", "sibling"}
    assert points(of, "row")[0].rows == ("ことし 0人(前年の記録はありません)",)


def test_nishinari_a_certificate_in_the_wrong_tray_is_stopped(place: Nursery, of: SelectionRound) -> None:
    paper = SubmittedPaper.enter(
        of, kind="certificate", received_on=date(2026, 11, 9), note="就労証明書", by=place.clerk
    )
    (point,) = points(of, "paper")
    assert point.rows == ("だれのものか、まだわからない書類", "届いた日 令和8年11月9日")
    child = of.children.get(number="C1")
    paper.work_in(child=child, outcome="就労日数を20日に直した", by=place.clerk)
    assert points(of, "paper") == []


def test_a_child_applied_for_twice_is_named(place: Nursery, of: SelectionRound) -> None:
    child = place.child(place.family(of, "D"), "D1", "もも")
    ApplicantChild.objects.filter(pk=child.pk).update(name="A1の 児童")
    (point,) = points(of, "twice")
    assert point.rows == ("A1 A1の児童(1歳児)", "D1 A1の 児童(1歳児)")


def test_a_class_with_applicants_and_no_pool_is_named(place: Nursery, of: SelectionRound) -> None:
    place.child(place.family(of, "D"), "D1", "もも", age=3)
    (point,) = points(of, "class_without_pool")
    assert point.rows == ("D1 D1の児童(3歳児)",)


def test_a_child_without_wishes_and_an_income_nobody_entered_are_named(place: Nursery, of: SelectionRound) -> None:
    child = place.child(place.family(of, "D"), "D1")
    ScoringFact.objects.filter(household=child.household, key="income").update(superseded_at=of.deadline)
    compute_scores(of, by=place.clerk)
    assert {point.kind for point in open_points(of)[0]} - BASE == {"wishes", "tie"}


def test_a_recount_by_hand_that_differs_is_stopped(place: Nursery, of: SelectionRound) -> None:
    (asked,) = points(of, "recount")
    child = of.children.get(number=asked.key)
    HandRecount.enter(child, 38, by=place.second)
    (point,) = points(of, "recount")
    assert point.rows == ("手計算 38点(保育 主任)", "計算 40点")
    HandRecount.enter(child, 40, by=place.second)
    assert points(of, "recount") == []


def signed_off(of: SelectionRound, place: Nursery) -> None:
    for point in open_points(of)[0]:
        sign_away(of, point.kind, point.key, reason="確かめた", by=place.clerk)


def test_the_inputs_are_fixed_once_every_point_is_settled(place: Nursery, of: SelectionRound) -> None:
    with pytest.raises(NotYet, match="点検の指摘が7件残っています"):
        fix_inputs(of, by=place.clerk)
    signed_off(of, place)
    fix_inputs(of, by=place.clerk)
    assert (of.get_status_display(), of.fixed_by) == ("入力確定", place.clerk)
    with pytest.raises(Closed, match="入力が確定"):
        place.family(of, "Z")
    reopen_inputs(of, reason="取下げがあったため", by=place.chief)
    assert place.family(of, "Z").number == "Z"


def test_a_signature_is_void_once_the_point_says_something_else(place: Nursery, of: SelectionRound) -> None:
    signed_off(of, place)
    ScoringFact.write(
        of.households.get(number="A"), "work_days", "16", guardian=1, by=place.clerk, reason="証明書の日数が違った"
    )
    compute_scores(of, by=place.clerk)
    assert OpenPointSignature.objects.filter(kind="row", key="work_16").exists()
    assert ScoreLine.objects.filter(child__number="A1", row="work_16").exists()
    with pytest.raises(Conflict, match="もうないか"):
        sign_away(of, "row", "work_16", reason="確かめた", by=place.clerk)


def test_what_must_be_put_right_cannot_be_signed_away(place: Nursery, of: SelectionRound) -> None:
    SeatPool.open(of, place.facilities["りんご"], (1,), by=place.clerk)
    (point,) = points(of, "seats")
    with pytest.raises(Refused, match="直さなければ"):
        sign_away(of, point.kind, point.key, reason="急いでいる", by=place.chief)


def test_a_stranger_signs_and_fixes_nothing(place: Nursery, of: SelectionRound) -> None:
    with pytest.raises(NotAllowed):
        sign_away(of, "row", "leave", reason="確かめた", by=cast.clerk())


def test_a_row_worth_other_points_is_counted_under_the_version_of_the_round(place: Nursery, of: SelectionRound) -> None:
    rules: dict[str, Any] = copy.deepcopy(RULES)
    rules["base"][0]["rows"][0]["points"] = 99
    assert of.rule_version.number == 1
    with pytest.raises(NotYet, match="試していない"):
        published(place.scheme, rules, by=place.clerk, confirmed_by=place.second, starts_on=date(2028, 4, 1))
    assert ChildScore.objects.get(child__number="A1").total == 40
