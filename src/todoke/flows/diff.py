"""Revision 見直し: taking steps out of a flow, and what differs between two versions of it."""

from dataclasses import dataclass, replace

from todoke.flows.diagram.svg import Mark
from todoke.flows.step_table import Link, Row, Table


@dataclass(frozen=True)
class Difference:
    """One row that differs, and how."""

    mark: Mark
    name: str
    said: tuple[str, ...]


def without(table: Table, keys: set[str]) -> Table:
    """Take rows out; whoever led to them leads to what followed them."""
    for key in keys:
        after = [link for link in table.links if link.source == key and not link.message]
        onward = after[0].target if after else ""
        kept: list[Link] = []
        for link in table.links:
            if link.source == key or (link.target == key and (link.message or onward == link.source)):
                continue
            kept.append(replace(link, target=onward, points=()) if link.target == key else link)
        rows = tuple(replace(row, box=None, label=None) for row in table.rows if row.key != key)
        table = replace(table, rows=rows, links=tuple(_joined(kept)), foreign=False)
    return table


def _joined(links: list[Link]) -> list[Link]:
    """Branches that now lead to the same row become one, with their shares added."""
    found: dict[tuple[str, str], Link] = {}
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


def compare(before: Table, after: Table) -> tuple[dict[str, Mark], list[Difference]]:
    """Return the mark of every row that differs, and the differences in words, in the order of the flow."""
    old, new = {row.key: row for row in before.rows}, {row.key: row for row in after.rows}
    marks: dict[str, Mark] = {}
    found: list[Difference] = []
    for row in before.rows:
        if row.key not in new:
            marks[row.key] = Mark.REMOVED
            found.append(Difference(Mark.REMOVED, row.name, ()))
        elif said := _said(before, row, after, new[row.key]):
            marks[row.key] = Mark.CHANGED
            found.append(Difference(Mark.CHANGED, new[row.key].name, said))
    for row in after.rows:
        if row.key not in old:
            marks[row.key] = Mark.ADDED
            found.append(Difference(Mark.ADDED, row.name, ()))
    return marks, found


_SAID = {
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


def _said(before: Table, old: Row, after: Table, new: Row) -> tuple[str, ...]:
    said = [f"名前: {old.name} → {new.name}"] if old.name != new.name else []
    who = before.party_name(old), after.party_name(new)
    said += [f"担い手: {who[0] or 'なし'} → {who[1] or 'なし'}"] if who[0] != who[1] else []
    for name, term in _SAID.items():
        was, becomes = getattr(old.work, name), getattr(new.work, name)
        if was != becomes:
            said.append(f"{term}: {_shown(was)} → {_shown(becomes)}")
    return tuple(said)


def _shown(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float | int) else value or "なし"


def inserted(table: Table, after: str) -> Table:
    """Put an empty row after a row, on its way to what follows."""
    old = table.row(after)
    keys = {row.key for row in table.rows}
    key = next(f"s{number}" for number in range(1, 10_000) if f"s{number}" not in keys)
    place = table.rows.index(old) + 1
    fresh = Row(key, "新しい手順", party=old.party, pool=old.pool)
    leaving = table.leaving(after)
    links = list(table.links)
    if len(leaving) == 1:
        onward = leaving[0].target
        links = [replace(link, target=key, points=()) if link is leaving[0] else link for link in links]
    else:
        onward = table.rows[place].key if place < len(table.rows) else ""
    links.append(Link(f"{key}-{onward or 'end'}", key, onward))
    rows = (*table.rows[:place], fresh, *table.rows[place:])
    plain = tuple(replace(row, box=None, label=None) for row in rows)
    return replace(table, rows=plain, links=tuple(links), foreign=False)


def moved(table: Table, key: str) -> Table:
    """Move a row one place up in the table; its arrows stay as they are."""
    rows = list(table.rows)
    place = rows.index(table.row(key))
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return replace(table, rows=tuple(rows))
