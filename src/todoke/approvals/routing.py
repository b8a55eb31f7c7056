"""The climb 回付: turning the stops of a branch into the steps of one round."""

from typing import TYPE_CHECKING

from todoke.accounts.models import User
from todoke.approvals.authority import Way, way_past
from todoke.approvals.models.route import NoRule, Stop
from todoke.approvals.models.step import Step
from todoke.organization.models import Department, Post

if TYPE_CHECKING:
    from todoke.approvals.models.proposal import Proposal

RAISED: dict[str, str] = {Post.Role.CLERK: Post.Role.CHIEF, Post.Role.CHIEF: Post.Role.DIRECTOR}


def _raise_above(role: str, department: Department | None, drafter: User) -> tuple[str, Department | None, Way]:
    """Find the post at or above one where somebody else may act. Raises NoRule at the top of the office."""
    while (way := way_past(drafter, role, department)) == Way.ABOVE:
        if role == Post.Role.MAYOR:
            raise NoRule("起案者のほかに決裁できる人がいません。別の職員が起案してください。")
        role = RAISED.get(role, Post.Role.MAYOR)
        department = None if role == Post.Role.MAYOR or department is None else department.parent or department
    return role, department, way


def lay_steps(proposal: "Proposal") -> None:
    """Lay the steps of a proposal's present round: the drafter's own posts count as absent.

    A deputy who is here acts for them; without one, a stop is skipped and the decision is raised to the post above.
    """
    for stop in proposal.branch.stops.select_related("department"):
        role, department = stop.role, stop.department_for(proposal.department)
        status = Step.Status.WAITING
        way = way_past(proposal.drafter, role, department)
        note = "" if way == Way.HOLDER else way.label
        if way == Way.ABOVE and stop.kind == Stop.Kind.DECIDE:
            role, department, _ = _raise_above(role, department, proposal.drafter)
            note = "起案者本人の職位のため、上位の職位が決裁"
        elif way == Way.ABOVE:
            status, note = Step.Status.SKIPPED, "起案者本人の職位のため省略"
        Step.objects.create(
            proposal=proposal, round=proposal.round, position=stop.position, kind=stop.kind, role=role,
            department=department, status=status, note=note,
        )  # fmt: skip
