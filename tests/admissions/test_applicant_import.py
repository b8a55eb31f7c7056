"""A table of applications is taken in whole, or not at all with the reason of each line."""

import pytest

from tests import cast
from tests.cast.admissions import Nursery, nursery
from todoke.admissions.intake.applicant_import import import_applicants
from todoke.admissions.models import SelectionRound
from todoke.admissions.selection.scores import compute_scores
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
HEADS = (
    "世帯番号,保護者の氏名,保護者の数,申込番号,児童の氏名,生年月日,クラス,第1希望,第2希望,"
    "保護者1: 1か月の就労日数,保護者2: 1か月の就労日数,ひとり親,育児休業から戻る,所得割課税額\n"
)
FIRST = 'S1,山田 太郎,2,C1,山田 葵,令和6年6月1日,1歳児,もも保育園,みかん保育園,20日,16,いいえ,はい,"100,000円"\n'
SECOND = "S1,山田 太郎,2,C2,山田 陽,2025-06-01,0,みかん保育園,,20,16,,,\n"


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    return place.opened()


def test_children_wishes_and_facts_of_a_table_give_points(place: Nursery, of: SelectionRound) -> None:
    assert import_applicants(of, (HEADS + FIRST + SECOND).encode(), by=place.clerk) == 2
    compute_scores(of, by=place.clerk)
    first, second = of.children.all()
    assert (first.age_class, first.score.total, first.score.ties) == (1, 38, [100_000])
    assert (second.household, second.score.total) == (first.household, 36)
    assert [str(each) for each in first.preferences.all()] == ["1 もも保育園", "2 みかん保育園"]


def test_one_faulty_line_takes_nothing_and_is_named(place: Nursery, of: SelectionRound) -> None:
    table = HEADS + FIRST.replace("みかん", "ばなな") + SECOND.replace("C2", "C1")
    with pytest.raises(Refused, match=r"2行目: 知らない施設\(ばなな保育園\)があります、3行目: 申込番号C1が二度"):
        import_applicants(of, table.encode(), by=place.clerk)
    assert not of.households.exists()


def test_a_stranger_takes_nothing_in(of: SelectionRound) -> None:
    with pytest.raises(NotAllowed):
        import_applicants(of, (HEADS + FIRST).encode(), by=cast.clerk())
