"""Booking visitor 来庁を予約する人: books a visit over HTTP, and looks at what is given out about it."""

import re
import zlib
from collections.abc import Callable, Iterator
from html import unescape

from todoke.proving import service
from todoke.proving.browser import Browser

START = re.compile(r'href="(/visits/[\w-]+/booking/\?[^"]+)"')
KEY = re.compile(r'name="form_key" value="([\w-]+)"')
NUMBER = re.compile(r"B\d{10}")
PAGE = re.compile(r"/bookings/[\w-]{43}/")
TRIES, LOOKS = 12, 3


def book(browser: Browser, canary: str) -> tuple[str, str] | None:
    """Book a free time under a canary; return path and number of the booking, None where every time tried was taken."""
    for turn in range(TRIES):
        times = START.findall(browser.get(f"/visits/{service.VISITED}/").text)
        if not times:
            return None
        address = unescape(times[zlib.crc32(f"{canary}{turn}".encode()) % len(times)])
        key = KEY.search(browser.get(address).text)
        fields = {"name": canary, "phone": "03-0000-0000", "form_key": key.group(1) if key else ""}
        page = browser.post(address, fields)
        number = NUMBER.search(page.text)
        if PAGE.fullmatch(page.path) and number:
            return page.path, number.group(0)
    return None


def looks(browser: Browser, path: str, together: Callable[[], None]) -> Iterator[str]:
    """Open page and calendar of a booking when everybody does, some times over; yield what was given out."""
    for _ in range(LOOKS):
        together()
        yield browser.get(path).text
        yield browser.get(f"{path}calendar/").text
