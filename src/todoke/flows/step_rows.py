"""Step rows 表の行: the step table as text cells for a web form or spreadsheet, and the parser of these cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from todoke.flows.branches import NEXT, normalized
from todoke.flows.durations import minutes_of
from todoke.flows.step_table import (
    NODE_KIND_LABELS,
    PARTY_KIND_LABELS,
    FlowEdge,
    FlowNode,
    NodeKind,
    Party,
    PartyKind,
    Pool,
    StepTable,
    Work,
)

COLUMNS: dict[str, str] = {
    "number": "番号",
    "name": "手順",
    "party": "だれが",
    "party_kind": "担い手の種類",
    "kind": "種類",
    "next": "次の手順",
    "form": "使う様式",
    "least": "最短(分)",
    "usual": "ふつう(分)",
    "most": "最長(分)",
    "wait": "待ち(分)",
    "wait_reason": "待つ理由",
    "copies": "写し(部)",
    "name_writes": "氏名を書く(回)",
    "visits": "来庁(回)",
    "seal": "押印",
    "entry": "入力先",
    "paper": "添付書類",
    "register": "確かめられる台帳",
    "law": "根拠",
    "basis": "時間の根拠",
}
MINUTE_COLUMNS = ("least", "usual", "most", "wait")
COUNT_COLUMNS = ("copies", "name_writes", "visits")
TEXT_COLUMNS = ("wait_reason", "form", "seal", "entry", "paper", "register", "law", "basis")
END_LABELS = frozenset({"終", "終わり", "おわり", "end"})
MAX_ROWS = 85
_MAX_VALUE = 60 * 24 * 366
_NODE_KINDS = {term: kind for kind, term in NODE_KIND_LABELS.items()}
_PARTY_KINDS = {term: kind for kind, term in PARTY_KIND_LABELS.items()}
_KIND_BY_PARTY_WORD = {
    "住民": PartyKind.RESIDENT,
    "申請者": PartyKind.RESIDENT,
    "事業者": PartyKind.RESIDENT,
    "システム": PartyKind.SYSTEM,
    "機関": PartyKind.BODY,
    "第三者": PartyKind.BODY,
}
Cells = Mapping[str, str]


@dataclass(frozen=True)
class RowProblem:
    """入力の誤り: a cell that cannot be parsed; ``row`` counts from 1, ``text`` says what to do."""

    row: int
    column: str
    text: str


def table_from_cells(
    cells: Sequence[Cells], title: str = "", before: StepTable | None = None
) -> tuple[StepTable, list[RowProblem]]:
    """Return the step table of the filled rows and the problems found; at most ``MAX_ROWS`` rows are read.

    Attributes that another program wrote into ``before`` stay with the row of the same key; positions stay while the
    topology is unchanged.
    """
    problems: list[RowProblem] = []
    filled = [cell for cell in cells if _is_filled(cell)]
    if len(filled) > MAX_ROWS:
        problems.append(RowProblem(MAX_ROWS, "number", f"手順は {MAX_ROWS} 行までです。流れを分けてください。"))
        filled = filled[:MAX_ROWS]
    old = {row.key: row for row in before.rows} if before else {}
    pool = before.pools[0] if before and before.pools else Pool("process", title)
    parties = _parties(filled, before, pool.key)
    keys = _keys(filled)
    rows: list[FlowNode] = []
    links: list[FlowEdge] = []
    numbers = {
        normalized(cell.get("number", "")) or str(place): keys[place - 1] for place, cell in enumerate(filled, 1)
    }
    for place, cell in enumerate(filled, 1):
        rows.append(_node(cell, place, keys[place - 1], parties, old.get(keys[place - 1]), pool.key, problems))
        following = keys[place] if place < len(keys) else ""
        leads = _edges(cell, place, keys[place - 1], following, numbers, problems)
        stopped = before is not None and keys[place - 1] in old and not before.outgoing(keys[place - 1])
        links += [] if stopped and [link.target for link in leads] == [""] else leads
    links = [_with_previous_attributes(link, before) for link in links]
    shared = replace(before) if before else StepTable(pools=(pool,))
    messages = tuple(link for link in before.links if link.message) if before else ()
    table = replace(shared, title=title or shared.title, parties=tuple(parties.values()), rows=tuple(rows))
    table = replace(table, links=(*links, *_messages_between(messages, keys)))
    return _with_kept_positions(table, before), problems


def _is_filled(cell: Cells) -> bool:
    """Return whether a row has a name or a party, or a kind other than a task (a start or an end event)."""
    silent = normalized(cell.get("kind", "")) in {"", NODE_KIND_LABELS[NodeKind.TASK]}
    return bool(normalized(cell.get("name", "")) or normalized(cell.get("party", ""))) or not silent


def _messages_between(messages: tuple[FlowEdge, ...], keys: list[str]) -> list[FlowEdge]:
    return [link for link in messages if link.source in keys or link.target in keys]


def _with_kept_positions(table: StepTable, before: StepTable | None) -> StepTable:
    """Return the table with the positions of ``before`` while its topology is the same, otherwise without positions."""
    if before and _topology(before) == _topology(table):
        return replace(table, links=tuple(_with_previous_attributes(link, before) for link in table.links))
    rows = tuple(replace(row, box=None, label=None) for row in table.rows)
    links = tuple(replace(link, points=(), label=None) for link in table.links)
    lanes = tuple(replace(party, box=None) for party in table.parties)
    pools = tuple(replace(pool, box=None) for pool in table.pools)
    return replace(table, rows=rows, links=links, parties=lanes, pools=pools, foreign=False)


def _topology(table: StepTable) -> tuple[object, ...]:
    rows = [(row.key, row.party) for row in table.rows]
    return sorted(rows), sorted((link.source, link.target) for link in table.links)


def _with_previous_attributes(link: FlowEdge, before: StepTable | None) -> FlowEdge:
    same = [old for old in before.links if (old.source, old.target) == (link.source, link.target)] if before else []
    named = [old for old in same if old.name == link.name] or same
    return replace(named[0], name=link.name, share=link.share) if named else link


def _keys(filled: list[Cells]) -> list[str]:
    """Return one unique key a row; a row without one, or with one already taken, gets the next free."""
    keys: list[str] = []
    given = {cell.get("key", "") for cell in filled}
    fresh = (f"s{number}" for number in range(1, 10_000) if f"s{number}" not in given)
    for cell in filled:
        key = cell.get("key", "")
        keys.append(key if key and key not in keys else next(fresh))
    return keys


def _parties(filled: list[Cells], before: StepTable | None, pool: str) -> dict[str, Party]:
    known = {party.name: party for party in before.parties} if before else {}
    found: dict[str, Party] = {}
    for cell in filled:
        name = normalized(cell.get("party", ""))
        if not name:
            continue
        kind = _PARTY_KINDS.get(normalized(cell.get("party_kind", "")))
        guess = next((kind for word, kind in _KIND_BY_PARTY_WORD.items() if word in name), PartyKind.POST)
        if name not in found:
            old = known.get(name) or Party(f"p{len(known) + len(found) + 1}", name, kind or guess, pool)
            found[name] = replace(old, kind=kind) if kind else old
    above = {party.parent for party in found.values()}
    if before:
        found.update({party.name: party for party in before.parties if party.key in above and party.name not in found})
    return found


def _node(
    cell: Cells,
    place: int,
    key: str,
    parties: dict[str, Party],
    old: FlowNode | None,
    pool: str,
    problems: list[RowProblem],
) -> FlowNode:
    name, party = normalized(cell.get("name", "")), parties.get(normalized(cell.get("party", "")))
    word = normalized(cell.get("kind", ""))
    kind = _NODE_KINDS.get(word, old.kind if old and not word else NodeKind.TASK)
    if not name and kind == NodeKind.TASK:
        problems.append(RowProblem(place, "name", "手順の名前を入れてください。例: 申請書を受け取る"))
    if word and word not in _NODE_KINDS:
        problems.append(
            RowProblem(place, "kind", f"種類「{word}」はありません。{'、'.join(_NODE_KINDS)} から選んでください。")
        )
    row = (
        replace(old, kind=kind)
        if old and old.kind == kind
        else FlowNode(key, kind=kind, pool=old.pool if old else pool)
    )
    return replace(row, name=name, party=party.key if party else row.party, work=_work(cell, place, problems))


def _work(cell: Cells, place: int, problems: list[RowProblem]) -> Work:
    minutes = {column: _number(cell, column, place, problems) for column in MINUTE_COLUMNS}
    rest: dict[str, Any] = {column: int(_number(cell, column, place, problems)) for column in COUNT_COLUMNS}
    rest |= {column: normalized(cell.get(column, "")) for column in TEXT_COLUMNS}
    usual = minutes["usual"] or minutes["least"] or minutes["most"]
    least, most = minutes["least"] or usual, minutes["most"] or usual
    if not least <= usual <= most:
        problems.append(RowProblem(place, "usual", "最短 ≦ ふつう ≦ 最長 になるように、分を直してください。"))
        least, usual, most = sorted((least, usual, most))
    return Work(least, usual, most, minutes["wait"], **rest)


def _number(cell: Cells, column: str, place: int, problems: list[RowProblem]) -> float:
    text = normalized(cell.get(column, "")).replace(",", "")
    if column in MINUTE_COLUMNS:
        value = minutes_of(text)
        remedy = "「30分」「2時間」「3日」のように入れてください。数字だけなら分です。"
    else:
        value = float(text) if text.isascii() and text.isdecimal() else None if text else 0.0
        remedy = "0 以上の数を入れてください。"
    if value is None or value > _MAX_VALUE:
        problems.append(RowProblem(place, column, f"「{text}」は数として読めません。{remedy}"))
        return 0.0
    return value


def _edges(
    cell: Cells, place: int, key: str, following: str, numbers: dict[str, str], problems: list[RowProblem]
) -> list[FlowEdge]:
    text = normalized(cell.get("next", ""))
    if not text:
        kind = _NODE_KINDS.get(normalized(cell.get("kind", "")))
        return [] if kind == NodeKind.END or not following else [FlowEdge(f"{key}-{following}", key, following)]
    links: list[FlowEdge] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = NEXT.match(part.strip())
        number = match["number"] if match else ""
        if match is None or (number not in numbers and number not in END_LABELS):
            problems.append(
                RowProblem(place, "next", f"「{part.strip()}」の行がありません。例: 3 80% 足りる; 5 20% 足りない")
            )
            continue
        target = "" if number in END_LABELS else numbers[number]
        share = float(match["share"]) / 100 if match["share"] else None
        same = sum(link.target == target for link in links)
        suffix = f"-{same + 1}" if same else ""
        links.append(FlowEdge(f"{key}-{target or 'end'}{suffix}", key, target, match["name"].strip(), share))
    shares = [link.share for link in links if link.share is not None]
    if shares and len(shares) == len(links) and abs(sum(shares) - 1) > 0.005:
        problems.append(RowProblem(place, "next", f"割合の合計が {sum(shares) * 100:g}% です。100% にしてください。"))
    return links


def cells_from_table(table: StepTable) -> list[dict[str, str]]:
    """Return a table as cells, numbered from 1; a cell without a value is empty."""
    numbers = {row.key: str(place) for place, row in enumerate(table.rows, 1)}
    parties = {party.key: party for party in table.parties}
    written = []
    for place, row in enumerate(table.rows, 1):
        party = parties.get(row.party)
        following = table.rows[place].key if place < len(table.rows) else ""
        cell = {"key": row.key, "number": str(place), "name": row.name}
        cell["party"] = party.name if party else ""
        cell["party_kind"] = PARTY_KIND_LABELS[party.kind] if party else ""
        cell["kind"] = NODE_KIND_LABELS[row.kind]
        leads = table.outgoing(row.key)
        stops = not leads and following and row.kind != NodeKind.END
        cell["next"] = "終" if stops else _next_text(leads, following, numbers)
        for column in (*MINUTE_COLUMNS, *COUNT_COLUMNS):
            value = getattr(row.work, column)
            same = column in {"least", "most"} and value == row.work.usual
            cell[column] = f"{value:g}" if value and not same else ""
        cell.update({column: getattr(row.work, column) for column in TEXT_COLUMNS})
        written.append(cell)
    return written


def _next_text(links: list[FlowEdge], following: str, numbers: dict[str, str]) -> str:
    if not links or (len(links) == 1 and links[0].target == following and not links[0].name and links[0].share is None):
        return ""
    parts = []
    for link in links:
        share = f" {link.share * 100:g}%" if link.share is not None else ""
        parts.append(f"{numbers.get(link.target, '終')}{share} {link.name}".strip())
    return "; ".join(parts)
