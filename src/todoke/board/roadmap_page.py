"""Context of a roadmap's page: figures, and capacity by quarter."""

from typing import Any

from todoke.design.templatetags.lists import SummaryListRow
from todoke.lists.cells import moment
from todoke.roadmaps.builder import remaining_capacity
from todoke.roadmaps.models import Roadmap
from todoke.roadmaps.problem import TAIL

SHOWN = 100


def roadmap_figures(roadmap: Roadmap) -> list[SummaryListRow]:
    """Return what the plan achieves, and how certain that is."""
    if roadmap.relieved is None or roadmap.gap is None or roadmap.margin is None:
        return []
    hours = roadmap.relieved / 60
    return [
        SummaryListRow("なくなる住民の負担", f"{hours:,.0f}時間(計画の終わりから{TAIL}四半期あとまでの合計)"),
        SummaryListRow("単純な順で組んだ計画より", f"{roadmap.margin:+.2f}%"),
        SummaryListRow("最もよい計画との差", f"多くても{roadmap.gap:.2f}%(証明された上限との差)"),
        SummaryListRow("組んだとき", f"{moment(roadmap.drawn_at)} {roadmap.drawn_by or 'システム'}"),
        SummaryListRow("組むのにかかった時間", f"{roadmap.seconds or 0:.1f}秒"),
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
