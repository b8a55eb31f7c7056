"""Approval rules 専決規程 as plain data: which chain of posts decides which kind, amount and importance of matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ORDINARY, IMPORTANT = "ordinary", "important"
_IMPORTANCE = {ORDINARY: "通常", IMPORTANT: "重要"}
CONSULT, JOIN, DECIDE, CIRCULATE = "consult", "join", "decide", "circulate"
OWN, ABOVE, FIXED, ANY = "own", "above", "fixed", "any"


@dataclass(frozen=True)
class StopRule:
    """経由職位: one post of a chain. Stops with the same position act in parallel (合議)."""

    position: int
    kind: str
    role: str
    place: str = OWN
    department: str = ""


@dataclass(frozen=True)
class DecisionClassRule:
    """専決区分: the chain for a kind of matter, amounts above (exclusive) up to (inclusive), and an importance.

    ``kind`` "" means every kind without a decision class of its own; ``importance`` "" means both. Amounts are in yen.
    """

    stops: Sequence[StopRule]
    kind: str = ""
    above: int | None = None
    up_to: int | None = None
    importance: str = ""
    basis: str = ""

    def covers(self, amount: int | None, importance: str) -> bool:
        """Tell whether a matter of this amount (None: without money) and importance belongs here."""
        if self.importance and self.importance != importance:
            return False
        value = amount or 0
        return (self.above is None or value > self.above) and (self.up_to is None or value <= self.up_to)


@dataclass(frozen=True)
class RulesDefect:
    """規程の不備: why a set of decision classes cannot be published."""

    place: str
    problem: str


@dataclass(frozen=True)
class ApprovalRules:
    """専決規程の定め: all decision classes of one version of a route."""

    decision_classes: Sequence[DecisionClassRule] = field(default_factory=tuple)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "ApprovalRules":
        """Parse a set of rules from the JSON that ``document`` returns."""
        return cls(
            [
                DecisionClassRule(**{**each, "stops": [StopRule(**stop) for stop in each["stops"]]})
                for each in document["decision_classes"]
            ]
        )

    def document(self) -> dict[str, Any]:
        """Return the set of rules as JSON data, as a draft stores it."""
        return asdict(self)

    def choose(self, kind: str, amount: int | None, importance: str) -> list[int]:
        """Return the indexes of the decision classes that cover a matter: exactly one in a sound set of rules."""
        for wanted in (kind, ""):
            if any(each.kind == wanted for each in self.decision_classes):
                return [
                    index
                    for index, each in enumerate(self.decision_classes)
                    if each.kind == wanted and each.covers(amount, importance)
                ]
        return []

    def defects(self) -> list[RulesDefect]:
        """Return the defects: chains without a deciding post, and amounts (yen) covered by no class or by two."""
        return [*self._unsound_chains(), *self._unsound_amounts()]

    def _unsound_chains(self) -> Iterable[RulesDefect]:
        for index, each in enumerate(self.decision_classes, 1):
            deciding = [stop.position for stop in each.stops if stop.kind == DECIDE]
            asked = [stop.position for stop in each.stops if stop.kind in {CONSULT, JOIN}]
            if len(deciding) != 1:
                yield RulesDefect(f"区分{index}", "決裁する職位がちょうど一つ必要です")
            elif asked and max(asked) >= deciding[0]:
                yield RulesDefect(f"区分{index}", "決裁する職位は、回議・合議の後に置いてください")
            for stop in each.stops:
                if stop.place == FIXED and not stop.department:
                    yield RulesDefect(f"区分{index}", "指定部署の職位には部署が必要です")

    def _unsound_amounts(self) -> Iterable[RulesDefect]:
        for kind in sorted({each.kind for each in self.decision_classes}):
            edges = {0} | {
                edge for each in self.decision_classes for edge in (each.above, each.up_to) if edge is not None
            }
            for amount in sorted({value + shift for value in edges for shift in (0, 1)}):
                for importance in (ORDINARY, IMPORTANT):
                    found = len(self.choose(kind, amount, importance))
                    if found != 1:
                        problem = "当てはまる区分がありません" if not found else "区分が重なっています"
                        yield RulesDefect(f"{kind or '一般'} {amount:,}円 {_IMPORTANCE[importance]}", problem)
