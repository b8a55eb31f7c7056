"""Time codes 時刻の表記: places in a recording in milliseconds, as people and subtitle files write them. Pure."""

import re

WRITTEN = re.compile(
    r"(?:(?P<hours>[0-9]{1,3}):)?(?P<minutes>[0-9]{1,3}):(?P<seconds>[0-9]{2})(?:[.,](?P<part>[0-9]{1,3}))?"
)
LONGEST_MS = 24 * 3_600_000
"""No recording is longer than a day."""


def milliseconds(written: str) -> int | None:
    """Return a place such as 1:02:03, 62:03 or 00:00:12.300 in milliseconds; None for anything else."""
    found = WRITTEN.fullmatch(written.strip())
    if found is None or int(found["seconds"]) > 59 or (found["hours"] and int(found["minutes"]) > 59):
        return None
    whole = int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])
    place = whole * 1000 + int((found["part"] or "0").ljust(3, "0"))
    return place if place <= LONGEST_MS else None


def clock(place: int) -> str:
    """Return a place as 0:12 or 1:02:03."""
    minutes, seconds = divmod(place // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length_words(seconds: float) -> str:
    """Return a length as 1時間2分3秒."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    words = [f"{n}{unit}" for n, unit in ((hours, "時間"), (minutes, "分"), (rest, "秒")) if n]
    return "".join(words) or "0秒"
