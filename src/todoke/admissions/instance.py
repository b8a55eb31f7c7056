"""Instance 利用調整の入力: one round as read and found sound; faults of one that is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from todoke.runtime.refusals import Unreadable

FORMAT = "hoiku-matching/1"
MOST_CHILDREN = 1 << 20
LARGEST_POINTS = (1 << 31) - 1


class Fault(NamedTuple):
    """誤り: the place in the document (``children[3].tie``), and what is wrong there, for staff."""

    place: str
    said: str


class InvalidInstance(Unreadable):
    """受け付けられない入力: the document has faults and nothing was computed; ``faults`` names every one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.said for fault in self.faults))


@dataclass(frozen=True, eq=False)
class Instance:
    """利用調整の入力: the document itself (``data``) and the SHA-256 of its unpacked bytes; never changed."""

    data: Mapping[str, Any]
    sha256: str

    @property
    def name(self) -> str:
        return str(self.data["name"])

    @property
    def pools(self) -> list[dict[str, Any]]:
        return list(self.data["pools"])

    @property
    def children(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["children"]
        return found

    @property
    def families(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["families"]
        return found

    @cached_property
    def child(self) -> dict[str, dict[str, Any]]:
        """Return the children by id."""
        return {child["id"]: child for child in self.children}

    @cached_property
    def pins(self) -> dict[str, str]:
        """Return child → facility of the pins 指定."""
        return {each["child"]: each["facility"] for each in self.data["directives"] if each["type"] == "pin"}

    @cached_property
    def forbidden(self) -> frozenset[tuple[str, str]]:
        """Return (child, facility) of the forbidden pairs 除外."""
        return frozenset(
            (each["child"], each["facility"]) for each in self.data["directives"] if each["type"] == "forbid"
        )

    @cached_property
    def pool_of(self) -> dict[tuple[str, int], int]:
        """Return (facility, class) → index of its pool."""
        return {(pool["facility"], each): at for at, pool in enumerate(self.data["pools"]) for each in pool["classes"]}

    @cached_property
    def capacities(self) -> list[int]:
        """Return the effective capacity of each pool: its seats, and those of children enrolled there."""
        seats = [int(pool["capacity"]) for pool in self.data["pools"]]
        for child in self.children:
            if child["current"] is not None:
                pool = self.pool_of.get((child["current"], child["class"]))
                if pool is not None:
                    seats[pool] += 1
        return seats

    def fallback(self, child: Mapping[str, Any]) -> str | None:
        """Return where a child is when its family gets nothing: at its pin, else where it is enrolled, else nowhere."""
        found: str | None = self.pins.get(child["id"], child["current"])
        return found
