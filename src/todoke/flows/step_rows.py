"""Cells 表のます目: the step table as a clerk writes it, in a browser or a spreadsheet, and back."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from todoke.flows.step_table import KIND_TERMS, PARTY_TERMS, Kind, Link, Party, PartyKind, Pool, Row, Table, Work

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
MINUTES = ("least", "usual", "most", "wait")
COUNTS = ("copies", "name_writes", "visits")
WORDS = ("wait_reason", "form", "seal", "entry", "paper", "register", "law", "basis")
END_WORDS = frozenset({"終", "終わり", "おわり", "end"})
MOST_ROWS = 85
_LONGEST_MINUTES = 60 * 24 * 366
_NEXT = re.compile(r"^(?P<number>\d+|終わり|終|おわり|end)\s*(?:(?P<share>\d+(?:\.\d+)?)\s*%)?\s*(?P<name>.*)$")
_KINDS = {term: kind for kind, term in KIND_TERMS.items()}
_PARTIES = {term: kind for kind, term in PARTY_TERMS.items()}
_GUESSES = {
    "住民": PartyKind.RESIDENT,
    "申請者": PartyKind.RESIDENT,
    "事業者": PartyKind.RESIDENT,
    "システム": PartyKind.SYSTEM,
    "機関": PartyKind.BODY,
    "第三者": PartyKind.BODY,
}
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What cannot be drawn yet, where, and what to do; ``row`` counts from 1."""

    row: int
    column: str
    text: str


def clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def table_of(cells: Sequence[Cells], title: str = "", before: Table | None = None) -> tuple[Table, list[Problem]]:
    """Make a table of filled cells; what another program wrote into ``before`` stays with its rows."""
    problems: list[Problem] = []
    filled = [cell for cell in cells if _is_filled(cell)]
    if len(filled) > MOST_ROWS:
        problems.append(Problem(MOST_ROWS, "number", f"手順は {MOST_ROWS} 行までです。流れを分けてください。"))
        filled = filled[:MOST_ROWS]
    old = {row.key: row for row in before.rows} if before else {}
    pool = before.pools[0] if before and before.pools else Pool("process", title)
    parties = _parties(filled, before, pool.key)
    keys = _keys(filled)
    rows: list[Row] = []
    links: list[Link] = []
    numbers = {clean(cell.get("number", "")) or str(place): keys[place - 1] for place, cell in enumerate(filled, 1)}
    for place, cell in enumerate(filled, 1):
        rows.append(_row(cell, place, keys[place - 1], parties, old.get(keys[place - 1]), pool.key, problems))
        following = keys[place] if place < len(keys) else ""
        leads = _links(cell, place, keys[place - 1], following, numbers, problems)
        stopped = before is not None and keys[place - 1] in old and not before.leaving(keys[place - 1])
        links += [] if stopped and [link.target for link in leads] == [""] else leads
    links = [_as_before(link, before) for link in links]
    shared = replace(before) if before else Table(pools=(pool,))
    messages = tuple(link for link in before.links if link.message) if before else ()
    table = replace(shared, title=title or shared.title, parties=tuple(parties.values()), rows=tuple(rows))
    table = replace(table, links=(*links, *_still_there(messages, keys)))
    return _with_places(table, before), problems


def _is_filled(cell: Cells) -> bool:
    """A row without a name and a person is empty, unless its kind (a beginning, an end) says enough."""
    silent = clean(cell.get("kind", "")) in {"", KIND_TERMS[Kind.TASK]}
    return bool(clean(cell.get("name", "")) or clean(cell.get("party", ""))) or not silent


def _still_there(messages: tuple[Link, ...], keys: list[str]) -> list[Link]:
    return [link for link in messages if link.source in keys or link.target in keys]


def _with_places(table: Table, before: Table | None) -> Table:
    """Keep places only while the shape of the flow is as it was; otherwise the whole drawing is laid out anew."""
    if before and _shape(before) == _shape(table):
        return replace(table, links=tuple(_as_before(link, before) for link in table.links))
    rows = tuple(replace(row, box=None, label=None) for row in table.rows)
    links = tuple(replace(link, points=(), label=None) for link in table.links)
    lanes = tuple(replace(party, box=None) for party in table.parties)
    pools = tuple(replace(pool, box=None) for pool in table.pools)
    return replace(table, rows=rows, links=links, parties=lanes, pools=pools, foreign=False)


def _shape(table: Table) -> tuple[object, ...]:
    rows = [(row.key, row.party) for row in table.rows]
    return sorted(rows), sorted((link.source, link.target) for link in table.links)


def _as_before(link: Link, before: Table | None) -> Link:
    same = [old for old in before.links if (old.source, old.target) == (link.source, link.target)] if before else []
    named = [old for old in same if old.name == link.name] or same
    return replace(named[0], name=link.name, share=link.share) if named else link


def _keys(filled: list[Cells]) -> list[str]:
    """Give every row its key; a row without one, or with one already taken, gets the next free."""
    keys: list[str] = []
    given = {cell.get("key", "") for cell in filled}
    fresh = (f"s{number}" for number in range(1, 10_000) if f"s{number}" not in given)
    for cell in filled:
        key = cell.get("key", "")
        keys.append(key if key and key not in keys else next(fresh))
    return keys


