"""Queues 列: what may take minutes waits in a queue of its own, which a worker for the short one never leases.

A worker without ``--queue`` leases from both. While it has a job of the long one in hand, it runs one more process for
the short one, so that a mail with a code does not wait behind a calculation.
"""

SHORT = "default"
"""Mails, letters and periodic tasks: seconds each."""
LONG = "long"
"""What somebody ordered that can take minutes: calculations, imports, exports, print runs."""
