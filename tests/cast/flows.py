"""The cast of the flows: a diagram of another program, and a table as a clerk writes it."""

from pathlib import Path

from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, Party, PartyKind, Pool, StepTable, Work

PERMIT = (Path(__file__).parents[1] / "assets" / "permit.bpmn").read_bytes()


def written_by_a_clerk() -> StepTable:
    work = Work(5, 10, 20, wait=30, form="第1号様式", copies=2, name_writes=3, visits=1, seal="廃止", entry="台帳")
    return StepTable(
        title="犬の登録",
        pools=(Pool("process", "犬の登録"),),
        parties=(Party("r", "住民", PartyKind.RESIDENT, "process"), Party("c", "窓口", pool="process")),
        rows=(
            FlowNode("1", "申請書を書く", party="r", pool="process", work=work),
            FlowNode("2", "確かめる", party="c", pool="process"),
            FlowNode("3", "鑑札を渡す", party="c", pool="process"),
        ),
        links=(
            FlowEdge("1-2", "1", "2"),
            FlowEdge("2-3", "2", "3", "足りる", 0.85),
            FlowEdge("2-1", "2", "1", "足りない", 0.15),
        ),
    )


DOG_STEPS = [
    {"name": "申請書を書く", "party": "住民", "usual": "10", "visits": "1", "name_writes": "3"},
    {"name": "確かめる", "party": "窓口", "usual": "5", "next": "3 85% 足りる; 1 15% 足りない"},
    {"name": "鑑札を渡す", "party": "窓口", "usual": "2"},
]


def rows(*keys: str, kind: NodeKind = NodeKind.TASK, party: str = "c") -> tuple[FlowNode, ...]:
    """Rows that carry their key as their name."""
    return tuple(FlowNode(key, key, kind, party) for key in keys)


def links(*ways: str) -> tuple[FlowEdge, ...]:
    """Arrows written as ``a-b``, or ``a-b 0.3`` with the share of the cases."""
    found = []
    for way in ways:
        key, _, share = way.partition(" ")
        source, target = key.split("-")
        found.append(FlowEdge(key, source, target, share=float(share) if share else None))
    return tuple(found)
