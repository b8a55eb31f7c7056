"""Voices page 声のまとめ: people and opinions, what was answered, changed, promised and measured, and what is late."""

from collections import Counter
from typing import Any

from todoke.japanese.calendar import today
from todoke.voices.consultation_counts import ConsultationCounts, counts_of
from todoke.voices.models import Challenge, Consultation, ProposalCall, StaffProposal
from todoke.voices.voice_chain import recent_chains, shares

LISTED = 10


def _consultations() -> list[tuple[Consultation, ConsultationCounts]]:
    """Return the newest announced consultations with their counts; three queries each."""
    rows = Consultation.objects.public().order_by("-opens_on", "-pk")[:LISTED]
    return [(each, counts_of(each)) for each in rows]


def public_context() -> dict[str, Any]:
    """Return what everybody may see: figures of ended consultations, and the chains."""
    ended = [pair for pair in _consultations() if pair[0].status == Consultation.Status.PUBLISHED]
    return {"consultations": ended, "shares": shares(), "chains": recent_chains(), "today": today()}


def board_context() -> dict[str, Any]:
    """Return what headquarters see: also what is late, and the staff proposals by lot and state."""
    call = ProposalCall.objects.select_related("body").first()
    proposals = list(call.proposals.select_related("lot").order_by("lot__position", "number")) if call else []
    states = Counter(StaffProposal.Status(each.status).label for each in proposals)
    waiting = StaffProposal.objects.to_be_heard().filter(on_agenda=None).select_related("call__body")
    return {
        **public_context(), "consultations": _consultations(), "call": call, "proposals": proposals,
        "states": sorted(states.items()), "waiting": waiting[:50],
        "late": Challenge.objects.overdue().select_related("department")[:50],
    }  # fmt: skip
