"""Session expiry ログインの終わり: when a session ends by itself, without use and counted from the sign-in.

The two instants stand in the session itself, so that every process judges alike.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN, STAFF = "session-began", "session-seen", "session-of-staff"
OPENED_BY = "session-opened-by"
"""The marks of a session that providers opened, by which ``settings.SESSION_CHECK`` knows whether one ended it."""
CONFIRMED = "session-confirmed"
"""When the provider that opened a session of staff last confirmed it, and which it is."""
SHARED_IDLE, SHARED_LONGEST = timedelta(minutes=4), timedelta(hours=2)
"""A shared terminal clears itself after three quiet minutes; the server gives it one more."""
RESIDENT_LONGEST = timedelta(hours=12)
WARNED_BEFORE = timedelta(minutes=5)
CLOSING = timedelta(minutes=30)
IDLE = "操作がないまま時間がたったため、ログインを終わりました。"
TOO_LONG = "ログインしてから決められた時間がたったため、ログインを終わりました。"
STEPS = 20
"""The last use is written at most so many times within the idle limit."""


@dataclass(frozen=True)
class SessionTimes:
    """ログインの時間: when a session began and was used last, and how long it may lie idle and last at most."""

    began: datetime
    seen: datetime
    idle: timedelta | None
    longest: timedelta
    is_staff: bool = False

    @property
    def idle_end(self) -> datetime | None:
        """When it ends if it is not used any more; None where quiet does not end it."""
        return self.seen + self.idle if self.idle else None

    @property
    def last_end(self) -> datetime:
        """When it ends however much it is used."""
        return self.began + self.longest

    @property
    def is_closing(self) -> bool:
        """Whether it ends within half an hour however much it is used."""
        return self.last_end - self.seen <= CLOSING

    @property
    def warned_after(self) -> int:
        """Minutes from the last use to the warning: five before the end, in steps of five from 5 to 55."""
        quiet = ((self.idle or RESIDENT_LONGEST) - WARNED_BEFORE) // timedelta(minutes=5) * 5
        return max(5, min(quiet, 55))

    def why_ended(self, now: datetime, *, counts_idle: bool = True) -> str:
        """Return why the session has ended, in Japanese; empty while it has not."""
        if now >= self.last_end:
            return TOO_LONG
        return IDLE if counts_idle and self.idle_end and now >= self.idle_end else ""


def begin_session(session: SessionBase) -> None:
    """Note in a session that its person signed in now."""
    session[BEGAN] = session[SEEN] = time.time()


def mark_staff(session: SessionBase) -> None:
    """Let the limits of staff hold for a session until its end."""
    if not session.get(STAFF):
        session[STAFF] = True


def session_times(session: SessionBase, *, shared: bool) -> SessionTimes | None:
    """Return the times of a session, ``shared`` on a terminal of many people; None before its first use."""
    kept: dict[str, Any] = {key: session.get(key) for key in (BEGAN, SEEN)}
    if kept[BEGAN] is None:
        return None
    began, seen = (datetime.fromtimestamp(kept[key], UTC) for key in (BEGAN, SEEN))
    staff = bool(session.get(STAFF))
    idle, longest = (settings.STAFF_IDLE, settings.STAFF_LONGEST) if staff else (None, RESIDENT_LONGEST)
    if shared:
        idle, longest = min(idle or SHARED_IDLE, SHARED_IDLE), min(longest, SHARED_LONGEST)
    return SessionTimes(began, seen, idle, longest, staff)


def is_worth_noting(times: SessionTimes, now: datetime) -> bool:
    """Whether the last use lies so far back that this one is written down."""
    return times.idle is not None and now - times.seen >= times.idle / STEPS
