from collections.abc import Callable
from datetime import date
from math import log10

import numpy as np
import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.cast.procedures import procedure
from todoke.procedures.models import Code, CodedValue, Procedure, Volume, install_code_tables
from todoke.roadmaps.placement import placement_of
from todoke.roadmaps.ranking import Weights, places, ranked_rows, scores, stable_top
from todoke.roadmaps.ranking_inputs import CountSource, YearlyCounts, ranking_inputs
from todoke.runtime.refusals import Refused

MANY = np.array([[n * 37 % 101, n * 53 % 101, n * 71 % 101, n * 89 % 101] for n in range(3098)], dtype=float)


def order(weights: Weights, *parts: tuple[float, float, float, float]) -> list[int]:
    rows: list[int] = ranked_rows(scores(np.array(parts, dtype=float), weights)).tolist()
    return rows


def test_moving_a_weight_moves_the_order() -> None:
    two = ((100, 0, 0, 0), (0, 100, 0, 0))
    assert order(Weights(60, 40, 0, 0), *two) == [0, 1]
    assert order(Weights(40, 60, 0, 0), *two) == [1, 0]


def test_weights_that_weigh_nothing_are_refused() -> None:
    for wrong in (Weights(0, 0, 0, 0), Weights(-1, 2, 0, 0)):
        with pytest.raises(Refused, match="重み"):
            wrong.shares()


def test_what_is_steady_stays_in_the_top_under_every_weight() -> None:
    few = MANY[:200]
    stay = stable_top(few, Weights(), top=50, within=0.2)
    assert stay
    for weights in (Weights(), Weights(48, 20, 20, 12), Weights(32, 30, 30, 8)):
        assert stay <= set(ranked_rows(scores(few, weights))[:50].tolist())


def test_only_the_proportions_of_weights_matter() -> None:
    assert Weights(4, 3, 2, 1).shares() == pytest.approx((0.4, 0.3, 0.2, 0.1))
    assert Weights(0.04, 0.03, 0.02, 0.01).shares() == pytest.approx((0.4, 0.3, 0.2, 0.1))


def test_places_are_counted_from_one_and_of_equal_scores_the_earlier_is_first() -> None:
    parts = np.array([[50, 50, 50, 50], [80, 50, 50, 50], [50, 50, 50, 50]], dtype=float)
    assert places(parts, Weights()).tolist() == [2, 1, 3]
    assert stable_top(parts, Weights(), top=2, within=0.2) == {0, 1}


@pytest.mark.parametrize("share", [None, 0.5, 0.1])
def test_procedures_are_ranked_by_the_counts_that_stand_beside_them(share: float | None) -> None:
    counts, ids, national = YearlyCounts({2: 7, 3: 0, 90: 5}, share), (1, 2, 3, 4, 5, 6), (None, 900, 9, 5, 7, 25)
    said = [counts.of(pk, total)[0] or 0 for pk, total in zip(ids, national, strict=True)]
    assert counts.totals(np.array(ids), national).tolist() == said
    assert YearlyCounts({}, share).totals(np.array([], dtype=np.int64), ()).tolist() == []


def test_a_part_of_a_weight_is_moved_and_not_its_whole_number() -> None:
    pair = np.array([[60, 50, 50, 50], [50, 60, 50, 50]], dtype=float)
    assert stable_top(pair, Weights(0.6, 0.4, 0, 0), top=1, within=0.1) == {0}
    assert stable_top(pair, Weights(0.5, 0.4, 0, 0), top=1, within=0.2) == set()


@pytest.mark.parametrize(("within", "stay"), [(0.01, {0}), (0.2, set[int]())])
def test_a_narrow_lead_is_steady_only_under_small_moves(within: float, stay: set[int]) -> None:
    pair = np.array([[52, 50, 50, 50], [50, 52, 50, 50]], dtype=float)
    assert stable_top(pair, Weights(52, 48, 0, 0), top=1, within=within) == stay


def coded(made: Procedure, *codes: tuple[str, str]) -> Procedure:
    for table, key in codes:
        CodedValue.objects.create(procedure=made, code=Code.objects.get(table=table, key=key))
    return made


