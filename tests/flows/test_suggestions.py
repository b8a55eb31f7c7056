"""Every suggestion names the steps, says why, and what one case would save; the largest saving stands first."""

from itertools import pairwise

import pytest

from tests.cast.flows import links
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, Party, PartyKind, StepTable, Work
from todoke.flows.suggestions import EcrsPrinciple, EcrsSuggestion, ecrs_suggestions

PARTIES = (Party("r", "住民", PartyKind.RESIDENT), Party("c", "窓口"), Party("t", "税務課"))


def suggestions(*rows: FlowNode, ways: tuple[FlowEdge, ...] = ()) -> list[EcrsSuggestion]:
    """The hints of steps that follow one another, unless the arrows say otherwise."""
    following = links(*(f"{one.key}-{other.key}" for one, other in pairwise(rows)))
    return ecrs_suggestions(StepTable(parties=PARTIES, rows=rows, links=ways or following))


def test_what_is_entered_twice_could_be_entered_once() -> None:
    entered = [
        FlowNode(key, party="c", work=Work(usual=minutes, entry="台帳")) for key, minutes in (("a", 6), ("b", 4))
    ]
    assert suggestions(*entered) == [
        EcrsSuggestion(
            EcrsPrinciple.COMBINE,
            ("a", "b"),
            "「台帳」への入力が 2 回あります。1回にまとめられないか確かめてください。",
            saved_work=4,
        )
    ]
    assert suggestions(entered[0], FlowNode("b", party="c", work=Work(usual=4, entry="別の台帳"))) == []


@pytest.mark.parametrize(
    ("name", "minutes", "saved"), [("公印を押す", 8, 8), ("控えを作る", 8, 3), ("控えを作る", 2, 2)]
)
def test_a_seal_that_goes_saves_the_step_or_three_minutes_of_it(name: str, minutes: float, saved: float) -> None:
    [suggestion] = suggestions(FlowNode("a", name, party="c", work=Work(usual=minutes, seal="廃止予定")))
    assert (suggestion.principle, suggestion.rows, suggestion.saved_work) == (EcrsPrinciple.ELIMINATE, ("a",), saved)
    assert suggestion.reason == f"「{name}」の押印は見直しで「廃止予定」となっています。"


def test_a_seal_that_stays_is_no_hint() -> None:
    assert suggestions(FlowNode("a", "押印", party="c", work=Work(usual=8, seal="存続"))) == []


def test_a_paper_that_the_office_can_look_up_saves_the_way_there() -> None:
    both = Work(visits=2, paper="住民票", register="住基ネット")
    [suggestion] = suggestions(FlowNode("a", party="r", work=both))
    assert (
        suggestion.principle,
        suggestion.rows,
        suggestion.saved_visits,
        suggestion.saved_work,
        suggestion.saved_wait,
    ) == (
        EcrsPrinciple.ELIMINATE,
        ("a",),
        2,
        0,
        0,
    )
    assert suggestion.reason == "「住民票」は「住基ネット」で職員が確かめられます。提出を求めない形にできます。"
    assert suggestions(FlowNode("a", party="r", work=Work(visits=2, paper="住民票"))) == []
    assert suggestions(FlowNode("a", party="r", work=Work(visits=2, register="住基ネット"))) == []


def test_a_case_that_goes_to_another_hand_and_back_waits_twice() -> None:
    wait = [FlowNode("a", "受ける", party="c"), FlowNode("b", "調べる", party="t", work=Work(wait=100))]
    [suggestion] = suggestions(*wait, FlowNode("c", "渡す", party="c", work=Work(wait=20)))
    assert (suggestion.principle, suggestion.rows, suggestion.saved_work, suggestion.saved_wait) == (
        EcrsPrinciple.COMBINE,
        ("a", "b", "c"),
        0,
        120,
    )
    assert suggestion.reason == "窓口 → 税務課 → 窓口 と行き来しています。「調べる」を寄せられませんか。"
    assert suggestions(*wait, FlowNode("c", "渡す", party="r")) == []


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("kind", [NodeKind.EXCLUSIVE, NodeKind.END])
def test_a_gateway_or_an_end_is_no_hand(place: int, kind: NodeKind) -> None:
    kinds = [kind if number == place else NodeKind.TASK for number in range(3)]
    steps = [FlowNode(key, key, kinds[n], party) for n, (key, party) in enumerate(zip("abc", "ctc", strict=True))]
    assert suggestions(*steps) == []


