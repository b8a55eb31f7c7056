"""Round input 点検の材料: all rows that the checks before the run read, loaded once; an open point and its rows."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from todoke.admissions.models import ApplicantChild, Directive, SeatPool, SelectionRound
from todoke.admissions.selection.scores import Family, families_of


@dataclass(frozen=True)
class OpenPoint:
    """点検の指摘: what must be put right, or signed away where that is possible; ``rows`` stand behind it."""

    kind: str
    key: str
    said: str
    rows: tuple[str, ...] = ()
    signable: bool = True
    place: str = ""

    @property
    def fingerprint(self) -> str:
        """The hash of what the point says: a signature holds for exactly this."""
        return hashlib.sha256(json.dumps([self.said, self.rows], ensure_ascii=False).encode()).hexdigest()


@dataclass
class RoundInput:
    """点検の材料: a round with its families, children, pools and directives."""

    round: SelectionRound

    @cached_property
    def families(self) -> list[Family]:
        return families_of(self.round)

    @cached_property
    def children(self) -> list[ApplicantChild]:
        """The applying children with their wishes."""
        rows = self.round.children.applying().select_related("household", "current", "score", "case")
        return list(rows.prefetch_related("preferences__facility").order_by("number"))

    @cached_property
    def pools(self) -> list[SeatPool]:
        rows = self.round.pools.select_related("facility")
        return list(rows.prefetch_related("classes", "seat_reports__reported_by"))

    @cached_property
    def directives(self) -> list[Directive]:
        """The live directives of applying children."""
        rows = Directive.objects.live().filter(round=self.round, child__withdrawn_at=None)
        return list(rows.select_related("child__household", "facility"))

    @cached_property
    def offered(self) -> set[tuple[int, int]]:
        """Facility and class of every pool."""
        return {(pool.facility_id, each.number) for pool in self.pools for each in pool.classes.all()}

    def named(self, child: ApplicantChild) -> str:
        """Return a child as the rows of a point name it."""
        return f"{child.number} {child.name}({self.round.scheme.class_name(child.age_class)})"
