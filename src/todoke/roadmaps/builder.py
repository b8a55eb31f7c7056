"""Roadmap builder 計画づくり: turns the inventory into an optimization problem, and the solution into rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.roadmaps.heuristic import SECONDS, greedy, optimize
from todoke.roadmaps.models import Capacity, Roadmap, RoadmapItem, Stage
from todoke.roadmaps.problem import Problem, Work, free_capacity
from todoke.roadmaps.ranking_inputs import own_yearly_counts, ranking_inputs
from todoke.runtime.refusals import NotAllowed

BASE_MONTHS = 1.0
"""Staff-months of any procedure: an assumption that can be corrected for each item."""
SHARED_PART = 0.3
"""Staff-months of the shared section for each staff-month of the department in charge."""
BUSY = Decimal("0.5")
USUAL = Decimal("2.0")
SHARED_USUAL = Decimal("10.0")
_BUSY_MONTHS = {1, 4}
MOST = 400


def estimated_effort(feasibility: float, cost: float) -> float:
    """工数の仮定: return estimated staff-months (1 to about 6) by two criteria: obstacles, and papers and fee."""
    return round(BASE_MONTHS + (100 - cost) / 50 + (100 - feasibility) / 40, 1)


def estimated_quarters(effort: float) -> int:
    """Return the quarters from start to opening, at one staff-month a quarter."""
    return ceil(effort)


@transaction.atomic
def create_roadmap(
    code: str, title: str, *, starts_on: date, quarters: int, by: Actor, shared_section: Department | None = None,
    month_cost: int | None = None, most: int = MOST,
) -> Roadmap:  # fmt: skip
    """導入計画の作成: create a roadmap of the procedures with the most burden per staff-month, at most ``most``.

    Capacities get default values. Raises NotAllowed.
    """
    if isinstance(by, User) and not Roadmap.can_edit(by):
        raise NotAllowed("導入計画を作れるのは、推進本部です。")
    made = Roadmap.objects.create(
        code=code, title=title, starts_on=starts_on, quarters=quarters, shared_section=shared_section,
        month_cost=month_cost,
    )  # fmt: skip
    volumes = {pk: count for pk, count in own_yearly_counts().items() if count}
    procedures = Procedure.objects.current().filter(department__isnull=False).in_bulk(list(volumes))
    inputs = ranking_inputs()
    weighed = [
        (minutes * volumes[pk], estimated_effort(feasibility, cost), number, procedures[pk])
        for pk, number, minutes, (_, feasibility, _, cost) in zip(
            inputs.ids, inputs.numbers, inputs.minutes.tolist(), inputs.parts.tolist(), strict=True
        )
        if pk in procedures
    ]
    weighed.sort(key=lambda each: (-each[0] / each[1], each[2]))
    RoadmapItem.objects.bulk_create(
        _item(made, procedure, effort, burden) for burden, effort, _, procedure in weighed[:most]
    )
    _open_capacities(made)
    log.record(made, "導入計画の作成", by=by, after={"手続": min(most, len(weighed))})
    return made


def _item(made: Roadmap, procedure: Procedure, effort: float, burden: int) -> RoadmapItem:
    return RoadmapItem(
        roadmap=made, procedure=procedure, burden=burden,
        effort=Decimal(str(effort)), length=estimated_quarters(effort),
        shared_effort=Decimal(str(round(effort * SHARED_PART, 2))) if made.shared_section_id else Decimal(0),
    )  # fmt: skip


def _open_capacities(made: Roadmap) -> None:
    sections = set(made.items.values_list("procedure__department", flat=True)) - {made.shared_section_id}
    usual = [(section, USUAL) for section in sections if section is not None]
    if made.shared_section_id:
        usual.append((made.shared_section_id, SHARED_USUAL))
    Capacity.objects.bulk_create(
        Capacity(
            roadmap=made, department_id=section, quarter=quarter,
            staff_months=months * BUSY if made.first_day(quarter).month in _BUSY_MONTHS else months,
        )
        for section, months in usual
        for quarter in range(made.quarters)
    )  # fmt: skip


def to_problem(made: Roadmap) -> Problem:
    """Return the optimization problem: started and pinned items are fixed, excluded ones left out."""
    capacity: dict[str, list[float]] = {}
    for row in made.capacities.select_related("department"):
        capacity.setdefault(row.department.code, [0.0] * made.quarters)[row.quarter] = float(row.staff_months)
    items = made.items.filter(excluded_at=None).select_related("procedure__department")
    started = _started(made)
    works = [
        _work(made, item, item.pk in started) for item in items.prefetch_related("preconditions", "after__procedure")
    ]
    return Problem(made.quarters, capacity, works, made.shared_section.code if made.shared_section else "")


def remaining_capacity(made: Roadmap) -> tuple[Problem, dict[str, list[float]]]:
    """Return the problem of a roadmap, and the staff-months its schedule leaves by department code and quarter."""
    problem = to_problem(made)
    placed = made.items.filter(quarter__isnull=False).values_list("procedure__number", "quarter")
    return problem, free_capacity(problem, {number: quarter for number, quarter in placed if quarter is not None})


def _started(made: Roadmap) -> set[int]:
    rows = Stage.objects.filter(item__roadmap=made, name=Stage.Name.START, done_on__isnull=False)
    return set(rows.values_list("item_id", flat=True))


def _work(made: Roadmap, item: RoadmapItem, started: bool) -> Work:
    section = item.procedure.department
    ready = max((made.quarter_of(each.ready_on) for each in item.preconditions.all()), default=0)
    fixed = item.quarter if started and item.quarter is not None else item.pinned
    return Work(
        item.procedure.number, section.code if section else "", float(item.effort), item.length, item.burden / 4,
        float(item.shared_effort), ready, tuple(each.procedure.number for each in item.after.all()), fixed,
    )  # fmt: skip


def reschedule(made: Roadmap, *, by: Actor, seconds: float = SECONDS) -> None:
    """計画を組む: optimize for some seconds and save the starting quarters; started items stay. Raises NotAllowed."""
    if isinstance(by, User) and not Roadmap.can_edit(by):
        raise NotAllowed("導入計画を組めるのは、推進本部です。")
    problem = to_problem(made)
    simple, best = greedy(problem), optimize(problem, seconds=seconds)
    with transaction.atomic():
        items = {item.procedure.number: item for item in made.items.select_related("procedure")}
        for number, item in items.items():
            item.quarter = best.starts.get(number)
        RoadmapItem.objects.bulk_update(items.values(), ["quarter"], batch_size=500)
        _plan_stages(made, items.values())
        made.relieved, made.bound, made.greedy = best.relieved, best.bound, simple.relieved
        made.seconds, made.drawn_at, made.drawn_by = best.seconds, timezone.now(), user_of(by)
        made.save(update_fields=["relieved", "bound", "greedy", "seconds", "drawn_at", "drawn_by"])
        log.record(made, "計画を組む", by=by, after={"入った手続": len(best.starts)})


def _plan_stages(made: Roadmap, items: Iterable[RoadmapItem]) -> None:
    """Save the planned days of the start and open stages; stages that are done stay."""
    done = set(Stage.objects.filter(item__roadmap=made, done_on__isnull=False).values_list("item_id", "name"))
    rows = [
        Stage(item=item, name=name, planned_on=day)
        for item in items
        for name, day in _days(made, item)
        if (item.pk, name) not in done
    ]
    Stage.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["item", "name"], update_fields=["planned_on"], batch_size=500
    )


def _days(made: Roadmap, item: RoadmapItem) -> list[tuple[str, date | None]]:
    start = item.quarter
    opening = made.first_day(start + item.length) if start is not None else None
    begin = made.first_day(start) if start is not None else None
    return [(Stage.Name.START, begin), (Stage.Name.OPEN, opening)]


@dataclass(frozen=True)
class Unscheduled:
    """入らなかった手続: why an item is not scheduled, the missing staff-months, and their cost in yen if known."""

    item: RoadmapItem
    why: str
    missing: float
    cost: int | None


def unscheduled(made: Roadmap) -> list[Unscheduled]:
    """Return the items without a quarter with reason and cost, the largest burden first."""
    problem, left = remaining_capacity(made)
    free = {section: sum(max(0.0, months) for months in row) for section, row in left.items()}
    works = {work.key: work for work in problem.works}
    rows = made.items.filter(quarter=None).select_related("procedure__department").order_by("-burden")
    return [_unscheduled(made, item, works.get(item.procedure.number), free) for item in rows]


def _unscheduled(made: Roadmap, item: RoadmapItem, work: Work | None, free: dict[str, float]) -> Unscheduled:
    if work is None:
        return Unscheduled(item, f"外しました: {item.exclusion}", 0.0, None)
    if work.ready + work.length > made.quarters:
        return Unscheduled(item, "前提が整ってからでは、計画の期間に終わりません。", 0.0, None)
    needed = float(item.effort + item.shared_effort)
    spare = free.get(work.section, 0.0)
    words = f"人月が足りません({work.effort:.1f}人月が要り、空きは合わせて{spare:.1f}人月が四半期に分かれています)。"
    return Unscheduled(item, words, needed, round(needed * made.month_cost) if made.month_cost else None)
