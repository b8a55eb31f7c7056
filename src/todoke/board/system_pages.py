"""Contexts of the register's pages システム台帳の頁."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Avg, Count, Q
from django.http import QueryDict
from django.utils import timezone

from todoke.accounts.models import User
from todoke.board.forms.systems import PeriodForm
from todoke.board.register_forms import REGISTERS
from todoke.japanese.calendar import business_date, today
from todoke.japanese.periods import Period, this_month
from todoke.systems.models import (
    Evaluation,
    EvaluationScore,
    InformationSystem,
    Outage,
    ServiceLevel,
    StandardTask,
    YearlyCost,
)
from todoke.systems.sla_measurement import (
    SlaResult,
    evaluate,
    outages_by_probes,
    outages_of,
    planned_stops,
    promised_period,
)
from todoke.web.actions import RefusalsOn

SHOWN = 10
SCORE_HEADS = ["年度", "システム", "部署", "問い", "点", "理由・意見", "これからの対応"]


def level_context(level: ServiceLevel, query: QueryDict) -> dict[str, Any]:
    """Return a service level in a period: every window, with and without each outage after the first.

    A period that cannot be read, is not covered by the contract or lies ahead leaves an error of the form, no figures.
    """
    now = timezone.now()
    form = PeriodForm(query if "period" in query else {"period": this_month(today()).label})
    page = {"level": level, "system": level.system, "form": form, "is_agreed": bool(level.hours)}
    with RefusalsOn(form, "period"):
        if form.is_valid():
            asked: Period = form.cleaned_data["period"]
            return page | _measured(level, asked, promised_period(level, asked, today()), now)
    return page


def _measured(level: ServiceLevel, asked: Period, period: Period, now: datetime) -> dict[str, Any]:
    first, last = period.first, period.last
    outages, stops = outages_of(level.system, first, last, now), planned_stops(level.system, first, last)
    labels = list(dict.fromkeys(each.label.split(" ")[0] for each in outages))
    scopes: list[tuple[str, list[SlaResult]]] = []
    for n in range(1, len(labels) + 1):
        chosen = [each for each in outages if each.label.split(" ")[0] in labels[:n]]
        title = f"{labels[0]}だけ" if n == 1 else f"{'、'.join(labels[:n])}を合わせて"
        scopes.append((title, evaluate(level, period, chosen, stops, now)))
    if not labels:
        scopes = [("停止なし", evaluate(level, period, [], stops, now))]
    return {
        "period": period, "scopes": scopes, "probed": outages_by_probes(level.system, first, last),
        "running_until": now if period.is_running(business_date(now)) else None,
        "is_cut": (asked.first, asked.last) != (first, last),
    }  # fmt: skip


def standards_context() -> dict[str, Any]:
    """Return counts and sums of the tasks that apply: by target year, running, overdue, and costs with their goal."""
    applying = list(StandardTask.objects.applying())
    years = sorted(each.planned_year or 0 for each in applying)
    by_year = [(f"{year}年度(令和{year - 2018}年度)", len(list(found))) for year, found in groupby(years)]
    based = [each for each in applying if each.base_cost_yen is not None]
    return {
        "applying": len(applying),
        "by_year": by_year,
        "running": sum(each.stage == StandardTask.Stage.RUNNING for each in applying),
        "overdue": sum(each.is_overdue() for each in applying),
        "gap": sum(each.gap_yen or 0 for each in applying),
        "totals": {
            "known": len(based),
            "cost": sum(each.cost_yen or 0 for each in applying),
            "subsidy": sum(each.subsidy_yen or 0 for each in applying),
            "base": sum(each.base_cost_yen or 0 for each in based),
            "goal": sum(each.goal_cost_yen or 0 for each in based),
            "after": sum(each.running_cost_yen or 0 for each in based),
        },
    }


def evaluations_context(year: int | None) -> dict[str, Any]:
    """Return the evaluations of a fiscal year: by department, scores below 3, good practice; of None only the years."""
    years = sorted(set(Evaluation.objects.values_list("fiscal_year", flat=True)), reverse=True)
    if year is None:
        return {"years": years}
    rows = Evaluation.objects.filter(fiscal_year=year).select_related("system", "department")
    compared = rows.annotate(score=Avg("scores__score"), low=Count("scores", filter=Q(scores__score__lt=3)))
    low = EvaluationScore.objects.filter(evaluation__fiscal_year=year, score__lt=3)
    return {
        "year": year,
        "compared": compared.order_by("system", "-score"),
        "low": low.select_related("evaluation__system", "evaluation__department"),
        "followed": follow_up_scores(year),
        "good": [each for each in rows if each.good_practice],
        "years": years,
    }


def follow_up_scores(year: int) -> list[tuple[EvaluationScore, int | None]]:
    """Return last year's scores below 3, each with this year's score of the same department and question."""
    rows = EvaluationScore.objects.select_related("evaluation__system", "evaluation__department")
    now = {
        (each.evaluation.system_id, each.evaluation.department_id, each.question): each.score
        for each in rows.filter(evaluation__fiscal_year=year)
    }
    return [
        (each, now.get((each.evaluation.system_id, each.evaluation.department_id, each.question)))
        for each in rows.filter(evaluation__fiscal_year=year - 1, score__lt=3)
    ]


def score_rows(year: int) -> Iterator[list[object]]:
    """Yield every score of a year for the export."""
    rows = EvaluationScore.objects.filter(evaluation__fiscal_year=year)
    for each in rows.select_related("evaluation__system", "evaluation__department"):
        place = [year, each.evaluation.system.name, each.evaluation.department.name]
        yield [*place, each.question, each.score, each.comment, each.follow_up]


def cost_rows(system: InformationSystem) -> list[tuple[int, int, float | None, str, bool, YearlyCost]]:
    """Costs by year with their rise in percent, whether a reason is missing, and the row."""
    found: list[tuple[int, int, float | None, str, bool, YearlyCost]] = []
    before: int | None = None
    for each in REGISTERS["costs"].rows(system).order_by("fiscal_year"):
        rise = (each.yen / before - 1) * 100 if before else None
        silent = bool(rise is not None and rise >= 10 and not each.rise_reason)
        found.append((each.fiscal_year, each.yen, rise, each.rise_reason, silent, each))
        before = each.yen
    return found


def system_context(system: InformationSystem, user: User) -> dict[str, Any]:
    """Return the context of a system's page."""
    levels = REGISTERS["levels"].rows(system).order_by("pk").prefetch_related("credit_steps")
    return {
        "system": system,
        "can_edit": system.can_edit(user),
        "costs": cost_rows(system),
        "contracts": REGISTERS["contracts"].rows(system).order_by("-starts_on"),
        "levels": list(levels),
        "credits": REGISTERS["credits"].rows(system).select_related("level").order_by("level", "-below"),
        "stops": REGISTERS["stops"].rows(system).order_by("-starts_at")[:SHOWN],
        "dependencies": REGISTERS["dependencies"].rows(system).select_related("procedure__department"),
        "incidents": system.incidents.all(),
        "restores": REGISTERS["restores"].rows(system).order_by("-finished_at"),
        "changes": REGISTERS["changes"].rows(system).order_by("starts_at"),
        "evaluations": system.evaluations.select_related("department")
        .annotate(score=Avg("scores__score"))
        .order_by("-fiscal_year", "department"),
        "month": today(),
        "troubled": Outage.objects.filter(incident__system=system).datetimes("starts_at", "month", order="DESC")[
            :SHOWN
        ],
    }