def test_there_and_back_to_the_same_step_is_a_loop_and_no_hint() -> None:
    steps = (FlowNode("a", party="c"), FlowNode("b", party="t"), FlowNode("e", kind=NodeKind.END, party="t"))
    assert suggestions(*steps, ways=links("a-b", "b-a 0.1", "b-e 0.9")) == []


@pytest.mark.parametrize(("minutes", "reason", "told"), [(480, "", True), (479, "", False), (480, "法定の縦覧", False)])
def test_a_day_of_waiting_without_a_reason_is_asked_about(minutes: float, reason: str, told: bool) -> None:
    found = suggestions(FlowNode("a", "決裁", party="c", work=Work(wait=minutes, wait_reason=reason)))
    assert [
        (suggestion.principle, suggestion.rows, suggestion.saved_work, suggestion.saved_wait) for suggestion in found
    ] == ([(EcrsPrinciple.SIMPLIFY, ("a",), 0, minutes)] if told else [])
    if told:
        assert found[0].reason == "「決裁」の待ちに理由がありません。まとめて処理する日を待っていませんか。"


def test_a_name_written_again_and_again_is_copied_instead() -> None:
    writer = FlowNode("a", party="r", work=Work(name_writes=3))
    [suggestion] = suggestions(writer, FlowNode("b", party="r", work=Work(name_writes=2)), FlowNode("c", party="r"))
    assert (suggestion.principle, suggestion.rows, suggestion.saved_work) == (EcrsPrinciple.SIMPLIFY, ("a", "b"), 2)
    assert suggestion.reason == "氏名を 5 回書いています。1回の入力をほかの様式に写せませんか。"
    assert suggestions(FlowNode("a", party="r", work=Work(name_writes=1))) == []
    assert len(suggestions(FlowNode("a", party="r", work=Work(name_writes=2)))) == 1


def test_a_name_written_in_a_loop_counts_as_often_as_the_loop_is_passed() -> None:
    loop = (
        FlowNode("a", party="r", work=Work(name_writes=1)),
        FlowNode("b", party="r"),
        FlowNode("e", kind=NodeKind.END, party="r"),
    )
    found = suggestions(*loop, ways=links("a-b", "b-a 0.6", "b-e 0.4"))
    [suggestion] = [one for one in found if one.principle is EcrsPrinciple.SIMPLIFY]
    assert suggestion.saved_work == pytest.approx((2.5 - 1) * 0.5, abs=1e-3)


def test_a_check_that_sends_residents_back_comes_too_late() -> None:
    steps = (
        FlowNode("a", "申請書を書く", party="r", work=Work(usual=10)),
        FlowNode("b", "入力する", party="c", work=Work(usual=20)),
        FlowNode("d", "足りるか", NodeKind.EXCLUSIVE, "t"),
        FlowNode("e", "渡す", party="t"),
    )
    [suggestion] = suggestions(*steps, ways=links("a-b", "b-d", "d-a 0.5", "d-e 0.5"))
    assert (suggestion.principle, suggestion.rows) == (EcrsPrinciple.REORDER, ("d", "a"))
    assert suggestion.saved_work == pytest.approx(2 * 0.5 * 20, abs=1e-3)
    assert suggestion.reason == "50% が「申請書を書く」に戻ります。足りない所は申請の時に分かるようにできませんか。"
    assert suggestions(*steps, ways=links("a-b", "b-d", "d-b 0.5", "d-e 0.5")) == []
    assert suggestions(*steps, ways=links("a-b", "b-d", "d-e")) == []
    later = (*steps[1:3], steps[0])
    assert suggestions(*later, ways=links("b-d", "d-a 0.5", "a-d")) == []


def test_a_decision_that_repeats_itself_sends_nobody_back() -> None:
    steps = (FlowNode("a", party="c"), FlowNode("d", "足りるか", NodeKind.EXCLUSIVE, "r"), FlowNode("e", party="r"))
    assert suggestions(*steps, ways=links("a-d", "d-d 0.5", "d-e 0.5")) == []


def test_the_largest_saving_stands_first() -> None:
    found = suggestions(
        FlowNode("a", "待つ", party="c", work=Work(wait=500)),
        FlowNode("b", "印を押す", party="c", work=Work(usual=49, seal="不要")),
        FlowNode("c", "行く", party="r", work=Work(visits=1, paper="住民票", register="住基ネット")),
        FlowNode("d", "書く", party="r", work=Work(name_writes=100)),
    )
    assert [suggestion.rows for suggestion in found] == [("c",), ("a",), ("d",), ("b",)]
