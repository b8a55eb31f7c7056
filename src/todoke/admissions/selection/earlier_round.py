"""Earlier round 先に行った選考: whom it has placed, the seats that flow back from it, and the waiting carried over."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.following_round import following_round, seats_left
from todoke.admissions.instance import Instance
from todoke.admissions.instance_reader import read_instance
from todoke.admissions.intake.household_copies import copy_households
from todoke.admissions.models import ApplicantChild, Household, Placement, PlacementRun, SelectionRound
from todoke.admissions.models.selection_round import require_runner
from todoke.admissions.selection.run_files import read_document
from todoke.audit.log import record
from todoke.runtime.refusals import Refused


def adopted_run(of: SelectionRound) -> PlacementRun | None:
    """Return the run whose placements a round has; None before its decision."""
    found: PlacementRun | None = of.runs.exclude(adopted_at=None).first()
    return found


def declined_before(of: SelectionRound) -> frozenset[str]:
    """Return the application numbers of the earlier round whose families declined, until a round's inputs were fixed.

    Who declines later frees a seat for the round after that, so that all trials on fixed inputs are equal.
    """
    rows = Placement.objects.filter(round=of.earlier, status=Placement.Status.DECLINED)
    if of.fixed_at is not None and not of.takes_input:
        rows = rows.filter(answered_at__lte=of.fixed_at)
    return frozenset(rows.values_list("child__number", flat=True))


def placed_households(of: SelectionRound) -> frozenset[str]:
    """Return the numbers of the households that a round has placed a child of, and that did not decline."""
    rows = of.placements.exclude(facility=None).exclude(status=Placement.Status.DECLINED)
    return frozenset(rows.values_list("child__household__number", flat=True))


def seats_flow_back(of: SelectionRound) -> bool:
    """Whether the rules of a round give its unused seats to the next one."""
    return of.rule_version.rules.freed_seats != "none"


def returned_seats(of: SelectionRound) -> dict[str, int]:
    """Return by pool the seats that flow back to a round from its earlier one: left over, or declined since."""
    run = adopted_run(of.earlier) if of.earlier else None
    if run is None or of.earlier is None or not seats_flow_back(of.earlier):
        return {}
    instance: Instance = read_instance(read_document(run, "instance"))
    assignment, declined = read_document(run, "result")["assignment"], declined_before(of)
    current = {child["id"]: child["current"] for child in instance.children}
    kept = {child: current[child] if child in declined else facility for child, facility in assignment.items()}
    return {pool: seats for pool, seats in seats_left(instance, kept).items() if seats}


def after_earlier(of: SelectionRound, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a round without the families that its earlier round has placed, with the seats back.

    Raises InvalidInstance as ``following_round`` does; unchanged where there is no earlier round that was decided.
    """
    run = adopted_run(of.earlier) if of.earlier else None
    if run is None or of.earlier is None:
        return document
    earlier, result = read_instance(read_document(run, "instance")), read_document(run, "result")
    back = seats_flow_back(of.earlier)
    found = following_round(document, earlier, result, seats_back=back, declined=declined_before(of))
    return dict(found.data)


@transaction.atomic
def carry_over(of: SelectionRound, *, by: User) -> int:
    """前の選考から引き継ぐ: the households that the earlier round left waiting apply in this one; return how many.

    One audit entry. Raises NotAllowed, Closed, Refused where there is nobody to carry over.
    """
    require_runner(of.scheme, by)
    of.touch()
    homes = households_to_carry(of)
    if not homes:
        raise Refused("引き継ぐ世帯はいません。前の選考で保留になった世帯は、すでにこの選考にいます。")
    copy_households(homes, of)
    record(of, "前の選考からの引継ぎ", by=by, after={"世帯": [home.number for home in homes]})
    return len(homes)


def households_to_carry(of: SelectionRound) -> list[Household]:
    """Return the households of the earlier round that were kept waiting and are not yet in this round."""
    if of.earlier is None or of.earlier.kind == SelectionRound.Kind.EARLY:
        return []
    waiting = of.earlier.placements.filter(status=Placement.Status.WAITING, child__withdrawn_at=None)
    numbers = set(waiting.values_list("child__household__number", flat=True)) - placed_households(of.earlier)
    known = set(of.households.values_list("number", flat=True))
    return list(of.earlier.households.filter(number__in=numbers - known).order_by("number"))


def placed_elsewhere(of: SelectionRound, children: list[ApplicantChild]) -> list[tuple[ApplicantChild, Placement]]:
    """Return the children whom the earlier round has placed under another household number, by name and birth."""
    if of.earlier is None:
        return []
    offers = of.earlier.placements.exclude(facility=None).exclude(status=Placement.Status.DECLINED)
    placed = defaultdict[tuple[str, Any], list[Placement]](list)
    for each in offers.select_related("child"):
        placed[person_of(each.child)].append(each)
    left = placed_households(of.earlier)
    return [
        (child, found)
        for child in children
        if child.household.number not in left
        for found in placed.get(person_of(child), ())
    ]


def person_of(child: ApplicantChild) -> tuple[str, Any]:
    """Return by what one child is known in two applications: the name without blanks, and the day of birth."""
    return "".join(child.name.split()), child.born_on
