"""Decision history 決裁欄: every step of a proposal with who acted, in which capacity, when, and their opinion."""

from dataclasses import dataclass
from datetime import datetime

from todoke.approvals.authority import Capacity
from todoke.approvals.models import Proposal, Step, StepDecision
from todoke.organization.models import Post


@dataclass(frozen=True)
class HistoryRow:
    """決裁欄の一行: one step and its decision."""

    round: int
    place: str
    kind: str
    status: str
    person: str
    capacity: str
    outcome: str
    at: datetime | None
    opinion: str
    note: str
    read_after: str
    same_dossier: bool


def capacity_in_words(decision: StepDecision) -> str:
    """Return the capacity in Japanese: 専決 for a deciding post below the mayor, else 代決, or by delegation."""
    if decision.capacity == Capacity.DELEGATED:
        return f"{decision.principal}の委任による"
    if decision.capacity == Capacity.ABSENCE:
        return "代決"
    step = decision.step
    if step.kind == "decide":
        return "決裁" if step.role == Post.Role.MAYOR else "専決"
    return step.get_kind_display()


def history_of(proposal: Proposal) -> list[HistoryRow]:
    """Return the rows of all rounds, oldest first."""
    steps = proposal.steps.select_related(
        "department", "decision__by", "decision__principal", "decision__post", "decision__read_after_by"
    )
    hashes = dict(proposal.dossiers.values_list("round", "hash"))
    return [_mark(step, hashes.get(step.round, "")) for step in steps]


def _mark(step: Step, seal: str) -> HistoryRow:
    decision = getattr(step, "decision", None)
    place = f"{step.department.name} {step.get_role_display()}" if step.department else step.get_role_display()
    common = (step.round, place, step.get_kind_display(), step.get_status_display())
    if decision is None:
        return HistoryRow(
            *common, "", "", "", step.arrived_at if step.status == "open" else None, "", step.note, "", True
        )
    read_after = ""
    if decision.capacity == Capacity.ABSENCE:
        read_after = f"後閲済み({decision.read_after_by})" if decision.read_after_at else "後閲はまだです"
    return HistoryRow(
        *common, decision.by.name, capacity_in_words(decision), decision.get_outcome_display(), decision.at,
        decision.opinion, step.note, read_after, decision.dossier_hash == seal,
    )  # fmt: skip
