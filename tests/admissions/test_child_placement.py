"""A round is placed: the worked examples come out as written, and small markets as well as any result could."""

import json

import pytest

from tests.admissions.markets import NAMES, counted, example, expected, small_market
from todoke.admissions.checker import check
from todoke.admissions.child_placement import Run, losses_by_directive, place, what_if
from todoke.admissions.difference import Side, difference
from todoke.admissions.engine import compiled_kernel
from todoke.admissions.instance import InvalidInstance
from todoke.admissions.instance_reader import read_instance


def documents(run: Run) -> str:
    """The documents of a run without the seconds."""
    report = {key: value for key, value in run.report.items() if key != "seconds"}
    return json.dumps([run.result, report, run.explanations, run.certificate])


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_comes_out_as_written(name: str) -> None:
    wanted, run = expected(name), place(read_instance(example(name)))
    assert run.result["assignment"] == wanted["assignment"]
    assert {key: run.report[key] for key in wanted["report"]} == wanted["report"]
    shown = [{key: record[key] for key in true} for record, true in zip(*_explained(run, wanted), strict=True)]
    assert shown == wanted["explanations"]


def _explained(run: Run, wanted: dict[str, list[dict[str, object]]]) -> tuple[list[dict[str, object]], ...]:
    return run.explanations["explanations"], wanted["explanations"]


@pytest.mark.parametrize("name", NAMES)
def test_the_count_over_all_results_of_an_example_is_as_written(name: str) -> None:
    wanted, found = expected(name), counted(example(name))
    assert len(found.results) == wanted["feasible_results"]
    assert sum(count == 0 for _, count in found.results) == wanted["stable_results"]


def test_the_family_learns_whom_a_pin_costs() -> None:
    wanted, run = expected("pin_conflict")["without_the_pin"], place(read_instance(example("pin_conflict")))
    pin, forbidden = losses_by_directive(run)
    every = [each for kind in ("gain", "lose", "otherwise") for each in pin[kind]]
    shown = {each["child"]: [each["before"], each["after"]] for each in every}
    assert shown == wanted["changed"]
    assert [each["child"] for each in pin["lose"]] == ["R", "S"]
    assert [each["child"] for each in forbidden["lose"]] == ["T", "Y"]


def test_two_more_pins_than_seats_are_refused_with_the_pool_and_its_children() -> None:
    wanted = expected("pin_conflict")["refused"]
    with pytest.raises(InvalidInstance) as refused:
        what_if(read_instance(example("pin_conflict")), {"directives": wanted["added"]})
    (fault,) = refused.value.faults
    assert f"「{wanted['pool']}」の席は{wanted['seats']}" in fault.said
    assert f"指定: {'、'.join(wanted['pinned'])}。" in fault.said


def test_a_what_if_shows_who_gains_and_who_loses_and_leaves_the_round_as_it_was() -> None:
    instance = read_instance(example("pin_conflict"))
    before, after = place(instance), place(what_if(instance, {"capacity": {"あか-0": 3}, "points": {"T": 99}}))
    found = difference(Side(instance.data, before.result), Side(after.instance.data, after.result))
    assert [each["child"] for each in found["gain"]] == ["R", "S", "T"]
    assert [each["child"] for each in found["lose"]] == ["Y"]
    assert instance.data == example("pin_conflict")


def test_a_what_if_about_nobody_is_refused() -> None:
    with pytest.raises(InvalidInstance, match="入力にありません"):
        what_if(read_instance(example("pin_conflict")), {"points": {"だれか": 5}})


def assert_as_good_as_any(seed: int) -> bool:
    """Place a small market and compare with all its results; False when its pins are refused."""
    try:
        instance = read_instance(small_market(seed))
    except InvalidInstance:
        return False
    run, every = place(instance), counted(small_market(seed))
    checked = check(instance.data, run.result, run.explanations)
    assert (run.report["blocking_coalitions"], run.report["hard_violations"]) == (every.fewest, 0), seed
    assert checked.explanation_faults == [], seed
    assert run.certificate["proven"]
    for assignment, blocking in every.results[:: max(1, len(every.results) // 8)]:
        report = check(instance.data, {"assignment": assignment}).report
        assert (report["blocking_coalitions"], report["hard_violations"]) == (blocking, 0), seed
    return True


def test_forty_small_markets_are_as_good_as_any_result_could_be() -> None:
    assert sum(assert_as_good_as_any(seed) for seed in range(45)) >= 40


@pytest.mark.slow
def test_five_hundred_small_markets_are_as_good_as_any_result_could_be() -> None:
    assert sum(assert_as_good_as_any(seed) for seed in range(1000, 1580)) >= 500


@pytest.mark.slow
@pytest.mark.skipif(not compiled_kernel.is_available(), reason="numba is not installed")
def test_the_compiled_engine_gives_the_same_bytes() -> None:
    for name in NAMES:
        instance = read_instance(example(name))
        assert documents(place(instance, compiled=True)) == documents(place(instance, compiled=False))


def test_without_repair_a_market_that_has_no_stable_result_says_so() -> None:
    unstable = next(seed for seed in range(200) if _fewest(seed) > 0)
    run = place(read_instance(small_market(unstable)))
    assert run.report["blocking_coalitions"] == len(run.report["blocking"]) > 0
    assert "ありません" in run.certificate["said"]


def _fewest(seed: int) -> int:
    try:
        read_instance(small_market(seed))
    except InvalidInstance:
        return 0
    return counted(small_market(seed)).fewest