@pytest.fixture
def inventory() -> list[Procedure]:
    """Twelve procedures of the ward, three with equal criteria, five outside the ranking."""
    install_code_tables()
    plain = procedure("犬の登録", kind="1", actor="5", total_count=1000)
    sealed = coded(procedure("印鑑の要る届出", kind="1", actor="5", total_count=1000), ("identification", "1"))
    papers = [("document", key) for key in ("01", "02", "15")]
    costly = coded(procedure("書類の多い申請", kind="1", actor="6", fee="2", total_count=90_000), *papers)
    counted = coded(procedure("区で数えた申請", kind="1", actor="7", total_count=50_000), ("information", "01"))
    Volume.objects.create(procedure=counted, starts_on="2024-04-01", ends_on="2025-03-31", total=730, source="台帳")
    Volume.objects.create(procedure=counted, starts_on="2025-04-01", ends_on="2025-09-30", total=999, source="台帳")
    unknown = procedure("件数の分からない届出", actor="1")
    twins = [procedure(f"同じ届出{n}", kind="1", actor="5", total_count=1000) for n in range(2)]
    exempt = procedure("除外", kind="1", online_status="3")
    unfit = coded(procedure("立会いの要る検査", kind="1"), ("concern", "5"))
    other = procedure("帳簿の保存", kind="4")
    online = procedure("すでに", kind="1", online_since=date(2025, 4, 1), online_status="3")
    gone = procedure("廃止", kind="1", abolished_on=date(2025, 4, 1), total_count=10**7)
    return [plain, sealed, costly, counted, unknown, *twins, exempt, unfit, other, online, gone]


@pytest.mark.django_db
def test_each_procedure_stands_where_its_criteria_put_it_or_says_why_it_has_no_place(
    inventory: list[Procedure], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7 * len(inventory)):
        found = [placement_of(each) for each in inventory]
    assert [each.place for each in found] == [2, 6, 5, 1, 7, 3, 4, None, None, None, None, None]
    assert {each.among for each in found if each.place} == {7}
    assert [each.exclusion for each in found[7:]] == [
        "適用除外です", "性質上、オンライン化に適しません(懸念点5)", "申請・届出ではありません",
        "すでにオンラインで受け付けています", "廃止した手続です",
    ]  # fmt: skip
    assert [(each.total, each.source) for each in found[2:5]] == [
        (1314, CountSource.ESTIMATE), (730, CountSource.OWN), (None, CountSource.UNKNOWN)
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_criteria_follow_papers_fee_obstacles_people_and_counts(inventory: list[Procedure]) -> None:
    found = ranking_inputs()
    assert found.ids == tuple(each.pk for each in inventory[:7])
    assert found.minutes.tolist() == [60, 60, 100, 65, 60, 60, 60]
    assert found.parts[:, 1:].tolist() == [
        [100, 100, 100], [80, 100, 100], [100, 60, 50], [100, 85, 100], [100, 20, 100], [100, 100, 100],
        [100, 100, 100],
    ]  # fmt: skip
    assert found.parts[4, 0] == 0
    assert found.parts[3, 0] == 100 * log10(1 + 730 * 65) / log10(60_000_001)


@pytest.mark.django_db
def test_an_inventory_without_procedures_has_no_ranking() -> None:
    assert places(ranking_inputs().parts, Weights()).tolist() == []


@pytest.mark.django_db
def test_a_changed_procedure_moves_at_once(inventory: list[Procedure]) -> None:
    plain = inventory[0]
    before = placement_of(plain).place
    coded(plain, ("concern", "1"))
    after = placement_of(plain).place
    assert before
    assert after
    assert after > before


@pytest.mark.django_db
def test_a_procedure_that_goes_online_while_its_place_is_looked_up_has_none_and_says_why(
    inventory: list[Procedure],
) -> None:
    plain = inventory[0]

    def go_online(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "total_count" in sql:
            Procedure.objects.filter(pk=plain.pk).update(online_since=date(2025, 4, 1))
        return execute(sql, *rest)

    with connection.execute_wrapper(go_online):
        found = placement_of(plain)
    assert (found.place, found.exclusion) == (None, "すでにオンラインで受け付けています")
