"""Read-only mode 参照専用: pages are shown from a replica and nothing is written (ダウン対策).

An operator switches with ``./todoke readonly on``. A circuit breaker switches when the database does not answer, tries
it again every few seconds, and switches back when it answers.
"""

import json
import threading
import time
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

RETRY_SECONDS = 3.0
SWITCH = "readonly.json"


@dataclass(frozen=True)
class ReadOnly:
    """参照専用: since when and why the request is read-only, and as of when its data is."""

    since: datetime
    reason: str
    as_of: datetime


@dataclass(frozen=True)
class ManualSwitch:
    """The operator's switch 切替え: since when (ISO 8601) and why read-only mode is on."""

    since: str
    reason: str


_read_only: ContextVar[ReadOnly | None] = ContextVar("read_only", default=None)


def read_only() -> ReadOnly | None:
    """Return the read-only state of the current request, or None when it may write."""
    return _read_only.get()


def set_read_only(state: ReadOnly | None) -> None:
    """Set the read-only state of the current request; called by the middleware ``web.read_only`` only."""
    _read_only.set(state)


def _switch_path() -> Path:
    return Path(settings.VAR) / SWITCH


def switch_on(*, since: datetime, reason: str) -> None:
    """Turn read-only mode on for every process of this machine, from the next request on."""
    temporary = _switch_path().with_suffix(".half")
    temporary.write_text(json.dumps(asdict(ManualSwitch(since.isoformat(), reason)), ensure_ascii=False))
    temporary.chmod(0o644)
    temporary.replace(_switch_path())


def switch_off() -> bool:
    """Turn the switch off; False when it was not on."""
    was_on = _switch_path().exists()
    _switch_path().unlink(missing_ok=True)
    return was_on


def manual_switch() -> ManualSwitch | None:
    """Return the operator's switch, or None when it is off."""
    try:
        return ManualSwitch(**json.loads(_switch_path().read_text()))
    except FileNotFoundError:
        return None


class CircuitBreaker:
    """Circuit breaker (遮断) of the database: open since ``since``; while open, one attempt every three seconds."""

    def __init__(self) -> None:
        self.lock, self.retry_at = threading.Lock(), 0.0
        self.since: datetime | None = None

    def trip(self, at: datetime) -> None:
        """Open the breaker: the database did not answer."""
        with self.lock:
            self.since = self.since or at
            self.retry_at = time.monotonic() + RETRY_SECONDS

    def close(self) -> None:
        """Close the breaker: the database answers again."""
        with self.lock:
            self.since = None

    def allows_attempt(self) -> bool:
        """Tell whether this request should try the database: always when closed, one request at a time when open."""
        with self.lock:
            if self.since is None:
                return True
            if time.monotonic() < self.retry_at:
                return False
            self.retry_at = time.monotonic() + RETRY_SECONDS
            return True


breaker = CircuitBreaker()
