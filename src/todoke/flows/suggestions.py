"""Hints 見直しの手がかり: ECRS (eliminate, combine, reorder, simplify) found by rule, each with what it would save."""

from dataclasses import dataclass
from enum import StrEnum

from todoke.flows.effort import passes_of
from todoke.flows.step_table import GATEWAYS, Kind, PartyKind, Row, Table, completed

ABOLISH_WORDS = ("廃止", "不要", "省略")
SEAL_MINUTES = 3.0
LONG_WAIT = 480.0


class Way(StrEnum):
    """The four questions of work study, in the order in which they are asked."""

    ELIMINATE = "なくす"
    COMBINE = "まとめる"
    REORDER = "順序を変える"
    SIMPLIFY = "簡単にする"


@dataclass(frozen=True)
class Hint:
    """A proposal to think about, never a decision: the rows, why, and minutes saved per case (work and waiting)."""

    way: Way
    rows: tuple[str, ...]
    reason: str
    saved_work: float = 0.0
    saved_wait: float = 0.0
    saved_visits: float = 0.0


def hints_of(table: Table) -> list[Hint]:
    """Find everything that the rules see, the largest saving first."""
    full = completed(table)
    passes = passes_of(full)
    found = [
        *_duplicate_entries(full, passes),
        *_seals(full, passes),
        *_papers(full, passes),
        *_back_and_forth(full, passes),
        *_waits(full, passes),
        *_same_hands(full, passes),
        *_late_checks(full, passes),
    ]
    return sorted(found, key=lambda hint: -(hint.saved_work + hint.saved_wait / 10 + hint.saved_visits * 60))


def _duplicate_entries(table: Table, passes: dict[str, float]) -> list[Hint]:
    """The same system or book written to in more than one step."""
    by_entry: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.work.entry:
            by_entry.setdefault(row.work.entry, []).append(row)
    return [
        Hint(
            Way.COMBINE,
            tuple(row.key for row in rows),
            f"「{entry}」への入力が {len(rows)} 回あります。1回にまとめられないか確かめてください。",
            sum(passes[row.key] * row.work.usual for row in rows[1:]),
        )
        for entry, rows in by_entry.items()
        if len(rows) > 1
    ]


def _seals(table: Table, passes: dict[str, float]) -> list[Hint]:
    found = []
    for row in table.rows:
        if any(word in row.work.seal for word in ABOLISH_WORDS):
            only = "印" in row.name
            saved = row.work.usual if only else min(SEAL_MINUTES, row.work.usual)
            reason = f"「{row.name}」の押印は見直しで「{row.work.seal}」となっています。"
            found.append(Hint(Way.ELIMINATE, (row.key,), reason, passes[row.key] * saved))
    return found


def _papers(table: Table, passes: dict[str, float]) -> list[Hint]:
    return [
        Hint(
            Way.ELIMINATE,
            (row.key,),
            f"「{row.work.paper}」は「{row.work.register}」で職員が確かめられます。提出を求めない形にできます。",
            0.0,
            0.0,
            passes[row.key] * row.work.visits,
        )
        for row in table.rows
        if row.work.paper and row.work.register
    ]


def _back_and_forth(table: Table, passes: dict[str, float]) -> list[Hint]:
    """A → B → A: one step of another hand between two of the same."""
    found = []
    by_key = {row.key: row for row in table.rows}
    for row in table.rows:
        for first in table.leaving(row.key):
            middle = by_key.get(first.target)
            for second in table.leaving(first.target):
                last = by_key.get(second.target)
                if middle is None or last is None or (GATEWAYS | {Kind.END}) & {row.kind, middle.kind, last.kind}:
                    continue
                if row.party == last.party != middle.party and row.key != last.key:
                    names = table.party_name(row), table.party_name(middle)
                    route = f"{names[0]} → {names[1]} → {names[0]}"
                    reason = f"{route} と行き来しています。「{middle.name}」を寄せられませんか。"
                    keys = (row.key, middle.key, last.key)
                    saved = passes[middle.key] * (middle.work.wait + last.work.wait)
                    found.append(Hint(Way.COMBINE, keys, reason, 0.0, saved))
    return found


def _waits(table: Table, passes: dict[str, float]) -> list[Hint]:
    return [
        Hint(
            Way.SIMPLIFY,
            (row.key,),
            f"「{row.name}」の待ちに理由がありません。まとめて処理する日を待っていませんか。",
            0.0,
            passes[row.key] * row.work.wait,
        )
        for row in table.rows
        if row.work.wait >= LONG_WAIT and not row.work.wait_reason
    ]


def _same_hands(table: Table, passes: dict[str, float]) -> list[Hint]:
    """Writing one's name again and again: a form that could be filled in beforehand."""
    writers = [row for row in table.rows if row.work.name_writes]
    total = sum(row.work.name_writes * passes[row.key] for row in writers)
    if total <= 1:
        return []
    reason = f"氏名を {total:.3g} 回書いています。1回の入力をほかの様式に写せませんか。"
    return [Hint(Way.SIMPLIFY, tuple(row.key for row in writers), reason, (total - 1) * 0.5)]


def _late_checks(table: Table, passes: dict[str, float]) -> list[Hint]:
    """A decision that sends cases back to a resident after staff have already worked on them."""
    kinds = {party.key: party.kind for party in table.parties}
    order = {row.key: place for place, row in enumerate(table.rows)}
    found = []
    for row in table.rows:
        if row.kind != Kind.DECISION:
            continue
        for link in table.leaving(row.key):
            back = link.target in order and order[link.target] < order[row.key]
            if back and kinds.get(table.row(link.target).party) == PartyKind.RESIDENT and link.share:
                between = table.rows[order[link.target] : order[row.key]]
                work = sum(one.work.usual for one in between if kinds.get(one.party) == PartyKind.POST)
                again = table.row(link.target).name
                reason = f"{link.share:.0%} が「{again}」に戻ります。足りない所は申請の時に分かるようにできませんか。"
                found.append(Hint(Way.REORDER, (row.key, link.target), reason, passes[row.key] * link.share * work))
    return found
