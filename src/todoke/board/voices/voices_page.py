"""Voices page 声のまとめ: people and opinions, what was answered, changed, promised and measured, and what is late."""

from collections import Counter
from typing import Any

from todoke.japanese.calendar import today
from todoke.voices.consultation_counts import counts_of
from todoke.voices.models import Challenge, Consultation, ProposalCall, StaffProposal
from todoke.voices.voice_chain import recent_chains, shares

LISTED = 10


def _newest() -> list[Consultation]:
    """Return the newest announced consultations."""
    return list(Consultation.objects.public().order_by("-opens_on", "-pk")[:LISTED])


def _page(consultations: list[Consultation]) -> dict[str, Any]:
    """Return the consultations with their counts, in three queries each, and the chains."""
    counted = [(each, counts_of(each)) for each in consultations]
    return {"consultations": counted, "shares": shares(), "chains": recent_chains(), "today": today()}


def public_context() -> dict[str, Any]:
    """Return what everybody may see: figures of ended consultations, and the chains."""
    return _page([each for each in _newest() if each.status == Consultation.Status.PUBLISHED])


def board_context() -> dict[str, Any]:
    """Return what headquarters see: also what is late, and the staff proposals by lot and state."""
    call = ProposalCall.objects.select_related("body").first()
    proposals = list(call.proposals.select_related("lot").order_by("lot__position", "number")) if call else []
    states = Counter(StaffProposal.Status(each.status).label for each in proposals)
    waiting = StaffProposal.objects.to_be_heard().filter(on_agenda=None).select_related("call__body")
    return {
        **_page(_newest()), "call": call, "proposals": proposals, "states": sorted(states.items()),
        "waiting": waiting[:50],
        "late": Challenge.objects.overdue().select_related("department")[:50],
    }  # fmt: skip
