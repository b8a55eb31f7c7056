"""Priority 優先度: which job a worker leases first; within one priority the oldest goes first."""

from enum import IntEnum


class Priority(IntEnum):
    """優先度: the larger number first.

    INTERACTIVE: somebody looks at a progress page or waits for a code (人が待つ作業). SCHEDULED: short periodic tasks
    (定期作業). NORMAL: one person's notice or letter (個別の通知). BULK: messages to many and cleanup (一斉の作業).
    """

    INTERACTIVE = 30
    SCHEDULED = 20
    NORMAL = 10
    BULK = 0
