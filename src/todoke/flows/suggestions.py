"""ECRS suggestions 見直しの手がかり: eliminate, combine, reorder, simplify; found by rule, with the saving of each."""

from dataclasses import dataclass
from enum import StrEnum

from todoke.flows.effort import expected_executions
from todoke.flows.step_table import GATEWAYS, FlowNode, NodeKind, PartyKind, StepTable, with_implicit_nodes

ABOLISHED_SEAL_WORDS = ("廃止", "不要", "省略")
SEAL_MINUTES = 3.0
LONG_WAIT_MINUTES = 480.0


class EcrsPrinciple(StrEnum):
    """見直しの4原則: the four ECRS questions of work study, in the order in which they are asked."""

    ELIMINATE = "なくす"
    COMBINE = "まとめる"
    REORDER = "順序を変える"
    SIMPLIFY = "簡単にする"


@dataclass(frozen=True)
class EcrsSuggestion:
    """手がかり: the rows concerned, the reason, and minutes of work and waiting and visits saved per case."""

    principle: EcrsPrinciple
    rows: tuple[str, ...]
    reason: str
    saved_work: float = 0.0
    saved_wait: float = 0.0
    saved_visits: float = 0.0


def ecrs_suggestions(table: StepTable) -> list[EcrsSuggestion]:
    """Return the suggestions for a table, the largest saving first."""
    full = with_implicit_nodes(table)
    executions = expected_executions(full)
    found = [
        *_duplicate_entries(full, executions),
        *_abolished_seals(full, executions),
        *_retrievable_documents(full, executions),
        *_ping_pong_handovers(full, executions),
        *_unexplained_waits(full, executions),
        *_repeated_name_writes(full, executions),
        *_late_checks(full, executions),
    ]
    return sorted(
        found,
        key=lambda suggestion: -(suggestion.saved_work + suggestion.saved_wait / 10 + suggestion.saved_visits * 60),
    )


def _duplicate_entries(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    """Return a suggestion for every system or book that more than one step writes to."""
    by_entry: dict[str, list[FlowNode]] = {}
    for row in table.rows:
        if row.work.entry:
            by_entry.setdefault(row.work.entry, []).append(row)
    return [
        EcrsSuggestion(
            EcrsPrinciple.COMBINE,
            tuple(row.key for row in rows),
            f"「{entry}」への入力が {len(rows)} 回あります。1回にまとめられないか確かめてください。",
            sum(executions[row.key] * row.work.usual for row in rows[1:]),
        )
        for entry, rows in by_entry.items()
        if len(rows) > 1
    ]


def _abolished_seals(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    found = []
    for row in table.rows:
        if any(word in row.work.seal for word in ABOLISHED_SEAL_WORDS):
            only = "印" in row.name
            saved = row.work.usual if only else min(SEAL_MINUTES, row.work.usual)
            reason = f"「{row.name}」の押印は見直しで「{row.work.seal}」となっています。"
            found.append(EcrsSuggestion(EcrsPrinciple.ELIMINATE, (row.key,), reason, executions[row.key] * saved))
    return found


def _retrievable_documents(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    return [
        EcrsSuggestion(
            EcrsPrinciple.ELIMINATE,
            (row.key,),
            f"「{row.work.paper}」は「{row.work.register}」で職員が確かめられます。提出を求めない形にできます。",
            0.0,
            0.0,
            executions[row.key] * row.work.visits,
        )
        for row in table.rows
        if row.work.paper and row.work.register
    ]


def _ping_pong_handovers(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    """Return a suggestion for every handover A → B → A: one step of another party between two of the same."""
    found = []
    by_key = {row.key: row for row in table.rows}
    for row in table.rows:
        for first in table.outgoing(row.key):
            middle = by_key.get(first.target)
            for second in table.outgoing(first.target):
                last = by_key.get(second.target)
                if middle is None or last is None or (GATEWAYS | {NodeKind.END}) & {row.kind, middle.kind, last.kind}:
                    continue
                if row.party == last.party != middle.party and row.key != last.key:
                    names = table.party_name(row), table.party_name(middle)
                    route = f"{names[0]} → {names[1]} → {names[0]}"
                    reason = f"{route} と行き来しています。「{middle.name}」を寄せられませんか。"
                    keys = (row.key, middle.key, last.key)
                    saved = executions[middle.key] * (middle.work.wait + last.work.wait)
                    found.append(EcrsSuggestion(EcrsPrinciple.COMBINE, keys, reason, 0.0, saved))
    return found


def _unexplained_waits(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    return [
        EcrsSuggestion(
            EcrsPrinciple.SIMPLIFY,
            (row.key,),
            f"「{row.name}」の待ちに理由がありません。まとめて処理する日を待っていませんか。",
            0.0,
            executions[row.key] * row.work.wait,
        )
        for row in table.rows
        if row.work.wait >= LONG_WAIT_MINUTES and not row.work.wait_reason
    ]


def _repeated_name_writes(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    """Return a suggestion when a case writes its name more than once: a form that could be filled in beforehand."""
    writers = [row for row in table.rows if row.work.name_writes]
    total = sum(row.work.name_writes * executions[row.key] for row in writers)
    if total <= 1:
        return []
    reason = f"氏名を {total:.3g} 回書いています。1回の入力をほかの様式に写せませんか。"
    return [EcrsSuggestion(EcrsPrinciple.SIMPLIFY, tuple(row.key for row in writers), reason, (total - 1) * 0.5)]


def _late_checks(table: StepTable, executions: dict[str, float]) -> list[EcrsSuggestion]:
    """Return a suggestion for every exclusive gateway that sends a case back to a resident after work of staff."""
    kinds = {party.key: party.kind for party in table.parties}
    order = {row.key: place for place, row in enumerate(table.rows)}
    found = []
    for row in table.rows:
        if row.kind != NodeKind.EXCLUSIVE:
            continue
        for link in table.outgoing(row.key):
            back = link.target in order and order[link.target] < order[row.key]
            if back and kinds.get(table.row(link.target).party) == PartyKind.RESIDENT and link.share:
                between = table.rows[order[link.target] : order[row.key]]
                work = sum(one.work.usual for one in between if kinds.get(one.party) == PartyKind.POST)
                again = table.row(link.target).name
                reason = f"{link.share:.0%} が「{again}」に戻ります。足りない所は申請の時に分かるようにできませんか。"
                found.append(
                    EcrsSuggestion(
                        EcrsPrinciple.REORDER, (row.key, link.target), reason, executions[row.key] * link.share * work
                    )
                )
    return found
