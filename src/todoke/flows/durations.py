"""Durations 待ち時間の書き方: minutes as people write them, 「14日 4時間」; a working day is eight hours."""

import re

MINUTES = {"日": 480, "時間": 60, "分": 1}
_PART = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)(日|時間|分)")


def duration_text(minutes: float) -> str:
    """Return minutes in days of eight hours, hours and minutes: 6960 is 14日4時間. Nothing is 0分."""
    if not minutes:
        return "0分"
    sign, left = ("-" if minutes < 0 else ""), abs(round(minutes, 1))
    parts = []
    for unit in ("日", "時間"):
        count, left = divmod(left, MINUTES[unit])
        if count:
            parts.append(f"{count:,.0f}{unit}")
    if left := round(left, 1):
        parts.append(f"{left:g}分")
    return sign + "".join(parts or ["0分"])


def minutes_of(text: str) -> float | None:
    """Return the minutes of a text such as 3日, 1.5時間 or 2日 4時間; a bare number is minutes. None if unreadable."""
    plain = "".join(text.split()).replace(",", "")
    if not plain:
        return 0.0
    if plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdecimal():
        return float(plain)
    parts = _PART.findall(plain)
    if "".join(f"{number}{unit}" for number, unit in parts) != plain or not parts:
        return None
    return sum(float(number) * MINUTES[unit] for number, unit in parts)
