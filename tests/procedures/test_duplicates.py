import pytest

from tests.cast import clerk, department, resident
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from todoke.procedures import duplicates
from todoke.procedures.models import DuplicateCandidate, FieldChange, Procedure
from todoke.runtime.refusals import Conflict, NotAllowed


@pytest.mark.parametrize(
    ("one", "other", "laws", "proposed"),
    [
        ("特定建設作業の実施の届出", "特定建設作業の実施の届出書", "騒音", True),
        ("廃棄物処理施設の変更の許可申請", "廃棄物処理施設の変更の許可の申請", "廃掃法", True),
        ("犬の登録の申請", "犬の死亡の届出", "狂犬病予防法", False),
        ("住所変更届", "氏名変更届", "同じ法", False),
    ],
)
def test_names_of_one_law_are_compared_by_their_letters(one: str, other: str, laws: str, proposed: bool) -> None:
    assert bool(list(duplicates.similar_pairs([(1, one, laws), (2, other, laws)]))) == proposed


def test_the_same_name_under_two_laws_is_proposed_and_a_like_one_is_not() -> None:
    assert list(duplicates.similar_pairs([(2, "転入届", "甲法"), (1, "転入届", "乙法"), (3, "転入届出", "丙法")])) == [
        (1, 2, 100)
    ]


@pytest.mark.django_db
def test_people_judge_each_pair_once_and_only_then_something_changes() -> None:
    section, leader = department(), headquarters()
    for title in ("道路の占用の許可の申請", "道路の占用の許可の申請書", "道路の占用の許可申請"):
        procedure(title, law="道路法", department=section)
    assert duplicates.propose_candidates(by=leader) == 3
    assert duplicates.propose_candidates(by=leader) == 0
    assert Procedure.objects.current().count() == 3
    different, same = DuplicateCandidate.objects.order_by("pk")[:2]
    duplicates.save_verdict(different, "different", by=clerk(section))
    duplicates.save_verdict(same, "same", by=leader)
    assert [row.number for row in Procedure.objects.filter(abolished_on__isnull=False)] == [same.second.number]
    assert FieldChange.objects.filter(field="廃止日", procedure=same.second).exists()
    with pytest.raises(Conflict):
        duplicates.save_verdict(same, "different", by=leader)
    with pytest.raises(NotAllowed):
        duplicates.propose_candidates(by=resident())
