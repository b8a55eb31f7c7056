"""Published file 公表ファイル: one text with everything that a draw needs, written, read strictly, and verified."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from todoke.bookings.lottery.draw import FORMAT, ClosedList, Entry, Result, commitment, draw
from todoke.runtime.refusals import Unreadable

_HEX = re.compile(r"[0-9a-f]{64}")
_HEADS = ("number", "commitment", "seed", "value", "digest")


@dataclass(frozen=True)
class PublishedDraw:
    """公表された抽選: number, C, S, V, D, the closed list and the results, in the order of the draw."""

    number: str
    commitment: str
    seed: str
    value: str
    digest: str
    closed: ClosedList
    results: tuple[Result, ...]

    def text(self) -> str:
        """Return the file, every line ended by one line feed."""
        heads = [f"{name}\t{getattr(self, name)}" for name in _HEADS]
        results = [f"result\t{one.ticket}\t{one.rank}\t{one.outcome}" for one in self.results]
        return "".join(f"{line}\n" for line in (FORMAT, *heads, *self.closed.lines(), *results))


def read_published(text: str) -> PublishedDraw:
    """Parse a file. Raises Unreadable with the line that is not as it must be."""
    lines = text.split("\n")
    if lines[0] != FORMAT:
        raise Unreadable(f"1行目が「{FORMAT}」ではありません。抽選の公表ファイルではないか、書き換えられています。")
    rows, heads = [line.split("\t") for line in lines[1:] if line], {}
    for row in rows[: len(_HEADS)]:
        heads[row[0]] = row[-1]
    if tuple(heads) != _HEADS or not all(_HEX.fullmatch(heads[name]) for name in ("commitment", "seed", "digest")):
        raise Unreadable("2行目から6行目(番号・約束・種・公開値・照合値)が、決まった形ではありません。")
    try:
        found = _read_rows(rows[len(_HEADS) :], heads)
    except (ValueError, IndexError, KeyError) as problem:
        raise Unreadable("一覧か結果に、決まった形でない行があります。") from problem
    if found.text() != text:
        raise Unreadable(f"{_first_difference(found.text(), text)}行目の書き方か順が、決まった形ではありません。")
    return found


def _read_rows(rows: Sequence[list[str]], heads: dict[str, str]) -> PublishedDraw:
    kinds: dict[str, list[list[str]]] = {"source": [], "limit": [], "item": [], "entry": [], "result": []}
    for row in rows:
        kinds[row[0]].append(row[1:])
    (source,), (limit,) = kinds["source"], kinds["limit"]
    entries = tuple(
        Entry(ticket, tuple(items.split(",")), int(weight), name) for ticket, items, weight, name in kinds["entry"]
    )
    items = {code: int(capacity) for code, capacity in kinds["item"]}
    results = tuple(Result(ticket, rank, outcome) for ticket, rank, outcome in kinds["result"])
    return PublishedDraw(closed=ClosedList(items, int(limit[0]), source[0], entries), results=results, **heads)


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    return next((number for number, (left, right) in enumerate(pairs, start=1) if left != right), 1)


def faults(published: PublishedDraw) -> list[str]:
    """Return, in Japanese, everything that does not fit; empty when the draw went by its rules."""
    seed, found = bytes.fromhex(published.seed), []
    if commitment(published.number, seed) != published.commitment:
        found.append("公告の約束 C と、番号・種 S が合いません。種・番号・約束のどれかが違います。")
    if published.closed.digest != published.digest:
        found.append("締め切った一覧と、照合値 D が合いません。一覧の行か照合値が違います。")
    if found:
        return found
    right = draw(published.closed, seed, published.value)
    if sum(one.rank != other.rank for one, other in zip(right, published.results, strict=False)) > 1:
        return ["順位が、種 S・一覧 D・公開値 V から計算したものと合いません。公開値か、結果の順が違います。"]
    wrong = [one.ticket for one, other in zip(right, published.results, strict=False) if one != other]
    if len(right) != len(published.results):
        return ["結果の行の数が、申込みの数と違います。"]
    return [f"整理番号 {ticket} の結果が、計算したものと違います。" for ticket in wrong]
