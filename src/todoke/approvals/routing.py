"""Routing 回付: creates the steps of a round from the stops of a decision class."""

from typing import TYPE_CHECKING

from todoke.accounts.models import User
from todoke.approvals.authority import Handling, handling_at
from todoke.approvals.models.route import NoRule, Stop
from todoke.approvals.models.step import Step
from todoke.organization.models import Department, Post

if TYPE_CHECKING:
    from todoke.approvals.models.proposal import Proposal

ROLE_ABOVE: dict[str, str] = {Post.Role.CLERK: Post.Role.CHIEF, Post.Role.CHIEF: Post.Role.DIRECTOR}


def _raise_above(role: str, department: Department | None, drafter: User) -> tuple[str, Department | None, Handling]:
    """Return the post at or above one where somebody else may act. Raises NoRule above the mayor."""
    while (way := handling_at(drafter, role, department)) == Handling.ABOVE:
        if role == Post.Role.MAYOR:
            raise NoRule("起案者のほかに決裁できる人がいません。別の職員が起案してください。")
        role = ROLE_ABOVE.get(role, Post.Role.MAYOR)
        department = None if role == Post.Role.MAYOR or department is None else department.parent or department
    return role, department, way


def create_steps(proposal: "Proposal") -> None:
    """Create the steps of a proposal's current round; the drafter's own posts count as absent.

    A present deputy acts for them; without one, a stop is skipped and the deciding stop moves to the post above.
    """
    for stop in proposal.decision_class.stops.select_related("department"):
        role, department = stop.role, stop.department_for(proposal.department)
        status = Step.Status.WAITING
        way = handling_at(proposal.drafter, role, department)
        note = "" if way == Handling.HOLDER else way.label
        if way == Handling.ABOVE and stop.kind == Stop.Kind.DECIDE:
            role, department, _ = _raise_above(role, department, proposal.drafter)
            note = "起案者本人の職位のため、上位の職位が決裁"
        elif way == Handling.ABOVE:
            status, note = Step.Status.SKIPPED, "起案者本人の職位のため省略"
        Step.objects.create(
            proposal=proposal, round=proposal.round, position=stop.position, kind=stop.kind, role=role,
            department=department, status=status, note=note,
        )  # fmt: skip
