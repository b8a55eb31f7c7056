"""Roadmap adjustments 計画の手直し: pinned quarters, exclusions, estimates, stages, and open points of a roadmap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.japanese.due_dates import DueState, due_state
from todoke.roadmaps.models import Capacity, Roadmap, RoadmapItem, Stage
from todoke.roadmaps.permissions import ENTER_STAGE
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Refused


def _require_can_edit(made: Roadmap, by: Actor) -> None:
    if isinstance(by, User) and not made.can_edit(by):
        raise NotAllowed("導入計画を直せるのは、推進本部です。")


def has_started(item: RoadmapItem) -> bool:
    """Return whether the start stage of an item is done; it is then neither moved nor excluded."""
    return item.stages.filter(name=Stage.Name.START, done_on__isnull=False).exists()


def _require_not_started(item: RoadmapItem) -> None:
    if has_started(item):
        raise Refused("着手した手続は、動かすことも外すこともできません。")


@transaction.atomic
def pin(item: RoadmapItem, quarter: int, *, by: Actor) -> None:
    """四半期の固定: fix the starting quarter of an item (counted from 0). Raises NotAllowed and Refused."""
    _require_can_edit(item.roadmap, by)
    _require_not_started(item)
    if quarter + item.length > item.roadmap.quarters:
        raise Refused("この四半期に始めると、計画の期間に終わりません。")
    RoadmapItem.objects.filter(pk=item.pk).update(pinned=quarter, excluded_at=None, exclusion="")
    log.record(item, "四半期の固定", by=by, after={"四半期": quarter})


@transaction.atomic
def exclude(item: RoadmapItem, why: str, *, by: Actor) -> None:
    """計画から外す: exclude an item from scheduling, with a reason. Raises NotAllowed and Refused."""
    _require_can_edit(item.roadmap, by)
    _require_not_started(item)
    if not why.strip():
        raise Refused("外す理由を書いてください。")
    held = RoadmapItem.objects.filter(pk=item.pk)
    held.update(pinned=None, quarter=None, excluded_at=timezone.now(), exclusion=why.strip()[:200])
    log.record(item, "計画から外す", by=by, reason=why[:200])


@transaction.atomic
def unpin(item: RoadmapItem, *, by: Actor) -> None:
    """固定・除外をやめる: clear the pinned quarter and the exclusion. Raises NotAllowed and Refused."""
    _require_can_edit(item.roadmap, by)
    _require_not_started(item)
    RoadmapItem.objects.filter(pk=item.pk).update(pinned=None, excluded_at=None, exclusion="")
    log.record(item, "固定・除外をやめる", by=by)


@transaction.atomic
def add_precondition(
    item: RoadmapItem, *, title: str, kind: str, ready_on: date | None, predecessor: str, by: Actor
) -> None:
    """前提の追加: add a precondition with the day it is met, or a preceding procedure of the roadmap.

    Raises NotAllowed, and Refused for a procedure that is not in the roadmap or that depends on this one.
    """
    _require_can_edit(item.roadmap, by)
    if title and ready_on:
        said = {"kind": kind, "ready_on": ready_on}
        item.preconditions.add(item.roadmap.preconditions.update_or_create(title=title, defaults=said)[0])
    if predecessor:
        before = item.roadmap.items.filter(procedure__number=predecessor.strip().upper()).first()
        if before is None:
            raise Refused("先に要る手続が、この計画にありません。番号を確かめてください。")
        if _depends_on(before, item):
            raise Refused("その手続は、この手続を待っています。互いに待つことはできません。")
        item.after.add(before)
    log.record(item, "前提の追加", by=by, after={"前提": title, "手続": predecessor})


def _depends_on(item: RoadmapItem, other: RoadmapItem) -> bool:
    """Return whether an item depends, directly or transitively, on another one, or is the same."""
    seen: set[int] = set()
    waiting = [item.pk]
    while waiting:
        pk = waiting.pop()
        if pk == other.pk:
            return True
        if pk not in seen:
            seen.add(pk)
            waiting += RoadmapItem.after.through.objects.filter(from_roadmapitem=pk).values_list(
                "to_roadmapitem", flat=True
            )
    return False


@transaction.atomic
def update_estimate(item: RoadmapItem, *, effort: Decimal, shared_effort: Decimal, length: int, by: Actor) -> None:
    """工数の変更: set efforts in staff-months and the length in quarters. Raises NotAllowed and Refused."""
    _require_can_edit(item.roadmap, by)
    if effort <= 0 or shared_effort < 0 or not 1 <= length <= item.roadmap.quarters:
        raise Refused("人月は0より大きく、四半期の数は計画の中に収めてください。")
    said = {"effort": effort, "shared_effort": shared_effort, "length": length}
    RoadmapItem.objects.filter(pk=item.pk).update(**said)
    log.record(item, "工数の変更", by=by, after={name: str(value) for name, value in said.items()})


@transaction.atomic
def set_capacities(made: Roadmap, months: Mapping[tuple[int, int], Decimal], *, by: Actor) -> int:
    """人月の変更: set staff-months by department id and quarter; return how many changed. Raises NotAllowed."""
    _require_can_edit(made, by)
    changed = []
    for row in made.capacities.all():
        said = months.get((row.department_id, row.quarter), row.staff_months)
        if said != row.staff_months:
            row.staff_months = said
            changed.append(row)
    Capacity.objects.bulk_update(changed, ["staff_months"])
    log.record(made, "人月の変更", by=by, after={"変更": len(changed)})
    return len(changed)


@transaction.atomic
def update_stage(
    item: RoadmapItem, name: str, *, planned_on: date | None, done_on: date | None, owner: str, by: Actor
) -> None:
    """段階の記入: set planned day, day done and owner of a stage. Raises NotAllowed and Refused."""
    if isinstance(by, User) and not ENTER_STAGE.held_by(by, item.procedure.department):
        raise NotAllowed("段階を書けるのは、所管部署と推進本部です。")
    if done_on and not owner.strip():
        raise Refused("済んだ段階には、担当を書いてください。")
    if done_on and item.stages.filter(name__lt=name, done_on__gt=done_on).exists():
        raise Refused("前の段階より早い日になっています。")
    if name == Stage.Name.START and done_on and item.quarter is None:
        first = "計画に入っていない手続です。先に計画を組むか、四半期を固定してください。"
        raise Refused(first, link=path_to("board:roadmap", item.roadmap.code))
    said = {"planned_on": planned_on, "done_on": done_on, "owner": owner.strip()[:60]}
    Stage.objects.update_or_create(item=item, name=name, defaults=said)
    log.record(item, "段階の記入", by=by, after={"段階": name, **said})


@transaction.atomic
def plan_stages(items: Iterable[RoadmapItem], *, planned_on: date | None, owner: str, by: Actor) -> int:
    """段階のまとめ書き: set planned day and owner of the next stage of several items; return of how many it was.

    What is empty stays as it is. Raises NotAllowed, and Refused when both are empty.
    """
    if planned_on is None and not owner.strip():
        raise Refused("予定日か担当を書いてください。")
    count = 0
    for item in items:
        stages = {stage.name: stage for stage in item.stages.all()}
        name = next_stage(stages)
        if name is None:
            continue
        known = stages.get(name)
        day, person = (known.planned_on, known.owner) if known else (None, "")
        update_stage(item, name, planned_on=planned_on or day, done_on=None, owner=owner.strip() or person, by=by)
        count += 1
    return count


def next_stage(stages: Mapping[str, Stage]) -> str | None:
    """Return the first stage that is not done; None after the last."""
    return next((name for name in Stage.Name.values if not _is_done(stages.get(name))), None)


@dataclass(frozen=True)
class OpenPoint:
    """あいまいな行: a scheduled item whose next stage lacks a date or an owner, or is overdue."""

    item: RoadmapItem
    stage: str
    what: str


def open_points(made: Roadmap, day: date) -> list[OpenPoint]:
    """Return the scheduled items whose next stage lacks a date or an owner, or is overdue on a day."""
    found = []
    rows = made.items.filter(quarter__isnull=False).select_related("procedure__department").prefetch_related("stages")
    for item in rows:
        stages = {stage.name: stage for stage in item.stages.all()}
        ahead = next_stage(stages)
        if ahead is None:
            continue
        stage = stages.get(ahead)
        lacking = [
            *(["予定日がありません"] if stage is None or stage.planned_on is None else []),
            *(["担当がありません"] if stage is None or not stage.owner else []),
            *(["予定日を過ぎています"] if stage and due_state(stage.planned_on, on=day) is DueState.OVERDUE else []),
        ]
        if lacking:
            found.append(OpenPoint(item, str(Stage.Name(ahead).label), "、".join(lacking)))
    return found


def _is_done(stage: Stage | None) -> bool:
    return stage is not None and stage.done_on is not None


def current_stage(item: RoadmapItem) -> str:
    """Return the label of the last stage done; empty before the first."""
    done = [stage for stage in item.stages.all() if stage.done_on]
    return str(done[-1].get_name_display()) if done else ""