def _parties(filled: list[Cells], before: Table | None, pool: str) -> dict[str, Party]:
    known = {party.name: party for party in before.parties} if before else {}
    found: dict[str, Party] = {}
    for cell in filled:
        name = clean(cell.get("party", ""))
        if not name:
            continue
        kind = _PARTIES.get(clean(cell.get("party_kind", "")))
        guess = next((kind for word, kind in _GUESSES.items() if word in name), PartyKind.POST)
        if name not in found:
            old = known.get(name) or Party(f"p{len(known) + len(found) + 1}", name, kind or guess, pool)
            found[name] = replace(old, kind=kind) if kind else old
    above = {party.parent for party in found.values()}
    if before:
        found.update({party.name: party for party in before.parties if party.key in above and party.name not in found})
    return found


def _row(
    cell: Cells, place: int, key: str, parties: dict[str, Party], old: Row | None, pool: str, problems: list[Problem]
) -> Row:
    name, party = clean(cell.get("name", "")), parties.get(clean(cell.get("party", "")))
    word = clean(cell.get("kind", ""))
    kind = _KINDS.get(word, old.kind if old and not word else Kind.TASK)
    if not name and kind == Kind.TASK:
        problems.append(Problem(place, "name", "手順の名前を入れてください。例: 申請書を受け取る"))
    if word and word not in _KINDS:
        problems.append(Problem(place, "kind", f"種類「{word}」はありません。{'、'.join(_KINDS)} から選んでください。"))
    row = replace(old, kind=kind) if old and old.kind == kind else Row(key, kind=kind, pool=old.pool if old else pool)
    return replace(row, name=name, party=party.key if party else row.party, work=_work(cell, place, problems))


def _work(cell: Cells, place: int, problems: list[Problem]) -> Work:
    minutes = {column: _number(cell, column, place, problems) for column in MINUTES}
    rest: dict[str, Any] = {column: int(_number(cell, column, place, problems)) for column in COUNTS}
    rest |= {column: clean(cell.get(column, "")) for column in WORDS}
    usual = minutes["usual"] or minutes["least"] or minutes["most"]
    least, most = minutes["least"] or usual, minutes["most"] or usual
    if not least <= usual <= most:
        problems.append(Problem(place, "usual", "最短 ≦ ふつう ≦ 最長 になるように、分を直してください。"))
        least, usual, most = sorted((least, usual, most))
    return Work(least, usual, most, minutes["wait"], **rest)


def _number(cell: Cells, column: str, place: int, problems: list[Problem]) -> float:
    text = clean(cell.get(column, "")).replace(",", "")
    try:
        value = float(text or 0)
    except ValueError:
        value = -1.0
    if not 0 <= value <= _LONGEST_MINUTES:
        problems.append(Problem(place, column, f"「{text}」は数として読めません。0 以上の数を入れてください。"))
        return 0.0
    return value


def _links(
    cell: Cells, place: int, key: str, following: str, numbers: dict[str, str], problems: list[Problem]
) -> list[Link]:
    text = clean(cell.get("next", ""))
    if not text:
        kind = _KINDS.get(clean(cell.get("kind", "")))
        return [] if kind == Kind.END or not following else [Link(f"{key}-{following}", key, following)]
    links: list[Link] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = _NEXT.match(part.strip())
        number = match["number"] if match else ""
        if match is None or (number not in numbers and number not in END_WORDS):
            problems.append(
                Problem(place, "next", f"「{part.strip()}」の行がありません。例: 3 80% 足りる; 5 20% 足りない")
            )
            continue
        target = "" if number in END_WORDS else numbers[number]
        share = float(match["share"]) / 100 if match["share"] else None
        same = sum(link.target == target for link in links)
        suffix = f"-{same + 1}" if same else ""
        links.append(Link(f"{key}-{target or 'end'}{suffix}", key, target, match["name"].strip(), share))
    shares = [link.share for link in links if link.share is not None]
    if shares and len(shares) == len(links) and abs(sum(shares) - 1) > 0.005:
        problems.append(Problem(place, "next", f"割合の合計が {sum(shares) * 100:g}% です。100% にしてください。"))
    return links


def cells_of(table: Table) -> list[dict[str, str]]:
    """Write a table as cells, numbered from 1; empty cells where nothing was said."""
    numbers = {row.key: str(place) for place, row in enumerate(table.rows, 1)}
    parties = {party.key: party for party in table.parties}
    written = []
    for place, row in enumerate(table.rows, 1):
        party = parties.get(row.party)
        following = table.rows[place].key if place < len(table.rows) else ""
        cell = {"key": row.key, "number": str(place), "name": row.name}
        cell["party"] = party.name if party else ""
        cell["party_kind"] = PARTY_TERMS[party.kind] if party else ""
        cell["kind"] = KIND_TERMS[row.kind]
        leads = table.leaving(row.key)
        stops = not leads and following and row.kind != Kind.END
        cell["next"] = "終" if stops else _next_text(leads, following, numbers)
        for column in (*MINUTES, *COUNTS):
            value = getattr(row.work, column)
            same = column in {"least", "most"} and value == row.work.usual
            cell[column] = f"{value:g}" if value and not same else ""
        cell.update({column: getattr(row.work, column) for column in WORDS})
        written.append(cell)
    return written


def _next_text(links: list[Link], following: str, numbers: dict[str, str]) -> str:
    if not links or (len(links) == 1 and links[0].target == following and not links[0].name and links[0].share is None):
        return ""
    parts = []
    for link in links:
        share = f" {link.share * 100:g}%" if link.share is not None else ""
        parts.append(f"{numbers.get(link.target, '終')}{share} {link.name}".strip())
    return "; ".join(parts)
