"""Process map 流れの地図: the directly-follows graph of a log as a diagram, limited to its most frequent edges."""

from todoke.flows.mining.discovery import DiscoveryResult
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, Party, Pool, StepTable

MAX_EDGES = 24


def process_map_table(findings: DiscoveryResult, most: int = MAX_EDGES) -> tuple[StepTable, int]:
    """Return the directly-follows graph as a step table to draw, and the number of edges left out."""
    arrows = [t for t in findings.directly_follows if t.source != t.target]
    shown = arrows[:most]
    names = {name for t in shown for name in (t.source, t.target)} or {findings.starts[0][0]}
    order = [name for name, _ in findings.activities if name in names]
    counts = dict(findings.activities)
    key = {name: f"a{place}" for place, name in enumerate(order)}
    rows = [FlowNode("start", "", NodeKind.START, "log", "log")]
    rows += [
        FlowNode(key[name], f"{name} {counts[name]:,}件", NodeKind.TASK, "log", "log", tag="task") for name in order
    ]
    rows.append(FlowNode("end", "", NodeKind.END, "log", "log"))
    links = [FlowEdge(f"s-{key[n]}", "start", key[n], f"{c:,}件") for n, c in findings.starts if n in key]
    links += [
        FlowEdge(f"{key[t.source]}-{key[t.target]}", key[t.source], key[t.target], _label(t.count, t.median_hours))
        for t in shown
    ]
    links += [FlowEdge(f"{key[n]}-e", key[n], "end", f"{c:,}件") for n, c in findings.ends[:5] if n in key]
    parties = (Party("log", "記録", pool="log"),)
    return StepTable("記録から見た流れ", (Pool("log"),), parties, tuple(rows), tuple(links), foreign=True), len(
        arrows
    ) - len(shown)


def _label(count: int, hours: float) -> str:
    took = f"{hours * 60:.0f}分" if hours < 1 else f"{hours:.1f}時間" if hours < 48 else f"{hours / 24:.1f}日"
    return f"{count:,}件 {took}"
