"""Every hint names the steps, says why, and what one case would save; the largest saving stands first."""

from itertools import pairwise

import pytest

from tests.cast.flows import links
from todoke.flows.step_table import Kind, Link, Party, PartyKind, Row, Table, Work
from todoke.flows.suggestions import Hint, Way, hints_of

PARTIES = (Party("r", "住民", PartyKind.RESIDENT), Party("c", "窓口"), Party("t", "税務課"))


def hints(*rows: Row, ways: tuple[Link, ...] = ()) -> list[Hint]:
    """The hints of steps that follow one another, unless the arrows say otherwise."""
    following = links(*(f"{one.key}-{other.key}" for one, other in pairwise(rows)))
    return hints_of(Table(parties=PARTIES, rows=rows, links=ways or following))


def test_what_is_entered_twice_could_be_entered_once() -> None:
    entered = [Row(key, party="c", work=Work(usual=minutes, entry="台帳")) for key, minutes in (("a", 6), ("b", 4))]
    assert hints(*entered) == [
        Hint(
            Way.COMBINE,
            ("a", "b"),
            "「台帳」への入力が 2 回あります。1回にまとめられないか確かめてください。",
            saved_work=4,
        )
    ]
    assert hints(entered[0], Row("b", party="c", work=Work(usual=4, entry="別の台帳"))) == []


@pytest.mark.parametrize(
    ("name", "minutes", "saved"), [("公印を押す", 8, 8), ("控えを作る", 8, 3), ("控えを作る", 2, 2)]
)
def test_a_seal_that_goes_saves_the_step_or_three_minutes_of_it(name: str, minutes: float, saved: float) -> None:
    [hint] = hints(Row("a", name, party="c", work=Work(usual=minutes, seal="廃止予定")))
    assert (hint.way, hint.rows, hint.saved_work) == (Way.ELIMINATE, ("a",), saved)
    assert hint.reason == f"「{name}」の押印は見直しで「廃止予定」となっています。"


def test_a_seal_that_stays_is_no_hint() -> None:
    assert hints(Row("a", "押印", party="c", work=Work(usual=8, seal="存続"))) == []


def test_a_paper_that_the_office_can_look_up_saves_the_way_there() -> None:
    both = Work(visits=2, paper="住民票", register="住基ネット")
    [hint] = hints(Row("a", party="r", work=both))
    assert (hint.way, hint.rows, hint.saved_visits, hint.saved_work, hint.saved_wait) == (
        Way.ELIMINATE,
        ("a",),
        2,
        0,
        0,
    )
    assert hint.reason == "「住民票」は「住基ネット」で職員が確かめられます。提出を求めない形にできます。"
    assert hints(Row("a", party="r", work=Work(visits=2, paper="住民票"))) == []
    assert hints(Row("a", party="r", work=Work(visits=2, register="住基ネット"))) == []


def test_a_case_that_goes_to_another_hand_and_back_waits_twice() -> None:
    wait = [Row("a", "受ける", party="c"), Row("b", "調べる", party="t", work=Work(wait=100))]
    [hint] = hints(*wait, Row("c", "渡す", party="c", work=Work(wait=20)))
    assert (hint.way, hint.rows, hint.saved_work, hint.saved_wait) == (Way.COMBINE, ("a", "b", "c"), 0, 120)
    assert hint.reason == "窓口 → 税務課 → 窓口 と行き来しています。「調べる」を寄せられませんか。"
    assert hints(*wait, Row("c", "渡す", party="r")) == []


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.END])
def test_a_gateway_or_an_end_is_no_hand(place: int, kind: Kind) -> None:
    kinds = [kind if number == place else Kind.TASK for number in range(3)]
    steps = [Row(key, key, kinds[n], party) for n, (key, party) in enumerate(zip("abc", "ctc", strict=True))]
    assert hints(*steps) == []


