"""Signals of approvals for the rooms above; sent inside the transaction."""

from django.dispatch import Signal

# kwargs: proposal, outcome (a Proposal.Status: APPROVED, REJECTED or DROPPED), by. Sent inside the transaction.
settled = Signal()

# kwargs: proposal, outcome (RETURNED or TAKEN_BACK), reason, by: the drafter has the proposal in hand again.
returned_to_drafter = Signal()

# kwargs: proposal, steps: it is now the turn of these posts.
steps_opened = Signal()
