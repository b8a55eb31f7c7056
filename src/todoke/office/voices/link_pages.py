"""Link pages つながりの頁: where staff read a voice, and each thing that it led to."""

from todoke.accounts.models import User
from todoke.flows.models import Flow
from todoke.meetings.models import Commitment
from todoke.plans.models import Indicator, Measure
from todoke.runtime.links import path_to
from todoke.voices.models import CommentGroup, Idea, StaffProposal, TextChange, TraceLink
from todoke.voices.permissions import MODERATE_IDEA, RUN_CONSULTATION

RELATED = (
    "commitment", "indicator", "measure__plan", "flow", "change__consultation", "change__after", "change__before",
    "round_row__sheet__department",
)  # fmt: skip


def linked(column: str, source: CommentGroup | Idea | StaffProposal) -> list[TraceLink]:
    """Return the links of a voice in their order; one query."""
    rows = TraceLink.objects.filter(**{column: source}).select_related(*RELATED)
    return list(rows.order_by("made_at", "pk")[:100])


def page_of(link: TraceLink) -> str:
    """Return the page on which staff read the thing, or ""."""
    target = link.target
    if isinstance(target, Commitment):
        return path_to("board:commitment", target.number)
    if isinstance(target, Indicator):
        return path_to("board:indicator", target.code)
    if isinstance(target, Measure):
        return path_to("board:plan", target.plan.code)
    if isinstance(target, TextChange):
        return path_to("office:consultation-text", target.consultation.number)
    return path_to("studio:flow", target.number) if isinstance(target, Flow) else ""


def home_of(source: CommentGroup | Idea | StaffProposal, user: User) -> str:
    """Return the page on which staff read a voice; "" where the person may link it without reading it there."""
    if isinstance(source, CommentGroup):
        runs = RUN_CONSULTATION.held_by(user, source.consultation.department)
        return path_to("office:consultation-group", source.consultation.number, source.pk) if runs else ""
    if isinstance(source, Idea):
        moderates = MODERATE_IDEA.held_by(user, source.challenge.department)
        return path_to("office:challenge-idea", source.challenge_id, source.pk) if moderates else ""
    return path_to("office:staff-proposal", source.call_id, source.number)
