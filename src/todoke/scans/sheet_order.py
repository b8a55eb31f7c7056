"""Sheet order 紙面の順: which page of which application each sheet of a stack is, by the codes on the pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """見えたページ: the page that was assumed by the order, and the one that the code says, if there is one."""

    assumed: int
    code: int | None


def places_of(sheets: Sequence[Seen], pages: int) -> list[tuple[int, int]]:
    """Return (application, page) of each sheet in the order of the stack.

    A sheet without a code follows the one before. An application ends when its pages are there or a page comes again.
    """
    found: list[tuple[int, int]] = []
    application, there, last = 1, set[int](), 0
    for sheet in sheets:
        page = sheet.code if sheet.code is not None else last % pages + 1
        if page in there or len(there) == pages:
            application, there = application + 1, set()
        there.add(page)
        found.append((application, page))
        last = page
    return found
