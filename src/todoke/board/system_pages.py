"""Contexts of the register's pages システム台帳の頁."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Avg, Count, Q
from django.http import QueryDict
from django.utils import timezone

from todoke.accounts.models import User
from todoke.board.register_forms import REGISTERS
from todoke.japanese.calendar import today
from todoke.runtime import parameters
from todoke.systems.models import (
    Evaluation,
    EvaluationScore,
    InformationSystem,
    Outage,
    ServiceLevel,
    StandardTask,
    YearlyCost,
)
from todoke.systems.models.sla import month
from todoke.systems.sla_measurement import SlaResult, evaluate, outages_by_probes, outages_of, planned_stops

SHOWN = 10
SCORE_HEADS = ["年度", "システム", "部署", "問い", "点", "理由・意見", "これからの対応"]


def posted_period(query: QueryDict) -> tuple[date, date, str]:
    """Return the period of ``?period=2025-01`` or ``?period=2025``, else this month, and its label."""
    words = query.get("period", "").split("-")
    asked = parameters.year(words[0])
    number = parameters.whole_number(words[1], digits=2) if len(words) > 1 else None
    if asked and len(words) == 1:
        return date(asked, 1, 1), date(asked, 12, 31), f"{asked}年"
    if not asked or number is None or number not in range(1, 13):
        asked, number = today().year, today().month
    first, last = month(asked, number)
    return first, last, f"{asked}年{number}月"


def level_context(level: ServiceLevel, query: QueryDict) -> dict[str, Any]:
    """Return a service level in a period: every window, with and without each outage after the first."""
    first, last, name = posted_period(query)
    now = timezone.now()
    outages, stops = outages_of(level.system, first, last, now), planned_stops(level.system, first, last)
    labels = list(dict.fromkeys(each.label.split(" ")[0] for each in outages))
    scopes: list[tuple[str, list[SlaResult]]] = []
    for n in range(1, len(labels) + 1):
        chosen = [each for each in outages if each.label.split(" ")[0] in labels[:n]]
        title = f"{labels[0]}だけ" if n == 1 else f"{'、'.join(labels[:n])}を合わせて"
        scopes.append((title, evaluate(level, first, last, chosen, stops)))
    if not labels:
        scopes = [("停止なし", evaluate(level, first, last, [], stops))]
    return {
        "level": level, "system": level.system, "name": name, "first": first, "last": last, "scopes": scopes,
        "probed": outages_by_probes(level.system, first, last), "is_agreed": bool(level.hours), "stops": stops,
    }  # fmt: skip


def standards_context() -> dict[str, Any]:
    """Return the twenty tasks with counts by state and target year."""
    tasks = list(StandardTask.objects.all())
    applying = [each for each in tasks if each.stage != StandardTask.Stage.NOT_APPLICABLE]
    years = sorted(each.planned_year or 0 for each in applying)
    by_year = [(f"{year}年度(令和{year - 2018}年度)", len(list(found))) for year, found in groupby(years)]
    gap = sum(each.gap_yen or 0 for each in applying)
    return {"tasks": tasks, "applying": len(applying), "by_year": by_year, "gap": gap}


def evaluations_context(year: int) -> dict[str, Any]:
    """Return the evaluations of a year: by department, scores below 3, good practice."""
    rows = Evaluation.objects.filter(fiscal_year=year).select_related("system", "department")
    compared = rows.annotate(score=Avg("scores__score"), low=Count("scores", filter=Q(scores__score__lt=3)))
    low = EvaluationScore.objects.filter(evaluation__fiscal_year=year, score__lt=3)
    return {
        "year": year,
        "compared": compared.order_by("system", "-score"),
        "low": low.select_related("evaluation__system", "evaluation__department"),
        "followed": follow_up_scores(year),
        "good": [each for each in rows if each.good_practice],
        "years": sorted(set(Evaluation.objects.values_list("fiscal_year", flat=True)), reverse=True),
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
