"""The page about the states says what the table does."""

import re
from pathlib import Path

from todoke.cases.models.status import NEXT, Status

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "case-states.md"


def test_every_status_stands_on_the_page_with_what_may_follow() -> None:
    rows = re.findall(r"^\| (\S+) \| `(\w+)` \|(.*)\|$", PAGE.read_text(), re.MULTILINE)
    written = {code: (label, set(re.findall(r"`(\w+)`", following))) for label, code, following in rows}
    assert written == {str(status): (status.label, {str(to) for to in NEXT[status]}) for status in Status}
