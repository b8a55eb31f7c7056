"""Pages of log analyses 分析の結果: the map, the variants and what is slow, as a finished analysis shows them."""

import json
from typing import Any

from todoke.flows.dataclass_json import from_plain
from todoke.flows.mining.discovery import DiscoveryResult
from todoke.flows.mining.flow_draft import draft_cells
from todoke.flows.mining.log_analysis import LogAnalysis
from todoke.flows.mining.process_map import process_map_table
from todoke.flows.models import Calculation, Flow
from todoke.insights.case_event_log import FEWEST
from todoke.studio.flow_editor import diagram_svg

PAIR_HEADS = ["前の作業", "次の作業", "回数", "中央値(時間)", "95%(時間)"]


def analysis_context(asked: Calculation) -> dict[str, Any]:
    """Return what the page of a finished analysis shows; of own cases, no way that few took."""
    is_own = asked.kind == Calculation.Kind.CASES
    found = from_plain(LogAnalysis, asked.result)
    findings, fewest = found.findings, FEWEST if is_own else 1
    table, hidden = process_map_table(findings)
    variants = [one for one in findings.variants if one.count >= fewest]
    return {
        "asked": asked,
        "source": asked.title,
        "own": is_own,
        "findings": findings,
        "drawing": diagram_svg(table),
        "hidden": hidden,
        "flow": Flow.objects.filter(number=asked.order["flow"]).first(),
        "cells": json.dumps(draft_cells(findings), ensure_ascii=False),
        "variants": variants[:10],
        "kept_back": len(findings.variants) - len(variants),
        "slow": sorted(
            (one for one in findings.directly_follows if one.count >= fewest),
            key=lambda one: -one.count * one.median_hours,
        )[:10],
        "conformance": found.conformance,
        "refusal": found.refusal,
    }


def pair_rows(asked: Calculation) -> list[list[object]]:
    """Return what follows what, for a file; of own cases, pairs of too few are left out."""
    fewest = FEWEST if asked.kind == Calculation.Kind.CASES else 1
    findings: DiscoveryResult = from_plain(LogAnalysis, asked.result).findings
    return [
        [each.source, each.target, each.count, round(each.median_hours, 2), round(each.p95_hours, 2)]
        for each in findings.directly_follows
        if each.count >= fewest
    ]
