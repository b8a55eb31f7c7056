"""The mode 運転: usual, or 参照専用, when everything is shown and nothing is written (ダウン対策).

An operator switches with ``./todoke readonly on``. The program switches by itself when the database does not answer,
asks it again every few seconds, and goes back when it answers.
"""

import json
import threading
import time
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

ASK_AGAIN_SECONDS = 3.0
SWITCH = "readonly.json"


@dataclass(frozen=True)
class Showing:
    """参照専用: since when, why, and of which moment the data is."""

    since: datetime
    reason: str
    as_of: datetime


@dataclass(frozen=True)
class Switch:
    """The operator's switch 切替え: since when and why only showing was asked for."""

    since: str
    reason: str


_showing: ContextVar[Showing | None] = ContextVar("showing", default=None)


def showing() -> Showing | None:
    """Return how the request at hand is shown, or None when it works as usual."""
    return _showing.get()


def show(how: Showing | None) -> None:
    """Note how the request at hand is shown; only the fallback at the door calls this."""
    _showing.set(how)


def _place() -> Path:
    return Path(settings.VAR) / SWITCH


def switch_on(*, since: datetime, reason: str) -> None:
    """Show only, from the next request on, in every process of this machine."""
    half = _place().with_suffix(".half")
    half.write_text(json.dumps(asdict(Switch(since.isoformat(), reason)), ensure_ascii=False))
    half.replace(_place())


def switch_off() -> bool:
    """Work as usual again; False when the switch was not on."""
    there = _place().exists()
    _place().unlink(missing_ok=True)
    return there


def switched() -> Switch | None:
    """Return the switch when it is on."""
    try:
        return Switch(**json.loads(_place().read_text()))
    except FileNotFoundError:
        return None


class Breaker:
    """Remembers that the database did not answer (遮断), so that not everybody waits for it."""

    def __init__(self) -> None:
        self.lock, self.ask_at = threading.Lock(), 0.0
        self.since: datetime | None = None

    def trip(self, at: datetime) -> None:
        """Note that the database did not answer."""
        with self.lock:
            self.since = self.since or at
            self.ask_at = time.monotonic() + ASK_AGAIN_SECONDS

    def mend(self) -> None:
        """Note that it answers again."""
        with self.lock:
            self.since = None

    def may_ask(self) -> bool:
        """Tell whether somebody should try the database now; one at a time while it is away."""
        with self.lock:
            if self.since is None:
                return True
            if time.monotonic() < self.ask_at:
                return False
            self.ask_at = time.monotonic() + ASK_AGAIN_SECONDS
            return True


breaker = Breaker()
