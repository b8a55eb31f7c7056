"""Table labels 見出し: on a phone each cell of a card table carries the heading of its column."""

import re
from html import unescape

from django.utils.html import escape

TABLE = re.compile(r'<table class="[^"<>]*table--cards[^<]*+(?:<(?!/table>|table\b)[^<]*+)*+</table>')
HEAD = re.compile(r"<thead\b[^<]*+(?:<(?!/thead>|thead\b)[^<]*+)*+</thead>")
HEADING = re.compile(r"<th\b([^<>]*)>([^<]*+(?:<(?!/th>|th\b)[^<]*+)*+)</th>")
ROW_OR_CELL = re.compile(r"<(tr|th|td)\b([^<>]*)>")
SPAN = re.compile(r'colspan="(\d+)"')
MARKUP = re.compile(r"<[^<>]*>|\s+")


def _headings(head: str) -> list[str]:
    """Return the words of each column's heading; a heading over several columns stands for each of them."""
    found: list[str] = []
    for attributes, words in HEADING.findall(head):
        span = SPAN.search(attributes)
        found += [MARKUP.sub("", words)] * (int(span[1]) if span else 1)
    return found


def label_cells(html: str) -> str:
    """Return rendered tables with ``data-label`` on every cell of a card table that has none."""
    if "table--cards" not in html or html.count("<td") == html.count("data-label="):
        return html
    return TABLE.sub(_label_table, html)


def _label_table(found: re.Match[str]) -> str:
    head = HEAD.search(found[0])
    if head is None:
        return found[0]
    labels, column = _headings(head[0]), 0

    def label(cell: re.Match[str]) -> str:
        nonlocal column
        tag, attributes = cell[1], cell[2]
        if tag == "tr":
            column = 0
            return cell[0]
        span, place = SPAN.search(attributes), column
        column += int(span[1]) if span else 1
        named = labels[place] if place < len(labels) else ""
        if tag == "th" or span or "data-label" in attributes or not named:
            return cell[0]
        return f'<td{attributes} data-label="{escape(unescape(named))}">'

    return found[0][: head.end()] + ROW_OR_CELL.sub(label, found[0][head.end() :])
