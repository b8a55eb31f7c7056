"""Clock intervals 打刻の区間: pairs the clock events of one work day to spans; pure.

A missing end stays open and is asked for; no time is ever invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from todoke.workforce.minute_spans import MinuteSpan, united


class ClockKind(TextChoices):
    """打刻の種類."""

    IN = "in", "出勤"
    OUT = "out", "退勤"
    BREAK = "break", "休憩に入る"
    RETURN = "return", "休憩から戻る"


@dataclass(frozen=True, order=True)
class Stamp:
    """打刻の時刻: one event in minutes from the midnight at which its work day begins."""

    minute: int
    kind: str


@dataclass(frozen=True)
class ClockReading:
    """打刻の読み: presence and clocked breaks as spans, and what is missing, in sentences."""

    present: tuple[MinuteSpan, ...] = ()
    breaks: tuple[MinuteSpan, ...] = ()
    missing: tuple[str, ...] = ()


def read_clock(stamps: Iterable[Stamp]) -> ClockReading:
    """Return the spans of one work day; an event that fits nothing is named in ``missing``."""
    present, breaks, missing = list[MinuteSpan](), list[MinuteSpan](), list[str]()
    since: int | None = None
    away: int | None = None
    for stamp in sorted(stamps):
        if stamp.kind == ClockKind.IN:
            if since is not None:
                missing.append("退勤がないまま、もう一度出勤があります")
            since = stamp.minute if since is None else since
        elif since is None:
            missing.append(f"出勤がないまま、{ClockKind(stamp.kind).label}があります")
        elif stamp.kind == ClockKind.BREAK:
            away = stamp.minute if away is None else away
        elif stamp.kind == ClockKind.RETURN:
            if away is None:
                missing.append("休憩の始まりがありません")
            else:
                breaks.append((away, stamp.minute))
            away = None
        else:
            breaks += [(away, stamp.minute)] if away is not None else []
            present.append((since, stamp.minute))
            since = away = None
    if since is not None:
        missing.append("退勤がありません")
    return ClockReading(tuple(united(present)), tuple(united(breaks)), tuple(missing))
