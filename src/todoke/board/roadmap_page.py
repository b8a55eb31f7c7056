"""Context of a roadmap's page: figures, capacity by quarter, items, and export rows."""

from collections.abc import Iterator
from typing import Any

from todoke.design.templatetags.lists import SummaryListRow
from todoke.roadmaps.adjustments import current_stage
from todoke.roadmaps.builder import remaining_capacity
from todoke.roadmaps.models import Roadmap, RoadmapItem
from todoke.roadmaps.problem import TAIL

SHOWN = 100
HEADS = [
    "手続番号", "手続名", "所管部署", "着手する四半期", "着手の日", "公開の日", "所管部署の人月",
    "共通で支える部署の人月", "1年の負担(時間)", "段階", "固定", "外した理由",
]  # fmt: skip


def roadmap_figures(roadmap: Roadmap) -> list[SummaryListRow]:
    """Return what the plan achieves, and how certain that is."""
    if roadmap.relieved is None or roadmap.gap is None or roadmap.margin is None:
        return []
    hours = roadmap.relieved / 60
    return [
        SummaryListRow("なくなる住民の負担", f"{hours:,.0f}時間(計画の終わりから{TAIL}四半期あとまでの合計)"),
        SummaryListRow("単純な順で組んだ計画より", f"{roadmap.margin:+.2f}%"),
        SummaryListRow("最もよい計画との差", f"多くても{roadmap.gap:.2f}%(証明された上限との差)"),
        SummaryListRow("組んだとき", f"{roadmap.drawn_by or 'システム'}、{roadmap.seconds or 0:.1f}秒"),
    ]


def capacity_grid(roadmap: Roadmap) -> dict[str, Any]:
    """Return used and available staff-months by section and quarter."""
    problem, free = remaining_capacity(roadmap)
    sections = roadmap.capacities.order_by("department__code").values_list(
        "department__code", "department__name", "department"
    )
    rows = [
        (name, [(pk, at, problem.capacity[code][at], problem.capacity[code][at] - left)
                for at, left in enumerate(free[code])])
        for code, name, pk in sections.distinct()
    ]  # fmt: skip
    return {"heads": [roadmap.quarter_label(at) for at in range(roadmap.quarters)], "rows": rows}


def item_rows(roadmap: Roadmap, department: str) -> list[tuple[RoadmapItem, str, str]]:
    """Return the items by quarter, each with its quarter and current stage."""
    rows = roadmap.items.filter(quarter__isnull=False).select_related("procedure__department")
    rows = rows.filter(procedure__department__code=department) if department else rows
    return [
        (item, roadmap.quarter_label(item.quarter or 0), current_stage(item))
        for item in rows.prefetch_related("stages").order_by("quarter", "-burden")
    ]


def export_rows(roadmap: Roadmap) -> Iterator[list[object]]:
    """Yield the rows of the export."""
    rows = roadmap.items.select_related("procedure__department").prefetch_related("stages")
    for item in rows.order_by("quarter", "-burden"):
        at = item.quarter
        yield [
            item.procedure.number, item.procedure.title, str(item.procedure.department or ""),
            "入っていない" if at is None else roadmap.quarter_label(at),
            "" if at is None else roadmap.first_day(at), "" if at is None else roadmap.first_day(at + item.length),
            item.effort, item.shared_effort, round(item.burden / 60), current_stage(item),
            "" if item.pinned is None else roadmap.quarter_label(item.pinned), item.exclusion,
        ]  # fmt: skip
