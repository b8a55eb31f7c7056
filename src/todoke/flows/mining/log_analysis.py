"""Log analysis 記録の分析: what a log shows, narrowed as asked for, and how it agrees with a drawn flow."""

from collections.abc import Mapping
from dataclasses import dataclass

from todoke.flows.mining.conformance import ConformanceResult, check_conformance
from todoke.flows.mining.discovery import DiscoveryResult, discover, discover_file
from todoke.flows.mining.event_log import EventLog
from todoke.flows.mining.flow_draft import narrowed
from todoke.flows.step_table import StepTable, with_implicit_nodes
from todoke.runtime.refusals import Refused


@dataclass(frozen=True)
class Narrowing:
    """絞り込み: the most frequent variants (0: all), and the share of cases (0 to 1) from which a way counts."""

    most: int = 0
    rare: float = 0.0


@dataclass(frozen=True)
class LogAnalysis:
    """分析: the findings, and their conformance with a flow; ``refusal`` says why there is none."""

    findings: DiscoveryResult
    conformance: ConformanceResult | None = None
    refusal: str = ""


def analyse_file(
    raw: bytes, name: str, given: Mapping[str, str], narrowing: Narrowing, table: StepTable | None
) -> LogAnalysis:
    """Read a log file of that name and analyse it. Raises Unreadable."""
    return _analysed(discover_file(raw, name, given), narrowing, table)


def analyse_log(log: EventLog, narrowing: Narrowing, table: StepTable | None) -> LogAnalysis:
    """Analyse a log."""
    return _analysed(discover(log), narrowing, table)


def _analysed(findings: DiscoveryResult, narrowing: Narrowing, table: StepTable | None) -> LogAnalysis:
    if narrowing.most or narrowing.rare:
        findings = narrowed(findings, narrowing.most or None, narrowing.rare)
    if table is None:
        return LogAnalysis(findings)
    try:
        return LogAnalysis(findings, check_conformance(with_implicit_nodes(table), findings.variants))
    except Refused as refusal:
        return LogAnalysis(findings, refusal=str(refusal))
