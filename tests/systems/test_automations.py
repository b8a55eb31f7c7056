"""Automations: what may run, what stops, what is told, and what a run is counted as."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import automations as of_automations
from tests.cast.automations import COLUMNS
from todoke.accounts.actors import System
from todoke.japanese.calendar import JAPAN, today
from todoke.japanese.periods import Period
from todoke.notices.models import Message
from todoke.organization.models import Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.automations.automation_figures import saved_by_automation
from todoke.systems.automations.missed_runs import find_missed
from todoke.systems.models import (
    Automation,
    AutomationBaseline,
    AutomationReview,
    AutomationRun,
    AutomationUpkeep,
    InputSchema,
    MissedRun,
)

pytestmark = pytest.mark.django_db
BY = System("ロボット")
SAME = TableShape.of(COLUMNS, "utf-8")
RENAMED = TableShape.of(("世帯番号", "世帯主氏名", "金額"), "utf-8")


def done(automation: Automation, key: str, units: int, minutes: int = 0, outcome: str = "done") -> AutomationRun:
    run, _ = AutomationRun.begin(automation, key, shape=SAME, by=BY)
    run.end(outcome, units=units, human_minutes=minutes, by=BY)
    return run


def test_nothing_runs_before_it_is_measured_and_its_chief_says_so() -> None:
    owner, deputy, chief = of_automations.crew()
    made = of_automations.applied(owner, deputy)
    with pytest.raises(NotAllowed):
        made.try_out(by=owner)
    made.try_out(by=chief)
    with pytest.raises(NotYet, match="基準の測定、見直す日、入力の形"):
        made.start(by=chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        Automation.objects.update(status="running")
    other = cast.staff("別", "x@example.lg.jp", section=cast.department("税務課", "2020"))
    with pytest.raises(NotAllowed):
        made.stop("試し", by=other)
    made.stop("試し", by=deputy)


def test_a_model_is_given_no_my_number_and_nothing_inner_outside_an_approved_place() -> None:
    made = of_automations.running()
    for facts in ({"kind": "generative", "data_class": "my_number"}, {"kind": "generative", "data_class": "internal"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Automation.objects.filter(pk=made.pk).update(**facts)
    Automation.objects.filter(pk=made.pk).update(kind="generative", approved_environment="第3号 令和8年4月1日")


def test_a_review_later_than_twelve_months_is_refused() -> None:
    made, owner = of_automations.running(), Tenure.objects.get(user__email="owner@example.lg.jp").user
    with pytest.raises(Refused, match="12か月"):
        AutomationReview.add(made, "異常なし", review_on=today() + timedelta(days=400), by=owner)
    AutomationReview.add(made, "異常なし", review_on=today() + timedelta(days=300), by=owner)
    assert made.review_on == today() + timedelta(days=300)


def test_saved_minutes_are_units_times_the_median_less_what_people_spent() -> None:
    made = of_automations.running()
    done(made, "a", 300, 100)
    done(made, "b", 200, 70)
    AutomationUpkeep.add(made, day=today(), minutes=30, what="画面が変わった", by=BY)
    for number in range(100):
        done(made, f"loop-{number}", 40, outcome="failed")
    held = Automation.objects.select_related("baseline").get()
    found = saved_by_automation([held])[held.pk]
    assert (found.units, found.human_minutes, found.minutes) == (500, 200, Decimal(2800))


def test_the_same_run_told_twice_is_one() -> None:
    made = of_automations.running()
    first, again = AutomationRun.begin(made, "a", shape=SAME, by=BY)
    assert (again, AutomationRun.begin(made, "a", shape=SAME, by=BY)) == (False, (first, True))
    assert [first.end("done", units=5, by=BY) for _ in range(2)] == [True, False]
    with pytest.raises(Conflict, match="別の結果"):
        first.end("done", units=6, by=BY)
    assert AutomationRun.objects.count() == 1


@pytest.mark.parametrize(
    "shape",
    [
        RENAMED, TableShape.of(COLUMNS[:2], "utf-8"), TableShape.of((*COLUMNS, "備考"), "utf-8"),
        TableShape.of(COLUMNS, "cp932"),
    ],
)  # fmt: skip
def test_another_input_stops_it_and_says_which(shape: TableShape) -> None:
    made = of_automations.running()
    run, _ = AutomationRun.begin(made, "a", shape=shape, by=BY)
    made.refresh_from_db()
    assert (run.outcome, run.units, made.status) == ("shape", 0, "stopped")
    told = Message.objects.filter(code="automation-alarm")
    assert {message.email for message in told} == {"owner@example.lg.jp", "deputy@example.lg.jp"}
    assert run.difference_in_words() in told[0].body
    assert of_automations.FALLBACK in told[0].body
    with pytest.raises(Conflict, match="停止"):
        AutomationRun.begin(made, "b", shape=SAME, by=BY)


def test_moved_columns_go_on_unless_they_are_counted() -> None:
    moved = TableShape.of(COLUMNS[::-1], "utf-8")
    made = of_automations.running()
    assert AutomationRun.begin(made, "a", shape=moved, by=BY)[0].outcome == "open"
    Automation.objects.update(by_position=True)
    made.refresh_from_db()
    assert AutomationRun.begin(made, "b", shape=moved, by=BY)[0].outcome == "shape"


def test_columns_that_are_not_told_are_not_trusted() -> None:
    with pytest.raises(Refused, match="列を伝えて"):
        AutomationRun.begin(of_automations.running(), "a", by=BY)


def test_only_the_owner_approves_a_new_shape_and_for_personal_data_a_second_person() -> None:
    owner, deputy, chief = people = of_automations.crew()
    made = of_automations.running(people=people, data_class="personal")
    AutomationRun.begin(made, "a", shape=RENAMED, by=BY)
    seen = InputSchema.objects.latest("pk")
    with pytest.raises(NotAllowed):
        seen.approve(by=chief)
    seen.approve(by=owner)
    with pytest.raises(NotAllowed):
        seen.confirm(by=owner)
    made.refresh_from_db()
    assert made.shape != seen
    seen.confirm(by=deputy)
    made.refresh_from_db()
    assert made.shape == seen
    made.start(by=chief)
    assert AutomationRun.begin(made, "b", shape=RENAMED, by=BY)[0].outcome == "open"


def test_two_missed_mondays_are_two_alarms() -> None:
    made = of_automations.running(cycle="weekly", weekday=0)
    begun = datetime(2026, 6, 2, 10, tzinfo=JAPAN)
    Automation.objects.update(activated_at=begun)
    now = datetime(2026, 6, 16, 12, tzinfo=JAPAN)
    assert [find_missed(now), find_missed(now)] == [2, 0]
    assert Message.objects.filter(code="automation-alarm").count() == 4
    AutomationRun.objects.create(automation=made, key="late", started_at=datetime(2026, 6, 22, 9, 30, tzinfo=JAPAN))
    assert find_missed(datetime(2026, 6, 22, 12, tzinfo=JAPAN)) == 0
    assert MissedRun.objects.count() == 2


def test_a_post_left_vacant_on_the_first_of_april_is_an_orphan_and_headquarters_hear_of_it() -> None:
    made, staff = of_automations.running(), cast.headquarters()
    assert not Automation.objects.orphaned().exists()
    Tenure.objects.filter(post__in=[made.owner, made.deputy]).update(ends_on=today() - timedelta(days=1))
    assert Automation.objects.orphaned().get() == made
    made.stop("試し", by=BY)
    made.refresh_from_db()
    Automation.objects.filter(pk=made.pk).update(status="trial")
    made.refresh_from_db()
    AutomationRun.begin(made, "a", shape=RENAMED, by=BY)
    assert [message.email for message in Message.objects.filter(code="automation-alarm")] == [staff.email]


def test_a_file_is_compared_without_a_network(tmp_path: Path) -> None:
    of_automations.running()
    good, bad, said = tmp_path / "good.csv", tmp_path / "bad.csv", StringIO()
    good.write_text("世帯番号,世帯主,金額\n1,山田,5\n", encoding="utf-8")
    bad.write_text("世帯番号,世帯主氏名,金額\n1,山田,5\n", encoding="utf-8")
    call_command("automation", "check", "transfer-list", str(good), stdout=said)
    assert "動かせます" in said.getvalue()
    with pytest.raises(CommandError, match="「世帯主」がなくなり、「世帯主氏名」"):
        call_command("automation", "check", "transfer-list", str(bad))
    assert Automation.objects.get().status == "stopped"
    assert "山田" not in " ".join(InputSchema.objects.latest("pk").shape.columns)


def test_a_run_cannot_end_before_it_begins_or_begin_in_the_future() -> None:
    made = of_automations.running()
    with pytest.raises(Refused):
        AutomationRun.begin(made, "a", shape=SAME, at=timezone.now() + timedelta(hours=1), by=BY)
    run, _ = AutomationRun.begin(made, "a", shape=SAME, by=BY)
    with pytest.raises(Refused):
        run.end("done", at=run.started_at - timedelta(minutes=1), by=BY)
    with pytest.raises(Refused):
        run.end("shape", by=BY)


def test_twelve_robots_of_ninety_days_save_by_their_own_measure_and_failed_days_save_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner, deputy, _ = of_automations.crew()
    first = datetime(2026, 6, 1, 9, tzinfo=JAPAN)
    for number in range(12):
        made = of_automations.applied(owner, deputy, code=f"robot-{number:02}")
        AutomationBaseline.measure(
            made,
            observed=40,
            median_minutes=Decimal(number + 1),
            measured_on=date(2026, 4, 1),
            method="測った",
            by=owner,
        )
        AutomationRun.objects.bulk_create(
            AutomationRun(
                automation=made, key=str(day), started_at=first + timedelta(days=day),
                ended_at=first + timedelta(days=day, hours=1), outcome="done" if day % 10 else "failed", units=10,
                human_minutes=5,
            )
            for day in range(100)
        )  # fmt: skip
    robots = list(Automation.objects.select_related("baseline"))
    period = Period(date(2026, 6, 1), date(2026, 8, 29), "90日")
    with django_assert_num_queries(2):
        saved = saved_by_automation(robots, period)
    assert [saved[each.pk].units for each in robots] == [810] * 12
    assert [saved[each.pk].minutes for each in robots] == [810 * (n + 1) - 450 for n in range(12)]
