"""Lock timeouts 順番待ちの時間切れ: whoever waited too long for others is told to press again, not of an error."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from todoke.runtime.refusals import Busy

LOCK_NOT_AVAILABLE = "55P03"
"""SQLSTATE of PostgreSQL for ``lock_timeout``."""
SAID = (
    "いま、申込みが集中しています。入れた内容は残っています。少し待って、もう一度押してください。二重にはなりません。"
)


def is_lock_timeout(problem: OperationalError) -> bool:
    """Whether a statement gave up waiting for a lock, so that nothing of its transaction was written."""
    return getattr(problem.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE or "database is locked" in str(problem)


@contextmanager
def busy_when_locked() -> Iterator[None]:
    """Raise Busy where the block, a whole transaction that is safe to send again, waited too long for a lock."""
    try:
        yield
    except OperationalError as problem:
        if not is_lock_timeout(problem):
            raise
        raise Busy(SAID) from problem
