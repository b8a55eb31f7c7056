"""Draw 抽せん: ranks of entries from a seed committed before and a public value that exists only after closing.

C = SHA-256("todoke.lottery.1" ‖ number ‖ S), D = SHA-256 of the closed list, K = HMAC-SHA256(S, D ‖ "\\n" ‖ V). The
rank of a ticket is the least HMAC-SHA256(K, T ‖ "/" ‖ i) over i below its weight: odds go exactly by weight.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

FORMAT = "todoke.lottery.1"
WON, LOST, LIMITED = "当選", "落選", "上限"
BLOCK = 64
"""Bytes of a block of SHA-256."""


class Entry(NamedTuple):
    """申込: a ticket, the items that it wants together, its weight, and its registrant's name for this draw."""

    ticket: str
    items: tuple[str, ...]
    weight: int
    pseudonym: str

    @property
    def line(self) -> str:
        """The line of the closed list."""
        return f"entry\t{self.ticket}\t{','.join(self.items)}\t{self.weight}\t{self.pseudonym}"


@dataclass(frozen=True)
class ClosedList:
    """締め切った一覧: items with their capacity, wins of a registrant at most, what V is, entries."""

    items: Mapping[str, int]
    limit: int
    source: str
    entries: tuple[Entry, ...]

    def lines(self) -> list[str]:
        """Return the lines whose hash is D, entries sorted by their ticket."""
        items = [f"item\t{code}\t{capacity}" for code, capacity in sorted(self.items.items())]
        entries = sorted(self.entries, key=lambda entry: entry.ticket)
        return [f"source\t{self.source}", f"limit\t{self.limit}", *items, *(entry.line for entry in entries)]

    @property
    def digest(self) -> str:
        """D, as hexadecimal digits."""
        return hashlib.sha256("".join(f"{line}\n" for line in self.lines()).encode()).hexdigest()


class Result(NamedTuple):
    """結果: the rank of a ticket as hexadecimal digits, and whether it won."""

    ticket: str
    rank: str
    outcome: str


def commitment(number: str, seed: bytes) -> str:
    """Return C, which is published before the first entry."""
    return hashlib.sha256(FORMAT.encode() + number.encode() + seed).hexdigest()


def draw(closed: ClosedList, seed: bytes, value: str) -> list[Result]:
    """Return the results in the order of the draw; the order of the entries changes nothing."""
    key = hmac.digest(seed, f"{closed.digest}\n{value}".encode(), "sha256")
    number_of = keyed_hash(key)
    order = sorted((rank(number_of, entry), entry.ticket, entry) for entry in closed.entries)
    return list(_settled(order, dict(closed.items), closed.limit))


def keyed_hash(key: bytes) -> Callable[[bytes], bytes]:
    """Return HMAC-SHA256 under a key of at most 64 bytes; both blocks of the key are hashed once for all."""
    inner, outer = (hashlib.sha256(bytes(each ^ pad for each in key.ljust(BLOCK, b"\0"))) for pad in (0x36, 0x5C))

    def digest(message: bytes) -> bytes:
        within, around = inner.copy(), outer.copy()
        within.update(message)
        around.update(within.digest())
        return around.digest()

    return digest


def rank(number_of: Callable[[bytes], bytes], entry: Entry) -> bytes:
    """Return the rank of an entry, 32 bytes that compare as the number they are."""
    return min([number_of(f"{entry.ticket}/{index}".encode()) for index in range(entry.weight)])


def _settled(order: Sequence[tuple[bytes, str, Entry]], room: dict[str, int], limit: int) -> Iterable[Result]:
    """Give each entry all of its items while there is room and its registrant has won fewer than ``limit``; 0: any."""
    won = Counter[str]()
    for number, ticket, entry in order:
        outcome = LOST
        if limit and won[entry.pseudonym] >= limit:
            outcome = LIMITED
        elif min(map(room.get, entry.items, repeat(0))) > 0:
            outcome = WON
            won[entry.pseudonym] += 1
            for item in entry.items:
                room[item] -= 1
        yield Result(ticket, number.hex(), outcome)
