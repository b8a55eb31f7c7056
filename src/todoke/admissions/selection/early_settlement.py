"""Early settlement 先行枠: households that need consideration are settled by people, before the main round.

An early round has seats of its own. People write for each child where it goes, with the note of the interview, sealed;
a second person signs. What is not settled there applies in the main round unchanged, and unused seats flow back.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.intake.household_copies import copy_households
from todoke.admissions.models import ApplicantChild, ChildcareFacility, Directive, Household, SeatPool, SelectionRound
from todoke.admissions.models.directive import require_role
from todoke.admissions.selection.round_input import OpenPoint, RoundInput
from todoke.audit.log import record
from todoke.runtime.refusals import Refused


@dataclass(frozen=True)
class EarlySeats:
    """先行枠の席: a pool, how many it has, and how many are promised, signed or not."""

    pool: SeatPool
    seats: int | None
    promised: int

    @property
    def left(self) -> int | None:
        """Seats that nobody was promised; None before two people have confirmed the number."""
        return None if self.seats is None else self.seats - self.promised


def is_early(of: SelectionRound) -> bool:
    """Whether people settle a round."""
    return of.kind == SelectionRound.Kind.EARLY


def live_pins(of: SelectionRound) -> dict[int, Directive]:
    """Return the live pin of each child by the id of the child, signed or not."""
    rows = Directive.objects.live().filter(round=of, kind=Directive.Kind.PIN, child__withdrawn_at=None)
    return {each.child_id: each for each in rows.select_related("facility", "author", "approver", "child")}


def early_seats(of: SelectionRound) -> list[EarlySeats]:
    """Return the pools of an early round with what is promised."""
    promised = Counter((each.facility_id, each.child.age_class) for each in live_pins(of).values())
    pools = of.pools.select_related("facility").prefetch_related("classes", "seat_reports")
    return [
        EarlySeats(
            pool, pool.seats, sum(promised[pool.facility_id, each.number] for each in pool.classes.all())
        )
        for pool in pools
    ]  # fmt: skip


def main_rounds(of: SelectionRound) -> list[SelectionRound]:
    """Return the rounds that come after an early one."""
    return list(of.later.select_related("scheme"))


@transaction.atomic
def bring_forward(of: SelectionRound, number: str, *, by: User) -> Household:
    """先行枠に入れる: a household of the main round is settled in the early one; one audit entry.

    Raises NotAllowed without the role, Closed, Refused for an unknown household or one that is here already.
    """
    require_role(of.scheme, by)
    of.touch()
    home = Household.objects.filter(round__earlier=of, number=number).select_related("round").first()
    if home is None:
        raise Refused("この世帯番号の世帯は、この先行枠のあとに行う選考にいません。世帯番号を確かめてください。")
    if of.households.filter(number=number).exists():
        raise Refused("この世帯は、すでに先行枠にいます。")
    copy_households([home], of)
    record(of, "先行枠に入れる", by=by, after={"世帯番号": number})
    return of.households.get(number=number)


@transaction.atomic
def settle(child: ApplicantChild, facility: ChildcareFacility, *, note: str, by: User) -> Directive:
    """先行枠の決定を書く: say where a child goes, with the sealed note of the interview; a second person signs it.

    Raises NotAllowed, Closed, Conflict as ``Directive.write``, Refused where no seat is left.
    """
    found = next(
        (
            each
            for each in early_seats(child.round)
            if each.pool.facility_id == facility.pk
            and child.age_class in {one.number for one in each.pool.classes.all()}
        ),
        None,
    )
    if found is None or found.left is None or found.left < 1:
        raise Refused(f"{facility}の{child.class_name}の先行枠に、空いている席がありません。")
    return Directive.write(
        child, kind=Directive.Kind.PIN, facility=facility, reason=Directive.Reason.CARE, text=note, by=by
    )


def children_unsettled(on: RoundInput) -> Iterator[OpenPoint]:
    """先行枠: children of an early round of whom nobody has said where they go."""
    settled = {each.child_id for each in on.directives if each.kind == Directive.Kind.PIN}
    for child in on.children:
        if child.pk not in settled:
            said = f"{on.named(child)}の先行枠の決定がありません。課長か部長が決めるか、先行枠から取り下げてください。"
            yield OpenPoint("early_unsettled", child.number, said, signable=False, place="early")
