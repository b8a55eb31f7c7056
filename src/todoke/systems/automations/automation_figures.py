"""Automation figures 自動化の効果: the saved minutes of automations in a period, beside what the vendor promised."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from todoke.japanese.calendar import start_of_day
from todoke.japanese.periods import Period
from todoke.systems.automations.saved_minutes import RunFigures, SavedMinutes, saved_minutes
from todoke.systems.models.automation import Automation
from todoke.systems.models.automation_measure import AutomationUpkeep
from todoke.systems.models.automation_run import AutomationRun


def saved_by_automation(automations: Iterable[Automation], period: Period | None = None) -> dict[int, SavedMinutes]:
    """Return by automation id what was saved in a period, or ever; two queries, the baselines must be selected.

    Runs count by the day on which they started.
    """
    held = {each.pk: each for each in automations}
    runs = AutomationRun.objects.filter(automation__in=held).exclude(outcome=AutomationRun.Outcome.OPEN)
    upkeep = AutomationUpkeep.objects.filter(automation__in=held)
    if period is not None:
        ends = start_of_day(period.last + timedelta(days=1))
        runs = runs.filter(started_at__gte=start_of_day(period.first), started_at__lt=ends)
        upkeep = upkeep.filter(day__range=(period.first, period.last))
    figures, minutes = defaultdict[int, list[RunFigures]](list), defaultdict[int, int](int)
    for pk, units, human, outcome in runs.values_list("automation", "units", "human_minutes", "outcome"):
        figures[pk].append(RunFigures(units, human, outcome == AutomationRun.Outcome.DONE))
    for pk, spent in upkeep.values_list("automation", "minutes"):
        minutes[pk] += spent
    return {
        pk: saved_minutes(figures[pk], each.baseline.median_minutes if each.baseline else None, minutes[pk])
        for pk, each in held.items()
    }
