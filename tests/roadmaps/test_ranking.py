import pytest

from tests.cast.procedures import procedure
from tests.cast.work import calls
from todoke.procedures.models import Code, CodedValue, install_code_tables
from todoke.roadmaps.ranking import RankingInput, Weights, rank, stable_top
from todoke.roadmaps.ranking_inputs import procedure_inputs
from todoke.runtime.refusals import Refused

MANY = [
    RankingInput(f"P-{n:06}", (float(n * 37 % 101), float(n * 53 % 101), float(n * 71 % 101), float(n * 89 % 101)))
    for n in range(3098)
]


def numbers(weights: Weights) -> list[str]:
    few = [
        RankingInput("a", (100, 0, 0, 0)),
        RankingInput("b", (0, 100, 0, 0)),
        RankingInput("c", (0, 0, 100, 0), "適用除外です"),
    ]
    return [ranked.ranking_input.number for ranked in rank(few, weights)]


def test_moving_a_weight_moves_the_order() -> None:
    assert numbers(Weights(60, 40, 0, 0)) == ["a", "b"]
    assert numbers(Weights(40, 60, 0, 0)) == ["b", "a"]


def test_what_each_part_gave_adds_up_to_the_score() -> None:
    for ranked in rank(MANY[:50], Weights()):
        assert sum(ranked.contributions) == pytest.approx(ranked.score)


def test_weights_that_weigh_nothing_are_refused() -> None:
    for wrong in (Weights(0, 0, 0, 0), Weights(-1, 2, 0, 0)):
        with pytest.raises(Refused, match="重み"):
            wrong.shares()


def test_the_work_of_ranking_the_whole_inventory_is_a_few_calls_a_procedure() -> None:
    assert len(rank(MANY, Weights(10, 20, 30, 40))) == 3098
    assert calls(lambda: rank(MANY, Weights(10, 20, 30, 40))) < 20 * len(MANY)


def test_what_is_steady_stays_in_the_top_under_every_weight() -> None:
    few = MANY[:200]
    stay = stable_top(few, Weights(), top=50, within=0.2)
    assert stay
    for weights in (Weights(), Weights(48, 20, 20, 12), Weights(32, 30, 30, 8)):
        assert stay <= {ranked.ranking_input.number for ranked in rank(few, weights)[:50]}


def test_only_the_proportions_of_weights_matter() -> None:
    assert Weights(4, 3, 2, 1).shares() == pytest.approx((0.4, 0.3, 0.2, 0.1))
    assert Weights(0.04, 0.03, 0.02, 0.01).shares() == pytest.approx((0.4, 0.3, 0.2, 0.1))


def test_places_are_counted_from_one_and_ties_go_by_number() -> None:
    same = [RankingInput("P-2", (50, 50, 50, 50)), RankingInput("P-1", (50, 50, 50, 50))]
    assert [(ranked.ranking_input.number, ranked.place) for ranked in rank(same, Weights())] == [("P-1", 1), ("P-2", 2)]


def test_a_part_of_a_weight_is_moved_and_not_its_whole_number() -> None:
    pair = [RankingInput("a", (60, 50, 50, 50)), RankingInput("b", (50, 60, 50, 50))]
    assert stable_top(pair, Weights(0.6, 0.4, 0, 0), top=1, within=0.1) == {"a"}
    assert stable_top(pair, Weights(0.5, 0.4, 0, 0), top=1, within=0.2) == set()


@pytest.mark.parametrize(("within", "stay"), [(0.01, {"a"}), (0.2, set[str]())])
def test_a_narrow_lead_is_steady_only_under_small_moves(within: float, stay: set[str]) -> None:
    pair = [RankingInput("a", (52, 50, 50, 50)), RankingInput("b", (50, 52, 50, 50))]
    assert stable_top(pair, Weights(52, 48, 0, 0), top=1, within=within) == stay


@pytest.mark.django_db
def test_the_inventory_gives_every_procedure_its_parts_and_its_reason_to_stay_outside() -> None:
    install_code_tables()
    plain = procedure("犬の登録", kind="1", actor="5", total_count=1000)
    hard = procedure("印鑑の要る届出", kind="1", actor="5", total_count=1000)
    CodedValue.objects.create(procedure=hard, code=Code.objects.get(table="identification", key="1"))
    procedure("除外", kind="1", online_status="3")
    procedure("帳簿の保存", kind="4")
    found = procedure_inputs()
    assert [each.ranking_input.exclusion for each in found] == ["", "", "適用除外です", "申請・届出ではありません"]
    order = [ranked.ranking_input.number for ranked in rank([m.ranking_input for m in found], Weights())]
    assert order == [plain.number, hard.number]
