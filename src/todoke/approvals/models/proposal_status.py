"""Proposal status 起案の状態: the statuses and which may follow which."""

from collections.abc import Mapping

from django.db import models


class ProposalStatus(models.TextChoices):
    """起案の状態: where a proposal stands on its way."""

    CIRCULATING = "circulating", "回議中"
    RETURNED = "returned", "差戻し"
    TAKEN_BACK = "taken_back", "引戻し"
    APPROVED = "approved", "決裁"
    REJECTED = "rejected", "否決"
    DROPPED = "dropped", "廃案"


_S = ProposalStatus
NEXT: Mapping[str, frozenset[str]] = {
    _S.CIRCULATING: frozenset({_S.RETURNED, _S.TAKEN_BACK, _S.APPROVED, _S.REJECTED, _S.DROPPED}),
    _S.RETURNED: frozenset({_S.CIRCULATING, _S.DROPPED}),
    _S.TAKEN_BACK: frozenset({_S.CIRCULATING, _S.DROPPED}),
    _S.APPROVED: frozenset(),
    _S.REJECTED: frozenset(),
    _S.DROPPED: frozenset(),
}
