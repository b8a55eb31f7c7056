"""Seats come from a table as one side reports them: every row or none."""

import pytest

from tests import cast
from tests.cast.admissions import Nursery, nursery
from todoke.admissions.intake.seat_import import import_seats
from todoke.admissions.models import ChildcareFacility, SelectionRound
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
TABLE = (
    "施設番号,施設,クラス,募集人数,定員,引き続き通う児童,前年の募集\n"
    "F1,もも保育園,1歳児,3,12,9,3\nF9,うめ保育園,3・4・5歳児,6,,,\n"
)


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    return place.opened()


def taken(of: SelectionRound, by: object, side: str, table: str = TABLE) -> int:
    return import_seats(of, table.encode(), side=side, source="報告書の表", by=by)  # type: ignore[arg-type]  # a user


def test_two_people_confirm_every_pool_by_two_tables(place: Nursery, of: SelectionRound) -> None:
    assert taken(of, place.clerk, "facility") == 2
    assert [pool.seats for pool in of.pools.all()] == [None, None]
    taken(of, place.second, "office")
    found = {str(pool): (pool.seats, pool.places, pool.last_year) for pool in of.pools.select_related("facility")}
    assert found == {"もも保育園 1歳児": (3, 12, 3), "うめ保育園 3歳児・4歳児・5歳児": (6, None, None)}
    assert ChildcareFacility.objects.filter(code="F9").count() == 1


def test_one_person_alone_never_confirms_by_tables(place: Nursery, of: SelectionRound) -> None:
    taken(of, place.clerk, "facility")
    with pytest.raises(NotAllowed, match="別の人"):
        taken(of, place.clerk, "office")


def test_a_table_with_a_fault_is_refused_with_its_lines_and_nothing_is_taken(
    place: Nursery, of: SelectionRound
) -> None:
    table = TABLE + "F1,もも保育園,1歳児,2,,,\nF2,みかん保育園,9歳児,1,,,\nF3,りんご保育園,0歳児,たくさん,,,\n"
    with pytest.raises(Refused) as refused:
        taken(of, place.clerk, "facility", table)
    said = str(refused.value)
    assert "4行目: 同じ施設のクラスが、前の行にもあります" in said
    assert "5行目: クラスが、この制度にありません" in said
    assert "6行目: 募集人数を0から999までの数" in said
    assert not of.pools.exists()


def test_a_stranger_reports_no_seats(of: SelectionRound) -> None:
    with pytest.raises(NotAllowed):
        taken(of, cast.clerk(), "facility")
