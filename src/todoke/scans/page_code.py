"""Page codes 紙面の符号: what the two-dimensional code of a printed page says: template, version and page. Pure."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"TDK1/(?P<key>[a-z0-9][a-z0-9-]{0,59})/(?P<version>[1-9]\d{0,5})/(?P<page>[1-9]\d{0,2})")


@dataclass(frozen=True)
class PageCode:
    """紙面の符号: the key and version of a template, and the page."""

    key: str
    version: int
    page: int


def page_code(key: str, version: int, page: int) -> str:
    """Return the text of the code of a page."""
    return f"TDK1/{key}/{version}/{page}"


def read_page_code(text: str) -> PageCode | None:
    """Return what a code says; None for a code that is not of our forms."""
    found = _CODE.fullmatch(text.strip())
    return PageCode(found["key"], int(found["version"]), int(found["page"])) if found else None
