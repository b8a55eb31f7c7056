"""Numbers are published so that nobody in a small group can be told."""

import pytest

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import SelectionRound
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.public_numbers import frozen_numbers, hidden_row, merged_classes

pytestmark = pytest.mark.django_db


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 9, 30], ["12人", "9人", "30人"]),
        ([12, 2, 30], ["x", "x", "30人"]),
        ([2, 1], ["x", "x"]),
        ([0, 0], ["0人", "0人"]),
    ],
)
def test_a_small_number_is_hidden_with_another_that_would_tell_it(counts: list[int], shown: list[str]) -> None:
    assert hidden_row(counts) == shown


@pytest.mark.sqlite
def test_small_classes_stand_together() -> None:
    assert merged_classes([(0, 2), (1, 9), (2, 0), (3, 3)]) == [[0, 1], [2], [3]]
    assert merged_classes([(0, 9), (1, 2)]) == [[0, 1]]


def test_numbers_are_frozen_when_the_families_are_told() -> None:
    place: Nursery = nursery()
    of: SelectionRound = place.opened()
    place.seats(of, "もも", 6)
    place.seats(of, "みかん", 7)
    for number in range(14):
        name = "もも" if number < 7 else "みかん"
        place.child(place.family(of, f"S{number}", (20, 20 if number < 12 else 16)), f"C{number}", name)
    place.adopted(of)
    notify(of, by=place.clerk)
    numbers = frozen_numbers(of)
    assert [(each.facility, each.placed, each.lowest) for each in numbers.pools] == [
        ("もも保育園", "6人", "40点"), ("みかん保育園", "7人", "36点")
    ]  # fmt: skip
    assert [(each.name, each.applicants) for each in numbers.classes if each.applicants != "0人"] == [("1歳児", "14人")]
