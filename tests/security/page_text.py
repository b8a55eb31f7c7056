"""Page text 画面の文: the lines of a page as a person hears them, without markup, readings and scripts."""

import re
from html.parser import HTMLParser

UNHEARD = frozenset({"script", "style", "rt", "rp", "svg", "template", "noscript"})
WITHIN_A_LINE = frozenset(
    {"abbr", "b", "bdi", "code", "em", "i", "mark", "ruby", "small", "span", "strong", "time", "wbr"}
)
MAIN = "main"


class PageText(HTMLParser):
    """The lines of the main part of a page, in ``lines``: one for each block of text or control with a text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._unheard, self._main, self._line = 0, False, ""
        self.feed(page)
        self.close()
        self._end()

    def _end(self) -> None:
        line, self._line = " ".join(self._line.split()), ""
        if line and self._main:
            self.lines.append(line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHIN_A_LINE:
            self._end()
        self._main |= tag == MAIN
        self._unheard += tag in UNHEARD

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHIN_A_LINE:
            self._end()
        self._main &= tag != MAIN
        self._unheard -= tag in UNHEARD

    def handle_data(self, data: str) -> None:
        if not self._unheard:
            self._line += data


def sentences(lines: list[str]) -> list[str]:
    """Return the sentences of the lines, each with its full stop."""
    return [found.strip() for line in lines for found in re.findall(r"[^。]+。", line)]
