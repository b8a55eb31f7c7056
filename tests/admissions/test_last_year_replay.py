"""Last year's round is computed again, and each difference from the official list gets a cause."""

import pytest

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import SelectionRound
from todoke.admissions.selection.input_fixation import open_points
from todoke.admissions.selection.last_year_replay import classify, compute_replay, read_official, request_replay
from todoke.runtime.refusals import Conflict, Refused

pytestmark = pytest.mark.django_db
TABLE = "申込番号,施設\nA1,もも保育園\nB1,みかん保育園\nC1,保留\n"


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def last(place: Nursery) -> SelectionRound:
    made = place.opened()
    place.seats(made, "もも", 2)
    place.seats(made, "みかん", 1)
    for number, days in (("A", (20, 20)), ("B", (20, 16)), ("C", (16, 16))):
        place.child(place.family(made, number, days), f"{number}1", "もも", "みかん")
    return place.settled(made)


def test_every_difference_is_classed_before_the_next_round_goes_live(place: Nursery, last: SelectionRound) -> None:
    this = place.opened(number=2, last_year=last)
    asked = {point.key for point in open_points(this)[0] if point.kind == "replay"}
    run = request_replay(last, read_official(last, TABLE.encode()), by=place.clerk)
    found = compute_replay(run)
    assert asked == {"missing"}
    run.refresh_from_db()
    assert run.figures["official"] == {"hard_violations": 0, "blocking_coalitions": 2}
    assert [(each.child.number, str(each.replayed), str(each.official)) for each in found] == [
        ("B1", "もも保育園", "みかん保育園"), ("C1", "みかん保育園", "None")
    ]  # fmt: skip
    (point,) = [point for point in open_points(this)[0] if point.kind == "replay"]
    assert (len(point.rows), point.signable) == (2, False)
    for difference in found:
        classify(difference, "hand", note="昨年は手で調整した", by=place.clerk)
    assert not [point for point in open_points(this)[0] if point.kind == "replay"]


def test_a_cause_needs_a_word_of_explanation(place: Nursery, last: SelectionRound) -> None:
    run = request_replay(last, read_official(last, TABLE.encode()), by=place.clerk)
    with pytest.raises(Conflict):
        classify(compute_replay(run)[0], "hand", note="", by=place.clerk)


def test_a_list_that_names_an_unknown_child_is_refused_with_its_line(last: SelectionRound) -> None:
    with pytest.raises(Refused, match="3行目"):
        read_official(last, "申込番号,施設\nA1,もも保育園\nZ9,もも保育園\n".encode())
