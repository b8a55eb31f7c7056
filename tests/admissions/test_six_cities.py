"""The input faults of six cities, planted one by one: each is stopped before the inputs are fixed, with its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import ChildScore, ScoringFact, SeatPool, SelectionRound, SubmittedPaper
from todoke.admissions.selection.input_fixation import fix_inputs, open_points, sign_away
from todoke.admissions.selection.scores import compute_scores
from todoke.runtime.refusals import NotYet

pytestmark = pytest.mark.django_db
NUMBERS = "ABCDEF"


@dataclass(frozen=True)
class Fault:
    """What went wrong in a city: how it is planted, which check stops it, and the rows that it names."""

    plant: Callable[[Nursery, SelectionRound], object]
    kind: str
    key: str
    rows: tuple[str, ...]


def _seats_too_few(place: Nursery, of: SelectionRound) -> None:
    pool = SeatPool.objects.get(round=of, facility__name="もも保育園")
    pool.report(0, side="facility", by=place.clerk, source="施設からの電話")


def _seats_too_few_for_years(place: Nursery, of: SelectionRound) -> None:
    place.seats(of, "りんご", 5, places=20, staying=10, last_year=5)


def _points_of_an_untried_rule(place: Nursery, of: SelectionRound) -> None:
    ChildScore.objects.filter(child__round=of, child__number="B1").update(total=59, numerator=59)


def _bonus_left_out(place: Nursery, of: SelectionRound) -> None:
    ScoringFact.objects.filter(child__round=of, key="sibling_at").update(superseded_at=of.deadline)
    compute_scores(of, by=place.clerk)


def _bonus_not_counted(place: Nursery, of: SelectionRound) -> None:
    ChildScore.objects.filter(child__round=of, child__number="C1").update(bonus={})


def _certificate_in_another_tray(place: Nursery, of: SelectionRound) -> None:
    SubmittedPaper.enter(of, kind="certificate", received_on=date(2026, 11, 9), note="就労証明書", by=place.clerk)


def _wishes_in_another_tray(place: Nursery, of: SelectionRound) -> None:
    child = of.children.get(number="A1")
    SubmittedPaper.enter(of, kind="wishes", received_on=date(2026, 11, 9), note="変更届", child=child, by=place.clerk)


ARRIVED = "届いた日 令和8年11月9日"
BOTH = ("施設の報告: 0人(保育 係員、施設からの電話)", "区の確認: 10人(保育 主任、定員と在園の名簿)")
FAULTS = {
    "浦安: 試していない新しい基準で点数が違う": Fault(
        _points_of_an_untried_rule, "points", "B1",
        ("記録 59点(施設F1で+3点)", "計算 40点(施設F1で+3点)", "二つ目の計算 40点(施設F1で+3点)"),
    ),
    "甲賀: 加点がだれにも入っていない": Fault(_bonus_left_out, "row", "sibling", ("ことし 0人、前年 6人",)),
    "甲賀: 加点が一人の点数に入っていない": Fault(
        _bonus_not_counted, "points", "C1",
        ("記録 40点", "計算 40点(施設F1で+3点)", "二つ目の計算 40点(施設F1で+3点)"),
    ),
    "豊橋: 施設が席を少なく報告した": Fault(_seats_too_few, "seats", "もも", BOTH),
    "香芝: 席を毎年少なく報告した": Fault(
        _seats_too_few_for_years, "seats_changed", "りんご",
        ("定員20人から引き続き通う10人を引くと10人、報告は5人",),
    ),
    "西成: 証明書が別の箱にあった": Fault(
        _certificate_in_another_tray, "paper", "就労証明書", ("だれのものか、まだわからない書類", ARRIVED)
    ),
    "吹田: 変更届が別の箱にあった": Fault(
        _wishes_in_another_tray, "paper", "変更届", ("A1 A1の児童(1歳児)", ARRIVED)
    ),
}  # fmt: skip


def counted_round(place: Nursery, **links: object) -> SelectionRound:
    """A round of six children with a bonus at one facility, closed and counted."""
    of = place.opened(**links)
    place.seats(of, "もも", 10, last_year=10)
    for number in NUMBERS:
        child = place.child(place.family(of, number), f"{number}1", "もも")
        ScoringFact.write(child.household, "sibling_at", "F1", by=place.clerk, child=child)
    of.close(by=place.clerk)
    compute_scores(of, by=place.clerk)
    return of


@pytest.mark.parametrize("city", FAULTS)
def test_a_fault_is_stopped_before_the_inputs_are_fixed_with_its_rows(city: str) -> None:
    place, fault = nursery(), FAULTS[city]
    of = counted_round(place, last_year=counted_round(place, month=date(2025, 4, 1)))
    for point in open_points(of)[0]:
        if point.signable:
            sign_away(of, point.kind, point.key, reason="確かめた", by=place.clerk)
    sound = {(point.kind, point.key) for point in open_points(of)[0]}
    fault.plant(place, of)
    (found,) = [point for point in open_points(of)[0] if (point.kind, point.key) not in sound]
    assert (found.kind, found.rows) == (fault.kind, fault.rows)
    assert fault.key == found.key or fault.key in found.said
    with pytest.raises(NotYet, match="残っています"):
        fix_inputs(of, by=place.clerk)
