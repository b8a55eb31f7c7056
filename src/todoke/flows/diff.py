"""Diff 見直しの差分: edits of a step table, and the differences between two of its versions."""

from dataclasses import dataclass, replace

from todoke.flows.diagram.svg import ChangeKind
from todoke.flows.step_table import FlowEdge, FlowNode, StepTable


@dataclass(frozen=True)
class StepDifference:
    """違い: one flow node that was added, removed or changed; ``changes`` names the changed fields in Japanese."""

    change: ChangeKind
    name: str
    changes: tuple[str, ...]


def remove_steps(table: StepTable, keys: set[str]) -> StepTable:
    """Return the table without some rows; edges into a removed row lead on to its successor. Positions are dropped."""
    for key in keys:
        after = [link for link in table.links if link.source == key and not link.message]
        onward = after[0].target if after else ""
        kept: list[FlowEdge] = []
        for link in table.links:
            if link.source == key or (link.target == key and (link.message or onward == link.source)):
                continue
            kept.append(replace(link, target=onward, points=()) if link.target == key else link)
        rows = tuple(replace(row, box=None, label=None) for row in table.rows if row.key != key)
        table = replace(table, rows=rows, links=tuple(_merge_parallel_edges(kept)), foreign=False)
    return table


def _merge_parallel_edges(links: list[FlowEdge]) -> list[FlowEdge]:
    """Return the edges with those between the same two rows merged: names joined, shares added."""
    found: dict[tuple[str, str], FlowEdge] = {}
    for link in links:
        same = found.get((link.source, link.target))
        if same is None or same.message or link.message:
            found[(link.source, link.target if not link.message else link.key)] = link
            continue
        shares = [one.share for one in (same, link) if one.share is not None]
        name = "・".join(filter(None, [same.name, link.name]))
        found[(link.source, link.target)] = replace(same, name=name, share=sum(shares) if shares else None)
    alone = {key[0]: [link for link in found.values() if link.source == key[0]] for key in found}
    return [
        replace(link, name="", share=None) if len(alone[link.source]) == 1 and not link.message else link
        for link in found.values()
    ]


def diff_tables(before: StepTable, after: StepTable) -> tuple[dict[str, ChangeKind], list[StepDifference]]:
    """Return the change of every differing row by key, and the differences in the order of the flow."""
    old, new = {row.key: row for row in before.rows}, {row.key: row for row in after.rows}
    marks: dict[str, ChangeKind] = {}
    found: list[StepDifference] = []
    for row in before.rows:
        if row.key not in new:
            marks[row.key] = ChangeKind.REMOVED
            found.append(StepDifference(ChangeKind.REMOVED, row.name, ()))
        elif said := _changes(before, row, after, new[row.key]):
            marks[row.key] = ChangeKind.CHANGED
            found.append(StepDifference(ChangeKind.CHANGED, new[row.key].name, said))
    for row in after.rows:
        if row.key not in old:
            marks[row.key] = ChangeKind.ADDED
            found.append(StepDifference(ChangeKind.ADDED, row.name, ()))
    return marks, found


_WORK_LABELS = {
    "usual": "ふつうの時間(分)",
    "least": "最短(分)",
    "most": "最長(分)",
    "wait": "待ち(分)",
    "form": "様式",
    "copies": "写し",
    "name_writes": "氏名を書く回数",
    "visits": "来庁",
    "seal": "押印",
    "entry": "入力先",
    "paper": "添付書類",
}


def _changes(before: StepTable, old: FlowNode, after: StepTable, new: FlowNode) -> tuple[str, ...]:
    said = [f"名前: {old.name} → {new.name}"] if old.name != new.name else []
    who = before.party_name(old), after.party_name(new)
    said += [f"担い手: {who[0] or 'なし'} → {who[1] or 'なし'}"] if who[0] != who[1] else []
    for name, term in _WORK_LABELS.items():
        was, becomes = getattr(old.work, name), getattr(new.work, name)
        if was != becomes:
            said.append(f"{term}: {_value_text(was)} → {_value_text(becomes)}")
    return tuple(said)


def _value_text(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float | int) else value or "なし"


def insert_step(table: StepTable, after: str) -> StepTable:
    """Return the table with a new row behind ``after``, on the edge to its successor. Positions are dropped."""
    old = table.row(after)
    keys = {row.key for row in table.rows}
    key = next(f"s{number}" for number in range(1, 10_000) if f"s{number}" not in keys)
    place = table.rows.index(old) + 1
    fresh = FlowNode(key, "新しい手順", party=old.party, pool=old.pool)
    leaving = table.outgoing(after)
    links = list(table.links)
    if len(leaving) == 1:
        onward = leaving[0].target
        links = [replace(link, target=key, points=()) if link is leaving[0] else link for link in links]
    else:
        onward = table.rows[place].key if place < len(table.rows) else ""
    links.append(FlowEdge(f"{key}-{onward or 'end'}", key, onward))
    rows = (*table.rows[:place], fresh, *table.rows[place:])
    plain = tuple(replace(row, box=None, label=None) for row in rows)
    return replace(table, rows=plain, links=tuple(links), foreign=False)


def move_step_up(table: StepTable, key: str) -> StepTable:
    """Return the table with a row moved one place up; its edges do not change."""
    rows = list(table.rows)
    place = rows.index(table.row(key))
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return replace(table, rows=tuple(rows))