def test_there_and_back_to_the_same_step_is_a_loop_and_no_hint() -> None:
    steps = (Row("a", party="c"), Row("b", party="t"), Row("e", kind=Kind.END, party="t"))
    assert hints(*steps, ways=links("a-b", "b-a 0.1", "b-e 0.9")) == []


@pytest.mark.parametrize(("minutes", "reason", "told"), [(480, "", True), (479, "", False), (480, "法定の縦覧", False)])
def test_a_day_of_waiting_without_a_reason_is_asked_about(minutes: float, reason: str, told: bool) -> None:
    found = hints(Row("a", "決裁", party="c", work=Work(wait=minutes, wait_reason=reason)))
    assert [(hint.way, hint.rows, hint.saved_work, hint.saved_wait) for hint in found] == (
        [(Way.SIMPLIFY, ("a",), 0, minutes)] if told else []
    )
    if told:
        assert found[0].reason == "「決裁」の待ちに理由がありません。まとめて処理する日を待っていませんか。"


def test_a_name_written_again_and_again_is_copied_instead() -> None:
    writer = Row("a", party="r", work=Work(name_writes=3))
    [hint] = hints(writer, Row("b", party="r", work=Work(name_writes=2)), Row("c", party="r"))
    assert (hint.way, hint.rows, hint.saved_work) == (Way.SIMPLIFY, ("a", "b"), 2)
    assert hint.reason == "氏名を 5 回書いています。1回の入力をほかの様式に写せませんか。"
    assert hints(Row("a", party="r", work=Work(name_writes=1))) == []
    assert len(hints(Row("a", party="r", work=Work(name_writes=2)))) == 1


def test_a_name_written_in_a_loop_counts_as_often_as_the_loop_is_passed() -> None:
    loop = (Row("a", party="r", work=Work(name_writes=1)), Row("b", party="r"), Row("e", kind=Kind.END, party="r"))
    found = hints(*loop, ways=links("a-b", "b-a 0.6", "b-e 0.4"))
    [hint] = [one for one in found if one.way is Way.SIMPLIFY]
    assert hint.saved_work == pytest.approx((2.5 - 1) * 0.5, abs=1e-3)


def test_a_check_that_sends_residents_back_comes_too_late() -> None:
    steps = (
        Row("a", "申請書を書く", party="r", work=Work(usual=10)),
        Row("b", "入力する", party="c", work=Work(usual=20)),
        Row("d", "足りるか", Kind.DECISION, "t"),
        Row("e", "渡す", party="t"),
    )
    [hint] = hints(*steps, ways=links("a-b", "b-d", "d-a 0.5", "d-e 0.5"))
    assert (hint.way, hint.rows) == (Way.REORDER, ("d", "a"))
    assert hint.saved_work == pytest.approx(2 * 0.5 * 20, abs=1e-3)
    assert hint.reason == "50% が「申請書を書く」に戻ります。足りない所は申請の時に分かるようにできませんか。"
    assert hints(*steps, ways=links("a-b", "b-d", "d-b 0.5", "d-e 0.5")) == []
    assert hints(*steps, ways=links("a-b", "b-d", "d-e")) == []
    later = (*steps[1:3], steps[0])
    assert hints(*later, ways=links("b-d", "d-a 0.5", "a-d")) == []


def test_a_decision_that_repeats_itself_sends_nobody_back() -> None:
    steps = (Row("a", party="c"), Row("d", "足りるか", Kind.DECISION, "r"), Row("e", party="r"))
    assert hints(*steps, ways=links("a-d", "d-d 0.5", "d-e 0.5")) == []


def test_the_largest_saving_stands_first() -> None:
    found = hints(
        Row("a", "待つ", party="c", work=Work(wait=500)),
        Row("b", "印を押す", party="c", work=Work(usual=49, seal="不要")),
        Row("c", "行く", party="r", work=Work(visits=1, paper="住民票", register="住基ネット")),
        Row("d", "書く", party="r", work=Work(name_writes=100)),
    )
    assert [hint.rows for hint in found] == [("c",), ("a",), ("d",), ("b",)]
