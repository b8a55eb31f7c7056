"""Waiting time 待ち時間: how long somebody waits, reckoned from the last people of today; unknown before three."""

from dataclasses import dataclass

from todoke.reception.models import TicketQueue


@dataclass(frozen=True)
class WaitingRange:
    """待ち時間の幅: minutes at least and at most."""

    least: int
    most: int


def waiting_range(ahead: int, minutes_each: int, windows: int) -> WaitingRange:
    """Return the wait behind so many people: their number × the middle time ÷ the windows, ±30 %, in fives."""
    middle = ahead * minutes_each / windows
    return WaitingRange(int(middle * 0.7 // 5 * 5), int(-(-middle * 1.3 // 5) * 5))


def waiting_minutes(queue: TicketQueue, ahead: int) -> WaitingRange | None:
    """Return the wait of a queue behind so many people (one query); None while too few were served today."""
    each = queue.minutes_each()
    return None if each is None else waiting_range(ahead, each, queue.windows)
