"""四隅の印: the places that a person pressed on the picture of a sheet, in pixels of the picture."""

from django.http import QueryDict

from todoke.scans.models import ScanSheet
from todoke.scans.recognition.page_registration import Point

CORNERS = ("左上", "右上", "右下", "左下")
SHOWN_WIDTH = 900
"""Pixels of the page in which the picture is shown, whatever its own size."""


def pressed_corners(data: QueryDict, sheet: ScanSheet) -> list[Point]:
    """Return the corners that were pressed so far: those that the page carries, and the newest press."""
    width, height = sheet.width, sheet.height
    scale = width / SHOWN_WIDTH
    texts = [text.split(",") for text in data.getlist("seen")[: len(CORNERS)]]
    if "corner.x" in data and "corner.y" in data:
        texts.append([data.get("corner.x", ""), data.get("corner.y", "")])
    found = []
    for parts in texts[: len(CORNERS)]:
        if len(parts) == 2 and all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
            x, y = (int(part) for part in parts)
            found.append((min(x * scale, float(width)), min(y * scale, float(height))))
    return found


def carried(corners: list[Point], sheet: ScanSheet) -> list[str]:
    """Return the corners as the page carries them on."""
    scale = sheet.width / SHOWN_WIDTH
    return [f"{round(x / scale)},{round(y / scale)}" for x, y in corners]
