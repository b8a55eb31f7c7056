"""The demo ward has a month of a section that waits for its chief, and rules that say that they are examples."""

import pytest

from todoke.demo import people, workforce
from todoke.japanese.calendar import today
from todoke.workforce.member_figures import coverage
from todoke.workforce.models import (
    ClockCorrection,
    LeaveDay,
    MonthSheet,
    OvertimeLimitRule,
    OvertimeOrder,
    SectionTask,
    TeleworkTrial,
)
from todoke.workforce.telework_figures import trial_use

pytestmark = pytest.mark.django_db


def test_a_month_waits_for_the_chief_and_every_rule_says_that_it_is_invented() -> None:
    people.build()
    workforce.build()
    chief = people.person("chief")
    assert OvertimeOrder.objects.waiting_for(chief).count() == 1
    assert (ClockCorrection.objects.waiting_for(chief).count(), LeaveDay.objects.waiting_for(chief).count()) == (1, 1)
    assert set(MonthSheet.objects.values_list("status", flat=True)) == {"open", "confirmed"}
    assert all("架空" in rule.source for rule in OvertimeLimitRule.objects.all())
    use = trial_use(TeleworkTrial.objects.get(), today())
    assert (use.used, use.members) == (3, 4)
    assert coverage(today()).covered == 2
    assert all("架空" in task.source for task in SectionTask.objects.all())
