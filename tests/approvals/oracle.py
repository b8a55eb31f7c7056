"""The rules of the climb written a second time, without a database: what each act must lead to.

The chain is the one of matters above one million yen: the chief; the treasurer and the director side by side; the
director decides; then the mayor reads. The deputy acts for the chief while the chief is away.
"""

from dataclasses import dataclass, field

APPROVE, ABSENCE, RETURN, REJECT, TAKE_BACK, RESUBMIT, DROP, READ, LEAVE, COME = ACTS = (
    "approve",
    "decide_in_absence",
    "return_to_drafter",
    "reject",
    "take_back",
    "resubmit",
    "drop",
    "mark_read",
    "leave",
    "come",
)
PEOPLE = ("clerk", "chief", "deputy", "treasurer", "director", "mayor", "stranger")
CHAIN = ({"chief"}, {"treasurer", "director"}, {"director"})
DECIDING = 2


@dataclass
class Oracle:
    """What a proposal must look like after the acts so far."""

    status: str = "circulating"
    position: int = 0
    waiting: set[str] = field(default_factory=lambda: set(CHAIN[0]))
    reading: bool = False
    round: int = 1
    decisions: int = 0
    chief_away: bool = False

    def may(self, act: str, person: str) -> bool:
        """Tell whether a person may do this now."""
        here = self.status == "circulating"
        deputises = person == "deputy" and self.chief_away and "chief" in self.waiting
        if act in {LEAVE, COME}:
            return self.chief_away == (act == COME)
        if act == APPROVE:
            return here and person in self.waiting
        if act == ABSENCE:
            return here and deputises
        if act == RETURN:
            return here and (person in self.waiting or deputises)
        if act == REJECT:
            return here and self.position == DECIDING and person in self.waiting
        if act == READ:
            return self.reading and person == "mayor"
        if person != "clerk":
            return False
        return here if act == TAKE_BACK else self.status in {"returned", "taken_back"}

    def do(self, act: str, person: str) -> None:
        """Follow an act that is allowed."""
        if act in {LEAVE, COME}:
            self.chief_away = act == LEAVE
            return
        self.decisions += act in {APPROVE, ABSENCE, RETURN, REJECT, READ}
        if act in {APPROVE, ABSENCE}:
            self._climb("chief" if act == ABSENCE else person)
        elif act == READ:
            self.reading = False
        elif act == RESUBMIT:
            self.status, self.position, self.waiting = "circulating", 0, set(CHAIN[0])
            self.round += 1
        else:
            self.status = {RETURN: "returned", REJECT: "rejected", TAKE_BACK: "taken_back", DROP: "dropped"}[act]
            self.waiting = set()

    def _climb(self, post: str) -> None:
        self.waiting.discard(post)
        if self.waiting:
            return
        if self.position == DECIDING:
            self.status, self.reading = "approved", True
            return
        self.position += 1
        self.waiting = set(CHAIN[self.position])
