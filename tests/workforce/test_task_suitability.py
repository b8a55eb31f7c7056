"""What keeps minutes in the office, and what its removal adds: exactly the minutes shown before."""

from todoke.workforce.task_suitability import BarrierKind, TaskMinutes, by_section, suitability

PAPER, PHONE, SEAL = BarrierKind.PAPER, BarrierKind.PHONE, BarrierKind.SEAL
TASKS = [
    TaskMinutes("企画課", "予算の資料", 600, {PAPER: 120, SEAL: 60}),
    TaskMinutes("企画課", "電話の応対", 300, {PHONE: 300}),
    TaskMinutes("税務課", "照会の回答", 1100, {PAPER: 100}),
]


def test_the_share_is_minutes_without_a_barrier_over_all() -> None:
    found = suitability(TASKS)
    assert (found.minutes, found.free, found.percent) == (2000, 1420, 71.0)
    assert [task.percent for task in TASKS] == [70.0, 0.0, 90.9]


def test_barriers_stand_by_their_minutes_and_a_tie_in_the_order_of_the_kinds() -> None:
    assert [(cost.label, cost.minutes) for cost in suitability(TASKS).barriers] == [
        ("電話", 300), ("紙", 220), ("押印", 60),
    ]  # fmt: skip


def test_removing_paper_changes_the_share_by_the_minutes_shown_before() -> None:
    before = suitability(TASKS)
    paper = next(cost for cost in before.barriers if cost.kind == PAPER)
    without = [
        TaskMinutes(task.section, task.name, task.minutes, {k: m for k, m in task.barriers.items() if k != PAPER})
        for task in TASKS
    ]
    after = suitability(without)
    assert after.free - before.free == paper.minutes == 220
    assert after.percent == paper.percent_without == 82.0


def test_each_section_has_its_own_share_and_no_task_is_no_share() -> None:
    assert {name: each.percent for name, each in by_section(TASKS).items()} == {"企画課": 46.7, "税務課": 90.9}
    assert suitability([]).percent == 0.0
