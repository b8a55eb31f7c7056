"""Telework: 15 of 28 used it, barriers are counted from the flow, and everybody's week has the same cap."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import workforce as of_work
from tests.cast.flows import written_by_a_clerk
from tests.cast.races import together
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.flows.models import Flow
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models import SectionTask, TeleworkComment, TeleworkDay, TeleworkRule, TeleworkTrial
from todoke.workforce.task_suitability import BarrierKind
from todoke.workforce.telework_fairness import week_of
from todoke.workforce.telework_figures import comment_counts, fairness, trial_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    return cast.headquarters()


def rule(keeper: User, *, halves: int = 4, on_site: int = 0, newcomer: int = 0) -> None:
    TeleworkRule.establish(
        by=keeper, valid_from=of_work.LONG_AGO, weekly_halves=halves, on_site=on_site, newcomer_months=newcomer,
        source="要領(例)",
    )  # fmt: skip


def trial(keeper: User) -> TeleworkTrial:
    month = of_work.last_month()
    return TeleworkTrial.begin(
        by=keeper, code="trial", title="テレワークの実証", starts_on=month, ends_on=month + timedelta(days=90),
        offered_instead="時差出勤",
    )  # fmt: skip


def done(person: User, section: Department) -> None:
    TeleworkDay.objects.create(user=person, department=section, on=of_work.last_month(), tasks="資料", status="done")


def test_eleven_sections_28_members_and_15_who_used_it_are_53_6_per_cent_with_the_rows_beneath(keeper: User) -> None:
    tried, sections = trial(keeper), [cast.department(f"第{n}課", f"30{n:02}") for n in range(11)]
    for number in range(28):
        section = sections[number % 11]
        person = cast.staff(f"職員{number}", f"p{number}@example.lg.jp", section=section)
        tried.join(person, of_work.last_month(), by=keeper)
        if number < 15:
            done(person, section)
    use = trial_use(tried, today())
    assert (use.sections, use.members, use.used, use.percent, len(use.rows)) == (11, 28, 15, 53.6, 28)
    assert [row.department.code for row in use.rows] == sorted(row.department.code for row in use.rows)
    with pytest.raises(Conflict):
        tried.join(use.rows[0].user, today(), by=keeper)


def test_four_kinds_of_comments_are_counted_and_nobody_is_named(keeper: User) -> None:
    tried, said = trial(keeper), {"good": 3, "trouble": 2, "unfair": 1}
    clerk = cast.clerk()
    for kind, times in said.items():
        for _ in range(times):
            TeleworkComment.say(tried, kind, "試し", by=clerk)
    assert comment_counts(tried) == [
        ("よかったこと", 3), ("困ったこと", 2), ("不公平に感じること", 1), ("提案", 0),
    ]  # fmt: skip
    assert not Entry.objects.filter(act="実証への声", actor__isnull=False).exists()
    with pytest.raises(Refused):
        TeleworkComment.say(tried, "anger", "試し", by=clerk)


def test_a_third_day_in_a_week_is_refused_with_the_reason_whoever_asks(keeper: User) -> None:
    rule(keeper)
    clerk, monday = cast.clerk(), week_of(today() + timedelta(days=14))[0]
    for day in (monday, monday + timedelta(days=1)):
        TeleworkDay.plan(day, 2, "会議資料", by=clerk)
    with pytest.raises(Refused, match="1週間に2日まで"):
        TeleworkDay.plan(monday + timedelta(days=2), 1, "会議資料", by=clerk)
    with pytest.raises(Conflict, match="もう計画"):
        TeleworkDay.plan(monday, 2, "会議資料", by=clerk)
    TeleworkDay.plan(monday + timedelta(days=7), 2, "会議資料", by=clerk)


def test_without_a_rule_nothing_is_planned_and_newcomers_come_first_to_the_office(keeper: User) -> None:
    new = cast.staff("新任", "new@example.lg.jp", since=today())
    with pytest.raises(Refused, match="定めが、まだ"):
        TeleworkDay.plan(today(), 2, "会議資料", by=new)
    rule(keeper, newcomer=3)
    with pytest.raises(Refused, match="着任から3か月"):
        TeleworkDay.plan(today(), 2, "会議資料", by=new)


def test_the_chief_approves_and_the_person_notes_it_done_and_nobody_decides_for_themselves(keeper: User) -> None:
    rule(keeper)
    clerk, chief = cast.clerk(), cast.chief()
    day = TeleworkDay.plan(today(), 2, "会議資料", by=clerk)
    with pytest.raises(NotAllowed):
        day.approve(by=clerk)
    day.approve(by=chief)
    with pytest.raises(Conflict):
        day.refuse("別の日に", by=chief)
    with pytest.raises(NotAllowed):
        day.note_done(by=chief)
    day.note_done(by=clerk)
    assert TeleworkDay.objects.done().get() == day
    with pytest.raises(Conflict):
        day.withdraw(by=clerk)


def test_a_barrier_is_within_its_task_and_another_section_writes_none(keeper: User) -> None:
    clerk = cast.clerk()
    task = SectionTask.describe(cast.department(), "証明の交付", 1000, "実測", by=clerk)
    task.note_barrier(BarrierKind.COUNTER, 700, "郵送とオンライン", by=clerk)
    with pytest.raises(Refused, match="超えます"):
        task.note_barrier(BarrierKind.PAPER, 301, "電子決裁", by=clerk)
    task.note_barrier(BarrierKind.PAPER, 300, "電子決裁", by=clerk)
    [minutes] = SectionTask.objects.all().minutes()
    assert (minutes.free, minutes.percent) == (0, 0.0)
    task.note_barrier(BarrierKind.PAPER, 0, "", by=keeper)
    assert SectionTask.objects.all().minutes()[0].free == 300
    other = cast.staff("別課", "other@example.lg.jp", section=cast.department("税務課", "2020"))
    with pytest.raises(NotAllowed):
        task.note_barrier(BarrierKind.PAPER, 1, "", by=other)
    assert list(SectionTask.objects.visible_to(other)) == []


def test_minutes_come_from_the_step_of_a_flow(keeper: User) -> None:
    section = cast.department()
    flow = Flow.begin(written_by_a_clerk(), "交付", by=keeper, department=section)
    step = next(row for row in flow.table.rows if row.work.usual)
    task = SectionTask.describe(section, step.name, 1, "仮", by=keeper, flow=flow, step_key=step.key)
    found = task.take_from_flow(100, by=keeper)
    assert found >= step.work.usual
    assert SectionTask.objects.get().source == "業務フロー(100件)"
    with pytest.raises(Refused):
        SectionTask.describe(section, "別の業務", 10, "仮", by=keeper).take_from_flow(10, by=keeper)


def test_days_are_shown_by_section_and_small_sections_together(keeper: User) -> None:
    large, small = cast.department("企画課", "1001"), cast.department("税務課", "2020")
    people = [cast.staff(f"企画{n}", f"a{n}@example.lg.jp", section=large) for n in range(6)]
    alone = cast.staff("税務", "b@example.lg.jp", section=small)
    task = SectionTask.describe(large, "予算の資料", 100, "実測", by=keeper)
    assert task.minutes == 100
    tied = SectionTask.describe(small, "窓口", 100, "実測", by=keeper)
    tied.note_barrier(BarrierKind.COUNTER, 100, "", by=keeper)
    for person in people[:3]:
        TeleworkDay.objects.create(user=person, department=large, on=today(), tasks="資料", status="done")
    TeleworkDay.objects.create(user=alone, department=small, on=today(), tasks="資料", status="done")
    found = fairness(today())
    assert [(use.people, use.halves) for use in found.uses] == [(7, 8)]
    assert found.without_task == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_plan_the_last_day_at_once_leave_somebody_in_the_office(keeper: User) -> None:
    rule(keeper, on_site=1)
    people = [cast.staff(f"職員{n}", f"p{n}@example.lg.jp") for n in range(2)]
    day = today() + timedelta(days=7)
    done = together(*[lambda each=each: TeleworkDay.plan(day, 2, "資料", by=each) for each in people])
    assert sorted(done) == [False, True]
