"""News 知らせ from approvals to the apps above."""

from django.dispatch import Signal

# kwargs: proposal, outcome (a Proposal.Status: APPROVED, REJECTED or DROPPED), by. Sent inside the transaction.
settled = Signal()

# kwargs: proposal, outcome (RETURNED or TAKEN_BACK), reason, by: the drafter has the proposal in hand again.
handed_back = Signal()

# kwargs: proposal, steps: it is now the turn of these posts.
arrived = Signal()
