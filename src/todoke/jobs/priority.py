"""Urgency 優先度: which job a worker takes first; within one urgency the oldest goes first."""

from enum import IntEnum


class Urgency(IntEnum):
    """緊急さ: a clock's tick is never kept waiting by mails, nor is a person by other people's mails.

    AWAITED: somebody looks at a progress page or waits for a code (人が待つ作業). PUNCTUAL: short work that the clock
    asks for (定期作業). USUAL: one person's notice or letter (個別の通知). BULK: what goes to many at once, tidying up
    (一斉の作業).
    """

    AWAITED = 30
    PUNCTUAL = 20
    USUAL = 10
    BULK = 0
